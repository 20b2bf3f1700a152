"""What the model refuses is told in plain words, with the word that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from gatepost.content.likely import nearest
from gatepost.content.understand import findings_of
from gatepost.content.usual_words import usual_word
from gatepost.model.finding import Place
from gatepost.model.phase import PHASES, Phase
from gatepost.model.registry import Registry
from gatepost.model.release import FrontMatter, Stage, Type
from gatepost.outputs.words import TYPES

if TYPE_CHECKING:
    from conftest import Content

WRONG = {
    "a misspelt word": (
        "kind: quite",
        "one.md:6:7: GP103 `quite` is not one of the words for `kind`",
        "did you mean `quiet`? There are quiet, standard, launch, hotfix",
    ),
    "a word of one's own": (
        "type: thing",
        "one.md:6:7: GP103 `thing` is not one of the words for `type`",
        f"write one of {', '.join(get_args(Type))}",
    ),
    "a capital": (
        "stage: GA",
        "one.md:6:8: GP103 `GA` is not one of the words for `stage`",
        f"did you mean `ga`? There are {', '.join(get_args(Stage))}",
    ),
    "an empty choice": (
        "kind:",
        "one.md:6:1: GP103 `kind` is empty",
        "write one of quiet, standard, launch, hotfix",
    ),
    "a list for a word": (
        "kind: [quiet]",
        "one.md:6:1: GP106 `kind` is a list, but must be a word",
        "write one of quiet, standard, launch, hotfix",
    ),
    "no such day": (
        "state_on: 2026-02-30",
        "one.md:6:11: GP104 state_on: `2026-02-30` is not a date: day is out of range for month",
        "check the day and the month",
    ),
    "a German date": (
        "embargo_until: 20.11.2026",
        "one.md:6:16: GP104 embargo_until: `20.11.2026` is not a date",
        "write it as 2026-11-20, or with a time as 2026-11-20T14:05:00Z",
    ),
    "a short date": (
        "embargo_until: 2026-1-2",
        "one.md:6:16: GP104 embargo_until: `2026-1-2` is not a date",
        "write 2026-01-02",
    ),
    "a list for a date": (
        "embargo_until: [2026-01-02]",
        "one.md:6:1: GP106 `embargo_until` is a list, but must be a date",
        "write `embargo_until: 2026-11-20`",
    ),
    "true for a date": (
        "embargo_until: true",
        "one.md:6:16: GP106 `embargo_until` is `true`, but must be a date",
        "write `embargo_until: 2026-11-20`",
    ),
    "a quarter written otherwise": (
        "roadmap: {target: Q4 2026}",
        "one.md:6:19: GP104 roadmap.target: `Q4 2026` is not a target",
        "write 2026-Q4, 2026-H2, 2026-12 or 2026",
    ),
    "yes": (
        "breaking: yes",
        "one.md:6:11: GP105 breaking: `yes` is neither true nor false",
        "write true or false",
    ),
    "nothing for true or false": (
        "breaking:",
        "one.md:6:1: GP106 `breaking` is empty, but must be true or false",
        "write `breaking: true` or `breaking: false`",
    ),
    "true for a word": (
        "version: true",
        "one.md:6:10: GP105 version: `true` without quotes means yes or no",
        'write "true" for the word',
    ),
    "a length without a unit": (
        "bedding_in: 5",
        "one.md:6:13: GP105 bedding_in: `5` is not a length of time",
        "write a number and s, m, h, d or w, such as 5d",
    ),
    "too much": (
        "deployment: {rings: [{name: all, share: 101}]}",
        "one.md:6:41: GP105 deployment.rings, item 1, share: 101 is out of range",
        "write a number of at most 100",
    ),
    "no number": (
        "media: [{src: a.png, alt: A list, width: wide}]",
        "one.md:6:42: GP105 media, item 1, width: `wide` is not a whole number",
        "write digits only",
    ),
    "a text for a list of blocks": (
        "media: a.png",
        "one.md:6:8: GP106 `media` is the text `a.png`, but must be a list",
        "begin each item below `media:` with a hyphen, such as `- src: …`",
    ),
    "a block for a list of words": (
        "plans: {team: true}",
        "one.md:6:1: GP106 `plans` is a block of fields, but must be a list",
        "write `plans: [first, second]`",
    ),
    "a text for a block": (
        "dates: 2026-11-20",
        "one.md:6:8: GP106 `dates` is the text `2026-11-20`, but must be a block of fields",
        "write the fields of `dates` indented below it; `gatepost schema` lists them",
    ),
    "a field missing in a list": (
        "docs:\n  - title: Guide\n  - url: /help",
        "one.md:8:5: GP101 `docs, item 2, title` is missing",
        "add `title:` below",
    ),
}


@pytest.mark.parametrize(("line", "said", "fix"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_value_is_told_in_plain_words(
    content: Content, line: str, said: str, fix: str
) -> None:
    """With its place and what to type."""
    content.entry(f"{line}\n")

    assert content.said() == [said]
    assert content.fixes() == [fix]
    assert content.load().releases == ()


def test_missing_fields_are_told_at_the_top(content: Content) -> None:
    """All of them at once."""
    content.write("content/releases/one.md", "---\ntype: added\n---\nText.\n")

    assert content.said() == [
        "one.md:1:1: GP101 `id` is missing",
        "one.md:1:1: GP101 `phase` is missing",
        "one.md:1:1: GP101 `title` is missing",
    ]


def test_a_field_like_no_other_may_be_made_ones_own(content: Content) -> None:
    """With the line to write."""
    content.entry("board: a-team\n")

    assert content.fixes() == ["delete it, or call it `x-board`"]


INDENTED = "indented: type two spaces before it"


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("planned: 2026-11-20", f"`planned` belongs under `dates:`, {INDENTED}"),
        ("deadline: 2026-11-20", f"`deadline` belongs under `migration:`, {INDENTED}"),
        ("faq: []", f"`faq` belongs under `support:`, {INDENTED}"),
        (
            "window: 2h",
            f"`window` belongs under `deployment:` or `monitors:`, {INDENTED}",
        ),
        (
            "owner: a-team",
            f"`owner` belongs under `risks:`, `flags:` or `items:`, {INDENTED}",
        ),
        (
            "relation: same",
            f"`relation` belongs under `replacement:` of `deprecation:`, {INDENTED}",
        ),
    ],
)
def test_a_field_of_a_block_is_sent_there(
    content: Content, line: str, fix: str
) -> None:
    """Deleting it would lose what it says. It may still be meant as a field of one's own."""
    content.entry(f"{line}\n")

    name = line.partition(":")[0]
    assert content.fixes() == [f"{fix}; if it is your own, call it `x-{name}`"]


