"""What the head of every public page tells search engines and whoever shows a shared link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

HOST = "https://changelog.tidewater.example/"
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
REQUIRED = {
    "TechArticle": {
        "headline",
        "image",
        "datePublished",
        "dateModified",
        "author",
        "url",
    },
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "SoftwareApplication": {"name"},
    "Organization": {"name", "url"},
    "WebSite": {"name", "url"},
}
"""Properties that a type is of no use without. Source: schema.org, and what search engines ask."""
DATES = {"datePublished", "dateModified"}
ADDRESSES = {"url", "item", "image", "mainEntityOfPage", "releaseNotes"}


@pytest.fixture(scope="module")
def pages(demo: Path) -> dict[str, str]:
    """Every public page by its address below the site's root."""
    root = demo / "build/public"
    return {
        path.parent.relative_to(root).as_posix().removeprefix(".")
        + "/": path.read_text("utf-8")
        for path in sorted(root.rglob("index.html"))
    }


def composed(pages: dict[str, str]) -> dict[str, str]:
    """The pages that are ours, not written by hand."""
    return {
        path: text
        for path, text in pages.items()
        if 'class="md-content__inner gp"' in text
    }


def words(page: str) -> dict[str, str]:
    """Named words of a head."""
    found = re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)">', page)
    return {name: unescape(text) for name, text in found}


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD graph, the nested ones too."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from objects(one)


def linked(page: str) -> list[dict[str, Any]]:
    """The objects of a page's JSON-LD."""
    rows = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
    )
    contents = [json.loads(row) for row in rows]
    assert all(one["@context"] == "https://schema.org" for one in contents)
    return [one for content in contents for one in objects(content)]


def test_linked_data_is_whole(pages: dict[str, str]) -> None:
    """Known types alone, with what each needs, real dates and addresses of this site."""
    seen = set()
    for path, page in pages.items():
        for one in linked(page):
            kind = one["@type"]
            seen.add(kind)
            assert REQUIRED[kind] <= one.keys(), (path, kind)
            for name in DATES & one.keys():
                assert _ISO.fullmatch(one[name]), (path, name)
            for name in ADDRESSES & one.keys():
                assert one[name].startswith(HOST), (path, name)
            assert all(value not in ("", [], None) for value in one.values()), path
            if kind == "TechArticle":
                assert one["datePublished"] <= one["dateModified"], path
                assert len(one["headline"]) <= 110, path
            if kind == "BreadcrumbList":
                places = [row["position"] for row in one["itemListElement"]]
                assert places == list(range(1, len(places) + 1)), path
    assert seen == REQUIRED.keys()


def test_what_linked_data_names_is_there(pages: dict[str, str], demo: Path) -> None:
    """No address in it leads nowhere."""
    root = demo / "build/public"
    named = {
        one[name]
        for page in pages.values()
        for one in linked(page)
        for name in ADDRESSES & one.keys()
    }
    for address in named:
        path = urlsplit(address).path.lstrip("/")
        assert (root / path).is_file() or (root / path / "index.html").is_file(), (
            address
        )


def test_every_page_has_one_address(pages: dict[str, str]) -> None:
    """The canonical link and Open Graph name it, and no two pages share one."""
    seen = set()
    for path, page in composed(pages).items():
        canonical = re.findall(r'<link rel="canonical" href="([^"]*)"', page)
        assert canonical == [f"{HOST}{path.lstrip('/')}"], path
        assert words(page)["og:url"] == canonical[0], path
        seen.add(canonical[0])
    assert len(seen) == len(composed(pages)) > 90


def test_every_page_can_be_shared(pages: dict[str, str], demo: Path) -> None:
    """Title, one sentence and a picture that exists, with its size and what it shows."""
    for path, page in composed(pages).items():
        said = words(page)
        assert said["og:title"], path
        assert said["og:description"] == said["description"], path
        assert said["og:type"] == (
            "article" if path.startswith("releases/") else "website"
        )
        file = demo / "build/public" / said["og:image"].removeprefix(HOST)
        assert file.read_bytes().startswith(b"\x89PNG"), path
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
        assert said["og:image:alt"], path


def test_every_release_has_a_twin_in_markdown(
    pages: dict[str, str], demo: Path
) -> None:
    """It begins with the title, tells the address, and the page leads to it."""
    root = demo / "build/public"
    releases = [path for path in pages if path.startswith("releases/")]
    for path in releases:
        twin = (root / path / "index.md").read_text("utf-8")
        assert twin.startswith("# "), path
        assert f"{HOST}{path}" in twin
        assert 'type="text/markdown"' in pages[path]
        assert f"{path}index.md" in (root / "llms.txt").read_text("utf-8") or (
            "noindex" in pages[path] or "Cancelled" in pages[path]
        ), path
    assert len(releases) > 45


def test_the_twin_says_what_the_page_says(demo: Path) -> None:
    """Facts, known issues, corrections, what is not in effect; its links lead somewhere alone."""
    root = demo / "build/public"
    files = sorted((root / "api/v1/releases").glob("*.json"))
    assert len(files) > 45
    for file in files:
        said = json.loads(file.read_text("utf-8"))["release"]
        twin = (root / "releases" / said["id"] / "index.md").read_text("utf-8")
        plain = twin.replace("`", "")
        told = [said["title"], said.get("state_note", ""), said.get("version", "")]
        told += [said.get(key, "") for key in ("what", "who", "action", "impact")]
        for issue in said.get("known_issues", []):
            told += [
                issue["text"].replace("`", ""),
                issue["workaround"].replace("`", ""),
            ]
        told += [row["what"].replace("`", "") for row in said.get("corrections", [])]

        assert [text for text in told if text not in plain] == [], file.name
        targets = re.findall(r"\]\(([^)\s]+)", twin)
        loose = [one for one in targets if not re.match(r"https?://|#|/|mailto:", one)]
        assert loose == [], file.name
