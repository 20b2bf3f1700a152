"""Conditions of the phases rolling-out, monitoring and reviewing."""

from __future__ import annotations

import json
from datetime import timedelta

from gatepost.model.parts import DeploymentRecord
from gatepost.model.release import Release
from gatepost.model.span import days_later
from gatepost.process.conditions.condition import (
    Condition,
    Facts,
    Finding,
    Gap,
    Table,
    filled,
    untold,
)
from gatepost.process.conditions.preparing import CURRENT
from gatepost.process.conditions.testing import succeeded, unfinished

_NEWS = frozenset({"status_updates", "stakeholder_updates"})
_PRODUCTION = ("production",)


def _everywhere(facts: Facts) -> Finding:
    release = facts.release
    asked = release.deployment.environments if release.deployment else ()
    done = {one.env.lower() for one in release.deployments if one.result == "succeeded"}
    missing = [env for env in asked or _PRODUCTION if env.lower() not in done]
    if not missing:
        return True
    name = json.dumps(missing[0], ensure_ascii=False)
    edit = (
        f'[{{env: {name}, version: "{{version}}", at: {{today}}, result: succeeded}}]'
    )
    what = f"nothing was deployed to `{missing[0]}` yet"
    return Gap(what, ("deployments",), edit, hard=False)


def _smoke(facts: Facts) -> Finding:
    run = facts.release.tests.smoke if facts.release.tests else None
    if run is None:
        return False
    if run.result == "failed":
        what = "the smoke test failed"
        return Gap(what, ("tests", "smoke", "result"), "result: passed")
    return run.result == "passed" or unfinished("smoke", run)


def _afterwards(facts: Facts) -> Finding:
    run = facts.release.tests.smoke if facts.release.tests else None
    last = max((one.at for one in _live(facts.release)), default=None)
    if run is None or run.on is None or last is None or run.result != "passed":
        return None
    return True if run.on.day >= last.day else None


def _live(release: Release) -> tuple[DeploymentRecord, ...]:
    return tuple(sorted(succeeded(release, live=True), key=lambda one: one.at))


def _right_version(facts: Facts) -> Finding:
    release, records = facts.release, _live(facts.release)
    if not records:
        return False
    said, wanted = records[-1].version, release.version
    if said and wanted and said != wanted:
        number = release.deployments.index(records[-1])
        what = f"{said} is in production, {wanted} was to be"
        return Gap(
            what, ("deployments", number, "version"), f"version: {json.dumps(wanted)}"
        )
    staged = [one.digest for one in succeeded(release, live=False) if one.digest]
    if records[-1].digest and staged and records[-1].digest not in staged:
        what = "the package in production is not the one that was tried"
        at = ("deployments", release.deployments.index(records[-1]), "digest")
        return Gap(what, at, f"digest: {json.dumps(staged[-1])}")
    return bool(said)


def _steps(facts: Facts) -> Finding:
    release = facts.release
    phased = release.deployment is not None and release.deployment.path == "phased"
    ways = release.rollback.strategies if release.rollback else ()
    return phased or any(one.kind == "blue_green" for one in ways)


def _channel(facts: Facts) -> Finding:
    return facts.release.incident is not None and filled(facts.release.incident.channel)


def _current(facts: Facts) -> Finding:
    release = facts.release
    told = [one.at for one in release.channels
            if one.channel in _NEWS and one.state == "sent" and one.at]  # fmt: skip
    told += [one.informed_on for one in release.stakeholders if one.informed_on]
    limit = facts.as_of - timedelta(days=facts.policy.status_days)
    return any(limit <= one.at <= facts.as_of for one in told)


def _documents(facts: Facts) -> Finding:
    for number, doc in enumerate(facts.release.docs):
        if doc.state not in CURRENT:
            what = f"“{doc.title}” is {doc.state}"
            return Gap(what, ("docs", number, "state"), "state: updated", hard=False)
    return True


def _outward(release: Release) -> bool:
    return any(group not in {"internal", "restricted"} for group in release.audience)


def _published(facts: Facts) -> Finding:
    release = facts.release
    if not _outward(release):
        return True
    if not filled(release.body.public) and not filled(release.what):
        return untold()
    return release.dates.published is not None


def _in_product(facts: Facts) -> Finding:
    return any(one.channel == "in_app" for one in facts.release.channels)


def _roadmap(facts: Facts) -> Finding:
    said = facts.release.roadmap
    if said is None or said.horizon is None:
        return True
    if said.horizon == facts.release.at_phase.column or facts.release.decisions:
        return True
    what = f"the roadmap is held at “{said.horizon}” by hand"
    return Gap(what, ("roadmap", "horizon"), "horizon: null")


def _bedded_in(facts: Facts) -> Finding:
    release = facts.release
    exposed = release.dates.exposed
    if exposed is None:
        return False
    days = 0 if release.type == "security" else facts.policy.bedding_in_days
    wait = release.bedding_in.delta if release.bedding_in else timedelta(days=days)
    ready = days_later(exposed.day, wait)
    begins = [release.dates.announce] if release.dates.announce else []
    begins += [
        one.at for one in release.channels if one.channel == "campaign" and one.at
    ]
    early = next((one for one in begins if one.day < ready), None)
    if early is None:
        return True
    what = f"a campaign begins on {early.day}, but bedding-in lasts until {ready}"
    return Gap(what, ("dates", "announce"), f"announce: {ready}")


def _three_parts(facts: Facts) -> Finding:
    release = facts.release
    if not filled(release.what) and not filled(release.body.public):
        return untold()
    if not filled(release.who):
        what, edit = "nothing says whom it helps", "who it is for and what they notice"
        return Gap(what, ("who",), edit, hard=False)
    return filled(release.action)


