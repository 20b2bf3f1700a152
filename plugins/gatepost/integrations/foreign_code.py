"""Code in a foreign text, which is copied as it is, and signs that only look like something."""

from __future__ import annotations

import re
from html import escape

from gatepost.integrations.rewriting import Rewriting

_RUN = re.compile(r"`+|~+")
_MARGIN = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SHORTEST_FENCE = 3
_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""What a backslash protects in CommonMark."""
_PROTECTED = frozenset("\\`*_{}[]()>#+-.!|=~")
"""What it protects in the Markdown of an entry."""


class CodeSteps:
    """Steps over code; what looked hopeless once is not searched for again."""

    def __init__(self, rewriting: Rewriting) -> None:
        self.it = rewriting
        self._hopeless: set[str] = set()
        self._paragraph = (0, 0)

    def escape(self, at: int) -> int:
        """Keep a sign protected; Python-Markdown does not know a backslash before every sign."""
        sign = self.it.text[at + 1 : at + 2]
        if sign in _PROTECTED or sign not in _SIGNS:
            return self.it.copy(at, at + 2)
        self.it.out.append(escape(sign, quote=False))
        return at + 2

    def ticks(self, at: int) -> int:
        """Copy a fenced block, or code inside a line."""
        run = _RUN.match(self.it.text, at)
        end = run.end() if run else at + 1
        if end - at >= _SHORTEST_FENCE and self._begins_line(at):
            return self.it.copy(at, self._fence_end(at, end))
        if self.it.text[at] == "~":
            return self.it.copy(at, end)
        return self.it.copy(at, self._code_end(at, end))

    def slashes(self, at: int) -> int:
        """Keep `///` from opening or closing one of our own blocks."""
        start = self.it.text.index("/", at)
        self.it.out.append(self.it.text[at:start] + "&#47;//")
        return start + 3

    def _begins_line(self, at: int) -> bool:
        line = self.it.text.rfind("\n", 0, at) + 1
        return _MARGIN.fullmatch(self.it.text, line, at) is not None

    def _fence_end(self, at: int, end: int) -> int:
        mark = self.it.text[at:end]
        row_end = self.it.text.find("\n", end)
        row = self.it.text[end : row_end if row_end >= 0 else None]
        if mark[0] == "`" and "`" in row:
            return self._code_end(at, end)
        if mark in self._hopeless:
            return end
        closing = rf"^[ \t>]*{re.escape(mark)}{mark[0]}*[ \t]*$"
        match = re.compile(closing, re.MULTILINE).search(self.it.text, end)
        if match is None:
            self._hopeless.add(mark)
            return end
        return match.end()

    def _code_end(self, at: int, end: int) -> int:
        run = self.it.text[at:end]
        stop = self._end_of_paragraph(at)
        dead = f"{run}{stop}"
        if dead in self._hopeless:
            return end
        match = re.compile(rf"(?<!`){run}(?!`)").search(self.it.text, end, stop)
        if match is None:
            self._hopeless.add(dead)
            return end
        return match.end()

    def _end_of_paragraph(self, at: int) -> int:
        if not self._paragraph[0] <= at < self._paragraph[1]:
            match = _BLANK_LINE.search(self.it.text, at)
            self._paragraph = (at, match.start() if match else len(self.it.text))
        return self._paragraph[1]
