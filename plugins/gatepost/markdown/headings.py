"""Headings of a body: their place below the entry's title, and their anchors."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

TOP = 2
"""An entry's page has the title as its only first-level heading."""
LOWEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body."""

    level: int
    """From 2; none is skipped."""
    id: str
    """Anchor, unique on a page with other entries."""
    text: str


class Levels:
    """Moves headings so that the topmost is a second-level one and none is skipped."""

    def __init__(self) -> None:
        """Start above the first heading."""
        self._above: list[int] = []

    def place(self, written: int) -> int:
        """The level of the next heading, given the level its author wrote."""
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        return min(TOP + len(self._above) - 1, LOWEST)


def slug(text: str) -> str:
    """The anchor for a heading: letters, marks and digits of any script, with hyphens between.

    Never empty.
    """
    kept = "".join(
        one if unicodedata.category(one)[0] in "LMN" else " " if one not in "'’" else ""
        for one in unicodedata.normalize("NFC", text).lower()
    )
    return "-".join(kept.split()) or "section"


class Anchors:
    """The anchors of one body: no two are the same."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        """Keep the names in *given* for the elements that already bear them."""
        self._given = frozenset(given)
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def keep(self, name: str) -> str:
        """The anchor for an element that bears *name*; a second one gets a number."""
        if name in self._taken:
            return self.make(name)
        self._taken.add(name)
        return name

    def make(self, name: str) -> str:
        """A new anchor: *name*, or *name* with the lowest free number."""
        number, found = self._next.get(name, 2), name
        while found in self._taken or found in self._given:
            found, number = f"{name}-{number}", number + 1
        self._next[name] = number
        self._taken.add(found)
        return found
