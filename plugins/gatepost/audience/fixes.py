"""Whether the fix of a known issue is out, or only planned."""

from __future__ import annotations

from gatepost.audience.visibility import TAKEN_BACK, standing
from gatepost.model.book import Book
from gatepost.model.parts import KnownIssue
from gatepost.model.release import Release
from gatepost.rules.readers import outside_readers, readers_of, withheld


def fix_is_out(issue: KnownIssue, release: Release, book: Book) -> bool:
    """Say whether readers can have what fixes an issue of *release*.

    It is out once the issue is called fixed, or once the release that `fixed_in` names, by its id
    or by its version and a product of both, stands in the changelog for outsiders and in effect.
    What only colleagues read of tells outsiders nothing.
    """
    if issue.status == "fixed":
        return True
    named = [
        *(one for one in (book.by_id.get(issue.fixed_in),) if one),
        *(
            one
            for one in book.of_version.get(issue.fixed_in, ())
            if _products(one) & _products(release)
        ),
    ]
    outside = outside_readers(book.registry)
    return any(
        bool(readers_of(one.audience, outside)) and _out(one, book) for one in named
    )


def _products(release: Release) -> set[str]:
    return {*release.products, *release.components}


def _out(release: Release, book: Book) -> bool:
    return (
        standing(release, book.ledger, book.as_of).logged
        and release.state not in TAKEN_BACK
        and not withheld(release, book.as_of)
    )
