"""What the internal calendar's template gets."""

from __future__ import annotations

from dataclasses import dataclass

from gatepost.outputs.views import Badge, Day, Link


@dataclass(frozen=True, slots=True)
class Item:
    """One event in a cell."""

    day: Day
    name: Link
    """Without address for freezes."""
    note: str
    """Its track and detail, such as `Rollout step, 60% EU accounts`."""
    clash: Badge | None
    """`Collides`, `In a freeze`, `Too early`, `Overlaps`; None if nothing is in the way."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The events of one group of tracks in a row's time."""

    label: str
    items: tuple[Item, ...]
    more: str
    """`and 120 more`; empty if all are listed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A week, or a month further away."""

    anchor: str
    label: str
    note: str
    """`This week`, `3 releases`."""
    closed: bool
    """Whether a freeze or blackout falls into it."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of the calendar with their heading."""

    id: str
    title: str
    first: str
    """Head of the first column: Week or Month."""
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    folded: bool
    empty: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A row of the table of collisions."""

    badge: Badge
    hard: bool
    releases: tuple[Link, ...]
    more: str
    what: str
    day: Day


@dataclass(frozen=True, slots=True)
class Closed:
    """A freeze or blackout that is on or ahead."""

    name: str
    day: Day
    words: str
    note: str
    """`Now`, `in 3 days`."""


@dataclass(frozen=True, slots=True)
class WaitRow:
    """What one team owes a release."""

    team: str
    what: str
    release: Link
    on: Link | None
    """The release it comes with, or the address it refers to."""
    ref: str
    day: Day | None
    badge: Badge
    why: str
    source: Link | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, in units of its drawing."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    """Where its words are centred."""
    value_y: int
    """Where its number stands."""
    label: str
    value: str
    open: bool
    """Whether its time is not over."""
    late: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with the sentence that says the same."""

    id: str
    title: str
    says: str
    width: int
    height: int
    base: int
    """Where zero is, from the top."""
    label_y: int
    """Where the labels of the bars stand."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What went out in a month."""

    label: str
    count: int
    products: str
    releases: tuple[Link, ...]
    more: str


@dataclass(frozen=True, slots=True)
class SlipRow:
    """Planned against actual."""

    release: Link
    planned: Day
    actual: Day | None
    words: str
    """`on the day`, `6 days late`, `2 days early`, `overdue by 3 days`."""
    late: bool


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A roadmap target that moved."""

    release: Link
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """`/calendar/`, internal. Template: calendar.html."""

    title: str
    lead: str
    zone: str
    closed: tuple[Closed, ...]
    clashes: tuple[Clash, ...]
    no_clash: str
    grids: tuple[Grid, ...]
    """Next eight weeks, later months, past months."""
    waits: tuple[WaitRow, ...]
    cadence: Chart | None
    months: tuple[MonthRow, ...]
    slip: Chart | None
    slips: tuple[SlipRow, ...]
    slip_words: str
    moves: tuple[MoveRow, ...]
    ics: Link
    csv: Link
    json: Link
    collisions_csv: Link
    waits_csv: Link
    months_csv: Link
    slips_csv: Link
    subscribe: Link
    taken: str
