# ruff: noqa: E501 - a table of cases, one in a row
"""The smallest edit is one that mends: pasted where it says, the item is answered.

Where several things are missing the next edit follows the first; none goes in a circle.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pasting import fields_of, paste

from gatepost.model.registry import Registry
from gatepost.model.release import Release
from gatepost.process.answer import Answer
from gatepost.process.terms import Terms
from gatepost.process.verdict import verdict

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
REGISTRY = Registry.model_validate({"policy": {"peak_hours": ["08:00-18:00"]}})
MOST_STEPS = 5
Entry = Callable[..., Release]

CASES: tuple[tuple[str, str], ...] = (
    ("IDN-02", "stakeholders: [{who: '@legal', informed_on: 2026-09-01}, {who: '@law'}]"),
    ("PLN-02", "scope: {out: [imports]}"),
    ("PLN-09", "guardrails: [{metric: errors}]"),
    ("PLN-14", "audience: internal"),
    ("TST-03", "tests: {unit: {result: not-needed}, regression: {result: running}}"),
    ("TST-04", "tests: {uat: {result: running}}"),
    ("TST-04", "tests: {uat: {result: not-needed}}"),
    ("TST-04", "tests: {uat: {result: failed}}"),
    ("TST-07", "tests: {unit: {result: running}}"),
    ("DEP-03", "approvals: {given: [{role: qa_lead, by: '@qa'}]}"),
    ("DEP-04", "deployments: [{env: staging, digest: sha256:aa11, at: 2026-11-18}]"),
    ("DEP-06", "audience: internal"),
    ("DEP-06", "rollback: {runbook: 'https://wiki.example.com/1'}"),
    ("DEP-06", "rollback: {strategies: [{kind: redeploy, artifact: build 41}], tested: {on: 2026-11-02}}"),
    ("DEP-06", "rollback: {strategies: [{kind: redeploy, artifact: build 41}], runbook: 'https://wiki.example.com/1'}"),
    ("DEP-07", "audience: internal"),
    ("DEP-07", "rollback: {runbook: 'https://wiki.example.com/1'}"),
    ("DEP-07", "rollback: {strategies: [{kind: redeploy}], triggers: [{severity: P0}], authority: {deputy: '@b'}}"),
    ("TST-05", "audience: internal"),
    ("PRP-11", "audience: internal"),
    ("PRP-12", "deployment: {path: push, window: {start: 2026-12-01T10:00:00Z, end: 2026-12-01T11:00:00Z}}"),
    ("PRP-14", "deployment: {schema_change: true}\nrollback: {strategies: [{kind: db_script, forward: a.sql}], tested: {on: 2026-05-01, by: '@a'}}"),
    ("PRP-15", "incident: {plan_url: 'https://wiki.example.com/1'}"),
    ("PRP-15", "incident: {on_call: '@ops'}"),
    ("EXE-01", "deployment: {environments: [eu, us]}\ndeployments: [{env: eu, at: 2026-11-20}]"),
    ("EXE-03", "tests: {smoke: {result: running}}"),
    ("EXE-03", "tests: {smoke: {result: not-needed}}"),
    ("EXE-06", "version: 2.1.0\ndeployments: [{env: production, at: 2026-11-20}]"),
    ("COM-09", "action: Nothing to do."),
)  # fmt: skip
"""An item, and what an entry says that does not satisfy it in an awkward way."""
NO_TEXT = (("PRP-01", "audience: public"), ("COM-05", "audience: public"), ("COM-09", "who: All"), ("COM-10", "audience: internal"))  # fmt: skip


def answered(release: Release, item: str) -> Answer:
    """What came of the item, when everything is asked."""
    found = verdict(release, Terms.of(REGISTRY, AS_OF), into="done").answers
    return next(one for one in found if one.item.id == item)


def mended(entry: Entry, item: str, front: str, body: str = "Faster.") -> list[str]:
    """Every edit that it took."""
    tree, release = fields_of(front), entry(front, body)
    edits: list[str] = []
    while not (answer := answered(release, item)).settled:
        assert answer.edit is not None
        assert answer.edit.words not in edits, f"in a circle: {edits}"
        assert len(edits) < MOST_STEPS
        edits.append(answer.edit.words)
        paste(tree, answer)
        rows = (f"{key}: {json.dumps(value)}" for key, value in tree.items())
        release = entry("\n".join(rows), body)
    return edits


@pytest.mark.parametrize(("item", "front"), CASES)
def test_what_is_half_there_is_mended(entry: Entry, item: str, front: str) -> None:
    """By one line at a time, and none of what was there is lost."""
    assert mended(entry, item, front)


@pytest.mark.parametrize(("item", "front"), NO_TEXT)
def test_an_entry_without_text_is_told_to_have_one(
    entry: Entry, item: str, front: str
) -> None:
    """A date or a sign-off would not make one."""
    first, *_ = mended(entry, item, front, body="")

    assert first == "add `what: what customers have now`"


def test_a_changed_runbook_needs_its_new_digest(entry: Entry) -> None:
    """The date alone would leave it stale; the sentence asks for both."""
    release = entry(
        "rollback: {strategies: [{kind: redeploy, artifact: build 41}], "
        "runbook: docs/back.md, runbook_hash: 'sha256:0123456789abcdef', "
        "tested: {on: 2026-11-02}}"
    )
    source = replace(release.source, runbook="sha256:fedcba9876543210ffff")
    answer = answered(release.model_copy(update={"source": source}), "DEP-06")

    assert answer.what == (
        "the runbook was changed after it was rehearsed: "
        "rehearse it again and set `on` under `tested`, too"
    )
    assert answer.edit is not None
    assert answer.edit.yaml == 'runbook_hash: "sha256:fedcba9876543210"'
