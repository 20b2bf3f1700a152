"""A readiness page for spreadsheets: each of its tables, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.phase import BY_KEY
from gatepost.model.release import Release
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_tables import tables, terms
from gatepost.outputs.gate_words import csv_bytes
from gatepost.outputs.words import plain
from gatepost.process.answer import Answer

_CHECKS = (
    "Checks",
    "Phase",
    "Check",
    "Id",
    "State",
    "Gate",
    "Role",
    "Owner",
    "Due",
    "Note",
)


def readiness_csv(desk: Desk, release: Release) -> bytes:
    """Every table of the page; the first cell names it, the first row of each has its heads."""
    rows = [_CHECKS, *(_check(desk, one) for one in desk.verdicts[release.id].answers)]
    rows += _facts(desk, release)
    width = max(len(row) for row in rows)
    whole = [(*row, *[""] * (width - len(row))) for row in rows]
    heads = ("Table", *(f"Column {number}" for number in range(1, width)))
    return csv_bytes(heads, whole)


def _check(desk: Desk, one: Answer) -> tuple[str, ...]:
    return (
        "Checks",
        desk.label_of(BY_KEY[one.item.phase]),
        one.item.text,
        one.item.id,
        one.state,
        one.gate,
        one.item.owner,
        one.owner,
        one.by.iso if one.by else "",
        plain(". ".join(part for part in (one.what, one.note) if part)),
    )


def _facts(desk: Desk, release: Release) -> Iterator[tuple[str, ...]]:
    plan = release.rollback
    if plan:
        yield "Rollback steps", "Step", "Who", "Command", "Expect"
        for one in plan.executors:
            yield "Rollback steps", one.step, one.who, one.command, one.expect
    for table in tables(desk, release):
        yield (table.caption, *table.heads)
        for row in table.rows:
            yield (table.caption, *(cell.text for cell in row))
    for caption, lines in terms(release, desk.site.zone):
        for label, value in lines:
            yield caption, label, value