def test_a_field_below_its_empty_block_was_not_indented(content: Content) -> None:
    """One slip, one finding, and indenting mends it."""
    content.entry("dates:\nplanned: 2026-11-20\n")

    assert content.said() == [
        "one.md:7:1: GP102 `planned` is not indented, so it does not count for `dates`"
    ]
    assert content.fixes() == [f"`planned` belongs under `dates:`, {INDENTED}"]
    assert content.load().findings[0].level == "error"

    content.entry("dates:\n  planned: 2026-11-20\n")
    assert content.said() == []


def test_a_forgotten_colon_before_another_is_told(content: Content) -> None:
    """YAML takes all before the other colon for a name."""
    content.entry("summary Exports: twice as fast\n")
    (finding,) = content.load().findings

    assert finding.sentence == "there is no colon after `summary` in `summary Exports`"
    assert finding.level == "error"
    assert finding.fix == (
        "write `summary:` before `Exports`, and quotes around the whole text behind it, "
        "for it holds a colon"
    )


def test_a_forgotten_colon_before_braces_is_told(content: Content) -> None:
    """What stands between them needs no quotes."""
    content.entry("dates {planned: 2026-11-20}\n")

    assert content.fixes() == ["write `dates:` before `{planned`"]


def test_a_block_that_is_empty_for_itself_is_told(content: Content) -> None:
    """No field near it belongs there."""
    content.entry("dates:\nboard: a-team\n")

    assert content.said() == [
        "one.md:6:1: GP106 `dates` is empty, but must be a block of fields",
        "one.md:7:1: GP102 `board` is no field, so nobody outside will see it",
    ]


