"""`gatepost import kep`: a proposal's folder becomes an entry, and nothing is made up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from called_project import Called, CalledProject

from gatepost.integrations.kep_readme import Readme, points
from gatepost.integrations.kep_record import approvals_path, version_of

KEP = """\
# The first line may be a comment.
title: Exports in parallel
kep-number: 41
owning-sig: group-export
authors: ["@writer"]
reviewers:
  - "@reader"
  - TBD
approvers: [decider, "@reader"]
status: implementable
stage: beta
latest-milestone: "v1.5"
milestone:
  alpha: "v1.4"
  beta: "v1.5"
  stable: "v1.6"
feature-gates:
  - name: ParallelExport
    components: [exporter]
disable-supported: true
metrics:
  - export_duration_seconds
creation-date: 2026-01-05
"""
README = """\
# KEP-41

## Release Signoff Checklist

- [x] (R) Test plan is in place, giving consideration to input
- [ ] User-facing documentation has been created in [the site]

## Summary

Exports use **two** workers.

## Motivation

Customers wait too long.

### Goals

- Half the time
  for large exports
  - not counted by itself
- Same files

### Non-Goals

<!--
- a hint of the template
-->
Imports stay as they are.

### Graduation Criteria

#### Alpha

- Behind a gate

#### Beta

- No complaint for a release

## Production Readiness Review Questionnaire

###### Can the feature be disabled once it has been enabled (i.e. can we roll back)?

Yes, by the gate.

###### What specific metrics should inform a rollback?

A rise of `export_failures_total`.

###### Were upgrade and rollback tested? Was the path tested?

