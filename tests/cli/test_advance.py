"""`gatepost advance` moves a release when its gate allows it, and edits nothing else."""

from __future__ import annotations

import pytest
from called_project import CalledProject

FILE = "content/releases/faster-export.md"
QUIET = "phase: preparing  # soon\ndates: {planned: 2026-12-01}\n"


def test_it_moves_and_dates(project: CalledProject) -> None:
    """The phase, and the day it was deployed."""
    project.entry("faster-export", QUIET)
    before = project.source(FILE)
    done = project.call("advance", "faster-export", "rolling-out")

    assert (done.code, done.err) == (0, "")
    assert done.out == f"{FILE}: preparing to rolling-out, with `deployed` of today\n"
    assert project.source(FILE) == before.replace(
        "phase: preparing", "phase: rolling-out"
    ).replace("{planned", "{deployed: 2026-11-21, planned")


def test_the_day_may_be_said(project: CalledProject) -> None:
    """The clock is the one of the call."""
    project.entry("faster-export", QUIET)
    project.call("advance", "faster-export", "rolling-out", "--as-of", "2026-11-18")

    assert "deployed: 2026-11-18" in project.source(FILE)


def test_it_refuses_with_the_blockers(project: CalledProject) -> None:
    """Nothing is edited."""
    project.entry("faster-export", "kind: standard\nphase: idea\n")
    before = project.source(FILE)
    done = project.call("advance", "faster-export", "planning")

    assert done.code == 1
    assert "1. " in done.out
    assert "IDN-01" in done.out
    assert done.out.endswith("`faster-export` stays in idea. Nothing was edited.\n")
    assert project.source(FILE) == before


def test_a_waived_gate_opens(project: CalledProject) -> None:
    """Go with waivers is a go."""
    waiver = "{rule: IDN-01, by: '@pm', on: 2026-11-20, reason: By contract}"
    project.entry(
        "faster-export",
        "kind: standard\nphase: idea\nroles: {pm: '@pm'}\n"
        f"go_no_go: {{waivers: [{waiver}]}}\n",
    )

    assert project.call("advance", "faster-export", "planning").code == 0
    assert "phase: planning\n" in project.source(FILE)


def test_gates_are_not_skipped(project: CalledProject) -> None:
    """The message names the phase that comes next."""
    project.entry("faster-export", "kind: standard\nphase: idea\n")
    done = project.call("advance", "faster-export", "testing")

    assert done.code == 2
    assert "type gatepost advance faster-export planning" in done.err


def test_a_quiet_release_may_pass_several(project: CalledProject) -> None:
    """Until the go/no-go, which nobody skips."""
    project.entry("faster-export", "phase: idea\n")

    assert project.call("advance", "faster-export", "rolling-out").code == 2
    assert project.call("advance", "faster-export", "preparing").code == 0


def test_the_way_back_is_free(project: CalledProject) -> None:
    """After a rollback the work begins again; no date is written."""
    project.entry("faster-export", "kind: standard\nphase: monitoring\n")
    done = project.call("advance", "faster-export", "building")

    assert done.code == 0
    assert "monitoring to building\n" in done.out


def test_what_would_break_the_file_is_taken_back(project: CalledProject) -> None:
    """A phase may ask for a field that `check` misses: then the file is as it was."""
    project.entry(
        "faster-export",
        "phase: testing\ndowntime: {kind: degraded}\n",
    )
    before = project.source(FILE)
    done = project.call("advance", "faster-export", "preparing")

    assert done.code == 1
    assert "fix: " in done.out
    assert project.source(FILE) == before
    assert sorted(one.name for one in (project.root / FILE).parent.iterdir()) == [
        "faster-export.md"
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("faster-exprot", "testing"), "did you mean"),
        (("faster-export", "shipping"), "there is no phase `shipping`"),
        (("faster-export", "preparing"), "is in preparing already"),
        (("faster-export",), "Missing argument"),
    ],
)
def test_a_wrong_call_is_two(
    project: CalledProject, words: tuple[str, ...], told: str
) -> None:
    """And edits nothing."""
    project.entry("faster-export", QUIET)
    before = project.source(FILE)
    done = project.call("advance", *words)

    assert done.code == 2
    assert told in done.err
    assert project.source(FILE) == before


def test_what_is_over_stays(project: CalledProject) -> None:
    """A cancelled release moves only after its state is changed."""
    project.entry("faster-export", "phase: building\nstate: cancelled\n")

    assert project.call("advance", "faster-export", "testing").code == 2
