"""Imports point one way, and phases are data: the steps before the hosts must outlive them."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from gatepost.model.phase import KEYS, PHASES

ROOMS = {
    "model": "",
    "content": "model",
    "rules": "model content",
    "process": "model content rules",
    "audience": "model content rules process",
    "markdown": "model content rules",
    "outputs": "model content rules process audience markdown",
    "integrations": "model content rules process audience markdown outputs",
    "hosts": "model content rules process audience markdown outputs",
    "cli": "model content rules process audience markdown outputs integrations hosts",
}
"""Room -> the rooms it may import; all above model may use what lies beside the rooms too."""
GUARDED = {"mkdocs": {"hosts"}, "click": {"cli"}}
"""Package -> the rooms that may import it."""
PACKAGE = Path(__file__).resolve().parent.parent / "plugins" / "gatepost"
EARLY = tuple(room for room in ROOMS if room not in {"hosts", "cli"})


def modules() -> tuple[Path, ...]:
    """Every module of the package."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module name that is imported anywhere in the tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def breaches(room: str, source: str) -> list[str]:
    """The imports of a module in *room* that the table does not allow."""
    allowed = {room, *ROOMS.get(room, "model").split()}
    allowed |= {"resources", "parallel"} if "model" in allowed - {room} else set()
    found = []
    for name in imports(ast.parse(source)):
        top, _, rest = name.partition(".")
        ours = rest.partition(".")[0]
        if top == "" or (top == "gatepost" and ours and ours not in allowed):
            found.append(name)
        if top in GUARDED and room not in GUARDED[top]:
            found.append(name)
    return found


def room_of(module: Path) -> str:
    """The folder below the package, or the module's own name beside it."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "module", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_imports_point_one_way(module: Path) -> None:
    """A module imports only from the rooms the table names for its own."""
    assert breaches(room_of(module), module.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("model", "from gatepost.content.load import load"),
        ("rules", "import gatepost.outputs.feeds"),
        ("process", "def late():\n    from gatepost.audience import entry"),
        ("outputs", "from mkdocs.plugins import BasePlugin"),
        ("cli", "import mkdocs"),
        ("hosts", "import click"),
        ("content", "from ..rules import judge"),
    ],
)
def test_a_wrong_import_is_noticed(room: str, source: str) -> None:
    """Also inside a function, and also a relative one."""
    assert len(breaches(room, source)) == 1


@pytest.mark.parametrize("room", ROOMS)
def test_the_linter_holds_the_same_table(room: str) -> None:
    """Each room's ruff.toml bans what the room may not import, so that editors show it."""
    settings = tomllib.loads((PACKAGE / room / "ruff.toml").read_text("utf-8"))
    banned = settings["lint"]["flake8-tidy-imports"]["banned-api"]
    allowed = {room, *ROOMS[room].split()}
    rooms = {f"gatepost.{other}" for other in ROOMS if other not in allowed}
    outside = {name for name, inside in GUARDED.items() if room not in inside}
    assert rooms | outside == set(banned)


def test_the_linter_notices(checkout: Path) -> None:
    """The rule is really in force in a room."""
    call = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "-"]
    name = PACKAGE / "model" / "release.py"
    done = subprocess.run(
        [*call, "--stdin-filename", name],
        input="from gatepost.rules.judge import judge\n",
        capture_output=True,
        text=True,
        cwd=checkout,
        check=False,
    )
    assert "TID251 `gatepost.rules` is banned" in done.stdout


def test_every_folder_is_a_room() -> None:
    """A new folder needs a row in the table."""
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert set(ROOMS) == folders


def test_the_steps_before_the_hosts_load_neither_host_nor_click() -> None:
    """A fresh interpreter that imports all of them knows no mkdocs and no click."""
    names = sorted(
        ".".join(module.relative_to(PACKAGE.parent).with_suffix("").parts)
        for module in modules()
        if room_of(module) in EARLY and module.name != "__init__.py"
    )
    code = f"""
import importlib, sys
for name in {names}:
    importlib.import_module(name)
print(sorted({{"mkdocs", "material", "properdocs", "click"}} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def phase_comparisons(source: str) -> list[int]:
    """Lines on which something is compared with the name of a phase."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            compared = [node.value]
        else:
            continue
        words = {
            inner.value
            for side in compared
            for inner in ast.walk(side)
            if isinstance(inner, ast.Constant)
        }
        asked = words & SHARED_WORDS and "phase" in ast.unparse(node)
        if asked or words & (set(KEYS) - SHARED_WORDS):
            found.append(node.lineno)
    return found


SHARED_WORDS = {"done"}
"""Names of phases that are names of something else too, such as a state."""


@pytest.mark.parametrize(
    "module",
    [path for path in modules() if path.relative_to(PACKAGE) != Path("model/phase.py")],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_no_code_asks_for_a_phase_by_name(module: Path) -> None:
    """A question about a phase is answered by its row: organisations rename and merge phases."""
    assert phase_comparisons(module.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'if release.phase == "testing": pass',
        'x = phase in {"idea", "planning"}',
        'match phase:\n    case "building": pass',
        'ok = "done" != release.phase',
    ],
)
def test_a_question_by_name_is_noticed(source: str) -> None:
    """However it is asked."""
    assert phase_comparisons(source) != []


def test_phases_are_a_line() -> None:
    """Their order is the order of the rows."""
    assert all(one.order + 1 == other.order for one, other in pairwise(PHASES))
