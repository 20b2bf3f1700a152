"""One flag, by everything that releases say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from gatepost.model.finding import Finding, Law, Level, Place
from gatepost.model.moment import Moment
from gatepost.model.parts import FeatureFlag
from gatepost.model.release import Release
from gatepost.process.exposure import ALL, Exposure
from gatepost.rules import flag_laws as laws

State = Literal["off", "partly-on", "on", "taken-back", "fixed"]
"""*fixed*: the flag is no rollout, and serves its default until somebody switches it."""
ProblemKind = Literal[
    "past-date", "no-end", "no-owner", "no-safe-value", "disagreement"
]
Purpose = Literal["release", "ops", "experiment", "permission"]

ROLLOUTS: frozenset[Purpose] = frozenset({"release", "experiment"})
"""Purposes whose flags follow the rollout of their releases."""
_TAKEN_BACK = frozenset({"rolled-back", "withdrawn", "cancelled"})
_LAWS: dict[ProblemKind, Law] = {
    "past-date": laws.PAST_DATE,
    "no-end": laws.NO_END,
    "no-owner": laws.NO_OWNER,
    "no-safe-value": laws.NO_SAFE_VALUE,
    "disagreement": laws.DISAGREEMENT,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong about a flag."""

    kind: ProblemKind
    place: Place
    sentence: str
    """Names the flag; no full stop."""

    @property
    def level(self) -> Level:
        """Past its date is an error; everything else is advice."""
        return _LAWS[self.kind].level

    @property
    def finding(self) -> Finding:
        """For reports."""
        law = _LAWS[self.kind]
        return Finding(
            self.place, law.code, self.sentence, law.fix.removesuffix("."), law.level
        )


@dataclass(frozen=True, slots=True)
class Declaration:
    """A flag as one release declares it."""

    release: Release
    number: int
    """Its place in the release's list of flags, from 0."""
    exposed: Exposure
    """Who has the release."""

    @property
    def flag(self) -> FeatureFlag:
        """What the entry says."""
        return self.release.flags[self.number]

    @property
    def taken_back(self) -> bool:
        """Whether the release is no longer in effect."""
        return self.release.state in _TAKEN_BACK

    @property
    def since(self) -> Moment | None:
        """When it reached as many accounts as it has now."""
        reached = [one for one in self.exposed.steps if one.reached and one.on]
        if reached and reached[-1].share == self.exposed.share:
            return reached[-1].on
        return self.exposed.since

    def at(self, field: str = "key") -> Place:
        """Where *field* of the flag was written."""
        return self.release.at("flags", self.number, field)


@dataclass(frozen=True)
class FlagRecord:
    """One flag, by everything that releases say about it."""

    key: str
    declarations: tuple[Declaration, ...]
    """The newest release first."""
    problems: tuple[Problem, ...] = ()

    @property
    def purpose(self) -> Purpose:
        """Why it exists, by the newest release."""
        return self.declarations[0].flag.purpose

    @cached_property
    def owner(self) -> str:
        """Team handle; empty if nobody is named."""
        return self._first("owner")

    @cached_property
    def default(self) -> str:
        """Variant when nothing is set; may be empty."""
        return self._first("default")

    @cached_property
    def safe_value(self) -> str:
        """Variant that is safe in an incident; may be empty."""
        return self._first("safe_value")

    @cached_property
    def provider(self) -> str:
        """Which provider; may be empty."""
        return self._first("provider")

    def _first(self, field: str) -> str:
        said = (str(getattr(one.flag, field)) for one in self.declarations)
        return next((text for text in said if text), "")

    @cached_property
    def kill_switch(self) -> bool:
        """Whether on-call may turn it off."""
        return any(one.flag.kill_switch for one in self.declarations)

    @cached_property
    def introduced(self) -> Moment | None:
        """When it came in, by the earliest word of any release."""
        said = (one.flag.introduced for one in self.declarations)
        return min((one for one in said if one), default=None)

    @cached_property
    def remove_by(self) -> Moment | None:
        """When it must be gone, by the newest release that says so."""
        said = (one.flag.remove_by for one in self.declarations)
        return next((one for one in said if one), None)

    @cached_property
    def leading(self) -> Declaration:
        """The release that has brought it to most accounts; the newest of them."""
        return max(self.declarations, key=lambda one: one.exposed.share)

    @property
    def share(self) -> int | None:
        """Percent of accounts that have it; None if it is no rollout."""
        return self.leading.exposed.share if self.purpose in ROLLOUTS else None

    @property
    def general(self) -> bool:
        """Whether a release calls its feature generally available, with no step ahead to all."""
        return any(
            one.release.stage == "ga"
            and one.release.at_phase.released
            and not one.taken_back
            and all(step.share < ALL for step in one.exposed.steps)
            for one in self.declarations
        )

    @property
    def state(self) -> State:
        """Where it stands now."""
        if all(one.taken_back for one in self.declarations):
            return "taken-back"
        if self.share is None:
            return "fixed"
        return "on" if self.share >= ALL else "partly-on" if self.share else "off"

    def has(self, kind: ProblemKind) -> bool:
        """Whether a problem of that kind was found."""
        return any(one.kind == kind for one in self.problems)

    @property
    def stale(self) -> bool:
        """Whether it should be gone, or say when it will."""
        return self.has("past-date") or self.has("no-end")


def days_over(until: Moment, as_of: datetime) -> int:
    """Whole days since *until*, in its own zone; negative before it."""
    return (as_of.astimezone(until.at.tzinfo).date() - until.day).days
