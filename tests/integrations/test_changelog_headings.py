"""The heading of a release is recognised in every form projects use, and nothing else is."""

from __future__ import annotations

import pytest

from gatepost.integrations.changelog_headings import ReleaseHeading, release_heading


@pytest.mark.parametrize(
    ("written", "version", "date"),
    [
        ("[1.0.0] - 2020-01-01", "1.0.0", "2020-01-01"),
        ("1.0.0 / 2020-01-01", "1.0.0", "2020-01-01"),
        (
            "[1.0.0](https://a.example/compare/a...b) (2020-01-01)",
            "1.0.0",
            "2020-01-01",
        ),
        ("1.0.0 (2020-01-01)", "1.0.0", "2020-01-01"),
        ("v1.0.0 - January 1, 2020", "1.0.0", "2020-01-01"),
        ("mkdocs-material-9.7.6 (2026-03-19)", "9.7.6", "2026-03-19"),
        ("[2.3.12] 2026-08-07", "2.3.12", "2026-08-07"),
        ("Version 26.5.1", "26.5.1", ""),
        ("نسخة v4.0.1", "4.0.1", ""),
        ("[1.3.0] - 1404/10/18 (2026-01-07)", "1.3.0", "2026-01-07"),
        ("3.0.0-next.16", "3.0.0-next.16", ""),
        ("18.3a0", "18.3a0", ""),
        ("2.0.0 Carbon", "2.0.0", ""),
        ("`1.2.3`", "1.2.3", ""),
        ("@sveltejs/kit@1.0.0", "1.0.0", ""),
    ],
)
def test_versions_and_dates(written: str, version: str, date: str) -> None:
    """A leading `v`, brackets, links and package names are no part of the version."""
    found = release_heading(written, packages=frozenset({"@sveltejs/kit"}))

    assert found is not None
    assert (found.version, found.date, found.released) == (version, date, True)


@pytest.mark.parametrize(
    "written", ["[Unreleased]", "TBD", "dev", "unreleased", "Next", "未发布"]
)
def test_what_is_not_released_yet(written: str) -> None:
    """It has no version."""
    found = release_heading(written)

    assert found is not None
    assert (found.version, found.released) == ("", False)


def test_a_version_that_is_to_come() -> None:
    """`TBC` stands where the date will be."""
    assert release_heading("v3.5.34 (TBC)") == ReleaseHeading(
        "v3.5.34", "3.5.34", released=False
    )


def test_a_withdrawn_version() -> None:
    """Keep a Changelog marks it so."""
    found = release_heading("[1.3.1] - 2025-11-30 [YANKED]")

    assert found is not None
    assert (found.version, found.yanked, found.label) == ("1.3.1", True, "1.3.1")


@pytest.mark.parametrize(
    "written",
    [
        "Changelog",
        "Added",
        "From 1.0.0 to 1.1.0",
        "Python 3.12",
        "Package `clientv3`",
        "3 ways to upgrade",
        "Release Notes for 13.x",
        "1.0.0 is the first release that supports all the things we ever wanted to support",
        "",
        "x" * 5000,
    ],
)
def test_what_is_no_release(written: str) -> None:
    """Sections and sentences name versions too."""
    assert release_heading(written) is None
