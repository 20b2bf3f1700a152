"""Calendars of iCalendar (RFC 5545, RFC 7986), the same bytes for the same content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneStandard,
    vDuration,
    vText,
    vUri,
)

from gatepost.model.span import Span

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
PRODUCT = "-//gatepost//calendar 1//EN"
REFRESH = timedelta(hours=12)
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for a time nobody wrote down: a clock would make every build another calendar."""
_END = b"END:VCALENDAR\r\n"
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What TEXT may not hold (RFC 5545, section 3.3.11), and what is no character."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event of a calendar, in the words its readers see."""

    uid: str
    """Permanent: clients know an event by it when everything else has changed."""
    span: Span
    summary: str
    description: str
    url: str
    """Absolute; may be empty."""
    category: str
    status: Status
    stamped: datetime
    """When the content last changed, in UTC."""
    revision: int
    """Grows when the event changes."""
    products: frozenset[str] = frozenset()
    """Registry keys; empty concerns all."""


def calendar_bytes(
    name: str, about: str, url: str, appointments: Iterable[Appointment]
) -> bytes:
    """A calendar to subscribe to.

    Days are DATE values whose end is the day after the last one; times are UTC, so that no zone
    has to be defined. Nothing blocks the reader's time.

    Args:
        name: What the subscriber's program calls it.
        about: What is in it.
        url: Where the calendar lies; may be empty.
        appointments: In any order; sorted by time, then by their permanent name.

    Source: RFC 5545, sections 3.6, 3.6.1 and 3.8; RFC 7986, section 5.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    calendar.add("description", _text(about))
    calendar.add("x-wr-caldesc", _text(about))
    calendar.add("refresh-interval", _interval())
    calendar.add("x-published-ttl", vDuration(REFRESH))
    if url:
        calendar.add("source", _address(url))
    rows = sorted(appointments, key=lambda one: (one.span.start, one.uid))
    if not rows:
        calendar.add_component(_utc())
    written = bytes(calendar.to_ical())
    head = written.removesuffix(_END)
    return b"".join((head, *map(_event_bytes, rows), _END))


@lru_cache(maxsize=4096)
def _event_bytes(row: Appointment) -> bytes:
    """An event, which stands in the calendar of everything and in those of its products."""
    return bytes(_event(row).to_ical())


def _event(row: Appointment) -> Event:
    event = Event()
    event.add("uid", _text(row.uid))
    event.add("dtstamp", row.stamped.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", row.stamped.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", row.revision)
    if row.span.timed:
        _add_times(event, row.span)
    else:
        _add_days(event, row.span)
    event.add("summary", _text(row.summary))
    if row.description:
        event.add("description", _text(row.description))
    if row.url:
        event.add("url", vUri(row.url))
    event.add("categories", [row.category])
    event.add("status", row.status)
    event.add("transp", "TRANSPARENT")
    return event


def _add_times(event: Event, span: Span) -> None:
    event.add("dtstart", span.start.replace(microsecond=0))
    # DTEND must be later than DTSTART; without one the event is a point in time.
    if span.end > span.start:
        event.add("dtend", _whole_second(span.end))


def _whole_second(at: datetime) -> datetime:
    """The end of a day, 23:59:59.999999, is the beginning of the next."""
    if not at.microsecond:
        return at
    try:
        return at.replace(microsecond=0) + timedelta(seconds=1)
    except OverflowError:
        return at.replace(microsecond=0)


def _add_days(event: Event, span: Span) -> None:
    event.add("dtstart", span.first)
    try:
        event.add("dtend", span.last + timedelta(days=1))
    except OverflowError:
        # The calendar ends there. Without DTEND it is one day, else its last day is not counted.
        if span.last > span.first:
            event.add("dtend", span.last)


def _text(text: str) -> vText:
    """A text as such: of some properties the library does not know that they hold one."""
    return vText(_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _interval() -> vDuration:
    value = vDuration(REFRESH)
    value.params["VALUE"] = "DURATION"
    return value


def _address(url: str) -> vText | vUri:
    value = vUri(url)
    value.params["VALUE"] = "URI"
    return value


def _utc() -> Timezone:
    """A calendar needs at least one part (RFC 5545, section 3.6), also one without events."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local time, as the RFC wants it
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    standard.add("tzname", "UTC")
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(standard)
    return zone
