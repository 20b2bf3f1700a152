"""A foreign text while it is rewritten: what is written so far, and what was left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gatepost.integrations.destinations import Destinations
from gatepost.integrations.planned import Leftover, Picture
from gatepost.integrations.references import (
    Definition,
    fenced_rows,
    find_definitions,
    label_of,
)

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text in another dialect, and what is needed to understand it."""

    text: str
    path: str
    """File, for what is listed."""
    first_line: int = 1
    """Line of the file on which the text begins."""
    jsx: bool = False
    """Whether it is MDX, where `<Name>` is a component and `{…}` is code."""
    destinations: Destinations = field(default_factory=Destinations)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    """Definitions that stand elsewhere in the file."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The same text in our dialect, call-outs still marked."""

    text: str
    leftovers: tuple[Leftover, ...]
    taken_out: tuple[tuple[int, str], ...]
    """Line of the file and source text of what is not in the text any more."""
    pictures: tuple[Picture, ...]
    used: frozenset[str]
    """Labels of the definitions it uses."""
    excerpt_end: int | None
    """Offset of the mark that ends the text's excerpt, if it has one."""


class Rewriting:
    """What every step of a rewriting reads and writes."""

    def __init__(self, foreign: ForeignText) -> None:
        self.foreign = foreign
        self.out: list[str] = []
        """What is written so far; steps may still change earlier pieces."""
        self.leftovers: list[Leftover] = []
        self.taken_out: list[tuple[int, str]] = []
        self.excerpt_piece: int | None = None
        """Number of pieces before the mark that ends the excerpt."""
        self.own: dict[str, Definition] = {}
        """Definitions of the text itself, by label."""
        self._counted, self._count_at = 0, 0
        self.text = self._prepared(foreign.text)

    def _prepared(self, text: str) -> str:
        """Take out what no step meets: control characters and definitions."""
        if found := sorted({f"U+{ord(one):04X}" for one in _CONTROLS.findall(text)}):
            why = f"control characters were left out: {', '.join(found)}"
            self.list_line(self.foreign.first_line, why)
            text = _CONTROLS.sub("", text)
        rows = text.split("\n")
        for one in find_definitions(rows, fenced_rows(rows)):
            rows[one.line - 1] = ""
            self.own.setdefault(label_of(one.label), one)
        return "\n".join(rows)

    def copy(self, at: int, end: int) -> int:
        """Copy a stretch of the source as it is."""
        self.out.append(self.text[at:end])
        return end

    def line(self, at: int) -> int:
        """Line of the file at an offset; cheap because offsets mostly grow."""
        if at < self._count_at:
            self._counted, self._count_at = 0, 0
        self._counted += self.text.count("\n", self._count_at, at)
        self._count_at = at
        return self.foreign.first_line + self._counted

    def list_line(self, line: int, why: str) -> None:
        """List something that was not placed."""
        self.leftovers.append(Leftover(self.foreign.path, line, why))

    def list_at(self, at: int, why: str) -> None:
        """List something that was not placed, by its offset."""
        self.list_line(self.line(at), why)

    def take_out(self, at: int, end: int, why: str) -> int:
        """Keep a stretch of the source for the internal block only, and list it."""
        self.taken_out.append((self.line(at), self.text[at:end].strip()))
        self.list_at(at, f"{why}; it stands in the entry's internal block")
        return end
