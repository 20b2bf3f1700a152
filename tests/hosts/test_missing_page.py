"""What a reader sees who follows an address that has no page."""

from __future__ import annotations

import re

import pytest
from small_project import THEME, Project


def links(page: str) -> list[tuple[str, str]]:
    """Address and words of the links in what we composed."""
    ours = page[page.index("<h1>Page not found") :]
    return re.findall(r'<a class="gp-btn" href="([^"]*)">([^<]*)</a>', ours)


@pytest.mark.parametrize("site", ["public", "internal"])
def test_it_says_what_to_do_next(project: Project, site: str) -> None:
    """A sentence, the search, and the ways on; on the frame of all other pages."""
    project.build()
    page = project.read(f"{site}/404.html")

    assert "There is no page at this address." in page
    assert "The search finds every change by its words." in page
    assert "<title>Page not found - Harbour</title>" in page
    assert 'id="gp-content"' in page
    assert links(page) == [
        ("/changelog/", "Changelog"),
        ("/roadmap/", "Roadmap"),
        ("/", "Home"),
    ]
    assert {"changelog/index.html", "roadmap/index.html", "index.html"} <= set(
        project.files(site)
    )


def test_its_links_work_from_any_depth(project: Project) -> None:
    """A site below a path of its server: the page is shown at whatever address was asked for."""
    project.configure(
        "site_config.yml", "public", site_url="https://harbour.example/news/"
    )
    project.build("public")

    assert links(project.read("public/404.html")) == [
        ("/news/changelog/", "Changelog"),
        ("/news/roadmap/", "Roadmap"),
        ("/news/", "Home"),
    ]


def test_a_site_without_search_does_not_speak_of_it(project: Project) -> None:
    """Only what is there is offered."""
    config = project.root / "site_config.yml"
    config.write_text(config.read_text().replace("  search: {}\n", ""), "utf-8")
    project.build("public")

    assert "The search finds" not in project.read("public/404.html")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_in_another_theme_it_says_the_same(project: Project, theme: str) -> None:
    """And on the internal site for whom it is."""
    for name in ("site_config.yml", "site_config.internal.yml"):
        config = project.root / name
        text = config.read_text().replace(THEME, f"theme:\n  name: {theme}\n")
        config.write_text(text, "utf-8")
    project.build()

    for site in ("public", "internal"):
        page = project.read(f"{site}/404.html")
        assert "There is no page at this address." in page
        assert [words for _, words in links(page)] == ["Changelog", "Roadmap", "Home"]
        band = '<p class="gp-band"><strong>Internal.</strong>'
        assert (band in page) == (site == "internal")


def test_a_page_of_the_sites_own_stays(project: Project) -> None:
    """Whoever wrote one keeps it."""
    project.write("own/404.html", "<html><head></head><body>Ahoy</body></html>")
    config = project.root / "site_config.yml"
    text = config.read_text().replace(THEME, f"{THEME}  custom_dir: own\n")
    config.write_text(text, "utf-8")
    project.build("public")

    assert "Ahoy" in project.read("public/404.html")
