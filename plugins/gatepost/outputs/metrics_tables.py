"""The tables of the metrics page: what a person looks for; the files have every row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gatepost.model.moment import Moment
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.metrics_delivery_sheets import failure_sheet, past_periods
from gatepost.outputs.metrics_sheet import Cell, Sheet
from gatepost.outputs.metrics_views import (
    CellView,
    RowView,
    Stage,
    TableView,
    reading_words,
    release_cell,
)
from gatepost.outputs.views import Link
from gatepost.outputs.words import day, plain
from gatepost.process.metrics import READERS, within
from gatepost.process.spans import Period
from gatepost.process.survey import Survey

METRICS = "metrics/"
_ON_PAGE = ("cycle-times", "predictions", "checks", "scope-changes", "owners", "gaps")
_MOST_MONTHS = 12
_MOST_ROWS = 100
"""Of a table on the page; the file has all."""
_DAYS = frozenset({"deployed", "failed", "read on", "at"})
"""Columns of times: the page shows the day, the files the second."""


def tables(facts: Survey, made: tuple[Sheet, ...], stage: Stage) -> Iterator[TableView]:
    """The tables of a page: of all products there are more.

    Args:
        facts: What is known of the page's product, or of all.
        made: Every table of all products; none on a product's page.
        stage: What all parts of the page share.
    """
    failed = failure_sheet(stage.rows)
    yield _table(facts, failed, csv=bool(made))
    by_name = {one.name: one for one in made}
    if not made:
        return
    yield _months(facts)
    for name in _ON_PAGE:
        yield _table(facts, _short(by_name[name]))


def _months(facts: Survey) -> TableView:
    """The newest months of all products; the file has every month of each product."""
    months = past_periods(facts, "month")[: -_MOST_MONTHS - 1 : -1]
    return TableView(
        "months",
        "By month",
        "The last twelve months of all products. The file has every month of each product, and "
        "there is one by quarter.",
        ("Month", "Deployments", *(about.name for about, _ in READERS[1:]), "Releases"),
        tuple(_month(facts, one) for one in months),
        "" if months else "No deployment to production is on record.",
        f"{ROOT}{METRICS}months.csv",
    )


def _month(facts: Survey, period: Period) -> RowView:
    rows = within(facts.deployments, period.window)
    note = "" if period.complete else ", so far"
    note += ", baseline" if period.baseline else ""
    read = [(about, reader(rows, 1)) for about, reader in READERS[1:]]
    ids = tuple(dict.fromkeys(name for one in rows for name in one.releases))
    cells = (f"{period.label}{note}", str(len(rows)))
    words = (*cells, *(reading_words(reading, about) for about, reading in read))
    return RowView((*map(CellView, words), release_cell(facts, ids)))


def _short(sheet: Sheet) -> Sheet:
    """What a person looks for; the file has everything."""
    if sheet.name == "checks":
        column = sheet.columns.index("never fails")
        rows = tuple(row for row in sheet.rows if row[column])
        why = (
            sheet.why_empty
            or "Every item that was asked often enough stood in the way once."
        )
        title = "Checklist items that never fail"
        return Sheet(sheet.name, title, sheet.about, sheet.columns, rows, why)
    if sheet.name == "owners":
        column = sheet.columns.index("empty")
        rows = tuple(row for row in sheet.rows if row[column])
        full = len(sheet.rows) - len(rows)
        about = f"{full} of {len(sheet.rows)} releases have somebody for every role that signs."
        why = sheet.why_empty or "No role is empty."
        return Sheet(sheet.name, sheet.title, about, sheet.columns, rows, why)
    return sheet


def _table(facts: Survey, sheet: Sheet, *, csv: bool = True) -> TableView:
    rows, about = sheet.rows[:_MOST_ROWS], sheet.about
    if len(rows) < len(sheet.rows):
        about += f" {len(rows)} of {len(sheet.rows):,} are shown, the file has all."
    return TableView(
        id=sheet.name,
        caption=sheet.title,
        about=plain(about),
        heads=tuple(f"{head[:1].upper()}{head[1:]}" for head in sheet.columns),
        rows=tuple(RowView(_cells(facts, sheet.columns, row)) for row in rows),
        empty="" if sheet.rows else plain(sheet.why_empty),
        csv=f"{ROOT}{METRICS}{sheet.name}.csv" if csv else "",
    )


def _cells(
    facts: Survey, columns: tuple[str, ...], row: tuple[Cell, ...]
) -> tuple[CellView, ...]:
    pairs = zip(columns, row, strict=True)
    return tuple(_cell(facts, name, cell) for name, cell in pairs)


def _cell(facts: Survey, column: str, cell: Cell) -> CellView:
    if isinstance(cell, tuple):
        return release_cell(facts, cell)
    if column in _DAYS and isinstance(cell, str) and cell:
        at = datetime.fromisoformat(cell)
        return CellView(day(Moment(at, timed=True), facts.zone).text)
    if isinstance(cell, str) and cell.startswith(("https://", "http://")):
        return CellView("", (Link(f"{column[:1].upper()}{column[1:]}", cell),))
    if isinstance(cell, float):
        return CellView(f"{cell:g}")
    return CellView("" if cell is None else plain(str(cell)))
