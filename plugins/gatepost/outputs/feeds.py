"""RSS 2.0 and Atom 1.0 through feedgen, JSON Feed 1.1 by ourselves, from the same items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache, partial

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from markupsafe import Markup

from gatepost.audience.entry import Entry
from gatepost.outputs.artifact import ROOT, FileArtifact
from gatepost.outputs.card import entry_href, picture
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.feedset import FORMATS
from gatepost.outputs.json_text import json_text
from gatepost.outputs.log import CHANGELOG, type_keys, type_views
from gatepost.outputs.notices import DEPRECATIONS, ENDS, ISSUES, KNOWN_ISSUES
from gatepost.outputs.release_parts import issue_view, lead, notice, parts
from gatepost.outputs.roadmap import ROADMAP, dropped, upcoming
from gatepost.outputs.templates import render
from gatepost.outputs.tongue import is_rtl
from gatepost.outputs.views import Callout, Correction, Picture
from gatepost.outputs.words import (
    FIX,
    OURS,
    inline,
    plain,
    spoken,
    told_summary,
    told_title,
)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside the Char production of XML 1.0, section 2.2."""
_ITEM = re.compile(rb"<item>|<entry(?=[ >])|</channel>|</feed>")
_HELD = 500
"""Items that are held, as feeds and formats share them; each is as long as its entry."""
_EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed: its key is its address without the ending."""

    key: str
    title: str
    about: str
    page: str
    """Address of the page with the same entries, below the site's root."""
    entries: tuple[Entry, ...]
    planned: bool = False
    """Whether it tells of plans, not of changes."""
    issues: bool = False
    """Whether it tells of the known issues of its entries, one by one."""


@dataclass(frozen=True)
class Item:
    """One entry in a feed, the same for all formats."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...]
    lang: str
    """Its language if that is not the feed's."""
    release: Mapping[str, object]
    """The `_release` object of the JSON feed."""

    @cached_property
    def entry(self) -> FeedEntry:
        """The same for RSS and Atom, made once for all feeds it stands in."""
        entry = FeedEntry()
        entry.register_extension("linkattrs", _LinkAttributes)
        entry.linkattrs.lang = self.lang
        entry.id(self.id)
        entry.guid(self.id, permalink=False)
        entry.title(self.title)
        entry.link(href=self.url, rel="alternate", type="text/html")
        entry.summary(self.summary)
        entry.content(self.html, type="html")
        entry.published(self.published)
        entry.updated(self.updated)
        for tag in self.tags:
            entry.category(term=tag)
        return entry


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed item shows. Template: feed_item.html; headings, paragraphs, nothing fancy."""

    notice: Callout | None
    corrections: tuple[Correction, ...]
    lead_html: Markup
    parts: tuple[tuple[str, Markup], ...]
    pictures: tuple[Picture, ...]
    body_html: Markup


def channels(edition: Edition) -> tuple[Channel, ...]:
    """Every feed of the site that has something to say, and the two that always exist."""
    log, tongue = edition.log, edition.site.tongue
    every = tongue.gettext("Every change to {name}.").format(name=edition.site.name)
    changes_to = tongue.gettext("Changes to {name}.")
    rows = [
        Channel("all", tongue.gettext("All changes"), every, CHANGELOG, log),
    ]
    rows += [
        Channel(
            f"product/{row.key}",
            row.label,
            changes_to.format(name=row.label),
            f"{CHANGELOG}product/{row.key}/",
            edition.of_product[row.key],
        )
        for row in edition.products
    ]
    for key, title in type_views(tongue).items():
        if members := tuple(entry for entry in log if key in type_keys(entry)):
            about = tongue.gettext("{type} in all products.").format(type=title)
            rows.append(
                Channel(f"type/{key}", title, about, f"{CHANGELOG}type/{key}/", members)
            )
    rows += [
        Channel(
            f"for/{row.key}",
            row.label,
            tongue.gettext("Changes that concern {people}.").format(people=row.label),
            f"{CHANGELOG}for/{row.key}/",
            edition.for_persona[row.key],
        )
        for row in edition.personas
    ]
    rows += _pairs(edition)
    rows.append(
        Channel(
            "roadmap",
            tongue.gettext("Roadmap"),
            tongue.gettext("What is coming, and what was dropped."),
            ROADMAP,
            (*upcoming(edition), *dropped(edition)),
            planned=True,
        )
    )
    rows += _notices(edition)
    return tuple(rows)


def _notices(edition: Edition) -> tuple[Channel, ...]:
    """The feeds of the pages that gather one kind of notice from all entries."""
    log, name = edition.log, edition.site.name
    gettext = edition.site.tongue.gettext
    return (
        Channel(
            KNOWN_ISSUES,
            gettext("Known issues"),
            gettext("What does not work yet in {name}, and when it does.").format(
                name=name
            ),
            ISSUES,
            tuple(entry for entry in log if entry.issues),
            issues=True,
        ),
        Channel(
            ENDS,
            gettext("Deprecations"),
            gettext("What {name} will switch off.").format(name=name),
            DEPRECATIONS,
            tuple(entry for entry in log if entry.deprecation),
        ),
    )


def _pairs(edition: Edition) -> Iterator[Channel]:
    """Product and type together, such as security fixes of one product."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in edition.log:
        for named in entry.products:
            for key in type_keys(entry):
                groups.setdefault((named.key, key), []).append(entry)
    labels = {named.key: named.label for named in edition.products}
    tongue = edition.site.tongue
    titles, paired = type_views(tongue), tongue.gettext("{product}: {type}")
    sentence = tongue.gettext("{sentence}.")
    for (product, key), members in sorted(groups.items()):
        title = paired.format(product=labels[product], type=titles[key])
        page = f"{CHANGELOG}product/{product}/"
        about = sentence.format(sentence=title)
        yield Channel(
            f"product/{product}/type/{key}", title, about, page, tuple(members)
        )


