"""How long releases stay where: in each phase by git, in each stage and between dates by fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from gatepost.model.history import History, Revision
from gatepost.model.moment import Moment
from gatepost.model.phase import BY_KEY, KEYS, PhaseKey
from gatepost.model.registry import Registry
from gatepost.model.release import Release

DECIDED_WITHIN = timedelta(days=7)
"""A decision that near a change of scope counts as one about it."""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a release was in one phase or stage, or between two dates."""

    release: str
    where: str
    since: datetime | None
    """None if it was there already when the history begins."""
    until: datetime | None
    """None if it is there now."""
    commit: str = ""
    """The commit that brought it there; empty if a field says so."""
    by: str = ""
    """Who wrote that commit."""

    @property
    def length(self) -> timedelta | None:
        """None while it goes on, or if its beginning is not known."""
        return self.until - self.since if self.since and self.until else None


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """A change of what is in scope after the scope was closed."""

    release: str
    at: datetime
    commit: str
    by: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    decided: str
    """The decision on record within a week of it; empty if there is none."""


def phase_keys(registry: Registry) -> Mapping[str, PhaseKey]:
    """Every spelling of a phase that entries may use, in lower case, to its key."""
    found: dict[str, PhaseKey] = {key: key for key in KEYS}
    for key, row in registry.phases.items():
        found.update({alias.casefold(): key for alias in row.aliases})
    return found


def phase_stays(
    revisions: tuple[Revision, ...], release: str, keys: Mapping[str, PhaseKey]
) -> tuple[Stay, ...]:
    """The phases a release went through, oldest first.

    A version that cannot be read changes nothing. Commits can be dated earlier than those they
    build on; a phase then lasts no time, never less.
    """
    entered: list[tuple[PhaseKey, datetime | None, Revision]] = []
    now = None
    for one in revisions:
        phase = keys.get(one.after.phase.casefold())
        at = max(one.at, now) if now else one.at
        now = at
        if phase is None or (entered and entered[-1][0] == phase):
            continue
        before = keys.get(one.before.phase.casefold())
        came = one.change == "added" or before not in {None, phase}
        known = bool(entered) or came
        entered.append((phase, at if known else None, one))
    ends = [*(at for _, at, _ in entered), None][1:]
    return tuple(
        Stay(release, phase, at, until, one.commit, one.author)
        for (phase, at, one), until in zip(entered, ends, strict=True)
    )


def stage_stays(release: Release) -> Iterator[Stay]:
    """The stages of maturity, from the entry's `stages`."""
    dated = [(one.stage, one.from_date) for one in release.stages if one.from_date]
    for (stage, since), (_, until) in pairwise(dated):
        yield Stay(release.id, stage, since.at, until.at)
    if dated:
        stage, since = dated[-1]
        yield Stay(release.id, stage, since.at, None)


def date_stays(release: Release) -> Iterator[Stay]:
    """The stretches between the dates that entries carry themselves; they need no git."""
    dates, review = release.dates, release.reviewing
    frozen = dates.scope_frozen or (release.scope.frozen_on if release.scope else None)
    held = review.held_on if review else None
    steps: tuple[tuple[str, Moment | None, Moment | None], ...] = (
        ("Scope closed to production", frozen, dates.deployed),
        ("Production to first customers", dates.deployed, dates.exposed),
        ("First customers to review", dates.exposed, held),
    )
    for name, since, until in steps:
        if since and until and until.at >= since.at:
            yield Stay(release.id, name, since.at, until.at)


def all_phase_stays(
    releases: Iterable[Release], history: History, registry: Registry
) -> Iterator[Stay]:
    """The phases of every release, as git knows them."""
    keys = phase_keys(registry)
    for release in releases:
        yield from phase_stays(history.of(release.id), release.id, keys)


def place_order(name: str) -> tuple[int, str]:
    """Phases in their own order, everything else by name after them."""
    row = BY_KEY.get(name)  # type: ignore[call-overload]
    return (row.order if row else len(KEYS), name)


def frozen_on(release: Release) -> Moment | None:
    """When the scope was closed, by the entry as it stands."""
    own = release.scope.frozen_on if release.scope else None
    return own or release.dates.scope_frozen


def late_scope(
    release: Release, revisions: tuple[Revision, ...]
) -> Iterator[ScopeChange]:
    """Changes of scope after the day on which it was closed, as git knows them.

    The day is the one that stood in the entry before the change: whoever opens the scope and
    moves the day in one commit has changed it late. Where the entry said none yet, the day it says
    now counts.
    """
    now = frozen_on(release)
    for one in revisions:
        came = tuple(text for text in one.after.scope if text not in one.before.scope)
        went = tuple(text for text in one.before.scope if text not in one.after.scope)
        known = one.before.scope and one.after.phase
        if known and (came or went) and _is_late(one, now):
            decided = _decision_near(release, one.at)
            yield ScopeChange(
                release.id, one.at, one.commit, one.author, came, went, decided
            )


def _is_late(one: Revision, now: Moment | None) -> bool:
    closed = _day_said(one.before.frozen_on) or (now.day if now else None)
    zone = now.at.tzinfo if now else None
    return closed is not None and one.at.astimezone(zone or UTC).date() > closed


def _day_said(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[: len("2026-11-21")])
    except ValueError:
        return None


def _decision_near(release: Release, at: datetime) -> str:
    near = (one for one in release.decisions if abs(one.on.at - at) <= DECIDED_WITHIN)
    return next((one.what for one in near), "")
