"""Conditions of the phase preparing: the package, and everybody who must know."""

from __future__ import annotations

import json
from datetime import datetime, time

from gatepost.process.conditions.condition import (
    Condition,
    Facts,
    Finding,
    Gap,
    Table,
    filled,
    untold,
)
from gatepost.process.conditions.planning import BY_ITSELF
from gatepost.process.conditions.testing import succeeded

_READY = frozenset({"drafted", "approved", "sent"})
_LOUD = frozenset({"campaign", "social", "email_digest"})
CURRENT = frozenset({"updated", "none-needed"})


def _window(facts: Facts) -> Finding:
    deployment = facts.release.deployment
    return deployment is not None and deployment.window is not None


def _risks(facts: Facts) -> Finding:
    for number, risk in enumerate(facts.release.risks):
        if risk.state == "open":
            what = f"the risk “{risk.text}” is open"
            at = ("risks", number, "state")
            return Gap(what, at, "state: mitigated", risk.owner, hard=False)
    return True


def _approvals(facts: Facts) -> Finding:
    release, approvals = facts.release, facts.release.approvals
    asked = (*(approvals.required if approvals else ()), *facts.profile.signers)
    given = {one.role for one in facts.given}
    waiting = [role for role in dict.fromkeys(asked) if role not in given]
    if not asked:
        return False
    if not waiting:
        return True
    who = release.roles.get(waiting[0], "")
    more = f" and {len(waiting) - 1} more" if waiting[1:] else ""
    return Gap(
        f"`{waiting[0]}`{more} has not signed",
        ("approvals", "given"),
        f'[{{role: {waiting[0]}, by: "{{owner}}", on: {{today}}}}]',
        who,
        hard=False,
    )


def _labelled(facts: Facts) -> Finding:
    release = facts.release
    if not filled(release.version):
        return Gap("no version is named", ("version",), '"{version}"', hard=False)
    return any(one.digest for one in release.deployments)


def _approved_package(facts: Facts) -> Finding:
    release = facts.release
    records = [
        (number, one.digest)
        for number, one in enumerate(release.deployments)
        if one.digest and one.version in {"", release.version}
    ]
    digests = {digest for _, digest in records}
    for number, digest in records:
        if digest != records[0][1]:
            what = "the deployments of this version are of different packages"
            at = ("deployments", number, "digest")
            return Gap(what, at, f"digest: {json.dumps(records[0][1])}")
    given = facts.given
    noted = any(digest in one.ref for one in given for digest in digests)
    return True if noted else None


def _note(facts: Facts) -> Finding:
    release = facts.release
    if not filled(release.body.public) and not filled(release.what):
        return untold()
    given = facts.given
    return True if any(one.role == "pm" for one in given) else None


def _assets(facts: Facts) -> Finding:
    ready = (
        one.channel in _LOUD and one.state in _READY for one in facts.release.channels
    )
    return True if any(ready) else None


def _dated(facts: Facts) -> Finding:
    for number, one in enumerate(facts.release.channels):
        ahead = one.state not in {"sent", "skipped"}
        if ahead and one.channel not in BY_ITSELF and one.at is None:
            name = one.channel.replace("_", " ")
            return Gap(
                f"the {name} has no day", ("channels", number), "at: {day}", hard=False
            )
    return bool(facts.release.channels)


def _updated(facts: Facts) -> Finding:
    for number, doc in enumerate(facts.release.docs):
        if doc.state not in CURRENT:
            what = f"“{doc.title}” is {doc.state}"
            return Gap(what, ("docs", number, "state"), "state: updated", hard=False)
    return True


def _briefed(facts: Facts) -> Finding:
    release = facts.release
    given = facts.given
    trained = release.support.trained_on if release.support else None
    if any(one.role == "support_lead" for one in given):
        return True
    return trained is not None and trained.at <= facts.as_of


def _answers(facts: Facts) -> Finding:
    return facts.release.support is not None and bool(facts.release.support.faq)


