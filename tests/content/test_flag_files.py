"""Providers' flag files are read whole, or every fault in them is said with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from gatepost.content.flag_files.json_walk import MOST_DEPTH
from gatepost.content.flag_files.read import read_flag_file, read_flag_files
from gatepost.content.flag_files.sheet import Fault
from gatepost.model.flag_snapshot import ProviderFlag, Snapshot

Read = Callable[..., Snapshot]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """What is read from a file of that name and text."""

    def write_and_read(name: str, text: str | bytes, **more: str) -> Snapshot:
        raw = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(raw)
        return read_flag_files(tmp_path, name, **more)

    return write_and_read


def only(snapshot: Snapshot) -> ProviderFlag:
    """The one flag of a file without a fault."""
    assert [str(one) for one in snapshot.findings] == []
    (flag,) = snapshot.flags
    return flag


def said(snapshot: Snapshot) -> list[str]:
    """The findings as people read them."""
    return [str(one) for one in snapshot.findings]


def flagd(**flag: Any) -> str:
    """A flagd file with the flag `checkout`."""
    bare = {"state": "ENABLED", "variants": {"on": True, "off": False}}
    return json.dumps(
        {"flags": {"checkout": {**bare, "defaultVariant": "off", **flag}}}
    )


# flagd ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flag", "share"),
    [
        ({}, "0%"),
        ({"defaultVariant": "on"}, "100%"),
        ({"defaultVariant": "on", "state": "DISABLED"}, "0%"),
        ({"defaultVariant": None}, "some accounts"),
        ({"targeting": {"fractional": [["on", 40], ["off", 60]]}}, "40%"),
        ({"targeting": {"fractional": [{"var": "id"}, ["on", 1], ["off", 3]]}}, "25%"),
        ({"targeting": {"fractional": [["on"], ["off"]]}}, "50%"),
        (
            {"targeting": {"fractional": [["on", {"var": "w"}], ["off", 9]]}},
            "some accounts",
        ),
        ({"targeting": {"if": [{"var": "staff"}, "on", "off"]}}, "some accounts"),
        ({"targeting": {"if": [{"var": "staff"}, "off"]}}, "0%"),
        (
            {
                "targeting": {
                    "if": [
                        {"var": "eu"},
                        {"fractional": [["on", 4], ["off", 6]]},
                        "off",
                    ]
                }
            },
            "0 to 40%",
        ),
        ({"targeting": {}}, "0%"),
    ],
)
def test_how_many_accounts_a_flagd_flag_reaches(
    read: Read, flag: dict[str, Any], share: str
) -> None:
    """Exactly where only the split decides, between two shares where a rule looks at accounts."""
    assert share == str(only(read("flags.json", flagd(**flag))).share)


def test_rules_that_others_refer_to(read: Read) -> None:
    """A reference is followed, and one that leads in a circle ends."""
    flags = json.loads(flagd(targeting={"$ref": "half"}))
    flags["$evaluators"] = {"half": {"fractional": [["on", 1], ["off", 1]]}}
    assert "50%" == str(only(read("flags.json", json.dumps(flags))).share)

    flags["$evaluators"] = {"half": {"$ref": "half"}}
    assert "some accounts" == str(only(read("flags.json", json.dumps(flags))).share)


def test_references_that_multiply(read: Read) -> None:
    """Forty rules that each refer to the next one twice are followed once each."""
    rules = {
        f"rule-{number}": {"if": [{"var": "a"}, {"$ref": f"rule-{number + 1}"}] * 2}
        for number in range(40)
    }
    flags = json.loads(flagd(targeting={"$ref": "rule-0"}))
    flags["$evaluators"] = rules
    assert "some accounts" == str(only(read("flags.json", json.dumps(flags))).share)


def test_a_flag_without_an_off_variant_has_no_share(read: Read) -> None:
    """Red, blue and green are neither on nor off."""
    variants = {"red": "#f00", "blue": "#00f"}
    flag = only(read("flags.json", flagd(variants=variants, defaultVariant="red")))
    assert (flag.share, flag.default, flag.off) == (None, ("red", "#f00"), ())


def test_map_list_and_yaml_say_the_same(read: Read) -> None:
    """One tool reads all three."""
    as_map = flagd(targeting={"fractional": [["on", 40], ["off", 60]]})
    row = {"key": "checkout", **json.loads(as_map)["flags"]["checkout"]}
    as_yaml = (
        "flags:\n  checkout:\n    state: ENABLED\n    variants: {'on': true, 'off': false}\n"
        "    defaultVariant: 'off'\n    targeting: {fractional: [['on', 40], ['off', 60]]}\n"
    )
    found = [
        only(read("flags.json", as_map)),
        only(read("flags.json", json.dumps({"flags": [row]}))),
        only(read("flags.yaml", as_yaml)),
    ]
    assert [("checkout", "40%", ("off", "false"))] * 3 == [
        (one.key, str(one.share), one.off) for one in found
    ]


def test_every_file_of_flagd_is_judged_as_its_schema_judges(corpus: Path) -> None:
    """All JSON files of the corpus, positive and negative, but for the operation of old files."""
    schemas = corpus / "flagd" / "flagd-schemas"
    known: Registry[Any] = Registry()
    for name in ("flags", "targeting"):
        schema = json.loads((schemas / f"{name}.json").read_text("utf-8"))
        known = known.with_resource(schema.pop("$id"), Resource.from_contents(schema))
    home = "https://flagd.dev/schema/v0"
    whole = Draft7Validator(
        {"$ref": f"{home}/flags.json#/definitions/flagdConfig"}, registry=known
    )
    rule = Draft7Validator({"$ref": f"{home}/targeting.json"}, registry=known)
    files = [
        file
        for file in sorted((corpus / "flagd").rglob("*.json"))
        if file.parent != schemas
        and "fractionalEvaluation" not in file.read_text("utf-8")
    ]

    assert len(files) > 40
    for file in files:
        tree = json.loads(file.read_text("utf-8"))
        valid = (whole if "flags" in tree else rule).is_valid(tree)
        found = read_flag_files(corpus, file.relative_to(corpus).as_posix())
        assert (file.name, valid) == (file.name, not found.findings)
        assert valid or all(one.place.line > 1 for one in found.findings)


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        (
            "state-set-incorrectly",
            "5:7: GP601 the state of `myBoolFlag` is `WILL-FAIL`",
        ),
        ("missing-variants", "4:5: GP601 the flag `myBoolFlag` has no variants"),
        ("malformed-flag", "12:5: GP601 the flag `not-a-flag` is empty"),
        (
            "with-invalid-targeting",
            "12:9: GP601 `not-a-real-rule` is no operation of a targeting rule",
        ),
        (
            "mixed-variant-types.ffconfig",
            (
                "8:9: GP601 the variants of `myBoolFlag` are of different kinds: "
                "true or false, a text"
            ),
        ),
    ],
)
def test_files_of_flagd_that_were_built_to_be_wrong(
    corpus: Path, name: str, finding: str
) -> None:
    """Each is told apart, at its line."""
    folder = corpus / "flagd/flagd-schemas/test/flags/negative"
    assert [f"{name}.json:{finding}"] == said(read_flag_files(folder, f"{name}.json"))


def test_the_samples_of_flagd_in_both_languages(corpus: Path) -> None:
    """JSON and YAML of the same flags give the same flags."""
    folder = corpus / "flagd/flagd/samples"
    in_json, in_yaml = (
        read_flag_files(folder, f"example_flags.{ending}")
        for ending in ("json", "yaml")
    )
    assert (in_json.format, len(in_json.flags), said(in_json)) == ("flagd", 8, [])
    assert [(one.key, one.share, one.default[0]) for one in in_json.flags] == [
        (one.key, one.share, one.default[0]) for one in in_yaml.flags
    ]


def test_a_schema_is_no_flag_file(corpus: Path) -> None:
    """Nothing is guessed into it."""
    found = read_flag_files(corpus / "flagd/flagd-schemas", "flags.json")
    assert ["flags.json:1:1: GP601 this is no flag file we know"] == said(found)


# Kubernetes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("folder", "flags"), [("en", 230), ("zh-cn", 40)])
def test_every_feature_gate_of_kubernetes(
    corpus: Path, folder: str, flags: int
) -> None:
    """A folder of pages; the page about the folder is no gate."""
    found = read_flag_files(corpus / "kubernetes-feature-gates", folder)
    assert (found.format, len(found.flags), said(found)) == ("kubernetes", flags, [])


def test_a_gate_counts_by_its_last_stage(corpus: Path) -> None:
    """`SuspendJob` went from off to on, and is gone."""
    found = read_flag_files(corpus / "kubernetes-feature-gates/en", "SuspendJob.md")
    flag = only(found)
    assert (flag.key, str(flag.share), flag.removed) == ("SuspendJob", "100%", True)


def test_a_gate_with_wrong_stages(read: Read) -> None:
    """The stage and the default are said at their own lines."""
    text = (
        "---\ntitle: Gate\ncontent_type: feature_gate\nstages:\n"
        "  - stage: gamma\n    defaultValue: 'true'\n---\nText.\n"
    )
    assert said(read("gate.md", text)) == [
        "gate.md:5:5: GP601 `gamma` is no stage of `Gate`",
        "gate.md:6:5: GP601 the default of `Gate` is `true`",
    ]


# GitLab, Unleash, LaunchDarkly ---------------------------------------------------------------

GITLAB = """\
---
name: ci_minutes_v2
introduced_by_url: https://gitlab.example/merge_requests/1
milestone: '18.6'
group: group::pipeline execution
type: gitlab_com_derisk
default_enabled: {}
"""


def test_gitlab(read: Read) -> None:
    """One file for each flag, and its default decides."""
    on, off = (
        only(read("flag.yml", GITLAB.format(word))) for word in ("true", "false")
    )
    assert (on.key, str(on.share), str(off.share)) == ("ci_minutes_v2", "100%", "0%")

    wrong = read("flag.yml", GITLAB.format("yes"))
    assert [
        "flag.yml:7:1: GP601 `default_enabled` of `ci_minutes_v2` is `yes`"
    ] == said(wrong)
    assert frozenset({"ci_minutes_v2"}) == wrong.unreadable


def unleash(*strategies: dict[str, Any], enabled: bool = True) -> str:
    """An export with one feature in two environments."""
    rows = [
        {"featureName": "checkout", "environment": "production", **one}
        for one in strategies
    ]
    switches = [
        {
            "featureName": "checkout",
            "environment": "development",
            "enabled": not enabled,
        },
        {"featureName": "checkout", "environment": "production", "enabled": enabled},
    ]
    features = [{"name": "checkout", "type": "release"}]
    return json.dumps(
        {
            "features": features,
            "featureStrategies": rows,
            "featureEnvironments": switches,
        }
    )


def flexible(share: str, **more: Any) -> dict[str, Any]:
    """Unleash's usual strategy."""
    return {"name": "flexibleRollout", "parameters": {"rollout": share}, **more}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (unleash(), "100%"),
        (unleash(enabled=False), "0%"),
        (unleash(flexible("40")), "40%"),
        (unleash(flexible("40", constraints=[{"contextName": "region"}])), "0 to 40%"),
        (unleash({"name": "userWithId", "parameters": {}}), "some accounts"),
        (unleash(flexible("40"), {"name": "default", "disabled": True}), "40%"),
        (unleash({"name": "default"}), "100%"),
    ],
)
def test_unleash(read: Read, text: str, share: str) -> None:
    """The production environment counts, and whoever any strategy lets in has it."""
    assert share == str(only(read("unleash.json", text)).share)


