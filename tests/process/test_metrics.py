"""The five delivery figures, worked out by hand beside what the code says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from git_repository import utc
from hypothesis import given
from hypothesis import strategies as st

from gatepost.model.moment import Clock, Moment
from gatepost.model.registry import Baseline
from gatepost.process.deployment import Deployment, Recovery
from gatepost.process.metrics import Figure, accident, figures
from gatepost.process.spans import (
    Window,
    baseline_window,
    last_days,
    periods,
    since_day,
    weeks,
)

OCTOBER = Window(utc("2026-10-01T00:00"), utc("2026-10-29T00:00"))
"""Four weeks."""


def deployed(at: str, name: str = "export", **more: object) -> Deployment:
    """A deployment that went well."""
    plain = Deployment((name,), ("reports",), "1", utc(at), "succeeded", "record")
    return replace(plain, **more)  # type: ignore[arg-type]


def recovered(at: str, minutes: int) -> Recovery:
    """A failure that lasted *minutes*."""
    start = utc(at)
    end = start + timedelta(minutes=minutes)
    return Recovery("INC-1", start, None, end, "rollback", "", None)


def read(*rows: Deployment, baseline: Window | None = None) -> dict[str, Figure]:
    """The figures of October by their keys."""
    found = figures(tuple(sorted(rows, key=lambda one: one.at)), OCTOBER, baseline)
    return {one.about.key: one for one in found}


def test_frequency_counts_what_succeeded_per_week() -> None:
    """Three deployments in four weeks, one of them undone: two, hence 0.5 a week."""
    figure = read(
        deployed("2026-10-02T08:00", "first"),
        deployed(
            "2026-10-09T08:00", "undone", result="rolled-back", causes=("rolled back",)
        ),
        deployed("2026-10-28T23:59", "last"),
        deployed("2026-10-29T00:00", "too-late"),
    )["deployment-frequency"]
    assert (0.5, 2, 3) == (figure.now.value, figure.now.count, figure.now.total)
    assert ("first", "last") == figure.now.releases


def test_lead_time_is_the_median() -> None:
    """10, 20 and 90 hours: the median is 20, the mean 40; a fourth is not known."""
    at = utc("2026-10-10T00:00")
    rows = [
        deployed(
            "2026-10-10T00:00", f"r{hours}", changed_at=at - timedelta(hours=hours)
        )
        for hours in (10, 20, 90)
    ]
    figure = read(*rows, deployed("2026-10-11T00:00", "unknown"))["lead-time"]
    assert (20.0, 40.0, 3, 4) == (
        figure.now.value,
        figure.now.mean,
        figure.now.count,
        figure.now.total,
    )
    assert "unknown" not in figure.now.releases


def test_a_change_that_went_live_at_once_counts() -> None:
    """A lead time of nothing is a lead time."""
    at = utc("2026-10-10T00:00")
    figure = read(deployed("2026-10-10T00:00", changed_at=at))["lead-time"]
    assert (0.0, 1) == (figure.now.value, figure.now.count)


def test_failure_and_rework_are_shares_of_all() -> None:
    """One of four failed and one of four was unplanned: 25 % each."""
    found = read(
        deployed("2026-10-02T08:00", "bad", causes=("incident INC-1",)),
        deployed("2026-10-03T08:00", "again", unplanned="hotfix"),
        deployed("2026-10-04T08:00"),
        deployed("2026-10-05T08:00"),
    )
    assert (25.0, ("bad",)) == (
        found["change-failure-rate"].now.value,
        found["change-failure-rate"].now.releases,
    )
    assert (25.0, ("again",)) == (
        found["rework-rate"].now.value,
        found["rework-rate"].now.releases,
    )


def test_recovery_is_the_median_of_failures() -> None:
    """22 and 38 minutes: the median of two is 30, and so is the mean."""
    found = read(
        deployed(
            "2026-10-02T08:00",
            causes=("x",),
            recoveries=(recovered("2026-10-02T08:00", 22),),
        ),
        deployed(
            "2026-10-09T08:00",
            causes=("x",),
            recoveries=(recovered("2026-10-09T08:00", 38),),
        ),
        deployed("2026-10-10T08:00", causes=("did not succeed",)),
    )["recovery-time"]
    assert (30.0, 30.0, 2, 3) == (
        found.now.value,
        found.now.mean,
        found.now.count,
        found.now.total,
    )


@pytest.mark.parametrize(
    ("rows", "figure", "why"),
    [
        ((), "deployment-frequency", "no deployment to production is on record"),
        ((), "change-failure-rate", "no deployment to production is on record"),
        ((), "recovery-time", "no deployment failed in this time"),
        (("well",), "lead-time", "none of 1 deployments says when its changes"),
        (
            ("failed",),
            "recovery-time",
            "no failed deployment says when service was back",
        ),
    ],
)
def test_a_figure_that_cannot_be_worked_out_says_why(
    rows: tuple[str, ...], figure: str, why: str
) -> None:
    """And never shows a nought in place of what is not known."""
    made = [
        deployed("2026-10-02T08:00", causes=("x",) if row == "failed" else ())
        for row in rows
    ]
    found = read(*made)[figure]
    assert found.now.value is None
    assert found.why_not.startswith(why)
    assert found.about.fix


def many(month: str, count: int) -> list[Deployment]:
    """*count* deployments in a month."""
    return [deployed(f"2026-{month}-{day:02}T08:00") for day in range(4, 4 + count)]


def test_more_is_better_for_frequency_only() -> None:
    """Ten after five is better; lead times twice as long are worse."""
    early = [
        replace(one, changed_at=one.at - timedelta(hours=5)) for one in many("09", 5)
    ]
    late = [
        replace(one, changed_at=one.at - timedelta(hours=10)) for one in many("10", 10)
    ]
    found = read(*early, *late)
    assert "better" == found["deployment-frequency"].trend
    assert "worse" == found["lead-time"].trend


def test_few_events_are_no_trend() -> None:
    """Four after two say nothing yet, and one failure of four is no worse than none of two."""
    late = many("10", 4)
    late[0] = replace(late[0], causes=("x",))
    found = read(*many("09", 2), *late)
    assert "too-few" == found["deployment-frequency"].trend
    assert "too-few" == found["change-failure-rate"].trend


def test_shares_are_compared_by_chance() -> None:
    """Fisher's exact test: 1 of 9 against 11 of 14 by accident is 0.0028 (two-sided)."""
    assert accident(1, 9, 11, 14) == pytest.approx(0.0028, abs=0.00005)
    assert accident(2, 44, 3, 38) > 0.1
    assert accident(0, 0, 0, 5) == 1.0


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_chance_is_a_chance(one: int, rest: int, other: int, other_rest: int) -> None:
    """Between 0 and 1, and the same whichever side is named first."""
    value = accident(one, one + rest, other, other + other_rest)
    assert 0 < value <= 1
    assert value == pytest.approx(accident(other, other + other_rest, one, one + rest))


