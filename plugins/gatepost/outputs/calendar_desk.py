"""The internal calendar's files: every event as appointments and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from gatepost.model.moment import Moment
from gatepost.model.release import Release
from gatepost.model.span import Span
from gatepost.outputs.calendar_ics import UNDATED, Appointment, Status
from gatepost.outputs.calendar_public import stamp, uid
from gatepost.outputs.calendar_words import (
    TRACK_WORDS,
    name_of,
    shared_words,
    short_day,
    working_name,
)
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_files import Sheet, sheet_csv
from gatepost.process.schedule import (
    Collision,
    Event,
    ShortBedding,
    Shut,
    Track,
    collisions,
    events,
)
from gatepost.rules.collisions import closings

OVER = frozenset({"cancelled", "withdrawn"})
EVENTS_CSV = "calendar/events.csv"
HEADS = (
    *("Track", "From", "To", "Time of day", "Name", "Detail", "Release", "Products"),
    *("Version", "Phase", "State", "In the way"),
)
_PUBLIC: frozenset[Track] = frozenset({"downtime", "deadline", "notice", "sunset"})
"""Tracks that are in every site's calendar already."""
_NAMED = 5


class Plan:
    """Everything dated that the readers of an internal site may see, and what collides."""

    def __init__(self, desk: Desk) -> None:
        """Gather once what page, calendar and CSV show."""
        self.desk = desk
        self.registry = desk.book.registry
        self.zone = self.registry.clock.zone
        self.closings = closings(self.registry)
        self.all = events(desk.releases, self.registry)
        self.events = tuple(one for one in self.all if not is_off(one))
        self.collisions: tuple[Collision, ...] = collisions(
            desk.releases, self.registry, desk.book.as_of
        )

    @cached_property
    def in_the_way(self) -> Mapping[tuple[str, Span], tuple[Collision, ...]]:
        """What each slot collides with, by release and time."""
        found: dict[tuple[str, Span], list[Collision]] = {}
        for one in self.collisions:
            for slot in _slots(one):
                found.setdefault(slot, []).append(one)
        return {key: tuple(rows) for key, rows in found.items()}

    def against(self, event: Event) -> tuple[Collision, ...]:
        """What an event collides with."""
        if event.release is None or event.track not in {"window", "announcement"}:
            return ()
        return self.in_the_way.get((event.release.id, event.span), ())

    def warnings(self, event: Event) -> tuple[str, ...]:
        """What an event collides with, in words."""
        return tuple(self._words(one, event) for one in self.against(event))

    def _words(self, one: Collision, event: Event) -> str:
        if isinstance(one, Shut):
            return f"In {one.by.row.name}"
        if isinstance(one, ShortBedding):
            return f"Bedding-in lasts until {short_day(one.ready)}"
        what = ", ".join(shared_words(row, self.registry) for row in one.shared)
        first = one.releases[: _NAMED + 1]
        names = [working_name(row) for row in first if row is not event.release]
        more = len(one.releases) - 1 - len(names[:_NAMED])
        rest = f" and {more} more" if more else ""
        return f"Overlaps {', '.join(names[:_NAMED])}{rest}: same {what}"


def _slots(one: Collision) -> tuple[tuple[str, Span], ...]:
    if isinstance(one, Shut):
        return ((one.slot.release.id, one.slot.span),)
    if isinstance(one, ShortBedding):
        return ((one.release.id, one.on),)
    return tuple((slot.release.id, slot.span) for slot in one.slots)


def is_off(event: Event) -> bool:
    """Say whether the event's release was given up."""
    return event.release is not None and event.release.state in OVER


def desk_calendar(desk: Desk) -> tuple[Appointment, ...]:
    """Every event that only colleagues see, for the calendar of an internal site."""
    return tuple(desk_appointments(desk.shared(Plan)))


def desk_appointments(plan: Plan) -> Iterator[Appointment]:
    """Every event that only colleagues see."""
    for event in plan.all:
        if event.track not in _PUBLIC:
            yield _appointment(event, plan)


def _appointment(event: Event, plan: Plan) -> Appointment:
    release, desk = event.release, plan.desk
    word = TRACK_WORDS[event.track]
    detail = f" ({event.name})" if release and event.name else ""
    stamped, revision = (UNDATED, 0)
    if release:
        said = list(_said(release))
        stamped, revision = stamp(said, desk.book.as_of)
    base = desk.site.url
    url = f"{base}releases/{release.id}/readiness/" if release and base else ""
    return Appointment(
        uid=_uid(event, plan),
        span=event.span,
        summary=f"{word}{detail}: {name_of(event)}",
        description="\n\n".join((*plan.warnings(event), *((url,) if url else ()))),
        url=url,
        category=word,
        status=_status(event),
        stamped=stamped,
        revision=revision,
        products=_products(event, plan),
    )


def _products(event: Event, plan: Plan) -> frozenset[str]:
    if event.release:
        return frozenset((*event.release.products, *event.release.components))
    rows = (*plan.registry.freezes, *plan.registry.blackouts)
    return frozenset(
        key for row in rows if row.name == event.name for key in row.products
    )


def _uid(event: Event, plan: Plan) -> str:
    book = plan.desk.book
    release, track, mark = event.key
    row = book.ledger.rows.get(release)
    feed_id = row.feed_id if row else f"tag:{book.host},"
    return uid(release or "registry", f"{track}.{mark}".rstrip("."), feed_id)


def _status(event: Event) -> Status:
    if is_off(event):
        return "CANCELLED"
    ahead = event.release is not None and not event.release.at_phase.released
    moving = event.track in {"window", "step", "bedding-in", "announcement"}
    return "TENTATIVE" if ahead and moving else "CONFIRMED"


def _said(release: Release) -> Iterator[Moment]:
    """Every date on which somebody wrote down something about the release."""
    yield from (one.on for one in release.decisions)
    yield from (one.on for one in release.dates.updated)
    if release.approvals:
        yield from (one.on for one in release.approvals.given if one.on)
    if release.roadmap and release.roadmap.confirmed:
        yield release.roadmap.confirmed
    dates = release.dates
    known = (dates.scope_frozen, dates.deployed, dates.exposed, dates.published)
    yield from (one for one in (*known, release.state_on) if one)


def events_csv(plan: Plan) -> bytes:
    """Every event as a table for spreadsheets."""
    return sheet_csv(event_sheet(plan))


def event_sheet(plan: Plan) -> Sheet:
    """Every event as a table."""
    return Sheet("Events", HEADS, tuple(_row(one, plan) for one in plan.all))


def _row(event: Event, plan: Plan) -> tuple[str, ...]:
    release, span = event.release, event.span
    times = f"{span.start:%H:%M}" if span.timed else ""
    if span.timed:
        times += " UTC" if span.is_point else f" to {span.end:%H:%M} UTC"
    products = sorted(_products(event, plan))
    return (
        TRACK_WORDS[event.track],
        span.first.isoformat(),
        span.last.isoformat(),
        times,
        name_of(event),
        event.name if release else "",
        release.id if release else "",
        ", ".join(plan.registry.name_of(key) for key in products),
        release.version if release else "",
        release.at_phase.label if release else "",
        release.state if release else "",
        "; ".join(plan.warnings(event)),
    )
