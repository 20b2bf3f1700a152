"""The way back of one release: whether it was rehearsed, and whether it may go out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gatepost.model.moment import Moment
from gatepost.model.parts import Incident, Rollback
from gatepost.model.release import Release
from gatepost.rules.rollback import went_out
from gatepost.rules.runbook import hash_line, post_mortems_owed, runbook_changed

Freshness = Literal[
    "fresh",
    "not-needed",
    "no-plan",
    "never",
    "old",
    "changed",
    "unrecorded",
]
ENOUGH: frozenset[Freshness] = frozenset({"fresh", "not-needed"})
DAYS = 90
"""How old a rehearsal may be when no profile says otherwise."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What is known about the rehearsal of a way back."""

    freshness: Freshness
    on: Moment | None
    """When it was last rehearsed."""
    age_days: int
    """Days between the rehearsal and the moment it must be fresh for."""
    limit_days: int
    sentence: str
    """The answer in words, with a full stop."""
    fix: str
    """The smallest edit that mends it; empty if nothing needs mending."""

    @property
    def enough(self) -> bool:
        """Whether the rehearsal is good enough for a go."""
        return self.freshness in ENOUGH


@dataclass(frozen=True, slots=True)
class Redeploy:
    """Whether a release that was rolled back may go out again."""

    rolled_back: bool
    """Whether it stands rolled back now."""
    owed: tuple[Incident, ...]
    """Incidents whose post-mortem is missing."""
    linked: tuple[Incident, ...]
    """Incidents that ended in a rollback and have their post-mortem."""

    @property
    def allowed(self) -> bool:
        """Whether nothing is owed. A rollback without an incident on record owes one."""
        return not self.owed and (bool(self.linked) or not self.rolled_back)


def rehearsal(release: Release, as_of: datetime, days: int = DAYS) -> Rehearsed:
    """Say whether the way back was rehearsed lately, with the runbook as it stands.

    Args:
        release: Its `rollback` and what its runbook is known by.
        as_of: The clock.
        days: How old a rehearsal may be on the day the release goes out.

    Source: product reference, section 4, gate: a test older than the limit or than the last change
    to the runbook counts as none.
    """
    plan = release.rollback
    if plan is None:
        return Rehearsed(
            "no-plan", None, 0, days, "There is no way back.", "add `rollback:`"
        )
    if not plan.possible or one_way(plan):
        text = "There is nothing to rehearse: this release cannot be rolled back."
        return Rehearsed("not-needed", None, 0, days, text, "")
    if plan.tested is None:
        text = "The way back was never rehearsed."
        fix = "rehearse it, then add `tested: {on: ..., by: ..., env: ...}`"
        return Rehearsed("never", None, 0, days, text, fix)
    age = (went_out(release, as_of) - plan.tested.on.at).days
    freshness, text, fix = _judged(release, age, days)
    return Rehearsed(freshness, plan.tested.on, age, days, text, fix)


def _judged(release: Release, age: int, days: int) -> tuple[Freshness, str, str]:
    again = "rehearse it again, then set `on:` under `tested:`"
    line = hash_line(release)
    changed = runbook_changed(release)
    if changed:
        text = "The runbook was changed after it was rehearsed."
        return "changed", text, f"{again} and {line}"
    if age > days:
        text = f"Not rehearsed in the last {days} days."
        if release.at_phase.released:
            text = f"Rehearsed {age} days before it went out, {days} days were allowed."
        return "old", text, again
    if changed is None and release.source.runbook:
        text = "Nobody noted which text of the runbook was rehearsed."
        return "unrecorded", text, f"if it was the text of today, add {line}"
    return "fresh", f"Rehearsed within {days} days.", ""


def one_way(plan: Rollback) -> bool:
    """Whether a plan says, by its strategies, that there is no way back."""
    return bool(plan.strategies) and all(one.kind == "none" for one in plan.strategies)


def redeploy(release: Release) -> Redeploy:
    """Say whether the release may be deployed, as far as earlier rollbacks are concerned."""
    owed = post_mortems_owed(release)
    linked = tuple(
        one for one in release.incidents if one.fix == "rollback" and one.postmortem
    )
    waived = release.rollback is not None and not release.rollback.post_mortem_required
    return Redeploy(release.state == "rolled-back" and not waived, owed, linked)