def feed_files(edition: Edition, rows: Iterable[Channel]) -> Iterator[FileArtifact]:
    """Every channel in all three formats."""

    @lru_cache(_HELD)
    def told(one: str, *, planned: bool) -> Item:
        return item(edition, edition.by_id[one], planned=planned)

    def items(channel: Channel) -> list[Item]:
        members = channel.entries[: edition.site.feed_size]
        if channel.issues:
            return [one for entry in members for one in issue_items(edition, entry)]
        return [told(entry.id, planned=channel.planned) for entry in members]

    # By address: the feeds of a product, which share items, are written one after the other.
    for channel in sorted(rows, key=lambda row: row.key):
        for name, (ending, _) in FORMATS.items():
            yield FileArtifact(
                f"feeds/{channel.key}.{ending}",
                partial(_written, edition, channel, items, name),
            )


def _written(
    edition: Edition,
    channel: Channel,
    items: Callable[[Channel], list[Item]],
    name: str,
) -> bytes:
    """A channel in the format of that name."""
    url = f"{edition.site.url}feeds/{channel.key}.{FORMATS[name][0]}"
    if name == "json":
        return _json_feed(edition, channel, items(channel), url)
    feed = _generator(edition, channel, items(channel), url, name)
    return _spaced(
        feed.rss_str(pretty=False) if name == "rss" else feed.atom_str(pretty=False)
    )


def item(edition: Edition, entry: Entry, *, planned: bool = False) -> Item:
    """An entry as a feed tells it.

    A plan has an id of its own: when it ships, subscribers of the log see it as new.
    """
    first, last = _moments(entry, planned=planned)
    url = entry_href(entry).replace(ROOT, edition.site.url)
    tongue = edition.site.tongue
    html = _clean(render("feed_item.html", _content(edition, entry), tongue))
    return Item(
        id=f"{entry.feed_id}:roadmap" if planned else entry.feed_id,
        url=url,
        title=_clean(told_title(entry, tongue)),
        summary=_clean(told_summary(entry)),
        html=html.replace(ROOT, edition.site.url),
        published=first,
        updated=max(first, last),
        tags=tuple(_clean(tag) for tag in _tags(entry)),
        lang=entry.lang,
        release=_release(entry),
    )


def issue_items(edition: Edition, entry: Entry) -> Iterator[Item]:
    """The known issues of an entry: each is told once, and once more when it is fixed."""
    first, last = _moments(entry, planned=False)
    page = entry_href(entry).replace(ROOT, edition.site.url)
    site, gettext = edition.site, edition.site.tongue.gettext
    say = partial(spoken, lang=entry.lang)
    for issue in entry.issues:
        shown = issue_view(entry, issue, site)
        content = FeedContent(
            notice=None,
            corrections=(),
            lead_html=shown.text_html,
            parts=tuple(
                (head, text)
                for head, text in (
                    (gettext("Status"), inline(shown.status.text)),
                    (gettext("Affected"), say(inline(issue.affected))),
                    (gettext("Until then"), shown.workaround_html),
                    (gettext(FIX[issue.fix_is_out]), inline(issue.fixed_in)),
                    (gettext("Belongs to"), say(inline(entry.title))),
                )
                if text
            ),
            pictures=(),
            body_html=Markup(""),
        )
        title = plain(issue.text)
        if issue.status == "fixed":
            word = gettext("Fixed")
            title = gettext("{word}: {title}").format(word=word, title=title)
        if issue.ours:
            title = f"{OURS}: {title}"
        yield Item(
            id=f"{entry.feed_id}:issue:{issue.id}",
            url=f"{page}#{shown.anchor}",
            title=_clean(title),
            summary=_clean(plain(issue.workaround or issue.affected or issue.text)),
            html=_clean(render("feed_item.html", content, site.tongue)),
            published=first,
            updated=max(first, last),
            tags=tuple(_clean(named.label) for named in entry.products),
            lang=entry.lang,
            release={"about": "The release behind this item", "id": entry.id},
        )


