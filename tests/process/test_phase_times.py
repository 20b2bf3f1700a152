"""How long a release stays where: by git, by its stages, and between its dates."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_repository import Repository, utc

from gatepost.model.history import Revision, Snapshot
from gatepost.model.registry import PhaseLabel, Registry
from gatepost.process.phase_times import (
    Stay,
    date_stays,
    late_scope,
    phase_keys,
    phase_stays,
    stage_stays,
)

KEYS = phase_keys(Registry())


def revision(at: str, before: str, after: str, change: str = "changed") -> Revision:
    """A commit that moved a release from one phase to another."""
    return Revision(
        commit=f"c{at}",
        at=utc(at),
        author="Release desk",
        subject="",
        path="content/releases/export.md",
        change=change,  # type: ignore[arg-type]
        before=Snapshot(phase=before),
        after=Snapshot(phase=after),
    )


def told(*rows: Revision) -> list[tuple[str, float | None]]:
    """Phase and days in it."""
    stays = phase_stays(rows, "export", KEYS)
    return [
        (
            one.where,
            one.length.total_seconds() / 86_400 if one.length is not None else None,
        )
        for one in stays
    ]


def test_a_phase_lasts_from_its_commit_to_the_next() -> None:
    """1 to 4 March planning, 4 to 4.5 March building, testing until now."""
    assert told(
        revision("2026-03-01T00:00", "", "planning", "added"),
        revision("2026-03-02T00:00", "planning", "planning"),
        revision("2026-03-04T00:00", "planning", "building"),
        revision("2026-03-04T12:00", "building", "testing"),
    ) == [("planning", 3.0), ("building", 0.5), ("testing", None)]


def test_going_back_is_a_stay_of_its_own() -> None:
    """After a rollback the release is being built again."""
    assert ["building", "rolling-out", "building"] == [
        where
        for where, _ in told(
            revision("2026-03-01T00:00", "", "building", "added"),
            revision("2026-03-02T00:00", "building", "rolling-out"),
            revision("2026-03-03T00:00", "rolling-out", "building"),
        )
    ]


def test_where_a_shallow_copy_begins_nothing_is_invented() -> None:
    """The release was in the phase before, nobody knows how long."""
    assert told(
        revision("2026-03-01T00:00", "", "planning", "boundary"),
        revision("2026-03-04T00:00", "planning", "building"),
        revision("2026-03-05T00:00", "building", "testing"),
    ) == [("planning", None), ("building", 1.0), ("testing", None)]


def test_what_cannot_be_read_changes_nothing() -> None:
    """A version without a phase, or with an unknown one, lies within the stay around it."""
    assert told(
        revision("2026-03-01T00:00", "", "planning", "added"),
        revision("2026-03-02T00:00", "planning", ""),
        revision("2026-03-03T00:00", "", "plannnig"),
        revision("2026-03-05T00:00", "plannnig", "building"),
    ) == [("planning", 4.0), ("building", None)]


def test_a_clock_that_went_back_makes_no_negative_time() -> None:
    """A commit dated before the one it builds on."""
    assert told(
        revision("2026-03-05T00:00", "", "planning", "added"),
        revision("2026-03-01T00:00", "planning", "building"),
        revision("2026-03-06T00:00", "building", "testing"),
    ) == [("planning", 0.0), ("building", 1.0), ("testing", None)]


def test_own_words_for_phases_are_known() -> None:
    """An organisation that writes `QA` means testing."""
    keys = phase_keys(Registry(phases={"testing": PhaseLabel(aliases=("QA",))}))
    (only,) = phase_stays(
        (revision("2026-03-01T00:00", "", "qa", "added"),), "export", keys
    )
    assert only.where == "testing"


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path)


def test_stages_come_from_the_entry(project: Repository) -> None:
    """Ten days of preview, then available until now; a stage without a day is left out."""
    project.entry(
        "export",
        "stages:\n"
        "  - {stage: concept}\n"
        "  - {stage: private-preview, from_date: 2026-03-01}\n"
        "  - {stage: ga, from_date: 2026-03-11}\n",
    )
    first, second = stage_stays(project.book().releases[0])
    assert first.length is not None
    assert (first.where, first.length.days) == ("private-preview", 10)
    assert (second.where, second.until) == ("ga", None)


def test_dates_tell_without_git(project: Repository) -> None:
    """Closed on the 1st, live on the 21st, seen by customers on the 24th; no review yet."""
    project.entry(
        "export",
        "dates: {scope_frozen: 2026-03-01, deployed: 2026-03-21, exposed: 2026-03-24}\n",
    )

    def days(one: Stay) -> tuple[str, int]:
        assert one.length is not None
        return one.where, one.length.days

    assert [days(one) for one in date_stays(project.book().releases[0])] == [
        ("Scope closed to production", 20),
        ("Production to first customers", 3),
    ]


def test_scope_that_grew_after_it_was_closed(project: Repository) -> None:
    """The day of closing is free; a change after it is told with the decision near it."""
    front = "phase: building\nscope: {in: [%s], frozen_on: 2026-03-02}\n%s"
    project.entry("export", front % ("CSV", ""))
    project.commit("2026-03-01T08:00:00Z")
    project.entry("export", front % ("CSV, Excel", ""))
    project.commit("2026-03-02T18:00:00Z")
    project.entry("export", front % ("CSV, PDF", ""))
    project.commit("2026-03-09T08:00:00Z")
    decided = "decisions: [{on: 2026-04-09, by: '@pm', what: PDF too}]\n"
    project.entry("export", front % ("CSV, PDF, XML", decided))
    project.commit("2026-04-10T08:00:00Z")

    book = project.book()
    rows = late_scope(book.releases[0], book.history.of("export"))
    assert [(one.came, one.went, one.decided) for one in rows] == [
        (("PDF",), ("Excel",), ""),
        (("XML",), (), "PDF too"),
    ]


def test_moving_the_day_of_closing_hides_no_change(project: Repository) -> None:
    """What counts is the day that stood there before, also if it is taken away."""
    front = "phase: building\nscope: {in: [%s]%s}\n"
    project.entry("export", front % ("CSV", ", frozen_on: 2026-03-02"))
    project.commit("2026-03-01T08:00:00Z")
    project.entry("export", front % ("CSV, PDF", ", frozen_on: 2026-04-01"))
    project.commit("2026-03-09T08:00:00Z")
    project.entry("export", front % ("CSV, PDF, XML", ", frozen_on: 2026-04-01"))
    project.commit("2026-03-20T08:00:00Z")
    project.entry("export", front % ("XML", ""))
    project.commit("2026-04-09T08:00:00Z")

    book = project.book()
    rows = late_scope(book.releases[0], book.history.of("export"))
    assert [(one.came, one.went) for one in rows] == [
        (("PDF",), ()),
        ((), ("CSV", "PDF")),
    ]
