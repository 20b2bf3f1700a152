"""A span is what people mean by "from … to …", at every end of the calendar and the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gatepost.model.moment import Clock, Moment
from gatepost.model.parts import Window
from gatepost.model.span import Span, as_utc, days_later, window_span

BERLIN = ZoneInfo("Europe/Berlin")
CLOCK = Clock(BERLIN)


def span(start: str, end: str = "") -> Span:
    """A span as an author in Berlin writes it."""
    return Span.of(
        Moment.parse(start, CLOCK), Moment.parse(end or start, CLOCK), BERLIN
    )


def window(start: str, end: str, zone: str = "") -> Span:
    """A deployment window as an author in Berlin writes it."""
    said = Window.model_validate(
        {"start": start, "end": end, "tz": zone}, context={"clock": CLOCK}
    )
    return window_span(said, BERLIN)


def test_a_date_is_the_whole_day_of_the_sites_zone() -> None:
    """It begins at midnight there, wherever the build runs."""
    found = span("2026-12-01")

    assert found.start == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert (found.first, found.last) == (date(2026, 12, 1), date(2026, 12, 1))
    assert not found.timed


@pytest.mark.parametrize(("day", "hours"), [("2027-03-28", 23), ("2027-10-31", 25)])
def test_a_day_on_which_the_clocks_change(day: str, hours: int) -> None:
    """It has an hour less or more, and is one day all the same."""
    found = span(day)

    assert found.first == found.last
    assert found.end - found.start + timedelta(microseconds=1) == timedelta(hours=hours)


def test_a_leap_day_and_new_year() -> None:
    """Both are ordinary days to a span."""
    leap, turn = span("2028-02-29"), span("2026-12-30", "2027-01-02")

    assert leap.last == date(2028, 2, 29)
    assert (turn.last - turn.first).days == 3
    assert turn.meets(span("2027-01-01"))


def test_the_ends_of_the_calendar() -> None:
    """Nothing overflows on the first and on the last day there is."""
    first, last = span("0001-01-01"), span("9999-12-31")
    late = span("9999-12-31T23:30:00-05:00")

    assert first.first == date.min
    assert last.last == date.max
    assert late.timed
    assert (
        as_utc(datetime.max.replace(tzinfo=ZoneInfo("America/New_York"))).year == 9999
    )
    assert days_later(date(2026, 1, 1), timedelta.max) == date.max


def test_one_begins_as_the_other_ends() -> None:
    """Windows that follow each other do not meet; neighbouring days neither."""
    morning = span("2026-12-01T09:00", "2026-12-01T12:00")
    noon = span("2026-12-01T12:00", "2026-12-01T13:00")

    assert not morning.meets(noon)
    assert not span("2026-12-01").meets(span("2026-12-02"))
    assert morning.meets(span("2026-12-01"))


def test_a_point_in_time_meets_what_it_lies_in() -> None:
    """A time without length is met at both edges and inside."""
    morning, point = span("2026-12-01T09:00", "2026-12-01T12:00"), "2026-12-01T12:00"

    assert morning.meets(span(point))
    assert span(point).meets(span(point))
    assert not morning.meets(span("2026-12-01T12:01"))


def test_an_end_before_its_beginning_counts_as_none() -> None:
    """The rules report it; nothing goes backwards meanwhile."""
    found = span("2026-12-03", "2026-12-01")

    assert found.last == date(2026, 12, 3)
    assert found.end >= found.start


def test_a_window_is_in_the_zone_it_names() -> None:
    """A time without an offset is meant as the people of that zone say it."""
    found = window("2026-12-10 07:00", "2026-12-10 09:00", "America/New_York")

    assert found.start == datetime(2026, 12, 10, 12, tzinfo=UTC)
    assert found == window("2026-12-10T12:00Z", "2026-12-10T14:00Z", "America/New_York")


def test_a_window_without_a_zone_or_with_none_that_exists() -> None:
    """It is in the site's zone."""
    found = window("2026-12-10 07:00", "2026-12-10 09:00")

    assert found.start == datetime(2026, 12, 10, 6, tzinfo=UTC)
    assert found == window("2026-12-10 07:00", "2026-12-10 09:00", "Berlin time")
