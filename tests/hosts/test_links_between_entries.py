"""A link between two entries arrives, on the page and in its Markdown twin."""

from __future__ import annotations

import re

import pytest
from small_project import Project

from gatepost.outputs.assemble import PAGE_ANCHORS
from gatepost.resources import theme_dir

SITE = "https://public.harbour.example"
OTHER = "Text.\n\n## What you do\n\nNothing.\n"


@pytest.mark.parametrize(
    "link",
    ["release:other#what-you-do", "other.md#what-you-do", "./other.md#what-you-do"],
)
def test_a_link_to_a_heading_of_another_entry_arrives(
    project: Project, link: str
) -> None:
    """The anchor it names stands on that page."""
    project.entry("other", "", OTHER)
    project.entry("one", "", f"[see]({link})\n")
    project.build("public")

    (found,) = re.findall(
        r'<a href="([^"]*)">see</a>', project.read("public/releases/one/index.html")
    )
    page, _, anchor = found.partition("#")
    assert page == "../../releases/other/"
    assert f'id="{anchor}"' in project.read("public/releases/other/index.html")


def test_a_link_to_a_section_of_a_page_is_left_alone(project: Project) -> None:
    """What is no part of the body keeps its name."""
    issue = "{id: slow, text: It is slow., status: open, public: true}"
    project.entry("other", f"known_issues: [{issue}]\n")
    project.entry("one", "", "[see](release:other#known-issues)\n")
    project.build("public")

    assert 'other/#known-issues">see' in project.read("public/releases/one/index.html")
    assert 'id="known-issues"' in project.read("public/releases/other/index.html")


def test_the_sections_of_a_page_are_those_of_its_template() -> None:
    """A new one must be known here too."""
    template = (theme_dir() / "gatepost" / "release.html").read_text("utf-8")

    assert frozenset(re.findall(r'<h2 id="([^"]*)"', template)) == PAGE_ANCHORS


@pytest.mark.parametrize(
    ("written", "absolute"),
    [
        ("[h](other.md)", f"[h]({SITE}/releases/other/)"),
        ("[h](./other.md)", f"[h]({SITE}/releases/other/)"),
        ("[h](release:other)", f"[h]({SITE}/releases/other/)"),
        (
            "[h](other.md#what-you-do)",
            f"[h]({SITE}/releases/other/#other_what-you-do)",
        ),
        ('[h](other.md "Title")', f'[h]({SITE}/releases/other/ "Title")'),
        ("[h][1]\n\n[1]: other.md", f"[h][1]\n\n[1]: {SITE}/releases/other/"),
        ('<a href="other.md">h</a>', f'<a href="{SITE}/releases/other/">h</a>'),
        ("[h](https://example.com/a.md)", "[h](https://example.com/a.md)"),
        ("`[h](other.md)`", "`[h](other.md)`"),
        ("```\n[h](release:other)\n```", "```\n[h](release:other)\n```"),
    ],
)
def test_the_twin_has_whole_addresses(
    project: Project, written: str, absolute: str
) -> None:
    """Whoever reads it elsewhere can follow them; code stays code."""
    project.entry("other", "", OTHER)
    project.entry("one", "", f"Text.\n\n{written}\n")
    project.build("public")

    assert project.read("public/releases/one/index.md").endswith(f"{absolute}\n")


def test_the_twin_has_whole_addresses_of_files(project: Project) -> None:
    """Of pictures beside the entry too."""
    project.write("content/releases/one/shot.png", b"\x89PNG\r\n\x1a\n")
    entry = project.entry("one/index", "id: one\n", "![A list](shot.png)\n")
    assert entry.name == "index.md"
    project.build("public")

    twin = project.read("public/releases/one/index.md")
    assert f"![A list]({SITE}/releases/one/shot.png)" in twin