def test_unleash_in_another_environment(read: Read) -> None:
    """If somebody asks for it; one that is not there is a fault."""
    text = unleash(enabled=False)
    assert "100%" == str(only(read("u.json", text, environment="development")).share)
    (finding,) = said(read("u.json", text, environment="staging"))
    assert finding.endswith("GP601 the file has no environment `staging`")


def test_a_share_that_is_none(read: Read) -> None:
    """Text, or more than everybody."""
    for share in ("lots", "140", ""):
        (finding,) = said(read("u.json", unleash(flexible(share))))
        assert "the share of `checkout` is" in finding


def launchdarkly(**state: Any) -> str:
    """What LaunchDarkly's interface answers for one flag."""
    variations = [{"value": True, "name": "On"}, {"value": False}]
    production = {
        "on": True,
        "offVariation": 1,
        "fallthrough": {"variation": 0},
        **state,
    }
    flag = {
        "key": "checkout",
        "variations": variations,
        "environments": {"test": {"on": True}, "production": production},
    }
    return json.dumps({"items": [flag]})


SPLIT = {
    "variations": [{"variation": 0, "weight": 40000}, {"variation": 1, "weight": 60000}]
}


@pytest.mark.parametrize(
    ("state", "share"),
    [
        ({}, "100%"),
        ({"on": False}, "0%"),
        ({"on": False, "offVariation": 0}, "100%"),
        ({"fallthrough": {"rollout": SPLIT}}, "40%"),
        ({"rules": [{"clauses": []}]}, "some accounts"),
    ],
)
def test_launchdarkly(read: Read, state: dict[str, Any], share: str) -> None:
    """The switch, the split and the rules of production."""
    flag = only(read("ld.json", launchdarkly(**state)))
    assert (share, ("On", "true")) == (str(flag.share), flag.variants[:2])


