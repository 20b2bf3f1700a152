"""Flags in the verdict: declared whole, and at the provider as the entry says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gatepost.content.flag_files.laws import faulty
from gatepost.model.finding import Place
from gatepost.model.flag_snapshot import OFF, ON, ProviderFlag, Share, Snapshot
from gatepost.model.registry import Registry
from gatepost.model.release import Release
from gatepost.process.answer import Answer
from gatepost.process.terms import Terms
from gatepost.process.verdict import verdict

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILE = "flags/production.json"
WHOLE = 'owner: "@api", default: "off", safe_value: "off"'
FLAG = f"flags: [{{key: exports, {WHOLE}}}]\n"
LIVE = (
    "phase: rolling-out\n"
    "deployment: {path: phased, rings: [{name: first, share: 10, on: 2026-11-18}]}\n"
)
SWITCHED_BACK = "rollback: {strategies: [{kind: feature_flag, flag: exports}]}\n"
Entry = Callable[..., Release]


def at_provider(share: Share | None = OFF, off: str = "off") -> Snapshot:
    """What the provider says about the flag `exports`."""
    flag = ProviderFlag("exports", Place(FILE, 3, 5), share, ("off",), (off,))
    return Snapshot(FILE, "flagd", (flag,))


def answer(
    release: Release,
    item: str,
    provider: Snapshot | None = None,
    others: tuple[Release, ...] = (),
) -> Answer:
    """What came of an item."""
    terms = Terms.of(Registry(), AS_OF, releases=(release, *others), provider=provider)
    found = verdict(release, terms).answers
    return next(one for one in found if one.item.id == item)


@pytest.mark.parametrize(
    ("says", "missing"),
    [
        ('default: "off", safe_value: "off"', "who owns it"),
        ('owner: "@api", safe_value: "off"', "what it serves when nothing is set"),
        ('owner: "@api", default: "off"', "which value is safe"),
    ],
)
def test_a_flag_is_declared_whole(entry: Entry, says: str, missing: str) -> None:
    """Or the verdict says what is missing, with the line to add."""
    found = answer(entry(f"flags: [{{key: exports, {says}}}]"), "FLG-01")

    assert found.blocks
    assert found.what == f"the flag `exports` does not say {missing}"
    assert found.edit is not None
    assert found.edit.under == "flags"


def test_a_flag_that_is_the_way_back_can_be_switched_by_on_call(entry: Entry) -> None:
    """A way back that nobody may go at night is none."""
    stuck = answer(entry(FLAG + SWITCHED_BACK), "FLG-01")
    free = FLAG.replace("}]", ", kill_switch: true}]") + SWITCHED_BACK

    assert stuck.what == "the way back switches off `exports`, and on-call may not"
    assert stuck.edit is not None
    assert stuck.edit.yaml == "kill_switch: true"
    assert answer(entry(free), "FLG-01").done


def test_a_release_without_flags_is_not_asked(entry: Entry) -> None:
    """Neither item concerns it."""
    terms = Terms.of(Registry(), AS_OF, provider=at_provider())
    asked = {one.item.id for one in verdict(entry(), terms).answers}

    assert asked.isdisjoint({"FLG-01", "FLG-02"})


def test_without_a_file_nobody_compares_and_the_verdict_says_so(entry: Entry) -> None:
    """The question cannot be put, so it does not stop the release either."""
    found = answer(entry(FLAG), "FLG-02")

    assert (found.state, found.blocks) == ("not-applicable", False)
    assert found.note == (
        "the registry names no file of the flag provider, so nobody compared it with the entry"
    )


def test_a_flag_as_told_lets_through(entry: Entry) -> None:
    """Off before the rollout, and on for as many as the entry says afterwards."""
    assert answer(entry(FLAG), "FLG-02", at_provider()).done
    assert answer(entry(FLAG + LIVE), "FLG-02", at_provider(Share(10, 10))).done


@pytest.mark.parametrize(
    ("front", "provider", "what"),
    [
        (FLAG.replace("exports", "export"), at_provider(),
         f"the flag `export` is declared, and the provider does not have it ({FILE}:1:1)"),
        (FLAG, at_provider(ON),
         f"the flag `exports` is off here and on for 100% at the provider ({FILE}:3:5)"),
        (FLAG + LIVE, at_provider(Share(40, 40)),
         f"the flag `exports` is on for 10% here and for 40% at the provider ({FILE}:3:5)"),
        (FLAG + LIVE, at_provider(OFF),
         f"the flag `exports` is on for 10% here and off at the provider ({FILE}:3:5)"),
        (FLAG, at_provider(OFF, off="legacy"),
         ("the safe value of the flag `exports` is `off` here, and off means `legacy` "
          f"at the provider ({FILE}:3:5)")),
        (FLAG.replace("{key", "{purpose: ops, key").replace('default: "off"', 'default: "on"'),
         at_provider(),
         f"the default of the flag `exports` is `on` here and `off` at the provider ({FILE}:3:5)"),
    ],
)  # fmt: skip
def test_another_word_of_the_provider_blocks(
    entry: Entry, front: str, provider: Snapshot, what: str
) -> None:
    """Where it stands on both sides; no tick changes that."""
    ticked = 'checklist: {FLG-02: {by: "@api", on: 2026-11-20}}\n'
    found = answer(entry(front + ticked), "FLG-02", provider)

    assert (found.state, found.blocks, found.what) == ("failing", True, what)
    assert found.fix
    assert found.owner == "@api"


def test_a_missing_flag_leaves_three_ways_out(entry: Entry) -> None:
    """No line of the entry can create a flag at the provider."""
    found = answer(entry(FLAG.replace("exports", "export")), "FLG-02", at_provider())

    assert found.edit is None
    assert found.fix == "correct the key, create the flag, or take it out of the entry"
    assert found.place.line > 1


def test_the_entry_may_follow_the_provider(entry: Entry) -> None:
    """With the share that the provider has now."""
    found = answer(entry(FLAG + LIVE), "FLG-02", at_provider(Share(40, 40)))

    assert found.edit is not None
    assert "share: 40, on: 2026-11-21" in found.edit.yaml


def test_a_difference_may_be_waived(entry: Entry) -> None:
    """With who, why and until when, as every item."""
    waiver = (
        "go_no_go: {waivers: [{rule: FLG-02, by: '@api', on: 2026-11-20, "
        "reason: Mended on Monday, until: 2026-11-24}]}\n"
    )

    assert answer(entry(FLAG + waiver), "FLG-02", at_provider(ON)).state == "waived"


def test_before_the_go_no_go_nobody_looks(entry: Entry) -> None:
    """A flag that is planned need not be at the provider yet."""
    early = entry(FLAG.replace("exports", "later") + "phase: building\n")

    assert not answer(early, "FLG-02", at_provider()).blocks


def test_a_file_that_cannot_be_read_is_no_excuse(entry: Entry) -> None:
    """Nothing was compared, so nothing is shown."""
    broken = Snapshot(FILE, "", findings=(faulty(Place(FILE), "no JSON", "mend it"),))
    found = answer(entry(FLAG), "FLG-02", broken)

    assert found.blocks
    assert found.what == f"nothing could be read from {FILE}"
    assert "`gatepost flags --drift`" in found.fix


def test_a_difference_of_another_release_stops_only_that(entry: Entry) -> None:
    """Each release answers for the flags it declares."""
    mine = entry(FLAG)
    other = entry("id: other-export\n" + FLAG.replace("exports", "gone"))

    assert answer(mine, "FLG-02", at_provider(), (other,)).done
    assert answer(other, "FLG-02", at_provider(), (mine,)).blocks


def test_a_flag_that_cannot_be_read_is_not_in_step(entry: Entry) -> None:
    """Other flags of the same file may be."""
    fault = faulty(Place(FILE, 4, 7), "the state of `exports` is `ON`", "mend it")
    others = ProviderFlag("imports", Place(FILE, 9, 5), OFF)
    half = Snapshot(FILE, "flagd", (others,), (fault,), frozenset({"exports"}))
    found = answer(entry(FLAG), "FLG-02", half)

    assert found.blocks
    assert found.what == f"what {FILE} says about `exports` cannot be read"
    assert answer(entry(FLAG.replace("exports", "imports")), "FLG-02", half).done
