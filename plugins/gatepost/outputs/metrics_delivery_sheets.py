"""The tables of what reached production: figures, months and quarters, deployments, failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatepost.outputs.metrics_sheet import RELEASES, Cell, Sheet, rounded, stamp
from gatepost.process.deployment import Deployment
from gatepost.process.metrics import READERS, Figure, Reading
from gatepost.process.spans import Grain, Period, period_key, periods
from gatepost.process.survey import Survey

_SECONDS_PER_HOUR = 3_600


def figure_sheet(rows: tuple[Figure, ...]) -> Sheet:
    """The five figures with what they mean."""
    return Sheet(
        "figures",
        "Figures",
        "Each figure over the chosen time, over the time before it, and in the baseline.",
        (
            *(
                "figure",
                "name",
                "name in guides",
                "value",
                "unit",
                "count",
                "of",
                "mean",
            ),
            *("before", "before count", "before of", "baseline", "trend"),
            *("why not", "means", "source", "needs", RELEASES),
        ),
        tuple(
            (
                *(one.about.key, one.about.name, one.about.guide_name),
                *(rounded(one.now.value), one.about.unit, one.now.count, one.now.total),
                *(rounded(one.now.mean), rounded(one.before.value), one.before.count),
                *(one.before.total, _value(one.baseline), one.trend),
                f"{one.why_not}: {one.about.fix}" if one.why_not else "",
                *(one.about.means, one.about.source, one.about.needs),
                one.now.releases,
            )
            for one in rows
        ),
    )


def _value(reading: Reading | None) -> float | None:
    return rounded(reading.value) if reading else None


def period_sheet(facts: Survey, grain: Grain) -> Sheet:
    """The figures of every month or quarter, of all products and of each."""
    rows = tuple(_period_rows(facts, grain))
    name = f"{grain}s"
    return Sheet(
        name,
        f"By {grain}",
        f"The figures of every {grain} since the first deployment; all products, then each.",
        (
            *(grain, "product", "baseline", "complete", "deployments", "successful"),
            *("failed", "change failure rate %", "rework", "rework rate %"),
            *("median lead time h", "median recovery min", RELEASES),
        ),
        rows,
        "" if rows else _no_deployments(),
    )


def _no_deployments() -> str:
    return "No deployment to production is on record. " + _sentence(READERS[0][0].fix)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _period_rows(facts: Survey, grain: Grain) -> Iterator[tuple[Cell, ...]]:
    grouped: dict[tuple[str, str], list[Deployment]] = {}
    for one in facts.deployments:
        key = period_key(one.at, grain, facts.zone)
        for product in ("", *one.products):
            grouped.setdefault((key, product), []).append(one)
    products = sorted({product for _, product in grouped if product})
    for period in past_periods(facts, grain):
        for product in ("", *products):
            rows = grouped.get((period.key, product), [])
            if rows or not product:
                yield _period_row(period, product, rows)


def past_periods(facts: Survey, grain: Grain) -> tuple[Period, ...]:
    """Every month or quarter since the first deployment."""
    if not facts.deployments:
        return ()
    first = facts.deployments[0].at
    return tuple(periods(first, facts.as_of, grain, facts.zone, facts.baseline))


def _period_row(
    period: Period, product: str, rows: list[Deployment]
) -> tuple[Cell, ...]:
    _, lead, failed, recovery, rework = (
        read(rows, period.window.weeks) for _, read in READERS
    )
    return (
        *(period.key, product or "all", "yes" if period.baseline else ""),
        *("yes" if period.complete else "", len(rows)),
        sum(one.result == "succeeded" for one in rows),
        *(failed.count, rounded(failed.value), rework.count, rounded(rework.value)),
        *(rounded(lead.value), rounded(recovery.value)),
        tuple(dict.fromkeys(name for one in rows for name in one.releases)),
    )


def deployment_sheet(rows: Iterable[Deployment]) -> Sheet:
    """Every arrival in production."""
    made = tuple(
        (
            *(stamp(one.at), one.version, ", ".join(one.products), one.result),
            "pipeline" if one.origin == "record" else "`dates.deployed`",
            _hours(one),
            one.changed_by or one.why_no_lead,
            *(", ".join(one.causes), one.unplanned, one.releases),
        )
        for one in rows
    )
    return Sheet(
        "deployments",
        "Deployments",
        "Every deployment to production, oldest first.",
        (
            *("at", "version", "products", "result", "known from", "lead time h"),
            *("lead time from", "failed because", "rework because", RELEASES),
        ),
        made,
        "" if made else _no_deployments(),
    )


def _hours(one: Deployment) -> float | None:
    lead = one.lead
    return None if lead is None else rounded(lead.total_seconds() / _SECONDS_PER_HOUR)


def failure_sheet(rows: Iterable[Deployment]) -> Sheet:
    """Every failed deployment and its recovery; one row for each incident."""
    made = tuple(row for one in rows if one.failed for row in _failures(one))
    return Sheet(
        "failed-deployments",
        "Failed deployments",
        "Deployments that were undone, hot-fixed or caused an incident, oldest first.",
        (
            *("deployed", "failed", "version", "because", "incident", "found min"),
            *("recovered by", "recovered min", "promise kept", "post-mortem", RELEASES),
        ),
        made,
        "" if made else "No deployment on record failed.",
    )


def _failures(one: Deployment) -> Iterator[tuple[Cell, ...]]:
    because = ", ".join(one.causes)
    if not one.recoveries:
        known = (stamp(one.at), "", one.version, because, "", None)
        yield (*known, "not recorded", None, "", "", one.releases)
    for row in one.recoveries:
        found = row.found_at - row.failed_at if row.found_at else None
        yield (
            *(stamp(one.at), stamp(row.failed_at), one.version, because, row.incident),
            rounded(found.total_seconds() / 60) if found else None,
            *(row.by, rounded(row.minutes)),
            {True: "yes", False: "no", None: ""}[row.sla_met],
            *(row.postmortem, one.releases),
        )
