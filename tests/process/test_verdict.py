"""The verdict on a release: what it owes at which time, and what people may decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from gatepost.content.pack import site_pack
from gatepost.model.finding import Finding, Place
from gatepost.model.phase import PhaseKey
from gatepost.model.registry import Registry
from gatepost.model.release import Release
from gatepost.process.terms import Terms
from gatepost.process.verdict import Verdict, verdict

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
Entry = Callable[..., Release]

READY = """kind: hotfix
phase: preparing
version: 2.1.1
dates: {planned: 2026-12-01}
approvals: {required: [qa_lead], given: [{role: qa_lead, by: "@qa", on: 2026-11-18}]}
tests: {regression: {result: passed, evidence_url: "https://ci.example.com/1"}}
support: {faq: [{q: Why?, a: Two workers.}]}
rollback:
  strategies: [{kind: redeploy, artifact: build 41}]
  runbook: https://runbooks.example.com/exports
  triggers: [{severity: P0, confirmed: true}]
  authority: {who: "@ops"}
  executors: [{step: Put build 41 back, who: on_call}]
  tested: {on: 2026-11-02, by: "@ops", env: staging}
"""
"""A hotfix that may go."""


def judged(
    release: Release,
    registry: dict[str, Any] | None = None,
    into: PhaseKey | None = None,
    as_of: datetime = AS_OF,
) -> Verdict:
    """The verdict under a registry."""
    return verdict(
        release,
        Terms.of(Registry.model_validate(registry or {}), as_of),
        into=into,
    )


def rules(found: Verdict) -> list[str]:
    """What stands in the way."""
    return [one.rule for one in found.blockers]


def test_a_ready_release_may_go(entry: Entry) -> None:
    """Nothing is missing that its gate asks."""
    found = judged(entry(READY))

    assert (found.value, rules(found), found.into) == ("go", [], "rolling-out")


def test_a_blocker_says_what_whose_when_and_how(entry: Entry) -> None:
    """Item, team, field, day, place, and a line to paste."""
    text = READY.replace("support: {faq: [{q: Why?, a: Two workers.}]}\n", "")
    (one,) = judged(entry(text)).blockers

    assert one.rule == "PRP-07"
    assert one.what == "not shown yet: prepare the answers support will give"
    assert one.owner == "@support_lead"
    assert one.field == "support.faq"
    assert one.due is not None
    assert one.due.iso == "2026-12-01"
    assert one.fix == (
        "add `support: {faq: [{q: What will customers ask, a: What we answer}]}`"
    )


def test_a_line_says_only_what_is_missing(entry: Entry) -> None:
    """Where the block is there already, the line goes under it."""
    text = READY.replace("faq: [{q: Why?, a: Two workers.}]", "summary: Faster exports")
    (one,) = judged(entry(text)).blockers

    assert one.edit is not None
    assert (one.edit.under, one.edit.place.line) == ("support", 13)
    assert one.edit.yaml == "faq: [{q: What will customers ask, a: What we answer}]"


WAIVED = READY.replace(
    "support: {faq: [{q: Why?, a: Two workers.}]}\n",
    "go_no_go: {waivers: [{rule: PRP-07, by: '@pm', on: 2026-11-18, reason: Nobody will notice"
    ", until: 2026-11-25}]}\n",
)


def test_a_waiver_lets_it_go_and_is_told(entry: Entry) -> None:
    """Go, but not silently."""
    found = judged(entry(WAIVED))

    assert found.value == "go-with-waivers"
    assert [one.note for one in found.waived] == [
        "waived by @pm until 2026-11-25: Nobody will notice"
    ]


def test_a_waiver_ends(entry: Entry) -> None:
    """From then on the item blocks again, and says why."""
    found = judged(entry(WAIVED), as_of=datetime(2026, 11, 25, 12, tzinfo=UTC))

    assert found.value == "no-go"
    assert [one.why for one in found.blockers] == [
        "the waiver of @pm ran out on 2026-11-25"
    ]


def test_a_waiver_without_end_stays(entry: Entry) -> None:
    """It is still a waiver, and the verdict says so."""
    found = judged(
        entry(WAIVED.replace(", until: 2026-11-25", "")),
        as_of=datetime(2030, 1, 1, tzinfo=UTC),
    )

    assert [one.note for one in found.waived if one.item.id == "PRP-07"] == [
        "waived by @pm, without an end: Nobody will notice"
    ]


def test_what_is_dated_ahead_has_not_happened(entry: Entry) -> None:
    """Ticks, waivers and sign-offs count from their day on."""
    later = WAIVED.replace("on: 2026-11-18, reason", "on: 2026-11-23, reason")
    ahead = judged(entry(later))
    begun = judged(entry(later), as_of=datetime(2026, 11, 23, 1, tzinfo=UTC))

    assert (ahead.value, begun.value) == ("no-go", "go-with-waivers")
    assert [one.why for one in ahead.blockers] == [
        "the waiver of @pm begins on 2026-11-23"
    ]
    signed = READY.replace('by: "@qa", on: 2026-11-18', 'by: "@qa", on: 2026-11-22')
    assert signed != READY
    assert set(rules(judged(entry(signed)))) == {"TST-08", "DEP-03"}
    ticked = "checklist: {PRP-04: {by: '@ops', on: 2026-11-22}}"
    (one,) = [row for row in judged(entry(ticked)).blockers if row.rule == "PRP-04"]
    assert one.why == "ticked for 2026-11-22, which is still to come"


def test_of_several_waivers_the_one_in_force_counts(entry: Entry) -> None:
    """A longer one that begins later does not hide it."""
    text = WAIVED.replace(
        "waivers: [",
        "waivers: [{rule: PRP-07, by: '@pm', on: 2026-11-22, reason: More, until: 2027-01-01}, ",
    )

    assert text != WAIVED
    assert judged(entry(text)).value == "go-with-waivers"


def test_what_does_not_apply_is_done(entry: Entry) -> None:
    """With who, when and why."""
    tick = (
        "checklist: {PRP-07: {state: n-a, by: '@support', on: 2026-11-18, "
        "note: No customer sees it}}\n"
    )
    text = READY.replace("support: {faq: [{q: Why?, a: Two workers.}]}\n", tick)

    assert judged(entry(text)).value == "go"


@pytest.mark.parametrize(
    ("tick", "why"),
    [
        ("{state: n-a, by: '@s', on: 2026-11-18}", "said not to apply, but without a reason"),
        ("{state: n-a, note: No}", "ticked, but without who and when"),
        ("{by: '@s', on: 2026-11-18}", "ticked, but the entry says otherwise"),
        ("{state: todo, by: '@s', note: On Monday}", "to do, says @s: On Monday"),
    ],
)  # fmt: skip
def test_a_tick_that_does_not_count_says_why(entry: Entry, tick: str, why: str) -> None:
    """A field that can be read is not ticked away, and a tick needs a name and a day."""
    checklist = f"checklist: {{PRP-07: {tick}}}\n"
    text = READY.replace("support: {faq: [{q: Why?, a: Two workers.}]}\n", checklist)

    assert [one.why for one in judged(entry(text)).blockers] == [why]


def test_before_the_go_no_go_work_in_progress_is_not_due(entry: Entry) -> None:
    """A release in testing owes what planning and building asked, not yet the test results."""
    found = judged(entry("kind: hotfix\nphase: testing"))

    assert (found.value, rules(found)) == ("not-due", [])
    assert "TST-03" in [one.item.id for one in found.ahead]


def test_bad_news_is_due_at_once(entry: Entry) -> None:
    """A blocked team stops a release in planning too."""
    blocked = 'dependencies: [{team: "@api", what: A limit, state: blocked, needed_by: 2026-12-01}]'
    (one,) = judged(entry(f"kind: quiet\nphase: planning\n{blocked}")).blockers

    assert (one.rule, one.what, one.owner) == (
        "PLN-11",
        "@api is blocked: A limit",
        "@api",
    )
    assert one.due is not None
    assert one.due.iso == "2026-12-01"
    assert one.fix == "once it is true, write `state: delivered`"


@pytest.mark.parametrize(
    ("front", "rule", "fix"),
    [
        (
            "tests: {regression: {result: failed}}",
            "TST-07",
            "once it is true, write `result: passed`",
        ),
        (
            "roles: {qa_lead: '@qa'}",
            "TST-08",
            'once it is true, add `approvals: {given: [{role: qa_lead, by: "@qa", ',
        ),
        (
            "docs: [{title: Exports, state: needed}]",
            "TST-01",
            "once it is true, write `state: drafted`",
        ),
        ("goal: ''", "IDN-01", "write `goal: the objective it serves`"),
        ("scope: {in: [a]}", "PLN-02", "add under `scope:` `out: [what somebody may"),
        ("value: ''", "IDN-04", "write `value: what it is worth and to whom`"),
    ],
)
def test_only_what_is_true_is_recorded(
    entry: Entry, front: str, rule: str, fix: str
) -> None:
    """No gate is passed by writing that a test passed; what is planned is simply written."""
    found = judged(entry(f"kind: standard\nphase: testing\n{front}"))
    told = {one.item.id: one.fix for one in found.answers}

    assert told[rule].startswith(fix)


def test_what_an_earlier_gate_asked_stays_due(entry: Entry) -> None:
    """Nobody gets past planning without a goal by moving the phase line by hand."""
    assert "IDN-01" in rules(judged(entry("kind: standard\nphase: building")))


def test_a_passed_day_makes_it_due(entry: Entry) -> None:
    """When the planned day is over, what the phase asks is late."""
    late = judged(entry("kind: hotfix\nphase: testing\ndates: {planned: 2026-11-01}"))

    assert "TST-03" in rules(late)


@pytest.mark.parametrize("state", ["blocked", "on-hold"])
def test_a_stopped_release_goes_nowhere(entry: Entry, state: str) -> None:
    """Whatever its checklist says."""
    found = judged(entry(f"{READY}state: {state}\n"))

    assert found.value == "no-go"
    assert [one.fix for one in found.blockers] == [
        "once it is true, write `state: on-track`"
    ]


@pytest.mark.parametrize("state", ["cancelled", "withdrawn", "done"])
def test_what_is_over_owes_nothing(entry: Entry, state: str) -> None:
    """No gate is ahead of it; asked for one, it may not pass."""
    release = entry(f"kind: standard\nphase: planning\nstate: {state}")

    assert (judged(release).value, rules(judged(release))) == ("not-due", [])
    assert "state" in rules(judged(release, into="building"))


def test_a_rolled_back_release_needs_its_post_mortem(entry: Entry) -> None:
    """Quiet or not: what was not understood does not go out again."""
    again = (
        "kind: quiet\nphase: preparing\nstate: rolled-back\nincidents: [{id: INC-1, "
        "started_at: 2026-11-10, restored_at: 2026-11-10, fix: rollback}]"
    )
    told = {one.rule: one.what for one in judged(entry(again)).blockers}

    assert told["EVA-09"] == "the post-mortem of `INC-1` is missing"


def test_a_role_nobody_fills_blocks(entry: Entry) -> None:
    """Where the role is first needed."""
    release = entry('kind: standard\nphase: planning\nroles: {eng_lead: "@core"}')
    found = {one.what: one.fix for one in judged(release).blockers}

    assert found["nobody is `pm`"] == 'add under `roles:` `pm: "@team"`'


def test_errors_of_the_file_block(entry: Entry) -> None:
    """What stops the build stops the release; advice does not."""
    place = Place("content/releases/faster-export.md", 3)
    error = Finding(place, "GP153", "`x` is no product", "write `y`")
    advice = Finding(place, "GP512", "no goal", "add one", "advice")
    terms = Terms.of(Registry(), AS_OF)

    assert rules(verdict(entry(READY), terms, (error, advice))) == ["GP153"]
    assert verdict(entry(READY), terms, (advice,)).value == "go"


def test_asked_for_a_phase_everything_before_it_is_due(entry: Entry) -> None:
    """And nothing after it."""
    release = entry("kind: standard\nphase: idea\ngoal: Spare customers the wait")

    assert judged(release, into="planning").value == "go"
    assert "PLN-02" in rules(judged(release, into="building"))
    assert "TST-03" not in rules(judged(release, into="building"))


def test_a_quiet_release_is_asked_little(entry: Entry) -> None:
    """Six fields and a sentence may go out."""
    found = judged(entry("kind: quiet"))

    assert found.value == "go"
    assert len(found.answers) < 8


def test_scores_are_three(entry: Entry) -> None:
    """Technical, customer and business readiness are counted apart."""
    found = judged(entry(READY.replace("result: passed", "result: failed")))

    assert found.score("customer")[0] > 0
    assert {one.score for one in found.blockers} == {"technical"}


@pytest.mark.parametrize(
    ("profile", "gate"),
    [("agile", "warn"), ("regulated", "block"), ("continuous", "warn")],
)
def test_the_way_of_working_sets_the_depth(
    entry: Entry, profile: str, gate: str
) -> None:
    """A regulated house blocks where others warn."""
    found = judged(entry("kind: standard"), {"profile": profile})
    standards = next(one for one in found.answers if one.item.id == "TST-02")

    assert standards.gate == gate


def test_continuous_needs_no_window(entry: Entry) -> None:
    """Flags stand in for dates."""
    found = judged(entry("kind: standard"), {"profile": "continuous"})

    assert "DEP-01" not in rules(found)


def test_signers_of_the_way_of_working_must_sign(entry: Entry) -> None:
    """Also where the entry names nobody else."""
    registry = {"profile": "regulated", "profiles": {"regulated": {"signers": ["pm"]}}}
    told = {one.rule: one.what for one in judged(entry(READY), registry).blockers}

    assert told["DEP-03"] == "`pm` has not signed"


def test_a_profile_of_ones_own_sets_gates(entry: Entry) -> None:
    """By the id of the item."""
    registry = {"profile": "bank", "profiles": {"bank": {"gates": {"EXE-02": "block"}}}}
    found = judged(entry(READY), registry, into="monitoring")

    assert "EXE-02" in rules(found)


def test_the_registry_drops_changes_and_adds(entry: Entry) -> None:
    """Each by its id; an item of one's own is ticked by a person."""
    registry = {
        "checklist": {
            "PRP-07": {"drop": True, "why": "Another team does it"},
            "DEP-02": {"gate": "info"},
            "LAW-01": {"text": "Ask the lawyers", "owner": "pm", "kinds": ["hotfix"]},
        }
    }
    pack = site_pack(Registry.model_validate(registry))
    found = judged(entry(READY), registry)

    assert "PRP-07" not in pack
    assert pack["DEP-02"].gate == "info"
    assert rules(found) == ["LAW-01"]
    assert found.blockers[0].fix == (
        'once it is true, add `checklist: {LAW-01: {by: "@pm", on: 2026-11-21}}`'
    )
    ticked = READY + 'checklist: {LAW-01: {by: "@law", on: 2026-11-20}}\n'
    assert judged(entry(ticked), registry).value == "go"


