"""GP2xx: ids are unique, permanent and never used twice."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from difflib import SequenceMatcher
from operator import itemgetter

from gatepost.model.finding import Place
from gatepost.model.release import Release
from gatepost.rules.case import Index
from gatepost.rules.rule import Fault, book_rule

_ALIKE = 0.6
_MOST = 500
"""Entries compared letter by letter with a vanished id."""


@book_rule("GP201")
def shared_id(index: Index) -> Iterator[Fault]:
    """No two entries have the same id.

    Why: the id is the entry's address, and two pages cannot live at one address.
    Fix: change the id of the newer entry.
    """
    for release in index.book.releases:
        first = index.book.by_id[release.id]
        if first is not release:
            yield Fault(
                f"the id `{release.id}` is taken by {first.source.path}",
                "give the newer of the two entries another id",
                release.at("id"),
            )


@book_rule("GP202")
def vanished_id(index: Index) -> Iterator[Fault]:
    """An id that was published stays, or leaves a note why it is gone.

    Why: subscribers, bookmarks and other entries point at it; a changed id is sent to all
    subscribers as news.
    Fix: put the old id back, or say in the ledger why the entry is `gone`.
    """
    ledger = index.book.ledger
    for name, row in ledger.rows.items():
        if row.gone or name in index.book.by_id:
            continue
        renamed = _renamed(name, index)
        sentence = f"`{name}` was published, but no entry has this id any more"
        fix = (
            f'if the entry was removed on purpose, write why under `"gone"` of `{name}`'
        )
        if renamed is not None:
            sentence = (
                f"{sentence}; {renamed.source.path} now calls itself `{renamed.id}`"
            )
            fix = f"write `id: {name}` in {renamed.source.path}; {fix}"
        yield Fault(sentence, index.mend_first(name) or fix, Place(ledger.path))


def _renamed(name: str, index: Index) -> Release | None:
    """The entry that probably had this id: its file still says so, or its words do."""
    fresh = [one for one in index.book.releases if one.id not in index.book.ledger.rows]
    for release in fresh:
        if name in release.source.path.removesuffix(".md").split("/"):
            return release
    alike = [(_likeness(name, release), release) for release in fresh[:_MOST]]
    close = [pair for pair in alike if pair[0] >= _ALIKE]
    return max(close, key=itemgetter(0))[1] if close else None


def _likeness(name: str, release: Release) -> float:
    stem = posixpath.basename(
        release.source.path.removesuffix("/index.md")
    ).removesuffix(".md")
    title = "-".join(release.title.lower().split())
    return max(
        SequenceMatcher(None, name, other).ratio()
        for other in (release.id, stem, title)
    )


@book_rule("GP203")
def reused_id(index: Index) -> Iterator[Fault]:
    """An id whose entry is gone is never used again.

    Why: whoever kept the old address would land on something else.
    Fix: choose another id.
    """
    rows = index.book.ledger.rows
    for release in index.book.releases:
        row = rows.get(release.id)
        if row is not None and row.gone:
            why = row.gone.strip().removesuffix(".")
            yield Fault(
                f"the id `{release.id}` belonged to an entry that is gone: {why}",
                "choose another id for this entry",
                release.at("id"),
            )


@book_rule("GP204")
def shared_feed_id(index: Index) -> Iterator[Fault]:
    """No two ids share a permanent feed id.

    Why: feed readers take two items with one id for one item, and show only the first.
    Fix: put back the `feed_id` the ledger had before; a ledger is not edited by hand.
    """
    ledger = index.book.ledger
    owners: dict[str, str] = {}
    for name, row in ledger.rows.items():
        first = owners.setdefault(row.feed_id, name)
        if first != name:
            yield Fault(
                f"`{first}` and `{name}` have the same feed id `{row.feed_id}`",
                at=Place(ledger.path),
            )
    for name, row in ledger.rows.items():
        other = row.feed_id.rpartition(":")[2]
        if other != name and other in index.book.by_id and other not in ledger.rows:
            yield Fault(
                f"the id `{other}` would get the feed id that `{name}` already has",
                "choose another id for this entry",
                index.book.by_id[other].at("id"),
            )
