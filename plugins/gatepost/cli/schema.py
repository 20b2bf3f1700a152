"""`gatepost schema`: the JSON Schema of an entry, of the registry and of a verdict."""

from __future__ import annotations

import json
from typing import Any

import click
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from gatepost.cli.command import command
from gatepost.model.field import Part
from gatepost.model.registry import Registry
from gatepost.model.release import FrontMatter
from gatepost.outputs.gate_report import gate_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: dict[str, type[Part]] = {"entry": FrontMatter, "registry": Registry}
_EMPTY: tuple[object, ...] = (None, "", [], {})
_TITLES = {
    "entry": "Front matter of a gatepost entry",
    "registry": "gatepost's content/registry.yml",
}


class _Plain(GenerateJsonSchema):
    """Leaves out titles that only repeat a field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: a field is known by its name."""
        del schema
        return False


@command("schema", "gatepost schema entry > entry.schema.json", "gatepost schema")
@click.argument(
    "document",
    metavar="[entry|registry|gate]",
    required=False,
    type=click.Choice([*DOCUMENTS, "gate"]),
)
def schema_command(document: str | None) -> None:
    """Print the JSON Schema of an entry and of the registry.

    Editors use it to complete and explain fields. Without a name, both are printed as one
    schema, under `$defs`. Every field says in `x-visibility` who may read it: public, internal,
    restricted, or per-item for lists whose items say `public: true`. `gate` is the shape of what
    `gatepost gate --format json` prints.
    """
    if document == "gate":
        schema = gate_schema()
    else:
        schema = document_schema(document) if document else whole_schema()
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))


def document_schema(name: str) -> dict[str, Any]:
    """The schema of one document, its parts under `$defs`."""
    schema = whole_schema()
    body = schema["$defs"].pop(name)
    schema["$defs"].pop(next(other for other in DOCUMENTS if other != name))
    used = _reachable(body, schema["$defs"])
    defs = {key: value for key, value in schema["$defs"].items() if key in used}
    return {"$schema": DIALECT, **body, "$defs": defs}


def whole_schema() -> dict[str, Any]:
    """The schema of both documents: `$defs` holds `entry`, `registry` and their parts."""
    models = [(model, "validation") for model in DOCUMENTS.values()]
    places, schema = models_json_schema(models, schema_generator=_Plain)  # type: ignore[arg-type]
    parts: dict[str, Any] = schema["$defs"]
    documents = {}
    for name, model in DOCUMENTS.items():
        reference = places[model, "validation"]["$ref"]
        body = parts.pop(str(reference).rpartition("/")[2])
        documents[name] = {**body, "title": _TITLES[name]}
    _allow_own_fields(documents["entry"])
    return {
        "$schema": DIALECT,
        "title": "What gatepost reads",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in DOCUMENTS],
        "$defs": _tidy({**documents, **parts}),
    }


def _allow_own_fields(entry: dict[str, Any]) -> None:
    entry["patternProperties"] = {
        "^x-": {
            "description": "A field of your own; internal unless the registry opens it.",
            "x-visibility": "internal",
        }
    }


def _tidy(node: Any) -> Any:
    """Say of every value what the reader takes, and leave out defaults that say nothing."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _tidy(value) for key, value in node.items()}
    if "$ref" in made or ("description" in made and made.get("default") in _EMPTY):
        made.pop("default", None)
    if "patternProperties" in made:
        made["additionalProperties"] = False
    if made.get("type") == "array" and made.get("items") == {"type": "string"}:
        # One text may stand for a list of one: `products: billing`.
        listed = {"type": made.pop("type"), "items": made.pop("items")}
        return {**made, "anyOf": [listed, {"type": "string"}]}
    return made


def _reachable(node: Any, parts: dict[str, Any]) -> set[str]:
    """Names of the parts that *node* refers to, directly or through others."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name in parts and name not in found:
                found.add(name)
                waiting.append(parts[name])
            waiting.extend(one.values())
    return found
