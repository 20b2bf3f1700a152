"""Who had a release when, and what its texts answer to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_project import Project

from gatepost.content.load import load
from gatepost.model.release import Release
from gatepost.process.exposure import exposure
from gatepost.process.support import (
    code_words,
    endpoints,
    happenings,
    history,
)

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
RINGS = (
    "deployment:\n  rings:\n"
    "    - {name: one, share: 1, wording: Preview accounts, on: 2026-11-04}\n"
    "    - {name: two, share: 60, on: 2026-11-18}\n"
    "    - {name: all, share: 100, on: 2026-12-03}\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(tmp_path)


def release(project: Project, front: str, body: str = "Faster.\n") -> Release:
    """One release, read from its file."""
    project.entry("faster-export", front, body)
    book = load(project.root, "content", as_of=AS_OF, host="harbour.example")
    return book.by_id["faster-export"]


def steps(one: Release) -> list[tuple[str, int, str]]:
    """A history as day, share and words."""
    return [(row.since.iso, row.share, row.who) for row in history(one, AS_OF)]


def test_a_rollout_step_by_step(project: Project) -> None:
    """Steps that are ahead are not history; the first is known to the minute."""
    front = (
        "phase: rolling-out\ndates: {exposed: '2026-11-04T10:20:00Z'}\n"
        "stages: [{stage: private-preview, from_date: 2026-08-04}]\n"
    )

    assert steps(release(project, front + RINGS)) == [
        ("2026-08-04", 0, "Invited accounts"),
        ("2026-11-04T10:20:00+00:00", 1, "Preview accounts"),
        ("2026-11-18", 60, ""),
    ]


def test_what_was_rolled_back_is_with_nobody_from_then_on(project: Project) -> None:
    """The steps before stay known: somebody asks about the day it was on."""
    front = (
        "phase: building\nstate: rolled-back\nstate_on: '2026-11-10T09:52:00Z'\n"
        "state_note: Switched off.\ndates: {exposed: '2026-11-04T10:20:00Z'}\n"
    )
    one = release(project, front + RINGS)
    found = history(one, AS_OF)

    assert [(row.share, row.taken_back) for row in found] == [(1, False), (0, True)]
    assert [row.since.at for row in found] == [
        datetime(2026, 11, 4, 10, 20, tzinfo=UTC),
        datetime(2026, 11, 10, 9, 52, tzinfo=UTC),
    ]


@pytest.mark.parametrize("phase", ["planning", "testing", "preparing"])
def test_a_plan_is_with_nobody(project: Project, phase: str) -> None:
    """A date that passed is no proof that anybody has it."""
    assert steps(release(project, f"phase: {phase}\ndates: {{}}\n{RINGS}")) == []


def test_history_and_exposure_agree(checkout: Path) -> None:
    """What support is told is what the public page says, for every entry of the demonstration."""
    book = load(checkout, "content", as_of=AS_OF, host="changelog.tidewater.example")
    found = {one.id: history(one, AS_OF) for one in book.releases}

    assert {key: rows[-1].share if rows else 0 for key, rows in found.items()} == {
        one.id: exposure(one, AS_OF).share for one in book.releases
    }
    assert all(
        list(rows) == sorted(rows, key=lambda row: row.since.at)
        for rows in found.values()
    )


def test_deployments_and_incidents_are_told_in_order(project: Project) -> None:
    """They are what a customer noticed first."""
    front = (
        "incidents: [{id: INC-7, started_at: '2026-11-04T09:30:00Z', fix: other}]\n"
        "deployments:\n"
        "  - {env: production, version: 4.1.0, at: '2026-11-04T09:12:00Z'}\n"
        "  - {env: production, at: '2026-11-04T08:31:00Z', result: failed}\n"
    )

    assert [one.what for one in happenings(release(project, front))] == [
        "deployment to production failed",
        "deployment of 4.1.0 to production succeeded",
        "incident INC-7 began",
    ]


def test_addresses_and_names_are_found_in_every_text(project: Project) -> None:
    """Internal blocks count: support reads them. Flags have a field of their own."""
    body = (
        "Send `retry_window` to `GET /v1/invoices/{id}/retries`.\n\n"
        "/// internal\nSee https://api.harbour.example/v2/queue/replay.\n"
        "The flag is `fast-export`.\n///\n"
    )
    one = release(project, "flags: [{key: fast-export}]\n", body)

    assert endpoints(one) == ("/v1/invoices/{id}/retries", "/v2/queue/replay")
    assert code_words(one) == ("retry_window",)
