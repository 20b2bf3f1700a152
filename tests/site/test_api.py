"""The static JSON keeps what its schema promises, on the demonstration and at its edges."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from gatepost.outputs.api_schema import api_schema


@pytest.fixture(scope="module", params=["public", "internal"])
def api(request: pytest.FixtureRequest, demo: Path) -> Path:
    """The folder of one site's static JSON."""
    return demo / "build" / request.param / "api/v1"


def checked(api: Path) -> Draft202012Validator:
    """The published schema, ready to judge."""
    schema = json.loads((api / "schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(
        schema, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def files(api: Path) -> list[Path]:
    """Every file the schema is about; gates are for colleagues and have a shape of their own."""
    told = ("changelog", "roadmap", "deprecations", "known-issues")
    return [*(api / f"{name}.json" for name in told), *sorted(api.glob("releases/*"))]


def test_every_file_has_one_of_the_shapes(api: Path) -> None:
    """All of them, each of exactly one shape, and each says where its schema is."""
    judge = checked(api)
    for path in files(api):
        content = json.loads(path.read_text("utf-8"))
        assert list(judge.iter_errors(content)) == [], path
        assert content["$schema"] == judge.schema["$id"]
    assert len(files(api)) > 50


def test_every_file_of_the_public_site_is_meant(demo: Path) -> None:
    """None is published that the schema knows nothing of."""
    api = demo / "build/public/api/v1"
    published = {path for path in api.rglob("*.json") if path.name != "schema.json"}

    assert published == set(files(api))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data["entries"][0].update(owner="@someone"),
        lambda data: data["entries"][0].update(breaking=False),
        lambda data: data["entries"][0].update(published="yesterday"),
        lambda data: data["entries"][0].update(type="chore"),
        lambda data: data["entries"][0].pop("url"),
        lambda data: data.update(version=2),
        lambda data: data.pop("entries"),
    ],
)
def test_the_schema_tells_what_is_wrong(api: Path, spoil: Any) -> None:
    """An unknown key, an empty value that should be left out, a word that is none of ours."""
    content = json.loads((api / "changelog.json").read_text("utf-8"))
    spoilt = copy.deepcopy(content)
    spoil(spoilt)

    assert checked(api).is_valid(content)
    assert not checked(api).is_valid(spoilt)


def test_the_schema_depends_on_the_site_alone(demo: Path) -> None:
    """Two builds of one version publish the same promise."""
    published = (demo / "build/public/api/v1/schema.json").read_text("utf-8")

    assert json.loads(published) == api_schema("https://changelog.tidewater.example/")
