"""A runbook is known by its text, and only files of the project are ever read."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.load import load
from gatepost.content.runbook import MOST_BYTES, runbook_digest

TEXT = "1. Put back the previous version.\n"
DIGEST = f"sha256:{hashlib.sha256(TEXT.encode()).hexdigest()}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a runbook, and a secret beside it."""
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "project/runbooks").mkdir(parents=True)
    (tmp_path / "project/runbooks/export.md").write_bytes(TEXT.encode())
    return tmp_path / "project"


@pytest.mark.parametrize("path", ["runbooks/export.md", "./runbooks/export.md"])
def test_a_file_of_the_project_is_read(root: Path, path: str) -> None:
    """By its path from the project's root."""
    assert runbook_digest(root, path) == DIGEST


@pytest.mark.parametrize(
    "path",
    [
        "",
        "../secret.md",
        "runbooks/../../secret.md",
        "/etc/hostname",
        "//host/export.md",
        "https://runbooks.example.com/export",
        "file:///etc/hostname",
        "runbooks",
        "runbooks/none.md",
        "\0",
        "a" * 5000,
    ],
)
def test_nothing_else_is(root: Path, path: str) -> None:
    """Whatever leads out of the project, or nowhere, is no runbook."""
    assert runbook_digest(root, path) == ""


def test_a_link_in_the_file_system_is_not_followed(root: Path) -> None:
    """Neither of a file nor of a folder on the way."""
    (root / "runbooks/link.md").symlink_to(root.parent / "secret.md")
    (root / "house").symlink_to(root.parent)

    assert runbook_digest(root, "runbooks/link.md") == ""
    assert runbook_digest(root, "house/secret.md") == ""


def test_a_huge_file_is_not_read(root: Path) -> None:
    """Nobody follows it at night, and it would hold up every build."""
    (root / "runbooks/export.md").write_bytes(b"x" * (MOST_BYTES + 1))

    assert runbook_digest(root, "runbooks/export.md") == ""


def test_an_inherited_plan_has_its_runbook_too(root: Path) -> None:
    """The standing way back of the registry names the same file for every entry."""
    (root / "content/releases").mkdir(parents=True)
    (root / "content/registry.yml").write_text(
        "products: {}\ndefaults:\n  rollback: {runbook: runbooks/export.md}\n"
    )
    for name in ("one-change", "two-change"):
        (root / f"content/releases/{name}.md").write_text(
            f"---\nid: {name}\ntitle: Faster\nphase: planning\n---\nFaster.\n"
        )
    as_of = datetime(2026, 11, 21, 12, tzinfo=UTC)
    book = load(root, "content", as_of=as_of, host="example.com")

    assert [one.source.runbook for one in book.releases] == [DIGEST, DIGEST]
