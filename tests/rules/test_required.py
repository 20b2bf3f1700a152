"""The table of what must be said from which phase on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gatepost.model.phase import KEYS
from gatepost.rules.required import PROCESS_ROWS, READER_ROWS, Row, said

if TYPE_CHECKING:
    from conftest import Shelf


@pytest.mark.parametrize(
    "row", [*READER_ROWS, *PROCESS_ROWS], ids=lambda row: row.fields[0]
)
def test_rows_name_fields_that_exist(row: Row, shelf: Shelf) -> None:
    """Every field of the table is one an entry can have."""
    shelf.entry()
    (release,) = shelf.book().releases

    for field in row.fields:
        top = field.partition(".")[0]
        assert top == "body" or top in type(release).model_fields
        assert field == "body" or not said(release, field)


@pytest.mark.parametrize("phase", KEYS)
def test_quiet_entries_owe_only_a_sentence(shelf: Shelf, phase: str) -> None:
    """A quiet entry with one sentence is complete in every phase."""
    shelf.entry(f"phase: {phase}")

    assert shelf.codes() == []


def test_an_empty_list_that_is_written_out_is_an_answer(shelf: Shelf) -> None:
    """`risks: []` says that there are none; leaving it out says nothing."""
    shelf.entry("risks: []", name="one")
    shelf.entry(name="two")
    one, two = shelf.book().releases

    assert said(one, "risks")
    assert not said(two, "risks")


def test_more_is_asked_from_phase_to_phase(shelf: Shelf) -> None:
    """The further a standard release is, the more it must say."""
    asked = []
    for phase in KEYS:
        shelf.entry(f"kind: standard\nphase: {phase}")
        asked.append(sum(code in {"GP158", "GP501"} for code in shelf.codes()))

    assert asked == sorted(asked)
    assert asked[0] == 0
    assert asked[-1] > asked[1] > 0
