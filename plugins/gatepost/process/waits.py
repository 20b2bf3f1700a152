"""Who waits for whom: what releases need from other teams, and what that holds up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from gatepost.model.parts import Dependency
from gatepost.model.phase import BY_KEY
from gatepost.model.release import Release
from gatepost.model.span import as_utc, planned_spans
from gatepost.rules.collisions import is_ahead

Waiting = Literal[
    "delivered",
    "blocked",
    "given-up",
    "circular",
    "later",
    "too-late",
    "overdue",
    "not-done",
    "open",
]
"""How a dependency stands: `later` is a release that comes after the one that needs it,
`too-late` a date after its window, `not-done` a delivery that the go/no-go already needs."""
_STOPS: frozenset[Waiting] = frozenset(
    ("blocked", "given-up", "circular", "later", "too-late", "overdue", "not-done")
)
_GO_NO_GO = BY_KEY["preparing"].order
"""Order of the phase in which everything a release needs must be there."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What a release needs from another team, and whether that holds it up."""

    release: Release
    number: int
    """Place in `dependencies`, from 0."""
    need: Dependency
    on: Release | None
    """The release it refers to, if it is one."""
    stands: Waiting

    @property
    def blocks(self) -> bool:
        """Whether the release cannot go while this stands."""
        return self.stands in _STOPS


def waits(
    releases: Iterable[Release],
    by_id: Mapping[str, Release],
    zone: tzinfo,
    as_of: datetime,
) -> tuple[Wait, ...]:
    """What the releases that are still ahead need from other teams, by team and date.

    Args:
        releases: Those to look at.
        by_id: Every release there is, to find the ones they refer to.
        zone: Where days are counted.
        as_of: Now.
    """
    ahead = tuple(one for one in releases if is_ahead(one))
    circles = _circles(by_id)
    found = [
        Wait(
            release,
            number,
            need,
            by_id.get(need.ref),
            _stands(release, need, by_id.get(need.ref), circles, zone, as_of),
        )
        for release in ahead
        for number, need in enumerate(release.dependencies)
    ]
    return tuple(sorted(found, key=_wait_order))


def _wait_order(wait: Wait) -> tuple[object, ...]:
    due = wait.need.needed_by
    day = due.day if due else date.max
    return wait.need.team, not wait.blocks, day, wait.release.id, wait.number


def _stands(
    release: Release,
    need: Dependency,
    on: Release | None,
    circles: frozenset[str],
    zone: tzinfo,
    as_of: datetime,
) -> Waiting:
    if need.state == "delivered" or (on and on.at_phase.column == "shipped"):
        return "delivered"
    if need.state == "blocked":
        return "blocked"
    if on and on.state in {"cancelled", "withdrawn"}:
        return "given-up"
    if on and {release.id, on.id} <= circles:
        return "circular"
    own = min((one.first for one in planned_spans(release, zone)), default=None)
    its = (
        max((one.last for one in planned_spans(on, zone)), default=None) if on else None
    )
    if own and its and its > own:
        return "later"
    if own and need.needed_by and need.needed_by.day > own:
        return "too-late"
    if need.needed_by and need.needed_by.day < as_utc(as_of).astimezone(zone).date():
        return "overdue"
    return "not-done" if release.at_phase.order >= _GO_NO_GO else "open"


def _circles(by_id: Mapping[str, Release]) -> frozenset[str]:
    """The releases that wait for each other in a circle, and those on a way between two circles."""
    edges = {
        one.id: {need.ref for need in one.dependencies if need.ref in by_id}
        for one in by_id.values()
    }
    left = _reversed(_without_ends(_reversed(_without_ends(edges))))
    return frozenset(left)


def _reversed(edges: Mapping[str, set[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {one: set() for one in edges}
    for one, others in edges.items():
        for other in others:
            found[other].add(one)
    return found


def _without_ends(edges: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The graph without whatever leads nowhere, over and over; the work grows with the edges."""
    back = _reversed(edges)
    left = {one: len(others) for one, others in edges.items()}
    ends = [one for one, number in left.items() if not number]
    gone = set(ends)
    while ends:
        for one in back[ends.pop()]:
            left[one] -= 1
            if not left[one]:
                ends.append(one)
                gone.add(one)
    return {one: others - gone for one, others in edges.items() if one not in gone}
