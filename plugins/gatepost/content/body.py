"""Cut the internal text out of a body, before anything reads it as Markdown.

Fail closed: a marker that is nearly right stops the build, also inside a code block, and whatever
follows an open marker counts as internal. Comments are cut as well: browsers show their source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gatepost.content import laws
from gatepost.content.links import read_marks
from gatepost.model.finding import Finding, Place
from gatepost.model.release import Body, Cut

OPEN = re.compile(r"/// internal(?:\s.*)?")
CLOSE = "///"
_DOUBTFUL = re.compile(
    r"[\s>*+\-\d.)]*/{2,}\s*(?:\|?\s*)?(?P<word>[A-Za-z]*)", re.IGNORECASE
)
_NEAR = re.compile(
    r"int[a-z]{0,3}r?n?[a-z]{0,3}l?|internal[a-z]*|privat[a-z]*|intenal|interal|intrenal|inernal|confidential",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:--!?>|\Z)", re.DOTALL)
_INDENT = "    "


@dataclass(slots=True)
class _Cutter:
    """One pass over the lines of a body."""

    first_line: int
    path: str
    public: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    opened: int | None = None
    held: list[str] = field(default_factory=list)

    def run(self, text: str) -> None:
        """Sort every line into public and internal."""
        for number, line in enumerate(text.split("\n")):
            if self.opened is None:
                self._outside(number, line)
            else:
                self._inside(number, line)
        if self.opened is not None:
            place = self._place(self.opened)
            self.findings.append(
                laws.broken(
                    laws.OPEN_INTERNAL_BLOCK, place, "this internal block is not closed"
                )
            )
            self._close()

    def _place(self, number: int, column: int = 1) -> Place:
        return Place(self.path, self.first_line + number, column)

    def _outside(self, number: int, line: str) -> None:
        bare = line.rstrip()
        if OPEN.fullmatch(bare):
            self.opened, self.held = number, []
            self.public.append("")
            return
        if doubt := _doubt(bare):
            column = len(line) - len(line.lstrip()) + 1
            self.findings.append(
                laws.broken(
                    laws.DOUBTFUL_INTERNAL_BLOCK, self._place(number, column), *doubt
                )
            )
        self.public.append(line)
        self.whole.append(line)

    def _inside(self, number: int, line: str) -> None:
        self.public.append("")
        bare = line.strip()
        if bare == CLOSE:
            self._close()
        elif OPEN.fullmatch(bare):
            sentence = "an internal block is opened inside another"
            self.findings.append(
                laws.broken(
                    laws.DOUBTFUL_INTERNAL_BLOCK,
                    self._place(number),
                    sentence,
                    "close the first one with `///`",
                )
            )
        else:
            self.held.append(line)

    def _close(self) -> None:
        opened = self.opened or 0
        self.opened = None
        self.cuts.append(Cut("\n".join(self.held), self.first_line + opened + 1))
        self.whole += ["", *internal_note("\n".join(self.held)).split("\n"), ""]


def _doubt(line: str) -> tuple[str, str] | None:
    """What is doubtful about a line that may be meant as a marker, and the way out."""
    match = _DOUBTFUL.match(line)
    if match is None or "//" not in line:
        return None
    word, rest = match["word"], line[match.end() :]
    slashes = line.strip(" \t>*+-0123456789.)")
    if not word:
        if slashes.startswith("///") and not rest.strip("/ "):
            return (
                "`///` closes an internal block, and none is open",
                "delete the line, or write `/// internal` above",
            )
        return None
    if _NEAR.fullmatch(word) and (slashes.startswith("///") or not rest.strip()):
        return (
            f"`{line.strip()[:40]}` is nearly a marker of internal text",
            "write `/// internal` alone, at the start of the line",
        )
    if slashes.startswith("///"):
        return (
            f"`{line.strip()[:40]}` looks like a block, and there is only `/// internal`",
            "write `/// internal`, or begin the line with another sign",
        )
    return None


def internal_note(text: str) -> str:
    """Internal text as colleagues read it: a note of its own, marked as internal."""
    lines = text.split("\n")
    return "\n".join(
        [
            '!!! gp-internal "Internal"',
            "",
            *(f"{_INDENT}{line}" if line else "" for line in lines),
        ]
    )


def split_internal(
    text: str, first_line: int, path: str, sidecar: str = ""
) -> tuple[Body, tuple[Finding, ...]]:
    """Cut a body into what outsiders may read and what not.

    Args:
        text: Markdown below the front matter, with `\\n` line ends.
        first_line: Line of the file on which *text* begins, from 1.
        path: The file, for the findings.
        sidecar: Text of the internal file beside the entry; all of it is internal.

    Returns:
        The body, and every marker that is wrong.
    """
    cutter = _Cutter(first_line, path)
    if "//" in text:
        cutter.run(text)
        public, whole = "\n".join(cutter.public), "\n".join(cutter.whole)
    else:
        public = whole = text
    public, comments = _without_comments(public, first_line)
    whole, _ = _without_comments(whole, first_line)
    cuts = [*cutter.cuts, *comments]
    if sidecar.strip():
        whole = f"{whole.rstrip()}\n\n{internal_note(sidecar.strip())}\n"
        cuts.append(Cut(sidecar, 1))
    return Body(public, whole, first_line, tuple(cuts)), tuple(cutter.findings)


def _without_comments(text: str, first_line: int) -> tuple[str, list[Cut]]:
    """Cut comments, but leave those that stand in code: there readers see them as code."""
    if "<!--" not in text:
        return text, []
    marks = read_marks(text)
    code = (*marks.fences, *marks.code)
    kept, cuts, at = [], [], 0
    for match in _COMMENT.finditer(text):
        if match.start() < at or any(
            start <= match.start() < end for start, end in code
        ):
            continue
        line = first_line + text.count("\n", 0, match.start())
        cuts.append(Cut(match[0].removeprefix("<!--").rstrip("->!"), line))
        kept += [text[at : match.start()], "\n" * match[0].count("\n")]
        at = match.end()
    return "".join([*kept, text[at:]]), cuts
