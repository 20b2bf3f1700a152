"""A site as composing knows it, for tests that compose without a build."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from gatepost.model.book import Book
from gatepost.outputs.edition import Site

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
PUBLIC = Site(
    name="Harbour",
    url="https://public.harbour.example/",
    description="",
    language="en",
    reader="public",
    insider=False,
    page_size=20,
    feed_size=20,
    intro="",
    roadmap_notice="",
    roadmap_moves=True,
    stale_after_days=90,
    source_url="",
    as_of=AS_OF,
    zone=UTC,
)
INTERNAL = replace(
    PUBLIC,
    url="https://internal.harbour.example/",
    reader="internal",
    insider=True,
    source_url="https://git.harbour.example/{path}#L{line}",
)


def site_over(book: Book, site: Site = PUBLIC) -> Site:
    """*site* with the clock and the zone of a book."""
    return replace(site, as_of=book.as_of, zone=book.registry.clock.zone)
