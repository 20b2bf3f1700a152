"""Cut the internal text out of a body, before anything reads it as Markdown.

Fail closed: a marker hides wherever it stands, in a sample of code too; a line that is nearly a
marker stops the build; what follows an open marker counts as internal to the end of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from gatepost.content import laws
from gatepost.content.comments import without_comments
from gatepost.content.links import read_marks
from gatepost.content.markers import (
    CLOSE,
    MARKER,
    OPEN,
    SUSPECT,
    doubt_inside,
    doubt_outside,
)
from gatepost.model.finding import Finding, Law, Place
from gatepost.model.release import Body, Cut

_FENCE = re.compile(r"[ \t>]*(`{3,}(?=[^`]*$)|~{3,})(.*)")
_INDENT = "    "


def split_internal(
    text: str, first_line: int, path: str, sidecar: str = ""
) -> tuple[Body, tuple[Finding, ...]]:
    r"""Cut a body into what outsiders may read and what not.

    Args:
        text: Markdown below the front matter, with `\n` line ends.
        first_line: Line of the file on which *text* begins, from 1.
        path: The file, for the findings.
        sidecar: Text of the internal file beside the entry; all of it is internal.

    Returns:
        The body, and every marker that is wrong.
    """
    cutter = _Cutter(first_line, path)
    public = whole = text
    findings: list[Finding] = []
    if SUSPECT.search(text):
        public, whole = cutter.cut(text)
        findings = [*cutter.findings, *_doubts(public, first_line, path)]
    public, comments = without_comments(public, first_line)
    # Colleagues do not see comments either: they are for whoever reads the file.
    whole, _ = without_comments(whole, first_line)
    cuts = [*cutter.cuts, *comments]
    if sidecar.strip():
        whole = f"{whole.rstrip()}\n\n{internal_note(sidecar.strip())}\n"
        cuts.append(Cut(sidecar, 1))
    return Body(public, whole, first_line, tuple(cuts)), tuple(sorted(findings))


def internal_note(text: str) -> str:
    """Internal text as colleagues read it: a note of its own, marked as internal."""
    lines = (f"{_INDENT}{line}" if line else "" for line in text.split("\n"))
    return "\n".join(['!!! gp-internal "Internal"', "", *lines])


@dataclass(slots=True)
class _Cutter:
    """One pass over the lines of a body, from marker to marker."""

    first_line: int
    path: str
    cuts: list[Cut] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    opened: int | None = None
    """Line of the text on which the block began that is open now, from 0."""
    words: str = ""
    """What stands behind the marker on its line."""
    held: list[str] = field(default_factory=list)
    fence: str = ""
    """What begins the sample of code that is open now, inside the block."""

    def cut(self, text: str) -> tuple[str, str]:
        """Sort every line into public and internal; both texts are returned."""
        for number, line in enumerate(text.split("\n")):
            if self.opened is not None:
                self._inside(number, line)
            elif OPEN.fullmatch(line.rstrip()):
                self._open(number, line)
                self.public.append("")
            else:
                self.public.append(line)
                self.whole.append(line)
        if self.opened is not None:
            self._never_closed(self.opened)
        if not self.cuts:
            return text, text  # one text, held once
        return "\n".join(self.public), "\n".join(self.whole)

    def _open(self, number: int, line: str) -> None:
        # Words behind the marker are internal text too, and the first of it.
        self.words = line.removeprefix(MARKER).strip()
        self.opened, self.held, self.fence = number, [], ""

    def _inside(self, number: int, line: str) -> None:
        self.public.append("")
        # Code may hold a line `///`; ending the block there would publish the rest of it.
        if not self.fence and line.rstrip() == CLOSE:
            self._close()
            return
        self.held.append(line)
        doubtful = not self._in_sample(line) and SUSPECT.search(line)
        if doubtful and (doubt := doubt_inside(line)):
            self._report(laws.DOUBTFUL_INTERNAL_BLOCK, number, *doubt)

    def _in_sample(self, line: str) -> bool:
        """Whether a line of the block belongs to a sample of code."""
        match = _FENCE.match(line)
        if not self.fence:
            self.fence = match.group(1) if match else ""
        elif match and match[1].startswith(self.fence) and not match[2].strip():
            self.fence = ""
            return True
        return bool(self.fence)

    def _close(self) -> None:
        words = "\n".join([self.words, *self.held] if self.words else self.held)
        line = self.first_line + (self.opened or 0) + (not self.words)
        self.cuts.append(Cut(words, line))
        # An open comment in a block ends with the block, not with the text.
        shown, _ = without_comments(words.replace("\n", "\n\n", bool(self.words)), 1)
        self.whole += ["", *internal_note(shown).split("\n"), ""]
        self.opened = None

    def _never_closed(self, opened: int) -> None:
        sentence = "this internal block is not closed"
        if self.fence and any(line.rstrip() == CLOSE for line in self.held):
            sentence += f": the {self.fence} inside it has no end"
        self._report(laws.OPEN_INTERNAL_BLOCK, opened, sentence)
        self._close()

    def _report(self, law: Law, number: int, sentence: str, fix: str = "") -> None:
        place = Place(self.path, self.first_line + number)
        self.findings.append(laws.broken(law, place, sentence, fix))


def _doubts(public: str, first_line: int, path: str) -> Iterator[Finding]:
    """Lines outside every block that are nearly a marker."""
    fences: list[tuple[int, int]] | None = None
    at = 0
    for number, line in enumerate(public.split("\n")):
        if SUSPECT.search(line) and doubt_outside(line, in_code=False):
            if fences is None:
                fences = list(read_marks(public).fences)
            if doubt := doubt_outside(line, in_code=_is_in(at, fences)):
                column = len(line) - len(line.lstrip()) + 1
                place = Place(path, first_line + number, column)
                yield laws.broken(laws.DOUBTFUL_INTERNAL_BLOCK, place, *doubt)
        at += len(line) + 1


def _is_in(at: int, fences: list[tuple[int, int]]) -> bool:
    row = bisect_right(fences, (at, 0)) - 1
    return row >= 0 and at < fences[row][1]
