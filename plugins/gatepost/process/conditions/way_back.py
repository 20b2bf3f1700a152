"""Conditions of the phase preparing about the way back, and what was learned on it."""

from __future__ import annotations

import json

from gatepost.process.conditions.condition import (
    Condition,
    Facts,
    Finding,
    Gap,
    Table,
    filled,
)
from gatepost.process.rollback import one_way, redeploy, rehearsal
from gatepost.rules.runbook import digest_of


def _rehearsed(facts: Facts) -> Finding:
    found = rehearsal(facts.release, facts.as_of, facts.profile.rehearsal_days)
    plan = facts.release.rollback
    if plan is None:
        return False
    if not plan.strategies:
        return _no_strategy()
    if found.freshness == "not-needed":
        return True
    if not filled(plan.runbook):
        edit = '"https://wiki.example.com/runbook"'
        return Gap("no runbook is named", ("rollback", "runbook"), edit, hard=False)
    if found.enough or found.freshness == "never":
        return found.enough
    what = found.sentence[0].lower() + found.sentence[1:].rstrip(".")
    if found.freshness == "old":
        return Gap(what, ("rollback", "tested", "on"), "on: {today}", hard=False)
    if found.freshness == "changed":
        what += ": rehearse it again and set `on` under `tested`, too"
    digest = json.dumps(digest_of(facts.release))
    return Gap(what, ("rollback", "runbook_hash"), digest, hard=False)


def _no_strategy() -> Gap:
    edit = "[{kind: redeploy, artifact: the last good build}]"
    at = ("rollback", "strategies")
    return Gap("the way back does not say how", at, edit, hard=False)


def _owned(facts: Facts) -> Finding:
    plan, roles = facts.release.rollback, facts.release.roles
    if plan is None:
        return False
    if not plan.strategies:
        return _no_strategy()
    if not plan.possible or one_way(plan):
        return True
    if not plan.triggers:
        what, edit = "nothing says when to go back", "[{severity: P0, confirmed: true}]"
        return Gap(what, ("rollback", "triggers"), edit, hard=False)
    if not ((plan.authority and plan.authority.who) or roles.get("rollback_authority")):
        at = ("rollback", "authority", "who")
        return Gap("nobody decides about going back", at, '"{owner}"', hard=False)
    if not plan.executors:
        edit = "[{step: Put the last good build back, who: on_call}]"
        what = "nobody does the steps back"
        return Gap(what, ("rollback", "executors"), edit, hard=False)
    return True


def _losses(facts: Facts) -> Finding:
    plan = facts.release.rollback
    if plan is None:
        return None
    scripts = [one for one in plan.strategies if one.kind == "db_script"]
    said = filled(plan.point_of_no_return) or any(one.data_loss for one in scripts)
    return True if said else None


def _paired(facts: Facts) -> Finding:
    ways = facts.release.rollback.strategies if facts.release.rollback else ()
    scripts = [(n, one) for n, one in enumerate(ways) if one.kind == "db_script"]
    for number, one in scripts:
        for field in ("forward", "back"):
            if not filled(getattr(one, field)):
                what = f"a script has no `{field}`"
                edit = f"{field}: db/{'up' if field == 'forward' else 'down'}.sql"
                at = ("rollback", "strategies", number)
                return Gap(what, at, edit, hard=False)
    if not scripts:
        return False
    found = rehearsal(facts.release, facts.as_of, facts.profile.rehearsal_days)
    if found.enough:
        return True
    return Gap("the script that undoes it was not rehearsed lately",
        ("rollback", "tested"), "{on: {today}}", hard=False)  # fmt: skip


def _incident(facts: Facts) -> Finding:
    plan = facts.release.incident
    if plan is None:
        return False
    if not filled(plan.channel):
        what, at = "no channel is named", ("incident", "channel")
        return Gap(what, at, '"#incidents"', hard=False)
    if not filled(plan.on_call):
        what, at = "nobody is on call", ("incident", "on_call")
        return Gap(what, at, '"{owner}"', hard=False)
    return True


def _post_mortem(facts: Facts) -> Finding:
    again = redeploy(facts.release)
    if again.allowed:
        return True
    if not again.owed:
        return Gap("the rollback stands in no incident", ("incidents",))
    number = facts.release.incidents.index(again.owed[0])
    what = f"the post-mortem of `{again.owed[0].id}` is missing"
    edit = 'postmortem: "https://wiki.example.com/postmortem"'
    return Gap(what, ("incidents", number), edit)


CONDITIONS: Table = (
    Condition("way-back-rehearsed", "`rollback` has a runbook and a fresh rehearsal",
        "rollback.tested", '{on: {today}, by: "{owner}", env: staging}', _rehearsed),
    Condition("way-back-owned",
        "`rollback` has triggers, who decides, and steps with who does them",
        "rollback",
        '{strategies: [{kind: redeploy, artifact: the last good build}], '
        'triggers: [{severity: P0, confirmed: true}], authority: {who: "{owner}"}, '
        "executors: [{step: Put the last good build back, who: on_call}]}", _owned),
    Condition("losses-named",
        "`rollback` says what data is lost or when nothing can be undone",
        "rollback.point_of_no_return", "after what nothing can be undone", _losses),
    Condition("scripts-paired", "each `db_script` has `forward` and `back`, rehearsed lately",
        "rollback.strategies",
        "[{kind: db_script, forward: db/up.sql, back: db/down.sql, data_loss: none}]", _paired),
    Condition("incident-planned", "`incident` has a channel and somebody on call", "incident",
        '{channel: "#incidents", on_call: "{owner}"}', _incident),
    Condition("post-mortem-written", "every incident that ended in a rollback has a post-mortem",
        "incidents",
        "[{id: INC-1, started_at: {today}, fix: rollback, "
        'postmortem: "https://wiki.example.com/postmortem"}]', _post_mortem),
)  # fmt: skip
