"""The simulation of polls counts real answers, and scales them by plain arithmetic."""

from __future__ import annotations

import os
import shutil
from argparse import Namespace
from pathlib import Path

import pytest
from polls import MANNERS, Count, day, scaled, served

FEED = "feeds/all.rss.xml"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of 9,009 bytes that compresses well."""
    file = tmp_path / "all.rss.xml"
    file.write_bytes(b"<rss>\n" + b"release\n" * 1125 + b"\n\n\n")
    return file


def test_polls_are_scaled_by_multiplication() -> None:
    """Ten polls with 5,000 bytes in answers are 0.5 GB for a million of them."""
    count = Count(
        polls=10, full=1, unchanged=9, asked_bytes=2_000, answered_bytes=5_000
    )

    row = scaled("conditional", count, 1_000_000)

    assert (row.full_share, row.bytes_a_poll) == (0.1, 500)
    assert (row.gigabytes_a_day, row.asked_gigabytes_a_day) == (0.5, 0.2)
    assert row.megabits_a_second == pytest.approx(500 * 8 / 86_400)


def test_the_nginx_that_the_environment_names(
    feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the tests of a built folder do: it may lie where no path leads."""
    real = shutil.which(os.environ.get("NGINX") or "nginx") or "/usr/sbin/nginx"
    own = tmp_path / "my-server"
    own.write_text(f'#!/bin/sh\necho called > "$0.log"\nexec {real} "$@"\n', "utf-8")
    own.chmod(0o755)
    monkeypatch.setenv("NGINX", str(own))

    with served(feed, FEED) as (port, copy):
        assert port
        assert copy.read_bytes() == feed.read_bytes()
    assert (tmp_path / "my-server.log").read_text("utf-8") == "called\n"


def test_who_asks_conditionally_gets_a_feed_once_per_change(feed: Path) -> None:
    """Three readers, eight polls each, two changes: six whole feeds and eighteen 304."""
    asked = Namespace(readers=3, rounds=8, changes=2)
    found = {}

    with served(feed, FEED) as (port, copy):
        for manner in MANNERS:
            found[manner.name] = day(port, FEED, copy, manner, asked)

    assert [(24, 0), (24, 0), (6, 18), (6, 18)] == [
        (count.full, count.unchanged) for count in found.values()
    ]
    assert found["everything each time"].answered_bytes > 24 * 9_000
    sizes = [count.answered_bytes for count in found.values()]
    assert sizes[0] > sizes[2] > sizes[3]
    assert sizes[0] > sizes[1] > sizes[3]