def _accounts(facts: Facts) -> Finding:
    sent = {one.channel for one in facts.release.channels if one.state == "sent"}
    return True if "key_accounts" in sent else None


def _colleagues(facts: Facts) -> Finding:
    said = facts.release.enablement
    return said is not None and (
        filled(said.internal_guide) or filled(said.training_url)
    )


def _sales(facts: Facts) -> Finding:
    said = facts.release.enablement
    return said is not None and filled(said.sales_url)


def _tried(facts: Facts) -> Finding:
    version = facts.release.version
    tried = succeeded(facts.release, live=False)
    return any(not version or one.version in {"", version} for one in tried)


def _off_peak(facts: Facts) -> Finding:
    deployment = facts.release.deployment
    if deployment is None or deployment.window is None:
        return False
    if deployment.peak_ok:
        return True
    start = deployment.window.start.at.astimezone(facts.zone)
    hours = [one for one in map(_hours, facts.policy.peak_hours) if one]
    if not hours:
        return None
    if any(_within(start, begin, end) for begin, end in hours):
        what = f"the window begins at {start:%H:%M}, when many people are disturbed"
        return Gap(what, ("deployment", "peak_ok"), "true")
    return True


def _hours(text: str) -> tuple[time, time] | None:
    begin, _, end = text.partition("-")
    try:
        return time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())
    except ValueError:
        return None


def _within(moment: datetime, begin: time, end: time) -> bool:
    clock = moment.time()
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


CONDITIONS: Table = (
    Condition("window-set", "`deployment.window` has begin and end", "deployment.window",
        '{start: "{day}T06:00:00Z", end: "{day}T08:00:00Z"}', _window),
    Condition("risks-settled", "no risk is `open`", "risks", "[]", _risks),
    Condition("approvals-complete", "everybody who must sign has signed", "approvals",
        '{required: [pm], given: [{role: pm, by: "{owner}", on: {today}}]}', _approvals),
    Condition("package-labelled", "`version` is set and a deployment has a `digest`",
        "deployments",
        '[{env: staging, version: "{version}", digest: "sha256:0123abcd", at: {today}}]',
        _labelled),
    Condition("package-approved",
        "all deployments are of one package, and a sign-off names its digest", "approvals.given",
        '[{role: eng_lead, by: "{owner}", on: {today}, ref: "sha256:0123abcd"}]',
        _approved_package),
    Condition("note-reviewed", "there is a text for customers, and `pm` has signed",
        "approvals.given", '[{role: pm, by: "{owner}", on: {today}}]', _note),
    Condition("assets-prepared", "a campaign, digest or post is drafted", "channels",
        "[{channel: campaign, at: {day}, state: drafted}]", _assets),
    Condition("messages-dated", "every channel people send by hand has a day", "channels",
        "[{channel: changelog, at: {day}}]", _dated),
    Condition("documents-updated", "every article in `docs` is updated", "docs",
        "[{title: Name of the article, state: updated}]", _updated),
    Condition("support-briefed", "`support.trained_on` has passed, or `support_lead` has signed",
        "support.trained_on", "{today}", _briefed),
    Condition("answers-prepared", "`support.faq` has at least one answer", "support.faq",
        "[{q: What will customers ask, a: What we answer}]", _answers),
    Condition("accounts-told", "the channel `key_accounts` is sent", "channels",
        "[{channel: key_accounts, at: {today}, state: sent}]", _accounts),
    Condition("colleagues-guided", "`enablement` links a guide or training",
        "enablement.internal_guide", '"https://wiki.example.com/guide"', _colleagues),
    Condition("sales-equipped", "`enablement.sales_url` is filled", "enablement.sales_url",
        '"https://wiki.example.com/sales"', _sales),
    Condition("deployment-tried", "this version was deployed outside production", "deployments",
        '[{env: staging, version: "{version}", at: {today}, result: succeeded}]', _tried),
    Condition("off-peak", "the window begins outside the `peak_hours` of the registry",
        "deployment.window", '{start: "{day}T04:00:00Z", end: "{day}T05:00:00Z"}', _off_peak),
)  # fmt: skip
