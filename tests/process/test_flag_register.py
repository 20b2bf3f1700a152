"""The register holds every flag once, says what is wrong about it, and where providers differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.flag_files.laws import faulty
from gatepost.content.load import load
from gatepost.model.finding import Place
from gatepost.model.flag_snapshot import OFF, ON, ProviderFlag, Share, Snapshot
from gatepost.process.exposure import told
from gatepost.process.flag_drift import drift
from gatepost.process.flag_record import FlagRecord
from gatepost.process.flags import Register, register

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
WHOLE = 'owner: "@a", safe_value: "off", remove_by: 2027-03-01'
"""What a flag says with which nothing is wrong."""
RINGS = "deployment: {{rings: [{{name: first, share: {}, on: 2026-11-01}}]}}\n"

Registered = Callable[..., Register]


@pytest.fixture
def registered(tmp_path: Path) -> Registered:
    """The register of entries, each given by its fields; phase and products have defaults."""

    def write_and_register(**entries: str) -> Register:
        folder = tmp_path / "content/releases"
        folder.mkdir(parents=True)
        (tmp_path / "content/registry.yml").write_text("products: {billing: {}}\n")
        for name, fields in entries.items():
            given = {line.partition(":")[0] for line in fields.splitlines()}
            rows = {
                "id": name.replace("_", "-"),
                "title": f"The title of {name}",
                "products": "[billing]",
                "phase": "rolling-out",
            }
            head = "".join(
                f"{key}: {value}\n" for key, value in rows.items() if key not in given
            )
            (folder / f"{name}.md").write_text(f"---\n{head}{fields}---\nText.\n")
        book = load(tmp_path, "content", as_of=AS_OF, host="example.com")
        assert len(book.releases) == len(entries)
        return register(book.releases, AS_OF)

    return write_and_register


def only(found: Register) -> FlagRecord:
    """The one flag."""
    (flag,) = found.flags
    return flag


def said(found: Register) -> list[str]:
    """The problems as people read them, without where they stand."""
    return [f"{one.code} {one.sentence}" for one in found.findings]


# The register --------------------------------------------------------------------------------


def test_a_flag_of_two_releases_stands_once(registered: Registered) -> None:
    """With both of them, the newest first, and what only one of them says."""
    flag = only(
        registered(
            first='dates: {exposed: 2026-01-10}\nflags: [{key: a, owner: "@a"}]\n',
            second='dates: {exposed: 2026-10-10}\nflags: [{key: a, safe_value: "off", '
            "kill_switch: true}]\n",
        )
    )
    assert [one.release.id for one in flag.declarations] == ["second", "first"]
    assert (flag.owner, flag.safe_value, flag.kill_switch) == ("@a", "off", True)


@pytest.mark.parametrize(
    ("fields", "state", "share"),
    [
        ("phase: building\n" + RINGS.format(40), "off", 0),
        (RINGS.format(40), "partly-on", 40),
        (RINGS.format(100), "on", 100),
        ("phase: done\n", "on", 100),
        ("state: rolled-back\n" + RINGS.format(40), "taken-back", 0),
    ],
)
def test_the_rollout_is_that_of_the_release(
    registered: Registered, fields: str, state: str, share: int
) -> None:
    """From its phase, its steps and the clock."""
    flag = only(registered(first=f"{fields}flags: [{{key: a, {WHOLE}}}]\n"))
    assert (state, share) == (flag.state, flag.share)


def test_a_switch_for_operations_is_no_rollout(registered: Registered) -> None:
    """It serves its default, whoever has the release."""
    flag = only(
        registered(first='phase: done\nflags: [{key: a, purpose: ops, default: "5"}]\n')
    )
    assert (flag.state, flag.share, flag.default) == ("fixed", None, "5")


def test_nothing_is_wrong(registered: Registered) -> None:
    """With an owner, a safe value and an end ahead."""
    assert [] == said(registered(first=f"flags: [{{key: a, {WHOLE}}}]\n"))


def test_a_flag_past_its_day(registered: Registered) -> None:
    """On the day itself it is in time; a day later it is an error at `remove_by`."""
    flag = 'flags: [{{key: {}, owner: "@a", safe_value: "off", remove_by: {}}}]\n'
    found = registered(
        first=flag.format("today", "2026-11-21"),
        second=flag.format("late", "2026-11-20"),
    )
    (finding,) = found.findings
    assert (finding.code, finding.level) == ("GP608", "error")
    assert (
        finding.sentence == "the flag `late` was to be removed by 2026-11-20, 1 day ago"
    )
    assert (finding.place.line, finding.place.column) == (6, 64)


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        (
            "phase: monitoring\ndates: {exposed: 2026-08-01}\n",
            (
                "everyone has had what stands behind the flag `a` since 2026-08-01, "
                "and nobody says when it goes"
            ),
        ),
        (
            "phase: done\n",
            "the releases behind the flag `a` are finished, and nobody says when it goes",
        ),
        (
            "state: cancelled\nphase: building\n",
            "the releases behind the flag `a` are finished, and nobody says when it goes",
        ),
        ("phase: monitoring\ndates: {exposed: 2026-11-01}\n", ""),
    ],
)
def test_a_flag_that_decides_nothing_any_more(
    registered: Registered, fields: str, finding: str
) -> None:
    """Everyone has had it for 90 days, or its releases are finished, and it has no end."""
    found = registered(
        first=f'{fields}flags: [{{key: a, owner: "@a", safe_value: "off"}}]\n'
    )
    assert ([f"GP609 {finding}"] if finding else []) == said(found)
    assert bool(finding) == only(found).stale


def test_what_a_flag_must_say(registered: Registered) -> None:
    """Whose it is, and which value is safe."""
    assert said(registered(first="flags: [{key: a}]\n")) == [
        "GP610 the flag `a` has no owner",
        "GP611 the flag `a` does not say which value is safe",
    ]


def test_releases_that_disagree(registered: Registered) -> None:
    """Each field once, with both values and where they stand."""
    flag = 'flags: [{{key: a, owner: "{}", safe_value: "{}"}}]\n'
    found = registered(first=flag.format("@a", "off"), second=flag.format("@b", "off"))
    assert said(found) == [
        "GP612 releases disagree on the owner of the flag `a`: `@a` in first and `@b` in second"
    ]


def test_a_flag_taken_back_and_on(registered: Registered) -> None:
    """One release brought it to accounts, a later one was rolled back."""
    flag = f"flags: [{{key: a, {WHOLE}}}]\n"
    found = registered(
        first=f"phase: monitoring\ndates: {{exposed: 2026-10-01}}\n{flag}",
        second=f"state: rolled-back\nstate_on: 2026-11-02\n{flag}",
    )
    assert said(found) == [
        "GP612 the flag `a` was taken back by second on 2026-11-02, and is on by first"
    ]


# Drift ---------------------------------------------------------------------------------------

THERE = Place("flags.json", 7, 3)


def theirs(key: str = "a", share: Share | None = ON, **more: object) -> Snapshot:
    """A provider with one flag."""
    flag = ProviderFlag(key, THERE, share, **more)  # type: ignore[arg-type]
    return Snapshot("flags.json", "flagd", (flag,))


def differences(found: Register, provider: Snapshot) -> list[str]:
    """The drift as people read it, without where it stands in the entries."""
    rows = (one.finding for one in drift(found, provider))
    return [f"{one.code} {one.sentence}" for one in rows]


def test_in_step(registered: Registered) -> None:
    """Nothing to say."""
    found = registered(first=RINGS.format(40) + f"flags: [{{key: a, {WHOLE}}}]\n")
    assert [] == differences(found, theirs(share=Share(40, 40), off=("off", "false")))


@pytest.mark.parametrize(
    ("share_here", "share_there", "finding"),
    [
        (40, OFF, "GP604 the flag `a` is on for 40% here and off at the provider"),
        (0, ON, "GP604 the flag `a` is off here and on for 100% at the provider"),
        (40, ON, "GP605 the flag `a` is on for 40% here and for 100% at the provider"),
        (
            40,
            Share(0, 20),
            "GP605 the flag `a` is on for 40% here and for 0 to 20% at the provider",
        ),
        (40, Share(0, 100), ""),
        (40, Share(40.4, 40.4), ""),
        (0, Share(0, 100), ""),
        (40, None, ""),
    ],
)
def test_shares_that_differ(
    registered: Registered, share_here: int, share_there: Share | None, finding: str
) -> None:
    """By more than a point, and not only for who is let in by name."""
    found = registered(
        first=RINGS.format(share_here) + f"flags: [{{key: a, {WHOLE}}}]\n"
    )
    expected = [f"{finding} (flags.json:7:3)"] if finding else []
    assert expected == differences(found, theirs(share=share_there))


def test_both_places_are_said(registered: Registered) -> None:
    """The entry's is the finding's own; the provider's stands in the sentence."""
    found = registered(first=f"phase: done\nflags: [{{key: a, {WHOLE}}}]\n")
    (one,) = drift(found, theirs(share=OFF))
    assert one.here is not None
    assert (one.here.line, one.there) == (6, THERE)
    assert one.finding.place == one.here