def test_the_baseline_stands_beside_both() -> None:
    """Two weeks in August with four deployments: 2 a week."""
    zone = ZoneInfo("UTC")
    day = Clock(zone)
    base = Baseline(
        since=Moment.parse("2026-08-03", day), until=Moment.parse("2026-08-16", day)
    )
    window = baseline_window(base, zone)
    assert 14 == window.day_count
    figure = read(*many("08", 4), baseline=window)["deployment-frequency"]
    assert figure.baseline is not None
    assert 2.0 == figure.baseline.value


BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 14, tzinfo=ZoneInfo("UTC"))


def test_days_are_those_of_the_site() -> None:
    """Ninety days up to 21 November begin on 24 August at midnight in Berlin."""
    window = last_days(NOW, 90, BERLIN)
    assert "2026-08-24T00:00:00+02:00" == window.since.isoformat()
    assert window.holds(NOW)
    assert window.before.until == window.since
    assert 90 == window.day_count


def test_weeks_cover_a_window_without_a_gap() -> None:
    """Counted back from now; the oldest may be shorter."""
    window = since_day(NOW.date() - timedelta(days=16), NOW, BERLIN)
    made = list(weeks(window))
    assert (made[0].since, made[-1].until) == (window.since, window.until)
    assert all(a.until == b.since for a, b in pairwise(made))


def test_quarters_and_the_baseline_in_them() -> None:
    """The running quarter is not complete; a quarter inside the baseline is marked."""
    base = Window(utc("2026-04-01T00:00"), utc("2026-07-01T00:00"))
    made = list(periods(utc("2026-02-10T00:00"), NOW, "quarter", ZoneInfo("UTC"), base))
    assert [(one.key, one.complete, one.baseline) for one in made] == [
        ("2026-Q1", True, False),
        ("2026-Q2", True, True),
        ("2026-Q3", True, False),
        ("2026-Q4", False, False),
    ]
