"""Every finding about a book: what the rules say, and what rendering had to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.audience.entry import Entry
from gatepost.content.in_language import in_language
from gatepost.content.links import find_links
from gatepost.markdown.render import RenderError
from gatepost.markdown.sanitise import address
from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.model.release import Release
from gatepost.outputs.assemble import ENTRY_LINK, Bodies, Resolve, Sources, make_entries
from gatepost.rules.judge import judge
from gatepost.rules.rendered import cannot_be_rendered, not_kept

READERS = ("public", "internal")
UNSAFE = "GP309"
"""The rule about addresses: it says more of one than that it was taken away."""
_QUOTED = re.compile(r"(?<=attribute )(\S+)|<([\w!-]+)|\b(\w+:\S+)")


def examine(book: Book, bodies: Bodies) -> tuple[Finding, ...]:
    """Judge the book and render every body, as outsiders and as insiders read it."""
    judged = judge(book)
    refused = {
        one.place for one in judged if one.code == UNSAFE and one.level == "error"
    }
    rendered = (one for one in _rendering(book, bodies) if one.place not in refused)
    return tuple(sorted({*judged, *rendered}))


def _rendering(book: Book, bodies: Bodies) -> Iterator[Finding]:
    wanted = tuple(_wanted(book, bodies))
    bodies.prepare((entry, resolve) for entry, resolve, _ in wanted)
    for entry, resolve, versions in wanted:
        release = versions.by_id[entry.id]
        try:
            rendered = bodies.render(entry, resolve)
        except RenderError as error:
            yield cannot_be_rendered(_body_place(release), str(error))
            continue
        for words in rendered.removed:
            if ENTRY_LINK in words:
                continue  # the rules say more about links between entries
            yield not_kept(_place_of(release, words), words)


def _wanted(book: Book, bodies: Bodies) -> Iterator[tuple[Entry, Resolve, Book]]:
    """Every body, as outsiders and as insiders read it, with the book it is in."""
    for reader in READERS:
        yield from _resolved(bodies.entries(book, reader), book)
    for language in sorted({one.lang for one in book.translations}):
        other = in_language(book, language)
        yield from _resolved(make_entries(other, "public"), other)


def _resolved(
    entries: tuple[Entry, ...], book: Book
) -> Iterator[tuple[Entry, Resolve, Book]]:
    sources = Sources.of(book, entries)
    yield from ((entry, sources.resolver(entry), book) for entry in entries)


def _body_place(release: Release) -> Place:
    return Place(release.source.path, release.body.first_line)


def _place_of(release: Release, words: str) -> Place:
    """Where the culprit stands, by the piece of source the words quote, else where the body is."""
    body, path = release.body, release.source.path
    texts = [
        (body.public, body.first_line),
        *((cut.text, cut.line) for cut in body.cuts),
    ]
    for text, first in texts:
        for link in find_links(text):
            if address(link.target) == words:
                return Place(path, first + link.line - 1, link.column)
    for piece in _pieces(words):
        for text, first in texts:
            at = text.find(piece)
            if at >= 0:
                line = first + text.count("\n", 0, at)
                return Place(path, line, at - text.rfind("\n", 0, at))
    return _body_place(release)


def _pieces(words: str) -> Iterator[str]:
    """What the words quote of the source: a tag, an attribute, an address."""
    for match in _QUOTED.finditer(words):
        yield match[1] or match[3] or f"<{match[2]}"
