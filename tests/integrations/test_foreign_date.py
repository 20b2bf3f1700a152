"""Dates of other projects are said our way, or not at all."""

from __future__ import annotations

import pytest

from gatepost.integrations.foreign_date import find_date, iso_date


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2025-08-15", "2025-08-15"),
        ("2023-7-6", "2023-07-06"),
        ("2020/01/02", "2020-01-02"),
        ("2025-04-09T14:00:00Z", "2025-04-09T14:00:00Z"),
        ("2025-09-25T19:49:30.271Z", "2025-09-25T19:49:30Z"),
        ("2025-03-27T10:00:00", "2025-03-27T10:00:00"),
        ("2025-02-12 11:00:00 UTC", "2025-02-12T11:00:00Z"),
        ("2025-02-12 11:00 +0200", "2025-02-12T11:00:00+02:00"),
        ("November 19, 2020", "2020-11-19"),
        ("Sept. 1st, 2020", "2020-09-01"),
        ("19 Nov 2020", "2020-11-19"),
        ("Wed, 26 Feb 2025 14:00:00 GMT", "2025-02-26T14:00:00Z"),
        ("۲۰۲۶-۰۱-۰۷", "2026-01-07"),  # noqa: RUF001 - Persian digits
    ],
)
def test_a_date_alone(written: str, said: str) -> None:
    """Every form met in real sources."""
    assert iso_date(written) == said


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2020",
        "2025-13-01",
        "2026-02-30",
        "soon",
        "",
        "June 2015",
        "2025-01-01 25:99",
    ],
)
def test_what_is_no_date_or_two(written: str) -> None:
    """A guess would be wrong half of the time."""
    assert iso_date(written) == ""


def test_of_two_calendars_the_gregorian_date_counts() -> None:
    """Persian changelogs give both."""
    assert find_date("[1.3.0] - 1404/10/18 (2026-01-07)") == (
        "2026-01-07",
        "2026-01-07",
    )


def test_a_version_is_no_date() -> None:
    """Calendar versions look like dates."""
    assert find_date("v2020.10.1") == ("", "")
