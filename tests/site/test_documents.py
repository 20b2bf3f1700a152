"""The built pages as documents: valid, in order, whole and light, before any browser opens them."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from page_kinds import EXAMPLES

# What the theme's own frame has wrong, outside of every block that a site may draw itself: its two
# hidden switches say `autocomplete`, which a checkbox cannot have, and the name of a section that
# is open in its navigation says `tabindex=""`.
THEMES_OWN = (
    'id="__drawer" autocomplete="off"',
    'id="__search" autocomplete="off"',
    '_label" tabindex=""',
)


class Outline(HTMLParser):
    """The headings and pictures of a page."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.levels: list[int] = []
        self.pictures: list[dict[str, str | None]] = []
        self.films: list[dict[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a heading, a picture or a film."""
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "img":
            self.pictures.append(dict(attrs))
        if tag == "video":
            self.films.append(dict(attrs))


@pytest.fixture(scope="module")
def outlines(demo: Path) -> dict[str, Outline]:
    """Every page of both sites, by its path below `build`."""
    built = demo / "build"
    return {
        file.relative_to(built).as_posix(): Outline(file.read_text("utf-8"))
        for file in sorted(built.rglob("*.html"))
    }


def test_every_page_is_valid_html(demo: Path, checkout: Path) -> None:
    """All public pages and every kind of internal page. Source: WHATWG HTML, by the Nu checker."""
    checker = checkout / "tests/setup/node_modules/vnu-jar/build/dist/vnu.jar"
    assert checker.is_file(), "no HTML checker: sh tests/setup/checkers.sh fetches it"
    internal = [
        f"build/internal/{path if path.endswith('.html') else path + 'index.html'}"
        for site, path in EXAMPLES
        if site == "internal"
    ]
    command = ("java", "-jar", str(checker), "--format", "json", "--skip-non-html")
    done = subprocess.run(
        [*command, "build/public", *internal],
        cwd=demo,
        capture_output=True,
        text=True,
        check=False,
    )
    found = [
        f"{one['url'].rpartition('/build/')[2]}: {one['message']}: {one['extract']}"
        for one in json.loads(done.stderr)["messages"]
        if one["type"] == "error" or one.get("subType") == "warning"
        if not any(own in one["extract"] for own in THEMES_OWN)
    ]

    assert found == []


def test_headings_come_in_order(outlines: dict[str, Outline]) -> None:
    """One title, and no level left out on the way down."""
    for path, outline in outlines.items():
        levels = outline.levels
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), path


def test_every_picture_has_its_size_and_its_words(
    outlines: dict[str, Outline],
) -> None:
    """Width and height keep its place; the words are for those who do not see it."""
    seen = 0
    for path, outline in outlines.items():
        for one in (*outline.pictures, *outline.films):
            assert int(one["width"] or 0) > 0, (path, one)
            assert int(one["height"] or 0) > 0, (path, one)
            seen += 1
        assert all("alt" in one for one in outline.pictures), path
        assert all(one["aria-label"] for one in outline.films), path
    assert seen


def test_a_changelog_page_is_light(demo: Path) -> None:
    """At most 60 KB compressed, without its pictures."""
    logs = sorted((demo / "build").glob("*/changelog/**/index.html"))

    assert logs
    for file in logs:
        assert len(gzip.compress(file.read_bytes(), 9)) <= 60 * 1024, file
