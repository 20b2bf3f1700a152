"""The calendars say what their readers may know, in a form every calendar program takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dated_book import AS_OF, DatedBook
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from sites import INTERNAL, PUBLIC, site_over

from gatepost.model.book import Book
from gatepost.model.span import Span, days_later
from gatepost.outputs.artifact import FileArtifact
from gatepost.outputs.assemble import Bodies, make_edition
from gatepost.outputs.calendar_desk import Plan, desk_calendar, events_csv
from gatepost.outputs.calendar_ics import UNDATED, Appointment, calendar_bytes
from gatepost.outputs.calendar_public import calendar_files
from gatepost.outputs.desk import Desk
from gatepost.outputs.edition import Site

LIMIT = 75
"""Octets a line may have (RFC 5545, section 3.1)."""
SECRET = "kumquatfish"


@pytest.fixture
def shelf(tmp_path: Path) -> DatedBook:
    """Two products and no entry."""
    return DatedBook(tmp_path)


def site(book: Book, reader: str) -> Site:
    """A site of *book* for one group of readers."""
    return site_over(book, INTERNAL if reader == "internal" else PUBLIC)


def files(book: Book, reader: str = "public") -> dict[str, bytes]:
    """Every calendar of a site by its address."""
    own = site(book, reader)
    edition = make_edition(own, book, Bodies())
    more = desk_calendar(Desk(own, book, ())) if own.insider else ()
    made: list[FileArtifact] = list(calendar_files(edition, more))
    return {one.path: one.make() for one in made}


def parsed(raw: bytes) -> dict[str, Event]:
    """The events of a calendar by their permanent names, read back by another reader's rules."""
    found = Calendar.from_ical(raw)
    assert not found.errors
    rows = {str(one["UID"]): one for one in found.walk("VEVENT")}
    assert len(rows) == len(found.walk("VEVENT"))
    return rows


def lines(raw: bytes) -> list[bytes]:
    """The lines as they travel."""
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return raw.split(b"\r\n")[:-1]


EVERYTHING = """phase: monitoring
dates: {planned: 2026-12-01, published: 2026-11-10, announce: 2026-12-24}
goal: kumquatfish
downtime:
  {kind: window, start: "2026-12-06T06:00Z", end: "2026-12-06T06:20Z", wording: Reports pause}
migration: {deadline: 2027-03-01}
deprecation: {notice_on: 2026-11-10, sunset_on: 2027-06-01}
deployment:
  window: {start: 2026-12-01, end: 2026-12-02}
  rings: [{name: kumquatfish, share: 10, on: 2026-12-03}]
channels: [{channel: campaign, at: 2026-12-20, audience: kumquatfish}]"""


def test_outsiders_get_what_they_are_told_and_nothing_else(shelf: DatedBook) -> None:
    """Downtime, deadline, notice and sunset; no window, ring, campaign, freeze or working name."""
    shelf.registry(
        "zone: Europe/Berlin\nproducts:\n  billing: {name: Billing}\n"
        f"freezes: [{{name: {SECRET}, start: 2026-12-24, end: 2026-12-26}}]\n"
    )
    shelf.entry("faster-export", f"title_internal: {SECRET}\n{EVERYTHING}")
    shelf.entry("hidden-one", "audience: internal\ndates: {planned: 2026-12-01}")

    found = files(shelf.read())

    assert set(found) == {"calendar/releases.ics", "calendar/product/billing.ics"}
    rows = parsed(found["calendar/releases.ics"])
    assert sorted(rows) == [
        "faster-export.deadline@harbour.example",
        "faster-export.downtime@harbour.example",
        "faster-export.notice@harbour.example",
        "faster-export.sunset@harbour.example",
    ]
    unfolded = b"".join(found.values()).replace(b"\r\n ", b"")
    assert SECRET.encode() not in unfolded
    assert b"20261201" not in unfolded


def test_colleagues_get_all_of_it(shelf: DatedBook) -> None:
    """The same address on the internal site has every track, freezes too."""
    shelf.registry(
        "zone: Europe/Berlin\nproducts:\n  billing: {name: Billing}\n"
        "freezes: [{name: Year end, start: 2026-12-24, end: 2026-12-26}]\n"
    )
    shelf.entry("faster-export", EVERYTHING)

    rows = parsed(files(shelf.read(), "internal")["calendar/releases.ics"])

    tracks = {name.partition("@")[0].partition(".")[2] for name in rows}
    assert tracks == {
        *("window", "publication", "deadline", "downtime", "notice", "sunset"),
        *("announcement.campaign", "announcement.campaign-2", "step.10%-kumquatfish"),
        "freeze.Year-end-2026",
    }
    freeze = rows["registry.freeze.Year-end-2026@harbour.example"]
    assert freeze["DTEND"].dt == date(2026, 12, 27)


