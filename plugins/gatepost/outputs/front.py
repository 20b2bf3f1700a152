"""The home page and the page of all feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import islice

from markupsafe import Markup

from gatepost.audience.entry import Entry
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.calendar_public import calendar_links
from gatepost.outputs.card import DUE_ROWS, due_rows, entry_link, together
from gatepost.outputs.edition import Edition
from gatepost.outputs.feeds import Channel
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.linked_data import linked_site
from gatepost.outputs.log import CHANGELOG
from gatepost.outputs.notices import ENDS, KNOWN_ISSUES
from gatepost.outputs.roadmap import ROADMAP, item, upcoming
from gatepost.outputs.templates import render
from gatepost.outputs.views import FeedSet, HomeView, Link, SubscribeView
from gatepost.outputs.words import changes

SUBSCRIBE = "subscribe/"
LATEST = 5
UPCOMING = 3
PREVIEWED = 3
"""Items of a feed that the page of all feeds shows."""


def home_page(
    edition: Edition, cards: Mapping[str, Markup], desk: tuple[Link, ...]
) -> PageArtifact:
    """Latest releases, what is next, how to subscribe."""
    site = edition.site
    pinned = [entry for entry in edition.log if entry.pin]
    others = (entry for entry in edition.log if not entry.pin)
    latest = [*islice(others, max(0, LATEST - len(pinned)))]
    tongue = site.tongue
    new = tongue.gettext("What is new in {name}").format(name=site.name)
    lead = site.description or site.intro or f"{new}."
    view = HomeView(
        title=site.name if site.insider else new,
        lead=lead,
        due=due_rows(edition.site, edition.log)[:DUE_ROWS],
        pinned_html=tuple(together(pinned[:LATEST], cards)),
        cards_html=tuple(together(latest, cards)),
        all=Link(
            tongue.gettext("All changes"),
            f"{ROOT}{CHANGELOG}",
            changes(len(edition.log), tongue),
        ),
        upcoming=tuple(item(entry, site) for entry in upcoming(edition)[:UPCOMING]),
        roadmap=Link(tongue.gettext("Roadmap"), f"{ROOT}{ROADMAP}"),
        feed=feed_set(site, "all", tongue.gettext("All changes")),
        subscribe=Link(tongue.gettext("All feeds"), f"{ROOT}{SUBSCRIBE}"),
        empty=tongue.gettext(
            "Nothing released yet. Subscribe to hear of the first change."
        ),
        desk=desk,
    )
    return PageArtifact(
        path="",
        title=view.title,
        description=lead,
        draw=partial(render, "home.html", view, tongue),
        section="",
        feed=view.feed,
        linked=partial(linked_site, site),
    )


def subscribe_page(edition: Edition, channels: tuple[Channel, ...]) -> PageArtifact:
    """Every feed explained, to copy."""
    site, tongue = edition.site, edition.site.tongue
    notices = tongue.gettext("Roadmap and notices")
    heads = {
        "product": tongue.gettext("By product"),
        "type": tongue.gettext("By type"),
        "for": tongue.gettext("For whom"),
        "roadmap": notices,
        KNOWN_ISSUES: notices,
        ENDS: notices,
    }
    groups: dict[str, list[FeedSet]] = {head: [] for head in heads.values()}
    for channel in channels:
        head = heads.get(channel.key.partition("/")[0])
        if head and channel.key.count("/") < 2:  # noqa: PLR2004 - product-and-type feeds are too many to list
            groups[head].append(_absolute(site.url, edition, channel))
    main = next(channel for channel in channels if channel.key == "all")
    view = SubscribeView(
        title=tongue.gettext("Subscribe"),
        lead=tongue.gettext(
            "Follow all changes, or only those that concern you. No account needed."
        ),
        main=_absolute(site.url, edition, main),
        groups=tuple((head, tuple(rows)) for head, rows in groups.items() if rows),
        json_href=f"{site.url}api/v1/changelog.json",
        preview=tuple(_told(edition, entry) for entry in main.entries[:PREVIEWED]),
        calendars=calendar_links(edition),
    )
    return PageArtifact(
        path=SUBSCRIBE,
        title=view.title,
        description=view.lead,
        draw=partial(render, "subscribe.html", view, tongue),
        section=SUBSCRIBE,
        feed=feed_set(site, "all", tongue.gettext("All changes")),
        text="RSS Atom JSON Feed "
        + " ".join(channel.title for channel in channels[:50]),
    )


def _told(edition: Edition, entry: Entry) -> Link:
    on = edition.site.day(entry.published).text if entry.published else ""
    return replace(entry_link(entry), note=on)


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
