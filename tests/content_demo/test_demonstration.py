"""Tidewater, the demonstration: it shows everything an entry can say, and check finds no fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from click.testing import CliRunner
from pydantic.fields import FieldInfo

from gatepost.cli import main
from gatepost.content.load import load
from gatepost.model.book import Book
from gatepost.model.field import Part
from gatepost.model.registry import Scheme
from gatepost.model.release import FrontMatter

TODAY = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
"""The day on which Tidewater's story stands."""
KILOBYTES = 1024
Used = tuple[str, object]
"""A field, such as `Ring.share`, and a value somebody gave it."""


@pytest.fixture(scope="module")
def book(checkout: Path) -> Book:
    """Everything in `content/`."""
    return load(checkout, "content", as_of=TODAY, host="changelog.tidewater.example")


@pytest.fixture(scope="module")
def used(book: Book) -> frozenset[Used]:
    """Every field some entry fills, with each of its words and flags."""
    return frozenset(use for release in book.releases for use in uses(release))


def uses(part: Part) -> Iterator[Used]:
    """The fields of a part that say more than their default, and their parts' fields."""
    model = FrontMatter if isinstance(part, FrontMatter) else type(part)
    for name, info in model.model_fields.items():
        value = getattr(part, name)
        if value != info.get_default(call_default_factory=True):
            yield f"{model.__name__}.{info.alias or name}", ""
        for item in _items(value):
            if isinstance(item, str):
                yield f"{model.__name__}.{info.alias or name}", item
            elif isinstance(item, Part):
                yield from uses(item)


def _items(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple):
        yield from value
    else:
        yield value


def fields() -> Iterator[tuple[str, FieldInfo]]:
    """Every field of front matter and of all its parts, by the name authors write."""
    waiting: list[type[Part]] = [FrontMatter]
    seen: set[type[Part]] = set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, info in model.model_fields.items():
            yield f"{model.__name__}.{info.alias or name}", info
            waiting += _inside(info.annotation, Part)


def _inside(annotation: Any, wanted: type[Part]) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, wanted):
        return [annotation]
    return [one for arg in get_args(annotation) for one in _inside(arg, wanted)]


def _words(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for arg in get_args(annotation) for word in _words(arg)]


def test_check_has_nothing_to_report(checkout: Path) -> None:
    """Not even advice, on the day the story stands at."""
    told = CliRunner().invoke(
        main,
        ["check", "--strict", "--root", str(checkout), "--as-of", f"{TODAY:%FT%TZ}"],
    )
    assert (told.exit_code, told.output.partition(" in ")[0]) == (
        0,
        "Nothing to report",
    )


def test_every_field_is_shown(used: frozenset[Used]) -> None:
    """Whoever looks for an example of a field finds one."""
    shown = {name for name, value in used if value == ""}
    assert {name for name, _ in fields()} - shown == set()


def test_every_word_of_every_closed_list_is_shown(used: frozenset[Used]) -> None:
    """Every type, phase, state, strategy, channel and the like occurs."""
    words = {
        (name, word) for name, info in fields() for word in _words(info.annotation)
    }
    assert words - used == set()


def test_every_name_of_the_registry_is_used(book: Book) -> None:
    """Products, components, plans, regions and readers are there because an entry needs them."""
    registry = book.registry
    for section in (
        "products",
        "components",
        "plans",
        "regions",
        "platforms",
        "hosting",
    ):
        named = {key for one in book.releases for key in getattr(one, section)}
        assert named == set(getattr(registry, section)), section
    assert {key for one in book.releases for key in one.for_} == set(registry.personas)
    groups = {group for one in book.releases for group in one.audience}
    assert groups == {"public", "internal", "restricted", *registry.audiences}
    rows = (*registry.products.values(), *registry.components.values())
    assert {row.versions for row in rows} == set(get_args(Scheme))


def test_every_handle_is_a_team(book: Book) -> None:
    """Nobody is named who is not in the registry, and teams are named by handle only."""
    written = "\n".join(
        (book.root / one.source.path).read_text("utf-8") for one in book.releases
    )
    handles = set(re.findall(r'"(@[\w-]+)', written))
    assert handles - set(book.registry.teams) == set()


def test_hidden_entries_have_no_row_in_the_ledger(book: Book, checkout: Path) -> None:
    """An embargo and an undisclosed advisory are part of the story, and of no promise."""
    embargoed = {one.id for one in book.releases if one.embargo_until}
    undisclosed = {
        one.id
        for one in book.releases
        if one.security
        and one.security.disclosed_on
        and one.security.disclosed_on.at > TODAY
    }
    rows = json.loads((checkout / "content/ledger.json").read_text("utf-8"))
    assert embargoed
    assert undisclosed
    assert not (embargoed | undisclosed) & set(rows)
    assert list(rows) == sorted(rows)
    assert any(row.get("gone") for row in rows.values())


def test_internal_text_comes_in_all_three_forms(book: Book) -> None:
    """Blocks in the text, a file beside the entry, and fields of Tidewater's own."""
    beside = [one for one in book.releases if one.source.folder]
    notes = [book.root / one.source.folder / "index.internal.md" for one in beside]
    assert any(note.exists() for note in notes)
    assert any(one.body.cuts for one in book.releases if not one.source.folder)
    assert {key for one in book.releases for key in one.source.extra} == set(
        book.registry.fields
    )


def test_pictures_are_light_and_described(book: Book) -> None:
    """Each at most 60 KB, all together at most 700 KB, with words and a caption."""
    shots = [(one.source.folder, shot) for one in book.releases for shot in one.media]
    sizes = [(book.root / folder / shot.src).stat().st_size for folder, shot in shots]
    assert max(sizes) <= 60 * KILOBYTES
    assert sum(sizes) <= 700 * KILOBYTES
    assert all(shot.alt and shot.caption for _, shot in shots)
