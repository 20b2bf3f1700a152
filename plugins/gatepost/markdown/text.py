"""Cut a text to its first sentence, in any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from gatepost.markdown.plain import plain

LIMIT = 280
"""Greatest length of a first sentence, in Unicode code points."""
_ELLIPSIS = "…"
_READ = 20_000
"""A first sentence that begins later than this is not looked for."""
_NOT_LAST = " ,;:–—-、，；："  # noqa: RUF001 - commas of many scripts
_SHORTEST_CUT = LIMIT // 2
"""A cut at a space may not lose more than this: text without spaces is cut anywhere."""

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_NO_PROSE = re.compile(
    r"""[ ]{0,3}(?:
      \#{1,6}(?:[ ]|$)                      # a heading
    | [-*_=](?:[ ]*[-*_=]){2,}+[ ]*$        # a rule, or the line under a heading
    | \|                                    # a table
    | (?:!!!|\?\?\?\+?|===|///)(?:[ ]|$)    # the first line of a block
    | \*?\[[^\]\n]{1,200}\]:                # a definition
    | \{[^}\n]{0,200}\}[ ]*$                # attributes
    | </|<(?:details|figure|summary|t[dhr]|table|tbody|thead)\b
    )""",
    re.VERBOSE,
)
_MARKER = re.compile(r"[ ]*(?:>[ ]?|[-*+][ ]+(?:\[[ xX]\][ ]+)?|\d{1,9}[.)][ ]+)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ ]*$")
_INDENT = re.compile(r"^ {4}", re.MULTILINE)
_BOX = re.compile(r"^(?:!!!|\?\?\?|===)", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_END = re.compile(
    r"""
      [。！？｡।॥።։۔؟]+["'”’」』）)\]]*     # these end a sentence wherever they stand
    | [.!?…]+["'”’»)\]]*(?=\s|$)
    """,  # noqa: RUF001 - full stops of many scripts
    re.VERBOSE,
)
_SHORT_FORM = re.compile(
    r"""(?:^|[\s(\["'“‘«])(?:
      (?:[^\W\d_]\.){2,}                    # e.g. i.e. U.S.
    | (?:approx|bzw|ca|cf|dr|ex|fig|incl|max|min|mr|mrs|ms|no|nr|prof|resp|st|vs)\.
    )$""",  # noqa: RUF001 - opening quotes of many languages
    re.VERBOSE | re.IGNORECASE,
)
_CLOSING = "'\"’”」』）)]"  # noqa: RUF001 - closing quotes of many languages
_LONGEST_SHORT_FORM = 12


def first_sentence(text: str) -> str:
    """Cut a Markdown body, or a plain text, to its first sentence.

    Headings, code blocks, tables and pictures are passed over; markup is taken away.

    Returns:
        One line of plain text, at most 280 code points; longer sentences end in `…`. Empty if
        there is no prose.
    """
    seen = _COMMENT.sub("", text[:_READ])
    for paragraph in chain(_paragraphs(seen), _paragraphs(_unboxed(seen))):
        if words := plain(paragraph):
            return _shortened(_sentence(words))
    return ""


def _unboxed(text: str) -> str:
    """What stands in notes, details and tabs, for a text that has nothing else."""
    return _INDENT.sub("", text) if _BOX.search(text) else ""


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of prose, and the items of lists, in order, as Markdown."""
    lines: list[str] = []
    for line in _outside_code(text):
        starts_item = _MARKER.match(line)
        if lines and (starts_item or not line.strip() or _NO_PROSE.match(line)):
            if not _UNDERLINE.match(line):
                yield " ".join(lines)
            lines = []
        bare = _without_markers(line)
        if bare and not _NO_PROSE.match(bare) and not (not lines and _is_code(line)):
            lines.append(bare)
    if lines:
        yield " ".join(lines)


def _outside_code(text: str) -> Iterator[str]:
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if not fence and not mark:
            yield line
        elif not fence and mark:
            fence = mark[1]
            yield ""
        elif mark and mark[1].startswith(fence):
            fence = ""


def _is_code(line: str) -> bool:
    return _INDENT.match(line) is not None and not _MARKER.match(line)


def _without_markers(line: str) -> str:
    if _NO_PROSE.match(line):
        return ""
    while match := _MARKER.match(line):
        line = line[match.end() :]
    return line.strip()


def _sentence(words: str) -> str:
    for match in _END.finditer(words):
        if not _goes_on(words, match):
            return words[: match.end()]
    return words


def _goes_on(words: str, end: re.Match[str]) -> bool:
    if words[end.end() : end.end() + 1].strip() and end[0][-1] in _CLOSING:
        # A quoted sentence inside another one, in a script without spaces.
        return True
    following = words[end.end() : end.end() + 2].strip()[:1]
    if following.islower() and words[end.end() - 1].isascii():
        return True
    before = words[max(0, end.end() - _LONGEST_SHORT_FORM) : end.end()]
    return bool(following) and _SHORT_FORM.search(before) is not None


def _shortened(words: str) -> str:
    if len(words) <= LIMIT:
        return words
    cut = words[: LIMIT - 1]
    space = cut.rfind(" ")
    if words[LIMIT - 1] != " " and space >= _SHORTEST_CUT:
        cut = cut[:space]
    else:
        cut = _whole_characters(cut, words[LIMIT - 1])
    return cut.rstrip(_NOT_LAST) + _ELLIPSIS


def _whole_characters(cut: str, following: str) -> str:
    """Do not part a letter from its marks, or an emoji from the rest of its sequence."""
    while cut and (_joins(following) or cut[-1] == "\u200d"):
        cut, following = cut[:-1], cut[-1]
    return cut


def _joins(character: str) -> bool:
    return (
        unicodedata.category(character).startswith("M")
        or character == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
