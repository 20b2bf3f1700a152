"""Write docs/reference from what the program itself says: schema, rules, settings and help.

`make docs` runs it. With `--check` it writes nothing and ends with 1 if a page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from gatepost.cli import COMMANDS, main
from gatepost.cli.schema import document_schema
from gatepost.model.moment import Duration, Moment, Target
from gatepost.model.settings import Settings
from gatepost.rules.table import RULES

FOLDER = Path(__file__).resolve().parent / "reference"
NOTICE = "<!-- Written by `make docs`; change the source instead. -->"
HELP_WIDTH = 88
READERS = {
    "public": "everybody",
    "internal": "colleagues",
    "restricted": "the restricted group",
    "per-item": "everybody, item by item",
}
"""`x-visibility` in words."""
TEXTS = {
    TypeAdapter(Moment).json_schema()["pattern"]: "date or time",
    TypeAdapter(Duration).json_schema()["pattern"]: "length of time, such as `5d`",
    TypeAdapter(Target).json_schema()["pattern"]: "target, such as `2026-Q4`",
}
"""Patterns of our own kinds of value, in words."""


def fields() -> str:
    """Every field of an entry, block by block."""
    schema = document_schema("entry")
    intro = (
        "Front matter stands between two lines `---` at the top of an entry.\n"
        "Small entries need six fields; everything else is there when a release needs it.\n"
        "*Read by* says who may see a field: what is not for everybody never reaches a public site."
    )
    return _schema_page("Fields of an entry", intro, schema)


def registry() -> str:
    """Every field of the registry."""
    intro = (
        "`content/registry.yml` names what entries speak of: products, teams, audiences, plans.\n"
        "It is never published; only the names and labels that entries use are."
    )
    schema = document_schema("registry")
    return _schema_page("Fields of the registry", intro, schema, readers=False)


def _schema_page(
    title: str, intro: str, schema: dict[str, Any], *, readers: bool = True
) -> str:
    parts = schema["$defs"]
    sections = [f"# {title}\n\n{NOTICE}\n\n{intro}", _table(schema, readers=readers)]
    for name in _in_order_of_use(schema, parts):
        part = parts[name]
        if "properties" in part:
            table = _table(part, readers=readers)
            sections.append(f"## {name}\n\n{part['description']}\n\n{table}")
    return "\n\n".join(sections) + "\n"


def _in_order_of_use(node: Any, parts: dict[str, Any]) -> Iterator[str]:
    """Names of the parts, each where it is first spoken of."""
    waiting, seen = [node], set()
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name and name not in seen:
                seen.add(name)
                yield name
                waiting.append(parts[name])
            waiting.extend(value for key, value in one.items() if key != "$defs")


def _table(part: dict[str, Any], *, readers: bool) -> str:
    rows = part["properties"]
    required = set(part.get("required", ()))
    head = ["Field", "What it says", "Value"] + ["Read by"] * readers
    lines = [_row(head), _row(["---"] * len(head))]
    for name, row in rows.items():
        needed = " **Required.**" if name in required else ""
        cells = [f"`{name}`", row["description"] + needed, _value(row)]
        if readers:
            cells.append(READERS[row["x-visibility"]])
        lines.append(_row(cells))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _value(row: dict[str, Any]) -> str:
    default = row.get("default")
    said = f"; `{_yaml(default)}` when left out" if default is not None else ""
    return _kind(row) + said


def _kind(row: dict[str, Any]) -> str:
    """A value's kind in plain words."""
    if "$ref" in row:
        name = row["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in row:
        kinds = [one for one in row["anyOf"] if one != {"type": "null"}]
        return _kind(kinds[0])
    if "enum" in row:
        return ", ".join(f"`{value}`" for value in row["enum"])
    if row.get("type") == "array":
        return f"list of {_kind(row['items'])}"
    if row.get("type") == "object":
        inner = next(iter(row.get("patternProperties", {}).values()), None)
        return f"key to {_kind(inner or row['additionalProperties'])}"
    named = {"boolean": "`true` or `false`", "integer": "whole number"}
    return TEXTS.get(row.get("pattern", ""), named.get(row.get("type", ""), "text"))


def _yaml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    return str(value)


def rules() -> str:
    """Every rule with its reason and remedy."""
    intro = (
        "A finding names its rule: `gatepost rule GP103` prints what stands here.\n"
        "An *error* stops the build; *advice* is reported, and stops it only with `--strict`.\n"
        "`rules:` in the registry holds a rule stricter or looser for one organisation."
    )
    sections = [f"# Rules\n\n{NOTICE}\n\n{intro}"]
    sections += (
        f"## {law.code} {law.name}\n\n{law.law} *{law.level.capitalize()}.*\n\n"
        f"Why: {law.why}\n\nFix: {law.fix}"
        for law in RULES
    )
    return "\n\n".join(sections) + "\n"


def settings() -> str:
    """Every option of a site."""
    intro = (
        "They stand in a site's configuration file under `plugins: gatepost:`.\n"
        "Everything else in that file is MkDocs' own."
    )
    schema = Settings.model_json_schema()
    sections = [f"# Settings of a site\n\n{NOTICE}\n\n{intro}"]
    for name, row in schema["properties"].items():
        needed = name in schema.get("required", ())
        default = "Required." if needed else f"`{_yaml(row['default'])}` when left out."
        if row.get("default") == "":
            default = "Empty when left out."
        example = _yaml(row.get("examples", [row.get("default")])[0])
        block = f"```yaml\nplugins:\n  gatepost:\n    {name}: {_quoted(example)}\n```"
        sections.append(f"## {name}\n\n{row['description']} {default}\n\n{block}")
    return "\n\n".join(sections) + "\n"


def _quoted(text: str) -> str:
    return f'"{text}"' if ": " in text or "#" in text else text


def commands() -> str:
    """Every command's own help."""
    intro = (
        "Every command ends with 0 when all is well, with 1 when content is at fault, "
        "and with 2 when the call is."
    )
    sections = [f"# Commands\n\n{NOTICE}\n\n{intro}", _help("gatepost", main)]
    with click.Context(main, info_name="gatepost") as context:
        for name, _ in COMMANDS:
            found = main.get_command(context, name)
            if found is None:
                msg = f"no command {name}"
                raise LookupError(msg)
            sections.append(f"## {name}\n\n{_help(f'gatepost {name}', found)}")
    return "\n\n".join(sections) + "\n"


def _help(name: str, found: click.Command) -> str:
    width = {"terminal_width": HELP_WIDTH, "max_content_width": HELP_WIDTH}
    with click.Context(found, info_name=name, **width) as context:  # type: ignore[arg-type]
        return f"```text\n{found.get_help(context)}\n```"


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "fields": fields,
    "registry": registry,
    "rules": rules,
    "settings": settings,
}


def stale() -> list[str]:
    """Names of pages that are not what the program says."""
    return [name for name, page in PAGES.items() if _written(name) != page()]


def _written(name: str) -> str:
    file = FOLDER / f"{name}.md"
    return file.read_text("utf-8") if file.is_file() else ""


def run(arguments: list[str]) -> int:
    """Write the pages, or with `--check` only compare them."""
    if arguments == ["--check"]:
        for name in (old := stale()):
            print(f"docs/reference/{name}.md is stale: type make docs", file=sys.stderr)
        return int(bool(old))
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / f"{name}.md").write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
