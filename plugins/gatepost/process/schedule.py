"""When things happen, each on its own track, and what is in each other's way: facts, no words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from gatepost.model.moment import Moment
from gatepost.model.registry import Registry
from gatepost.model.release import Release
from gatepost.model.span import Span, as_utc, days_later, planned_spans
from gatepost.rules.collisions import (
    Closing,
    Overlap,
    Slot,
    announcements,
    closings,
    is_ahead,
    overlaps,
    slots_of,
)

Track = Literal[
    "window",
    "step",
    "bedding-in",
    "announcement",
    "publication",
    "downtime",
    "deadline",
    "notice",
    "sunset",
    "scope-freeze",
    "freeze",
    "blackout",
]
TRACKS: tuple[Track, ...] = (
    "window",
    "step",
    "bedding-in",
    "announcement",
    "publication",
    "downtime",
    "deadline",
    "notice",
    "sunset",
    "scope-freeze",
    "freeze",
    "blackout",
)
"""In the order they are listed."""
_ORDER = {track: number for number, track in enumerate(TRACKS)}


@dataclass(frozen=True, slots=True)
class Event:
    """One dated thing, on its own track."""

    track: Track
    span: Span
    name: str
    """What it is called beside the release: a channel, a ring, a freeze; may be empty."""
    release: Release | None
    """None for freezes and blackouts."""
    mark: str = ""
    """Tells several of one release on one track apart; the same when the dates move."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Permanent name of the event."""
        return self.release.id if self.release else "", self.track, self.mark


@dataclass(frozen=True, slots=True)
class Shut:
    """A window in a freeze or blackout that stops it."""

    slot: Slot
    by: Closing


@dataclass(frozen=True, slots=True)
class ShortBedding:
    """An announcement before the release has bedded in."""

    release: Release
    name: str
    on: Span
    ready: date
    """The first day it may be announced on."""


Collision = Overlap | Shut | ShortBedding


def events(releases: Iterable[Release], registry: Registry) -> tuple[Event, ...]:
    """Every dated thing of the releases, and every freeze and blackout, earliest first.

    Cancelled and withdrawn releases have theirs too; who lists them leaves them out.
    """
    found = [one for release in releases for one in release_events(release, registry)]
    rows = closings(registry)
    marks = _marks(f"{row.row.name} {row.span.first.year}" for row in rows)
    found += [
        Event(
            "freeze" if row.is_freeze else "blackout",
            row.span,
            row.row.name,
            None,
            mark,
        )
        for row, mark in zip(rows, marks, strict=True)
    ]
    return tuple(sorted(found, key=_when))


def _when(event: Event) -> tuple[object, ...]:
    return event.span.start, _ORDER[event.track], event.key, event.span.end


def release_events(release: Release, registry: Registry) -> Iterator[Event]:
    """Every dated thing of one release, by track."""
    zone = registry.clock.zone
    for number, span in enumerate(planned_spans(release, zone)):
        yield Event("window", span, "", release, f"day {number}" if number else "")
    yield from _named_events("step", _steps(release), release, zone)
    if span_watched := bedding_in(release, registry):
        yield Event("bedding-in", span_watched, "", release)
    yield from _named_events("announcement", _told(release), release, zone)
    for track, start, end in _dated(release):
        if first := start or end:
            yield Event(track, Span.of(first, end or first, zone), "", release)


def _named_events(
    track: Track, rows: Iterable[tuple[str, Moment]], release: Release, zone: tzinfo
) -> Iterator[Event]:
    found = tuple(rows)
    marks = _marks(name for name, _ in found)
    for (name, moment), mark in zip(found, marks, strict=True):
        yield Event(track, Span.of(moment, moment, zone), name, release, mark)


def _marks(names: Iterable[str]) -> tuple[str, ...]:
    """The names, the second of two alike with a number."""
    seen = Counter[str]()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} {seen[name]}" if seen[name] > 1 else name)
    return tuple(found)


