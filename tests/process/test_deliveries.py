"""What reached production, why it failed, and what is missing, is read from the entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_repository import Repository, utc

from gatepost.process.deliveries import deployments
from gatepost.process.deployment import Deployment, Gap


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path)


def found(project: Repository) -> tuple[tuple[Deployment, ...], tuple[Gap, ...]]:
    """The deployments and gaps of everything written."""
    book = project.book()
    return deployments(book.releases, book.history, book.as_of)


def test_only_production_counts(project: Repository) -> None:
    """Staging does not, whatever production is called; the oldest stands first."""
    project.entry(
        "export",
        "deployments:\n"
        '  - {env: Production, version: "2", at: "2026-10-03T08:00:00Z"}\n'
        '  - {env: staging, version: "2", at: "2026-10-02T08:00:00Z"}\n'
        '  - {env: prod, version: "1", at: "2026-10-01T08:00:00Z"}\n',
    )
    rows, _ = found(project)
    assert ["1", "2"] == [one.version for one in rows]


def test_a_date_stands_in_for_a_missing_record(project: Repository) -> None:
    """It counts as one deployment, and says that no pipeline wrote it."""
    project.entry("export", 'dates: {deployed: "2026-10-01T08:00:00Z"}\n')
    (one,), gaps = found(project)
    assert (one.origin, one.at, one.result, one.lead) == (
        "date",
        utc("2026-10-01T08:00"),
        "succeeded",
        None,
    )
    assert one.why_no_lead == "no pipeline wrote a record of it"
    assert () == gaps


def test_what_lies_ahead_has_not_happened(project: Repository) -> None:
    """A record of tomorrow (the clock says 21 November) does not count today."""
    project.entry(
        "export", 'deployments: [{env: production, at: "2026-11-22T08:00:00Z"}]\n'
    )
    rows, _ = found(project)
    assert () == rows


def test_releases_that_came_together_count_once(project: Repository) -> None:
    """One version at one moment is one deployment with both releases; it failed if one did."""
    record = (
        'deployments: [{env: production, version: "4.1", at: "2026-10-01T08:00:00Z"'
    )
    project.entry("export", f"{record}}}]\n")
    project.entry("import", f"products: []\n{record}, result: rolled-back}}]\n")
    (one,), _ = found(project)
    assert (one.releases, one.result, one.failed) == (
        ("export", "import"),
        "rolled-back",
        True,
    )


def test_why_a_deployment_failed(project: Repository) -> None:
    """Undone, an incident it caused, a hotfix for it: each is a cause, each failure counts once."""
    project.entry(
        "export",
        "deployments:\n"
        '  - {env: production, at: "2026-10-01T08:00:00Z", result: rolled-back}\n'
        '  - {env: production, at: "2026-10-02T08:00:00Z"}\n'
        "incidents:\n"
        '  - {id: INC-1, started_at: "2026-10-01T08:30:00Z", restored_at: "2026-10-01T09:10:00Z"}\n'
        '  - {id: INC-2, started_at: "2026-10-02T08:30:00Z", caused_by: false}\n',
    )
    project.entry(
        "mend",
        "kind: hotfix\nfixes: [export]\n"
        'deployments: [{env: production, at: "2026-10-03T08:00:00Z"}]\n',
    )
    first, second, third = found(project)[0]
    assert first.causes == ("rolled back", "incident INC-1")
    assert second.causes == ("hotfix mend",)
    assert third.causes == ()
    # 08:30 to 09:10
    assert [40.0] == [row.minutes for row in first.recoveries]


def test_what_nobody_planned(project: Repository) -> None:
    """A hotfix, and deploying again after a failure."""
    project.entry(
        "export",
        "deployments:\n"
        '  - {env: production, at: "2026-10-01T08:00:00Z", result: failed}\n'
        '  - {env: production, at: "2026-10-01T10:00:00Z"}\n'
        '  - {env: production, at: "2026-10-05T10:00:00Z"}\n',
    )
    project.entry("mend", 'kind: hotfix\ndates: {deployed: "2026-10-07T10:00:00Z"}\n')
    rows, _ = found(project)
    assert [one.unplanned for one in rows] == [
        "",
        "again after a deployment that failed",
        "",
        "hotfix",
    ]


def test_lead_time_comes_from_the_record_first(project: Repository) -> None:
    """`committed_at` 10 hours before beats the entry's own first commit."""
    project.entry(
        "export",
        'deployments: [{env: production, at: "2026-10-02T18:00:00Z", '
        'committed_at: "2026-10-02T08:00:00Z"}]\n',
    )
    project.commit("2026-09-01T08:00:00Z")
    (one,), _ = found(project)
    assert (str(one.lead), one.changed_by) == ("10:00:00", "the deployment record")


