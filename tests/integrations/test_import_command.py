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
    last = r"1 entry from 1 file: 1 new, 0 updated, 0 unchanged, 0 kept, 1 leftover listed; \d+\.\d s"
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


def test_another_product_says_which_row_is_left_over(tmp_path: Path) -> None:
    """It is named, and never taken out of the registry."""
    file = tmp_path / "CHANGELOG.md"
    file.write_text("## 1.0.0 - 2020-01-01\n\n- First.\n")
    into = tmp_path / "project/content/releases"
    run("keep-a-changelog", file, "--into", into, "--product", "harbour")
    said = run("keep-a-changelog", file, "--into", into, "--product", "dock").output

    assert (
        "products of content/registry.yml that no entry names any more: harbour; "
        "left alone\n" in said
    )


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


def test_a_file_without_releases_ends_with_one(tmp_path: Path) -> None:
    """A pipeline must see that nothing came of it, and somebody what is looked for."""
    readme = tmp_path / "README.md"
    readme.write_text("# A project\n\nIt does things.\n")
    result = run("keep-a-changelog", readme, "--into", tmp_path / "p/content/releases")

    assert result.exit_code == 1
    assert (
        f"nothing in {readme} is a changelog with a heading for each release, such as `## 1.2.0"
        in result.output
    )


CHANGELOG = (
    "# Changelog\n\n## 1.1.0 ({date})\n\n- One.\n\n## 1.0.0 (2025-01-01)\n\n- Two.\n"
)


@pytest.mark.parametrize("date", ["2025-13-45", "2025-02-30", "2025/00/10"])
def test_a_date_that_is_no_day_is_named(tmp_path: Path, date: str) -> None:
    """It is not told to be missing, and does not get into the title."""
    source = tmp_path / "api/CHANGELOG.md"
    source.parent.mkdir()
    source.write_text(CHANGELOG.format(date=date))
    into = tmp_path / "p/content/releases"
    result = run("keep-a-changelog", source, "--into", into)

    assert (
        f"{date} is no day of the calendar, so the release is unlisted" in result.output
    )
    assert "no date" not in result.output
    assert "title: api 1.1.0\n" in (into / "api/api-1-1-0.md").read_text()


def test_a_version_that_looks_like_a_date_is_a_version(tmp_path: Path) -> None:
    """It is all there is to call the release by."""
    source = tmp_path / "api/CHANGELOG.md"
    source.parent.mkdir()
    source.write_text("# Changelog\n\n## 2025.13.45\n\n- One.\n")
    result = run("keep-a-changelog", source, "--into", tmp_path / "p/content/releases")

    assert "the release has no date" in result.output
    assert "no day of the calendar" not in result.output


def test_no_product_is_added_for_what_is_left_alone(tmp_path: Path) -> None:
    """Entries that were edited keep the product they have."""
    source = tmp_path / "api/CHANGELOG.md"
    source.parent.mkdir()
    source.write_text(CHANGELOG.format(date="2025-03-01"))
    into = tmp_path / "p/content/releases"
    run("keep-a-changelog", source, "--into", into)
    registry = tmp_path / "p/content/registry.yml"
    before = registry.read_text()
    for file in into.rglob("*.md"):
        file.write_text(file.read_text() + "Edited.\n")

    again = run("keep-a-changelog", source, "--into", into, "--product", "imp")

    assert again.exit_code == 0
    assert "2 kept" in again.output
    assert registry.read_text() == before
