"""One entry as it stands in a list; rendered once, reused by every list it is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry, Shot
from gatepost.model.moment import Moment
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.templates import render
from gatepost.outputs.tongue import is_rtl
from gatepost.outputs.views import Badge, Callout, Card, Day, Due, Link, Picture
from gatepost.outputs.words import (
    EFFORTS,
    TAKEN_BACK,
    availability,
    inline,
    spoken,
    type_badges,
)

DUE_ROWS = 5
"""Most deadlines that one page asks for: with more, none would be seen."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def entry_href(entry: Entry) -> str:
    """The entry's address."""
    return f"{ROOT}{entry.href}"


def entry_link(entry: Entry) -> Link:
    """The entry's title, to follow."""
    return Link(entry.title.replace("`", ""), entry_href(entry))


def areas(entry: Entry) -> tuple[Link, ...]:
    """The products of an entry, each with the view of its changes."""
    return tuple(
        Link(
            named.label, f"{ROOT}changelog/product/{named.key}/" if entry.logged else ""
        )
        for named in entry.products
    )


def version_slug(version: str) -> str:
    """A version as a part of an address."""
    return _UNSAFE.sub("-", version).strip("-.") or "version"


def version_href(entry: Entry) -> str:
    """The view of everything in the entry's version; empty without one."""
    if not (entry.version and entry.products and entry.logged) or entry.unlisted:
        return ""
    return f"{ROOT}changelog/version/{entry.products[0].key}/{version_slug(entry.version)}/"


def picture(entry: Entry, shot: Shot) -> Picture:
    """A picture with its size, from the file when the author gave none."""
    sizes = {asset.name: (asset.width, asset.height) for asset in entry.assets}
    width, height = sizes.get(shot.src, (None, None))
    src = (
        shot.src if shot.src.startswith("https://") else f"{ROOT}{entry.href}{shot.src}"
    )
    return Picture(
        src,
        shot.alt,
        inline(shot.caption),
        shot.width or width,
        shot.height or height,
        shot.video,
        shot.transcript,
    )


def state_badges(entry: Entry, site: Site, *, year: bool = False) -> tuple[Badge, ...]:
    """What overrides everything else: rolled back, withdrawn, not released yet."""
    gettext = site.tongue.gettext
    if entry.taken_back:
        said = gettext(TAKEN_BACK[entry.taken_back])
        if entry.taken_back_on:
            on = site.day(entry.taken_back_on, year=year).text
            said = gettext("{state} {day}").format(state=said, day=on)
        return (Badge("red", "undo", said),)
    if entry.logged:
        return ()
    return (Badge("line", "ring-dashed", gettext("Not released yet")),)


def badges(entry: Entry, site: Site, *, year: bool = False) -> tuple[Badge, ...]:
    """State, type, availability: at most what the reader needs.

    Args:
        entry: What they are of.
        site: The site and its clock.
        year: Whether the day of the state names its year, outside of a month group.
    """
    tongue = site.tongue
    rows = [*state_badges(entry, site, year=year), *type_badges(entry, tongue)]
    if told := availability(entry, tongue):
        rows.append(Badge("line", "half-disc", told))
    if ends := ending(entry, site.as_of):
        said = tongue.gettext("Ends {day}").format(day=site.day(ends).text)
        rows.append(Badge("line", "calendar", said))
    return tuple(rows)


def ending(entry: Entry, as_of: datetime) -> Moment | None:
    """When something the entry deprecates stops working, if that lies ahead."""
    ends = entry.deprecation.sunset_on if entry.deprecation else None
    return ends if ends and ends.at > as_of else None


def deadline(entry: Entry, as_of: datetime) -> Moment | None:
    """The day until which the reader must act, if it lies ahead."""
    until = entry.migration.deadline if entry.migration else None
    ahead = [one for one in (until, ending(entry, as_of)) if one and one.at > as_of]
    return min(ahead, default=None)


