"""Every finding about a book: what the rules say, and what rendering had to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.audience.entry import Entry
from gatepost.markdown.render import RenderError
from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.model.release import Release
from gatepost.outputs.assemble import ENTRY_LINK, Bodies, Resolve, Sources
from gatepost.rules.judge import judge
from gatepost.rules.rendered import cannot_be_rendered, not_kept

READERS = ("public", "internal")
_QUOTED = re.compile(r"(?<=attribute )(\S+)|<([\w!-]+)|\b(\w+:\S+)")


def examine(book: Book, bodies: Bodies) -> tuple[Finding, ...]:
    """Judge the book and render every body, as outsiders and as insiders read it."""
    found = {*judge(book), *_rendering(book, bodies)}
    return tuple(sorted(found))


def _rendering(book: Book, bodies: Bodies) -> Iterator[Finding]:
    wanted = tuple(_wanted(book, bodies))
    bodies.prepare(wanted)
    for entry, resolve in wanted:
        release = book.by_id[entry.id]
        try:
            rendered = bodies.render(entry, resolve)
        except RenderError as error:
            yield cannot_be_rendered(_body_place(release), str(error))
            continue
        for words in rendered.removed:
            if ENTRY_LINK in words:
                continue  # the rules say more about links between entries
            yield not_kept(_place_of(release, words), words)


def _wanted(book: Book, bodies: Bodies) -> Iterator[tuple[Entry, Resolve]]:
    """Every body, as outsiders and as insiders read it."""
    for reader in READERS:
        entries = bodies.entries(book, reader)
        sources = Sources.of(book, entries)
        yield from ((entry, sources.resolver(entry)) for entry in entries)


def _body_place(release: Release) -> Place:
    return Place(release.source.path, release.body.first_line)


def _place_of(release: Release, words: str) -> Place:
    """Where the culprit stands, by the piece of source the words quote, else where the body is."""
    body, path = release.body, release.source.path
    texts = [
        (body.public, body.first_line),
        *((cut.text, cut.line) for cut in body.cuts),
    ]
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
