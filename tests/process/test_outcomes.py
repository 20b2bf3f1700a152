"""What was predicted is held against what came, as far as numbers tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_repository import Repository

from gatepost.process.outcomes import Reckoning, reckonings


def read(tmp_path: Path, measure: str, phase: str = "done") -> Reckoning:
    """What becomes of one criterion."""
    project = Repository(tmp_path)
    project.entry("export", f"phase: {phase}\nsuccess_criteria: [{{{measure}}}]\n")
    (only,) = reckonings(project.book(history=False).releases)
    return only


@pytest.mark.parametrize(
    ("target", "result", "outcome"),
    [
        ("20 percent", "31 percent", "met"),
        ("20 percent", "20 %", "met"),
        ("20 percent", "19.9 percent", "missed"),
        ("under 80", "74 in October", "met"),
        ("under 80", "80", "missed"),
        ("above 99 percent", "98.7 percent in the first week", "missed"),
        ("below 800 ms", "640 ms", "met"),
        ("not above 0.8 percent", "0.8 percent", "met"),
        ("not under 90.4 percent", "90.3 percent", "missed"),
        ("at most 3", "4", "missed"),
        ("at least 1,500 accounts", "1,600", "met"),
        ("none", "none", "met"),
        ("none", "2", "missed"),
        ("25 by the end of the year", "31", "met"),
        ("half", "9 a month", "unclear"),
        ("below 800 ms", "0.6 s", "unclear"),
        ("20 percent", "good", "unclear"),
    ],
)
def test_words_say_how_to_compare(
    tmp_path: Path, target: str, result: str, outcome: str
) -> None:
    """Below and under are not reached; a bare number is to be reached; units must agree."""
    row = read(tmp_path, f"metric: M, target: '{target}', result: '{result}'")
    assert outcome == row.outcome
    assert ("write `met: true`" in row.why) == (outcome == "unclear")


def test_a_bare_number_below_the_baseline_is_to_be_undercut(tmp_path: Path) -> None:
    """From 210 questions to 80: 74 is better, 95 is not enough."""
    row = read(tmp_path, "metric: M, baseline: '210', target: '80', result: '74'")
    assert "met" == row.outcome


def test_from_210_to_80_95_is_not_enough(tmp_path: Path) -> None:
    """The other side of it."""
    row = read(tmp_path, "metric: M, baseline: '210', target: '80', result: '95'")
    assert "missed" == row.outcome


def test_people_have_the_last_word(tmp_path: Path) -> None:
    """`met` beats the numbers."""
    row = read(tmp_path, "metric: M, target: '80', result: '95', met: false")
    assert "missed" == row.outcome


def test_what_was_not_read_says_what_to_write(tmp_path: Path) -> None:
    """A release that is out owes its results."""
    row = read(tmp_path, "metric: M, target: '80'")
    assert ("open", "not read yet: write `result:` and `read_on:`") == (
        row.outcome,
        row.why,
    )


def test_plans_are_not_counted_yet(tmp_path: Path) -> None:
    """Before a release is out, nothing can have come of it."""
    project = Repository(tmp_path)
    project.entry(
        "export",
        "phase: planning\nsuccess_criteria: [{metric: M, target: '80'}]\n",
    )
    assert () == tuple(reckonings(project.book(history=False).releases))
