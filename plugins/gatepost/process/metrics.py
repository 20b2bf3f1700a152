"""The delivery figures of a stretch of time, each with what it rests on or why there is none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import comb
from statistics import mean, median
from typing import Literal

from gatepost.process.deployment import Deployment
from gatepost.process.spans import Window

Trend = Literal["better", "worse", "same", "too-few", "none"]
FEW = 5
"""Below that many events on either side, a difference says nothing."""
CLEAR = 0.1
"""Greatest chance of an accident at which a difference of shares counts as one."""
STEADY = 0.1
"""A smaller relative change of a pace or a median is no change."""
_PERCENT = 100
_SECONDS_PER_HOUR = 3600
DORA = "DORA, dora.dev"
GUIDES = "published guides on release management"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure is, in one sentence, and who says so."""

    key: str
    name: str
    """Today's name."""
    guide_name: str
    """The name older guides use; empty if they have none."""
    means: str
    source: str
    unit: str
    better: Literal["more", "less"]
    needs: str
    """Fields it is worked out from."""
    fix: str
    """What to write where when there is no figure."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure over one stretch of time."""

    value: float | None
    count: int
    """Events it is made of: deployments counted, failures, recoveries."""
    total: int
    """Events it is a share of, or could have used."""
    releases: tuple[str, ...]
    """Behind it, each once, oldest first."""
    mean: float | None = None
    """For times: the mean beside the median."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure now, before, and in the baseline."""

    about: Definition
    now: Reading
    before: Reading
    baseline: Reading | None
    trend: Trend
    why_not: str
    """Why there is no figure; empty if there is one."""


FREQUENCY = Definition(
    "deployment-frequency",
    "Deployment frequency",
    "Deployment frequency",
    "Successful deployments to production, per week.",
    f"{DORA}; {GUIDES}",
    "a week",
    "more",
    "`deployments` (`env`, `at`, `result`), else `dates.deployed`",
    "add `dates: {deployed: 2026-11-20}` to the entry, or let the pipeline write `deployments:`",
)
LEAD = Definition(
    "lead-time",
    "Change lead time",
    "Lead time for changes",
    "From the oldest commit in a deployment to production; the median.",
    f"{DORA}; {GUIDES}",
    "hours",
    "less",
    "`deployments[].committed_at`, else the entry's first commit, and `deployments[].at`",
    "let the pipeline write `committed_at:` beside `at:` in `deployments:`",
)
FAILURES = Definition(
    "change-failure-rate",
    "Change fail rate",
    "Change failure rate",
    "Share of deployments that were undone, hot-fixed or caused an incident.",
    f"{DORA}; {GUIDES}",
    "%",
    "less",
    "`deployments[].result`, `incidents` with `caused_by`, hotfixes that name the release in "
    "`fixes`",
    "record deployments with `result:`, and what went wrong under `incidents:`",
)
RECOVERY = Definition(
    "recovery-time",
    "Failed deployment recovery time",
    "Mean time to recovery",
    "From the failure a deployment caused to a healthy service; the median, the mean beside it.",
    f"{DORA}; {GUIDES}",
    "minutes",
    "less",
    "`incidents` with `started_at` and `restored_at`",
    "add `started_at:` and `restored_at:` to the entry's `incidents:`",
)
REWORK = Definition(
    "rework-rate",
    "Deployment rework rate",
    "",
    "Share of deployments nobody planned: hotfixes, and deploying again after a failure.",
    DORA,
    "%",
    "less",
    "`kind: hotfix`, and `deployments` after one that failed",
    "record deployments, and write `kind: hotfix` in entries that mend others",
)


def frequency(rows: Iterable[Deployment], weeks: float) -> Reading:
    """Successful deployments per week."""
    known = tuple(rows)
    good = [one for one in known if one.result == "succeeded"]
    value = len(good) / weeks if known and weeks else None
    return Reading(value, len(good), len(known), _behind(good))


def lead_time(rows: Iterable[Deployment], _weeks: float = 0) -> Reading:
    """Hours from commit to production."""
    known = tuple(rows)
    led = [one for one in known if one.lead is not None]
    hours = [
        one.lead.total_seconds() / _SECONDS_PER_HOUR
        for one in led
        if one.lead is not None
    ]
    return _times(hours, len(known), _behind(led))


