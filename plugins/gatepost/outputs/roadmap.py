"""The roadmap: Now, Next, Later and what shipped, the same by quarter, and what was dropped."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from gatepost.audience.entry import Entry
from gatepost.model.moment import Moment
from gatepost.model.phase import Column as ColumnKey
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.calendar_public import ALL as CALENDAR
from gatepost.outputs.card import areas, entry_href, entry_link
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.templates import render
from gatepost.outputs.timeline import timeline
from gatepost.outputs.views import Badge, Column, Dropped, RoadmapItem, RoadmapView
from gatepost.outputs.words import STAGES, STANDINGS, day, inline

ROADMAP = "roadmap/"
SHIPPED_DAYS = 90
SHIPPED_ITEMS = 8
DROPPED_DAYS = 180
"""How long the roadmap says that something will not come; its page says so for ever."""
COLUMNS: tuple[tuple[ColumnKey, str, str, str], ...] = (
    ("now", "Now", "Getting ready or rolling out.", "Nothing is about to ship."),
    ("next", "Next", "Being built or tested.", "Nothing is being built."),
    (
        "later",
        "Later",
        "We intend to. No date, and the order may change.",
        "No plans to show.",
    ),
    (
        "shipped",
        "Shipped",
        "In the last 90 days.",
        "Nothing shipped in the last 90 days.",
    ),
)


def roadmap_page(edition: Edition) -> PageArtifact:
    """The roadmap of this site's readers."""
    site = edition.site
    items = {entry.id: item(entry, site) for entry in edition.plans}
    members = {key: _members(edition, key) for key, *_ in COLUMNS}
    dated = tuple(
        sorted((*members["now"], *members["next"]), key=_sooner),
    )
    view = RoadmapView(
        title="Roadmap",
        lead="What we are building and roughly when."
        + (" When a date moves, the old one stays visible." * site.roadmap_moves),
        columns=tuple(
            Column(key, title, about, tuple(items[one.id] for one in members[key]), no)
            for key, title, about, no in COLUMNS
        ),
        timeline=timeline(edition, dated, members["shipped"], items),
        dropped=tuple(_dropped(entry, site) for entry in dropped(edition)),
        feed=feed_set(site, "roadmap", "Roadmap"),
        subscribe_href=f"{ROOT}subscribe/",
        calendar_href=f"{ROOT}{CALENDAR}",
        words=_words(edition),
        notice=site.roadmap_notice,
        updated=day(Moment(site.as_of), site.zone),
    )
    return PageArtifact(
        path=ROADMAP,
        title="Roadmap",
        description=f"What is coming to {site.name}, and what has just shipped.",
        draw=partial(render, "roadmap.html", view),
        section=ROADMAP,
        feed=view.feed,
        text=" ".join(item.title_html.striptags() for item in items.values()),
        wide=True,
    )


def _words(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The words this page uses for where something stands, then those for how mature it is."""
    used = {entry.wording for entry in upcoming(edition)}
    stages = {entry.stage for entry in upcoming(edition) if entry.stage}
    standings = ((word, said) for word, said in STANDINGS.items() if word in used)
    return (*standings, *(said for key, said in STAGES.items() if key in stages))


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
        day(on, site.zone) if on else None,
        inline(entry.taken_back_note),
    )


def _sooner(entry: Entry) -> tuple[str, str]:
    quarters = entry.plan.quarters if entry.plan else ()
    return (quarters[0] if quarters else "9999", entry.id)


def item(entry: Entry, site: Site) -> RoadmapItem:
    """An entry as the roadmap shows it."""
    plan = entry.plan
    shipped = entry.column == "shipped"
    dated = plan is not None and entry.column in {"now", "next"}
    badge = Badge("info" if entry.logged else "grey", "", entry.wording)
    return RoadmapItem(
        href=entry_href(entry),
        title_html=inline(entry.title),
        text_html=inline((plan.blurb if plan else "") or entry.summary),
        stage=STAGES[entry.stage][0] if entry.stage and not shipped else "",
        badge=None if shipped else badge,
        areas=areas(entry),
        when=_when(entry, site) if dated else "",
        day=day(entry.published, site.zone) if shipped and entry.published else None,
        version=entry.version if shipped else "",
        confidence=plan.confidence if plan and dated else "",
        stale=_stale(entry, site) if not shipped else "",
    )


def _when(entry: Entry, site: Site) -> str:
    plan = entry.plan
    if plan is None or not plan.target:
        return ""
    if not plan.was or not site.roadmap_moves:
        return plan.target
    return f"{plan.target}, was {_shorter(plan.was, plan.target)}"


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
    return f"Not confirmed since {day(confirmed, site.zone).text}"
