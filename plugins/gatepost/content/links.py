"""Links and pictures in a Markdown text, each with its line and column."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
"""First offset and the offset after the last, in Unicode code points."""

_SPECIAL = re.compile(r"[\\`~<\[\]]")
_ONLY_MARGIN = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t>]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_TAG = re.compile(r"<(a|img)\b([^<>]*)>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
# Titles are bounded and every repetition is possessive: a hostile text must not be able to make
# one bracket look at the whole rest of the text.
_INLINE = re.compile(
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()\\]|\\.|\([^\s()]*+\))*+))"
    r"""(?:\s++(?:"[^"]{0,500}"|'[^']{0,500}'|\([^)]{0,500}\)))?+\s*+\)"""
)
_REFERENCE = re.compile(r"[ ]?\[([^\]\[\n]{0,200})\]")
_DEFINITION = re.compile(
    r"\[([^\]\[\n^][^\]\[\n]{0,200})\]:[ \t]*+(?:<([^<>\n]*+)>|(\S++))"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = dict.fromkeys(range(0x21))
_FENCE = 3
"""Least number of marks that fence a block of code."""
_WIDEST_MARGIN = 80
_TEXT_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture as its author wrote it."""

    target: str
    """Where it leads, with entities and backslash escapes resolved."""
    text: str
    """The words of the link, as Markdown, at most 200 code points of them."""
    line: int
    """From 1, in the text it was found in."""
    column: int
    """From 1, in Unicode code points."""
    image: bool
    alt: str | None
    """What a picture shows, for those who do not see it; None if its author did not say."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What one pass over a text found."""

    links: tuple[Link, ...]
    fences: tuple[Span, ...]
    """Fenced blocks of code, in order."""
    code: tuple[Span, ...]
    """Code inside a line, in order, with its backticks."""


def find_links(text: str) -> tuple[Link, ...]:
    """Find every link and picture that is not inside code, in order.

    Inline and reference style, `<https://…>`, and raw `<a href>` and `<img src>`.
    """
    return read_marks(text).links if "[" in text or "<" in text else ()


def targets_of(text: str) -> tuple[str, ...]:
    """Where the links and pictures of a text lead, in order."""
    return tuple(link.target for link in find_links(text))


def read_marks(text: str) -> Marks:
    """Find links, pictures and code in one pass, in time that grows with the text's length."""
    return _Pass(text).marks()


def scheme_of(target: str) -> str:
    r"""What a browser takes for the scheme of an address.

    Lower case, such as `https`; `//` for an address that names a host without one; else empty.
    Browsers skip spaces and control characters, so `java\nscript:` has a scheme too.
    """
    bare = target.translate(_IGNORED)
    if bare[:2].replace("\\", "/") == "//":
        return "//"
    match = _SCHEME.match(bare)
    return match.group(1).lower() if match else ""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A link whose address may stand further down."""

    at: int
    text: str
    image: bool
    target: str | None = None
    label: str = ""
    alt: str | None = None


class _Pass:
    """One walk over a text, from special character to special character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[_Pending] = []
        self.definitions: dict[str, str] = {}
        self.fences: list[Span] = []
        self.code: list[Span] = []
        self.open: list[int] = []
        self.unclosed: dict[str, int] = {}
        self.paragraph_end = -1

    def marks(self) -> Marks:
        steps = {
            "\\": self._escape,
            "`": self._ticks,
            "~": self._tildes,
            "<": self._angle,
            "[": self._bracket,
            "]": self._closed,
        }
        at = 0
        while match := _SPECIAL.search(self.text, at):
            at = steps[match.group()](match.start())
        return Marks(tuple(self._links()), tuple(self.fences), tuple(self.code))

    def _escape(self, at: int) -> int:
        return at + 2

    def _ticks(self, at: int) -> int:
        end = self._run_end(at)
        if end - at >= _FENCE and self._begins_line(at):
            return self._fence(at, end)
        return self._code_span(at, end)

    def _tildes(self, at: int) -> int:
        end = self._run_end(at)
        if end - at >= _FENCE and self._begins_line(at):
            return self._fence(at, end)
        return end

    def _run_end(self, at: int) -> int:
        mark, end = self.text[at], at + 1
        while self.text.startswith(mark, end):
            end += 1
        return end

    def _begins_line(self, at: int) -> bool:
        # Looking back over a whole line for each of its marks would be quadratic.
        horizon = max(0, at - _WIDEST_MARGIN)
        line = self.text.rfind("\n", horizon, at) + 1
        if line == 0 and horizon:
            return False
        return _ONLY_MARGIN.fullmatch(self.text, line, at) is not None

    def _fence(self, at: int, end: int) -> int:
        """Skip a fenced block; one that is never closed is ordinary text to Python-Markdown."""
        mark, length = self.text[at], end - at
        if self.unclosed.get(mark, length + 1) <= length:
            return end
        closing = re.compile(rf"^[ \t>]*{mark}{{{length},}}[ \t]*$", re.MULTILINE)
        match = closing.search(self.text, end)
        if match is None:
            self.unclosed[mark] = length
            return end
        self.fences.append((at, match.end()))
        return match.end()

    def _code_span(self, at: int, end: int) -> int:
        """Skip code inside a paragraph; backticks without a partner are ordinary text."""
        run = self.text[at:end]
        limit = self._end_of_paragraph(at)
        match = re.compile(rf"(?<!`){run}(?!`)").search(self.text, end, limit)
        if match is None:
            return end
        self.code.append((at, match.end()))
        return match.end()

    def _end_of_paragraph(self, at: int) -> int:
        if at >= self.paragraph_end:
            match = _BLANK_LINE.search(self.text, at)
            self.paragraph_end = match.start() if match else len(self.text)
        return self.paragraph_end

    def _angle(self, at: int) -> int:
        if self.text.startswith("<!--", at):
            return self._comment(at)
        if auto := _AUTOLINK.match(self.text, at):
            address = auto.group(1)
            self.found.append(_Pending(at, address, image=False, target=address))
            return auto.end()
        tag = _TAG.match(self.text, at)
        if tag is None:
            return at + 1
        self._tag(at, tag)
        return tag.end()

    def _comment(self, at: int) -> int:
        if "<!--" in self.unclosed:
            return at + 4
        end = self.text.find("-->", at + 4)
        if end < 0:
            self.unclosed["<!--"] = at
            return at + 4
        return end + 3

    def _tag(self, at: int, tag: re.Match[str]) -> None:
        address = _ADDRESS.search(tag.group(2))
        if address is None:
            return
        target = next(filter(None, address.groups()), "")
        image = tag.group(1).lower() == "img"
        alt = _ALT.search(tag.group(2)) if image else None
        words = html.unescape(next(filter(None, alt.groups()), "")) if alt else None
        self.found.append(
            _Pending(at, words or "", image=image, target=target, alt=words)
        )

    def _bracket(self, at: int) -> int:
        if definition := self._definition(at):
            return definition
        self.open.append(at)
        return at + 1

    def _definition(self, at: int) -> int:
        match = _DEFINITION.match(self.text, at)
        if match is None or not self._begins_line(at):
            return 0
        target = match.group(2) or match.group(3) or ""
        self.definitions.setdefault(_label(match.group(1)), target)
        return match.end()

    def _closed(self, at: int) -> int:
        if not self.open:
            return at + 1
        start = self.open.pop()
        image = start > 0 and self.text[start - 1] == "!"
        words = self.text[start + 1 : min(at, start + 1 + _TEXT_LIMIT)]
        alt = (words.strip() or None) if image else None
        begin = start - image
        if inline := _INLINE.match(self.text, at + 1):
            target = inline.group(1) or inline.group(2) or ""
            self.found.append(_Pending(begin, words, image, target=target, alt=alt))
            return inline.end()
        reference = _REFERENCE.match(self.text, at + 1)
        label = (reference.group(1) if reference else "") or words
        self.found.append(_Pending(begin, words, image, label=_label(label), alt=alt))
        return reference.end() if reference else at + 1

    def _links(self) -> Iterator[Link]:
        if not self.found:
            return
        starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        for one in sorted(self.found, key=lambda pending: pending.at):
            target = one.target
            if target is None:
                target = self.definitions.get(one.label)
            if target is None:
                continue
            line = bisect_right(starts, one.at)
            column = one.at - starts[line - 1] + 1
            yield Link(_resolved(target), one.text, line, column, one.image, one.alt)


def _label(words: str) -> str:
    return " ".join(words.split()).casefold()


def _resolved(target: str) -> str:
    return html.unescape(_ESCAPED.sub(r"\1", target)).strip()