def test_launchdarkly_files_of_servers(read: Read) -> None:
    """Variations are bare values there; simple files hold values alone."""
    row = {"on": True, "variations": [True, False], "fallthrough": {"variation": 1}}
    assert "0%" == str(
        only(read("ld.json", json.dumps({"flags": {"checkout": row}}))).share
    )
    assert "100%" == str(
        only(read("ld.json", '{"flagValues": {"checkout": true}}')).share
    )


def test_a_fallthrough_that_leads_nowhere(read: Read) -> None:
    """A variation that is not there is a fault, not somebody's default."""
    (finding,) = said(read("ld.json", launchdarkly(fallthrough={"variation": 7})))
    assert finding.endswith("`fallthrough` of the flag `checkout` leads nowhere")


@pytest.mark.parametrize(
    ("tree", "finding"),
    [
        (
            {"flags": {}, "$schema": "x", "metadata": 1},
            "`metadata` is a number, not fields",
        ),
        ({"flags": [{"state": "ENABLED"}]}, "a flag of the list has no key"),
        (
            {"flags": {"a": {"state": "ENABLED", "variants": {"x": []}}}},
            "a variant of `a` is a list",
        ),
        ({"flags": {"a": 1, "b": {"state": "ENABLED"}}}, "the flag `a` is a number"),
        ({"content_type": "feature_gate"}, "the gate has no title"),
        (
            {"title": "Gate", "content_type": "feature_gate"},
            "the gate `Gate` has no stages",
        ),
        ({"title": "Gate", "stages": ["beta"]}, "a stage of `Gate` is a text"),
        ({"default_enabled": True}, "the flag has no name"),
        ({"features": [{}]}, "a feature of the list has no name"),
        ({"features": [{"name": "a", "enabled": "yes"}]}, "`enabled` of `a` is `yes`"),
        (
            {"features": [{"name": "a", "strategies": {}}]},
            "the strategies of `a` are a block of fields",
        ),
        (
            {"features": [{"name": "a", "strategies": [1]}]},
            "a strategy of `a` is a number",
        ),
        ({"items": [{"variations": []}]}, "a flag of the list has no key"),
        ({"items": [{"key": "a", "variations": []}]}, "the flag `a` has no variations"),
        ({"flags": {"a": 1, "b": {"variations": [1]}}}, "the flag `a` is a number"),
        (
            {"flags": {"a": {"variations": [True], "on": "yes"}}},
            "`on` of the flag `a` is `yes`",
        ),
        (
            {
                "items": [
                    {"key": "a", "variations": [1], "environments": {"x": {}, "y": {}}}
                ]
            },
            "the flag `a` does not say which environment counts",
        ),
    ],
)
def test_flags_that_are_not_whole(
    read: Read, tree: dict[str, Any], finding: str
) -> None:
    """Each fault names its flag."""
    assert finding in "\n".join(
        one.sentence for one in read("flags.json", json.dumps(tree)).findings
    )