def test_a_first_field_inside_a_block_is_sent_out_of_it(content: Content) -> None:
    """It was indented too far."""
    content.entry("dates:\n  planned: 2026-11-20\n  type: fixed\n")

    assert content.fixes() == [
        "`type` belongs among the first fields: begin it without spaces"
    ]


def test_a_field_of_a_block_within_the_block_is_sent_there(content: Content) -> None:
    """The nearest home counts."""
    content.entry("deployment:\n  path: push\n  start: 2026-11-20T10:00:00Z\n")

    assert content.fixes() == [f"`start` belongs under `window:`, {INDENTED}"]


def test_a_field_of_a_block_of_the_registry_is_sent_there(content: Content) -> None:
    """Not to a section that is only spelt much like it."""
    content.write(
        "content/registry.yml", 'products:\n  reports:\n    roles: {pm: "@a"}\n'
    )

    assert content.fixes() == [f"`roles` belongs under `defaults:`, {INDENTED}"]


def test_a_field_that_hides_hides_nothing_inside_a_block(content: Content) -> None:
    """So it is an error there as well."""
    content.entry("dates:\n  planned: 2026-11-20\n  embargo: 2026-12-20\n")

    (finding,) = content.load().findings
    assert finding.sentence == "`dates.embargo` is no field, so it hides nothing"
    assert finding.level == "error"
    assert finding.fix == (
        "did you mean `embargo_until`? `embargo_until` belongs among the first fields: "
        "begin it without spaces"
    )


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003"])
def test_an_indent_that_only_looks_like_spaces_is_named(
    content: Content, space: str
) -> None:
    """Text copied from a web page brings such spaces with it."""
    content.entry(f"dates:\n{space}{space}planned: 2026-11-20\n")

    assert content.said() == [
        "one.md:7:1: GP102 what stands before `planned` looks like spaces, but is none"
    ]
    assert content.fixes() == [
        "delete it and type `planned` anew, with spaces before it"
    ]


def test_own_fields_stand_at_the_top(content: Content) -> None:
    """Inside a block of ours there is no place for them."""
    content.entry("dates: {x-board: 2026-11-20}\n")

    assert content.said() == [
        "one.md:6:9: GP102 `dates.x-board` is no field, so nobody outside will see it"
    ]
    assert content.fixes() == [
        "delete it; `x-board` may stand in an entry, among its first fields"
    ]


@pytest.mark.parametrize(
    ("line", "ours"),
    [
        ("type: New", "added"),
        ("type: Improved", "changed"),
        ("type: improvement", "changed"),
        ("type: feature", "added"),
        ("type: bugfix", "fixed"),
        ("type: Bug fix", "fixed"),
        ("phase: Released", "monitoring"),
        ("phase: shipped", "monitoring"),
        ("phase: In progress", "building"),
        ("phase: Getting ready", "preparing"),
    ],
)
def test_the_word_of_a_page_or_of_another_tool_is_told_in_ours(
    content: Content, line: str, ours: str
) -> None:
    """One word to type instead of a list to guess from, and it can be read."""
    field, _, word = line.partition(": ")
    content.entry(f"{line}\n")

    assert content.fixes() == [f"`{word}` is written `{ours}`"]

    content.entry(f"{field}: {ours}\n")
    assert content.said() == []


@pytest.mark.parametrize("line", ["phase: beta", "type: breaking", "kind: New"])
def test_a_word_that_may_mean_much_is_not_translated(
    content: Content, line: str
) -> None:
    """All words are listed."""
    content.entry(f"{line}\n")

    assert content.fixes()[0].startswith("write one of ")


