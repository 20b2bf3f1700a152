"""What customers must not be told is marked wherever colleagues read it beside what they may."""

from __future__ import annotations

import json
import re

import pytest
from small_project import Project

MARK = "For colleagues only"
FRONT = """known_issues:
  - {id: swapped, text: Two columns swap places, status: open, public: true}
  - {id: stalled, text: The queue stalls, status: investigating}
scope:
  limitations:
    - {text: At most 50 columns, public: true}
    - {text: Our console stops at 900 rows}
support:
  faq:
    - {q: "Is anything lost?", a: "No, nothing is lost.", public: true}
    - {q: "May we promise it?", a: Not before launch.}
"""
OPEN = ("Two columns swap places", "At most 50 columns", "Is anything lost?")
OURS = ("The queue stalls", "Our console stops at 900 rows", "May we promise it?")


@pytest.fixture
def built(project: Project) -> Project:
    """Both sites, with one release that has something to tell and something not to."""
    project.entry("faster-export", FRONT)
    project.build()
    return project


def rows(page: str) -> dict[str, bool]:
    """Each item of the lists of a page, and each heading of an answer: whether it is marked."""
    content = page.partition('id="gp-content"')[2]
    found = re.findall(r"(?s)<li[ >].*?</li>|<h3>.*?</h3>", content)
    said = (" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found)
    return {one.replace(MARK, "").strip(): MARK in one for one in said}


def marked(page: str) -> tuple[list[str], list[str]]:
    """What of ours, and what of all that is open, bears the mark."""
    found = rows(page)
    return tuple(
        [one for one in texts if any(one in row and found[row] for row in found)]
        for texts in (OURS, OPEN)
    )


def test_on_the_page_of_a_release(built: Project) -> None:
    """Known issues, limits and answers: support reads none of them out by mistake."""
    page = built.read("internal/releases/faster-export/index.html")

    assert all(text in page for text in (*OURS, *OPEN))
    assert marked(page) == ([*OURS], [])


def test_on_the_page_of_all_issues(built: Project) -> None:
    """Each issue bears its own mark there too."""
    page = built.read("internal/known-issues/index.html")

    assert marked(page) == ([OURS[0]], [])


def test_for_programs(built: Project) -> None:
    """In the page as Markdown, in the feed of issues and in the data."""
    text = built.read("internal/releases/faster-export/index.md").splitlines()
    issues = json.loads(built.read("internal/api/v1/known-issues.json"))["known_issues"]
    feed = json.loads(built.read("internal/feeds/known-issues.json"))["items"]

    found = [line for line in text if MARK in line]
    assert len(found) == len(OURS)
    assert all(any(one in line for line in found) for one in OURS)
    assert {one["id"]: one.get("internal") for one in issues} == {
        "swapped": None,
        "stalled": True,
    }
    assert {one["title"] for one in feed} == {OPEN[0], f"{MARK}: {OURS[0]}"}


def test_customers_see_neither_the_texts_nor_the_mark(built: Project) -> None:
    """On their site there is nothing to be marked."""
    for path, raw in built.files("public").items():
        assert MARK.encode() not in raw, path
        assert not [one for one in OURS if one.encode() in raw], path
    page = built.read("public/releases/faster-export/index.html")
    assert all(text in page for text in OPEN)
