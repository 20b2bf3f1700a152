"""What the metrics and trail templates get, and the words for numbers in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatepost.model.moment import Moment
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.metrics_charts import Chart
from gatepost.outputs.views import Link
from gatepost.outputs.words import day, plain
from gatepost.process.deployment import Deployment
from gatepost.process.metrics import Definition, Reading, within
from gatepost.process.spans import Window, weeks
from gatepost.process.survey import Survey

_HOURS_OF_DAYS = 72
_MINUTES_OF_HOURS = 180
_MONTHLY_FROM_WEEKS = 20
_WEEKS_TOGETHER = 4
_MOST_UNAMBIGUOUS_DAYS = 300
MOST_RELEASES = 3
"""Releases in one cell before they fold away."""
MOST_LINKS = 40
"""Releases in one cell at all; the files have every one."""


@dataclass(frozen=True, slots=True)
class CellView:
    """Text, links, or both."""

    text: str
    links: tuple[Link, ...] = ()
    folded: str = ""
    """What the links are called while they are folded away; empty if they are not."""
    more: str = ""
    """How many are left out, and where they are; empty if none is."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row; its first cell names it."""

    cells: tuple[CellView, ...]
    anchor: str = ""
    """Its id, if marks of a chart lead to it."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table whose last cells are links."""

    id: str
    caption: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[RowView, ...]
    empty: str = ""
    csv: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """One figure."""

    id: str
    name: str
    guide: str
    """What older guides call it, if they call it otherwise."""
    big: str
    unit: str
    tone: str
    """`ok`, `no` or `m`."""
    icon: str
    """`up`, `down` or nothing."""
    change: str
    baseline: str
    chart: Chart | None
    note: str
    why_not: str
    fix: str
    table: TableView | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What all cards of one page share."""

    facts: Survey
    window: Window
    rows: tuple[Deployment, ...]
    """Deployments of the window, oldest first."""

    def day(self, at: datetime) -> str:
        """`18 Nov 2026` in the site's zone."""
        return day(Moment(at, timed=True), self.facts.zone).text

    def short(self, at: datetime) -> str:
        """`18 Nov`."""
        return day(Moment(at, timed=True), self.facts.zone, year=False).text

    def across(self, at: datetime) -> float:
        """Where a moment lies in the window, from 0 to 1."""
        return (at - self.window.since) / (self.window.until - self.window.since)

    @property
    def ends(self) -> tuple[str, str, str]:
        """Words for the start, the middle and the end of the window."""
        # A long time shows two days of the same name.
        word = (
            self.day if self.window.day_count > _MOST_UNAMBIGUOUS_DAYS else self.short
        )
        return word(self.window.since), word(self.window.middle), word(self.facts.as_of)

    def weeks(self) -> tuple[tuple[Window, tuple[Deployment, ...]], ...]:
        """The weeks of the window with their deployments; four at once in a long one."""
        each = list(weeks(self.window))
        if len(each) > _MONTHLY_FROM_WEEKS:
            # Counted from now, so that the newest bar is never a shorter one.
            starts = range(
                len(each) - _WEEKS_TOGETHER, -_WEEKS_TOGETHER, -_WEEKS_TOGETHER
            )
            groups = [each[max(n, 0) : n + _WEEKS_TOGETHER] for n in reversed(starts)]
            each = [Window(group[0].since, group[-1].until) for group in groups]
        return tuple((one, within(self.rows, one)) for one in each)


def release_cell(facts: Survey, ids: tuple[str, ...]) -> CellView:
    """Releases as links to their trails; many of them fold away."""
    links = tuple(
        Link(plain(facts.titles.get(one, one)), f"{ROOT}releases/{one}/trail/")
        for one in ids[:MOST_LINKS]
    )
    folded = f"{len(ids):,} releases" if len(ids) > MOST_RELEASES else ""
    left = len(ids) - len(links)
    return CellView(
        "", links, folded, f", and {left:,} more in the file" if left else ""
    )


def amount(value: float) -> str:
    """`3.4`, `26`, `1,240`: no digits that nobody measured."""
    if abs(value) >= 100:  # noqa: PLR2004 - three digits are enough
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0")


def said(about_unit: str, value: float) -> tuple[str, str]:
    """A number and its unit, in the unit people would use."""
    if about_unit == "hours" and value > _HOURS_OF_DAYS:
        return amount(value / 24), "days"
    if about_unit == "minutes" and value > _MINUTES_OF_HOURS:
        return amount(value / 60), "hours"
    if about_unit == "%":
        return f"{amount(value)}%", ""
    return amount(value), about_unit


def reading_words(reading: Reading, about: Definition) -> str:
    """A reading in a few words; empty if there is none."""
    if reading.value is None:
        return ""
    words = " ".join(said(about.unit, reading.value)).strip()
    return (
        f"{words}, {reading.count} of {reading.total}" if about.unit == "%" else words
    )