def test_generally_available_but_not_for_all(registered: Registered) -> None:
    """Unless a step to everybody lies ahead."""
    flag = f"stage: ga\nflags: [{{key: a, {WHOLE}}}]\n"
    steps = "deployment: {rings: [{name: a, share: 40, on: 2026-11-01}, {name: all, share: 100}]}\n"
    share = theirs(share=Share(40, 40))
    found = registered(
        first=RINGS.format(40) + flag, second=steps + flag.replace("a,", "b,", 1)
    )
    both = Snapshot(
        "flags.json", "flagd", (*share.flags, *theirs("b", Share(40, 40)).flags)
    )
    assert differences(found, both) == [
        (
            "GP605 the flag `a` is generally available by its entry and on for 40% at the provider "
            "(flags.json:7:3)"
        )
    ]


def test_a_rolled_back_release_whose_flag_is_on(registered: Registered) -> None:
    """The most dangerous drift of all."""
    found = registered(first=f"state: rolled-back\nflags: [{{key: a, {WHOLE}}}]\n")
    assert differences(found, theirs()) == [
        "GP604 the flag `a` is off here and on for 100% at the provider (flags.json:7:3)"
    ]


def test_flags_that_only_one_side_knows(registered: Registered) -> None:
    """On without an entry is an error, off without one is advice, gone is an error."""
    found = registered(first=f"flags: [{{key: a, {WHOLE}}}]\n")
    rows = drift(found, theirs("b"))
    assert [(one.kind, one.key, one.level) for one in rows] == [
        ("gone", "a", "error"),
        ("undeclared", "b", "error"),
    ]
    assert ["advice"] == [
        one.level for one in drift(found, theirs("b", OFF)) if one.key == "b"
    ]
    assert [] == [
        one for one in drift(found, theirs("b", removed=True)) if one.key == "b"
    ]


