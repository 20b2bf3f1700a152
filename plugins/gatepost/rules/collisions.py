"""Which planned dates are in each other's way: shared parts, freezes and blackouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from gatepost.model.moment import Moment
from gatepost.model.registry import BUILT_IN_INSIDERS, Blackout, Freeze, Registry
from gatepost.model.release import PathInFile, Release, State
from gatepost.model.span import Span, planned_spans

SharedKind = Literal["flag", "component", "product", "audience", "support team"]
HARD: frozenset[SharedKind] = frozenset({"flag", "component"})
"""What two releases cannot change at a time without hiding each other's faults."""
PARKED: frozenset[State] = frozenset({"cancelled", "withdrawn", "done", "on-hold"})
"""States in which a planned day is nobody's plan."""
_BUILT_IN = BUILT_IN_INSIDERS | {"public"}


@dataclass(frozen=True, slots=True, order=True)
class Shared:
    """Something that two releases have in common."""

    kind: SharedKind
    key: str
    """Registry key, flag key or team handle."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which a release is meant to go out."""

    release: Release
    span: Span


@dataclass(frozen=True, slots=True)
class Overlap:
    """Releases whose slots overlap, each with the next, and what all of them share."""

    slots: tuple[Slot, ...]
    """Earliest first, at least two releases."""
    shared: tuple[Shared, ...]

    @property
    def is_hard(self) -> bool:
        """Whether they change the same part, not only meet the same people."""
        return any(one.kind in HARD for one in self.shared)

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases, earliest first, each once."""
        return tuple({slot.release.id: slot.release for slot in self.slots}.values())


@dataclass(frozen=True, slots=True)
class Closing:
    """A freeze or blackout of the registry, with its time."""

    row: Blackout
    span: Span
    at: PathInFile
    """Its place in the registry."""

    @property
    def is_freeze(self) -> bool:
        """Whether it stops deployments alone, and lets some through."""
        return isinstance(self.row, Freeze)

    def stops(self, release: Release, registry: Registry) -> bool:
        """Say whether it is about that release at all."""
        if isinstance(self.row, Freeze) and release.kind in self.row.allows:
            return False
        return not self.row.products or bool(
            touched(release, registry) & {*self.row.products}
        )


def touched(release: Release, registry: Registry) -> frozenset[str]:
    """The products and components a release is about, and the products of its components."""
    rows = (registry.components.get(key) for key in release.components)
    owners = {row.product for row in rows if row and row.product}
    return frozenset({*release.products, *release.components} | owners)


def is_ahead(release: Release) -> bool:
    """Say whether a release still has to go out, and somebody means it to."""
    return release.at_phase.column != "shipped" and release.state not in PARKED


def slots_of(releases: Iterable[Release], zone: tzinfo) -> tuple[Slot, ...]:
    """When everything that is still ahead goes out, earliest first."""
    found = [
        Slot(release, span)
        for release in releases
        if is_ahead(release)
        for span in planned_spans(release, zone)
    ]
    found.sort(key=lambda one: (one.span.start, one.span.end, one.release.id))
    return tuple(found)


def shared_by(release: Release) -> Iterator[Shared]:
    """What a release might share with another.

    Quiet releases meet nobody: they count only where they change the same part.
    """
    yield from (Shared("flag", flag.key) for flag in release.flags)
    yield from (Shared("component", key) for key in release.components)
    yield from (Shared("product", key) for key in release.products)
    if release.kind == "quiet":
        return
    groups = (key for key in release.audience if key not in _BUILT_IN)
    yield from (Shared("audience", key) for key in (*release.for_, *groups))
    if support := release.roles.get("support_lead"):
        yield Shared("support team", support)


def overlaps(slots: tuple[Slot, ...]) -> tuple[Overlap, ...]:
    """Releases that go out at a time and share something, earliest first.

    Overlaps of the same releases are one, with all they share. The work grows with the number of
    slots, however many of them fall on one day.

    Args:
        slots: Sorted by their start.
    """
    by_key: dict[Shared, list[Slot]] = {}
    for slot in slots:
        for shared in sorted(set(shared_by(slot.release))):
            by_key.setdefault(shared, []).append(slot)
    found: dict[tuple[int, ...], tuple[list[Slot], list[Shared]]] = {}
    for shared, members in by_key.items():
        for chain in _chains(members):
            if len({slot.release.id for slot in chain}) > 1:
                key = tuple(map(id, chain))
                found.setdefault(key, (chain, []))[1].append(shared)
    rows = (
        Overlap(tuple(chain), tuple(sorted(shared, key=_weight)))
        for chain, shared in found.values()
    )
    return tuple(sorted(rows, key=_order))


def _chains(slots: list[Slot]) -> Iterator[list[Slot]]:
    """Runs of slots of which each meets one before it; there is at least one slot."""
    reach, chain = slots[0].span, [slots[0]]
    for slot in slots[1:]:
        if not reach.meets(slot.span):
            yield chain
            reach, chain = slot.span, []
        chain.append(slot)
        reach = max(reach, slot.span, key=_end)
    yield chain


def _end(span: Span) -> datetime:
    return span.end


def _weight(shared: Shared) -> tuple[bool, Shared]:
    return shared.kind not in HARD, shared


def _order(found: Overlap) -> tuple[object, ...]:
    return found.slots[0].span.start, not found.is_hard, found.shared


def closings(registry: Registry) -> tuple[Closing, ...]:
    """Every freeze and blackout, earliest first."""
    zone = registry.clock.zone
    rows: list[tuple[PathInFile, Blackout]] = [
        (("freezes", number), row) for number, row in enumerate(registry.freezes)
    ]
    rows += [
        (("blackouts", number), row) for number, row in enumerate(registry.blackouts)
    ]
    found = (Closing(row, Span.of(row.start, row.end, zone), at) for at, row in rows)
    return tuple(sorted(found, key=lambda one: (one.span.start, one.at)))


def announcements(release: Release) -> Iterator[tuple[PathInFile, str, Moment]]:
    """When people are still to be told: where it stands, by which channel, when."""
    if announce := release.dates.announce:
        yield ("dates", "announce"), "campaign", announce
    for number, channel in enumerate(release.channels):
        if channel.at and channel.state not in {"sent", "skipped"}:
            path = ("channels", number, "at")
            yield path, channel.channel.replace("_", " "), channel.at
