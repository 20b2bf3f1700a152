"""The tables of a readiness page: what the release says about itself, as it says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from gatepost.model.moment import Moment
from gatepost.model.parts import Trigger
from gatepost.model.release import Release
from gatepost.outputs.views import Table as View
from gatepost.outputs.words import day


def _table(
    caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> View:
    return View(caption.lower().replace(" ", "-"), caption, heads, rows)


def tables(release: Release, zone: tzinfo) -> tuple[View, ...]:
    """Every table with at least one row."""
    made = (
        *_rollback(release, zone),
        _table(
            "Flags",
            ("Key", "Purpose", "Default", "Safe value", "Owner", "Remove by"),
            tuple(
                (
                    one.key,
                    one.purpose,
                    one.default,
                    one.safe_value,
                    one.owner,
                    _on(one.remove_by, zone),
                )
                for one in release.flags
            ),
        ),
        _table(
            "Risks",
            ("Risk", "Likelihood", "Impact", "What we do", "Owner", "State"),
            tuple(
                (
                    one.text,
                    one.likelihood,
                    one.impact,
                    one.mitigation,
                    one.owner,
                    one.state,
                )
                for one in release.risks
            ),
        ),
        _table(
            "Dependencies",
            ("What", "Team", "Needed by", "State"),
            tuple(
                (one.what, one.team, _on(one.needed_by, zone), one.state)
                for one in release.dependencies
            ),
        ),
        _table(
            "Success metrics and guardrails",
            ("Metric", "Before", "Goal", "Result"),
            tuple(
                (one.metric, one.baseline, one.target, one.result)
                for one in (
                    *release.objectives,
                    *release.success_criteria,
                    *release.guardrails,
                )
            ),
        ),
        _table(
            "Communication",
            ("Channel", "When", "Audience", "State"),
            tuple(
                (
                    one.channel.replace("_", " "),
                    _on(one.at, zone),
                    one.audience,
                    one.state,
                )
                for one in release.channels
            ),
        ),
        _table("Sign-offs", ("Role", "By", "When"), tuple(_signatures(release, zone))),
        _table("Roles", ("Role", "Team"), tuple(release.roles.items())),
        _table("Support", ("Topic", "Text"), tuple(_support(release))),
        _table(
            "Decisions",
            ("Decision", "By", "When", "Why"),
            tuple(
                (one.what, one.by, _on(one.on, zone), one.why)
                for one in release.decisions
            ),
        ),
        _table("Dates", ("What", "When"), tuple(_dates(release, zone))),
    )
    return tuple(table for table in made if table.rows)


def _on(moment: Moment | None, zone: tzinfo) -> str:
    return day(moment, zone).text if moment else ""


def _rollback(release: Release, zone: tzinfo) -> Iterator[View]:
    plan = release.rollback
    if plan is None:
        return
    yield _table(
        "Roll back when",
        ("Signal", "Threshold", "Then"),
        tuple(
            (one.metric or one.severity, _threshold(one), one.action)
            for one in plan.triggers
        ),
    )
    yield _table(
        "Rollback steps",
        ("Step", "Who", "Command"),
        tuple((one.step, one.who, one.command) for one in plan.executors),
    )
    facts = (
        ("Strategy", ", ".join(one.kind.replace("_", " ") for one in plan.strategies)),
        ("Who decides", plan.authority.who if plan.authority else ""),
        ("Deputy", plan.authority.deputy if plan.authority else ""),
        ("Runbook", plan.runbook),
        ("Last rehearsed", _on(plan.tested.on, zone) if plan.tested else "never"),
        ("Time allowed", str(plan.expected_duration or "")),
        ("Cannot be undone", plan.point_of_no_return),
    )
    yield _table("Rollback", ("Fact", "Value"), tuple(row for row in facts if row[1]))


def _threshold(trigger: Trigger) -> str:
    if not trigger.metric:
        return "confirmed" if trigger.confirmed else "reported"
    held = f" for {trigger.for_}" if trigger.for_ else ""
    return f"{trigger.op or ''} {trigger.value} {trigger.unit}".strip() + held


def _signatures(release: Release, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    if release.approvals is None:
        return
    given = {one.role for one in release.approvals.given}
    for one in release.approvals.given:
        yield one.role, one.by, _on(one.on, zone)
    for role in release.approvals.required:
        if role not in given:
            yield role, release.roles.get(role, ""), "waiting"


def _support(release: Release) -> Iterator[tuple[str, ...]]:
    said = release.support
    if said is None:
        return
    rows = (
        ("Summary", said.summary),
        ("Escalation", said.escalation),
        ("Tier", said.tier),
    )
    yield from (row for row in rows if row[1])
    yield from ((one.q, one.a) for one in said.faq)
    yield from (("Symptom", text) for text in said.symptoms)


def _dates(release: Release, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    dates = release.dates
    rows = (
        ("Planned", dates.planned),
        ("Scope frozen", dates.scope_frozen),
        ("Deployed", dates.deployed),
        ("First customers had it", dates.exposed),
        ("Published", dates.published),
        ("Announced", dates.announce),
    )
    yield from ((label, _on(moment, zone)) for label, moment in rows if moment)
