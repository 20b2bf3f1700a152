"""What pages and sections are called in a site's navigation."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title


class SectionPage(Page):
    """A page of the navigation whose content is composed by us."""

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' signature
        """Take no front matter and no Markdown: there is no source file."""
        self.markdown = ""


def nav_title(nav: Any, uri: str) -> str:
    """The title a site's own `nav` gives a page; MkDocs does not ask for it on a ready page."""
    for item in nav if isinstance(nav, list) else ():
        for title, below in item.items() if isinstance(item, dict) else ():
            if below == uri:
                return str(title)
            if found := nav_title(below, uri):
                return found
    return ""


def name_sections(nav: Navigation) -> None:
    """Call each section what our page in it is called.

    Without a `nav` MkDocs calls it what its folder is called, which is English on any site. A
    title that somebody has chosen stays.
    """
    for page in nav.pages:
        section = page.parent
        if not (isinstance(page, SectionPage) and isinstance(section, Section)):
            continue
        folder = page.file.src_uri.removesuffix("/index.md").rpartition("/")[2]
        if section.title == dirname_to_title(folder):
            section.title = str(page.title)
