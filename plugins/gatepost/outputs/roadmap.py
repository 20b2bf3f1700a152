"""The roadmap: Now, Next, Later and what shipped, the same by quarter, and what was dropped."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from gatepost.audience.entry import Entry
from gatepost.model.moment import Moment
from gatepost.model.phase import Column as ColumnKey
from gatepost.model.release import Stage
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.calendar_public import ALL as CALENDAR
from gatepost.outputs.card import areas, entry_href, entry_link
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.templates import render
from gatepost.outputs.timeline import timeline
from gatepost.outputs.tongue import N_
from gatepost.outputs.views import Badge, Column, Dropped, RoadmapItem, RoadmapView
from gatepost.outputs.words import STAGES, STANDINGS, inline, spoken

ROADMAP = "roadmap/"
SHIPPED_DAYS = 90
SHIPPED_ITEMS = 8
DROPPED_DAYS = 180
"""How long the roadmap says that something will not come; its page says so for ever."""
_UNSAID: frozenset[Stage | None] = frozenset({"concept"})
"""Stages that say nothing new beside where an item stands: an idea is a concept."""
_UNDER_WAY = frozenset({"Rolling out", "Available"})
"""What some accounts have: its badge is blue wherever it stands, as that of no plan is."""
COLUMNS: tuple[tuple[ColumnKey, str, str, str], ...] = (
    (
        "now",
        N_("Now"),
        N_("What we are bringing to you first."),
        N_("Nothing is about to ship."),
    ),
    (
        "next",
        N_("Next"),
        N_("What comes after that."),
        N_("Nothing is lined up after that."),
    ),
    (
        "later",
        N_("Later"),
        N_("We intend to. No date, and the order may change."),
        N_("No plans to show."),
    ),
    (
        "shipped",
        N_("Shipped"),
        N_("In the last 90 days."),
        N_("Nothing shipped in the last 90 days."),
    ),
)


def roadmap_page(edition: Edition) -> PageArtifact:
    """The roadmap of this site's readers."""
    site, gettext = edition.site, edition.site.tongue.gettext
    items = {entry.id: item(entry, site) for entry in edition.plans}
    members = {key: _members(edition, key) for key, *_ in COLUMNS}
    dated = tuple(
        sorted((*members["now"], *members["next"]), key=_sooner),
    )
    leads = [gettext("What we are building and roughly when.")]
    if site.roadmap_moves:
        leads.append(gettext("When a date moves, the old one stays visible."))
    coming = gettext("What is coming to {name}, and what has just shipped.")
    view = RoadmapView(
        title=gettext("Roadmap"),
        lead=" ".join(leads),
        columns=tuple(
            Column(
                key,
                gettext(title),
                gettext(about),
                tuple(items[one.id] for one in members[key]),
                gettext(empty),
            )
            for key, title, about, empty in COLUMNS
        ),
        timeline=timeline(edition, dated, members["shipped"], items),
        dropped=tuple(_dropped(entry, site) for entry in dropped(edition)),
        feed=feed_set(site, "roadmap", gettext("Roadmap")),
        subscribe_href=f"{ROOT}subscribe/",
        calendar_href=f"{ROOT}{CALENDAR}",
        words=_words(edition),
        notice=gettext(site.roadmap_notice),
        updated=site.day(Moment(site.as_of)),
    )
    return PageArtifact(
        path=ROADMAP,
        title=view.title,
        description=coming.format(name=site.name),
        draw=partial(render, "roadmap.html", view, site.tongue),
        section=ROADMAP,
        feed=view.feed,
        text=" ".join(item.title_html.striptags() for item in items.values()),
        wide=True,
    )


