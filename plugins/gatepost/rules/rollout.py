"""GP513 to GP519: advice on tests, deployments and what comes after them."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.parts import DeploymentRecord, TestRun
from gatepost.model.phase import BY_KEY, PhaseKey
from gatepost.model.release import Kind, Release
from gatepost.rules.case import Case
from gatepost.rules.rule import NOT_QUIET, Fault, rule

TESTS: tuple[tuple[str, str, PhaseKey, tuple[Kind, ...]], ...] = (
    ("regression", "regression test", "preparing", NOT_QUIET),
    ("uat", "acceptance test", "preparing", ("launch",)),
    ("smoke", "test after deployment", "monitoring", NOT_QUIET),
)
"""Tests that need evidence: key, name, from which phase on, for which kinds of release."""
_NOT_YET = {"failed": "has failed", "running": "is still running"}
PRODUCTION = frozenset({"production", "prod", "live"})
"""What teams call the environment customers use."""


@rule("GP513", at="tests", level="advice", kinds=NOT_QUIET, since="preparing", alive=True,
      imports="off")  # fmt: skip
def untested(case: Case) -> Iterator[Fault]:
    """The tests a release needs have passed, and there is evidence.

    Why: "tested" without a record is a memory (L11).
    Fix: add the result under `tests:`, with `evidence_url:` or `signed_by:`.
    """
    release = case.release
    for key, name, since, kinds in TESTS:
        due = release.at_phase.order >= BY_KEY[since].order and release.kind in kinds
        if not due:
            continue
        run: TestRun | None = getattr(release.tests, key, None)
        if run is None:
            yield Fault(
                f"there is no result of the {name}",
                f"add `{key}:` with `result:` and `evidence_url:` under `tests:`",
            )
        elif run.result in _NOT_YET:
            yield Fault(f"the {name} {_NOT_YET[run.result]}", at=("tests", key))
        elif run.result == "passed" and not (run.evidence_url or run.signed_by):
            yield Fault(
                f"the {name} passed, but nothing shows it",
                "add `evidence_url:` or `signed_by:` to it",
                ("tests", key),
            )


def _succeeded(release: Release, *, live: bool) -> list[DeploymentRecord]:
    return [
        record
        for record in release.deployments
        if record.result == "succeeded" and (record.env.lower() in PRODUCTION) is live
    ]


@rule("GP514", at="deployments", level="advice", alive=True)
def other_build_in_production(case: Case) -> Iterator[Fault]:
    """What went to production is what was tried out before.

    Why: a build that was rebuilt on the way was tested by nobody (L12).
    Fix: deploy the build that was tried out, or try this one out too.
    """
    release = case.release
    tried = {record.digest for record in _succeeded(release, live=False)} - {""}
    for number, record in enumerate(release.deployments):
        live = record.result == "succeeded" and record.env.lower() in PRODUCTION
        if live and tried and record.digest and record.digest not in tried:
            yield Fault(
                f"the build that went to {record.env} on {record.at.day} was tried out nowhere",
                at=("deployments", number, "digest"),
            )


@rule("GP515", at="deployments", level="advice", alive=True)
def wrong_version(case: Case) -> Iterator[Fault]:
    """The version in production is the version of the entry.

    Why: readers who compare versions would look for the change in the wrong one (L17).
    Fix: correct `version:`, or deploy the version that was approved.
    """
    release = case.release
    last = _succeeded(release, live=True)[-1:]
    for record in last:
        if release.version and record.version and record.version != release.version:
            number = release.deployments.index(record)
            yield Fault(
                f"{record.env} runs `{record.version}`, but the entry says `{release.version}`",
                at=("deployments", number, "version"),
            )


@rule("GP516", at="incidents", level="advice", alive=True)
def redeployed_without_post_mortem(case: Case) -> Iterator[Fault]:
    """After a rollback, the next deployment waits for the post-mortem.

    Why: what was not understood happens again (L18).
    Fix: add `postmortem:` with its address to the incident.
    """
    release = case.release
    if release.rollback is not None and not release.rollback.post_mortem_required:
        return
    live = _succeeded(release, live=True)
    for number, incident in enumerate(release.incidents):
        if incident.fix != "rollback" or incident.postmortem:
            continue
        since = incident.restored_at or incident.started_at
        if any(record.at.at > since.at for record in live):
            yield Fault(
                f"deployed again after the rollback of `{incident.id}`, without a post-mortem",
                at=("incidents", number),
            )


@rule("GP517", at="risks", level="advice", since="preparing", alive=True)
def open_risk(case: Case) -> Iterator[Fault]:
    """No risk with high impact is open when a release goes out.

    Why: a full checklist does not make a known danger smaller (L14).
    Fix: set `state:` of the risk to mitigated, accepted or closed, and say how in `mitigation:`.
    """
    for number, risk in enumerate(case.release.risks):
        if risk.impact == "high" and risk.state == "open":
            yield Fault(f'the risk "{risk.text}" is still open', at=("risks", number))


@rule("GP518", at="phase", level="advice", kinds=NOT_QUIET, since="rolling-out", alive=True,
      imports="off")  # fmt: skip
def never_reviewed(case: Case) -> Iterator[Fault]:
    """A finished release is looked back on.

    Why: what is not written down while it is fresh is not learned (L15).
    Fix: hold the review and write the date as `held_on:` under `reviewing:`.
    """
    release = case.release
    out = release.dates.exposed or release.dates.deployed
    if out is None or (release.reviewing and release.reviewing.held_on):
        return
    days = (case.index.book.as_of - out.at).days
    if days > case.index.policy.review_days:
        yield Fault(
            f"`{release.id}` has been out for {days} days and was not looked back on"
        )


@rule("GP519", at="flags", level="advice", since="building", alive=True)
def flag_without_end(case: Case) -> Iterator[Fault]:
    """A release flag has an end: a day by which it is removed, in time.

    Why: switches nobody removes are the next outage's first suspects.
    Fix: add `remove_by:` with a date to the flag, or remove the flag and set its record straight.
    """
    release, today = case.release, case.index.book.as_of.date()
    for number, flag in enumerate(release.flags):
        if flag.purpose != "release":
            continue
        if flag.remove_by is None and release.stage == "ga":
            yield Fault(
                f"the flag `{flag.key}` has no end, but its feature is generally available",
                at=("flags", number),
            )
        closed = release.reviewing is not None and release.reviewing.held_on is not None
        if flag.remove_by and flag.remove_by.day < today and not closed:
            yield Fault(
                f"the flag `{flag.key}` was to be removed by {flag.remove_by.day}",
                "remove the flag, or set a new day",
                ("flags", number, "remove_by"),
            )
