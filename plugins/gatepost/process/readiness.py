"""The go/no-go of one release: a pure function of its facts, its findings and a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from gatepost.model.finding import Finding
from gatepost.model.phase import BY_KEY, PHASES, Phase, PhaseKey
from gatepost.model.registry import Profile, Registry
from gatepost.model.release import Kind, Release

Dimension = Literal["technical", "customer", "business"]
Value = Literal["go", "go-with-waivers", "no-go", "not-due"]
_ALL: frozenset[Kind] = frozenset({"quiet", "standard", "launch", "hotfix"})
_FULL: frozenset[Kind] = frozenset({"standard", "launch"})
_RISKY: frozenset[Kind] = frozenset({"standard", "launch", "hotfix"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at."""

    release: Release
    profile: Profile
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a release must show before it leaves a phase."""

    id: str
    asks: str
    """What must hold, as a statement."""
    field: str
    """The front-matter field that answers it."""
    fix: str
    """The smallest edit that satisfies it."""
    owner: str
    """Role key."""
    dimension: Dimension
    gate: PhaseKey
    """The phase whose exit asks for it."""
    kinds: frozenset[Kind]
    holds: Callable[[Context], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """A check and what came of it."""

    check: Check
    done: bool
    waived: str
    """Why it was set aside, by whom and until when; empty if it was not."""
    due: bool
    """Whether the gate of the phase the release is in asks for it."""
    owner: str
    """Team handle, or the role key nobody fills."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """GO, NO-GO or not due, with everything it rests on."""

    value: Value
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    """What the rules say about the release's file."""

    @property
    def blockers(self) -> tuple[Answer, ...]:
        """Checks that are due, not done and not waived."""
        return tuple(
            one for one in self.answers if one.due and not one.done and not one.waived
        )

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that stop any build."""
        return tuple(one for one in self.findings if one.level == "error")

    def score(self, dimension: Dimension) -> tuple[int, int]:
        """Checks done, and checks that apply, of one dimension."""
        rows = [one for one in self.answers if one.check.dimension == dimension]
        return sum(one.done or bool(one.waived) for one in rows), len(rows)


def _tests_pass(context: Context) -> bool:
    tests = context.release.tests
    runs = (
        []
        if tests is None
        else [
            run
            for run in (
                tests.unit,
                tests.integration,
                tests.regression,
                tests.uat,
                tests.performance,
            )
            if run
        ]
    )
    return bool(runs) and all(run.result in {"passed", "not-needed"} for run in runs)


def _rollback_is_complete(context: Context) -> bool:
    plan = context.release.rollback
    if plan is None or not plan.strategies:
        return False
    return bool(
        plan.triggers and plan.authority and plan.authority.who and plan.executors
    )


def _rehearsed(context: Context) -> bool:
    plan = context.release.rollback
    if plan is None:
        return False
    if all(way.kind == "none" for way in plan.strategies) and plan.strategies:
        return all(way.reason and way.approved_by for way in plan.strategies)
    oldest = context.as_of - timedelta(days=context.profile.rehearsal_days)
    return plan.tested is not None and plan.tested.on.at >= oldest


def _signed(context: Context) -> bool:
    approvals = context.release.approvals
    asked = set(approvals.required if approvals else ()) | set(context.profile.signers)
    given = {one.role for one in approvals.given} if approvals else set()
    return asked <= given


def _docs_ready(context: Context) -> bool:
    return all(doc.state in {"updated", "none-needed"} for doc in context.release.docs)


CHECKS = (
    Check(
        "goal",
        "The goal is named",
        "goal",
        "add `goal:` with the objective it serves",
        "pm",
        "business",
        "idea",
        _FULL,
        lambda c: bool(c.release.goal),
    ),
    Check(
        "scope",
        "Scope in and out is written",
        "scope",
        "add `scope: {in: [...], out: [...]}`",
        "pm",
        "business",
        "planning",
        _FULL,
        lambda c: bool(c.release.scope and c.release.scope.in_ and c.release.scope.out),
    ),
    Check(
        "success",
        "Success criteria are set",
        "success_criteria",
        "add `success_criteria: [{metric: ..., target: ...}]`",
        "pm",
        "business",
        "planning",
        _FULL,
        lambda c: bool(c.release.success_criteria),
    ),
    Check(
        "planned",
        "A date is planned",
        "dates.planned",
        "add `dates: {planned: 2026-12-01}`",
        "release_manager",
        "business",
        "planning",
        _FULL,
        lambda c: bool(c.release.dates.planned or c.release.dates.deployed),
    ),
    Check(
        "frozen",
        "Scope is frozen",
        "scope.frozen_on",
        "add `frozen_on:` under `scope:`",
        "eng_lead",
        "technical",
        "building",
        _FULL,
        lambda c: bool(
            c.release.dates.scope_frozen
            or (c.release.scope and c.release.scope.frozen_on)
        ),
    ),
    Check(
        "dependencies",
        "No dependency is blocked or open",
        "dependencies",
        "ask the team, then set `state: delivered`",
        "pm",
        "technical",
        "testing",
        _ALL,
        lambda c: all(one.state == "delivered" for one in c.release.dependencies),
    ),
    Check(
        "tests",
        "Tests have passed, with evidence",
        "tests",
        "add `tests:` with `result: passed` and `evidence_url:`",
        "qa_lead",
        "technical",
        "testing",
        _RISKY,
        _tests_pass,
    ),
    Check(
        "risks",
        "No risk with high impact is open",
        "risks",
        "mitigate it, then set `state: mitigated` or `accepted`",
        "eng_lead",
        "technical",
        "preparing",
        _ALL,
        lambda c: (
            not any(
                one.impact == "high" and one.state == "open" for one in c.release.risks
            )
        ),
    ),
    Check(
        "rollback",
        "The way back is complete",
        "rollback",
        "add strategies, triggers, an authority and executors under `rollback:`",
        "eng_lead",
        "technical",
        "preparing",
        _RISKY,
        _rollback_is_complete,
    ),
    Check(
        "rehearsal",
        "The way back was rehearsed lately",
        "rollback.tested",
        "rehearse it, then set `tested: {on: ..., by: ..., env: ...}`",
        "on_call",
        "technical",
        "preparing",
        _RISKY,
        _rehearsed,
    ),
    Check(
        "monitors",
        "Somebody watches it",
        "monitors",
        "add `monitors: [{name: ..., url: ...}]`",
        "on_call",
        "technical",
        "preparing",
        _RISKY,
        lambda c: bool(c.release.monitors),
    ),
    Check(
        "notes",
        "Customers are told what changed, for whom and what to do",
        "what",
        "add `what:`, `who:` and `action:`",
        "pm",
        "customer",
        "preparing",
        _FULL,
        lambda c: bool(c.release.what and c.release.who and c.release.action),
    ),
    Check(
        "docs",
        "Help articles are updated",
        "docs",
        "update them, then set `state: updated`",
        "docs_owner",
        "customer",
        "preparing",
        _ALL,
        _docs_ready,
    ),
    Check(
        "support",
        "Support knows what to say",
        "support",
        "add `support:` with `summary:` and `faq:`",
        "support_lead",
        "customer",
        "preparing",
        _FULL,
        lambda c: bool(c.release.support and c.release.support.summary),
    ),
    Check(
        "escalation",
        "Support knows whom to ask",
        "support.escalation",
        "add `escalation:` under `support:`",
        "support_lead",
        "customer",
        "preparing",
        _FULL,
        lambda c: bool(c.release.support and c.release.support.escalation),
    ),
    Check(
        "channels",
        "It is settled how customers are told",
        "channels",
        "add `channels: [{channel: changelog}]`",
        "product_marketing",
        "customer",
        "preparing",
        _FULL,
        lambda c: bool(c.release.channels),
    ),
    Check(
        "approvals",
        "Everybody who must sign has signed",
        "approvals",
        "add the sign-off under `approvals: given:`",
        "release_manager",
        "business",
        "preparing",
        _RISKY,
        _signed,
    ),
    Check(
        "exposed",
        "It is recorded when customers had it",
        "dates.exposed",
        "add `dates: {exposed: ...}`",
        "devops",
        "technical",
        "rolling-out",
        _FULL,
        lambda c: bool(c.release.dates.exposed),
    ),
    Check(
        "incidents",
        "No incident is unresolved",
        "incidents",
        "add `restored_at:`",
        "on_call",
        "technical",
        "monitoring",
        _ALL,
        lambda c: all(one.restored_at for one in c.release.incidents),
    ),
    Check(
        "results",
        "Results are read",
        "success_criteria",
        "add `result:` and `read_on:`",
        "pm",
        "business",
        "reviewing",
        _FULL,
        lambda c: all(one.result for one in c.release.success_criteria),
    ),
    Check(
        "review",
        "Lessons are recorded",
        "reviewing",
        "add `reviewing: {held_on: ..., lessons: [...]}`",
        "pm",
        "business",
        "reviewing",
        _FULL,
        lambda c: bool(c.release.reviewing and c.release.reviewing.lessons),
    ),
)
"""In the order of the phases whose gates ask for them."""

GO_NO_GO = max(phase.order for phase in PHASES if not phase.released)
"""Order of the last phase before anything is live: its exit is the go/no-go."""


def verdict(
    release: Release, registry: Registry, findings: Iterable[Finding], as_of: datetime
) -> Verdict:
    """Decide whether a release may leave the phase it is in.

    *Not due* means that nothing its present gate asks is missing, but the go/no-go is still ahead.
    """
    profile = registry.profiles.get(registry.profile, Profile())
    context = Context(release, profile, as_of)
    phase = release.at_phase
    answers = tuple(
        _answer(check, context, phase)
        for check in CHECKS
        if release.kind in check.kinds
    )
    found = tuple(sorted(findings))
    return Verdict(_value(answers, found, phase, release), answers, found)


def _answer(check: Check, context: Context, phase: Phase) -> Answer:
    release = context.release
    return Answer(
        check=check,
        done=check.holds(context),
        waived=_waiver(check, context),
        due=BY_KEY[check.gate].order <= phase.order,
        owner=release.roles.get(check.owner, check.owner),
    )


def _waiver(check: Check, context: Context) -> str:
    waivers = context.release.go_no_go.waivers if context.release.go_no_go else ()
    for waiver in waivers:
        ends = waiver.until
        if waiver.rule == check.id and (ends is None or ends.at > context.as_of):
            until = f", until {ends.iso}" if ends else ""
            return f"waived by {waiver.by}{until}: {waiver.reason}"
    return ""


def _value(
    answers: tuple[Answer, ...],
    findings: tuple[Finding, ...],
    phase: Phase,
    release: Release,
) -> Value:
    open_now = [one for one in answers if one.due and not one.done and not one.waived]
    if open_now or release.state in {"blocked", "on-hold"}:
        return "no-go"
    if any(one.level == "error" for one in findings):
        return "no-go"
    if phase.order < GO_NO_GO:
        return "not-due"
    waived = any(one.due and one.waived and not one.done for one in answers)
    return "go-with-waivers" if waived else "go"
