"""The board for spreadsheets and programs: its releases, and what stands in their way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gatepost.model.release import Release
from gatepost.outputs.artifact import Artifact, FileArtifact
from gatepost.outputs.desk import READINESS, Desk
from gatepost.outputs.gate_words import VERDICTS, csv_bytes, score_marks
from gatepost.outputs.json_text import json_text
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
    yield FileArtifact(CSV, partial(_csv, desk))
    yield FileArtifact(BLOCKERS_CSV, partial(_blockers_csv, desk))
    yield FileArtifact(JSON, partial(_json, desk))


def _csv(desk: Desk) -> bytes:
    return csv_bytes(_HEADS, (_cells(desk, one) for one in desk.upcoming))


def _cells(desk: Desk, release: Release) -> tuple[str, ...]:
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


def _blockers_csv(desk: Desk) -> bytes:
    return csv_bytes(_BLOCKER_HEADS, _blocker_rows(desk))


def _blocker_rows(desk: Desk) -> Iterator[tuple[str, ...]]:
    for release in desk.upcoming:
        for one in desk.verdicts[release.id].blockers:
            yield _blocker(release, one)


def _blocker(release: Release, one: Blocker) -> tuple[str, ...]:
    due = one.due.iso if one.due else ""
    said = (release.id, one.owner, plain(one.what), one.rule, due, plain(one.fix))
    return (*said, one.place.path, str(one.place.line))


def _json(desk: Desk) -> bytes:
    rows = (_cells(desk, one) for one in desk.upcoming)
    report = {
        "version": 1,
        "as_of": desk.book.as_of.isoformat(timespec="seconds"),
        "releases": [_named(_HEADS, row) for row in rows],
        "blockers": [_named(_BLOCKER_HEADS, row) for row in _blocker_rows(desk)],
    }
    return json_text(report).encode()


def _named(heads: tuple[str, ...], row: tuple[str, ...]) -> dict[str, str]:
    return {head.lower(): cell for head, cell in zip(heads, row, strict=True)}
