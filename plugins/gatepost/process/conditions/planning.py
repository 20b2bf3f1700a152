"""Conditions of the phases idea, planning and building."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.parts import Dependency
from gatepost.process.conditions.condition import (
    Condition,
    Facts,
    Finding,
    Gap,
    Table,
    filled,
    first_gap,
)
from gatepost.process.waits import Waiting

BY_ITSELF = frozenset({"changelog", "public_roadmap", "internal_notes", "docs"})
"""Channels that need no date of their own: the build or the documentation carries them."""
_GO_NO_GO = 4


def _compatibility(facts: Facts) -> Finding:
    return facts.release.compatibility is not None


def _vision(facts: Facts) -> Finding:
    told = facts.release.stakeholders
    for number, one in enumerate(told):
        if one.informed_on is None:
            at, edit = ("stakeholders", number), "informed_on: {today}"
            return Gap(f"{one.who} was not told", at, edit, hard=False)
    return True if told else None


def _factors(facts: Facts) -> Finding:
    said = facts.release.decision_factors
    return said is not None and any(said.model_dump().values())


def _scope(facts: Facts) -> Finding:
    scope = facts.release.scope
    if scope is None:
        return False
    if not scope.in_:
        edit = "[what customers will have]"
        return Gap("nothing says what is in", ("scope", "in"), edit, hard=False)
    if not scope.out:
        edit = "[what somebody may expect and will not get]"
        return Gap("nothing says what is out", ("scope", "out"), edit, hard=False)
    return True


def _exclusions(facts: Facts) -> Finding:
    scope = facts.release.scope
    return scope is not None and bool(scope.out or scope.limitations)


def _audience(facts: Facts) -> Finding:
    release = facts.release
    said = ("audience",) in release.source.places or release.audience != ("internal",)
    return bool(release.for_ or release.plans or (release.audience and said))


def _path(facts: Facts) -> Finding:
    deployment = facts.release.deployment
    return deployment is not None and deployment.path is not None


def _stakeholders(facts: Facts) -> Finding:
    for number, one in enumerate(facts.release.stakeholders):
        if not filled(one.role):
            return Gap(
                f"the role of {one.who} is not said",
                ("stakeholders", number),
                "role: what they decide or need",
                hard=False,
            )
    return bool(facts.release.stakeholders)


def _risks_answered(facts: Facts) -> Finding:
    for number, risk in enumerate(facts.release.risks):
        if not filled(risk.mitigation):
            return Gap(
                f"nothing is done about the risk “{risk.text}”",
                ("risks", number),
                "mitigation: what is done about it",
                risk.owner,
                hard=False,
            )
    return True if facts.release.risks else None


def _approvers(facts: Facts) -> Finding:
    approvals = facts.release.approvals
    named = bool(approvals and approvals.required)
    return named or bool(facts.profile.signers)


def _success(facts: Facts) -> Finding:
    release = facts.release
    if release.success_criteria or not release.guardrails:
        return bool(release.success_criteria and release.guardrails)
    edit = "[{metric: what is measured, target: what it should be}]"
    return Gap("nothing says what success is", ("success_criteria",), edit, hard=False)


def _confirmed(facts: Facts) -> Finding:
    release = facts.release
    if not (release.dates.planned or release.dates.deployed):
        return Gap("no day is planned", ("dates", "planned"), "{day}", hard=False)
    return True if any(one.role == "eng_lead" for one in facts.given) else None


_OUT_OF_STEP: dict[Waiting, str] = {
    "given-up": "{team} has given up what this needs",
    "circular": "{team} waits for this, and this for {team}",
    "later": "{team} goes out with what this needs only after it",
    "too-late": "{team} is to deliver only after this goes out",
}


def _dependencies(facts: Facts) -> Finding:
    release = facts.release
    if not release.dependencies:
        return True if release.kind in {"quiet", "hotfix"} else None
    gap = first_gap(_late(facts))
    return gap or True


def _late(facts: Facts) -> Iterator[Gap]:
    last = facts.release.at_phase.order >= _GO_NO_GO
    rows = enumerate(facts.release.dependencies)
    # What somebody already calls blocked is said before what only the dates tell.
    for number, one in sorted(rows, key=lambda row: row[1].state != "blocked"):
        word = _trouble(one, facts, number, last=last)
        if word:
            yield Gap(
                f"{word}: {one.what}",
                ("dependencies", number, "state"),
                "state: delivered",
                one.team,
                one.needed_by,
                hard="has not" not in word,
            )


def _trouble(one: Dependency, facts: Facts, number: int, *, last: bool) -> str:
    stands = facts.waits.get(number)
    if one.state == "delivered" or stands == "delivered":
        return ""
    if one.state == "blocked":
        return f"{one.team} is blocked"
    if stands in _OUT_OF_STEP:
        return _OUT_OF_STEP[stands].format(team=one.team)
    if one.needed_by and one.needed_by.at < facts.as_of:
        return f"{one.team} is late"
    return f"{one.team} has not delivered" if last else ""


def _criteria(facts: Facts) -> Finding:
    return bool(facts.release.go_no_go and facts.release.go_no_go.criteria)


def _communication(facts: Facts) -> Finding:
    release = facts.release
    if not release.channels:
        edit = "[{channel: changelog}]"
        return Gap("no channel is chosen", ("channels",), edit, hard=False)
    loud = [one for one in release.channels if one.channel not in BY_ITSELF]
    dated = all(one.at for one in loud if one.state != "skipped")
    return bool(dated and loud) or bool(
        release.dates.announce or release.dates.planned or release.dates.published
    )


def _day_shared(facts: Facts) -> Finding:
    release = facts.release
    window = release.deployment.window if release.deployment else None
    return bool(release.dates.planned or release.dates.deployed or window)


def _detailed(facts: Facts) -> Finding:
    release = facts.release
    weighed = release.decision_factors and filled(release.decision_factors.feasibility)
    planned = release.tests and filled(release.tests.planning)
    return True if weighed and planned else None


def _frozen(facts: Facts) -> Finding:
    release = facts.release
    own = release.scope and release.scope.frozen_on
    return bool(release.dates.scope_frozen or own)


CONDITIONS: Table = (
    Condition("need-named", "`goal` or `problem` says why", "goal",
        "the objective it serves",
        lambda facts: filled(facts.release.goal) or filled(facts.release.problem)),
    Condition("vision-shared", "every stakeholder has an `informed_on`", "stakeholders",
        '[{who: "{owner}", role: decides what is in, informed_on: {today}}]', _vision),
    Condition("factors-weighed", "`decision_factors` names at least one", "decision_factors",
        "{feasibility: high, expected-return: what it brings}", _factors),
    Condition("value-stated", "`value` says what it is worth", "value",
        "what it is worth and to whom", lambda facts: filled(facts.release.value)),
    Condition("compatibility-stated", "`compatibility` is filled", "compatibility",
        '{backward: "yes"}', _compatibility),
    Condition("objectives-stated", "`objectives` or `goal` is filled", "objectives",
        "[{metric: what is measured, target: what it should be}]",
        lambda facts: bool(facts.release.objectives) or filled(facts.release.goal)),
    Condition("scope-written", "`scope` has `in` and `out`", "scope",
        "{in: [what customers will have], out: [what they will not have yet]}", _scope),
    Condition("audience-named", "`audience`, `for` or `plans` is filled", "audience",
        "public", _audience),
    Condition("channels-chosen", "`channels` names at least one", "channels",
        "[{channel: changelog}]", lambda facts: bool(facts.release.channels)),
    Condition("path-chosen", "`deployment.path` is filled", "deployment.path",
        "phased", _path),
    Condition("stakeholders-listed", "`stakeholders` has at least one, each with a role",
        "stakeholders", '[{who: "{owner}", role: decides what is in}]', _stakeholders),
    Condition("risks-answered", "every risk has a `mitigation`", "risks",
        "[{text: what could happen, mitigation: what is done about it}]", _risks_answered),
    Condition("approvers-named", "`approvals.required` or the way of working names who signs",
        "approvals.required", "[pm, eng_lead]", _approvers),
    Condition("success-measurable", "`success_criteria` and `guardrails` are filled",
        "guardrails", "[{metric: what must not get worse, target: its limit}]", _success),
    Condition("day-confirmed", "`dates.planned` is set and `eng_lead` has signed",
        "approvals.given", '[{role: eng_lead, by: "{owner}", on: {today}}]', _confirmed),
    Condition("dependencies-on-track",
        "no dependency is blocked or late, and all are delivered before the go/no-go",
        "dependencies",
        '[{team: "{owner}", what: what is needed, needed_by: {day}, state: agreed}]',
        _dependencies),
    Condition("criteria-written", "`go_no_go.criteria` is filled", "go_no_go.criteria",
        "[what must be true on the day]", _criteria),
    Condition("exclusions-written", "`scope` has `out` or `limitations`", "scope.out",
        "[what somebody may expect and will not get]", _exclusions),
    Condition("communication-planned", "there are channels, and a day to use them",
        "dates.announce", "{day}", _communication),
    Condition("day-shared", "the calendar has a planned day or a window", "dates.planned",
        "{day}", _day_shared),
    Condition("build-detailed", "`decision_factors.feasibility` and `tests.planning` are filled",
        "tests.planning", "what is tested, where and how often", _detailed),
    Condition("scope-frozen", "`scope.frozen_on` or `dates.scope_frozen` is set",
        "dates.scope_frozen", "{today}", _frozen),
    Condition("tracker-linked", "`refs` links at least one issue", "refs",
        '[{url: "https://tracker.example.com/issues/1"}]',
        lambda facts: bool(facts.release.refs)),
)  # fmt: skip
