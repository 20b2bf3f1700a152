"""What the templates of the board, the readiness page and the checklists are filled with."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gatepost.outputs.views import Badge, Callout, Chip, Day, Link


@dataclass(frozen=True, slots=True)
class Told:
    """A cell with a word and a muted line below it."""

    text: str
    note: str
    """May be empty."""
    tone: str
    """`ok` or `no` colours the word; empty leaves it."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One upcoming release on the board. Template: board_row.html."""

    id: str
    href: str
    title: str
    version: str
    owner: str
    value: str
    """Key of the verdict, for the filter."""
    teams: str
    """Folders of the teams it concerns, separated by blanks, for the filter."""
    verdict: Badge
    """Go, No-go with count, Not due."""
    note: str
    """`3 of 19 open`."""
    owners: str
    """`waits for @qa-payments`; empty if nothing stands in the way."""
    day: Day | None
    when: str
    """`in 18 days`, `today`, `overdue by 3 days`."""
    late: bool
    phase: str
    step: int
    """Number of the phase, from 1."""
    steps: int
    marks: tuple[tuple[str, str, str], ...]
    """Kind of team, `done/required`, and state (ok, half, open, no, none)."""
    rollback: Told
    flags: Told
    state: Badge | None
    """At risk, blocked, on hold; none when on track."""


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A month of the board."""

    label: str
    count: str
    freezes: str
    """`, freeze 24 Nov to 2 Dec`; may be empty."""
    rows: tuple[Markup, ...]
    """Each drawn from a `BoardRow`: they are the same in all views."""


@dataclass(frozen=True, slots=True)
class ActRow:
    """Who has to act. Template: board_act.html."""

    id: str
    """Of the release."""
    owner: str
    what: Markup
    fix: Markup
    release: Link
    rule: str
    source: Link | None
    """The exact line."""
    day: Day | None
    late: bool


@dataclass(frozen=True, slots=True)
class BoardView:
    """`/readiness/` and its views, internal. Template: readiness_board.html."""

    title: str
    lead: str
    base: str
    """Address of the whole board, for the filter."""
    chips: tuple[Chip, ...]
    """One prebuilt view for each verdict."""
    teams: tuple[Chip, ...]
    """One prebuilt view for each team."""
    links: tuple[Link, ...]
    """Calendar, and the board as files."""
    notes: tuple[Callout, ...]
    """Days on which nothing goes out."""
    heads: tuple[str, ...]
    """Kinds of team."""
    groups: tuple[BoardGroup, ...]
    acts: tuple[Markup, ...]
    """Each drawn from an `ActRow`."""
    act_links: tuple[Link, ...]
    taken: str
    """When the data was taken."""
    empty: str


@dataclass(frozen=True, slots=True)
class BlockerRow:
    """What stands in the way: what, why, whose, how to fix it."""

    what: Markup
    why: str
    fix: Markup
    line: str
    """The line to paste; may be empty."""
    owner: str
    rule: str
    day: Day | None
    late: bool
    source: Link | None
    warn: bool


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One item of the checklist on a readiness page."""

    state: str
    """`ok`, `half`, `open`, `no`, `waived` or `none`, as marks are drawn."""
    word: str
    """The state in a word."""
    text: str
    note: Markup
    """What is missing, who ticked it; may be empty."""
    owner: str
    rule: str
    gate: str
    """`advised` or `optional`; empty for what is required."""
    source: Link | None


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """The items of one phase."""

    label: str
    count: str
    """`8 of 8 done`."""
    badge: Badge | None
    """`3 block`."""
    open: bool
    rows: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One phase in the line of phases."""

    label: str
    state: str
    """`d` done, `c` current, `x` where it was stopped, empty ahead."""
    note: str
    """`2 Jul`, `since 28 Oct`, `due 3 Dec`; may be empty."""


@dataclass(frozen=True, slots=True)
class FactCell:
    """A cell of a table of facts."""

    text: str
    href: str = ""
    badge: Badge | None = None
    """Drawn instead of the text, which it repeats."""


@dataclass(frozen=True, slots=True)
class FactTable:
    """What the entry says about one thing; the first cell of a row is its header."""

    id: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[FactCell, ...], ...]
    note: str
    """One sentence below the caption; may be empty."""
    links: tuple[Link, ...]
    """The line of the file, and where more stands."""


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of the way back."""

    what: Markup
    who: str
    command: str


@dataclass(frozen=True, slots=True)
class WayBack:
    """The rollback in short: when, how, who."""

    reasons: tuple[tuple[str, str, str], ...]
    """Signal, threshold, what happens then."""
    steps: tuple[WayStep, ...]
    facts: tuple[tuple[str, str, bool], ...]
    """Label, value, and whether it is bad news."""
    page: Link
    source: Link | None
    empty: str
    """What to say when nobody wrote it down; else empty."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What support is told, in short."""

    answers: tuple[tuple[str, str], ...]
    issues: tuple[str, ...]
    macros: str
    page: Link


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """`/releases/<id>/readiness/`, internal. Template: readiness.html."""

    crumb: Link
    title: str
    sub: str
    """Version, products, lead."""
    verdict: Badge
    tone: str
    """`go`, `warn`, `nogo` or `open`."""
    sentence: str
    day: Day | None
    when: str
    blockers: tuple[BlockerRow, ...]
    scores: tuple[tuple[str, str, str], ...]
    steps: tuple[Step, ...]
    ahead: tuple[BlockerRow, ...]
    """What the next gate will ask."""
    ahead_lead: str
    scope: FactTable | None
    """Changes of scope after it was closed, with time and commit; its note says what is known where
    there are no rows. None if it was never closed."""
    checks: tuple[CheckGroup, ...]
    links: tuple[Link, ...]
    """Release page, release file, the page as files."""
    way_back: WayBack | None
    tables: tuple[FactTable, ...]
    """Flags, risks, measures, communication, sign-offs."""
    brief: Brief | None
    terms: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Dates, and roles: short lists side by side."""
    inherited: tuple[tuple[str, str], ...]
    """Field and where it was inherited from."""
    taken: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item on the page of checklists."""

    id: str
    text: str
    owner: str
    gate: str
    kinds: str
    asks: Markup
    """The condition in words, or that a person ticks it."""
    done: int
    waived: int
    failing: int
    links: tuple[Link, ...]
    """Releases it stands in the way of."""
    origin: str
    """`changed here` or `added here`; empty for a shipped item."""
    source: Link | None
    """The line of the registry that changes it."""


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The items of one phase."""

    id: str
    label: str
    lead: str
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class ChecklistsView:
    """`/checklists/`, internal. Template: checklists.html."""

    title: str
    lead: str
    links: tuple[Link, ...]
    groups: tuple[ItemGroup, ...]
    dropped: tuple[tuple[str, str], ...]
    """Id and reason of items the site does not ask."""
    taken: str
