"""Entries that outsiders will see once a day has come, if the sites are built again then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gatepost.audience.visibility import standing
from gatepost.model.book import Book
from gatepost.model.moment import Moment
from gatepost.model.release import Release
from gatepost.rules.readers import outside_readers, readers_of, withheld


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that time alone withholds."""

    at: datetime
    """When it is to be seen; aware."""
    id: str


def waiting(book: Book) -> tuple[Waiting, ...]:
    """What waits for its time, the soonest first.

    That is what an embargo, an undisclosed advisory or a later publication keeps from outsiders
    who may read it, and nothing else does: no phase that is still to be left, no audience.
    """
    return tuple(sorted(_found(book), key=lambda one: (one.at, one.id)))


def _found(book: Book) -> Iterator[Waiting]:
    outside = outside_readers(book.registry)
    for release in book.releases:
        ahead = [one.at for one in _times(release) if one.at > book.as_of]
        if not ahead or not readers_of(release.audience, outside):
            continue
        last = max(ahead)
        if _shown(release, book, last) > _shown(release, book, book.as_of):
            yield Waiting(last, release.id)


def _times(release: Release) -> Iterator[Moment]:
    """The days an entry may wait for."""
    dates = release.dates
    disclosed = release.security.disclosed_on if release.security else None
    published = dates.published or dates.exposed or dates.deployed
    yield from (one for one in (release.embargo_until, disclosed, published) if one)


def _shown(release: Release, book: Book, at: datetime) -> int:
    """How far outsiders see it at some time: not at all, as a plan, in the changelog."""
    if withheld(release, at):
        return 0
    where = standing(release, book.ledger, at)
    return 2 if where.logged else int(where.planned)
