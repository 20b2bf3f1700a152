"""The workflows are readable, and run nothing that could change under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((CHECKOUT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40}")


def steps(file: Path) -> Iterator[dict[str, Any]]:
    """Every step of every job."""
    for job in yaml.safe_load(file.read_text("utf-8"))["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_hash(file: Path) -> None:
    """A tag can be moved to other code; a hash cannot. Its version stands beside it."""
    used = [step["uses"] for step in steps(file) if "uses" in step]
    assert used
    assert [name for name in used if not PINNED.fullmatch(name)] == []
    lines = [line for line in file.read_text("utf-8").splitlines() if "uses:" in line]
    assert [line for line in lines if not re.search(r"# v\d+\.\d+\.\d+$", line)] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_may_only_read(file: Path) -> None:
    """No job gets a right that it does not need, and no checkout keeps the token."""
    found = yaml.safe_load(file.read_text("utf-8"))
    assert found["permissions"] == {"contents": "read"}
    for step in steps(file):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_an_artifact_holds_one_site() -> None:
    """The internal site never travels with the public one."""
    (upload,) = [
        step
        for step in steps(CHECKOUT / ".github/workflows/sites.yml")
        if step.get("uses", "").startswith("actions/upload-artifact@")
    ]
    assert upload["with"]["path"] == "build/${{ matrix.site }}"


def test_the_commands_before_a_commit_are_there() -> None:
    """Each hook starts a program or a script of this project."""
    config = yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {hook["entry"].split()[0].rpartition("/")[2] for hook in hooks} == {
        "ruff",
        "mypy",
        "gatepost",
        "python",
    }
