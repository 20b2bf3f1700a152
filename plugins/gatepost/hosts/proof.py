"""Prove that a written site holds nothing its readers may not see."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import gatepost
from gatepost.audience.audit import MANIFEST, Report, audit
from gatepost.audience.canaries import canaries
from gatepost.audience.entry import Entry
from gatepost.audience.openly import folder_texts, public_texts
from gatepost.audience.watchlist import Watchlist, watchlist
from gatepost.hosts.sites import SiteConfig
from gatepost.hosts.themes import Themes
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
_SPEAKING = ("outputs", "model", "hosts", "languages")
"""Rooms of the package whose words stand on pages."""


def watch_for(
    site: SiteConfig,
    book: Book,
    entries: tuple[Entry, ...],
    themes: Themes,
) -> Watchlist:
    """Index everything a site's readers may not see.

    Args:
        site: The site's configuration.
        book: Everything that was read.
        entries: What the site's readers may see.
        themes: Folders of the theme, whose words are no news.
    """
    seen = frozenset(entry.id for entry in entries)
    published = frozenset(_published(entries))
    reader = site.settings.audience
    withheld = canaries(book, reader, seen=seen, published=published)
    open_texts = chain(
        public_texts(book, reader, seen=seen, published=published),
        themes.texts(),
        _spoken(),
        OWN_NAMES,
        folder_texts(site.docs_dir),
        (site.path.read_text("utf-8", "replace"),),
    )
    return watchlist(withheld, open_texts, own_host=site.host)


def prove(
    out: Path,
    watch: Watchlist,
    entries: tuple[Entry, ...],
    themes: Themes,
) -> Report:
    """Search a written site for everything its readers may not see.

    Args:
        out: The written site.
        watch: What must not be found; see `watch_for`.
        entries: What the site's readers may see.
        themes: Folders of the theme, whose files are copied as they are. Those of installed ones
            are no secret; scripts in the site's own folder are searched as attachments are.
    """
    chosen = {*_published(entries).values(), *themes.code(out)}
    return audit(out, watch, trusted=themes.digests(), chosen=frozenset(chosen))


def _published(entries: tuple[Entry, ...]) -> dict[str, str]:
    """Attachments that readers get: where each lies, and its address on the site."""
    return {
        asset.file: f"{entry.href}{asset.name}"
        for entry in entries
        for asset in entry.assets
    }


@cache
def _spoken() -> tuple[str, ...]:
    """The words of our own pages: they prove nothing."""
    package = Path(gatepost.__file__).parent
    return tuple(text for room in _SPEAKING for text in folder_texts(package / room))


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
