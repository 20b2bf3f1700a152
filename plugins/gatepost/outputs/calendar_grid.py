"""The calendar's rows: the next eight weeks, then months, by track."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from gatepost.model.moment import MONTHS
from gatepost.model.span import as_utc, days_later
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.calendar_desk import Plan
from gatepost.outputs.calendar_views import Cell, Grid, Item, Row
from gatepost.outputs.calendar_words import TRACK_WORDS, name_of, span_day, week_words
from gatepost.outputs.views import Badge, Link
from gatepost.outputs.words import counted
from gatepost.process.schedule import Collision, Event, ShortBedding, Shut, Track

COLUMNS: tuple[tuple[str, frozenset[Track]], ...] = (
    ("Goes out", frozenset({"window", "step"})),
    ("Bedding-in", frozenset({"bedding-in"})),
    ("Told", frozenset({"announcement", "publication"})),
    ("For customers", frozenset({"downtime", "deadline", "notice", "sunset"})),
    ("Closed", frozenset({"freeze", "blackout", "scope-freeze"})),
)
"""Head of each column and the tracks in it."""
WEEKS = 8
PAST_MONTHS = 3
LISTED = 60
"""Most events one cell lists; the file has all of them."""
_CLOSED: frozenset[Track] = frozenset({"freeze", "blackout"})
_PLAIN: frozenset[Track] = frozenset({"window", "bedding-in", "freeze"})
"""Tracks whose column says what they are."""
_WEEK = timedelta(days=7)


def today_of(plan: Plan) -> date:
    """The day of the build, in the site's zone."""
    return as_utc(plan.desk.book.as_of).astimezone(plan.zone).date()


def grids(plan: Plan) -> tuple[Grid, ...]:
    """Next eight weeks, months after that, months before."""
    today = today_of(plan)
    monday = today - timedelta(days=today.weekday())
    end = days_later(monday, _WEEK * WEEKS - timedelta(days=1))
    begin = _months_back(today, PAST_MONTHS)
    near = [
        one for one in plan.events if one.span.first <= end and one.span.last >= monday
    ]
    late = [one for one in plan.events if one.span.first > end]
    past = [one for one in plan.events if begin <= one.span.first < monday]
    heads = tuple(head for head, _ in COLUMNS)
    return (
        Grid(
            "next",
            f"Next {WEEKS} weeks",
            "Week",
            heads,
            tuple(_weeks(plan, near, monday, today)),
            folded=False,
            empty="",
        ),
        Grid(
            "later",
            "After that",
            "Month",
            heads,
            tuple(_months(plan, late)),
            folded=False,
            empty="Nothing has a date after that.",
        ),
        Grid(
            "past",
            f"Since {MONTHS[begin.month - 1]} {begin.year}",
            "Month",
            heads,
            tuple(_months(plan, past)),
            folded=True,
            empty="Nothing had a date.",
        ),
    )


def _months_back(day: date, number: int) -> date:
    months = max(12, day.year * 12 + day.month - 1 - number)
    return date(months // 12, months % 12 + 1, 1)


def _weeks(plan: Plan, near: list[Event], monday: date, today: date) -> Iterator[Row]:
    by_week: list[list[Event]] = [[] for _ in range(WEEKS)]
    for event in near:
        first = max(0, (event.span.first - monday).days // 7)
        last = min(WEEKS - 1, (event.span.last - monday).days // 7)
        # What is closed is closed in every week; anything else stands where it begins.
        weeks = range(first, last + 1) if event.track in _CLOSED else (first,)
        for number in weeks:
            by_week[number].append(event)
    for number, found in enumerate(by_week):
        start = days_later(monday, _WEEK * number)
        label = week_words(start, days_later(start, timedelta(days=6)))
        note = "This week" if start <= today < days_later(start, _WEEK) else ""
        yield _row(plan, start.isoformat(), label, note, found)


def _months(plan: Plan, found: list[Event]) -> Iterator[Row]:
    for (year, month), group in groupby(found, key=_month_of):
        rows = list(group)
        out = sum(one.track == "window" for one in rows)
        note = counted(out, "release", "releases") if out else ""
        label = f"{MONTHS[month - 1]} {year}"
        yield _row(plan, f"{year:04}-{month:02}", label, note, rows)


def _month_of(event: Event) -> tuple[int, int]:
    return event.span.first.year, event.span.first.month


def _row(plan: Plan, key: str, label: str, note: str, found: list[Event]) -> Row:
    return Row(
        anchor=f"w{key}",
        label=label,
        note=note,
        closed=any(one.track in _CLOSED for one in found),
        cells=tuple(
            _cell(plan, head, [one for one in found if one.track in tracks])
            for head, tracks in COLUMNS
        ),
    )


def _cell(plan: Plan, head: str, found: list[Event]) -> Cell:
    more = len(found) - LISTED
    items = tuple(_items(plan, found[:LISTED]))
    return Cell(head, items, f"and {more:,} more" if more > 0 else "")


def _items(plan: Plan, found: Iterable[Event]) -> Iterator[Item]:
    """One item for what a release has on one day, such as all channels of an announcement."""
    alike: dict[object, list[Event]] = {}
    for event in found:
        whose = event.release.id if event.release else event.name
        alike.setdefault((event.track, whose, event.span), []).append(event)
    for events in alike.values():
        event, release = events[0], events[0].release
        window = release.deployment.window if release and release.deployment else None
        own = window.tz if window and event.track == "window" else ""
        href = f"{ROOT}releases/{release.id}/readiness/" if release else ""
        badges = [clash_badge(one) for one in plan.against(event)]
        yield Item(
            day=span_day(event.span, plan.zone, own=own),
            name=Link(name_of(event), href),
            note=_note(events),
            clash=min(badges, key=lambda one: one.kind != "red", default=None),
        )


def _note(events: list[Event]) -> str:
    track, release = events[0].track, events[0].release
    words = [] if track in _PLAIN else [TRACK_WORDS[track]]
    if release:
        words += dict.fromkeys(one.name for one in events if one.name)
    if release and release.state == "on-hold":
        words.append("on hold")
    return ", ".join(words)


def clash_badge(one: Collision) -> Badge:
    """Red for what must not be, amber for what to talk about."""
    if isinstance(one, Shut):
        word = "In a freeze" if one.by.is_freeze else "In a blackout"
        return Badge("red", "lock", word)
    if isinstance(one, ShortBedding):
        return Badge("red", "clock", "Too early")
    if one.is_hard:
        return Badge("red", "octagon-x", "Collides")
    return Badge("warn", "triangle-alert", "Overlaps")
