"""`/calendar/`: what happens when, what is in the way, who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from gatepost.model.moment import Moment
from gatepost.model.span import Span, days_later
from gatepost.outputs.artifact import ROOT, Artifact, PageArtifact
from gatepost.outputs.calendar_charts import (
    month_rows,
    move_rows,
    release_link,
    slip_rows,
)
from gatepost.outputs.calendar_desk import EVENTS_CSV, Plan
from gatepost.outputs.calendar_files import JSON, calendar_table_files, table_link
from gatepost.outputs.calendar_grid import WEEKS, clash_badge, grids, today_of
from gatepost.outputs.calendar_public import ALL, CALENDAR
from gatepost.outputs.calendar_views import CalendarView, Clash, Closed, WaitRow
from gatepost.outputs.calendar_words import (
    WAITING_WORDS,
    closing_words,
    shared_words,
    short_day,
    span_day,
    zone_words,
)
from gatepost.outputs.desk import Desk
from gatepost.outputs.front import SUBSCRIBE
from gatepost.outputs.templates import render
from gatepost.outputs.views import Badge, Day, Link
from gatepost.outputs.words import counted
from gatepost.process.schedule import Collision, Shut
from gatepost.process.waits import Wait, waits
from gatepost.rules.collisions import Overlap

NAMED = 8
"""Most releases one collision names."""


def calendar_pages(desk: Desk) -> Iterator[Artifact]:
    """The page, and its tables as files."""
    plan = desk.shared(Plan)
    view = calendar_view(plan)
    yield calendar_page(view)
    yield from calendar_table_files(plan, view)


def calendar_page(view: CalendarView) -> PageArtifact:
    """The calendar, next weeks first."""
    return PageArtifact(
        path=CALENDAR,
        title=view.title,
        description=view.lead,
        draw=partial(render, "calendar.html", view),
        section=CALENDAR,
        text="calendar windows freezes collisions cadence slips",
        wide=True,
    )


def calendar_view(plan: Plan) -> CalendarView:
    """Everything the page shows."""
    desk = plan.desk
    months, cadence = month_rows(plan)
    slips, slip_words, slip = slip_rows(plan)
    clashes = tuple(_clash(one, plan) for one in plan.collisions)
    return CalendarView(
        title="Calendar",
        lead=_lead(plan),
        zone=zone_words(plan.zone),
        closed=tuple(_closed(plan)),
        clashes=clashes,
        no_clash=""
        if clashes
        else "Nothing that is planned is in the way of anything.",
        grids=grids(plan),
        waits=tuple(_waits(plan)),
        cadence=cadence,
        months=months,
        slip=slip,
        slips=slips,
        slip_words=slip_words,
        moves=tuple(move_rows(plan)),
        ics=Link("Subscribe in a calendar", f"{ROOT}{ALL}"),
        csv=Link("All events as CSV", f"{ROOT}{EVENTS_CSV}"),
        json=Link("JSON", f"{ROOT}{JSON}"),
        collisions_csv=table_link("collisions"),
        waits_csv=table_link("waits"),
        months_csv=table_link("months"),
        slips_csv=table_link("slips"),
        subscribe=Link("All calendars", f"{ROOT}{SUBSCRIBE}#calendars"),
        taken=desk.taken,
    )


def _lead(plan: Plan) -> str:
    today = today_of(plan)
    end = days_later(today, timedelta(weeks=WEEKS))
    going = {
        one.release.id
        for one in plan.events
        if one.release and one.track == "window" and today <= one.span.last <= end
    }
    hard = sum(_is_hard(one) for one in plan.collisions)
    soft = len(plan.collisions) - hard
    words = f"{counted(len(going), 'release goes', 'releases go')} out in the next {WEEKS} weeks."
    told = [counted(hard, "collision", "collisions")] if hard else []
    if soft:
        told.append(f"{counted(soft, 'overlap', 'overlaps')} to talk about")
    return f"{words} {', '.join(told) or 'Nothing collides'}."


def _is_hard(one: Collision) -> bool:
    return one.is_hard if isinstance(one, Overlap) else True


def _clash(one: Collision, plan: Plan) -> Clash:
    if isinstance(one, Shut):
        release, span, row = one.slot.release, one.slot.span, one.by
        what = f"{row.row.name}: {closing_words(row, plan.registry)}"
        day = span_day(span, plan.zone)
        return Clash(clash_badge(one), True, (release_link(release),), "", what, day)  # noqa: FBT003
    if isinstance(one, Overlap):
        return _overlap(one, plan)
    what = (
        f"The {one.name} comes before {short_day(one.ready)}, when bedding-in is over."
    )
    day = span_day(one.on, plan.zone)
    return Clash(clash_badge(one), True, (release_link(one.release),), "", what, day)  # noqa: FBT003


def _overlap(one: Overlap, plan: Plan) -> Clash:
    spans = [slot.span for slot in one.slots]
    first = spans[0]
    late = max(spans, key=lambda span: span.end)
    whole = Span(first.start, late.end, first.first, late.last, timed=False)
    shared = ", ".join(f"the {shared_words(row, plan.registry)}" for row in one.shared)
    word = f"Same {one.shared[0].kind}"
    kind, icon = ("red", "octagon-x") if one.is_hard else ("warn", "triangle-alert")
    more = len(one.releases) - NAMED
    return Clash(
        badge=Badge(kind, icon, word),
        hard=one.is_hard,
        releases=tuple(release_link(release) for release in one.releases[:NAMED]),
        more=f"and {more:,} more" if more > 0 else "",
        what=f"They share {shared}.",
        day=span_day(whole, plan.zone),
    )


def _closed(plan: Plan) -> Iterator[Closed]:
    """Freezes and blackouts that are on, or begin in the next weeks."""
    today = today_of(plan)
    end = days_later(today, timedelta(weeks=WEEKS))
    for row in plan.closings:
        if row.span.last < today or row.span.first > end:
            continue
        ahead = (row.span.first - today).days
        note = f"in {counted(ahead, 'day', 'days')}" if ahead > 0 else "now"
        yield Closed(
            row.row.name,
            span_day(row.span, plan.zone),
            closing_words(row, plan.registry),
            note,
        )


def _waits(plan: Plan) -> Iterator[WaitRow]:
    desk = plan.desk
    shown = {one.id: one for one in desk.releases}
    for one in waits(desk.releases, shown, plan.zone, desk.book.as_of):
        if one.stands != "delivered":
            yield _wait(one, plan)


def _wait(one: Wait, plan: Plan) -> WaitRow:
    word, why = WAITING_WORDS[one.stands]
    badge = (
        Badge("red", "octagon-x", word) if one.blocks else Badge("grey", "ring", word)
    )
    due = one.need.needed_by
    return WaitRow(
        team=one.need.team,
        what=one.need.what,
        release=release_link(one.release),
        on=release_link(one.on) if one.on else None,
        ref="" if one.on else one.need.ref,
        day=_due(due, plan) if due else None,
        badge=badge,
        why=why,
        source=plan.desk.source(one.release.at("dependencies", one.number)),
    )


def _due(moment: Moment, plan: Plan) -> Day:
    """With the year unless it is this one."""
    due = Span.of(moment, moment, plan.zone).first
    year = f" {due.year}" if due.year != today_of(plan).year else ""
    return Day(due.isoformat(), f"{short_day(due)}{year}")
