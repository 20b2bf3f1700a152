"""A release page tells search engines what it is, in JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any

from small_project import Project


def linked(page: str) -> list[dict[str, Any]]:
    """The graph of a page as a search engine reads it; empty if there is none."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return [row for text in found for row in json.loads(text)["@graph"]]


def test_an_article_and_where_it_stands(project: Project) -> None:
    """Its name, its dates with zone, what it is about, and the way to it."""
    project.entry("faster-export", "", "Half the time.\n")
    project.build("public")
    article, crumbs = linked(project.read("public/releases/faster-export/index.html"))

    assert article["@type"] == "TechArticle"
    assert article["headline"] == "The title of faster-export"
    assert article["datePublished"].startswith("2026-10-01T")
    assert article["datePublished"].endswith("+00:00")
    assert article["about"] == [{"@type": "SoftwareApplication", "name": "Billing"}]
    assert [row["name"] for row in crumbs["itemListElement"]] == [
        "Changelog",
        "Billing",
        "The title of faster-export",
    ]


def test_a_title_ends_no_script(project: Project) -> None:
    """Markup in a title is text here too."""
    title = "Use `</script><img src=x>` in titles"
    project.entry("odd", f'title: "{title}"\n')
    project.build("public")
    article, _ = linked(project.read("public/releases/odd/index.html"))

    assert article["headline"] == title.replace("`", "")


def test_colleagues_and_plans_have_none(project: Project) -> None:
    """The internal site is for no search engine, and a plan is no article yet."""
    project.entry("faster-export", "")
    plan = "roadmap: {show: true, target: 2027-Q1, confidence: medium}\n"
    project.entry("meters", f"phase: building\ndates: {{planned: 2027-02-01}}\n{plan}")
    project.build()

    assert linked(project.read("internal/releases/faster-export/index.html")) == []
    assert linked(project.read("public/releases/meters/index.html")) == []
