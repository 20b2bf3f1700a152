"""Prove that a written site holds nothing its readers may not see."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import gatepost
from gatepost.audience.audit import MANIFEST, Report, audit, file_digests
from gatepost.audience.canaries import canaries
from gatepost.audience.entry import Entry
from gatepost.audience.openly import folder_texts, public_texts
from gatepost.audience.watchlist import Watchlist, watchlist
from gatepost.hosts.sites import SiteConfig
from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.rules.rendered import leaked, stray

OWN_NAMES = (
    MANIFEST,
    "search/search_index.json",
    "sitemap.xml",
    "404.html",
    "index.html",
)
"""Files of every site: their names are no secret."""
_NOT_READ = (".icons", "assets", "node_modules")
"""Folders of themes without words that come on pages."""
_STATIC = frozenset(
    (".js", ".css", ".map", ".woff", ".woff2", ".ttf", ".eot", ".svg", ".png", ".ico")
)
"""Endings of what a theme sends to readers as it is."""
_SPEAKING = ("outputs", "model", "hosts", "languages")
"""Rooms of the package whose words stand on pages."""


def watch_for(
    site: SiteConfig,
    book: Book,
    entries: tuple[Entry, ...],
    themes: tuple[Path, ...],
) -> Watchlist:
    """Index everything a site's readers may not see.

    Args:
        site: The site's configuration.
        book: Everything that was read.
        entries: What the site's readers may see.
        themes: Folders of the theme, in which a word is no news.
    """
    seen = frozenset(entry.id for entry in entries)
    published = frozenset(_published(entries))
    reader = site.settings.audience
    withheld = canaries(book, reader, seen=seen, published=published)
    open_texts = chain(
        public_texts(book, reader, seen=seen, published=published),
        _interface(themes),
        OWN_NAMES,
        folder_texts(site.docs_dir),
        (site.path.read_text("utf-8", "replace"),),
    )
    return watchlist(withheld, open_texts, own_host=site.host)


def prove(
    out: Path,
    watch: Watchlist,
    entries: tuple[Entry, ...],
    themes: tuple[Path, ...],
) -> Report:
    """Search a written site for everything its readers may not see.

    Args:
        out: The written site.
        watch: What must not be found; see `watch_for`.
        entries: What the site's readers may see.
        themes: Folders of the theme, whose files are copied as they are.
    """
    trusted = frozenset().union(*(_digests(folder) for folder in themes))
    return audit(
        out, watch, trusted=trusted, chosen=frozenset(_published(entries).values())
    )


def _published(entries: tuple[Entry, ...]) -> dict[str, str]:
    """Attachments that readers get: where each lies, and its address on the site."""
    return {
        asset.file: f"{entry.href}{asset.name}"
        for entry in entries
        for asset in entry.assets
    }


def _interface(themes: tuple[Path, ...]) -> Iterator[str]:
    """The words of the theme and of our own pages: they prove nothing."""
    package = Path(gatepost.__file__).parent
    for folder in (*themes, *(package / room for room in _SPEAKING)):
        yield from folder_texts(folder, leave_out=_NOT_READ)
    # Scripts and style sheets are copied as they are and not searched; their names are.
    for theme in themes:
        for file in sorted((theme / "assets").rglob("*")):
            yield file.relative_to(theme).as_posix()


@cache
def _digests(theme: Path) -> frozenset[str]:
    """What the theme brings for readers as it is: its scripts, style sheets and pictures.

    They lie in `assets`, or anywhere in an installed theme, which is known by its description. A
    folder of the site's own, with which a theme is changed, has none: what lies there is searched.
    """
    found = file_digests(theme / "assets")
    if not (theme / "mkdocs_theme.yml").is_file():
        return found
    for here, folders, names in os.walk(theme):
        folders[:] = set(folders).difference(_NOT_READ)
        files = (Path(here) / name for name in names)
        found |= {
            hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
            if file.suffix in _STATIC
        }
    return found


def audit_findings(report: Report) -> tuple[Finding, ...]:
    """What an audit found, as findings about the built files."""
    return tuple(sorted({*_leaks(report), *_strays(report)}))


def _leaks(report: Report) -> Iterator[Finding]:
    for leak in report.leaks:
        how = f", as {leak.how}" if leak.how else ""
        what = f"holds `{leak.canary.field}` of {leak.canary.place}{how}"
        yield leaked(Place(leak.path, leak.line, leak.offset + 1), what)


def _strays(report: Report) -> Iterator[Finding]:
    for one in report.strays:
        yield stray(Place(one.path), f"the file is {one.what}")
