"""The tables of internal pages as files: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gatepost.outputs.desk import Desk
from gatepost.outputs.gate_words import csv_bytes
from gatepost.outputs.json_text import json_text

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as plain text."""

    caption: str
    heads: Cells
    rows: tuple[Cells, ...]


def sheet_csv(sheet: Sheet) -> bytes:
    """One table."""
    return csv_bytes(sheet.heads, sheet.rows)


def stacked_csv(sheets: Iterable[Sheet]) -> bytes:
    """Several tables below each other: the first cell names each, its first row has its heads."""
    rows = [
        (sheet.caption, *cells)
        for sheet in sheets
        if sheet.rows
        for cells in (sheet.heads, *sheet.rows)
    ]
    width = max((len(row) for row in rows), default=1)
    heads = ("Table", *(f"Column {number}" for number in range(1, width)))
    return csv_bytes(heads, ((*row, *[""] * (width - len(row))) for row in rows))


def sheets_json(desk: Desk, sheets: Mapping[str, Sheet]) -> bytes:
    """Tables by name, each row an object named by the heads; with the time of the data."""
    told = {
        name: [_named(sheet.heads, row) for row in sheet.rows]
        for name, sheet in sheets.items()
    }
    as_of = desk.book.as_of.isoformat(timespec="seconds")
    return json_text({"version": 1, "as_of": as_of, **told}).encode()


def _named(heads: Cells, row: Cells) -> dict[str, str]:
    keys = (head.lower().replace(" ", "_") for head in heads)
    return dict(zip(keys, row, strict=True))
