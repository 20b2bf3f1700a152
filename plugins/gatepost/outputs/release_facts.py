"""What the panel beside a release says: when, for whom, and on what conditions."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.audience.entry import Entry
from gatepost.model.parts import Migration, Security
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.card import (
    version_href,
)
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.release_parts import concerned, entry_links
from gatepost.outputs.tongue import N_, Tongue
from gatepost.outputs.views import (
    Fact,
    Link,
)
from gatepost.outputs.words import (
    CONFIDENCE,
    EFFORTS,
    STAGES,
    TAKEN_BACK,
    dated_availability,
    percent,
    settled,
)

COMPATIBILITY = {
    "no": N_("Not compatible with earlier use"),
    "partly": N_("Partly compatible"),
}
DOWNTIME = {
    "degraded": N_("Slower for a while"),
    "window": N_("Interrupted for a while"),
}
SEVERITY = {
    "low": N_("Low"),
    "moderate": N_("Moderate"),
    "high": N_("High"),
    "critical": N_("Critical"),
}


def facts(edition: Edition, entry: Entry) -> Iterator[Fact]:
    """The rows of the panel, in the order in which readers ask."""
    yield from _when(edition, entry)
    yield _availability(entry, edition.site)
    yield from _reach(entry, edition.site.tongue)
    yield from _conditions(entry, edition.site)
    yield from _reading(edition, entry)
    follow = edition.site.tongue.gettext("Follow")
    yield Fact(follow, links=_follow(entry, edition.site.tongue))


def _when(edition: Edition, entry: Entry) -> Iterator[Fact]:
    site, tongue = edition.site, edition.site.tongue
    gettext = tongue.gettext
    if entry.version:
        href = version_href(entry)
        link = (Link(entry.version, href),) if href else ()
        said = entry.version
        if not entry.logged:
            said = gettext("{version}, planned").format(version=said)
        yield Fact(gettext("Version"), "" if link else said, mono=True, links=link)
    if entry.logged and entry.published:
        yield Fact(gettext("Released"), day=site.day(entry.published))
    if entry.taken_back and entry.taken_back_on:
        word = gettext(TAKEN_BACK[entry.taken_back])
        yield Fact(word, day=site.day(entry.taken_back_on))
    plan = entry.plan
    ahead = not entry.logged or entry.taken_back == "rolled-back"
    if ahead and entry.taken_back != "cancelled" and plan and plan.target:
        sure = gettext(CONFIDENCE[plan.confidence]) if plan.confidence else ""
        again = N_("Planned again for") if entry.taken_back else N_("Planned for")
        lines = (sure[:1].upper() + sure[1:],) * bool(sure)
        yield Fact(gettext(again), tongue.target(plan.target), lines=lines)


def _reach(entry: Entry, tongue: Tongue) -> Iterator[Fact]:
    gettext = tongue.gettext
    for heading, said in concerned(entry, tongue):
        yield Fact(heading, said)
    if entry.stage:
        yield Fact(gettext("Stage"), gettext(STAGES[entry.stage][0]))
    if entry.affects_versions:
        versions = tongue.listed(entry.affects_versions)
        yield Fact(gettext("Affected versions"), versions, mono=True)


def _reading(edition: Edition, entry: Entry) -> Iterator[Fact]:
    gettext = edition.site.tongue.gettext
    if entry.docs:
        yield Fact(
            gettext("Related docs"),
            links=tuple(Link(page.title, page.url) for page in entry.docs),
        )
    if entry.refs:
        yield Fact(
            gettext("Links"),
            links=tuple(Link(page.title, page.url) for page in entry.refs),
        )
    for label, ids in (
        (gettext("Related changes"), entry.related),
        (gettext("Fixes"), entry.fixes),
        (gettext("Replaces"), entry.supersedes),
    ):
        if links := entry_links(edition, ids):
            yield Fact(label, links=links)


def _availability(entry: Entry, site: Site) -> Fact:
    tongue = site.tongue
    word = dated_availability(entry, site.zone, tongue) or settled(entry, tongue)
    reached_on = tongue.gettext("{who}: {day}")
    planned_for = tongue.gettext("{who}: planned for {day}")
    lines = [
        (reached_on if reached else planned_for).format(
            who=who or percent(share, tongue), day=site.day(on).text
        )
        for share, who, on, reached in entry.rollout.steps
        if on
    ]
    if entry.rollback_sentence:
        lines.append(entry.rollback_sentence)
    share = entry.rollout.share if entry.rollout.steps and entry.logged else None
    return Fact(tongue.gettext("Availability"), word, lines=tuple(lines), share=share)


def _conditions(entry: Entry, site: Site) -> Iterator[Fact]:
    fits, gettext = entry.compatibility, site.tongue.gettext
    if fits and fits.backward != "yes":
        yield Fact(
            gettext("Compatibility"),
            gettext(COMPATIBILITY[fits.backward]),
            lines=(fits.notes,) if fits.notes else (),
        )
    if entry.migration and (entry.migration.effort or entry.migration.deadline):
        yield _migration(entry.migration, site)
    if entry.downtime and entry.downtime.kind != "none":
        start = entry.downtime.start
        yield Fact(
            gettext("Interruption"),
            entry.downtime.wording or gettext(DOWNTIME[entry.downtime.kind]),
            day=site.day(start) if start else None,
        )
    if entry.security:
        yield from _advisory(entry.security, site)
    if entry.tags:
        yield Fact(gettext("Tags"), site.tongue.listed(entry.tags))


def _migration(said: Migration, site: Site) -> Fact:
    """How long it takes, and until when."""
    gettext, takes, until = site.tongue.gettext, "", said.deadline
    if said.effort:
        effort = gettext(EFFORTS[said.effort])
        takes = gettext("Takes {effort}").format(effort=effort)
    by = gettext("By {day}").format(day=site.day(until).text) if until else ""
    return Fact(gettext("Migration"), takes, lines=(by,) * bool(by))


def _advisory(said: Security, site: Site) -> Iterator[Fact]:
    """Numbers to look up, how grave it is, since when it is known, and whose find it was."""
    links = [Link(one, f"https://www.cve.org/CVERecord?id={one}") for one in said.cve]
    links += [Link(one, f"https://github.com/advisories/{one}") for one in said.ghsa]
    gettext = site.tongue.gettext
    if links:
        yield Fact(gettext("Advisory"), mono=True, links=tuple(links))
    thanks = gettext("Thanks to {name}")
    credit = (thanks.format(name=said.credit),) if said.credit else ()
    rated = SEVERITY[said.severity] if said.severity else N_("Not rated")
    yield Fact(gettext("Severity"), gettext(rated), lines=credit)
    if said.disclosed_on:
        yield Fact(gettext("Disclosed"), day=site.day(said.disclosed_on))


def _follow(entry: Entry, tongue: Tongue) -> tuple[Link, ...]:
    product = entry.products[0].key if entry.products and entry.logged else ""
    key = f"product/{product}" if product and not entry.unlisted else "all"
    return (
        Link("RSS", f"{ROOT}feeds/{key}.rss.xml"),
        Link("Atom", f"{ROOT}feeds/{key}.atom.xml"),
        Link(tongue.gettext("All feeds"), f"{ROOT}subscribe/"),
    )