def test_an_entry_changes_its_own_checklist_with_who_when_why(entry: Entry) -> None:
    """A change nobody signed does not count."""
    text = READY.replace("support: {faq: [{q: Why?, a: Two workers.}]}\n", "")
    signed = 'items: {PRP-07: {gate: warn, by: "@pm", on: 2026-11-20, why: No screen changes}}\n'
    unsigned = "items: {PRP-07: {gate: warn}}\n"
    added = (
        'items: {OWN-01: {text: Ask the bank, by: "@pm", on: 2026-11-20, '
        "why: New contract}}\n"
    )

    assert judged(entry(text + signed)).value == "go"
    assert judged(entry(text + unsigned)).value == "no-go"
    assert rules(judged(entry(READY + added))) == ["OWN-01"]


def test_hostile_ids_and_words_stay_words(entry: Entry) -> None:
    """A tick for an item that does not exist, and texts that look like YAML."""
    hostile = (
        READY
        + 'checklist: {"__class__": {by: "@x", on: 2026-11-20}, "{today}": {state: todo}}\n'
        + "items: {'a: b': {text: '{owner}\"]', by: '@\"x', on: 2026-11-20, "
        "why: x}}\n"
    )
    found = judged(entry(hostile))

    assert rules(found) == ["a: b"]
    assert found.blockers[0].edit is not None
    assert found.blockers[0].edit.yaml.startswith('"a: b": {by: "@pm"')