def _steps(release: Release) -> Iterator[tuple[str, Moment]]:
    for ring in release.deployment.rings if release.deployment else ():
        if ring.on:
            yield f"{ring.share}% {ring.wording or ring.name}".strip(), ring.on


def _told(release: Release) -> Iterator[tuple[str, Moment]]:
    """Announcements, those that were made too."""
    if announce := release.dates.announce:
        yield "campaign", announce
    for channel in release.channels:
        if channel.at and channel.state != "skipped":
            yield channel.channel.replace("_", " "), channel.at


def _dated(release: Release) -> Iterator[tuple[Track, Moment | None, Moment | None]]:
    published = release.dates.published
    yield "publication", published, published
    if down := release.downtime:
        yield "downtime", down.start, down.end
    if release.migration:
        yield "deadline", release.migration.deadline, release.migration.deadline
    if ends := release.deprecation:
        yield "notice", ends.notice_on, ends.notice_on
        yield "sunset", ends.sunset_on, ends.sunset_on
    frozen = release.dates.scope_frozen or (
        release.scope.frozen_on if release.scope else None
    )
    yield "scope-freeze", frozen, frozen


def bedding_in(release: Release, registry: Registry) -> Span | None:
    """The days a release is watched before anyone is told loudly; None if there are none.

    They begin on the day the first customers have it, or are planned to.
    """
    length = _bedding_length(release, registry)
    zone = registry.clock.zone
    exposed = release.dates.exposed
    if exposed is None and is_ahead(release):
        spans = tuple(planned_spans(release, zone))
        begins = spans[-1].last if spans else None
    else:
        begins = Span.of(exposed, exposed, zone).first if exposed else None
    if begins is None or length <= timedelta(0):
        return None
    last = days_later(begins, length - timedelta(microseconds=1))
    return Span.of_days(begins, last, zone)


def _bedding_length(release: Release, registry: Registry) -> timedelta:
    if release.bedding_in is not None:
        return release.bedding_in.delta
    if release.type == "security":
        return timedelta(0)
    return timedelta(days=registry.policy.bedding_in_days)


def collisions(
    releases: Iterable[Release], registry: Registry, as_of: datetime
) -> tuple[Collision, ...]:
    """What is in each other's way from *as_of* on, earliest first.

    Releases whose windows overlap and that share something, windows in a freeze or blackout, and
    announcements before the end of bedding-in.
    """
    rows = tuple(releases)
    now, zone = as_utc(as_of), registry.clock.zone
    slots = tuple(one for one in slots_of(rows, zone) if one.span.end >= now)
    found: list[tuple[datetime, int, str, Collision]] = [
        (one.slots[0].span.start, 1, one.slots[0].release.id, one)
        for one in overlaps(slots)
    ]
    found += [
        (slot.span.start, 0, slot.release.id, Shut(slot, row))
        for slot, row in _shut(slots, registry)
    ]
    found += [
        (short.on.start, 2, short.release.id, short)
        for short in _short_beddings(rows, registry, now)
    ]
    return tuple(one for *_, one in sorted(found, key=lambda row: row[:3]))


def _shut(
    slots: tuple[Slot, ...], registry: Registry
) -> Iterator[tuple[Slot, Closing]]:
    rows = closings(registry)
    for slot in slots:
        for row in rows:
            if row.span.meets(slot.span) and row.stops(slot.release, registry):
                yield slot, row


def _short_beddings(
    releases: tuple[Release, ...], registry: Registry, now: datetime
) -> Iterator[ShortBedding]:
    for release in releases:
        if release.state in {"cancelled", "withdrawn"}:
            continue
        watched = bedding_in(release, registry)
        for _, name, moment in announcements(release) if watched else ():
            on = Span.of(moment, moment, registry.clock.zone)
            loud = name == "campaign"
            if watched and loud and on.end >= now and on.first <= watched.last:
                ready = days_later(watched.last, timedelta(days=1))
                yield ShortBedding(release, name, on, ready)
