"""Walk a release's front matter: every text in it, and who may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gatepost.model.registry import Clearance
from gatepost.model.release import PathInFile

_RANK: dict[str, int] = {"public": 0, "per-item": 0, "internal": 1, "restricted": 2}
_CLEARANCES: tuple[Clearance, ...] = ("public", "internal", "restricted")


@dataclass(frozen=True, slots=True)
class Value:
    """One text of the front matter."""

    path: PathInFile
    """Keys and positions that lead to it, as written in the file."""
    text: str
    clearance: Clearance
    """Who may read it."""

    def allowed(self, reader: Clearance) -> bool:
        """Say whether a reader of that clearance may see it."""
        return _RANK[self.clearance] <= _RANK[reader]


def values(part: BaseModel) -> Iterator[Value]:
    """Every text of *part* and of the parts in it.

    Dates, lengths of time, numbers and switches are left out: they stand on public pages anyway.
    A field without a visibility of its own is internal.
    """
    yield from _part(part, (), 0, closed=False)


def tree_values(
    tree: object, path: PathInFile, clearance: Clearance
) -> Iterator[Value]:
    """Every text of an undeclared field, its keys included."""
    yield from _any(tree, path, _RANK[clearance], closed=True)


def _part(
    part: BaseModel, path: PathInFile, outer: int, *, closed: bool
) -> Iterator[Value]:
    for name, written, declared in _fields(type(part)):
        value = getattr(part, name)
        # Most fields of most entries are not given at all.
        if value is None or value is False or value in ((), ""):
            continue
        # A sentence for readers may lie in an internal block: only its own mark counts.
        opened = declared == 0 and not closed
        rank = 0 if opened else max(declared, outer, 1)
        yield from _any(value, (*path, written), rank, closed=closed)


@cache
def _fields(kind: type[BaseModel]) -> tuple[tuple[str, str, int], ...]:
    """Name, name as written and rank of each field of a part."""
    return tuple(
        (name, field.alias or name, _declared(field))
        for name, field in kind.model_fields.items()
    )


def _any(
    value: object, path: PathInFile, rank: int, *, closed: bool
) -> Iterator[Value]:
    if isinstance(value, str):
        yield Value(path, value, _CLEARANCES[rank])
    elif isinstance(value, BaseModel):
        kept_back = getattr(value, "public", True) is False
        yield from _part(value, path, rank, closed=closed or kept_back)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield Value((*path, str(key)), str(key), _CLEARANCES[rank])
            yield from _any(item, (*path, str(key)), rank, closed=closed)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _any(item, (*path, index), rank, closed=closed)


def _declared(field: FieldInfo) -> int:
    extra = field.json_schema_extra
    said = extra.get("x-visibility") if isinstance(extra, dict) else None
    return _RANK[said] if isinstance(said, str) else _RANK["internal"]
