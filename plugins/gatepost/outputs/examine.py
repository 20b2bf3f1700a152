"""Every finding about a book: what the rules say, and what rendering had to take away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gatepost.audience.entry import Entry
from gatepost.content.in_language import in_language
from gatepost.content.links import Link, find_links
from gatepost.markdown.render import Rendered, RenderError
from gatepost.markdown.sanitise import address
from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.model.release import Release
from gatepost.outputs.assemble import ENTRY_LINK, Bodies, Resolve, Sources, make_entries
from gatepost.outputs.dead_anchors import Find, dead_anchors
from gatepost.outputs.edition import Edition
from gatepost.parallel import LEAST, started
from gatepost.rules.judge import is_without_registry, judge, judge_entry
from gatepost.rules.overrides import overridden
from gatepost.rules.rendered import cannot_be_rendered, dead_anchor, not_kept

READERS = ("public", "internal")
UNSAFE = "GP309"
"""The rule about addresses: it says more of one than that it was taken away."""
_QUOTED = re.compile(r"(?<=attribute )(\S+)|<([\w!-]+)|\b(\w+:\S+)")


def examine(book: Book, bodies: Bodies) -> tuple[Finding, ...]:
    """Judge the book and render every body, as outsiders and as insiders read it."""
    if is_without_registry(book):
        return judge(book)
    # Beside this process: it takes as long as all that must be done here before the rendering.
    many = len(book.releases) >= LEAST
    judging = started(lambda: judge(book)) if many else lambda: judge(book)
    rendering = tuple(_rendering(book, bodies))
    return _together(book, judging(), rendering)


def examine_entry(
    book: Book, release: Release, edition: Edition, bodies: Bodies
) -> tuple[Finding, ...]:
    """What `examine` finds in one entry, as the readers of one site get it.

    Args:
        book: All entries.
        release: The one that is looked at.
        edition: What those readers may see; the entry with its new text is part of it.
        bodies: Renders its text.
    """
    entry = edition.by_id[release.id]
    resolve = Sources.of(book, edition.entries).resolver(entry)
    found = _of_body(release, entry, resolve, bodies, edition.bodies.get)
    return _together(book, judge_entry(book, release.source.path), found)


def _together(
    book: Book, judged: tuple[Finding, ...], rendering: Iterable[Finding]
) -> tuple[Finding, ...]:
    """What the rules say, and of what rendering took away all that they do not say better."""
    refused = {
        one.place for one in judged if one.code == UNSAFE and one.level == "error"
    }
    rendered = (
        overridden(one, book.registry.rules)
        for one in rendering
        if one.place not in refused
    )
    return tuple(sorted({*judged, *filter(None, rendered)}))


def _rendering(book: Book, bodies: Bodies) -> Iterator[Finding]:
    groups = tuple(_groups(book, bodies))
    bodies.prepare(one for group in groups for one in group.wanted.values())
    for group in groups:
        for entry, resolve in group.wanted.values():
            release = group.book.by_id[entry.id]
            find = group.find(bodies)
            yield from _of_body(release, entry, resolve, bodies, find)


def _of_body(
    release: Release, entry: Entry, resolve: Resolve, bodies: Bodies, find: Find
) -> Iterator[Finding]:
    try:
        removed = bodies.pack(entry, resolve).removed
    except RenderError as error:
        yield cannot_be_rendered(_body_place(release), str(error))
        return
    for words in removed:
        if ENTRY_LINK in words:
            continue  # the rules say more about links between entries
        yield not_kept(_place_of(release, words), words)
    for target, near in dead_anchors(entry, resolve, find):
        fix = f"write `{near}`" if near else ""
        place = _link_place(release, target) or _body_place(release)
        yield dead_anchor(place, target, fix)


class _Group(NamedTuple):
    """Every body that the same readers see, in one language."""

    book: Book
    wanted: dict[str, tuple[Entry, Resolve]]
    """By the entry's id."""

    def find(self, bodies: Bodies) -> Find:
        """How to find the body of an entry among them."""

        def found(one: str) -> Rendered | None:
            if one not in self.wanted:
                return None
            try:
                return bodies.render(*self.wanted[one])
            except RenderError:
                return None

        return found


def _groups(book: Book, bodies: Bodies) -> Iterator[_Group]:
    for reader in READERS:
        yield _group(bodies.entries(book, reader), book)
    for language in sorted({one.lang for one in book.translations}):
        other = in_language(book, language)
        yield _group(make_entries(other, "public"), other)


def _group(entries: tuple[Entry, ...], book: Book) -> _Group:
    sources = Sources.of(book, entries)
    wanted = {entry.id: (entry, sources.resolver(entry)) for entry in entries}
    return _Group(book, wanted)


def _body_place(release: Release) -> Place:
    return Place(release.source.path, release.body.first_line)


def _place_of(release: Release, words: str) -> Place:
    """Where the culprit stands, by the piece of source the words quote, else where the body is."""
    for text, first in _texts(release):
        for link in find_links(text):
            if address(link.target) == words:
                return _place(release, first, link)
    for piece in _pieces(words):
        for text, first in _texts(release):
            at = text.find(piece)
            if at >= 0:
                line = first + text.count("\n", 0, at)
                return Place(release.source.path, line, at - text.rfind("\n", 0, at))
    return _body_place(release)


def _link_place(release: Release, target: str) -> Place | None:
    for text, first in _texts(release):
        for link in find_links(text):
            if link.target == target:
                return _place(release, first, link)
    return None


def _place(release: Release, first: int, link: Link) -> Place:
    return Place(release.source.path, first + link.line - 1, link.column)


def _texts(release: Release) -> Iterator[tuple[str, int]]:
    """What an entry says, each text with the line of the file on which it begins."""
    yield release.body.public, release.body.first_line
    yield from ((cut.text, cut.line) for cut in release.body.cuts)


def _pieces(words: str) -> Iterator[str]:
    """What the words quote of the source: a tag, an attribute, an address."""
    for match in _QUOTED.finditer(words):
        yield match[1] or match[3] or f"<{match[2]}"