def test_steps_of_a_rollout_that_customers_were_told(shelf: DatedBook) -> None:
    """Those with words for customers, also when two of them are alike."""
    shelf.entry(
        "faster-export",
        "phase: rolling-out\ndates: {published: 2026-11-10, exposed: 2026-11-10}\n"
        "deployment:\n  rings:\n"
        "    - {name: kumquatfish, share: 1, on: 2026-11-10}\n"
        "    - {name: eu, share: 40, on: 2026-12-01, wording: EU accounts}\n"
        "    - {name: eu too, share: 40, on: 2026-12-02, wording: EU accounts}\n"
        "    - {name: all, share: 100, on: 2026-12-08, wording: Everyone}\n",
    )

    rows = parsed(files(shelf.read())["calendar/releases.ics"])

    assert {str(one["SUMMARY"]).partition(":")[0] for one in rows.values()} == {
        "EU accounts",
        "Everyone",
    }


def test_a_roadmap_target_is_tentative_and_spans_its_time(shelf: DatedBook) -> None:
    """A quarter is three months long, a month one; Later promises nothing."""
    road = "roadmap: {{show: true, target: {0}, confidence: low}}\nphase: {1}"
    shelf.entry("in-quarter", road.format("2027-Q1", "building"))
    shelf.entry("in-month", road.format("2027-02", "building"))
    shelf.entry("in-year", road.format("9999", "building"))
    shelf.entry("some-day", road.format("2027-Q1", "idea"))
    shelf.entry("year-nought", road.format("0000-Q1", "building"))

    rows = parsed(files(shelf.read())["calendar/releases.ics"])

    assert {name.partition(".")[0] for name in rows} == {
        "in-quarter",
        "in-month",
        "in-year",
    }
    quarter = rows["in-quarter.target@harbour.example"]
    assert (quarter["DTSTART"].dt, quarter["DTEND"].dt) == (
        date(2027, 1, 1),
        date(2027, 4, 1),
    )
    assert quarter["STATUS"] == "TENTATIVE"
    assert "low confidence" in str(quarter["SUMMARY"])
    month = rows["in-month.target@harbour.example"]
    assert (month["DTSTART"].dt, month["DTEND"].dt) == (
        date(2027, 2, 1),
        date(2027, 3, 1),
    )


def test_what_is_withdrawn_is_cancelled_and_stays(shelf: DatedBook) -> None:
    """A subscriber's program takes an event away only if it is told so."""
    shelf.entry(
        "old-export",
        "phase: done\nstate: withdrawn\nstate_on: 2026-11-12\nstate_note: It stays\n"
        "dates: {published: 2026-11-01}\ndeprecation: {sunset_on: 2027-06-01}",
    )

    rows = parsed(files(shelf.read())["calendar/releases.ics"])

    sunset = rows["old-export.sunset@harbour.example"]
    assert sunset["STATUS"] == "CANCELLED"
    assert sunset["DTSTAMP"].dt == datetime(2026, 11, 12, 8, tzinfo=UTC)


def test_the_number_grows_when_the_content_says_something_new(shelf: DatedBook) -> None:
    """SEQUENCE and DTSTAMP come from the dates of the entry, not from the build."""
    front = "phase: done\ndates: {{published: 2026-11-01{0}}}\ndeprecation: {{sunset_on: {1}}}"
    shelf.entry("old-export", front.format("", "2027-06-01"))
    before = parsed(files(shelf.read())["calendar/releases.ics"])
    later = ", updated: [{on: 2026-11-15, what: It ends later}]"
    shelf.entry("old-export", front.format(later, "2027-09-01"))
    after = parsed(files(shelf.read())["calendar/releases.ics"])

    name = "old-export.sunset@harbour.example"
    assert list(before) == list(after) == [name]
    assert after[name]["SEQUENCE"] > before[name]["SEQUENCE"]
    assert after[name]["DTSTAMP"].dt == datetime(2026, 11, 15, 8, tzinfo=UTC)
    assert before[name]["DTSTAMP"].dt == datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_the_same_content_gives_the_same_bytes(shelf: DatedBook) -> None:
    """A program that asks twice an hour downloads nothing new."""
    shelf.entry("faster-export", EVERYTHING)
    shelf.entry("other-one", EVERYTHING)
    book = shelf.read()

    for reader in ("public", "internal"):
        assert files(book, reader) == files(shelf.read(), reader)


def test_a_product_without_dates_has_a_calendar(shelf: DatedBook) -> None:
    """A subscription does not break when its last date goes, and RFC 5545 wants one part."""
    shelf.entry("plain-one", "phase: done\ndates: {published: 2026-11-01}")

    raw = files(shelf.read())["calendar/product/billing.ics"]

    assert parsed(raw) == {}
    assert [one.name for one in Calendar.from_ical(raw).subcomponents] == ["VTIMEZONE"]


def test_an_unlisted_entry_is_in_no_calendar(shelf: DatedBook) -> None:
    """It has a page, and stands in no list."""
    shelf.entry("quiet-one", f"{EVERYTHING}\nunlisted: true")

    assert parsed(files(shelf.read())["calendar/releases.ics"]) == {}