@pytest.mark.parametrize("key", get_args(Type))
def test_every_type_can_be_written_as_its_page_calls_it(key: Type) -> None:
    """What readers see beside an entry leads to a word for it, or is nearly that word."""
    label = TYPES[key].text
    ours = usual_word("type", label) or nearest(label, get_args(Type))

    assert TYPES[cast("Type", ours)].text == label


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.key)
def test_every_phase_can_be_written_as_its_page_calls_it(phase: Phase) -> None:
    """What the internal site shows leads to the word for it."""
    assert usual_word("phase", phase.label) == phase.key


@pytest.mark.parametrize(
    ("given", "fix"),
    [
        ("Faster Export!", "write faster-export"),
        ("faster_export", "write faster-export"),
        ("Über-uns", "write uber-uns"),
        ("größe", "write grosse"),
        ("Ærø", "write aero"),
        ("ab", "write it as in `faster-export`"),
        ("x" * 70, f"write {'x' * 61}"),
    ],
)
def test_an_id_that_cannot_be_one_is_mended(
    content: Content, given: str, fix: str
) -> None:
    """Where its letters allow."""
    content.entry(f"id: {given}\n")

    assert content.said() == [f"one.md:5:5: GP107 `{given[:60]}` cannot be an id"]
    assert content.fixes() == [fix]


@pytest.mark.parametrize("name", ["con", "aux", "com1"])
def test_an_id_that_windows_keeps_is_refused_with_the_reason(
    content: Content, name: str
) -> None:
    """A checkout on Windows could not hold its page."""
    content.entry(f"id: {name}\n")

    (said,) = content.said()
    assert said == (
        f"one.md:5:5: GP107 `{name}` cannot be an id, for Windows keeps that name for itself "
        "and can hold no file that is called so"
    )
    assert content.fixes() == [f"write {name}-entry"]


@pytest.mark.parametrize("name", ["console", "com0", "com10", "null"])
def test_an_id_that_only_begins_like_such_a_name_is_left_alone(
    content: Content, name: str
) -> None:
    """It is a name like any other."""
    content.entry(f'id: "{name}"\n')

    assert content.said() == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sumary", "summary"),
        ("Title", "title"),
        ("embargo-until", "embargo_until"),
        ("knownissues", "known_issues"),
        ("owner", ""),
        ("x", ""),
        ("", ""),
        ("a" * 100_000, ""),
    ],
)
def test_did_you_mean(word: str, meant: str) -> None:
    """A guess is given only where it is likely."""
    assert nearest(word, FrontMatter.model_fields) == meant


_SCALARS = st.sampled_from([True, False, None, "", "x", "1", "-1", "2026-01-02", "5d"])
_NAMES = st.sampled_from(
    ["id", "dates", "media", "typo", "pm", "public", "deployment", "rings", "reports"]
)
_TREES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3)
    ),
    max_leaves=8,
)
_JARGON = (
    *("Input should", "dictionary", "tuple", "string", "parse", "literal", "pydantic"),
    *("mapping", "scalar", "NoneType", "Field required", "Extra inputs"),
)


@pytest.mark.parametrize("model", [FrontMatter, Registry])
@given(st.data())
def test_no_refusal_is_told_in_jargon(
    model: type[BaseModel], data: st.DataObject
) -> None:
    """Whatever stands in whichever field."""
    fields = [
        info.alias or name
        for name, info in model.model_fields.items()
        if not info.exclude
    ]
    tree = data.draw(st.dictionaries(st.sampled_from(fields), _TREES, max_size=6))
    try:
        model.model_validate(tree)
    except ValidationError as error:
        there = Place("e.md")
        findings = list(findings_of(error, model, lambda _: there, lambda _: there))
    else:
        return

    assert findings
    for finding in findings:
        assert not any(word in f"{finding.sentence} {finding.fix}" for word in _JARGON)
        assert finding.fix