def test_a_flag_that_was_removed_at_the_provider(registered: Registered) -> None:
    """Is gone, unless its release was taken back too."""
    found = registered(
        first=f"flags: [{{key: a, {WHOLE}}}]\n",
        second=f"state: withdrawn\nflags: [{{key: b, {WHOLE}}}]\n",
    )
    assert ["a"] == [one.key for one in drift(found, theirs(removed=True))]


def test_a_flag_that_cannot_be_read_is_not_gone(registered: Registered) -> None:
    """And a file that cannot be read says nothing about any flag."""
    found = registered(first=f"flags: [{{key: a, {WHOLE}}}]\n")
    other = ProviderFlag("b", THERE, OFF)
    broken = Snapshot("flags.json", "flagd", (other,), unreadable=frozenset({"a"}))
    assert ["b"] == [one.key for one in drift(found, broken)]
    fault = faulty(Place("flags.json"), "the file is a list")
    assert () == drift(found, Snapshot("flags.json", "", findings=(fault,)))


@pytest.mark.parametrize(
    ("said_here", "said_there", "finding"),
    [
        ('default: "on"', ("on", "true"), ""),
        ('default: "true"', ("on",), ""),
        ('default: "5"', ("sampled", "5"), ""),
        (
            'default: "on"',
            ("off", "false"),
            (
                "GP606 the default of the flag `a` is `on` here and `off` at the provider "
                "(flags.json:7:3)"
            ),
        ),
    ],
)
def test_defaults_of_switches_for_operations(
    registered: Registered, said_here: str, said_there: tuple[str, ...], finding: str
) -> None:
    """By the variant's name or its value; on and true are one word."""
    found = registered(
        first=f"flags: [{{key: a, purpose: ops, {said_here}, {WHOLE}}}]\n"
    )
    assert ([finding] if finding else []) == differences(
        found, theirs(default=said_there)
    )


def test_a_safe_value_that_off_does_not_serve(registered: Registered) -> None:
    """What on-call relies on must be what the provider does."""
    found = registered(first=f"flags: [{{key: a, {WHOLE}}}]\n")
    assert differences(found, theirs(variants=("red", "blue"))) == [
        (
            "GP607 the safe value of the flag `a` is `off`, which the provider does not have "
            "(flags.json:7:3)"
        )
    ]
    assert differences(found, theirs(off=("on", "true"), variants=("on", "off"))) == [
        (
            "GP607 the safe value of the flag `a` is `off` here, and off means `on` at the "
            "provider (flags.json:7:3)"
        )
    ]


# What readers are told -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            (40, "", ("EU",), "20 Nov 2026"),
            "Rolling out: about 40% of EU accounts, as of 20 Nov 2026",
        ),
        ((40, "", ("EU", "US"), ""), "Rolling out: about 40% of EU and US accounts"),
        ((10, "Preview accounts", ("EU",), ""), "Rolling out: Preview accounts"),
        ((0, "", (), "20 Nov 2026"), "Not switched on yet"),
    ],
)
def test_exposure_in_words(
    call: tuple[int, str, tuple[str, ...], str], sentence: str
) -> None:
    """A share, whom it is about, and since when."""
    assert sentence == told(*call)
