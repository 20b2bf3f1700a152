"""The addresses of a feed in its three formats."""

from __future__ import annotations

from functools import lru_cache

from gatepost.outputs.artifact import ROOT
from gatepost.outputs.edition import Site
from gatepost.outputs.views import FeedSet

FORMATS = {
    "rss": ("rss.xml", "application/rss+xml"),
    "atom": ("atom.xml", "application/atom+xml"),
    "json": ("json", "application/feed+json"),
}
"""Ending and media type of each format."""


@lru_cache(4096)
def feed_set(
    site: Site, key: str, name: str, about: str = "", count: int = 0
) -> FeedSet:
    """The feed *key*, such as `all` or `product/billing`, as links of a page.

    Thousands of pages announce the same feed: they share it.
    """
    rss, atom, json = (f"{ROOT}feeds/{key}.{ending}" for ending, _ in FORMATS.values())
    return FeedSet(f"{site.name}: {name}", rss, atom, json, about, count)
