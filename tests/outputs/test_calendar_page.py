"""The internal calendar shows the next weeks first, and what is in the way where it is."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from dated_book import DatedBook
from markupsafe import Markup
from sites import INTERNAL, site_over

from gatepost.model.book import Book
from gatepost.outputs.calendar_desk import Plan, desk_calendar, events_csv
from gatepost.outputs.calendar_page import calendar_page, calendar_view
from gatepost.outputs.calendar_views import CalendarView, Grid
from gatepost.outputs.desk import Desk

TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def shelf(tmp_path: Path) -> DatedBook:
    """Two products and no entry."""
    return DatedBook(tmp_path)


def desk(book: Book) -> Desk:
    """The internal site of *book*."""
    return Desk(site_over(book, INTERNAL), book, ())


def seen(shelf: DatedBook) -> CalendarView:
    """What the page shows."""
    return calendar_view(Plan(desk(shelf.read())))


def drawn(shelf: DatedBook) -> str:
    """The page in words."""
    page: Markup = calendar_page(seen(shelf)).draw()
    return " ".join(TAG.sub(" ", page).split())


def cells(grid: Grid, row: str) -> dict[str, list[str]]:
    """The events of a row by column, as `day name`."""
    found = next(one for one in grid.rows if one.label == row)
    return {
        cell.label: [f"{item.day.text} {item.name.text}" for item in cell.items]
        for cell in found.cells
        if cell.items
    }


def test_the_next_eight_weeks_come_first_then_months(shelf: DatedBook) -> None:
    """Today is Friday, 20 November: this week is the first row, empty weeks are there too."""
    shelf.entry("soon-out", "dates: {planned: 2026-12-01}\nbedding_in: 2d")
    shelf.entry("later-out", "dates: {planned: 2027-02-28}\nbedding_in: 0d")
    shelf.entry("was-out", "phase: done\ndates: {published: 2026-10-05}")

    near, later, past = seen(shelf).grids

    assert [row.label for row in near.rows][:3] == [
        "16 to 22 Nov",
        "23 to 29 Nov",
        "30 Nov to 6 Dec",
    ]
    assert [row.note for row in near.rows] == ["This week", *[""] * 7]
    assert cells(near, "30 Nov to 6 Dec") == {
        "Goes out": ["Tue 1 Dec The title of soon-out"],
        "Bedding-in": ["Tue 1 Dec to Wed 2 Dec The title of soon-out"],
    }
    assert cells(later, "February 2027") == {
        "Goes out": ["Sun 28 Feb The title of later-out"]
    }
    assert cells(past, "October 2026") == {"Told": ["Mon 5 Oct The title of was-out"]}


def test_a_freeze_stands_in_every_week_it_lasts(shelf: DatedBook) -> None:
    """Above the tables in words, and over New Year in each row."""
    shelf.registry(
        "zone: Europe/Berlin\nproducts:\n  billing: {name: Billing}\n"
        "freezes: [{name: Year end, start: 2026-12-19, end: 2027-01-04, products: [billing],"
        " reason: Few are here.}]\n"
    )

    view = seen(shelf)

    assert [row.label for row in view.grids[0].rows if row.closed] == [
        "14 to 20 Dec",
        "21 to 27 Dec",
        "28 Dec to 3 Jan",
        "4 to 10 Jan",
    ]
    (closed,) = view.closed
    assert closed.day.text == "Sat 19 Dec to Mon 4 Jan"
    assert closed.note == "in 29 days"
    assert closed.words == (
        "Nothing goes out but hotfixes. Billing only. Few are here."
    )


def test_a_collision_names_the_releases_and_what_they_share(shelf: DatedBook) -> None:
    """First in the table of collisions, then at the event itself."""
    same = "components: [invoices]\ndates: {planned: 2026-12-01}\n"
    shelf.entry("first-one", same)
    shelf.entry("second-one", f"{same}title_internal: Wave two\n")

    text, view = drawn(shelf), seen(shelf)

    assert "1 collision." in view.lead
    assert (
        "The title of first-one , Wave two Same component "
        "They share the component Invoices, the product Billing. Tue 1 Dec"
    ) in text
    assert text.count("Collides") == 2


def test_nothing_in_the_way_is_said(shelf: DatedBook) -> None:
    """An empty page says that it is empty, and why it has no chart."""
    text = drawn(shelf)

    assert "Nothing that is planned is in the way of anything." in text
    assert "No release that is ahead waits for another team." in text
    assert "Nothing went out in these months." in text
    assert "No release that went out had a planned day." in text


def test_a_window_is_said_in_both_zones(shelf: DatedBook) -> None:
    """In the site's, and in the one its people speak of."""
    shelf.entry(
        "us-release",
        "deployment: {window: {start: 2026-12-10 07:00, end: 2026-12-10 09:00,"
        " tz: America/New_York}}",
    )

    assert "Thu 10 Dec, 13:00 to 15:00 (07:00 to 09:00 America/New_York)" in drawn(
        shelf
    )


