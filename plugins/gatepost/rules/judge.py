"""Judge a book: every rule over every release, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gatepost.content.translation import translated_releases
from gatepost.model.book import Book, Guess
from gatepost.model.finding import Finding
from gatepost.rules.case import Case, Index
from gatepost.rules.overrides import overridden
from gatepost.rules.rule import ENDED, BookRule, Rule
from gatepost.rules.table import JUDGED, OF_WORDS, RULES

_ABOUT_FIELDS = "GP1"
"""Codes below are about files: they can be told without a registry."""
_BOOK_RULES = tuple(rule for rule in JUDGED if isinstance(rule, BookRule))
_RULES = tuple(rule for rule in JUDGED if isinstance(rule, Rule))


def judge(book: Book) -> tuple[Finding, ...]:
    """Find everything that is to be mended in a book, sorted by place, then code.

    The book's own findings are part of it. Each finding has the level its site wants. While
    there is no registry that can be read, that is all there is to say of what entries take from it.
    """
    if is_without_registry(book):
        return tuple(sorted(one for one in book.findings if one.code < _ABOUT_FIELDS))
    return _found(book)


def judge_entry(book: Book, path: str) -> tuple[Finding, ...]:
    """What `judge` finds in one file, without what several entries break together.

    Args:
        book: All entries, that one among its releases or its guesses.
        path: The file of the entry, relative to the root.
    """
    found = replace(
        book,
        findings=tuple(one for one in book.findings if one.place.path == path),
        guesses=tuple(one for one in book.guesses if one.release.source.path == path),
    )
    return _found(found, path)


def is_without_registry(book: Book) -> bool:
    """Whether there is no registry, or one so broken that no line of it can be used."""
    return not book.registry.places and any(
        one.place.path == book.registry_path and one.level == "error"
        for one in book.findings
    )


def _found(book: Book, path: str = "") -> tuple[Finding, ...]:
    """Everything there is to find in a book; with *path*, by the rules about one entry in it."""
    whole = replace(
        book, releases=(*book.releases, *(one.release for one in book.guesses))
    )
    index = Index.of(whole, RULES)
    judged = _apart_from(
        book.guesses, _of_entries(index, path) if path else _judged(index)
    )
    found = (
        overridden(finding, book.registry.rules)
        for finding in (*book.findings, *judged)
    )
    return tuple(sorted({finding for finding in found if finding is not None}))


def _apart_from(
    guesses: tuple[Guess, ...], found: Iterator[Finding]
) -> Iterator[Finding]:
    """What was found, without what is said of a field that had to be guessed."""
    guessed = {one.release.source.path: one for one in guesses}
    for finding in found:
        one = guessed.get(finding.place.path)
        if one is None or not (_names(finding, one) or _stands_at(finding, one)):
            yield finding


def _names(finding: Finding, one: Guess) -> bool:
    said = f"{finding} {finding.fix}"
    return any(re.search(rf"\b{re.escape(name)}\b", said) for name in one.fields)


def _stands_at(finding: Finding, one: Guess) -> bool:
    return any(
        place.line == finding.place.line
        for path, place in one.release.source.places.items()
        if path and path[0] in one.fields
    )


def _judged(index: Index) -> Iterator[Finding]:
    for book_rule in _BOOK_RULES:
        yield from book_rule.findings(index)
    yield from _translations(index)
    yield from _of_entries(index)


def _of_entries(index: Index, path: str = "") -> Iterator[Finding]:
    """What entries break by themselves; with *path*, the one of that file."""
    # Most releases are alike: which rules concern them is worked out once for each sort.
    chosen: dict[tuple[object, ...], tuple[Rule, ...]] = {}
    for release in index.book.releases:
        if path and release.source.path != path:
            continue
        case = Case(release, index)
        sort = (
            release.kind,
            release.phase,
            case.public,
            release.state in ENDED,
            release.imported is None,
        )
        if sort not in chosen:
            chosen[sort] = tuple(
                rule for rule in _RULES if rule.concerns(release, public=case.public)
            )
        for rule in chosen[sort]:
            yield from rule.findings(case)


def _translations(index: Index) -> Iterator[Finding]:
    """What the words of entries in other languages break; the rest is judged at the original."""
    for release in translated_releases(index.book):
        case = Case(release, index)
        for rule in OF_WORDS:
            if rule.concerns(release, public=case.public):
                yield from rule.findings(case)
