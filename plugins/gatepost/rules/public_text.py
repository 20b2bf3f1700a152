"""Every word of an entry that readers outside may see, with its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from gatepost.content.links import Marks, Span, read_marks
from gatepost.model.field import Part
from gatepost.model.finding import Place
from gatepost.model.release import FrontMatter, PathInFile, Release

_KEYS = frozenset(
    {
        *("id", "supersedes", "superseded_by", "related", "fixes"),
        *("products", "components", "plans", "regions", "platforms", "hosting", "for"),
        *("version", "affects_versions", "lang", "type", "stage", "importance"),
    }
)
"""Public fields that hold ids, registry keys and closed words instead of prose."""


class Piece(NamedTuple):
    """One public text."""

    text: str
    path: PathInFile
    """Where in the front matter; empty for the body."""


class _Slot(NamedTuple):
    name: str
    key: str
    """As it is written in front matter."""
    visibility: str


@cache
def _slots(part: type[Part]) -> tuple[_Slot, ...]:
    return tuple(
        _Slot(name, field.alias or name, str(extra.get("x-visibility")))
        for name, field in part.model_fields.items()
        if isinstance(extra := field.json_schema_extra, dict)
    )


@cache
def _top() -> tuple[_Slot, ...]:
    return tuple(slot for slot in _slots(FrontMatter) if slot.key not in _KEYS)


def public_pieces(release: Release) -> Iterator[Piece]:
    """Every public text of an entry: its body first, then its fields in the schema's order.

    What the schema calls public is public wherever it lies; items of a list that may be either
    are public if they say so.
    """
    yield Piece(release.body.public, ())
    values = release.__dict__
    for slot in _top():
        if (value := values[slot.name]) and not _off_roadmap(release, slot):
            yield from _pieces(value, (slot.key,), slot.visibility)


def _off_roadmap(release: Release, slot: _Slot) -> bool:
    roadmap = release.roadmap
    return slot.name == "roadmap" and roadmap is not None and not roadmap.show


def _pieces(value: object, path: PathInFile, visibility: str) -> Iterator[Piece]:
    if isinstance(value, str):
        if visibility == "public":
            yield Piece(value, path)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _pieces(item, (*path, number), visibility)
    elif isinstance(value, Part) and _shown(value, visibility):
        for slot in _slots(type(value)):
            if inner := value.__dict__[slot.name]:
                yield from _pieces(inner, (*path, slot.key), slot.visibility)


def _shown(part: Part, visibility: str) -> bool:
    return visibility != "per-item" or bool(part.__dict__.get("public", True))


@dataclass(frozen=True)
class Sheet:
    """The public texts of one entry as one text, so that each search is one search."""

    release: Release
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    """Offset of each piece in `text`."""
    text: str

    @cached_property
    def marks(self) -> Marks:
        """Its code and links."""
        return read_marks(self.text)

    def place(self, offset: int) -> Place:
        """Where a character was written: exact in the body, else its field."""
        number = bisect_right(self.starts, offset) - 1
        piece = self.pieces[number]
        if piece.path:
            return self.release.at(*piece.path)
        before = self.text[: offset - self.starts[number]]
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1) + 1
        body = self.release.body
        return Place(self.release.source.path, body.first_line + line, column)

    def fenced(self, offset: int) -> bool:
        """Say whether a character lies in a fenced block of code."""
        return _inside(self.marks.fences, offset)

    def coded(self, offset: int) -> bool:
        """Say whether a character lies in code of either kind."""
        return _inside(self.marks.code, offset) or self.fenced(offset)


def _inside(spans: tuple[Span, ...], offset: int) -> bool:
    number = bisect_right(spans, (offset, len(spans) and spans[-1][1])) - 1
    return number >= 0 and spans[number][0] <= offset < spans[number][1]


def public_sheet(release: Release) -> Sheet:
    """Lay the public texts of an entry out as one text."""
    pieces = tuple(public_pieces(release))
    starts: list[int] = []
    at = 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + 2
    text = "\n\n".join(piece.text for piece in pieces)
    return Sheet(release, pieces, tuple(starts), text)
