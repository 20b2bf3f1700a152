"""From when to when: whole days of the site's zone, or times of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gatepost.model.moment import Moment
from gatepost.model.parts import Window
from gatepost.model.release import Release


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, both ends included."""

    start: datetime
    """In UTC; of whole days their first instant."""
    end: datetime
    """In UTC; of whole days their last microsecond."""
    first: date
    """The day it begins on, as people at the site's place say it."""
    last: date
    """The day it ends on."""
    timed: bool
    """Whether its authors gave a time of day."""

    @property
    def is_point(self) -> bool:
        """Whether it has no length."""
        return self.start == self.end

    def meets(self, other: Span) -> bool:
        """Say whether both are under way at some instant; ending as the other begins is not."""
        late, early = max(self.start, other.start), min(self.end, other.end)
        return late < early or (late == early and (self.is_point or other.is_point))

    @classmethod
    def of(cls, start: Moment, end: Moment, zone: tzinfo) -> Span:
        """The time from *start* to *end*; an end before its beginning counts as none.

        Args:
            start: A date without a time means the beginning of that day in *zone*.
            end: A date without a time means the end of that day in *zone*.
            zone: Where the days are counted.
        """
        begins = _edge(start, time.min, zone)
        ends = max(begins, _edge(end, time.max, zone))
        first = _day(start, zone)
        last = max(first, _day(end, zone))
        return cls(begins, ends, first, last, start.timed or end.timed)

    @classmethod
    def of_days(cls, first: date, last: date, zone: tzinfo) -> Span:
        """Whole days, both included."""
        last = max(first, last)
        begins = as_utc(datetime.combine(first, time.min, zone))
        ends = as_utc(datetime.combine(last, time.max, zone))
        return cls(begins, ends, first, last, timed=False)


def as_utc(at: datetime) -> datetime:
    """The same instant in UTC; at either end of the calendar the nearest one there is."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)


def in_zone(at: datetime, zone: tzinfo) -> datetime:
    """The same instant in *zone*; at either end of the calendar as it was written."""
    try:
        return at.astimezone(zone)
    except OverflowError:
        return at


def days_later(day: date, delta: timedelta) -> date:
    """The day *delta* after *day*, or the last day there is."""
    try:
        return day + delta
    except OverflowError:
        return date.max


def _edge(moment: Moment, hour: time, zone: tzinfo) -> datetime:
    if moment.timed:
        return as_utc(moment.at)
    return as_utc(datetime.combine(moment.day, hour, zone))


def _day(moment: Moment, zone: tzinfo) -> date:
    if not moment.timed:
        return moment.day
    return in_zone(moment.at, zone).date()


def zone_named(name: str) -> tzinfo | None:
    """The zone people call *name*, or None if there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def window_span(window: Window, zone: tzinfo) -> Span:
    """When a deployment may run.

    A time without an offset is one of the zone the window names in `tz`, else of *zone*.
    """
    own = zone_named(window.tz)
    start, end = (_said_in(one, own) for one in (window.start, window.end))
    return Span.of(start, end, zone)


def _said_in(moment: Moment, zone: tzinfo | None) -> Moment:
    # The reader gives times without an offset the site's zone, and others a fixed offset.
    if zone is None or not moment.timed or not isinstance(moment.at.tzinfo, ZoneInfo):
        return moment
    return Moment(moment.at.replace(tzinfo=zone), timed=True)


def planned_spans(release: Release, zone: tzinfo) -> Iterator[Span]:
    """When a release is meant to go out: its window, then its planned day if that is another."""
    window = release.deployment.window if release.deployment else None
    known = window_span(window, zone) if window else None
    if known:
        yield known
    if planned := release.dates.planned:
        day = Span.of(planned, planned, zone)
        if known is None or not known.meets(day):
            yield day
