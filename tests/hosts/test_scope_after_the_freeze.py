"""The readiness page tells what came into scope after it was closed, with time and commit."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from git_repository import Repository
from small_project import Project

FRONT = """\
products: [billing]
phase: building
kind: standard
scope: {in: [%s], out: [mail], frozen_on: 2026-11-03}
%s"""
DECIDED = "decisions: [{on: 2026-11-17, by: '@pm', what: XML for one customer}]\n"


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    """A release whose scope grew twice after it was closed."""
    made = Repository(tmp_path / "whole")
    for at, scope, decided in (
        ("2026-11-01T08:00:00Z", "CSV", ""),
        ("2026-11-05T09:30:00Z", "CSV, PDF", ""),
        ("2026-11-18T08:00:00Z", "CSV, PDF, XML", DECIDED),
    ):
        made.entry("export", FRONT % (scope, decided))
        made.commit(at, "Scope")
    return made


def section(project: Project) -> str:
    """What the page says under its heading, as words; empty without one."""
    page = project.read("internal/releases/export/readiness/index.html")
    found = re.search(r'<h2 id="scope-changed">.*?</section>', page, re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", found[0]) if found else ""
    return " ".join(words.split())


def test_each_change_stands_there_with_time_and_commit(project: Repository) -> None:
    """And whether somebody decided it."""
    names = project.git("log", "--format=%h", "--abbrev=10").split()
    project.build("internal")
    told = section(project)

    assert (
        "Closed on 3 Nov 2026. Changed 2 times since, 1 of them without a decision on record. "
        "From git."
    ) in told
    assert f"5 Nov 2026, 09:30 PDF none on record Release desk {names[1]}" in told
    assert (
        f"18 Nov 2026, 08:00 XML XML for one customer Release desk {names[0]}" in told
    )


def test_the_trail_page_says_the_same(project: Repository) -> None:
    """The readiness page leads there."""
    project.build("internal")
    trail = project.read("internal/releases/export/trail/index.html")
    page = project.read("internal/releases/export/readiness/index.html")

    assert "5 Nov 2026, 09:30" in trail
    assert re.search(r'href="[^"]*\btrail/"[^>]*>Audit trail<', page)


def test_a_scope_that_kept_is_told_too(project: Repository) -> None:
    """Nothing is as good to know as something."""
    project.entry("import", FRONT.replace("2026-11-03", "2026-11-11") % ("CSV", ""))
    project.commit("2026-11-02T08:00:00Z")
    project.build("internal")
    page = project.read("internal/releases/import/readiness/index.html")

    assert "Closed on 11 Nov 2026. Not changed since, by git." in page


def test_a_scope_that_was_never_closed_has_no_section(project: Repository) -> None:
    """There is nothing to compare with."""
    open_front = (FRONT % ("CSV", "")).replace(", frozen_on: 2026-11-03", "")
    project.entry("import", open_front)
    project.commit("2026-11-12T08:00:00Z")
    project.build("internal")

    page = project.read("internal/releases/import/readiness/index.html")
    assert 'id="scope-changed"' not in page


def test_a_shallow_copy_says_that_it_is_one(
    project: Repository, tmp_path: Path
) -> None:
    """With the command that gets the rest."""
    copy = tmp_path / "copy"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", project.root.as_uri(), str(copy)],
        check=True,
    )
    shallow = Project(copy)
    shallow.build("internal")

    assert "This copy of the repository is shallow" in section(shallow)
    assert "git fetch --unshallow" in section(shallow)


def test_without_git_the_page_says_why(
    project: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not say that nothing changed."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    project.build("internal")

    assert "Whether it changed since cannot be told: git is not installed" in section(
        project
    )


def test_the_public_site_has_nothing_of_it(project: Repository) -> None:
    """Neither scope nor commits."""
    project.build()
    names = project.git("log", "--format=%h", "--abbrev=10").split()
    files = project.files("public")

    assert not [
        path for path, raw in files.items() if any(one.encode() in raw for one in names)
    ]


def test_a_change_nobody_decided_stands_at_the_verdict(project: Repository) -> None:
    """As advice, with the line to add; the decided one does not."""
    project.build("internal")
    page = project.read("internal/releases/export/readiness/index.html")
    verdict = page.partition('id="verdict"')[2].partition("</section>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", verdict).split())

    assert "Scope changed after it was closed: PDF came in" in words
    assert "5 Nov 2026, 09:30, commit " in words
    assert "no decision is on record" in words
    assert "XML came in" not in words
