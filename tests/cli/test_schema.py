"""`gatepost schema` prints schemas that editors and validators can use."""

from __future__ import annotations

import json
from typing import Any

import pytest
from called_project import REGISTRY, CalledProject
from jsonschema import Draft202012Validator as Validator
from yaml import CSafeLoader, load

SMALLEST = {
    "id": "faster-export",
    "title": "Exports finish in half the time",
    "type": "performance",
    "products": ["reports"],
    "phase": "rolling-out",
    "audience": "public",
}


def schema(project: CalledProject, *name: str) -> dict[str, Any]:
    """The schema that is printed."""
    done = project.call("schema", *name)
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    return found


@pytest.mark.parametrize("name", [[], ["entry"], ["registry"]])
def test_it_is_a_json_schema(project: CalledProject, name: list[str]) -> None:
    """Of the dialect it names, with every reference inside it."""
    found = schema(project, *name)
    Validator.check_schema(found)
    used = {part.rpartition("/")[2] for part in references(found)}
    assert used - found["$defs"].keys() == set()


def references(node: Any) -> set[str]:
    """Every `$ref` anywhere."""
    if isinstance(node, list):
        return set().union(*map(references, node))
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
    return own.union(*map(references, node.values()))


def test_each_schema_holds_only_what_it_needs(project: CalledProject) -> None:
    """Parts that nothing refers to are left out."""
    for name in ("entry", "registry"):
        found = schema(project, name)
        used = {part.rpartition("/")[2] for part in references(found)}
        assert used == found["$defs"].keys()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"products": "reports"},
        {"audience": ["partners", "internal"]},
        {"dates": {"exposed": "2026-11-20T14:05:00Z"}},
        {"x-team": {"anything": [1, 2]}},
        {"roadmap": {"show": True, "target": "2026-Q4"}},
        {"bedding_in": "5d", "breaking": False},
        {"for": ["admins"], "decision_factors": {"urgent-fix": "yes"}},
    ],
)
def test_right_entries(project: CalledProject, more: dict[str, Any]) -> None:
    """Small and deep ones, and a single text where a list may stand."""
    Validator(schema(project, "entry")).validate({**SMALLEST, **more})


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "Faster Export"},
        {"type": "addded"},
        {"titel": "Exports"},
        {"breaking": "yes"},
        {"dates": {"exposed": "20.11.2026"}},
        {"roadmap": {"target": "2026-11-20"}},
        {"version": 1.1},
        {"media": [{"alt": "A chart"}]},
    ],
)
def test_wrong_entries(project: CalledProject, wrong: dict[str, Any]) -> None:
    """An editor marks them while they are typed."""
    assert not Validator(schema(project, "entry")).is_valid({**SMALLEST, **wrong})


@pytest.mark.parametrize("missing", ["id", "title", "phase"])
def test_what_every_entry_has(project: CalledProject, missing: str) -> None:
    """Nothing can be said about an entry without these."""
    short = {key: value for key, value in SMALLEST.items() if key != missing}
    assert not Validator(schema(project, "entry")).is_valid(short)


def test_registries(project: CalledProject) -> None:
    """One that is right, and two that are not."""
    validator = Validator(schema(project, "registry"))
    right = load(REGISTRY, CSafeLoader)
    validator.validate(right)
    assert not validator.is_valid({**right, "produkts": {}})
    assert not validator.is_valid({"products": {"My Product": {"name": "x"}}})


def test_both_in_one_document(project: CalledProject) -> None:
    """Under `$defs`, so that an editor can refer to either."""
    found = schema(project)
    assert {"entry", "registry"} <= found["$defs"].keys()
    Validator(found).validate(SMALLEST)


def test_fields_say_who_reads_them(project: CalledProject) -> None:
    """For tools that must not show an internal field outside."""
    fields = schema(project, "entry")["properties"]
    assert [fields[name]["x-visibility"] for name in ("title", "risks", "docs")] == [
        "public",
        "internal",
        "per-item",
    ]


def test_fields_are_explained(project: CalledProject) -> None:
    """An editor shows the description beside the field."""
    fields = schema(project, "entry")["properties"]
    assert fields["action"]["description"] == "What the reader must do, and by when."
