# ruff: noqa: E501 - a table of cases, one in a row
"""An entry is moved by editing its text: one value, one date, and not a byte more."""

from __future__ import annotations

from datetime import date

import pytest

from gatepost.content.front_matter import read
from gatepost.integrations.phase_line import moved
from gatepost.model.finding import GatepostError

TODAY = date(2026, 11, 21)
PATH = "content/releases/faster-export.md"


def after(text: str, phase: str = "rolling-out") -> str:
    """The file after the move."""
    return moved(text.encode(), PATH, phase, TODAY).raw.decode()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("phase: testing", "phase: preparing"),
        ("phase:   testing   # next: preparing", "phase:   preparing   # next: preparing"),
        ('phase: "testing"', "phase: preparing"),
        ("phase: 'testing' # soon", "phase: preparing # soon"),
        ('"phase": testing', '"phase": preparing'),
        ("phase: Getting ready # ours", "phase: preparing # ours"),
    ],
)  # fmt: skip
def test_only_the_value_changes(line: str, wanted: str) -> None:
    """Comments, spaces and quotes of the key stay."""
    text = f"---\nid: faster-export\n{line}\ntitle: A  # b\n---\nphase: testing\n"

    assert after(text, "preparing") == text.replace(line, wanted, 1)


def test_front_matter_in_one_line() -> None:
    """Braces all the way are YAML too."""
    text = "---\n{id: faster-export, phase: testing, title: A}\n---\nText\n"

    assert after(text, "preparing") == text.replace("testing", "preparing")


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ("", "dates: {deployed: 2026-11-21}\n"),
        ("dates: {planned: 2026-12-01}\n", "dates: {deployed: 2026-11-21, planned: 2026-12-01}\n"),
        ("dates: {}  # none\n", "dates: {deployed: 2026-11-21} # none\n"),
        ("dates:\n", "dates: {deployed: 2026-11-21}\n"),
        ("dates:\n  # soon\n  planned: 2026-12-01\n", "dates:\n  # soon\n  deployed: 2026-11-21\n  planned: 2026-12-01\n"),
        ("dates: {\n  planned: 2026-12-01 }\n", "dates: {\n  deployed: 2026-11-21, planned: 2026-12-01 }\n"),
        ("dates: {deployed: 2026-10-01}\n", "dates: {deployed: 2026-10-01}\n"),
    ],
)  # fmt: skip
def test_the_date_goes_where_dates_stand(dates: str, wanted: str) -> None:
    """In the form the block has; a date that is there stays."""
    text = f"---\nid: faster-export\nphase: preparing\n{dates}title: A\n---\nText\n"
    found = after(text)

    assert found == text.replace("preparing", "rolling-out").replace(
        dates + "title", wanted + "title"
    )
    assert read(found.encode(), PATH).findings == ()


def test_line_ends_and_marks_of_other_systems_stay() -> None:
    """Carriage returns, a byte-order mark, and no newline at the end."""
    text = "\ufeff---\r\nid: a-b-c\r\nphase: preparing\r\n---\r\nText"
    wanted = text.replace("preparing", "rolling-out").replace(
        "rolling-out\r\n", "rolling-out\r\ndates: {deployed: 2026-11-21}\r\n"
    )

    assert after(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "phase: testing\n",
        "---\nid: a-b-c\n---\nText\n",
        "---\nphase: [testing\n---\nText\n",
        "---\nphase: testing\nphase: idea\n---\nText\n",
    ],
)
def test_what_cannot_be_read_is_not_edited(text: str) -> None:
    """The message names the file and the command that says why."""
    with pytest.raises(GatepostError, match="gatepost check"):
        after(text)


def test_a_phase_over_two_lines_is_not_guessed_at() -> None:
    """The message says what to write."""
    with pytest.raises(GatepostError, match="in one line"):
        after("---\nid: a-b-c\nphase: >-\n  testing\n---\nText\n", "preparing")
