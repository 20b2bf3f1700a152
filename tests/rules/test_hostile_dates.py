"""No date that can be written stops the rules from finding what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf

DATES = (
    "9999-12-31",
    "0001-01-01",
    '"9999-12-31T23:30:00-05:00"',
    '"0001-01-01T00:30:00+14:00"',
    "2028-02-29",
)
EVERYWHERE = """kind: standard
phase: {phase}
dates: {{planned: {day}, announce: {day}, exposed: {day}}}
bedding_in: 99999999d
migration: {{deadline: {day}}}
deprecation: {{notice_on: {day}, sunset_on: {day}}}
deployment: {{window: {{start: {day}, end: {day}, tz: America/New_York}}}}
approvals: {{required: [pm]}}
dependencies: [{{team: "@risk", what: A review, needed_by: {day}}}]
channels: [{{channel: campaign, at: {day}}}]"""


@pytest.mark.parametrize("day", DATES)
@pytest.mark.parametrize("phase", ["testing", "rolling-out"])
def test_dates_at_the_ends_of_the_calendar(shelf: Shelf, day: str, phase: str) -> None:
    """In every field that is reckoned with, together with a freeze as long as the calendar."""
    shelf.registry(
        "zone: Pacific/Kiritimati\nproducts: {}\n"
        "freezes: [{name: For ever, start: 0001-01-01, end: 9999-12-31}]\n"
        "blackouts: [{name: Backwards, start: 9999-12-31, end: 0001-01-01}]\n"
        "policy: {deprecation_notice_days: 36500, bedding_in_days: 36500}\n"
    )
    shelf.entry(EVERYWHERE.format(day=day, phase=phase))

    assert "GP159" in shelf.codes()


def test_a_policy_of_a_thousand_centuries(shelf: Shelf) -> None:
    """A number nobody can mean is reported at its place."""
    shelf.registry("products: {}\npolicy: {bedding_in_days: 99999999999}\n")

    (found,) = shelf.judge()

    assert "99999999999 is out of range" in found.sentence
