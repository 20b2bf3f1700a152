"""How often releases go out, and how far from the planned day, follows from their dates alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from dated_book import AS_OF, DatedBook

from gatepost.process.cadence import cadence, slips


@pytest.fixture
def shelf(tmp_path: Path) -> DatedBook:
    """Two products and no entry."""
    return DatedBook(tmp_path)


def out(planned: str, exposed: str) -> str:
    """The front matter of a release that went out."""
    return f"phase: done\ndates: {{planned: {planned}, exposed: {exposed}}}"


def test_months_count_what_went_out_in_them(shelf: DatedBook) -> None:
    """Every month is there, empty ones too; what is planned or not out does not count."""
    shelf.entry("one-a", out("2026-10-01", "2026-10-01"))
    shelf.entry("one-b", out("2026-10-01", '"2026-10-31T23:30:00Z"'))
    shelf.entry("one-c", "dates: {planned: 2026-10-05}")
    shelf.entry("one-d", out("2026-12-24", "2026-12-24"))
    book = shelf.read()

    found = cadence(book.releases, book.registry.clock.zone, AS_OF, months=3)

    # Half past eleven in UTC is the next month in Berlin.
    assert [(key, [one.id for one in rows]) for key, rows in found] == [
        ("2026-09", []),
        ("2026-10", ["one-a"]),
        ("2026-11", ["one-b"]),
    ]


def test_slips_are_days_between_planned_and_actual(shelf: DatedBook) -> None:
    """Late, early, on the day, and overdue until today; nothing for what still lies ahead."""
    shelf.entry("went-late", out("2026-02-26", "2026-03-02"))
    shelf.entry("went-early", out("2026-01-02", "2025-12-31"))
    shelf.entry("on-the-day", out("2024-02-29", "2024-02-29"))
    shelf.entry("not-out", "dates: {planned: 2026-11-10}")
    shelf.entry("on-hold-one", "state: on-hold\ndates: {planned: 2026-11-10}")
    shelf.entry("ahead-one", "dates: {planned: 2026-12-10}")
    shelf.entry(
        "partly-out",
        "phase: rolling-out\ndates: {planned: 2026-12-03, exposed: 2026-11-04}",
    )
    book = shelf.read()

    found = slips(book.releases, book.registry.clock.zone, AS_OF)

    assert [(one.release.id, one.days, one.actual is None) for one in found] == [
        ("not-out", 10, True),
        ("went-late", 4, False),
        ("went-early", -2, False),
        ("on-the-day", 0, False),
    ]