def failure_rate(rows: Iterable[Deployment], _weeks: float = 0) -> Reading:
    """Share of deployments that failed."""
    known = tuple(rows)
    failed = [one for one in known if one.failed]
    return _share(len(failed), len(known), _behind(failed))


def recovery_time(rows: Iterable[Deployment], _weeks: float = 0) -> Reading:
    """Minutes from failure to health."""
    failed = [one for one in rows if one.failed]
    timed = [(one, row.minutes) for one in failed for row in one.recoveries]
    minutes = [length for _, length in timed if length is not None]
    return _times(minutes, len(failed), _behind(failed))


def rework_rate(rows: Iterable[Deployment], _weeks: float = 0) -> Reading:
    """Share of deployments that nobody planned."""
    known = tuple(rows)
    again = [one for one in known if one.unplanned]
    return _share(len(again), len(known), _behind(again))


READERS: tuple[tuple[Definition, Callable[[Iterable[Deployment], float], Reading]], ...]
READERS = (
    (FREQUENCY, frequency),
    (LEAD, lead_time),
    (FAILURES, failure_rate),
    (RECOVERY, recovery_time),
    (REWORK, rework_rate),
)
"""The five figures, in the order they are shown."""


def figures(
    rows: tuple[Deployment, ...], window: Window, baseline: Window | None
) -> tuple[Figure, ...]:
    """The five figures over *window*, beside the stretch before it and the baseline.

    Args:
        rows: Deployments, oldest first.
        window: The time in question.
        baseline: The time later figures are compared with, if there is one.
    """
    now, before = within(rows, window), within(rows, window.before)
    base = within(rows, baseline) if baseline else ()
    return tuple(
        _figure(
            about,
            read(now, window.weeks),
            read(before, window.weeks),
            read(base, baseline.weeks) if baseline else None,
        )
        for about, read in READERS
    )


def within(rows: tuple[Deployment, ...], window: Window) -> tuple[Deployment, ...]:
    """What of *rows*, oldest first, lies in *window*."""
    first = bisect_left(rows, window.since, key=_at)
    return rows[first : bisect_left(rows, window.until, lo=first, key=_at)]


def _at(one: Deployment) -> datetime:
    return one.at


def _behind(rows: Iterable[Deployment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in rows for name in one.releases))


def _share(count: int, total: int, releases: tuple[str, ...]) -> Reading:
    value = count / total * _PERCENT if total else None
    return Reading(value, count, total, releases)


def _times(lengths: list[float], total: int, releases: tuple[str, ...]) -> Reading:
    if not lengths:
        return Reading(None, 0, total, releases)
    return Reading(median(lengths), len(lengths), total, releases, mean(lengths))


def _figure(
    about: Definition, now: Reading, before: Reading, baseline: Reading | None
) -> Figure:
    return Figure(
        about, now, before, baseline, _trend(about, now, before), _why(about, now)
    )


def _why(about: Definition, now: Reading) -> str:
    if now.value is not None:
        return ""
    if about is RECOVERY:
        if not now.total:
            return "no deployment failed in this time"
        return "no failed deployment says when service was back"
    if not now.total:
        return "no deployment to production is on record in this time"
    return f"none of {now.total} deployments says when its changes were committed"


def _trend(about: Definition, now: Reading, before: Reading) -> Trend:
    if now.value is None or before.value is None:
        return "none"
    if about.unit == "%":
        if accident(now.count, now.total, before.count, before.total) > CLEAR:
            return "too-few" if min(now.total, before.total) < FEW else "same"
    elif min(now.count, before.count) < FEW:
        return "too-few"
    elif abs(now.value - before.value) <= STEADY * before.value:
        return "same"
    more = now.value > before.value
    return "better" if more == (about.better == "more") else "worse"


def accident(one: int, of_one: int, other: int, of_other: int) -> float:
    """How likely shares at least this far apart are if nothing changed.

    Fisher's exact test, two-sided, for *one* of *of_one* against *other* of *of_other*.
    """
    whole, hits = of_one + of_other, one + other
    ways = comb(whole, hits)

    def chance(found: int) -> float:
        return comb(of_one, found) * comb(of_other, hits - found) / ways

    seen = chance(one) * (1 + 1e-9)
    fewest, most = max(0, hits - of_other), min(hits, of_one)
    each = (chance(found) for found in range(fewest, most + 1))
    return min(1.0, sum(value for value in each if value <= seen))
