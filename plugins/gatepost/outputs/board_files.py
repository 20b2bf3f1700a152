"""The board for spreadsheets and programs: its releases, and what stands in their way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gatepost.model.release import Release
from gatepost.outputs.artifact import Artifact, FileArtifact
from gatepost.outputs.desk import READINESS, Desk
from gatepost.outputs.desk_files import Cells, Sheet, sheet_csv, sheets_json
from gatepost.outputs.gate_words import VERDICTS, score_marks
from gatepost.outputs.words import plain
from gatepost.process.blockers import Blocker

CSV = f"{READINESS}board.csv"
BLOCKERS_CSV = f"{READINESS}blockers.csv"
JSON = "api/v1/board.json"
_HEADS = (
    *("Id", "Title", "Version", "Lead", "Verdict", "Blockers", "Planned"),
    *("Phase", "State", "Technical", "Customer", "Business"),
)
_BLOCKER_HEADS = (
    *("Release", "Owner", "Blocker", "Check", "Due", "Fix", "File", "Line"),
)


def board_files(desk: Desk) -> Iterator[Artifact]:
    """Both tables as CSV, and together as JSON."""
    yield FileArtifact(CSV, lambda: sheet_csv(_releases(desk)))
    yield FileArtifact(BLOCKERS_CSV, lambda: sheet_csv(_blockers(desk)))
    yield FileArtifact(JSON, partial(_json, desk))


def _json(desk: Desk) -> bytes:
    both = {"releases": _releases(desk), "blockers": _blockers(desk)}
    return sheets_json(desk, both)


def _releases(desk: Desk) -> Sheet:
    rows = tuple(_cells(desk, one) for one in desk.upcoming)
    return Sheet("Upcoming releases", _HEADS, rows)


def _cells(desk: Desk, release: Release) -> Cells:
    found, planned = desk.verdicts[release.id], release.dates.planned
    return (
        release.id,
        plain(release.title),
        release.version,
        release.roles.get("pm", ""),
        VERDICTS[found.value][0].text,
        ", ".join(one.rule for one in found.blockers),
        planned.iso if planned else "",
        desk.phase_label(release),
        release.state,
        *(done for _, done, _ in score_marks(found)),
    )


def _blockers(desk: Desk) -> Sheet:
    rows = tuple(
        _blocker(release, one)
        for release in desk.upcoming
        for one in desk.verdicts[release.id].blockers
    )
    return Sheet("Who has to act", _BLOCKER_HEADS, rows)


def _blocker(release: Release, one: Blocker) -> Cells:
    due = one.due.iso if one.due else ""
    said = (release.id, one.owner, plain(one.what), one.rule, due, plain(one.fix))
    return (*said, one.place.path, str(one.place.line))
