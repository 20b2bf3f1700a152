"""A way back counts as rehearsed only lately, and only with the runbook as it stands."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_project import Project

from gatepost.content.load import load
from gatepost.model.release import Release
from gatepost.process.rollback import redeploy, rehearsal

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
RUNBOOK = "1. Put back the previous version.\n"
DIGEST = hashlib.sha256(RUNBOOK.encode()).hexdigest()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a runbook."""
    made = Project(tmp_path)
    made.write("runbooks/export.md", RUNBOOK)
    return made


def release(project: Project, front: str) -> Release:
    """One release, read from its file."""
    project.entry("faster-export", front)
    book = load(project.root, "content", as_of=AS_OF, host="harbour.example")
    return book.by_id["faster-export"]


def plan(*lines: str) -> str:
    """A `rollback` block in the phase before anything is live."""
    rows = "".join(f"  {line}\n" for line in lines)
    return f"phase: preparing\ndates: {{planned: 2026-12-08}}\nrollback:\n{rows}"


WAY = "strategies: [{kind: redeploy, artifact: 'sha256:0d1f'}]"


@pytest.mark.parametrize(
    ("lines", "freshness", "enough"),
    [
        ((WAY, "tested: {on: 2026-11-10}"), "fresh", True),
        ((WAY,), "never", False),
        ((WAY, "tested: {on: 2026-08-14}"), "old", False),
        (("possible: false",), "not-needed", True),
        (
            ("strategies: [{kind: none, reason: Notice only, approved_by: '@lead'}]",),
            "not-needed",
            True,
        ),
        (
            (WAY, "runbook: runbooks/export.md", "tested: {on: 2026-11-10}"),
            "unrecorded",
            False,
        ),
        (
            (
                WAY,
                "runbook: runbooks/export.md",
                f"runbook_hash: 'sha256:{DIGEST}'",
                "tested: {on: 2026-11-10}",
            ),
            "fresh",
            True,
        ),
        (
            (
                WAY,
                "runbook: runbooks/export.md",
                "runbook_hash: 'sha256:5de0b1c7aa904f13'",
                "tested: {on: 2026-11-10}",
            ),
            "changed",
            False,
        ),
        (
            (
                WAY,
                "runbook: https://runbooks.example.com/export",
                "runbook_hash: 'sha256:5de0b1c7aa904f13'",
                "tested: {on: 2026-11-10}",
            ),
            "fresh",
            True,
        ),
    ],
)
def test_what_counts_as_rehearsed(
    project: Project, lines: tuple[str, ...], freshness: str, *, enough: bool
) -> None:
    """Each state has its own answer; a text elsewhere cannot be compared, so its age decides."""
    found = rehearsal(release(project, plan(*lines)), AS_OF)

    assert (found.freshness, found.enough) == (freshness, enough)
    assert bool(found.fix) is not enough


def test_a_release_without_a_plan_says_so(project: Project) -> None:
    """Nothing is rehearsed, and the first thing to do is to write it down."""
    found = rehearsal(release(project, "phase: preparing\n"), AS_OF)

    assert found.freshness == "no-plan"
    assert not found.enough


def test_a_changed_runbook_makes_a_young_rehearsal_stale(project: Project) -> None:
    """One added step is enough; the fix names the line to write after the next rehearsal."""
    front = plan(
        WAY,
        "runbook: runbooks/export.md",
        f"runbook_hash: 'sha256:{DIGEST[:16]}'",
        "tested: {on: 2026-11-20}",
    )
    before = rehearsal(release(project, front), AS_OF)
    text = RUNBOOK + "2. Tell support.\n"
    project.write("runbooks/export.md", text)
    after = rehearsal(release(project, front), AS_OF)

    assert before.freshness == "fresh"
    assert after.freshness == "changed"
    assert hashlib.sha256(text.encode()).hexdigest()[:16] in after.fix


@pytest.mark.parametrize(
    "raw",
    [
        RUNBOOK.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + RUNBOOK.encode(),
    ],
)
def test_another_system_writes_the_same_text(project: Project, raw: bytes) -> None:
    """Line ends and a byte-order mark are no change of the runbook."""
    project.write("runbooks/export.md", raw)
    front = plan(
        WAY,
        "runbook: runbooks/export.md",
        f"runbook_hash: 'sha256:{DIGEST}'",
        "tested: {on: 2026-11-10}",
    )

    assert rehearsal(release(project, front), AS_OF).freshness == "fresh"


def test_the_rehearsal_must_be_fresh_on_the_day_it_goes_out(project: Project) -> None:
    """85 days old today is 102 days old on the planned day."""
    front = plan(WAY, "tested: {on: 2026-08-28}")

    assert rehearsal(release(project, front), AS_OF).age_days == 102
    assert rehearsal(release(project, front), AS_OF, days=120).enough


def test_what_went_out_is_measured_by_that_day(project: Project) -> None:
    """A release of last year does not grow stale on the shelf."""
    front = (
        "phase: done\ndates: {deployed: 2025-03-01, published: 2025-03-01}\n"
        f"rollback:\n  {WAY}\n  tested: {{on: 2025-02-20}}\n"
    )

    assert rehearsal(release(project, front), AS_OF).enough


def test_what_was_rolled_back_has_its_deployment_ahead(project: Project) -> None:
    """The rehearsal of the first attempt does not count for the second for ever."""
    front = (
        "phase: preparing\nstate: rolled-back\nstate_on: 2026-06-02\n"
        "dates: {deployed: 2026-06-01, planned: 2026-12-01}\n"
        f"rollback:\n  {WAY}\n  tested: {{on: 2026-05-20}}\n"
    )

    assert rehearsal(release(project, front), AS_OF).freshness == "old"


INCIDENT = "{id: INC-7, started_at: 2026-10-21, fix: rollback%s}"
LINKED = ", postmortem: https://wiki.example/7"
FREE = "rollback: {post_mortem_required: false}\n"


@pytest.mark.parametrize(
    ("front", "allowed", "owed"),
    [
        ("state: on-track\n", True, 0),
        ("state: rolled-back\n", False, 0),
        (f"state: rolled-back\nincidents: [{INCIDENT % ''}]\n", False, 1),
        (f"state: on-track\nincidents: [{INCIDENT % ''}]\n", False, 1),
        (
            f"state: rolled-back\nincidents: [{INCIDENT % LINKED}]\n",
            True,
            0,
        ),
        (
            f"state: rolled-back\n{FREE}incidents: [{INCIDENT % ''}]\n",
            True,
            0,
        ),
        (
            "state: on-track\nincidents: [{id: INC-8, started_at: 2026-10-21, fix: hotfix}]\n",
            True,
            0,
        ),
    ],
)
def test_it_goes_out_again_after_its_post_mortem(
    project: Project, front: str, owed: int, *, allowed: bool
) -> None:
    """Neither a new state nor a missing incident gets around it."""
    found = redeploy(release(project, front))

    assert (found.allowed, len(found.owed)) == (allowed, owed)
