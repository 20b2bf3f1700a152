"""Every table of the metrics; here those about how releases are prepared and what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from gatepost.outputs.metrics_delivery_sheets import (
    deployment_sheet,
    failure_sheet,
    figure_sheet,
    period_sheet,
)
from gatepost.outputs.metrics_sheet import RELEASES, Cell, Sheet, rounded, stamp
from gatepost.process.metrics import figures
from gatepost.process.outcomes import Reckoning
from gatepost.process.phase_times import Stay, place_order
from gatepost.process.quiet_checks import CheckRecord
from gatepost.process.spans import Window
from gatepost.process.survey import Survey

_SECONDS_PER_DAY = 86_400


def sheets(
    facts: Survey, window: Window, checks: tuple[CheckRecord, ...] = ()
) -> tuple[Sheet, ...]:
    """Every table, in the order of the page."""
    return (
        figure_sheet(figures(facts.deployments, window, facts.baseline)),
        period_sheet(facts, "month"),
        period_sheet(facts, "quarter"),
        deployment_sheet(facts.deployments),
        failure_sheet(facts.deployments),
        stay_sheet(facts),
        outcome_sheet(facts),
        check_sheet(checks),
        scope_sheet(facts),
        owner_sheet(facts),
        gap_sheet(facts),
    )


def stay_sheet(facts: Survey) -> Sheet:
    """How long releases stayed where."""
    kinds = (
        ("phase", facts.phases),
        ("stage", facts.stages),
        ("between dates", facts.dates),
    )
    made = tuple(row for kind, stays in kinds for row in _stay_rows(kind, stays))
    why = f" {facts.no_history}" if facts.no_history else ""
    return Sheet(
        "cycle-times",
        "Cycle times",
        "Days that releases stayed in each phase (from git), in each stage (from `stages`), and "
        "between their dates.",
        ("of", "where", "median days", "longest days", "over", "there now", RELEASES),
        made,
        ""
        if made
        else f"No release has gone from one phase to the next on record.{why}",
    )


def _stay_rows(kind: str, stays: Iterable[Stay]) -> Iterator[tuple[Cell, ...]]:
    places: dict[str, list[Stay]] = {}
    for one in stays:
        places.setdefault(one.where, []).append(one)
    for where in sorted(places, key=place_order):
        rows = places[where]
        lengths = [one.length for one in rows if one.length is not None]
        days = [length.total_seconds() / _SECONDS_PER_DAY for length in lengths]
        yield (
            *(kind, where),
            rounded(median(days)) if days else None,
            rounded(max(days)) if days else None,
            *(len(days), sum(one.until is None for one in rows)),
            tuple(dict.fromkeys(one.release for one in rows)),
        )


def outcome_sheet(facts: Survey) -> Sheet:
    """What was predicted and what came."""
    made = tuple(
        (
            *(one.kind, one.metric, one.baseline, one.target, one.result),
            *(stamp(one.read_on), one.outcome, one.why, (one.release,)),
        )
        for one in sorted(facts.outcomes, key=_worth_reading)
    )
    return Sheet(
        "predictions",
        "Predicted and actual",
        "Success criteria, objectives and guardrails of releases that are out, with what came; "
        "missed ones first.",
        (
            *("kind", "metric", "before", "predicted", "actual"),
            *("read on", "outcome", "why", RELEASES),
        ),
        made,
        ""
        if made
        else "No release that is out names `success_criteria:` or `guardrails:`.",
    )


def _worth_reading(one: Reckoning) -> tuple[int, float]:
    """What was missed first, then what somebody must judge or read; the newest first."""
    read = one.read_on.timestamp() if one.read_on else 0.0
    return ("missed", "unclear", "open", "met").index(one.outcome), -read


def check_sheet(checks: tuple[CheckRecord, ...]) -> Sheet:
    """Checklist items, those that never fail first."""
    made = tuple(
        (
            *(one.item, one.asks, "yes" if one.never_fails else "", len(one.releases)),
            *(one.held, one.open, one.waived, one.releases),
        )
        for one in checks
    )
    return Sheet(
        "checks",
        "Checklist items",
        "How often each item was asked, and how often it stood in the way; what never fails may "
        "be dropped.",
        (
            "item",
            "asks",
            "never fails",
            "asked",
            "fulfilled",
            "open",
            "waived",
            RELEASES,
        ),
        made,
        "" if made else "No checklist item was asked of any release.",
    )


def scope_sheet(facts: Survey) -> Sheet:
    """Changes of scope after it was closed."""
    made = tuple(
        (
            *(stamp(one.at), "; ".join(one.came), "; ".join(one.went)),
            *(one.decided, one.by, one.commit[:12], (one.release,)),
        )
        for one in facts.scope
    )
    why = facts.no_history or "No scope changed after the day it was closed."
    return Sheet(
        "scope-changes",
        "Scope changed late",
        "Changes of `scope: in` after `frozen_on`, from git.",
        ("at", "came in", "went out", "decision", "by", "commit", RELEASES),
        made,
        "" if made else why,
    )


def owner_sheet(facts: Survey) -> Sheet:
    """Roles that nobody fills."""
    made = tuple(
        (", ".join(one.filled), ", ".join(one.empty), (one.release,))
        for one in facts.owners
    )
    return Sheet(
        "owners",
        "Ownership",
        "The roles that sign the go/no-go, of every standard release and launch.",
        ("filled", "empty", RELEASES),
        made,
        "" if made else "There is no standard release and no launch.",
    )


def gap_sheet(facts: Survey) -> Sheet:
    """What is not known, and what to write where."""
    made = tuple(
        (one.figure, one.why, one.fix, (one.release,))
        for one in sorted(facts.gaps, key=lambda one: (one.figure, one.release))
    )
    return Sheet(
        "gaps",
        "What is missing",
        "What the figures leave out because nobody wrote it, and what to write where.",
        ("figure", "why", "fix", RELEASES),
        made,
        "" if made else "Nothing is missing.",
    )