def _moments(entry: Entry, *, planned: bool) -> tuple[datetime, datetime]:
    if planned:
        confirmed = entry.plan.confirmed if entry.plan else None
        moves = [one.at for one in (confirmed, entry.taken_back_on) if one]
        return entry.seen, max(moves, default=entry.seen)
    first = entry.published.at if entry.published else entry.seen
    last = entry.revised.at if entry.revised else first
    back = entry.taken_back_on.at if entry.taken_back and entry.taken_back_on else first
    return first, max(last, back)


def _content(edition: Edition, entry: Entry) -> FeedContent:
    site = edition.site
    return FeedContent(
        notice=notice(edition, entry),
        corrections=tuple(
            Correction(site.day(one.on), inline(one.what))
            for one in entry.updated
            if one.notify
        ),
        lead_html=spoken(lead(edition, entry), entry.lang),
        parts=parts(entry, site.tongue),
        pictures=tuple(picture(entry, shot) for shot in entry.shots if not shot.video),
        body_html=_in_language(edition.bodies[entry.id].html, entry, site),
    )


def _in_language(body: str, entry: Entry, site: Site) -> Markup:
    """A body in a block of its own if its language is not the feed's, or runs the other way."""
    html = Markup(body)  # noqa: S704 - sanitised
    lang = entry.lang or (site.language if site.tongue.rtl else "")
    if not (body and lang):
        return html
    direction = "rtl" if is_rtl(lang) else "ltr"
    return Markup('<div lang="{}" dir="{}">{}</div>').format(lang, direction, html)


def _tags(entry: Entry) -> Iterator[str]:
    if entry.breaking:
        yield "breaking"
    yield entry.type
    yield from (
        named.label for named in (*entry.products, *entry.personas, *entry.plans)
    )


def _release(entry: Entry) -> Mapping[str, object]:
    said: dict[str, object] = {
        "about": "The release behind this item",
        "type": entry.type,
        "breaking": entry.breaking,
        "products": [named.key for named in entry.products],
        "version": entry.version,
        "action": entry.action,
        "stage": entry.stage,
    }
    return {key: value for key, value in said.items() if value not in ("", None, [])}


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


class _LinkAttributes(BaseEntryExtension):  # type: ignore[misc]
    """Puts back what feedgen 1.0 loses from an Atom entry's links.

    Its writer shadows a loop variable, so `rel` and `type` are dropped
    (https://github.com/lkiesow/python-feedgen/issues/135).
    """

    lang = ""

    def extend_atom(self, entry: object) -> object:
        """Every entry of ours has exactly one link, to its page, and may have a language."""
        if self.lang:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", self.lang)  # type: ignore[attr-defined]
        for link in entry.iter("{http://www.w3.org/2005/Atom}link", "link"):  # type: ignore[attr-defined]
            link.set("rel", "alternate")
            link.set("type", "text/html")
        return entry


def _spaced(xml: bytes) -> bytes:
    """Each item on a line of its own: a difference shows what changed."""
    return _ITEM.sub(rb"\n\g<0>", xml).rstrip(b"\n") + b"\n"


def _generator(
    edition: Edition,
    channel: Channel,
    items: list[Item],
    self_url: str,
    name: str,
) -> FeedGenerator:
    site = edition.site
    updated = max((one.updated for one in items), default=_EMPTY_SINCE)
    feed = FeedGenerator()
    feed.register_extension("linkattrs", BaseExtension, _LinkAttributes)
    feed.id(self_url)
    feed.title(_clean(f"{site.name}: {channel.title}"))
    feed.description(_clean(channel.about))
    feed.subtitle(_clean(channel.about))
    feed.language(site.language)
    feed.author({"name": _clean(site.name)})
    feed.generator("gatepost")
    # The last link becomes the RSS channel's own: self first, the page last.
    feed.link(href=self_url, rel="self", type=FORMATS[name][1])
    feed.link(href=f"{site.url}{channel.page}", rel="alternate", type="text/html")
    feed.updated(updated)
    feed.lastBuildDate(updated)
    for one in items:
        feed.add_entry(one.entry, order="append")
    return feed


def _json_feed(
    edition: Edition, channel: Channel, items: list[Item], self_url: str
) -> bytes:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    site = edition.site
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{site.name}: {channel.title}",
        "home_page_url": f"{site.url}{channel.page}",
        "feed_url": self_url,
        "description": channel.about,
        "language": site.language,
        "authors": [{"name": site.name}],
        "items": [
            {
                "id": one.id,
                "url": one.url,
                "title": one.title,
                "summary": one.summary,
                "content_html": one.html,
                "date_published": one.published.isoformat(),
                "date_modified": one.updated.isoformat(),
                "tags": list(one.tags),
                **({"language": one.lang} if one.lang else {}),
                "_release": dict(one.release),
            }
            for one in items
        ],
    }
    return json_text(feed).encode()
