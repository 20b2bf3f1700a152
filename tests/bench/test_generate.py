"""The generated changelog has the shape of the real one that was measured."""

from __future__ import annotations

import re
from collections import Counter
from statistics import mean, median

import pytest
from generate import Sample, samples

COUNT = 941
"""Entries of the changelog that was measured."""


@pytest.fixture(scope="module")
def entries() -> tuple[Sample, ...]:
    """As many as were measured."""
    return tuple(samples(COUNT))


def test_bodies_are_as_long(entries: tuple[Sample, ...]) -> None:
    """Of 941 bodies 35 have at most 50 words, 200 at most 100, 605 at most 200, 926 at most 800."""
    words = [len(entry.body.split()) for entry in entries]

    shares = [sum(one <= most for one in words) / COUNT for most in (50, 100, 200, 800)]

    assert shares == pytest.approx([0.037, 0.213, 0.643, 0.984], abs=0.04)


def test_titles_and_summaries_are_as_long(entries: tuple[Sample, ...]) -> None:
    """Titles have 47 characters in the median, summaries 96; one in ten of these has over 160."""
    titles = [len(entry.title) for entry in entries]
    summaries = [len(entry.summary) for entry in entries]

    assert median(titles) == pytest.approx(47, abs=4)
    assert max(titles) <= 80
    assert median(summaries) == pytest.approx(96, abs=8)
    assert sum(one > 160 for one in summaries) / COUNT == pytest.approx(0.096, abs=0.03)


def test_five_products_hold_a_third_of_the_changes(entries: tuple[Sample, ...]) -> None:
    """The largest five of 71 products hold 35 % of the entries; most entries name one product."""
    first = Counter(entry.products[0] for entry in entries)
    named = Counter(len(entry.products) for entry in entries)

    assert sum(count for _, count in first.most_common(5)) / COUNT == pytest.approx(
        0.35, abs=0.03
    )
    assert median(first.values()) == pytest.approx(7, abs=4)
    assert named[1] / COUNT == pytest.approx(772 / 941, abs=0.04)


def test_days_are_as_full(entries: tuple[Sample, ...]) -> None:
    """941 entries fall on about 353 days, and a dozen on the busiest."""
    days = Counter(entry.day for entry in entries)

    assert len(days) == pytest.approx(353, abs=40)
    assert max(days.values()) == pytest.approx(12, abs=4)


def test_bodies_hold_what_real_ones_hold(entries: tuple[Sample, ...]) -> None:
    """Code in 30 %, pictures in 27 %, rules in tables in 9 %, a heading and 3.9 links an entry."""
    bodies = [entry.body for entry in entries]

    assert mean("```" in body for body in bodies) == pytest.approx(0.30, abs=0.03)
    assert mean(bool(entry.pictures) for entry in entries) == pytest.approx(
        0.27, abs=0.03
    )
    assert mean("| --- |" in body for body in bodies) == pytest.approx(0.094, abs=0.03)
    headings = [len(re.findall(r"^#+ ", body, re.MULTILINE)) for body in bodies]
    links = [len(re.findall(r"(?<!!)\[[^]]*\]\(", body)) for body in bodies]
    assert mean(headings) == pytest.approx(1.0, abs=0.25)
    assert mean(links) == pytest.approx(3.9, abs=0.4)


def test_the_same_number_gives_the_same_entries(entries: tuple[Sample, ...]) -> None:
    """Two runs are measured on the same bytes."""
    assert entries == tuple(samples(COUNT))
