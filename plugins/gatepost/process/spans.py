"""Stretches of time that figures are about: windows, months and quarters, in the site's zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from gatepost.model.moment import MONTHS, quarter_of
from gatepost.model.registry import Baseline

Grain = Literal["month", "quarter"]
_DAYS_PER_WEEK = 7
_LAST_MONTH = 12
_STEP: dict[Grain, int] = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time; its end does not belong to it."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.since <= at < self.until

    @property
    def weeks(self) -> float:
        """Its length."""
        return (self.until - self.since) / timedelta(days=_DAYS_PER_WEEK)

    @property
    def before(self) -> Window:
        """The stretch of the same length that ends where this one begins."""
        return Window(self.since - (self.until - self.since), self.since)

    @property
    def middle(self) -> datetime:
        """The moment half-way."""
        return self.since + (self.until - self.since) / 2

    @property
    def last(self) -> datetime:
        """Its last moment."""
        return self.until - timedelta(microseconds=1)

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day."""
        return self.since.date(), self.last.date()

    @property
    def day_count(self) -> int:
        """How many days it touches."""
        first, last = self.days
        return (last - first).days + 1


def last_days(as_of: datetime, days: int, zone: tzinfo) -> Window:
    """The last *days* days, today included: today counts up to now."""
    today = as_of.astimezone(zone).date()
    return since_day(today - timedelta(days=days - 1), as_of, zone)


def since_day(first: date, as_of: datetime, zone: tzinfo) -> Window:
    """From the morning of *first* to now."""
    now = as_of.astimezone(zone) + timedelta(seconds=1)
    return Window(datetime.combine(first, time(), zone), now)


def baseline_window(baseline: Baseline, zone: tzinfo) -> Window:
    """The days of a baseline, the last one included."""
    first, last = baseline.since.day, baseline.until.day + timedelta(days=1)
    return Window(
        datetime.combine(first, time(), zone), datetime.combine(last, time(), zone)
    )


@dataclass(frozen=True, slots=True)
class Period:
    """A month or quarter."""

    key: str
    """`2026-11` or `2026-Q4`."""
    label: str
    """`Nov 2026` or `Q4 2026`."""
    window: Window
    complete: bool
    """Whether it is over."""
    baseline: bool
    """Whether it lies in the baseline."""


def period_key(at: datetime, grain: Grain, zone: tzinfo) -> str:
    """The period a moment lies in."""
    day = at.astimezone(zone).date()
    return day.isoformat()[:7] if grain == "month" else quarter_of(day)


def periods(
    first: datetime,
    as_of: datetime,
    grain: Grain,
    zone: tzinfo,
    baseline: Window | None = None,
) -> Iterator[Period]:
    """Every month or quarter from that of *first* to that of *as_of*, oldest first."""
    day = first.astimezone(zone).date().replace(day=1)
    step = _STEP[grain]
    day = day.replace(month=(day.month - 1) // step * step + 1)
    while day <= as_of.astimezone(zone).date():
        after = _later(day, step)
        start, end = (datetime.combine(one, time(), zone) for one in (day, after))
        window = Window(start, end)
        marked = baseline is not None and baseline.holds(start)
        marked = marked and baseline is not None and end <= baseline.until
        key = period_key(start, grain, zone)
        yield Period(key, _label(day, grain), window, end <= as_of, marked)
        day = after


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, _LAST_MONTH)
    return date(day.year + years, month + 1, 1)


def _label(day: date, grain: Grain) -> str:
    if grain == "month":
        return f"{MONTHS[day.month - 1][:3]} {day.year}"
    return f"{quarter_of(day)[-2:]} {day.year}"


def weeks(window: Window) -> Iterator[Window]:
    """The weeks of a window, counted back from its end, oldest first."""
    week = timedelta(days=_DAYS_PER_WEEK)
    ends = [window.until]
    while ends[-1] - week > window.since:
        ends.append(ends[-1] - week)
    for end in reversed(ends):
        yield Window(max(end - week, window.since), end)
