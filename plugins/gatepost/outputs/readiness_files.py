"""A readiness page for spreadsheets: each of its tables, one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.phase import BY_KEY
from gatepost.model.release import Release
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_files import Cells, Sheet, stacked_csv
from gatepost.outputs.desk_tables import tables, terms
from gatepost.outputs.scope_changes import SCOPE_HEADS, scope_rows
from gatepost.outputs.words import plain
from gatepost.process.answer import Answer
from gatepost.process.phase_times import late_scope

_CHECKS = ("Phase", "Check", "Id", "State", "Gate", "Role", "Owner", "Due", "Note")
_STEPS = ("Step", "Who", "Command", "Expect")


def readiness_csv(desk: Desk, release: Release) -> bytes:
    """Every table of the page."""
    return stacked_csv(_sheets(desk, release))


def _sheets(desk: Desk, release: Release) -> Iterator[Sheet]:
    answers = desk.verdicts[release.id].answers
    yield Sheet("Checks", _CHECKS, tuple(_check(desk, one) for one in answers))
    late = tuple(late_scope(release, desk.book.history.of(release.id)))
    yield Sheet(
        "Scope since it was closed", SCOPE_HEADS, scope_rows(late, desk.site.zone)
    )
    steps = release.rollback.executors if release.rollback else ()
    rows = tuple((one.step, one.who, one.command, one.expect) for one in steps)
    yield Sheet("Rollback steps", _STEPS, rows)
    for one in tables(desk, release):
        cells = tuple(tuple(cell.text for cell in row) for row in one.rows)
        yield Sheet(one.caption, one.heads, cells)
    for caption, lines in terms(release, desk.site.zone):
        yield Sheet(caption, ("What", "Value"), lines)


def _check(desk: Desk, one: Answer) -> Cells:
    return (
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