def test_who_waits_for_whom(shelf: DatedBook) -> None:
    """By team, what blocks first, with the line it is written on."""
    shelf.entry("the-sdk", "dates: {planned: 2026-12-16}")
    shelf.entry(
        "big-launch",
        "dates: {planned: 2026-12-08}\ndependencies:\n"
        "  - {team: '@sdk', what: New client, ref: the-sdk}\n"
        "  - {team: '@legal', what: Terms, needed_by: 2026-12-01}",
    )

    rows = seen(shelf).waits

    assert [(row.team, row.badge.text) for row in rows] == [
        ("@legal", "On its way"),
        ("@sdk", "Too late"),
    ]
    assert rows[1].on is not None
    assert rows[1].source is not None
    assert rows[1].source.href.endswith("big-launch.md#L11")


def test_slips_and_moved_targets(shelf: DatedBook) -> None:
    """Two cases are too few for a trend; what moved says from where."""
    for name, day in (("one-a", "2026-10-03"), ("one-b", "2026-10-01")):
        shelf.entry(
            name, f"phase: done\ndates: {{planned: 2026-10-01, exposed: {day}}}"
        )
    shelf.entry("it-moved", "roadmap: {show: true, target: 2026-12, was: 2026-11}")

    view = seen(shelf)

    assert [row.words for row in view.slips] == ["2 days late", "on the day"]
    assert view.slip_words == (
        "1 of 2 releases went out later than planned; too few to say more."
    )
    assert view.slip is None
    assert [(row.was, row.now) for row in view.moves] == [("Nov 2026", "Dec 2026")]


def test_dates_at_the_ends_of_the_calendar(shelf: DatedBook) -> None:
    """Year 9999, year 1, and times whose zone leads out of both: the page is whole."""
    shelf.registry(
        "zone: America/New_York\nproducts:\n  billing: {name: Billing}\n"
        "freezes: [{name: For ever, start: 0001-01-01, end: 9999-12-31}]\n"
    )
    shelf.entry("last-day", "dates: {planned: 9999-12-31}")
    shelf.entry("last-hour", 'dates: {planned: "9999-12-31T23:30:00-05:00"}')
    shelf.entry(
        "first-day", 'phase: done\ndates: {exposed: "0001-01-01T00:30:00+14:00"}'
    )
    book = shelf.read()

    assert "For ever" in drawn(shelf)
    assert len(desk_calendar(desk(book))) == 6
    assert b"last-hour" in events_csv(Plan(desk(book)))


def test_500_upcoming_releases_are_quick(shelf: DatedBook) -> None:
    """Page, calendar and table together in well under a second."""
    for number in range(500):
        shelf.entry(
            f"release-{number:03}",
            f"dates: {{planned: 2026-12-{number % 28 + 1:02}}}\ncomponents: [invoices]\n"
            "roles: {support_lead: '@support'}\nchannels: [{channel: campaign, at: 2026-12-29}]",
        )
    one = desk(shelf.read())
    began = time.perf_counter()

    plan = Plan(one)
    page = calendar_page(calendar_view(plan)).draw()
    events_csv(plan)
    desk_calendar(one)

    assert time.perf_counter() - began < 2
    assert len(page) < 1_000_000


def test_what_is_only_to_be_talked_about_is_not_red(shelf: DatedBook) -> None:
    """The same people are a question, a freeze is an answer."""
    shelf.registry(
        "zone: Europe/Berlin\nproducts:\n  billing: {name: Billing}\n  reports: {name: Reports}\n"
        "freezes: [{name: Year end, start: 2026-12-19, end: 2026-12-24, products: [billing]}]\n"
    )
    same = "dates: {planned: 2026-12-21}\nfor: [admins]\n"
    shelf.entry("first-one", f"{same}products: [billing]")
    shelf.entry("second-one", f"{same}products: [reports]")

    view = seen(shelf)

    assert "1 collision, 1 overlap to talk about." in view.lead
    row = next(one for one in view.grids[0].rows if one.label == "21 to 27 Dec")
    badges = [item.clash for item in row.cells[0].items if item.clash]
    assert [(one.kind, one.text) for one in badges] == [
        ("red", "In a freeze"),
        ("warn", "Overlaps"),
    ]
