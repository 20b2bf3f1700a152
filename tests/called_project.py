"""A small project in which commands are called as a shell calls them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from small_project import Project

from gatepost.cli import main

REGISTRY = """\
products:
  billing: {name: Billing, versions: calver}
  reports: {name: Reports}
components:
  exports: {name: Exports, product: reports}
plans:
  team: {label: Team}
  enterprise: {label: Enterprise}
"""


@dataclass(frozen=True)
class Called:
    """What came of a call."""

    code: int
    out: str
    err: str


class CalledProject(Project):
    """Two products, one with a component, and two plans; no entry yet."""

    def __init__(self, root: Path) -> None:
        """Lay out the project."""
        super().__init__(root)
        self.write("content/registry.yml", REGISTRY)
        (root / "content/releases").mkdir()

    def call(self, *words: str) -> Called:
        """Call `gatepost` with *words*."""
        done = CliRunner().invoke(main, words, catch_exceptions=False)
        return Called(done.exit_code, done.stdout, done.stderr)

    def source(self, path: str) -> str:
        """Read a source file."""
        return (self.root / path).read_text("utf-8")
