"""The audit trail says who did what when, and what it cannot know."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_repository import Repository

from gatepost.process.trail import Trail, trail


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path)


def found(project: Repository, *, history: bool = True) -> Trail:
    """The trail of the only entry."""
    book = project.book(history=history)
    return trail(book.releases[0], book.history, book.registry, book.as_of)


FRONT = """\
phase: preparing
approvals:
  required: [pm, qa_lead]
  given: [{role: pm, by: "@pm", on: 2026-10-03, ref: "ticket 7"}]
decisions: [{on: 2026-10-02, by: "@pm", what: Wait a week, why: Holidays}]
go_no_go:
  waivers: [{rule: docs, by: "@pm", on: 2026-10-01, reason: Later, until: 2026-12-01}]
tests:
  uat: {result: passed, on: 2026-10-04, signed_by: "@qa"}
deployments: [{env: staging, version: "4", at: "2026-10-05T08:00:00Z", by: pipeline}]
incidents: [{id: INC-1, started_at: "2026-10-06T08:00:00Z", severity: P1}]
"""


def test_fields_tell_in_the_order_of_time(project: Repository) -> None:
    """Waiver, decision, signature, test, deployment, incident: each with its line."""
    project.entry("export", FRONT)
    events = found(project, history=False).events
    assert [(one.kind, one.what, one.by) for one in events] == [
        ("date", "Entry published", ""),
        ("waiver", "docs set aside until 2026-12-01", "@pm"),
        ("decision", "Wait a week", "@pm"),
        ("approval", "PM signed", "@pm"),
        ("test", "UAT tests: passed", "@qa"),
        ("deployment", "4 to staging: succeeded", "pipeline"),
        ("incident", "INC-1 (P1) began", ""),
    ]
    assert all(one.path for one in events)


def test_signatures_that_are_missing_are_named(project: Repository) -> None:
    """Two are asked for, one was given."""
    project.entry("export", FRONT)
    assert ("qa_lead",) == found(project).waiting


def test_without_git_the_trail_says_so(project: Repository) -> None:
    """And what to do to have the rest."""
    project.entry("export", FRONT)
    said = found(project)
    assert said.note.startswith("Without git: nothing was committed yet.")
    assert () == said.phases


def test_commits_tell_phases_and_edits(project: Repository) -> None:
    """A phase that is entered, a field that is edited; a change of phase alone is no edit."""
    project.entry("export", "phase: planning\n")
    project.commit("2026-10-01T08:00:00Z", "Plan")
    project.entry("export", "phase: building\n")
    project.commit("2026-10-02T08:00:00Z", "Build")
    project.entry("export", "phase: building\ngoal: Speed\n")
    project.commit("2026-10-03T08:00:00Z", "Goal")

    said = found(project)
    assert [(one.what, one.why) for one in said.events if one.commit] == [
        ("Entry written", "Plan"),
        ("Phase planning", "Plan"),
        ("Phase building, before planning", "Build"),
        ("Edited: goal", "Goal"),
    ]
    assert "" == said.note
    assert ["planning", "building"] == [one.where for one in said.phases]


def test_a_change_that_is_not_committed_is_told(project: Repository) -> None:
    """The file on disk is ahead of git."""
    project.entry("export", "phase: planning\n")
    project.commit("2026-10-01T08:00:00Z")
    project.entry("export", "phase: building\n")
    assert (
        "The entry now says `phase: building`, which is not committed yet."
        == found(project).note
    )


def test_what_lies_ahead_is_not_on_record(project: Repository) -> None:
    """The clock says 21 November: an incident of December has not happened."""
    project.entry(
        "export",
        'phase: planning\nincidents: [{id: INC-1, started_at: "2026-12-06T08:00:00Z"}]\n',
    )
    assert "incident" not in {one.kind for one in found(project).events}
