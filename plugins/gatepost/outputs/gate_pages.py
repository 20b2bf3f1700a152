"""The pages of the gate: the board, a readiness page per release, the checklists, the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator

from gatepost.outputs.artifact import Artifact, FileArtifact
from gatepost.outputs.board import board_pages
from gatepost.outputs.checklists_page import checklist_pages
from gatepost.outputs.desk import Desk
from gatepost.outputs.gate_report import gate_schema
from gatepost.outputs.readiness_page import readiness_pages

SCHEMA = "api/v1/gate-schema.json"


def gate_pages(desk: Desk) -> Iterator[Artifact]:
    """Everything people and machines read a verdict from."""
    yield from board_pages(desk)
    yield from readiness_pages(desk)
    yield from checklist_pages(desk)
    yield FileArtifact(SCHEMA, _schema)


def _schema() -> bytes:
    return f"{json.dumps(gate_schema(), indent=2)}\n".encode()
