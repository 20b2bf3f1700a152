"""What changes for me, on real changelogs: read by hand in the file, then held here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from gatepost.cli.diff import diff_command
from gatepost.integrations.keep_a_changelog import ChangelogFile, read_changelog
from gatepost.integrations.run import Wish, import_source
from gatepost.integrations.source_folder import SourceFolder
from gatepost.model.registry import Scheme
from gatepost.process.versions import version_key

CONFIG = """\
site_name: Real changelogs
site_url: https://changes.example/
docs_dir: content/pages/public
site_dir: build/public
theme: {name: material, font: false}
plugins:
  gatepost: {audience: public}
"""
PROJECTS = ("prometheus__prometheus", "axios__axios", "open-feature__flagd")


@pytest.fixture(scope="module")
def real(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A public site of real projects, each imported from its own file as it stands."""
    root = tmp_path_factory.mktemp("real")
    (root / "content/pages/public").mkdir(parents=True)
    (root / "site_config.yml").write_text(CONFIG, "utf-8")
    for project in PROJECTS:
        wish = Wish(
            corpus / "changelogs" / project / "CHANGELOG.md",
            root / "content/releases",
            audience="public",
            product=project.rpartition("__")[2],
        )
        import_source("keep-a-changelog", wish)
    return root


def changes(root: Path, product: str, start: str, end: str) -> str:
    """The answer of `gatepost diff`, a line for each entry: group, id, type, day."""
    call = [start, end, "--product", product, "--root", str(root), "--format", "json"]
    said = json.loads(
        CliRunner()
        .invoke(diff_command, [*call, "--as-of", "2026-11-21"], catch_exceptions=False)
        .output
    )
    groups = ("must_do", "should_know", "new_for_you", "left_out", "unplaced")
    rows = [
        f"{group}: {row['id']} {row['type']} {row['published']}"
        for group in groups
        for row in said[group]
    ]
    return "\n".join([f"{product} {start} -> {end}", *rows]) + "\n"


@pytest.mark.parametrize(
    ("product", "start", "end"),
    [
        # 2.53.3 to 2.53.5 came out later than 3.0.0: another line, which nobody here runs.
        ("prometheus", "2.54.1", "3.2.1"),
        # Who stays on the long-term line is told of that line alone.
        ("prometheus", "2.53.1", "2.53.5"),
        # Three betas lie between two minor versions.
        ("axios", "1.6.8", "1.7.2"),
        ("axios", "1.7.0-beta.1", "1.7.0"),
        # 0.2.6 was never released: whoever has 0.2.5 goes on to 0.2.7.
        ("flagd", "0.2.5", "0.4.2"),
    ],
)
def test_an_upgrade_of_a_real_project(
    real: Path,
    golden: Callable[[str, str], None],
    product: str,
    start: str,
    end: str,
) -> None:
    """Every release between the two, none of another line, the newest first in each group."""
    golden(f"{product}-{start}-{end}.txt", changes(real, product, start, end))


def test_what_breaks_comes_first(real: Path) -> None:
    """The file says in a sentence that 3.0.0 breaks things: marked so, it leads the list."""
    file = real / "content/releases/prometheus/prometheus-3-0-0.md"
    before = file.read_text("utf-8")
    marked = before.replace(
        "\ntype: changed\n",
        "\ntype: changed\nbreaking: true\n"
        "action: Read the migration guide before you start version 3.\n"
        "impact: Removed flags stop the start.\n"
        "migration: {guide_url: https://prometheus.io/docs/prometheus/3.0/migration/}\n",
    )
    file.write_text(marked, "utf-8")
    try:
        told = changes(real, "prometheus", "2.55.1", "3.0.1").splitlines()
    finally:
        file.write_text(before, "utf-8")

    assert told[1:] == [
        "must_do: prometheus-3-0-0 changed 2024-11-14",
        "new_for_you: prometheus-3-0-1 fixed 2024-11-28",
    ]


BACKWARDS = {
    # Another line was kept up after the next one had begun.
    "prometheus__prometheus/CHANGELOG.md": [("2.53.2", "2.55.1"), ("1.2.3", "1.3.0")],
    "sveltejs__kit/packages/kit/CHANGELOG.md": [
        ("2.69.2", "3.0.0-next.7"),
        ("2.67.0", "3.0.0-next.2"),
    ],
    # The file itself has them the wrong way round.
    "diesel-rs__diesel/CHANGELOG.md": [("2.0.2", "2.0.3")],
    # `2.7` and `2.5` stand there for 9.2.7 and 9.2.5; a test build has its own suffix.
    "squidfunk__mkdocs-material/CHANGELOG": [
        ("2.7+insiders-4.40.3", "9.2.7"),
        ("2.5", "9.2.4+insiders-4.40.0"),
        ("8.1.6-insiders-4.6.0", "8.1.6"),
    ],
}
"""Neighbours in a file, newest first, of which the upper is the older version."""
SCHEMES: dict[str, Scheme] = {"psf__black/CHANGES.md": "pep440"}


def test_versions_of_real_projects_are_in_their_own_order(corpus: Path) -> None:
    """Authors write the newest first: our order is theirs, but for what the files do themselves."""
    placed, backwards = 0, {}
    for text in SourceFolder.open(corpus / "changelogs").texts((".md", "")):
        if text.path == "SOURCE.md":
            continue
        scheme = SCHEMES.get(text.path, "semver")
        reading = read_changelog(ChangelogFile(text.path, text.text, text.path, "p"))
        versions = [one.version for one in reading.entries if one.version]
        keys = [version_key(one, scheme) for one in versions]
        placed += len(keys)
        found = [
            (versions[at], versions[at + 1])
            for at in range(len(keys) - 1)
            if keys[at] < keys[at + 1]
        ]
        if found:
            backwards[text.path] = found

    assert backwards == BACKWARDS
    assert placed > 2000


@pytest.mark.parametrize(
    ("file", "scheme", "first", "last"),
    [
        ("psf__black/CHANGES.md", "pep440", "18.3a0", "26.5.1"),
        ("psf__black/CHANGES.md", "calver", "18.3a0", "26.5.1"),
        ("psf__requests/HISTORY.md", "pep440", "0.0.1", ""),
        ("psf__requests/HISTORY.md", "natural", "0.0.1", ""),
        ("etcd-io__etcd/CHANGELOG/CHANGELOG-3.5.md", "natural", "", ""),
        ("laravel__framework/CHANGELOG.md", "calver", "", ""),
    ],
)
def test_one_list_fits_several_schemes(
    corpus: Path, file: str, scheme: Scheme, first: str, last: str
) -> None:
    """Whichever of them a product declares, its versions stand as its authors wrote them."""
    text = (corpus / "changelogs" / file).read_text("utf-8")
    reading = read_changelog(ChangelogFile(file, text, file, "p"))
    versions = [one.version for one in reading.entries if one.version]

    assert len(versions) > 30
    assert versions == sorted(
        versions, key=lambda one: version_key(one, scheme), reverse=True
    )
    assert versions[-1] == (first or versions[-1])
    assert versions[0] == (last or versions[0])
