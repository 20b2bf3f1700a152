"""What the templates of the flag pages are given: finished facts, in the order they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gatepost.outputs.views import Badge, Callout, Chip, Day, Link


@dataclass(frozen=True, slots=True)
class Level:
    """How much of something is on, for a bar with its number beside it."""

    text: str
    """`40%`, `some accounts`, or the value that is served."""
    share: str = ""
    """Width of the bar in percent, as a number; empty draws none."""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A row of the register."""

    key: str
    href: str
    about: str
    """The release it belongs to, in its own words."""
    purpose: str
    here: Level
    source: Link | None
    """The line it is declared in."""
    there: Level | None
    """None if nobody knows what the provider says."""
    owner: str
    releases: tuple[Link, ...]
    kill_switch: str
    remove_by: Day | None
    no_date: str
    """What to say without a day of removal."""
    over: str
    """`71 days over`; else empty."""
    badges: tuple[Badge, ...]
    """What is wrong; empty if all is in step."""
    tone: str
    """`bad` for drift, `hot` for other problems, else empty."""


@dataclass(frozen=True, slots=True)
class FlagsView:
    """`/flags/` and its views, internal. Template: flags.html."""

    title: str
    lead: str
    files: tuple[Link, ...]
    chips: tuple[Chip, ...]
    notes: tuple[Callout, ...]
    """What is wrong with the provider's file."""
    source: str
    """Where the provider's side comes from."""
    compared: bool
    rows: tuple[FlagRow, ...]
    shown: str
    """`500 of 10,000 shown`; empty if all are."""
    empty: str
    searchable: bool
    """Whether there are rows enough to look for one."""
    taken: str


@dataclass(frozen=True, slots=True)
class FlagFact:
    """A line of the card of one flag."""

    label: str
    value: Markup
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class BehindRow:
    """A release behind a flag."""

    release: Link
    phase: str
    exposed: str
    """Who has it, for colleagues."""
    readers: str
    """What its readers are told; never a key."""
    rollback: Link | None
    source: Link | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the rollout."""

    share: str
    who: str
    day: Day | None
    state: str


@dataclass(frozen=True, slots=True)
class FlagView:
    """`/flags/<key>/`, internal. Template: flag.html."""

    crumb: Link
    key: str
    sub: str
    badges: tuple[Badge, ...]
    source: Link | None
    files: tuple[Link, ...]
    """The page as CSV, the register as JSON."""
    problems: tuple[Callout, ...]
    facts: tuple[FlagFact, ...]
    releases: tuple[BehindRow, ...]
    steps: tuple[StepRow, ...]
    nobody: str
    """What to say if no release declares it; else empty."""
    taken: str