def _notes_out(facts: Facts) -> Finding:
    release = facts.release
    if not _outward(release):
        told = filled(release.body.whole) or filled(release.what)
        return told or untold()
    return _published(facts)


def _watched(facts: Facts) -> Finding:
    release = facts.release
    windows = [one.window.delta for one in release.monitors if one.window]
    exposed = release.dates.exposed
    if not windows or exposed is None:
        return None
    # Whoever looked at the figures may end the watch: a tick says who.
    return True if facts.as_of - exposed.at >= max(windows) else None


def _incidents(facts: Facts) -> Finding:
    for number, one in enumerate(facts.release.incidents):
        if one.restored_at is None:
            what = f"the incident `{one.id}` is not over"
            return Gap(what, ("incidents", number), "restored_at: {today}")
        if one.fix == "rollback" and not one.postmortem:
            what = f"the incident `{one.id}` has no post-mortem"
            edit = 'postmortem: "https://wiki.example.com/postmortem"'
            return Gap(what, ("incidents", number), edit)
    return True


def _results(facts: Facts) -> Finding:
    criteria = facts.release.success_criteria
    for number, one in enumerate(criteria):
        if not filled(one.result):
            what = f"nobody read “{one.metric}”"
            at, edit = ("success_criteria", number), "result: what it became"
            return Gap(what, at, edit, hard=False)
    return bool(criteria)


def _process(facts: Facts) -> Finding:
    said = facts.release.reviewing
    looked = said and (
        said.process_changes or any(one.kind == "process" for one in said.lessons)
    )
    return True if looked else None


CONDITIONS: Table = (
    Condition("deployed-everywhere",
        "a deployment succeeded in each of `deployment.environments`, or in production",
        "deployments",
        '[{env: production, version: "{version}", at: {today}, result: succeeded}]', _everywhere),
    Condition("smoke-passed", "`tests.smoke` passed, or its note says why it is not needed",
        "tests.smoke",
        '{result: passed, on: {today}, evidence_url: "https://ci.example.com/runs/1"}', _smoke),
    Condition("tested-afterwards", "`tests.smoke` passed on the day of the deployment or later",
        "tests.smoke",
        '{result: passed, on: {today}, evidence_url: "https://ci.example.com/runs/1"}',
        _afterwards),
    Condition("monitored", "`monitors` has at least one", "monitors",
        '[{name: Error rate, url: "https://dashboards.example.com/1", threshold: above 1}]',
        lambda facts: bool(facts.release.monitors)),
    Condition("right-version",
        "the version in production is the entry's, and the package is the one that was tried",
        "deployments",
        '[{env: production, version: "{version}", at: {today}, result: succeeded}]',
        _right_version),
    Condition("channel-open", "`incident.channel` is filled", "incident.channel",
        '"#incidents"', _channel),
    Condition("in-steps", "`deployment.path` is phased, or the way back is blue_green",
        "deployment.path", "phased", _steps),
    Condition("stakeholders-current",
        "stakeholders heard within `status_days` of the registry", "channels",
        "[{channel: status_updates, at: {today}, state: sent}]", _current),
    Condition("documents-current", "every article in `docs` is updated", "docs",
        "[{title: Name of the article, state: updated}]", _documents),
    Condition("entry-published", "an entry for outsiders has a text and `dates.published`",
        "dates.published", "{today}", _published),
    Condition("told-in-product", "`channels` has `in_app`", "channels",
        "[{channel: in_app, at: {today}}]", _in_product),
    Condition("roadmap-computed", "the column follows from the phase, or a decision says why not",
        "roadmap.horizon", "null", _roadmap),
    Condition("bedded-in", "no campaign begins before `dates.exposed` and the bedding-in",
        "dates.exposed", "{today}", _bedded_in),
    Condition("three-parts-told", "`who` and `action` are filled, and `what` or the text",
        "action", "Nothing to do.", _three_parts),
    Condition("notes-out", "customers and colleagues can read a text about it",
        "dates.published", "{today}", _notes_out),
    Condition("feedback-open", "`feedback.url` is filled", "feedback",
        '{url: "https://feedback.example.com"}',
        lambda facts: facts.release.feedback is not None),
    Condition("macros-ready", "`support.macros` names at least one", "support.macros",
        "[Name of the prepared answer]",
        lambda facts: facts.release.support is not None and bool(facts.release.support.macros)),
    Condition("watched-long-enough", "the longest `window` of the monitors is over",
        "monitors", "[{name: Error rate, window: 1d}]", _watched),
    Condition("incidents-settled",
        "every incident is over, and each rollback has a post-mortem", "incidents", "[]",
        _incidents),
    Condition("results-read", "every success criterion has a `result`", "success_criteria",
        "[{metric: what is measured, target: what it should be, result: what it became}]",
        _results),
    Condition("lessons-written", "`reviewing.lessons` is filled", "reviewing.lessons",
        "[{text: what we learned}]",
        lambda facts: bool(facts.release.reviewing and facts.release.reviewing.lessons)),
    Condition("process-examined", "a lesson is about the process, or something changes in it",
        "reviewing.process_changes", "[what is done differently from now on]", _process),
    Condition("process-changed", "`reviewing.process_changes` is filled",
        "reviewing.process_changes", "[what is done differently from now on]",
        lambda facts: bool(facts.release.reviewing and facts.release.reviewing.process_changes)),
    Condition("review-held", "`reviewing.held_on` is set", "reviewing.held_on", "{today}",
        lambda facts: bool(facts.release.reviewing and facts.release.reviewing.held_on)),
    Condition("follow-ups-noted", "`reviewing.followups` is filled", "reviewing.followups",
        "[what comes of it]",
        lambda facts: bool(facts.release.reviewing and facts.release.reviewing.followups)),
)  # fmt: skip
