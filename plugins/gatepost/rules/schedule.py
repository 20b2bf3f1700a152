"""GP159, and GP540 to GP543: windows, zones, freezes and blackouts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from gatepost.model.finding import Place
from gatepost.model.moment import Moment
from gatepost.model.release import Release
from gatepost.model.span import Span, as_utc, window_span, zone_named
from gatepost.rules.case import Case, Index
from gatepost.rules.collisions import (
    Closing,
    Shared,
    Slot,
    announcements,
    closings,
    is_ahead,
    overlaps,
    slots_of,
)
from gatepost.rules.nearest import did_you_mean
from gatepost.rules.rule import Fault, book_rule, rule

NAMED = 3
"""How many releases a sentence names before it counts the rest."""


def _place(slot: Slot, zone: tzinfo) -> Place:
    """Where the window or the planned day was written."""
    deployment = slot.release.deployment
    window = deployment.window if deployment else None
    if window and window_span(window, zone) == slot.span:
        return slot.release.at("deployment", "window", "start")
    return slot.release.at("dates", "planned")


def _days(span: Span) -> str:
    if span.first == span.last:
        return f"on {span.first}"
    return f"from {span.first} to {span.last}"


@book_rule("GP540", level="advice")
def window_in_closed_days(index: Index) -> Iterator[Fault]:
    """Nothing is planned into a freeze or a blackout that stops it.

    Why: the days were closed because nobody can watch over a release then, or because a fault
    would cost most.
    Fix: move the window, or take the release's products out of the freeze in
    `content/registry.yml`.
    """
    registry, rows = index.registry, closings(index.registry)
    zone = registry.clock.zone
    for slot in slots_of(index.book.releases, zone) if rows else ():
        if as_utc(index.book.as_of) > slot.span.end:
            continue
        for row in rows:
            if row.span.meets(slot.span) and row.stops(slot.release, registry):
                yield Fault(
                    f"`{slot.release.id}` is planned {_days(slot.span)}, but"
                    f' "{row.row.name}" lasts {_days(row.span)}',
                    _way_out(row, slot.release),
                    _place(slot, zone),
                )


def _way_out(row: Closing, release: Release) -> str:
    later = f"move it past {row.span.last}"
    if row.is_freeze and release.kind != "hotfix":
        return f"{later}, or set `kind: hotfix` if it mends something"
    return later


@book_rule("GP541", level="advice")
def announced_in_blackout(index: Index) -> Iterator[Fault]:
    """Nothing is announced in a blackout.

    Why: customers have other things to do on those days, and so have those who would answer.
    Fix: move the announcement past the blackout.
    """
    registry = index.registry
    rows = [row for row in closings(registry) if not row.is_freeze]
    for release in index.book.releases if rows else ():
        for at, name, moment in announcements(release) if is_ahead(release) else ():
            span = Span.of(moment, moment, registry.clock.zone)
            for row in rows:
                if row.span.meets(span) and row.stops(release, registry):
                    yield Fault(
                        f"the {name} of `{release.id}` is planned {_days(span)}, but"
                        f' "{row.row.name}" lasts {_days(row.span)}',
                        f"move it past {row.span.last}",
                        release.at(*at),
                    )


@book_rule("GP542", level="advice")
def windows_collide(index: Index) -> Iterator[Fault]:
    """Two releases that change the same component or flag do not go out at a time.

    Why: when something breaks, nobody can say which of the two it was, and one cannot be taken
    back without the other.
    Fix: move one of the windows, or make one release of the two.
    """
    now = as_utc(index.book.as_of)
    zone = index.registry.clock.zone
    slots = slots_of(index.book.releases, zone)
    ahead = tuple(slot for slot in slots if slot.span.end >= now)
    for found in overlaps(ahead):
        releases = found.releases
        names = [f"`{one.id}`" for one in releases[: NAMED + 1]]
        for slot in found.slots if found.is_hard else ():
            others = [one for one in names if one != f"`{slot.release.id}`"][:NAMED]
            more = len(releases) - 1 - len(others)
            rest = f" and {more} more" if more else ""
            yield Fault(
                f"`{slot.release.id}` goes out {_days(slot.span)}, and so does"
                f" {', '.join(others)}{rest}: they share {_list(found.shared)}",
                at=_place(slot, zone),
            )


def _list(shared: tuple[Shared, ...]) -> str:
    rows = [f"the {one.kind} `{one.key}`" for one in shared]
    return ", ".join(rows[:NAMED])


@rule("GP543", at="deployment", level="advice", alive=True, imports="off")
def window_without_hour(case: Case) -> Iterator[Fault]:
    """A window is said in a time zone that exists, at hours that come once.

    Why: on the night the clocks change an hour is left out or comes twice, and people in two
    places read a zone of their own into a time without one.
    Fix: write `tz:` such as Europe/Berlin, and times with an offset such as 2026-11-20T14:00+01:00.
    """
    deployment = case.release.deployment
    window = deployment.window if deployment else None
    if window is None:
        return
    zone = zone_named(window.tz)
    if window.tz and zone is None:
        yield Fault(
            f"`{window.tz}` is no time zone",
            "write one such as Europe/Berlin or UTC",
            ("deployment", "window", "tz"),
        )
    for name, moment in (("start", window.start), ("end", window.end)):
        said = zone if isinstance(zone, ZoneInfo) else moment.at.tzinfo
        if moment.timed and isinstance(moment.at.tzinfo, ZoneInfo) and said:
            yield from _odd_hours(name, Moment(moment.at.replace(tzinfo=said)))


def _odd_hours(name: str, moment: Moment) -> Iterator[Fault]:
    """A time without an offset that the clocks leave out, or show twice."""
    wall = moment.at
    again = as_utc(wall).astimezone(wall.tzinfo) if 1 < wall.year < 9999 else wall  # noqa: PLR2004 - the ends of the calendar have no summer time
    twice = wall.utcoffset() != wall.replace(fold=1).utcoffset()
    if again.replace(tzinfo=None) == wall.replace(tzinfo=None) and not twice:
        return
    missing = again.replace(tzinfo=None) != wall.replace(tzinfo=None)
    what = "is left out" if missing else "comes twice"
    yield Fault(
        f"the clocks change that night: {wall:%H:%M} on {wall.date()} {what}",
        f"write the offset, such as {as_utc(wall).astimezone(UTC):%Y-%m-%dT%H:%MZ}",
        ("deployment", "window", name),
    )


@book_rule("GP159")
def unusable_freeze(index: Index) -> Iterator[Fault]:
    """A freeze or blackout ends after it begins, and names products that exist.

    Why: one that ends before it begins stops nothing, and nobody notices until it should have.
    Fix: correct the row in `content/registry.yml`.
    """
    known = index.known["products"]
    parts = index.known["components"]
    for row in closings(index.registry):
        start, end = row.row.start, row.row.end
        if (end.at if start.timed and end.timed else end.day) < (
            start.at if start.timed and end.timed else start.day
        ):
            yield Fault(
                f'"{row.row.name}" ends on {end.iso}, before it begins on {start.iso}',
                at=(*row.at, "end"),
            )
        for number, key in enumerate(row.row.products):
            if key not in known and key not in parts:
                hint = did_you_mean(known.nearest(key))
                yield Fault(
                    f'"{row.row.name}" names `{key}`, which is no product{hint}',
                    at=(*row.at, "products", number),
                )
