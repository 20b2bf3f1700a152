"""The roadmap: Now, Next, Later and what shipped, then the same by quarter."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from gatepost.audience.entry import Entry
from gatepost.model.moment import Moment, quarter_of
from gatepost.model.phase import Column as ColumnKey
from gatepost.outputs.artifact import PageArtifact
from gatepost.outputs.card import areas, entry_href
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.templates import render
from gatepost.outputs.tongue import N_
from gatepost.outputs.views import Badge, Column, Quarter, RoadmapItem, RoadmapView
from gatepost.outputs.words import STAGES, inline, spoken

ROADMAP = "roadmap/"
SHIPPED_DAYS = 90
SHIPPED_ITEMS = 8
COLUMNS: tuple[tuple[ColumnKey, str, str, str], ...] = (
    (
        "now",
        N_("Now"),
        N_("Getting ready or rolling out."),
        N_("Nothing is about to ship."),
    ),
    (
        "next",
        N_("Next"),
        N_("Being built or tested."),
        N_("Nothing is being built."),
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
    coming = gettext("What is coming to {name}, and what has just shipped.")
    view = RoadmapView(
        title=gettext("Roadmap"),
        lead=gettext("What we are building and roughly when."),
        columns=tuple(
            Column(
                key,
                gettext(title),
                gettext(about),
                tuple(items[entry.id] for entry in _members(edition, key)),
                gettext(empty),
            )
            for key, title, about, empty in COLUMNS
        ),
        quarters=_quarters(edition, items),
        feed=feed_set(site, "roadmap", gettext("Roadmap")),
        stages=tuple(
            (gettext(word), gettext(meaning)) for word, meaning in STAGES.values()
        ),
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


def _sooner(entry: Entry) -> tuple[str, str]:
    quarters = entry.plan.quarters if entry.plan else ()
    return (quarters[0] if quarters else "9999", entry.id)


def item(entry: Entry, site: Site) -> RoadmapItem:
    """An entry as the roadmap shows it."""
    plan = entry.plan
    shipped = entry.column == "shipped"
    dated = plan is not None and entry.column in {"now", "next"}
    wording = site.tongue.gettext(entry.wording)
    badge = Badge("info" if entry.logged else "grey", "", wording)
    return RoadmapItem(
        href=entry_href(entry),
        title_html=spoken(inline(entry.title), entry.lang),
        text_html=spoken(
            inline((plan.blurb if plan else "") or entry.summary), entry.lang
        ),
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
    if not (plan.was and site.roadmap_moves):
        return target
    moved = tongue.gettext("{target}, was {earlier}")
    return moved.format(target=target, earlier=tongue.target(plan.was))


def _stale(entry: Entry, site: Site) -> str:
    confirmed = entry.plan.confirmed if entry.plan else None
    if confirmed is None or site.as_of - confirmed.at < timedelta(
        days=site.stale_after_days
    ):
        return ""
    since = site.tongue.gettext("Not confirmed since {day}")
    return since.format(day=site.day(confirmed).text)


def _quarters(edition: Edition, items: dict[str, RoadmapItem]) -> tuple[Quarter, ...]:
    """Items with a target, under each quarter they may fall in, this quarter first."""
    first = quarter_of(edition.site.as_of.astimezone(edition.site.zone).date())
    groups: dict[str, list[RoadmapItem]] = {}
    for entry in sorted(edition.plans, key=_sooner):
        if entry.plan and entry.column in {"now", "next"} and entry.plan.quarters:
            # Something late stands in the quarter we are in: it can come no earlier.
            quarter = max(entry.plan.quarters[0], first)
            groups.setdefault(quarter, []).append(items[entry.id])
    return tuple(
        Quarter(edition.site.tongue.quarter(key), tuple(rows))
        for key, rows in sorted(groups.items())
    )
