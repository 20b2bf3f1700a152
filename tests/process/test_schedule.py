"""Every date of a release stands on its own track, and what is in the way of what is a fact."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dated_book import AS_OF, DatedBook

from gatepost.model.book import Book
from gatepost.model.moment import Moment
from gatepost.model.parts import Dates, FeatureFlag
from gatepost.model.release import Body, Release, Source
from gatepost.process.schedule import (
    Event,
    ShortBedding,
    Shut,
    collisions,
    events,
    release_events,
)
from gatepost.rules.collisions import Overlap, overlaps, slots_of


@pytest.fixture
def shelf(tmp_path: Path) -> DatedBook:
    """Two products and no entry."""
    return DatedBook(tmp_path)


def tracks(book: Book, name: str) -> dict[str, str]:
    """Track to the days of one release, as `first..last`."""
    found = release_events(book.by_id[name], book.registry)
    return {one.track: f"{one.span.first}..{one.span.last}" for one in found}


def told(book: Book) -> list[tuple[str, ...]]:
    """What is in the way of what, in a few words each."""
    rows: list[tuple[str, ...]] = []
    for one in collisions(book.releases, book.registry, AS_OF):
        if isinstance(one, Overlap):
            shared = (f"{row.kind} {row.key}" for row in one.shared)
            rows.append((*(row.id for row in one.releases), *shared))
        elif isinstance(one, Shut):
            rows.append((one.slot.release.id, one.by.row.name))
        else:
            rows.append((one.release.id, one.name, str(one.ready)))
    return rows


def test_each_date_has_its_track(shelf: DatedBook) -> None:
    """Window, bedding-in, announcement, publication and the rest are told apart."""
    shelf.entry(
        "faster-export",
        "dates: {planned: 2026-12-01, scope_frozen: 2026-11-02, announce: 2026-12-08,"
        " published: 2026-12-02}\n"
        "bedding_in: 5d\n"
        "downtime: {kind: window, start: 2026-12-01, end: 2026-12-02, wording: Short}\n"
        "migration: {deadline: 2027-03-01}\n"
        "deprecation: {notice_on: 2026-12-01, sunset_on: 2027-06-01}",
    )

    assert tracks(shelf.read(), "faster-export") == {
        "window": "2026-12-01..2026-12-01",
        "bedding-in": "2026-12-01..2026-12-05",
        "announcement": "2026-12-08..2026-12-08",
        "publication": "2026-12-02..2026-12-02",
        "downtime": "2026-12-01..2026-12-02",
        "deadline": "2027-03-01..2027-03-01",
        "notice": "2026-12-01..2026-12-01",
        "sunset": "2027-06-01..2027-06-01",
        "scope-freeze": "2026-11-02..2026-11-02",
    }


def test_bedding_in_begins_when_customers_have_it(shelf: DatedBook) -> None:
    """The real day counts once there is one; security fixes are told at once."""
    shelf.entry(
        "out-already",
        "phase: monitoring\ndates: {planned: 2026-11-10, deployed: 2026-11-12,"
        " exposed: 2026-11-18}\nbedding_in: 36h",
    )
    shelf.entry("urgent-one", "type: security\ndates: {planned: 2026-12-01}")
    book = shelf.read()

    assert tracks(book, "out-already")["bedding-in"] == "2026-11-18..2026-11-19"
    assert "bedding-in" not in tracks(book, "urgent-one")


def test_nothing_overflows_at_the_end_of_the_calendar(shelf: DatedBook) -> None:
    """Year 9999, a bedding-in of centuries, a span over New Year, a leap day."""
    shelf.entry("last-day", "dates: {planned: 9999-12-31}\nbedding_in: 99999w")
    shelf.entry("leap-day", "dates: {planned: 2028-02-29}\nbedding_in: 1d")
    shelf.entry(
        "over-new-year",
        "deployment: {window: {start: 2026-12-30, end: 2027-01-02}}\nbedding_in: 0d",
    )
    book = shelf.read()

    assert tracks(book, "last-day")["bedding-in"] == "9999-12-31..9999-12-31"
    assert tracks(book, "leap-day")["bedding-in"] == "2028-02-29..2028-02-29"
    assert tracks(book, "over-new-year") == {"window": "2026-12-30..2027-01-02"}


def test_events_of_one_track_keep_their_names_when_dates_move(
    shelf: DatedBook,
) -> None:
    """Calendars know an event by its key: a new date must not make it another event."""
    front = "channels:\n  - {{channel: email_digest, at: {0}}}\n  - {{channel: campaign, at: {1}}}"
    shelf.entry("faster-export", front.format("2026-12-01", "2026-12-08"))
    before = keys(shelf.read())
    shelf.entry("faster-export", front.format("2026-12-15", "2026-12-10"))

    assert keys(shelf.read()) == before
    assert ("faster-export", "announcement", "campaign") in before


def keys(book: Book) -> set[tuple[str, str, str]]:
    """The permanent names of all events."""
    return {one.key for one in events(book.releases, book.registry)}


def test_overlapping_windows_name_all_they_share(shelf: DatedBook) -> None:
    """Component, flag, product, audience and support team, the parts first."""
    common = (
        "components: [invoices]\nfor: [admins]\nroles: {support_lead: '@support'}\n"
        "flags: [{key: new-engine}]\n"
    )
    shelf.entry("first-one", common + "dates: {planned: 2026-12-01}")
    shelf.entry(
        "second-one",
        common
        + 'deployment: {window: {start: "2026-12-01T20:00Z", end: "2026-12-02T02:00Z"}}',
    )

    assert told(shelf.read()) == [
        (
            "first-one",
            "second-one",
            "component invoices",
            "flag new-engine",
            "audience admins",
            "product billing",
            "support team @support",
        )
    ]


def test_what_does_not_collide(shelf: DatedBook) -> None:
    """Other days, other products, quiet ones with the same people, those put aside."""
    shelf.entry(
        "first-one", "dates: {planned: 2026-12-01}\nroles: {support_lead: '@s'}"
    )
    shelf.entry("next-day", "dates: {planned: 2026-12-02}")
    shelf.entry("other-part", "products: [reports]\ndates: {planned: 2026-12-01}")
    shelf.entry(
        "quiet-one",
        "products: [reports]\nkind: quiet\ndates: {planned: 2026-12-01}\n"
        "roles: {support_lead: '@s'}\nfor: [admins]",
    )
    for state in ("on-hold", "cancelled", "withdrawn"):
        shelf.entry(f"is-{state}", f"state: {state}\ndates: {{planned: 2026-12-01}}")
    shelf.entry("long-out", "phase: done\ndates: {planned: 2026-12-01}")

    assert told(shelf.read()) == [("other-part", "quiet-one", "product reports")]


def test_a_window_in_a_freeze(shelf: DatedBook) -> None:
    """A freeze lets hotfixes through, a blackout lets nothing through."""
    shelf.registry(
        "zone: Europe/Berlin\nproducts:\n  billing: {name: Billing}\n"
        "freezes: [{name: Peak, start: 2026-11-24, end: 2026-12-02}]\n"
        "blackouts: [{name: Fair, start: 2026-12-02, end: 2026-12-02}]\n"
    )
    shelf.entry("in-peak", "products: [billing]\ndates: {planned: 2026-11-24}")
    shelf.entry("mends-it", "kind: hotfix\ndates: {planned: 2026-11-25}")
    shelf.entry("in-both", "dates: {planned: 2026-12-02}")

    assert told(shelf.read()) == [
        ("in-peak", "Peak"),
        ("in-both", "Peak"),
        ("in-both", "Fair"),
    ]


def test_a_campaign_before_the_end_of_bedding_in(shelf: DatedBook) -> None:
    """The first day on which it may run is said."""
    shelf.entry(
        "too-early",
        "dates: {planned: 2026-12-01, announce: 2026-12-04}\nbedding_in: 5d",
    )
    shelf.entry(
        "on-the-day",
        "dates: {planned: 2027-01-01, announce: 2027-01-06}\nbedding_in: 5d",
    )
    book = shelf.read()

    assert told(book) == [("too-early", "campaign", "2026-12-06")]
    assert isinstance(collisions(book.releases, book.registry, AS_OF)[0], ShortBedding)


def test_what_is_over_collides_with_nothing(shelf: DatedBook) -> None:
    """Only what lies ahead can still be moved."""
    for name in ("first-one", "second-one"):
        shelf.entry(name, "dates: {planned: 2026-11-19}")

    assert told(shelf.read()) == []


def busy_day(number: int, *, day: date) -> Release:
    """A release like all others, on the same day."""
    at = Moment(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    name = f"release-{number:05}"
    return Release(
        id=name,
        title=name,
        phase="testing",
        kind="standard",
        components=("invoices",),
        products=("billing",),
        flags=(FeatureFlag(key="new-engine"),),
        roles={"support_lead": "@support"},
        dates=Dates(planned=at),
        source=Source(f"{name}.md", ""),
        body=Body("", "", 1),
    )


def test_5_000_releases_on_one_day_are_one_collision() -> None:
    """The work grows with the releases, not with the pairs of them."""
    day = date(2026, 12, 1)
    releases = [busy_day(number, day=day) for number in range(5_000)]
    began = time.perf_counter()

    found = overlaps(slots_of(releases, UTC))

    assert time.perf_counter() - began < 3
    assert [len(one.releases) for one in found] == [5_000]


def test_5_000_releases_in_a_row_of_overlapping_days() -> None:
    """Each overlaps the next: one chain, no pairs."""
    start = date(2026, 12, 1)
    releases = [
        busy_day(number, day=start + timedelta(days=number // 2))
        for number in range(5_000)
    ]

    found = overlaps(slots_of(releases, UTC))

    assert {len(one.releases) for one in found} == {2}
    assert len(found) == 2_500


def test_events_come_in_order(shelf: DatedBook) -> None:
    """By time, then by track, then by name: the same in every build."""
    shelf.entry("second-one", "dates: {planned: 2026-12-01, published: 2026-12-01}")
    shelf.entry("first-one", "dates: {planned: 2026-12-01}\nbedding_in: 0d")
    book = shelf.read()

    found: list[Event] = list(events(book.releases, book.registry))

    assert [one.key[:2] for one in found] == [
        ("first-one", "window"),
        ("second-one", "window"),
        ("second-one", "bedding-in"),
        ("second-one", "publication"),
    ]
