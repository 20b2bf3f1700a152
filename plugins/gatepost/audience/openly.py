"""What anyone may read: the texts a site is made of, so that common words prove nothing."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from gatepost.audience.canaries import named_keys
from gatepost.audience.phrases import WEEKDAYS
from gatepost.audience.withheld import tree_values, values
from gatepost.content.translation import translated_releases
from gatepost.model.book import Book
from gatepost.model.moment import MONTHS
from gatepost.model.phase import PHASES
from gatepost.model.registry import Registry
from gatepost.model.release import FrontMatter, Release

_TEXT_SUFFIXES = frozenset(
    {
        *(".html", ".xml", ".js", ".css", ".json", ".svg", ".md", ".yml", ".py"),
        *(".txt", ".po"),
    }
)
_PYTHON_NOTES = re.compile(r'"""[\s\S]*?"""|#[^\n]*')
_FORMATS = (
    "rssboard.org rss-specification w3.org 2005 Atom purl.org content modules dublin core "
    "jsonfeed.org version python-feedgen lkiesow generator sitemaps.org schemas sitemap urlset "
    "json-schema.org draft schema VCALENDAR VEVENT VTIMEZONE DTSTAMP PRODID PUBLISH TRANSPARENT "
    "CALSCALE GREGORIAN DURATION INTERVAL REFRESH CALNAME CALDESC STANDARD DAYLIGHT TZOFFSETFROM "
    "TZOFFSETTO RRULE FREQ YEARLY SEQUENCE CONFIRMED TENTATIVE CANCELLED CATEGORIES "
    "config fields boost title text tags lang separator pipeline stopWordFilter stemmer trimmer "
    "docs location"
)
"""Words of the formats a site is written in."""
_HEADING = re.compile(r"(?m)^[ ]{0,3}#+[ \t]+(.+)")
_LABELLED = ("personas", "plans", "regions", "platforms", "hosting")


def public_texts(
    book: Book, reader: str, *, seen: Collection[str], published: Collection[str] = ()
) -> Iterator[str]:
    """Give every text of *book* that *reader* may read, and the words of the format itself.

    Arguments are those of `canaries`. A text that is nothing but the id of an entry these readers
    do not see is left out, however public its field.
    """
    yield from _format_words()
    yield from _registry_texts(book, reader, seen)
    yield from _ledger_texts(book)
    yield from published
    yield from book.registry.policy.public_words
    unseen = {release.id for release in book.releases} - set(seen)
    clearance = book.registry.clearance(reader)
    for release in (*book.releases, *translated_releases(book)):
        if release.id not in seen:
            continue
        for value in values(release):
            if value.allowed(clearance) and value.text not in unseen:
                yield value.text
        for key, tree in release.source.extra.items():
            own = book.registry.fields.get(key, "internal")
            found = tree_values({key: tree}, (), own)
            yield from (value.text for value in found if value.allowed(clearance))
        body = release.body.public if clearance == "public" else release.body.whole
        yield from _joined(release, body, book.registry)
        # Addresses of headings begin with the entry's id.
        yield from (f"{release.id} {heading}" for heading in _HEADING.findall(body))


def _joined(release: Release, body: str, registry: Registry) -> Iterator[str]:
    """What pages and search indexes put side by side: labels, and the text before them."""
    keys = (*release.products, *release.components)
    names = " ".join(registry.name_of(key) for key in keys)
    lead = (release.summary, release.what, release.who, release.action)
    yield f"{' '.join(lead)}\n{body}\n{names} {release.version}"
    yield " ".join(keys)


def folder_texts(
    folder: Path,
    *,
    leave_out: Collection[str] = (),
    endings: Collection[str] = _TEXT_SUFFIXES,
) -> Iterator[str]:
    """Give the texts of templates, style sheets, scripts and modules below *folder*.

    Args:
        folder: A theme's or package's folder, or the folder of hand-written pages.
        leave_out: Names of folders that are not entered, such as `.icons`.
        endings: Of the files that are read; those of all texts when left out.

    Returns:
        The text of each file. Python modules come without comments and docstrings, whose examples
        never reach a page.
    """
    for here, folders, names in os.walk(folder):
        # A theme's icons are ten thousand files: they are not even listed.
        folders[:] = sorted(set(folders).difference(leave_out))
        for file in sorted(Path(here) / name for name in names):
            if file.suffix not in endings or not file.is_file():
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            yield _PYTHON_NOTES.sub(" ", text) if file.suffix == ".py" else text


@cache
def _format_words() -> tuple[str, ...]:
    schemas = (FrontMatter, Registry)
    return (
        *(json.dumps(schema.model_json_schema()) for schema in schemas),
        *(
            f"{row.key}\n{row.label}\n{row.public_wording}\n{row.exit_gate}"
            for row in PHASES
        ),
        *(" ".join(row.signers) for row in PHASES),
        *MONTHS,
        _FORMATS,
        "content releases index md registry yml ledger json",
        *WEEKDAYS,
    )


def _registry_texts(book: Book, reader: str, seen: Collection[str]) -> Iterator[str]:
    registry = book.registry
    if registry.clearance(reader) != "public":
        yield registry.model_dump_json()
        return
    used = named_keys(book, seen)
    for key, row in {**registry.components, **registry.products}.items():
        if key in used:
            yield from (key, row.name, row.group, row.url, *row.names.values())
    for section in _LABELLED:
        for key, label in getattr(registry, section).items():
            yield from (key, label.label, *label.labels.values())
    for phase in registry.phases.values():
        yield from (phase.public_wording, *phase.public_wordings.values())


def _ledger_texts(book: Book) -> Iterator[str]:
    """What was promised to subscribers once is known, whatever became of it."""
    yield book.host
    for key, row in book.ledger.rows.items():
        yield from (key, row.feed_id)
