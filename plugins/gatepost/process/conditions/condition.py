"""What a condition is, what it looks at, and what it may answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from gatepost.model.item import ConditionName
from gatepost.model.moment import Moment
from gatepost.model.parts import Approval
from gatepost.model.registry import Policy, Profile
from gatepost.model.release import PathInFile, Release
from gatepost.process.flag_facts import FlagFacts
from gatepost.process.waits import Waiting


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at."""

    release: Release
    profile: Profile
    policy: Policy
    zone: tzinfo
    """Where the hours of `policy.peak_hours` are counted."""
    as_of: datetime
    waits: Mapping[int, Waiting] = field(default_factory=dict)
    """How the release's dependencies stand, by their place."""
    flags: FlagFacts = field(default_factory=FlagFacts)
    """What the provider of flags says, if anybody knows."""

    @property
    def given(self) -> tuple[Approval, ...]:
        """The sign-offs so far: one that is dated ahead has not been given yet."""
        said = self.release.approvals.given if self.release.approvals else ()
        return tuple(one for one in said if not is_ahead(one.on, self.as_of))


def is_ahead(moment: Moment | None, as_of: datetime) -> bool:
    """Whether something is dated on a later day than today; undated things are not."""
    if moment is None:
        return False
    return moment.day > as_of.astimezone(moment.at.tzinfo).date()


@dataclass(frozen=True, slots=True)
class Gap:
    """What exactly is missing or wrong: a test that failed, an article still to be written."""

    what: str
    """What is wrong, as a sentence without a full stop."""
    path: PathInFile = ()
    """Where it stands; the condition's field when left out."""
    edit: str = ""
    """What to write there; the condition's edit when left out."""
    owner: str = ""
    """Team handle; the item's owner when left out."""
    due: Moment | None = None
    """When it is due; the gate's day when left out."""
    hard: bool = True
    """Whether it is bad news already, before the gate asks; false for work still to be done."""
    fix: str = ""
    """What to do where no line of the entry mends it, without a full stop."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """The question cannot be put here, and why."""

    why: str
    """As a sentence without a full stop."""


Finding = bool | Gap | Unasked | None
"""True: it holds. False: nothing is there yet. None: the entry cannot tell, so a person may tick
it. A gap: a fact says no, and no tick can change that."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One question over an entry."""

    name: ConditionName
    words: str
    """What holds when it is answered with yes, without a full stop."""
    field: str
    """The field that answers it, with dots between the blocks."""
    edit: str
    """What to write there as YAML, in one line; `{today}`, `{day}`, `{owner}` and `{version}` stand
    for the clock, the planned day, the team that is asked, and the entry's version."""
    holds: Callable[[Facts], Finding]


Table = tuple[Condition, ...]


def filled(*texts: str) -> bool:
    """Whether every text says something."""
    return all(text.strip() for text in texts)


def untold() -> Gap:
    """There is no text that says what changed."""
    edit = "what customers have now"
    return Gap("no text says what changed", ("what",), edit, hard=False)


def first_gap(gaps: Iterable[Gap]) -> Gap | None:
    """The first of several gaps: one edit at a time."""
    return next(iter(gaps), None)