By hand, twice.
"""
APPROVALS = 'kep-number: 41\nalpha:\n  approver: "@ready"\nbeta:\n  approver: ready\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of proposals with one in it."""
    folder = tmp_path / "proposals"
    for path, text in {
        "group-export/41-parallel/kep.yaml": KEP,
        "group-export/41-parallel/README.md": README,
        "prod-readiness/group-export/41.yaml": APPROVALS,
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def write(source: Path, text: str) -> None:
    """Change the proposal."""
    (source / "group-export/41-parallel/kep.yaml").write_text(text, "utf-8")


def imported(project: CalledProject, source: Path) -> tuple[Called, str]:
    """What the command said, and the entry it wrote."""
    done = project.call("import", "kep", str(source))
    (file,) = sorted((project.root / "content/releases").rglob("kep-41*.md"))
    return done, file.read_text("utf-8")


def test_a_proposal_becomes_an_entry(project: CalledProject, source: Path) -> None:
    """Every field of it, in our words."""
    done, entry = imported(project, source)

    assert done.code == 0
    assert (
        entry.partition("imported:")[0]
        == """---
id: kep-41-parallel
title: Exports in parallel
summary: Exports use two workers.
type: added
products: [group-export]
version: "1.5"
phase: building
audience: internal
kind: standard
stage: public-preview
stages:
  - stage: experimental
    from_version: "1.4"
    default: false
  - stage: public-preview
    from_version: "1.5"
problem: Customers wait too long.
scope:
  in: [Half the time for large exports, Same files]
  out: [Imports stay as they are.]
roles:
  pm: "@group-export"
  eng_lead: "@group-export"
stakeholders:
  - who: "@decider"
    role: approves
  - who: "@reader"
    role: approves
  - who: "@writer"
    role: writes it
approvals:
  required: [readiness_beta]
  given:
    - role: readiness_alpha
      by: "@ready"
      ref: prod-readiness/group-export/41.yaml
    - role: readiness_beta
      by: "@ready"
      ref: prod-readiness/group-export/41.yaml
tests:
  planning: Section “Test Plan” of group-export/41-parallel/README.md
docs:
  - title: User-facing documentation
    state: needed
flags:
  - key: ParallelExport
    provider: feature gates
    owner: "@group-export"
    safe_value: "off"
    kill_switch: true
rollback:
  strategies:
    - kind: feature_flag
      flag: ParallelExport
  triggers:
    - metric: export_failures_total
monitors:
  - name: export_duration_seconds
go_no_go:
  criteria: [No complaint for a release]
x-creation-date: 2026-01-05
x-rollback-tested: By hand, twice.
"""
    )
    assert entry.endswith("---\nExports use **two** workers.\n")


def test_what_found_no_place_is_listed(project: CalledProject, source: Path) -> None:
    """With its line: plans, and keys we have no field for."""
    done, _ = imported(project, source)
    kep = f"{source}/group-export/41-parallel/kep.yaml"

    assert f"{kep}:13: planned, so no stage of the entry yet: stable in 1.6" in done.out
    assert f"{kep}:23: `creation-date` has no place in an entry" in done.out


def test_a_second_import_changes_nothing(project: CalledProject, source: Path) -> None:
    """And an entry that was edited is left alone."""
    imported(project, source)
    again = project.call("import", "kep", str(source)).out

    assert "0 new, 0 updated, 1 unchanged" in again


def test_the_gate_can_judge_it(project: CalledProject, source: Path) -> None:
    """The approval is there; who decides about going back is not."""
    imported(project, source)
    assert project.call("check").code == 0
    told = project.call("gate", "kep-41-parallel", "--for", "rolling-out").out

    assert "DEP-03" not in told
    assert "DEP-07  Nobody decides about going back" in told


def test_without_readme_and_approval_it_says_so(
    project: CalledProject, source: Path
) -> None:
    """Nothing is invented in their place."""
    (source / "group-export/41-parallel/README.md").unlink()
    (source / "prod-readiness/group-export/41.yaml").unlink()
    done, entry = imported(project, source)

    assert (
        "no readiness approval was found at prod-readiness/group-export/41.yaml"
        in done.out
    )
    assert "there is no section “Summary” in a README.md beside it" in done.out
    assert "  required: [readiness_beta]\n  given: []\n" in entry
    assert "problem:" not in entry
    assert "triggers:" not in entry


def test_what_cannot_be_switched_off_has_no_way_back(
    project: CalledProject, source: Path
) -> None:
    """With the README's reason, accepted by who approved the stage."""
    write(source, KEP.replace("disable-supported: true", "disable-supported: false"))
    _, entry = imported(project, source)

    assert (
        """\
rollback:
  possible: false
  strategies:
    - kind: none
      reason: Yes, by the gate.
      approved_by: "@ready"
"""
        in entry
    )


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("provisional", "phase: planning"),
        ("implemented", "phase: done"),
        ("implemented (alpha)", "phase: done"),
        ("withdrawn", "state: cancelled"),
        ("deferred", "state: on-hold"),
        ("imlpemented", "phase: done"),
    ],
)
def test_the_status_is_phase_and_state(
    project: CalledProject, source: Path, status: str, line: str
) -> None:
    """Also where it is misspelt or says more."""
    write(source, KEP.replace("implementable", status))
    _, entry = imported(project, source)

    assert f"\n{line}\n" in entry


def test_a_guessed_status_is_listed(project: CalledProject, source: Path) -> None:
    """So that somebody looks."""
    write(source, KEP.replace("implementable", "imlpemented"))
    done, _ = imported(project, source)

    assert "kep.yaml:10: the status `imlpemented` was read as `implemented`" in done.out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title: [",
        "- a list\n",
        "title: A\nmilestone: none\nfeature-gates: no\nmetrics: {a: b}\nstage: gamma\n",
        "title: A\nfeature-gates: [ParallelExport, {name: N/A}]\nmilestone: {beta: soon}\n",
        "status: provisional|implementable|implemented\ntitle: A <b>title</b>\n",
        "title: &a A\nsummary: *a\n",
    ],
)
def test_a_broken_file_stops_nothing(
    project: CalledProject, source: Path, text: str
) -> None:
    """The rest is imported, and what was made of it can be checked."""
    write(source, text)
    done, _ = imported(project, source)

    assert done.code == 0
    assert "1 entry from 2 files" in done.out
    assert project.call("check").code == 0


