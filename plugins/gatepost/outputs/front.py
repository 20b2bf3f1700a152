"""The home page and the page of all feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.calendar_public import calendar_links
from gatepost.outputs.card import DUE_ROWS, due_rows
from gatepost.outputs.edition import Edition
from gatepost.outputs.feeds import Channel
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.linked_data import linked_site
from gatepost.outputs.log import CHANGELOG
from gatepost.outputs.notices import ENDS, KNOWN_ISSUES
from gatepost.outputs.roadmap import ROADMAP, item, upcoming
from gatepost.outputs.templates import render
from gatepost.outputs.views import FeedSet, HomeView, Link, SubscribeView
from gatepost.outputs.words import counted

SUBSCRIBE = "subscribe/"
LATEST = 5
UPCOMING = 3


def home_page(
    edition: Edition, cards: Mapping[str, Markup], desk: tuple[Link, ...]
) -> PageArtifact:
    """Latest releases, what is next, how to subscribe."""
    site = edition.site
    pinned = [entry for entry in edition.log if entry.pin]
    latest = [*pinned, *(entry for entry in edition.log if not entry.pin)][:LATEST]
    lead = site.description or site.intro or f"What is new in {site.name}."
    view = HomeView(
        title=site.name if site.insider else f"What is new in {site.name}",
        lead=lead,
        due=due_rows(edition.site, edition.log)[:DUE_ROWS],
        cards_html=tuple(cards[entry.id] for entry in latest),
        all=Link(
            "All changes",
            f"{ROOT}{CHANGELOG}",
            counted(len(edition.log), "change", "changes"),
        ),
        upcoming=tuple(item(entry, site) for entry in upcoming(edition)[:UPCOMING]),
        roadmap=Link("Roadmap", f"{ROOT}{ROADMAP}"),
        feed=feed_set(site, "all", "All changes"),
        subscribe=Link("All feeds", f"{ROOT}{SUBSCRIBE}"),
        empty="Nothing released yet.",
        desk=desk,
    )
    return PageArtifact(
        path="",
        title=view.title,
        description=lead,
        draw=partial(render, "home.html", view),
        section="",
        feed=view.feed,
        linked=partial(linked_site, site),
    )


def subscribe_page(edition: Edition, channels: tuple[Channel, ...]) -> PageArtifact:
    """Every feed explained, to copy."""
    site = edition.site
    heads = {
        "product": "By product",
        "type": "By type",
        "for": "For whom",
        "roadmap": "Roadmap and notices",
        KNOWN_ISSUES: "Roadmap and notices",
        ENDS: "Roadmap and notices",
    }
    groups: dict[str, list[FeedSet]] = {head: [] for head in heads.values()}
    for channel in channels:
        head = heads.get(channel.key.partition("/")[0])
        if head and channel.key.count("/") < 2:  # noqa: PLR2004 - product-and-type feeds are too many to list
            groups[head].append(_absolute(site.url, edition, channel))
    main = next(channel for channel in channels if channel.key == "all")
    view = SubscribeView(
        title="Subscribe",
        lead="Follow all changes, or only those that concern you. No account needed.",
        main=_absolute(site.url, edition, main),
        groups=tuple((head, tuple(rows)) for head, rows in groups.items() if rows),
        json_href=f"{site.url}api/v1/changelog.json",
        calendars=calendar_links(edition),
    )
    return PageArtifact(
        path=SUBSCRIBE,
        title="Subscribe",
        description=view.lead,
        draw=partial(render, "subscribe.html", view),
        section=SUBSCRIBE,
        feed=feed_set(site, "all", "All changes"),
        text="RSS Atom JSON Feed "
        + " ".join(channel.title for channel in channels[:50]),
    )


def _absolute(url: str, edition: Edition, channel: Channel) -> FeedSet:
    found = feed_set(
        edition.site, channel.key, channel.title, channel.about, len(channel.entries)
    )
    return replace(
        found,
        name=channel.title,
        rss=found.rss.replace(ROOT, url),
        atom=found.atom.replace(ROOT, url),
        json=found.json.replace(ROOT, url),
    )
