"""Misspelt names are answered with the name that was meant."""

from __future__ import annotations

import time

import pytest

from gatepost.rules.nearest import Names, did_you_mean


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("reprots", "reports"),
        ("report", "reports"),
        ("Reports", "reports"),
        ("faster-exprt", "faster-export"),
        ("fasterexport", "faster-export"),
        ("billing", ""),
        ("", ""),
    ],
)
def test_nearest(said: str, meant: str) -> None:
    """A slip of the finger is understood; another word is not bent into a known one."""
    assert Names.of(["reports", "faster-export", "payouts"]).nearest(said) == meant


def test_nearest_among_many() -> None:
    """Among thousands of names the right one is still found, and quickly."""
    names = Names.of(
        f"release-{number}-of-the-{number % 7}-day" for number in range(10_000)
    )

    start = time.process_time()
    found = {
        names.nearest(f"relase-{number}-of-the-{number % 7}-day")
        for number in range(50)
    }

    assert "release-49-of-the-0-day" in found
    assert time.process_time() - start < 5


def test_question() -> None:
    """The question is asked only if there is an answer."""
    assert did_you_mean("reports") == "; did you mean `reports`?"
    assert did_you_mean("") == ""
