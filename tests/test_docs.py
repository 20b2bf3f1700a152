"""The documentation says what the program does: references are fresh, examples work."""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml
from click.testing import CliRunner

from gatepost.cli import COMMANDS, main
from gatepost.cli.schema import whole_schema
from gatepost.model.settings import Settings
from gatepost.rules.table import RULES

CHECKOUT = Path(__file__).resolve().parent.parent
GUIDES = sorted(
    path
    for path in (CHECKOUT / "docs").rglob("*.md")
    if path.parent.name != "reference"
)
FENCE = re.compile(
    r"^```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
NOW = "1795262400"  # 21 November 2026, noon, UTC


def reference() -> ModuleType:
    """docs/reference.py, which is a script and no package."""
    spec = importlib.util.spec_from_file_location(
        "reference", CHECKOUT / "docs" / "reference.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_fresh() -> None:
    """A stale page says what the program no longer does. To mend it: make docs."""
    assert reference().stale() == []


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its name."""
    with click.Context(main, info_name="gatepost") as context:
        for name, _ in COMMANDS:
            found = main.get_command(context, name)
            assert found is not None
            yield name, found


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_command_explains_itself(name: str) -> None:
    """A first sentence, help for every option, and examples that begin with its name."""
    command = dict(commands())[name]
    summary = (command.help or "").partition("\n")[0]
    assert summary == dict(COMMANDS)[name]
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []
    examples = getattr(command, "examples", ())
    assert examples
    assert [one for one in examples if not one.startswith(f"gatepost {name}")] == []


@pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
def test_every_example_is_a_right_call(name: str) -> None:
    """Its options and values exist, so that copying it works."""
    command = dict(commands())[name]
    for example in getattr(command, "examples", ()):
        words = shlex.split(example.partition(" > ")[0])[2:]
        parser = command.make_parser(click.Context(command))
        given, left, _ = parser.parse_args(words)
        assert left == []
        for option in command.params:
            if isinstance(option.type, click.Choice) and option.name in given:
                said = given[option.name]
                assert not isinstance(said, str) or said in option.type.choices


def schema_fields() -> Iterator[tuple[str, str, dict[str, object]]]:
    """Every field of an entry, of the registry and of their parts."""
    for name, part in whole_schema()["$defs"].items():
        for field, row in part.get("properties", {}).items():
            yield name, field, row


def test_every_field_is_described() -> None:
    """In a sentence."""
    bare = [
        f"{part}.{field}"
        for part, field, row in schema_fields()
        if not str(row.get("description", "")).endswith((".", "?"))
    ]
    assert bare == []


def test_every_field_of_an_entry_says_who_reads_it() -> None:
    """Visibility belongs to the schema, not to the author's memory."""
    entry = whole_schema()["$defs"]["entry"]["properties"]
    assert [name for name, row in entry.items() if "x-visibility" not in row] == []


def test_every_setting_is_explained_and_shown() -> None:
    """One page, one section for each."""
    page = (CHECKOUT / "docs/reference/settings.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert f"## {name}\n" in page
        assert (field.description or "").endswith(".")


def test_every_setting_s_example_is_right() -> None:
    """It can be copied as it stands."""
    shown = blocks(CHECKOUT / "docs/reference/settings.md")
    assert len(shown) == len(Settings.model_fields)
    for block in shown:
        options = yaml.safe_load(block.text)["plugins"]["gatepost"]
        Settings.model_validate({"audience": "public", **options})


def test_every_rule_is_explained() -> None:
    """Under its code."""
    page = (CHECKOUT / "docs/reference/rules.md").read_text("utf-8")
    assert [law.code for law in RULES if f"## {law.code} " not in page] == []


def test_every_code_in_the_source_is_a_rule() -> None:
    """No finding names a rule that `gatepost rule` does not know."""
    known = {law.code for law in RULES}
    named = {
        (path.name, code)
        for path in (CHECKOUT / "plugins/gatepost").rglob("*.py")
        for code in re.findall(r'"(GP\d{3})"', path.read_text("utf-8"))
    }
    assert {row for row in named if row[1] not in known} == set()


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.stem)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file of the documentation."""
    targets = LINK.findall(page.read_text("utf-8"))
    assert [one for one in targets if not (page.parent / one).is_file()] == []


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    kind: str
    title: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [
        Block(match["kind"], match["title"] or "", match["text"])
        for match in FENCE.finditer(page.read_text("utf-8"))
    ]


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.stem)
def test_nothing_in_a_page_is_untested(page: Path) -> None:
    """An entry or a configuration has a file name, so that the next test writes it."""
    shown = [block for block in blocks(page) if block.kind in {"yaml", "markdown"}]
    assert [block.text for block in shown if not block.title] == []


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.stem)
def test_the_examples_of_a_page_work(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written and typed from top to bottom, they give what the page says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    begin(tmp_path)
    for block in blocks(page):
        if block.title:
            file = tmp_path / block.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")
        elif block.kind == "console":
            assert block.text == typed(block.text)


def begin(root: Path) -> None:
    """What a page may take for granted: the files of the first page."""
    for block in blocks(CHECKOUT / "docs" / "index.md"):
        if block.title and "releases" not in block.title:
            (root / block.title).parent.mkdir(parents=True, exist_ok=True)
            (root / block.title).write_text(block.text, "utf-8")
    (root / "content" / "releases").mkdir()


def typed(session: str) -> str:
    """The session as it goes when its commands are typed again."""
    lines = []
    for line in session.splitlines():
        if line.startswith("$ gatepost "):
            done = CliRunner().invoke(
                main, shlex.split(line)[2:], catch_exceptions=False
            )
            lines += [line, *done.output.splitlines()]
    return "\n".join([*lines, ""])


def test_the_guides_are_there() -> None:
    """Else the tests above would pass on nothing."""
    assert {"index", "writing-an-entry", "two-sites", "contributing"} <= {
        page.stem for page in GUIDES
    }
