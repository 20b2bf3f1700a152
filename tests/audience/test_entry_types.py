"""The types a public site is made of have no internal field."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from gatepost.audience.entry import Entry
from gatepost.model.parts import Dates, KnownIssue


def reached(kind: Any, seen: set[Any]) -> Iterator[type]:
    """Every class that a value of that type can hold."""
    if isinstance(kind, types.GenericAlias | types.UnionType) or get_args(kind):
        for inner in get_args(kind):
            yield from reached(inner, seen)
    elif isinstance(kind, type) and kind not in seen:
        seen.add(kind)
        yield kind
        if is_dataclass(kind) or issubclass(kind, BaseModel):
            for inner in get_type_hints(kind).values():
                yield from reached(inner, seen)


def hidden_fields(model: type[BaseModel]) -> list[str]:
    """The fields of a part of the model that outsiders may not read."""
    return [
        name
        for name, info in model.model_fields.items()
        if isinstance(info.json_schema_extra, dict)
        and info.json_schema_extra.get("x-visibility") != "public"
    ]


def test_an_entry_holds_only_public_parts_of_the_model() -> None:
    """Whatever an entry reuses of the front matter has public fields only."""
    parts = [kind for kind in reached(Entry, set()) if issubclass(kind, BaseModel)]

    assert parts
    assert {
        kind.__name__: hidden_fields(kind) for kind in parts if hidden_fields(kind)
    } == {}


def test_the_test_knows_an_internal_part_when_it_sees_one() -> None:
    """The guard can fail: these parts have internal fields and are not reused."""
    assert hidden_fields(KnownIssue) == ["public"]
    assert "planned" in hidden_fields(Dates)
    assert KnownIssue not in set(reached(Entry, set()))
