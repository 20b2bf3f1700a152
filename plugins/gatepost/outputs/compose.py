"""Compose a whole site: every page, feed and file its readers get."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.outputs.api import entry_files, machine_files
from gatepost.outputs.artifact import Artifact, CopyArtifact
from gatepost.outputs.calendar_public import calendar_files
from gatepost.outputs.card import Cards
from gatepost.outputs.edition import Edition
from gatepost.outputs.feeds import channels, feed_files
from gatepost.outputs.filter_index import filter_files
from gatepost.outputs.front import home_page, subscribe_page
from gatepost.outputs.insight import NOTHING, Insight
from gatepost.outputs.log import changelog_pages
from gatepost.outputs.notices import deprecations_page, known_issues_page
from gatepost.outputs.release_page import release_pages
from gatepost.outputs.roadmap import roadmap_page
from gatepost.outputs.social_card import social_files
from gatepost.outputs.upgrade import upgrade_files


def compose(edition: Edition, insight: Insight = NOTHING) -> Iterator[Artifact]:
    """All artifacts of a site.

    Args:
        edition: What the site's readers may see.
        insight: The internal pages; nothing on sites for outsiders, whose composition does not
            even load what knows an internal field.
    """
    cards = Cards(edition)
    rows = channels(edition)
    yield home_page(edition, cards, insight.doors)
    yield from changelog_pages(edition, cards)
    pages = release_pages(edition, insight.links or {})
    # Side by side, so that one process writes all that is made of an entry, and no other has to
    # copy it.
    for entry, page in zip(edition.entries, pages, strict=True):
        yield page
        yield from entry_files(edition, entry)
    yield roadmap_page(edition)
    yield known_issues_page(edition)
    yield deprecations_page(edition)
    yield from upgrade_files(edition, cards)
    yield subscribe_page(edition, rows)
    yield from insight.pages
    yield from feed_files(edition, rows)
    yield from calendar_files(edition, insight.appointments)
    yield from machine_files(edition)
    yield from filter_files(edition)
    yield from social_files(edition)
    for entry in edition.entries:
        for asset in entry.assets:
            yield CopyArtifact(f"{entry.href}{asset.name}", asset.file)