def appointment(span: Span, text: str = "Words") -> Appointment:
    """An event with *text* everywhere a text can stand."""
    return Appointment(
        uid="one@harbour.example",
        span=span,
        summary=text,
        description=text,
        url="https://harbour.example/a,b;c",
        category="Planned",
        status="CONFIRMED",
        stamped=UNDATED,
        revision=0,
    )


HOSTILE = (
    "Semicolons; commas, back\\slashes\nand lines",
    "END:VEVENT\r\nBEGIN:VALARM",
    "Ünïcödé and 中文字 and 🚢 " * 20,
    "control \x00\x07\x1b signs and a lone \ud800",
    "x" * 2_000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    """It comes back as written, less what no calendar may hold; no line is too long."""
    day = Span.of_days(date(2026, 12, 1), date(2026, 12, 1), UTC)

    raw = calendar_bytes(text, text, "", [appointment(day, text)])

    assert max(len(line) for line in lines(raw)) <= LIMIT
    raw.decode()
    (event,) = parsed(raw).values()
    kept = "".join(
        one for one in text.replace("\r\n", "\n") if one not in "\x00\x07\x1b\ud800"
    )
    assert str(event["SUMMARY"]) == kept
    assert str(event["DESCRIPTION"]) == kept
    assert event["URL"] == "https://harbour.example/a,b;c"
    assert b"BEGIN:VALARM" not in lines(raw)


@given(text=st.text(), first=st.dates(), days=st.integers(0, 4_000_000))
def test_whatever_is_written_can_be_read_back(
    text: str, first: date, days: int
) -> None:
    """Any text, any day from the first to the last there is, any length."""
    last = days_later(first, timedelta(days=days))
    span = Span.of_days(first, last, UTC)

    raw = calendar_bytes(text, text, "", [appointment(span, text)])

    (event,) = parsed(raw).values()
    assert max(len(line) for line in lines(raw)) <= LIMIT
    assert _letters(str(event["SUMMARY"])) == _letters(text)
    assert event["DTSTART"].dt == first
    assert "DTEND" not in event or event["DTEND"].dt > first


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum() or one in "\\,;: ")


def test_whole_days_end_on_the_day_after() -> None:
    """DTEND is not part of the event (RFC 5545, section 3.6.1)."""
    new_year = Span.of_days(date(2026, 12, 30), date(2027, 1, 2), UTC)

    raw = calendar_bytes("C", "", "", [appointment(new_year)])

    assert b"DTSTART;VALUE=DATE:20261230" in lines(raw)
    assert b"DTEND;VALUE=DATE:20270103" in lines(raw)


@pytest.mark.parametrize(
    ("first", "last", "end"),
    [(date.max, date.max, None), (date(9999, 12, 1), date.max, date.max)],
)
def test_the_last_day_there_is(first: date, last: date, end: date | None) -> None:
    """There is no day after it: without DTEND an event is its one day."""
    span = Span.of_days(first, last, UTC)

    (event,) = parsed(calendar_bytes("C", "", "", [appointment(span)])).values()

    assert event["DTSTART"].dt == first
    assert (event["DTEND"].dt if "DTEND" in event else None) == end


def test_times_are_in_utc_and_need_no_zone() -> None:
    """An hour on the night the clocks change is the hour that was meant."""
    start = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    night = Span(
        start, start + timedelta(hours=2), start.date(), start.date(), timed=True
    )

    raw = calendar_bytes("C", "", "", [appointment(night)])

    assert b"DTSTART:20270328T003000Z" in lines(raw)
    assert b"DTEND:20270328T023000Z" in lines(raw)
    assert b"TZID" not in raw


def test_what_a_program_needs_to_subscribe() -> None:
    """A name, how often to ask, and where from (RFC 7986, section 5)."""
    raw = calendar_bytes("Harbour", "Dates", "https://harbour.example/c.ics", [])

    assert {
        b"BEGIN:VCALENDAR",
        b"VERSION:2.0",
        b"PRODID:-//gatepost//calendar 1//EN",
        b"CALSCALE:GREGORIAN",
        b"NAME:Harbour",
        b"X-WR-CALNAME:Harbour",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        b"X-PUBLISHED-TTL:PT12H",
        b"SOURCE;VALUE=URI:https://harbour.example/c.ics",
    } <= set(lines(raw))


def test_the_table_of_events_is_safe_in_a_spreadsheet(shelf: DatedBook) -> None:
    """A title that begins like a formula is a text; commas and quotes stay in their cell."""
    shelf.entry("one-a", 'title: "=1+1, \\"quoted\\""\ndates: {planned: 2026-12-01}')
    book = shelf.read()

    raw = events_csv(Plan(Desk(site(book, "internal"), book, ())))

    assert raw.startswith(b"\xef\xbb\xbfTrack,From,To,")
    assert b'"\'=1+1, ""quoted"""' in raw
    assert AS_OF.isoformat().encode() not in raw
