# ruff: noqa: E501 - source and result stand side by side, each on one line
"""`gatepost import` says what it did, what it left out, and how long it took."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gatepost.cli import main

POST = (
    "---\ntitle: Faster exports\ndate: 2025-01-06\nlayout: post\n---\nTwice as fast.\n"
)


def run(*words: str | Path) -> Result:
    """Type the command."""
    return CliRunner().invoke(main, ["import", *map(str, words)])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one post."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2025-01-06-faster.md").write_text(POST)
    return folder


def test_the_report_names_every_leftover_and_ends_with_counts(
    source: Path, tmp_path: Path
) -> None:
    """Paths can be opened as they stand there."""
    into = tmp_path / "project/content/releases"
    result = run("front-matter", source, "--into", into)

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:3] == [
        f"{source}/2025-01-06-faster.md:4: `layout` has no place in an entry; it was kept as `x-layout`",
        "products added to content/registry.yml: reports",
        "types, guessed from headings and titles: 1 performance; change `type:` where one is wrong",
    ]
    last = r"1 entries from 1 files: 1 new, 0 updated, 0 unchanged, 0 kept, 1 leftover listed; \d+\.\d s"
    assert re.fullmatch(last, lines[3])
    assert (into / "reports/faster.md").exists()


def test_a_second_run_says_that_nothing_changed(source: Path, tmp_path: Path) -> None:
    """And names what was edited since."""
    into = tmp_path / "project/content/releases"
    run("front-matter", source, "--into", into)
    (into / "reports/faster.md").write_text("---\nid: x\n---\n")

    again = run("front-matter", source, "--into", into)

    assert (
        "1 new" in again.output
    )  # the edit took its origin away, so it is another entry now
    text = (into / "reports/faster-imported.md").read_text()
    (into / "reports/faster-imported.md").write_text(text + "More.\n")
    last = run("front-matter", source, "--into", into).output
    assert (
        "content/releases/reports/faster-imported.md: you edited it since the last import"
        in last
    )
    assert "0 new, 0 updated, 0 unchanged, 1 kept" in last


def test_one_file_takes_its_folder_for_the_product(tmp_path: Path) -> None:
    """`--product` says it better."""
    file = tmp_path / "harbour" / "CHANGELOG.md"
    file.parent.mkdir()
    file.write_text("## 1.0.0 - 2020-01-01\n\n- First.\n")
    into = tmp_path / "project/content/releases"
    run("keep-a-changelog", file, "--into", into)
    run(
        "keep-a-changelog",
        file,
        "--into",
        tmp_path / "other/content/releases",
        "--product",
        "Dock",
        "--audience",
        "public",
    )

    assert (into / "harbour/harbour-1-0-0.md").exists()
    text = (tmp_path / "other/content/releases/dock/dock-1-0-0.md").read_text()
    assert "title: Dock 1.0.0\n" in text
    assert "audience: public\n" in text


def test_wrong_calls_are_refused(tmp_path: Path) -> None:
    """Exit code 2, and what to type."""
    assert run("front-matter", tmp_path / "nothing").exit_code == 2
    assert run("word", tmp_path).exit_code == 2
    result = run(
        "front-matter",
        tmp_path,
        "--into",
        tmp_path / "releases",
        "--audience",
        "everyone",
    )
    assert result.exit_code == 2
    assert "there is no audience `everyone`" in result.output


def test_a_project_does_not_import_itself(tmp_path: Path) -> None:
    """Its entries would come in twice."""
    into = tmp_path / "content/releases"
    into.mkdir(parents=True)
    result = run("front-matter", tmp_path, "--into", into)

    assert result.exit_code == 2
    assert "holds the project's own entries" in result.output


def test_inside_a_project_entries_go_to_its_own_content(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what left the source is named."""
    home = tmp_path / "site"
    home.mkdir()
    (home / "site_config.yml").write_text(
        "site_name: Harbour\nplugins:\n  gatepost:\n    audience: public\n"
    )
    monkeypatch.chdir(home)
    run("front-matter", source)
    (source / "2025-01-06-faster.md").rename(source / "2025-01-06-slower.md")
    result = run("front-matter", source)

    assert (home / "content/releases/reports/faster.md").exists()
    assert (
        "content/releases/reports/faster.md: the source does not have it any more; it was left alone"
        in result.output
    )


def test_a_disk_that_refuses_is_said_in_one_line(source: Path, tmp_path: Path) -> None:
    """Nothing is half written."""
    (tmp_path / "project").write_text("a file")
    result = run(
        "front-matter", source, "--into", tmp_path / "project/content/releases"
    )

    assert result.exit_code == 2
    assert "nothing was imported, the disk refused" in result.output


def test_help_shows_examples() -> None:
    """Ready to type."""
    assert (
        "gatepost import keep-a-changelog ../api/CHANGELOG.md --product api"
        in run("--help").output
    )
