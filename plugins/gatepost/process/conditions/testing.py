"""Conditions of the phase testing."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.parts import DeploymentRecord, TestRun
from gatepost.model.release import Release
from gatepost.process.conditions.condition import (
    Condition,
    Facts,
    Finding,
    Gap,
    Table,
    filled,
    first_gap,
)

REQUIRED = ("unit", "integration", "regression", "performance")
LIVE = frozenset({"production", "prod", "live"})
"""What people call the environment customers use."""
_EARLY = frozenset({"private-preview", "public-preview"})
_ALL = 100


def runs_of(release: Release, *names: str) -> Iterator[tuple[str, TestRun]]:
    """The test runs on record, by name."""
    for name in names or (*REQUIRED, "uat", "smoke"):
        run = getattr(release.tests, name) if release.tests else None
        if run is not None:
            yield name, run


def succeeded(release: Release, *, live: bool) -> Iterator[DeploymentRecord]:
    """Deployments that worked, to where customers are or to anywhere else."""
    for record in release.deployments:
        if record.result == "succeeded" and (record.env.lower() in LIVE) == live:
            yield record


def unfinished(name: str, run: TestRun) -> Finding:
    """What is missing of a test that neither passed nor failed: its end, or why it is spared."""
    if run.result == "running":
        what, at = f"the {name} test is running", ("tests", name, "result")
        return Gap(what, at, "result: passed", hard=False)
    if filled(run.note):
        return True
    what = f"nothing says why no {name} test is needed"
    return Gap(what, ("tests", name), "note: why it is not needed", hard=False)


def _evidence(facts: Facts) -> Finding:
    passed = [
        (name, run) for name, run in runs_of(facts.release) if run.result == "passed"
    ]
    for name, run in passed:
        if not filled(run.evidence_url) and not filled(run.signed_by):
            return Gap(
                f"the {name} test passed, but there is no evidence of it",
                ("tests", name),
                'evidence_url: "https://ci.example.com/runs/1"',
                hard=False,
            )
    return bool(passed)


def _accepted(facts: Facts) -> Finding:
    run = next((run for _, run in runs_of(facts.release, "uat")), None)
    if run is None:
        return False
    if run.result == "failed":
        return Gap(
            "users did not accept it", ("tests", "uat", "result"), "result: passed"
        )
    if run.result in {"not-needed", "running"}:
        return unfinished("uat", run)
    if run.result == "passed" and not filled(run.signed_by):
        edit = 'signed_by: "{owner}"'
        what = "nobody signed the users' acceptance"
        return Gap(what, ("tests", "uat"), edit, hard=False)
    return run.result == "passed"


def _plan(facts: Facts) -> Finding:
    return facts.release.tests is not None and filled(facts.release.tests.planning)


def _faults(facts: Facts) -> Finding:
    return (
        first_gap(
            Gap(
                f"the known issue `{issue.id}` is {issue.status} and has no workaround",
                ("known_issues", number, "status"),
                "status: fixed",
            )
            for number, issue in enumerate(facts.release.known_issues)
            if issue.status in {"open", "investigating"}
            and not filled(issue.workaround)
        )
        or True
    )


def _passed(facts: Facts) -> Finding:
    runs = dict(runs_of(facts.release, *REQUIRED))
    failed = [name for name, run in runs.items() if run.result == "failed"]
    if failed:
        name = failed[0]
        note = f": {runs[name].note}" if runs[name].note else ""
        path = ("tests", name, "result")
        return Gap(f"the {name} test failed{note}", path, "result: passed")
    waiting = [name for name in REQUIRED if not _through(runs.get(name))]
    if not waiting:
        return True
    name, edit = waiting[0], "{result: passed, on: {today}}"
    if name in runs:
        edit = "result: passed"
    what = f"the {name} test {'is running' if name in runs else 'is not on record'}"
    return Gap(what, ("tests", name), edit, hard=False)


def _through(run: TestRun | None) -> bool:
    return run is not None and run.result in {"passed", "not-needed"}


def _quality(facts: Facts) -> Finding:
    return any(one.role == "qa_lead" for one in facts.given)


def _staged(facts: Facts) -> Finding:
    return any(True for _ in succeeded(facts.release, live=False))


def _piloted(facts: Facts) -> Finding:
    release = facts.release
    rings = release.deployment.rings if release.deployment else ()
    if any(one.share < _ALL and one.on and one.on.at <= facts.as_of for one in rings):
        return True
    return True if any(one.stage in _EARLY for one in release.stages) else None


def _automated(facts: Facts) -> Finding:
    runs = runs_of(facts.release, "unit", "integration", "regression")
    return True if any(filled(run.evidence_url) for _, run in runs) else None


def _drafted(facts: Facts) -> Finding:
    for number, doc in enumerate(facts.release.docs):
        if doc.state == "needed":
            what, at = f"“{doc.title}” is not written yet", ("docs", number, "state")
            return Gap(what, at, "state: drafted")
    return True if facts.release.docs else None


CONDITIONS: Table = (
    Condition("documents-drafted", "no article in `docs` is still to be written", "docs",
        "[{title: Name of the article, state: drafted}]", _drafted),
    Condition("tests-evidenced", "every test that passed has an `evidence_url` or `signed_by`",
        "tests.regression",
        '{result: passed, on: {today}, evidence_url: "https://ci.example.com/runs/1"}',
        _evidence),
    Condition("users-accepted", "`tests.uat` passed and is signed, or its note says why not needed",
        "tests.uat", '{result: passed, on: {today}, signed_by: "{owner}"}', _accepted),
    Condition("test-plan-written", "`tests.planning` is filled", "tests.planning",
        "what is tested, where and how often", _plan),
    Condition("no-open-fault", "no known issue is open without a workaround", "known_issues",
        "[]", _faults),
    Condition("tests-passed",
        "`unit`, `integration`, `regression` and `performance` passed or are not needed", "tests",
        "{unit: {result: passed}, integration: {result: passed}, "
        "regression: {result: passed}, performance: {result: not-needed}}", _passed),
    Condition("quality-signed", "`qa_lead` has signed", "approvals.given",
        '[{role: qa_lead, by: "{owner}", on: {today}}]', _quality),
    Condition("staged", "a deployment outside production succeeded", "deployments",
        '[{env: staging, version: "{version}", at: {today}, result: succeeded}]', _staged),
    Condition("piloted", "a ring below 100 percent was reached, or there was a preview",
        "deployment.rings", "[{name: pilot, share: 1, on: {today}}]", _piloted),
    Condition("tests-automated", "a test run links the machine that ran it", "tests.unit",
        '{result: passed, evidence_url: "https://ci.example.com/runs/1"}', _automated),
)  # fmt: skip
