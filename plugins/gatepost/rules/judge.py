"""Judge a book: every rule over every release, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.content.translation import translated_releases
from gatepost.model.book import Book
from gatepost.model.finding import Finding
from gatepost.rules.case import Case, Index
from gatepost.rules.overrides import overridden
from gatepost.rules.rule import ENDED, BookRule, Rule
from gatepost.rules.table import JUDGED, OF_WORDS, RULES

_BOOK_RULES = tuple(rule for rule in JUDGED if isinstance(rule, BookRule))
_RULES = tuple(rule for rule in JUDGED if isinstance(rule, Rule))


def judge(book: Book) -> tuple[Finding, ...]:
    """Find everything that is to be mended in a book, sorted by place, then code.

    The book's own findings are part of it. Each finding has the level its site wants.
    """
    found = (
        overridden(finding, book.registry.rules)
        for finding in (*book.findings, *_judged(Index.of(book, RULES)))
    )
    return tuple(sorted({finding for finding in found if finding is not None}))


def _judged(index: Index) -> Iterator[Finding]:
    for book_rule in _BOOK_RULES:
        yield from book_rule.findings(index)
    yield from _translations(index)
    # Most releases are alike: which rules concern them is worked out once for each sort.
    chosen: dict[tuple[object, ...], tuple[Rule, ...]] = {}
    for release in index.book.releases:
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