def test_other_files_are_listed(project: CalledProject, source: Path) -> None:
    """YAML that is no proposal, and Markdown that belongs to none."""
    (source / "notes.yaml").write_text("a: b\n")
    (source / "SOURCE.md").write_text("Text.\n")
    done, _ = imported(project, source)

    assert (
        "notes.yaml:1: it is neither a `kep.yaml` nor a readiness approval" in done.out
    )
    assert "1 file ending in .md cannot be imported this way" in done.out


def test_one_proposal_alone_can_be_imported(
    project: CalledProject, source: Path
) -> None:
    """By its file; approvals are then out of reach, which is said."""
    done, entry = imported(project, source / "group-export/41-parallel/kep.yaml")

    assert "no readiness approval was found" in done.out
    assert "title: Exports in parallel\n" in entry


def test_where_the_approvals_stand() -> None:
    """Beside the groups; nowhere if the folders do not say the number."""
    assert approvals_path("a/41-b/kep.yaml") == "prod-readiness/a/41.yaml"
    assert approvals_path("keps/a/41-b/kep.yaml") == "keps/prod-readiness/a/41.yaml"
    assert approvals_path("a/draft/kep.yaml") == ""
    assert approvals_path("kep.yaml") == ""


def test_versions() -> None:
    """`0.0` stands for none in old proposals."""
    said = ("v1.33", "1.5.2", "0.0", "", "soon")

    assert [version_of(one) for one in said] == ["1.33", "1.5.2", "", "", ""]


def test_older_readmes_ask_in_bold() -> None:
    """An answer ends where the next question begins."""
    readme = Readme(
        "## Rollback\n\n* **What specific metrics should inform\n  a rollback?**\n  Errors.\n\n"
        "* **Were upgrade and rollback tested?**\n  N/A\n"
    )

    assert readme.answer("What specific metrics should inform a rollback") == "Errors."
    assert readme.answer("Were upgrade and rollback tested") == ""
    assert readme.answer("Something nobody asked") == ""


def test_headings_in_code_are_none() -> None:
    """And comments of the template are no text."""
    readme = Readme("## Goals\n```\n## Summary\n```\n<!--\n## Motivation\n-->\n- One\n")

    assert [one.title for one in readme.sections] == ["Goals"]
    assert points(
        readme.sections[0].text.partition("```\n")[2].partition("```")[2]
    ) == ("One",)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("kep", "is a kep.yaml: name the folder that holds the proposals"),
        (
            "front-matter",
            "is dated Markdown or MDX: name the folder that holds the posts",
        ),
        ("keep-a-changelog", "is a changelog with a heading for each release"),
    ],
)
def test_a_folder_without_any_says_what_is_looked_for(
    project: CalledProject, tmp_path: Path, form: str, told: str
) -> None:
    """Zero entries alone would not tell a wrong folder from an empty one."""
    (tmp_path / "empty").mkdir()
    done = project.call("import", form, "empty")

    assert done.code == 1
    assert told in done.out


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 200_000,
        "## Goals\n" + "- a\n" * 20_000,
        "# a\n" * 20_000,
        "* **" * 100_000,
        "- [ ] " * 100_000,
        "`" * 300_000,
        "## Summary\n" + "[" * 50_000,
    ],
    ids=["comments", "goals", "headings", "bold", "ticks", "code", "brackets"],
)
def test_a_huge_readme_costs_little(
    project: CalledProject, source: Path, text: str
) -> None:
    """Nothing in it makes the reader look at the whole of it again and again."""
    (source / "group-export/41-parallel/README.md").write_text(text)
    begun = time.process_time()
    done, _ = imported(project, source)

    assert done.code == 0
    assert time.process_time() - begun < 10


def test_a_list_without_end_is_cut_and_listed(
    project: CalledProject, source: Path
) -> None:
    """An entry that long could not be read again."""
    goals = "".join(f"- Goal {number}\n" for number in range(3_000))
    (source / "group-export/41-parallel/README.md").write_text(f"## Goals\n{goals}")
    done, entry = imported(project, source)

    assert (
        "README.md:2: of 3000 items below “Goals” the first 100 were taken" in done.out
    )
    assert "Goal 99]" in entry
    assert project.call("check").code == 0