# Hostile files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "1:1: GP601 the file ends where a value should be"),
        ("[]", "1:1: GP601 the file is a list, not an object in curly brackets"),
        ("{", "1:2: GP601 the file ends where a name in quotes should be"),
        ('{"a": NaN}', "1:7: GP601 `NaN` stands where a value should be"),
        ('{"a": 1e999}', "1:7: GP601 `1e999` is larger than any number of a flag"),
        ('{"a": 01}', "1:7: GP601 `01` is no number in JSON"),
        ('{"a": 1,}', "1:8: GP601 there is a comma before the closing bracket"),
        ('{"a" 1}', "1:6: GP601 there is no colon behind `a`"),
        ("{a: 1}", "1:2: GP601 `a` stands where a name in quotes should be"),
        ('{"a": "b}', "1:7: GP601 a quote is not closed"),
        ('{"a": "\\x"}', "1:8: GP601 a backslash here means nothing in JSON"),
        ('{"a": "\\ud800"}', "1:7: GP601 half a character is written here"),
        ('{"a": 1} {}', "1:10: GP601 `{` stands behind the end"),
        ('{"a": 1 "b": 2}', '1:9: GP601 a comma or `}` is missing before `"b"`'),
        ('{"a": 1,\n "a": 2}', "2:2: GP601 `a` is written twice, first on line 1"),
        ('{"ключ": nope}', "1:10: GP601 `nope` stands where a value should be"),
    ],
)
def test_what_is_no_json_is_said_at_its_place(
    read: Read, text: str, finding: str
) -> None:
    """With the line and column an editor counts."""
    assert [f"flags.json:{finding}"] == said(read("flags.json", text))


