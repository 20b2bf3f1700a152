"""Cut what a browser does not show, but everybody can read in the source.

That is more than `<!-- … -->`: instructions `<? … ?>`, declarations `<! … >`, and the link
definitions people write as comments, such as `[//]: # (a note)`. A page leaves them out; its
Markdown twin and the feeds would not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from gatepost.content.links import Span, read_marks
from gatepost.model.release import Cut

_ENDS = {
    "<!--": re.compile(r"--!?>"),
    "<![CDATA[": re.compile(r"\]\]>"),
    "<?": re.compile(r"\?>"),
    "<!": re.compile(r">"),
}
# Every repetition is possessive: no text can make the reader try it in all its parts.
_HIDDEN = re.compile(
    r"""
    (?P<mark><!--|<!\[CDATA\[|<\?(?=[A-Za-z=])|<!(?=[A-Za-z]))
    | ^[ ]{0,3}\[[^\[\]\n]*+\]:[ \t]*+(?:\#|<\#?>)[ \t]*+(?:\n[ \t]*+)?
      (?P<said>"[^"\n]*+"|'[^'\n]*+'|\([^\n]*\))[ \t]*+$
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Where something begins that a page does not show, or a whole link that nobody follows."""
_MARGIN = re.compile(r" {0,3}|(?: {4})+|(?:> ?)+")
_RAW_HTML = re.compile(r"^ {0,3}</?[A-Za-z]", re.MULTILINE)
_MARKS = re.compile(r"^<(?:!--|!\[CDATA\[|!|\?)|(?:--!?|\]\]|\?)?>$")
_MOST_ROUNDS = 20
"""Cutting a comment can join the halves of another; nobody does that by accident."""


def without_comments(text: str, first_line: int) -> tuple[str, tuple[Cut, ...]]:
    """Cut every comment that does not stand in code: there readers see it as code.

    A comment that is never closed hides the rest of the text, as it does in a browser.

    Returns:
        The text with as many lines as before, and what was cut.
    """
    cuts: list[Cut] = []
    for _ in range(_MOST_ROUNDS):
        spans = list(_spans(text)) if _HIDDEN.search(text) else []
        if not spans:
            return text, tuple(cuts)
        cuts += _cut(text, spans, first_line)
        text = _kept(text, spans)
    return "\n" * text.count("\n"), (*cuts, Cut(text, first_line))


def _spans(text: str) -> Iterator[Span]:
    """Where the comments stand, in order, none of them in another or in code."""
    code = sorted(_code(text))
    missing: set[str] = set()
    at = 0
    while match := _HIDDEN.search(text, at):
        start, at = match.span()
        row = bisect_right(code, (start, len(text))) - 1
        if row >= 0 and start < code[row][1]:
            continue
        end = at if match["said"] else _end(text, match, missing)
        if end is not None:
            yield start, end
            at = end


def _end(text: str, match: re.Match[str], missing: set[str]) -> int | None:
    """Where a comment ends: at the end of the text if nothing closes it."""
    mark = match["mark"]
    # Looking for an end that is not there, once for each beginning, would be quadratic.
    found = None if mark in missing else _ENDS[mark].search(text, match.end())
    if found:
        return found.end()
    missing.add(mark)
    return None if mark == "<!" else len(text)


def _code(text: str) -> Iterator[Span]:
    """Code that is sure to be shown as code; in doubt a comment is a comment.

    Markdown takes backticks for code in fewer places than they seem to be: not across two blocks,
    not in raw HTML, and not where a fence and its lines are indented differently.
    """
    marks = read_marks(text)
    raw = _RAW_HTML.search(text)
    for start, end in marks.code:
        if "\n" not in text[start:end] and (raw is None or start < raw.start()):
            yield start, end
    for start, end in marks.fences:
        margin = text[text.rfind("\n", 0, start) + 1 : start]
        lines = text[start:end].split("\n")[1:]
        if _MARGIN.fullmatch(margin) and all(
            line.startswith(margin.rstrip(" ") if ">" in margin else margin)
            for line in lines
            if line.strip()
        ):
            yield start, end


def _cut(text: str, spans: list[Span], first_line: int) -> Iterator[Cut]:
    line, at = first_line, 0
    for start, end in spans:
        line += text.count("\n", at, start)
        at = start
        match = _HIDDEN.match(text, start)
        said = match["said"] if match else None
        words = said[1:-1] if said else _MARKS.sub("", text[start:end])
        yield Cut(words, line)


def _kept(text: str, spans: list[Span]) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return "".join([*kept, text[at:]])
