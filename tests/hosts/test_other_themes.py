"""In another theme than Material a site is plain, but complete, and as safe."""

from __future__ import annotations

import re

import pytest
from small_project import THEME, Project

THEMES = ("mkdocs", "readthedocs")
SECRET = "/// internal\nAsk the kumquat team before you touch the queue.\n///\n"


def built(project: Project, theme: str, *sites: str) -> Project:
    """The same content under a theme."""
    project.entry(
        "faster-export",
        "version: 4.1.0\nhighlight: true\n",
        f"Half the time.\n\n{SECRET}",
    )
    project.entry("late-fix", "type: fixed\n")
    project.entry(
        "some-day",
        "kind: standard\nphase: building\ndates: {}\n"
        "roadmap: {show: true, target: 2027-Q1, confidence: medium}\n",
    )
    for site in ("public", "internal"):
        project.write(
            f"content/pages/{site}/about.md", f"# About us\n\nFor {site} readers.\n"
        )
    for name in ("site_config.yml", "site_config.internal.yml"):
        config = project.root / name
        text = config.read_text("utf-8").replace(THEME, f"theme:\n  name: {theme}\n")
        config.write_text(text, "utf-8")
    project.build(*sites)
    return project


def said(page: str) -> str:
    """The words of what we composed, without the theme around them."""
    main = re.search(
        r'(?:<div class="gp gp-plain">|id="gp-content">)(.*?)<(?:/article|footer)',
        page,
        re.DOTALL,
    )
    assert main
    return " ".join(re.sub(r"<[^>]*>", " ", main[1]).split())


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_says_the_same(
    project: Project, tmp_path_factory: pytest.TempPathFactory, theme: str
) -> None:
    """Word by word what it says in Material, with the same head."""
    other = Project(tmp_path_factory.mktemp("material"))
    built(other, "material", "public")
    built(project, theme, "public")
    for path in (
        "changelog/",
        "releases/faster-export/",
        "roadmap/",
        "upgrade/",
        "subscribe/",
    ):
        ours, theirs = (
            one.read(f"public/{path}index.html") for one in (project, other)
        )
        words = said(theirs)
        assert words[:1500] in said(ours) or said(ours).startswith(words[:300]), path
        for mark in (
            r'<meta property="og:[^>]*>',
            r'<link rel="alternate "[^>]*>',
            r'<link rel="canonical" href="([^"]*)"',
            r'<script type="application/ld\+json">.*?</script>',
        ):
            assert sorted(re.findall(mark, ours)) == sorted(re.findall(mark, theirs)), (
                path
            )
        assert len(re.findall('<meta name="description"', ours)) == 1, path
        assert ours.index("gatepost-plain.css") < ours.index("gatepost.css"), path


@pytest.mark.parametrize("theme", THEMES)
def test_colleagues_see_whose_site_it_is(project: Project, theme: str) -> None:
    """Composed and hand-written pages carry the band; the public site has none."""
    built(project, theme)
    for path in ("changelog/", "about/", "readiness/"):
        page = project.read(f"internal/{path}index.html")
        assert page.count('class="gp-band"') == 1, path
        assert 'content="noindex"' in page, path
    assert "gp-band" not in project.read("public/changelog/index.html")
    assert "gp-band" not in project.read("public/about/index.html")
    assert "kumquat" in project.read("internal/releases/faster-export/index.html")


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_internal_comes_out(project: Project, theme: str) -> None:
    """The audit reads these sites too; what the theme itself brings is no leak."""
    project.entry(
        "long-words", "goal: Make the collapsed navigation toggle a placement\n"
    )
    built(project, theme, "public")

    assert not [
        path
        for path, raw in project.files("public").items()
        if b"kumquat" in raw.lower()
    ]
    assert "assets/gatepost-desk.css" not in project.files("public")


def test_material_needs_no_plain_styles(project: Project) -> None:
    """They are neither linked nor copied there."""
    project.build("public")

    assert "assets/gatepost-plain.css" not in project.files("public")
    assert "gatepost-plain" not in project.read("public/changelog/index.html")