def test_blocks_in_blocks(read: Read) -> None:
    """As deep as anybody writes; a hundred thousand brackets are refused, not followed."""
    fine = '{"flags": {}, "x": ' + "[" * (MOST_DEPTH - 2) + "]" * (MOST_DEPTH - 2) + "}"
    assert [] == said(read("flags.json", fine))
    (finding,) = said(read("flags.json", '{"a": ' + "[" * 100_000))
    assert f"more than {MOST_DEPTH} deep" in finding


def test_byte_order_mark_line_ends_and_other_encodings(read: Read) -> None:
    """A mark and Windows line ends are fine; Latin-1 is a fault with its line."""
    text = flagd().replace(", ", ",\r\n")
    assert "checkout" == only(read("flags.json", b"\xef\xbb\xbf" + text.encode())).key
    (finding,) = said(read("flags.json", b'{\n"caf\xe9": 1}'))
    assert finding.startswith("flags.json:2:5: GP002")


def test_a_huge_number_costs_nothing(read: Read) -> None:
    """A million digits are no weight."""
    (finding,) = said(read("flags.json", '{"a": ' + "9" * 1_000_000 + "}"))
    assert "is larger than any number of a flag" in finding


def test_yaml_that_is_clever(read: Read) -> None:
    """References, tags and repeated fields are refused as everywhere."""
    for text in (
        "flags: &a {b: *a}\n",
        "flags: !!python/object:os.system {}\n",
        "a: 1\na: 2\n",
    ):
        found = read("flags.yaml", text)
        assert found.flags == ()
        assert len(found.findings) >= 1


