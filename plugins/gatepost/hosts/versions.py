"""The same site in other languages: the menu in the header, and what search engines are told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from gatepost.outputs.edition import Site
from gatepost.outputs.tongue import own_name

PATH = "gatepostslotpath"
"""Stands in a frame where the address of its page follows that of the site."""
_THEME_LINKS = re.compile(r'<link rel="?alternate"?[^<>]*\shreflang=[^<>]*>\s*')
_MENU = re.compile(r'(<a href="[^"]*)("[^<>]*class="md-select__link")')

Versions = tuple[tuple[str, str], ...]
"""Language and absolute address of a site in each of its languages."""


def menu(versions: Versions, here: str) -> list[dict[str, str]]:
    """The languages as the theme's menu wants them, each by its own name.

    Args:
        versions: All languages.
        here: Address of the site that has the menu; others of its host go by their path.
    """
    rows = []
    for language, url in versions:
        parts = urlsplit(url)
        same = parts[:2] == urlsplit(here)[:2]
        link = parts.path if same else url
        rows.append({"name": own_name(language), "link": link, "lang": language})
    return rows


def alternates(site: Site, path: str) -> Iterable[str]:
    """The `<link>` of a page in each language, the main one also for everybody else.

    The space after the word keeps the theme's script from fetching a sitemap for each of them.
    """
    for number, (language, url) in enumerate(site.versions):
        href = escape(url + path)
        for name in (language, "x-default") if not number else (language,):
            yield f'<link rel="alternate " hreflang="{escape(name)}" href="{href}">'


def without_theme_links(drawn: str) -> str:
    """A page without the theme's own links to other languages, which lead to their home pages."""
    return _THEME_LINKS.sub("", drawn)


def with_paths(drawn: str) -> str:
    """A frame whose language menu leads to the same page in each language."""
    return _MENU.sub(rf"\1{PATH}\2", drawn)