def test_the_same_facts_give_the_same_verdict(entry: Entry) -> None:
    """Nothing is read but the arguments."""
    assert judged(entry(READY)) == judged(entry(READY))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (
            "phase: testing\ndates: {planned: 2026-12-09}",
            "goes out with what this needs only",
        ),
        (
            "phase: testing\nstate: cancelled\ndates: {planned: 2026-11-25}",
            "has given up",
        ),
        ("phase: testing\ndates: {planned: 2026-11-25}", ""),
        ("phase: done\ndates: {published: 2026-11-02}", ""),
    ],
)
def test_a_release_waits_for_another(entry: Entry, other: str, says: str) -> None:
    """What it needs must be there before it goes out, however good its own file looks."""
    need = (
        'dependencies: [{team: "@sdk", what: Version 12, state: agreed, ref: sdk-12}]'
    )
    release = entry(
        f"kind: standard\nphase: building\ndates: {{planned: 2026-12-01}}\n{need}"
    )
    needed = entry(f"id: sdk-12\n{other}")
    terms = Terms.of(Registry(), AS_OF, releases=(release, needed))
    found = [
        one.what for one in verdict(release, terms).blockers if one.rule == "PLN-11"
    ]

    assert len(found) == bool(says)
    assert all(says in what for what in found)


def test_a_way_of_working_may_ask_few_things_only(entry: Entry) -> None:
    """Those it names, own ones among them; without names all."""
    registry = {
        "profile": "small",
        "profiles": {"small": {"asks": ["DEP-03", "OWN-01"]}},
        "checklist": {"OWN-01": {"text": "Ring the bell"}},
    }
    asked = [one.item.id for one in judged(entry(READY), registry).answers]

    assert asked == ["DEP-03", "OWN-01"]
    assert len(judged(entry(READY)).answers) > len(asked)