def test_lead_time_comes_from_git_else(project: Repository) -> None:
    """First commit of the entry on 1 October at 06:00, live on 3 October at 18:00: 60 hours."""
    project.entry("export", "phase: building\n")
    project.commit("2026-10-01T06:00:00Z")
    project.entry(
        "export", 'deployments: [{env: production, at: "2026-10-03T18:00:00Z"}]\n'
    )
    project.commit("2026-10-03T18:05:00Z")
    (one,), _ = found(project)
    assert one.lead is not None
    assert (one.lead.total_seconds() / 3600, one.changed_by) == (
        60.0,
        "first commit of the entry",
    )


def test_what_went_live_before_has_no_second_lead_time(project: Repository) -> None:
    """Each deployment is counted from the first commit after the one before it: 24 hours."""
    one, two, three = (
        f'  - {{env: production, at: "2026-10-{day}T08:00:00Z"}}\n'
        for day in ("02", "09", "10")
    )
    project.entry("export", f"deployments:\n{one}")
    project.commit("2026-10-01T08:00:00Z")
    project.entry("export", f"deployments:\n{one}{two}")
    project.commit("2026-10-08T08:00:00Z")
    project.entry("export", f"deployments:\n{one}{two}{three}")
    project.commit("2026-10-10T09:00:00Z")
    rows, _ = found(project)
    hours = [one.lead and one.lead.total_seconds() / 3600 for one in rows]
    assert [24.0, 24.0, None] == hours
    assert rows[2].why_no_lead.startswith("its file was not committed between")


def test_no_lead_time_is_invented(project: Repository) -> None:
    """An entry written after the deployment, and a record that contradicts itself, say so."""
    project.entry(
        "late", 'deployments: [{env: production, at: "2026-10-01T08:00:00Z"}]\n'
    )
    project.entry(
        "turned",
        'deployments: [{env: production, at: "2026-10-02T08:00:00Z", '
        'committed_at: "2026-10-03T08:00:00Z"}]\n',
    )
    project.commit("2026-11-01T08:00:00Z")
    rows, _ = found(project)
    assert [(one.lead, one.why_no_lead) for one in rows] == [
        (None, "its file was first committed after the deployment"),
        (None, "the commit in its record is later than the deployment"),
    ]


def test_what_is_missing_says_what_to_write(project: Repository) -> None:
    """A release that is out without a date; a failure without times; an incident before all."""
    project.entry("undated", "phase: monitoring\n")
    project.entry(
        "untimed",
        'deployments: [{env: production, at: "2026-10-01T08:00:00Z", result: failed}]\n',
    )
    project.entry(
        "early",
        'deployments: [{env: production, at: "2026-10-02T08:00:00Z"}]\n'
        'incidents: [{id: INC-9, started_at: "2026-10-01T08:00:00Z"}]\n',
    )
    _, gaps = found(project)
    assert {(one.release, one.figure, one.field) for one in gaps} == {
        ("undated", "deployment-frequency", "deployments"),
        ("untimed", "recovery-time", "incidents"),
        ("early", "change-failure-rate", "incidents"),
        ("early", "recovery-time", "incidents"),
    }
    assert all(one.fix for one in gaps)


def test_words_need_no_deployment(project: Repository) -> None:
    """A notice, a known issue and the announcement of an end may stand alone."""
    for kind in ("notice", "known-issue"):
        project.entry(f"a-{kind}", f"type: {kind}\nphase: monitoring\n")
    assert ((), ()) == found(project)
