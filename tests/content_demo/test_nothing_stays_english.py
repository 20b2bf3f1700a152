"""On the Japanese site of the demonstration, Latin letters are the content's, or a name's.

A text of ours that does not go through the catalogues, in a template or in Python, is found here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gatepost.hosts.press import Order, Press, Readings, press
from gatepost.hosts.sites import Languages, find_sites
from gatepost.outputs.artifact import FileArtifact

TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
CONFIG = """INHERIT: site_config.yml
site_url: https://changelog.tidewater.example/ja/
site_dir: build/ja
theme: {language: ja}
plugins: {gatepost: {audience: public}}
"""
RUN = re.compile(r"[A-Za-z](?:[\w ,’'-]*\w)?", re.ASCII)
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
VERSION = re.compile(r"( \w*\d\w*)+$")
"""What a name may end with."""
NAMES = {
    *("rss", "atom", "json feed", "json", "markdown", "api", "csv", "deprecation"),
    *("rfc", "sunset", "english", "xml", "ics", "c x"),
    # What the Markdown library says of its own marks inside an entry's text.
    *("task", "jump back to footnote 1 in the text"),
}
"""Names that are the same in every language, and words of formats."""
SPOKEN = {"aria-label", "alt", "title", "placeholder", "data-l"}
LEAST = 3
"""Shorter runs are units and versions."""


class Words(HTMLParser):
    """Everything on a page that is read or heard."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.code = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is read out."""
        self.code += tag in {"code", "pre", "script", "style"}
        self.said += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        """Leave code."""
        self.code -= tag in {"code", "pre", "script", "style"}

    def handle_data(self, data: str) -> None:
        """Keep what is read, but for code."""
        if not self.code:
            self.said.append(data)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """A copy of the demonstration that speaks Japanese too."""
    folder = tmp_path_factory.mktemp("japanese")
    shutil.copytree(checkout / "content", folder / "content")
    for name in ("site_config.yml", "site_config.internal.yml"):
        shutil.copy(checkout / name, folder / name)
    (folder / "site_config.ja.yml").write_text(CONFIG, "utf-8")
    return folder


@pytest.fixture(scope="module")
def pressed(root: Path) -> Press:
    """The Japanese site, composed."""
    known = find_sites(root)
    site = next(one for one in known if one.name == "ja")
    order = Order(
        site,
        name="Tidewater",
        url=site.site_url,
        description="",
        languages=Languages.of(known, site),
        host="changelog.tidewater.example",
    )
    return press(order, Readings(cache=False), as_of=TODAY)


def plain(text: str) -> str:
    """A text without its signs, on one line, in small letters."""
    return " ".join(re.sub(r"[^\w]+", " ", text).split()).lower()


@pytest.fixture(scope="module")
def written(root: Path) -> str:
    """Every word that authors have written, as pages show them."""
    files = [*sorted((root / "content").rglob("*.md")), root / "content/registry.yml"]
    whole = "\n".join(file.read_text("utf-8") for file in files)
    return f" {plain(whole)} "


def strangers(said: Iterable[tuple[str, str]], written: str) -> list[tuple[str, str]]:
    """Runs of Latin letters that no author wrote, each with the first file it is in."""
    runs: dict[str, tuple[str, str]] = {}
    for path, text in said:
        for run in RUN.findall(text):
            words = VERSION.sub("", plain(run))
            runs.setdefault(words, (path, run))
    return sorted(
        where
        for run, where in runs.items()
        if len(run) >= LEAST and run not in NAMES and f" {run} " not in written
    )


def test_no_page_speaks_english_by_itself(pressed: Press, written: str) -> None:
    """Text, labels that are read out, titles and descriptions."""
    said = (
        (page.path, text)
        for page in pressed.pages
        for text in (page.title, page.description, *Words(str(page.draw())).said)
    )
    found = strangers(said, written)
    assert found == []


def test_no_feed_and_no_calendar_speaks_english_by_itself(
    pressed: Press, written: str
) -> None:
    """Titles and descriptions of feeds and events."""
    said = [
        (file.path, re.sub(r"&\w+;|\\\\", " ", text))
        for file in pressed.artifacts
        if isinstance(file, FileArtifact) and file.path.endswith((".xml", ".ics"))
        for pattern in (
            r"<(?:title|description|subtitle)>([^<]*)<",
            r"(?m)^(?:SUMMARY|CATEGORIES|X-WR-CALDESC):(.*)$",
        )
        for text in re.findall(pattern, file.make().decode().replace("\r\n ", ""))
    ]
    ours = {
        "feeds/all.rss.xml": "Tidewater: すべての変更",
        "feeds/all.atom.xml": "Tidewater: すべての変更",
        "feeds/roadmap.rss.xml": "",
        "calendar/releases.ics": "",
    }
    for path, title in ours.items():
        texts = [text for one, text in said if one == path]
        assert any(title in text and JAPANESE.search(text) for text in texts), path

    found = strangers(said, written)
    assert found == []