def test_a_flag_that_stands_twice(tmp_path: Path) -> None:
    """In two files of a folder: the first counts, the second is said."""
    for name in ("a", "b"):
        (tmp_path / "flags").mkdir(exist_ok=True)
        (tmp_path / f"flags/{name}.yml").write_text(GITLAB.format("true"))
    found = read_flag_files(tmp_path, "flags")
    assert said(found) == [
        "flags/b.yml:2:1: GP601 the flag `ci_minutes_v2` stands twice, first at flags/a.yml:2:1"
    ]


def test_files_that_are_none(tmp_path: Path) -> None:
    """Nothing there, and a link to elsewhere."""
    assert said(read_flag_files(tmp_path, "x.json")) == [
        "x.json:1:1: GP601 there is no such file"
    ]
    (tmp_path / "link.json").symlink_to("/etc/hostname")
    assert said(read_flag_files(tmp_path, "link.json")) == [
        "link.json:1:1: GP601 this is a link or a device, not a file"
    ]


def test_a_file_is_told_by_what_is_in_it(read: Read) -> None:
    """Also without an ending that says so."""
    assert "checkout" == only(read("flags", flagd())).key
    assert (
        "ci_minutes_v2"
        == only(read("flags", GITLAB.format("true").removeprefix("---\n"))).key
    )
    gate = "---\ntitle: Gate\nstages: [{stage: alpha}]\n---\n"
    assert "0%" == str(only(read("gate", gate)).share)


def test_a_file_nobody_has_typed(read: Read) -> None:
    """More than four megabytes are not read."""
    (finding,) = said(read("flags.json", b" " * (4 * 1024 * 1024 + 1)))
    assert "the file is 4.0 MB large" in finding


def test_a_format_that_was_named_wrongly(read: Read) -> None:
    """Says what the file looks like instead."""
    found = read("flags.json", flagd(), form="unleash")
    (finding,) = found.findings
    assert (found.flags, finding.fix) == ((), "it looks like flagd")


ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "on", "x" * 90, [], [[]], [{}], {}, {"a": {}}]
)
WHOLE = (
    flagd(
        targeting={
            "if": [{"sem_ver": [{"var": "v"}, ">", "1.0.0"]}, {"$ref": "half"}, "off"]
        }
    ),
    flagd(targeting={"fractional": [["on", 40], ["off", 60]]}, metadata={"team": "a"}),
    unleash(flexible("40", constraints=[]), {"name": "default"}),
    launchdarkly(fallthrough={"rollout": SPLIT}, rules=[]),
    json.dumps({"flags": {"a": {"on": True, "variations": [1], "fallthrough": {}}}}),
    json.dumps({"title": "Gate", "stages": [{"stage": "beta", "defaultValue": True}]}),
    json.dumps({"name": "a", "default_enabled": True}),
)


def places(
    node: object, path: tuple[str | int, ...] = ()
) -> list[tuple[str | int, ...]]:
    """Every place in a tree but its top."""
    inner = enumerate(node) if isinstance(node, list) else ()
    rows = node.items() if isinstance(node, dict) else inner
    below = [place for key, value in rows for place in places(value, (*path, key))]
    return [*([path] if path else ()), *below]


@given(st.data(), st.sampled_from(WHOLE), ODD)
@settings(max_examples=600)
def test_no_shape_of_file_stops_the_reader(
    data: st.DataObject, text: str, odd: object
) -> None:
    """Whatever stands in one place of an export, flags or faults come out."""
    tree = json.loads(text)
    *way, last = data.draw(st.sampled_from(places(tree)))
    holder = tree
    for step in way:
        holder = holder[step]
    holder[last] = odd
    _, rows = read_flag_file("flags.json", json.dumps(tree).encode())
    assert all(isinstance(one, Fault | ProviderFlag) for one in rows)


@given(st.binary(max_size=200), st.sampled_from(["json", "yaml", "md", "txt"]))
def test_no_bytes_stop_the_reader(raw: bytes, ending: str) -> None:
    """Not even those that are no text."""
    _, rows = read_flag_file(f"flags.{ending}", raw)
    assert all(isinstance(one, Fault | ProviderFlag) for one in rows)