def due_callout(entry: Entry, site: Site) -> Callout | None:
    """What to do about a breaking change or an end, and until when."""
    until = deadline(entry, site.as_of)
    if entry.taken_back or not entry.action or not (entry.breaking or until):
        return None
    links = _guide(entry, site)
    by = site.tongue.gettext("By {day}.")
    tail = escape(by.format(day=site.day(until).text)) if until else Markup("")
    tone = "red" if entry.breaking else "amber"
    icon = "triangle-alert" if entry.breaking else "clock"
    return Callout(tone, icon, spoken(inline(entry.action), entry.lang), tail, links)


def _guide(entry: Entry, site: Site) -> tuple[Link, ...]:
    guide, gettext = entry.migration, site.tongue.gettext
    if guide is None or not guide.guide_url:
        return ()
    words = gettext("Migration guide")
    if guide.effort:
        effort = gettext(EFFORTS[guide.effort])
        words = gettext("{guide}, takes {effort}").format(guide=words, effort=effort)
    return (Link(words, guide.guide_url),)


def due_rows(site: Site, entries: Iterable[Entry]) -> tuple[Due, ...]:
    """The deadlines among *entries* that are still ahead, soonest first."""
    rows = [
        (until, entry)
        for entry in entries
        if not entry.taken_back and (until := deadline(entry, site.as_of))
    ]
    rows.sort(key=lambda row: (row[0].at, row[1].id))
    return tuple(
        Due(
            site.day(until),
            entry_href(entry),
            spoken(inline(entry.title), entry.lang),
            spoken(escape(entry.impact), entry.lang),
        )
        for until, entry in rows
    )


def is_major(entry: Entry) -> bool:
    """Whether a list gives it room: a large title, a picture, what to do."""
    return not entry.taken_back and (
        entry.highlight or entry.breaking or entry.importance in {"high", "critical"}
    )


def together(entries: Iterable[Entry], cards: Mapping[str, Markup]) -> Iterator[Markup]:
    """The cards of a list; what came along with a major change is one line below it.

    That is a minor change of the same version and day, next to it in the list: `also in this
    release`.
    """
    for unit, group in groupby(entries, key=_unit):
        members = list(group)
        if not unit or not any(map(is_major, members)):
            yield from (cards[entry.id] for entry in members)
            continue
        for entry in sorted(members, key=lambda one: not is_major(one)):
            along = not is_major(entry) and not entry.taken_back
            shown = cards[entry.id]
            yield (
                Markup('<div class="gp-along">{}</div>').format(shown)
                if along
                else shown
            )


def _unit(entry: Entry) -> tuple[object, ...]:
    """What makes entries one release: product, version and day; empty without a version."""
    named = entry.products[:1]
    on = entry.published.day if entry.published else None
    return (named, entry.version, on) if entry.version and named and on else ()


def card_view(entry: Entry, site: Site) -> Card:
    """The entry as a list shows it."""
    major = is_major(entry)
    note = entry.taken_back_note if entry.taken_back else ""
    short, year = _day_and_year(entry.published or Moment(site.as_of), site)
    return Card(
        id=entry.id,
        href=entry_href(entry),
        title_html=inline(entry.title),
        day=short,
        year=year,
        version=entry.version,
        version_href=version_href(entry),
        badges=badges(entry, site),
        areas=areas(entry),
        text_html=inline(note or entry.summary),
        major=major,
        gone=bool(entry.taken_back),
        callout=due_callout(entry, site) if major else None,
        picture=picture(entry, entry.shots[0]) if major and entry.shots else None,
        lang=entry.lang,
        rtl=is_rtl(entry.lang),
    )


def _day_and_year(moment: Moment, site: Site) -> tuple[Day, str]:
    """A day without its year, and the year behind it; as one where the year stands in front."""
    short, whole = site.day(moment, year=False), site.day(moment)
    if not whole.text.startswith(short.text):
        return whole, ""
    return short, whole.text.removeprefix(short.text).strip()


def card_html(entry: Entry, site: Site) -> Markup:
    """The card of an entry."""
    return render("card.html", card_view(entry, site), site.tongue)


class Cards(dict[str, Markup]):
    """The card of every entry of the log, by id; drawn when a list first shows it."""

    def __init__(self, edition: Edition) -> None:
        self._entries = {entry.id: entry for entry in edition.log}
        self._site = edition.site

    def __missing__(self, key: str) -> Markup:
        made = self[key] = card_html(self._entries[key], self._site)
        return made
