"""The table of conditions: each name once, explained, answered by a field, and used."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from gatepost.content.pack import shipped
from gatepost.model.item import Circumstance, ConditionName
from gatepost.model.release import FrontMatter
from gatepost.process.conditions.table import CIRCUMSTANCES, CONDITIONS
from gatepost.rules.vocabulary import ROLES


def test_every_name_has_a_condition() -> None:
    """What the registry may name is what the gate can answer."""
    assert sorted(CONDITIONS) == sorted(get_args(ConditionName))
    assert sorted(CIRCUMSTANCES) == sorted(get_args(Circumstance))


def test_every_condition_answers_an_item() -> None:
    """None is left over from an item that is gone."""
    used = {item.auto for item in shipped().values()} - {None}

    assert used == set(CONDITIONS)


def test_the_shipped_checklist_is_whole() -> None:
    """Ninety-nine items of the guides and two about flags, each with words, a role and a kind."""
    items = shipped().values()
    own = [item.id for item in items if item.id.startswith("FLG-")]

    assert (len(items), own) == (101, ["FLG-01", "FLG-02"])
    assert len({item.text for item in items}) == 101
    assert {item.owner for item in items} <= set(ROLES)
    assert all(item.kinds for item in items)
    assert all(not item.text.endswith(".") for item in items)


@pytest.mark.parametrize("name", CONDITIONS)
def test_the_field_is_one_an_entry_has(name: ConditionName) -> None:
    """Its first part, so that the reader of a blocker finds it in the schema."""
    names = {info.alias or field for field, info in FrontMatter.model_fields.items()}

    assert CONDITIONS[name].field.partition(".")[0] in names


def test_the_page_about_the_gate_lists_them(checkout: Path) -> None:
    """Name, words and field of each."""
    page = (checkout / "docs" / "gate.md").read_text("utf-8")
    rows = [
        f"| `{one.name}` | {one.words} | `{one.field}` |" for one in CONDITIONS.values()
    ]

    assert [row for row in rows if row not in page] == []
    assert [name for name in CIRCUMSTANCES if f"| `{name}` |" not in page] == []
