# ruff: noqa: E501 - source and result stand side by side, each on one line
"""Real changelogs of eight shapes and more: all of them come in, and nothing of them gets lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.load import load
from gatepost.integrations.changelog_parts import take_apart
from gatepost.integrations.keep_a_changelog import ChangelogFile, read_changelog
from gatepost.integrations.run import Report, Wish, import_source
from gatepost.integrations.source_folder import SourceFolder
from gatepost.markdown.render import Renderer
from gatepost.rules.judge import judge

AS_OF = datetime(2026, 11, 20, tzinfo=UTC)
SOURCES = {
    "cloudflare": ("front-matter", "cloudflare/changelog", "cloudflare"),
    "box": ("front-matter", "box/content", ""),
    "nodejs-blog": ("front-matter", "nodejs-blog", ""),
    "vscode": ("front-matter", "vscode/release-notes", ""),
    "changelogs": ("keep-a-changelog", "changelogs", ""),
}
ENTRIES = {
    "cloudflare": 693,
    "box": 106,
    "nodejs-blog": 52,
    "vscode": 2,
    "changelogs": 2010,
}


@pytest.fixture(scope="session", params=sorted(SOURCES))
def imported(
    request: pytest.FixtureRequest,
    corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Wish, Report]:
    """One source, imported into a project of its own."""
    name: str = request.param
    format_name, folder, assets = SOURCES[name]
    releases = tmp_path_factory.mktemp(name) / "content" / "releases"
    wish = Wish(corpus / folder, releases, assets=corpus / assets if assets else None)
    return name, wish, import_source(format_name, wish)


def test_every_entry_comes_in(imported: tuple[str, Wish, Report]) -> None:
    """One per post, one per release."""
    name, _, report = imported

    assert len(report.landing.new) == ENTRIES[name]
    ids = re.compile(r"^[a-z0-9][a-z0-9-]{2,60}$")
    stems = [
        one.parent.name if one.name == "index.md" else one.stem
        for one in report.landing.new
    ]
    assert all(ids.match(stem) for stem in stems)
    assert len(set(stems)) == len(stems)


def test_what_was_imported_has_nothing_to_mend(
    imported: tuple[str, Wish, Report],
) -> None:
    """Neither errors nor advice."""
    _, wish, _ = imported
    root = wish.releases.parent.parent
    book = load(root, "content", as_of=AS_OF, host="harbour.example")

    assert [str(one) for one in judge(book)] == []


def test_nothing_of_it_is_taken_away_when_it_is_rendered(
    imported: tuple[str, Wish, Report],
) -> None:
    """What a page may not hold was converted or listed before."""
    _, wish, _ = imported
    root = wish.releases.parent.parent
    book = load(root, "content", as_of=AS_OF, host="harbour.example")
    renderer = Renderer()
    for release in book.releases[::3]:
        done = renderer.render(
            release.body.whole, prefix=release.id, link=lambda _: None
        )
        assert done.removed == (), release.source.path


def test_a_second_import_changes_nothing(imported: tuple[str, Wish, Report]) -> None:
    """Not one byte, and it says so."""
    name, wish, _ = imported
    before = _bytes(wish.releases.parent)
    again = import_source(SOURCES[name][0], wish)

    assert (again.landing.new, again.landing.updated, again.landing.kept) == (
        [],
        [],
        [],
    )
    assert again.landing.unchanged == ENTRIES[name]
    assert _bytes(wish.releases.parent) == before


def test_imported_entries_are_internal(imported: tuple[str, Wish, Report]) -> None:
    """Every one of them."""
    _, wish, report = imported

    assert all(
        "\naudience: internal\n" in one.read_text("utf-8") for one in report.landing.new
    )
    assert (
        (wish.releases.parent / "registry.yml")
        .read_text("utf-8")
        .startswith("products:\n")
    )


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(one): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()
    }


def _changelogs(corpus: Path) -> Iterator[tuple[str, str]]:
    folder = SourceFolder.open(corpus / "changelogs")
    for text in folder.texts((".md", "")):
        if text.path != "SOURCE.md":
            yield text.path, text.text


def test_every_line_of_every_changelog_is_accounted_for(corpus: Path) -> None:
    """It belongs to one release or to one stretch that is listed, never to none or to two."""
    for path, text in _changelogs(corpus):
        changelog = take_apart(text, path)
        counted = [0] * (text.count("\n") + 1)
        spans = [(part.first, part.end) for part in changelog.releases]
        spans += [(part.first, part.end) for part in changelog.stretches]
        for first, end in spans:
            for line in range(first, end):
                counted[line - 1] += 1
        assert set(counted) == {1}, path


def test_every_word_of_every_release_stands_in_its_entry(corpus: Path) -> None:
    """Or in what is listed about it."""
    for path, text in _changelogs(corpus):
        reading = read_changelog(ChangelogFile(path, text, path, "product"))
        entries = {entry.origin.line: entry for entry in reading.entries}
        listed = " ".join(one.why for one in reading.leftovers)
        for release in reading.changelog.releases:
            entry = entries.get(release.first)
            said = _words(
                f"{entry.body} {entry.published} {entry.refs}" if entry else ""
            )
            rows = "\n".join(reading.changelog.rows[release.body - 1 : release.end - 1])
            lost = (
                _words(re.sub(r"\]\[[^\]]*\]", "] ", rows))
                - said
                - _words(listed)
                - LAYOUT
            )
            assert not {word for word in lost if not _is_date(word, rows)}, (
                f"{path}:{release.first}"
            )


LAYOUT = frozenset({"div", "dir", "rtl", "p", "align", "center", "x3D", "name"})
"""Words of tags that only arrange the text and are listed once; `name` became `id`."""


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", html.unescape(html.unescape(text))))


def _is_date(word: str, rows: str) -> bool:
    """The line that is the release's date stands in front matter, in other words."""
    first = next(row for row in rows.split("\n") if row.strip())
    return word in first and len(first) < 24


def test_every_word_of_every_post_stands_in_its_entry(
    imported: tuple[str, Wish, Report], corpus: Path
) -> None:
    """Or in what is listed about it; here the prose counts, without tags and addresses."""
    name, _, report = imported
    if SOURCES[name][0] != "front-matter":
        return
    listed: dict[str, str] = {}
    for one in report.leftovers:
        listed[one.path] = f"{listed.get(one.path, '')} {one.why}"
    for entry in report.entries:
        path = entry.origin.source.partition("/")[2]
        source = (corpus / SOURCES[name][1] / path).read_text("utf-8")
        prose = MARKUP.sub(" ", source)
        kept = f"{entry.title} {entry.summary} {entry.body} {entry.published} {entry.tags} {entry.extra} "
        kept += f"{[one.key + one.name for one in entry.products]} {entry.version} {entry.refs} {entry.names}"
        lost = _words(prose) - _words(kept) - _words(listed.get(path, "")) - KEYS
        assert not {
            word for word in lost if not re.fullmatch(r"[\dTZ]+|UTC|GMT|Wed|Feb", word)
        }, path


MARKUP = re.compile(
    r"^import [^\n]*|<[^>]*>|\]\([^)]*\)|\]\[[^\]]*\]|^\[[^\]]*\]: .*$|^:::.*$",
    re.MULTILINE,
)
"""Statements, tags, addresses, labels of references, call-outs."""
KEYS = frozenset(
    """
    title description date products product hidden false tags applied at applies to is impactful
    new feature true release source url category PageTitle MetaDescription Date DownloadVersion
    slug more eslint disable max len
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""Keys that became fields of another name, switches, and marks for tools."""