def _words(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The words this page uses for where something stands, then those for how mature it is."""
    used = {entry.wording for entry in upcoming(edition)}
    stages = {entry.stage for entry in upcoming(edition)} - _UNSAID
    rows = [(word, said) for word, said in STANDINGS.items() if word in used]
    rows += [said for key, said in STAGES.items() if key in stages]
    gettext = edition.site.tongue.gettext
    return tuple((gettext(word), gettext(meaning)) for word, meaning in rows)


def _members(edition: Edition, key: ColumnKey) -> tuple[Entry, ...]:
    found = [entry for entry in edition.plans if entry.column == key]
    if key == "shipped":
        since = edition.site.as_of - timedelta(days=SHIPPED_DAYS)
        fresh = [one for one in found if one.published and since <= one.published.at]
        return tuple(one for one in fresh if one.logged)[:SHIPPED_ITEMS]
    return tuple(sorted(found, key=_sooner))


def upcoming(edition: Edition) -> tuple[Entry, ...]:
    """What is not with everyone yet, soonest column first."""
    return tuple(
        entry
        for key, *_ in COLUMNS
        if key != "shipped"
        for entry in _members(edition, key)
    )


def dropped(edition: Edition) -> tuple[Entry, ...]:
    """What stood on the roadmap and will not come, the latest decision first."""
    since = edition.site.as_of - timedelta(days=DROPPED_DAYS)
    found = [
        (entry.taken_back_on.at, entry)
        for entry in edition.entries
        if entry.plan
        and not entry.unlisted
        and entry.taken_back == "cancelled"
        and entry.taken_back_on
        and since <= entry.taken_back_on.at
    ]
    found.sort(key=lambda row: row[1].id)
    found.sort(key=lambda row: row[0], reverse=True)
    return tuple(entry for _, entry in found)


def _dropped(entry: Entry, site: Site) -> Dropped:
    on = entry.taken_back_on
    return Dropped(
        entry_link(entry),
        site.day(on) if on else None,
        spoken(inline(entry.taken_back_note), entry.lang),
    )


def _sooner(entry: Entry) -> tuple[str, str]:
    quarters = entry.plan.quarters if entry.plan else ()
    return (quarters[0] if quarters else "9999", entry.id)


def item(entry: Entry, site: Site) -> RoadmapItem:
    """An entry as the roadmap shows it."""
    plan = entry.plan
    shipped = entry.column == "shipped"
    dated = plan is not None and entry.column in {"now", "next"}
    gettext = site.tongue.gettext
    badge = Badge(
        "info" if entry.wording in _UNDER_WAY else "grey", "", gettext(entry.wording)
    )
    return RoadmapItem(
        href=entry_href(entry),
        title_html=spoken(inline(entry.title), entry.lang),
        text_html=spoken(
            inline((plan.blurb if plan else "") or entry.summary), entry.lang
        ),
        stage=""
        if shipped or entry.stage is None or entry.stage in _UNSAID
        else gettext(STAGES[entry.stage][0]),
        badge=None if shipped else badge,
        areas=areas(entry),
        when=_when(entry, site) if dated else "",
        day=site.day(entry.published) if shipped and entry.published else None,
        version=entry.version if shipped else "",
        confidence=plan.confidence if plan and dated else "",
        stale=_stale(entry, site) if not shipped else "",
    )


def _when(entry: Entry, site: Site) -> str:
    plan = entry.plan
    if plan is None or not plan.target:
        return ""
    tongue, target = site.tongue, site.tongue.target(plan.target)
    if not plan.was or not site.roadmap_moves:
        return target
    earlier = _shorter(tongue.target(plan.was), target)
    moved = tongue.gettext("{target}, was {earlier}")
    return moved.format(target=target, earlier=earlier)


def _shorter(was: str, now: str) -> str:
    """`Nov` beside `Dec 2026`: the year is said once."""
    year = now.rpartition(" ")[2]
    return was.removesuffix(f" {year}")


def _stale(entry: Entry, site: Site) -> str:
    confirmed = entry.plan.confirmed if entry.plan else None
    if confirmed is None or site.as_of - confirmed.at < timedelta(
        days=site.stale_after_days
    ):
        return ""
    since = site.tongue.gettext("Not confirmed since {day}")
    return since.format(day=site.day(confirmed).text)
