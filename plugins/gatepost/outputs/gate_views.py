"""What the templates of the board, the readiness page and the checklists are filled with."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gatepost.outputs.views import Badge, Callout, Chip, Day, Link, Table


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One upcoming release on the board."""

    href: str
    title: str
    version: str
    owner: str
    verdict: Badge
    """Go, No-go with count, Not due."""
    note: str
    """`3 of 19 open`."""
    day: Day | None
    when: str
    """`in 18 days`, `today`, `overdue by 3 days`."""
    phase: str
    step: int
    """Number of the phase, from 1."""
    steps: int
    scores: tuple[tuple[str, str, str], ...]
    """Label, `done/required`, and state (ok, half, open, no, none) of each readiness."""
    rollback: str
    flags: str
    state: Badge | None
    """At risk, blocked, on hold; none when on track."""


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A month of the board."""

    label: str
    count: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """Who has to act."""

    owner: str
    what: Markup
    fix: Markup
    release: Link
    rule: str
    day: Day | None
    late: bool


@dataclass(frozen=True, slots=True)
class BoardView:
    """`/readiness/` and its views, internal. Template: readiness_board.html."""

    title: str
    lead: str
    chips: tuple[Chip, ...]
    """One prebuilt view for each verdict."""
    links: tuple[Link, ...]
    """Checklists, and the board as a file."""
    notes: tuple[Callout, ...]
    """Days on which nothing goes out."""
    groups: tuple[BoardGroup, ...]
    acts: tuple[ActRow, ...]
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
    steps: tuple[tuple[str, str, str], ...]
    """Label, state (`d` done, `c` current, empty ahead) and note of each phase."""
    ahead: tuple[BlockerRow, ...]
    """What the next gate will ask."""
    ahead_lead: str
    scope_note: str
    """What is known about changes of scope after it was closed; empty if it never was."""
    scope: Table
    """Each of them, with time and commit; may have no rows."""
    checks: tuple[CheckGroup, ...]
    links: tuple[Link, ...]
    """Release page, release file, verdict as a file."""
    tables: tuple[Table, ...]
    """Rollback, flags, risks, measures, communication, sign-offs, dates."""
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
