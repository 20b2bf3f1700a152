"""A table as plain rows, for the page, a CSV file and the JSON alike."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime

Cell = str | int | float | tuple[str, ...] | None
_FORMULA = re.compile(r"[=+\-@\t\r]")
_HANDLE = re.compile(r"@[\w.-]+")
RELEASES = "releases"
"""Column of ids: linked on the page, separated by spaces in CSV, a list in JSON."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    name: str
    """Part of its address: `/metrics/{name}.csv`."""
    title: str
    about: str
    """What it holds, in one sentence."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    why_empty: str = ""
    """Why there is nothing in it, and what to do."""


def csv_bytes(sheet: Sheet) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8; no cell starts a formula in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_csv(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode()


def _csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    text = " ".join(cell) if isinstance(cell, tuple) else cell
    harmless = not _FORMULA.match(text) or _HANDLE.fullmatch(text)
    return text if harmless else f"'{text}"


def json_rows(sheet: Sheet) -> list[dict[str, object]]:
    """A table as JSON objects; names are those of the columns, in one word each."""
    return [
        {
            name.replace("%", "percent").replace("-", "_").replace(" ", "_"): list(cell)
            if isinstance(cell, tuple)
            else cell
            for name, cell in zip(sheet.columns, row, strict=True)
        }
        for row in sheet.rows
    ]


def rounded(value: float | None) -> float | None:
    """Two digits after the point: more would claim what nobody measured."""
    return None if value is None else round(value, 2)


def stamp(at: datetime | None) -> str:
    """RFC 3339 in the offset it was written in, to the second."""
    return "" if at is None else at.isoformat(timespec="seconds")
