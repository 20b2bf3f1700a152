"""The page of one release: the one address it keeps for its whole life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from gatepost.audience.entry import Entry, Named, OpenIssue
from gatepost.model.parts import Security
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.card import (
    areas,
    badges,
    due_callout,
    entry_link,
    picture,
    version_href,
)
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.linked_data import linked_data
from gatepost.outputs.log import CHANGELOG
from gatepost.outputs.roadmap import ROADMAP
from gatepost.outputs.social_card import social
from gatepost.outputs.templates import render
from gatepost.outputs.views import (
    Badge,
    Callout,
    Correction,
    Fact,
    Issue,
    Link,
    Question,
    ReleaseView,
)
from gatepost.outputs.words import (
    STAGES,
    TAKEN_BACK,
    availability,
    dated_availability,
    day,
    inline,
    is_rtl,
    plain,
    type_badges,
)

TO_DO = "What to do"
_ALSO = 12
"""Most changes of the same version that a page lists; their own view lists all."""
_EVERYONE = 100
"""Percent."""
ISSUE_STATES = {
    "open": Badge("issue", "triangle-alert", "Open"),
    "investigating": Badge("info", "search", "Investigating"),
    "workaround": Badge("info", "check", "Workaround"),
    "fixed": Badge("go", "check", "Fixed"),
}


def release_pages(
    edition: Edition, desk: Mapping[str, tuple[Link, ...]]
) -> Iterator[PageArtifact]:
    """A page for every entry, with its neighbours in the log.

    Args:
        edition: The site and its entries.
        desk: By id, links for colleagues; empty on sites for outsiders.
    """
    places = {entry.id: number for number, entry in enumerate(edition.log)}
    together = _together(edition)
    for entry in edition.entries:
        beside = _Beside(
            places.get(entry.id),
            tuple(one for one in together.get(_unit(entry), ()) if one is not entry),
        )
        yield _page(edition, entry, beside, desk.get(entry.id, ()))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside an entry."""

    place: int | None
    """Its place in the log, from 0; None outside."""
    also: tuple[Entry, ...]
    """What came in the same version."""


def _unit(entry: Entry) -> tuple[str, str]:
    product = entry.products[0].key if entry.products else ""
    return (product, entry.version) if entry.version and entry.logged else ("", "")


def _together(edition: Edition) -> dict[tuple[str, str], list[Entry]]:
    """The entries of each version of a product, in the order of the log."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in edition.log:
        if any(unit := _unit(entry)):
            groups.setdefault(unit, []).append(entry)
    return groups


def _page(
    edition: Edition, entry: Entry, beside: _Beside, desk: tuple[Link, ...]
) -> PageArtifact:
    site = edition.site
    product = entry.products[0] if entry.products and entry.logged else None
    feed = (
        feed_set(site, f"product/{product.key}", product.label)
        if product and not entry.unlisted
        else feed_set(site, "all", "All changes")
    )
    revised = entry.revised
    return PageArtifact(
        path=entry.href,
        title=plain(entry.title),
        description=plain(entry.summary),
        draw=lambda: render("release.html", _view(edition, entry, beside, desk)),
        section=CHANGELOG if entry.logged else ROADMAP,
        feed=feed,
        long_text=str if entry.unlisted else partial(_search_text, edition, entry),
        tags=tuple(_search_tags(entry)),
        modified=revised.day.isoformat() if revised else "",
        hidden=entry.unlisted or entry.noindex,
        social=social(edition, entry),
        linked=partial(linked_data, edition, entry) if entry.logged else None,
    )


def _search_text(edition: Edition, entry: Entry) -> str:
    rendered = edition.bodies[entry.id]
    products = " ".join(named.label for named in entry.products)
    words = (
        entry.summary,
        entry.what,
        entry.who,
        entry.action,
        rendered.text,
        products,
    )
    return " ".join(word for word in (*words, entry.version) if word)


def _search_tags(entry: Entry) -> Iterator[str]:
    """Type and products: whoever types one of these words means it."""
    yield from (badge.text for badge in type_badges(entry))
    yield from (named.label for named in entry.products)


def _view(
    edition: Edition, entry: Entry, beside: _Beside, desk: tuple[Link, ...]
) -> ReleaseView:
    site = edition.site
    due = due_callout(entry, site)
    return ReleaseView(
        crumb=Link("Changelog", f"{ROOT}{CHANGELOG}")
        if entry.logged
        else Link("Roadmap", f"{ROOT}{ROADMAP}"),
        version=entry.version,
        badges=badges(entry, site, year=True),
        areas=areas(entry),
        title_html=inline(entry.title),
        lead_html=lead(edition, entry),
        notice=notice(edition, entry),
        due=due,
        waiting=_waiting(entry, site),
        pictures=tuple(picture(entry, shot) for shot in entry.shots),
        parts=tuple(part for part in parts(entry) if not due or part[0] != TO_DO),
        body_html=Markup(edition.bodies[entry.id].html),  # noqa: S704 - sanitised
        issues=tuple(issue_view(entry, issue) for issue in entry.issues),
        questions=tuple(
            Question(inline(one.q), inline(one.a)) for one in entry.questions
        ),
        limitations=entry.limitations,
        corrections=tuple(
            Correction(day(one.on, site.zone), inline(one.what))
            for one in entry.updated
        ),
        facts=tuple(_facts(edition, entry)),
        feedback=Link(entry.feedback.label, entry.feedback.url)
        if entry.feedback
        else None,
        markdown_href=f"{ROOT}{entry.href}index.md",
        also=tuple(
            (type_badges(one)[0], entry_link(one)) for one in beside.also[:_ALSO]
        ),
        previous=_neighbour(edition, beside.place, 1),
        next=_neighbour(edition, beside.place, -1),
        internal=desk,
        lang=entry.lang,
        rtl=is_rtl(entry.lang),
        gone=bool(entry.taken_back),
    )


def _neighbour(edition: Edition, place: int | None, step: int) -> Link | None:
    """The entry before (1) or after (-1) in time; after the newest comes the roadmap."""
    if place is None:
        return None
    at = place + step
    if at < 0:
        return Link("Nothing newer. See the roadmap", f"{ROOT}{ROADMAP}")
    if at >= len(edition.log):
        return None
    one = edition.log[at]
    on = day(one.published, edition.site.zone).text if one.published else ""
    return replace(entry_link(one), note=on)


def _waiting(entry: Entry, site: Site) -> Callout | None:
    """To whoever looks for it in vain while it is rolling out: when everybody has it."""
    if not availability(entry):
        return None
    last = next((one for one in entry.rollout.steps if one[0] == _EVERYONE), None)
    if last is None or last[2] is None or last[3]:
        return None
    text = f"It reaches everyone it is meant for by {day(last[2], site.zone).text}."
    return Callout("blue", "flag", Markup("Not seeing it yet?"), inline(text))


def lead(edition: Edition, entry: Entry) -> Markup:
    """The summary, unless the body or the first part begins with the very same words."""
    said = " ".join(plain(entry.summary).split())
    if edition.bodies[entry.id].text.startswith(said) or entry.what == entry.summary:
        return Markup("")
    return inline(entry.summary)


def notice(edition: Edition, entry: Entry) -> Callout | None:
    """What overrides the text: taken back, superseded, or not there yet."""
    site = edition.site
    if entry.taken_back:
        on = (
            f" on {day(entry.taken_back_on, site.zone).text}"
            if entry.taken_back_on
            else ""
        )
        left = (
            "It will not come."
            if entry.taken_back == "cancelled"
            else "This change is not in effect."
        )
        lead = inline(f"{TAKEN_BACK[entry.taken_back]}{on}. {left}")
        links = _links(edition, entry.superseded_by) or _again(entry)
        return Callout("red", "undo", lead, inline(entry.taken_back_note), links)
    if entry.superseded_by:
        lead = Markup("Replaced by a later change.")
        return Callout(
            "blue", "info", lead, Markup(""), _links(edition, entry.superseded_by)
        )
    if entry.logged:
        return None
    text = inline(" ".join(_planned(entry, site)))
    lead = Markup("Nothing on this page is live yet.")
    return Callout("blue", "ring-dashed", lead, text, _dates(entry))


def _planned(entry: Entry, site: Site) -> Iterator[str]:
    """Where something that is not there yet stands, and when it is meant to come."""
    yield f"{entry.wording}."
    plan = entry.plan
    if plan is None or not plan.target:
        return
    sure = f", {plan.confidence} confidence" if plan.confidence else ""
    moved = site.roadmap_moves and plan.was
    yield f"Planned for {plan.target}{sure}{f'; it was planned for {plan.was}' if moved else ''}."


def _again(entry: Entry) -> tuple[Link, ...]:
    """Where to read when something that was taken back comes again."""
    planned = entry.plan is not None and entry.taken_back == "rolled-back"
    return (Link("When it comes back: the roadmap", f"{ROOT}{ROADMAP}"),) * planned


def _dates(entry: Entry) -> tuple[Link, ...]:
    told = entry.plan is not None and bool(entry.plan.target)
    return (
        Link("Have its date in your calendar", f"{ROOT}subscribe/#calendars"),
    ) * told


def _links(edition: Edition, ids: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(entry_link(edition.by_id[one]) for one in ids if one in edition.by_id)


def said_parts(entry: Entry) -> tuple[tuple[str, str], ...]:
    """What changed, who it is for, what to do: those that were written, with their headings."""
    rows = (
        ("What changed", entry.what),
        ("Who it is for", entry.who),
        (TO_DO, entry.action),
        ("Effect on existing use", entry.impact),
    )
    return tuple(row for row in rows if row[1])


def parts(entry: Entry) -> tuple[tuple[str, Markup], ...]:
    """The same, ready to show."""
    return tuple((head, inline(text)) for head, text in said_parts(entry))


def issue_view(entry: Entry, issue: OpenIssue, *, of: Link | None = None) -> Issue:
    """A known issue; *of* names its entry on the page of all issues."""
    return Issue(
        anchor=f"{entry.id}-{issue.id}",
        text_html=inline(issue.text),
        status=ISSUE_STATES[issue.status],
        workaround_html=inline(issue.workaround),
        affected=issue.affected,
        fixed_in=issue.fixed_in,
        entry=of,
    )


def _facts(edition: Edition, entry: Entry) -> Iterator[Fact]:
    yield from _when(edition, entry)
    yield _availability(entry, edition.site)
    yield from _reach(entry)
    yield from _conditions(entry, edition.site)
    yield from _reading(edition, entry)
    yield Fact("Follow", links=_follow(entry))


def _when(edition: Edition, entry: Entry) -> Iterator[Fact]:
    if entry.version:
        href = version_href(entry)
        link = (Link(entry.version, href),) if href else ()
        said = entry.version if entry.logged else f"{entry.version}, planned"
        yield Fact("Version", "" if link else said, mono=True, links=link)
    if entry.logged and entry.published:
        yield Fact("Released", day=day(entry.published, edition.site.zone))
    if entry.taken_back and entry.taken_back_on:
        word = TAKEN_BACK[entry.taken_back]
        yield Fact(word, day=day(entry.taken_back_on, edition.site.zone))
    plan = entry.plan
    ahead = not entry.logged or entry.taken_back == "rolled-back"
    if ahead and entry.taken_back != "cancelled" and plan and plan.target:
        sure = f"{plan.confidence} confidence".capitalize() if plan.confidence else ""
        again = "Planned again for" if entry.taken_back else "Planned for"
        yield Fact(again, plan.target, lines=(sure,) * bool(sure))


def _reach(entry: Entry) -> Iterator[Fact]:
    for label, group in (
        ("Plans", entry.plans),
        ("Regions", entry.regions),
        ("Platforms", entry.platforms),
        ("Hosting", entry.hosting),
        ("For", entry.personas),
    ):
        if group:
            yield Fact(label, _listed(group))
    if entry.stage:
        yield Fact("Stage", STAGES[entry.stage][0])
    if entry.affects_versions:
        yield Fact("Affected versions", ", ".join(entry.affects_versions), mono=True)


def _reading(edition: Edition, entry: Entry) -> Iterator[Fact]:
    if entry.docs:
        yield Fact(
            "Related docs",
            links=tuple(Link(page.title, page.url) for page in entry.docs),
        )
    if entry.refs:
        yield Fact(
            "Links", links=tuple(Link(page.title, page.url) for page in entry.refs)
        )
    for label, ids in (
        ("Related changes", entry.related),
        ("Fixes", entry.fixes),
        ("Replaces", entry.supersedes),
    ):
        if links := _links(edition, ids):
            yield Fact(label, links=links)


def _listed(group: tuple[Named, ...]) -> str:
    return ", ".join(named.label for named in group)


def _availability(entry: Entry, site: Site) -> Fact:
    word = dated_availability(entry, site.zone) or _settled(entry)
    lines = [
        f"{who or f'{share}%'}: {'' if reached else 'planned for '}{day(on, site.zone).text}"
        for share, who, on, reached in entry.rollout.steps
        if on
    ]
    if entry.rollback_sentence:
        lines.append(entry.rollback_sentence)
    share = entry.rollout.share if entry.rollout.steps and entry.logged else None
    return Fact("Availability", word, lines=tuple(lines), share=share)


def _settled(entry: Entry) -> str:
    if entry.taken_back:
        return "Off for all accounts"
    return "All accounts" if entry.logged and not entry.plans else entry.wording


def _conditions(entry: Entry, site: Site) -> Iterator[Fact]:
    fits = entry.compatibility
    if fits and fits.backward != "yes":
        word = {"no": "Not compatible with earlier use", "partly": "Partly compatible"}
        yield Fact(
            "Compatibility",
            word[fits.backward],
            lines=(fits.notes,) if fits.notes else (),
        )
    if entry.migration and (entry.migration.effort or entry.migration.deadline):
        until = entry.migration.deadline
        yield Fact(
            "Migration",
            f"Takes {entry.migration.effort}" if entry.migration.effort else "",
            lines=(f"By {day(until, site.zone).text}",) if until else (),
        )
    if entry.downtime and entry.downtime.kind != "none":
        word = {"degraded": "Slower for a while", "window": "Interrupted for a while"}
        start = entry.downtime.start
        yield Fact(
            "Interruption",
            entry.downtime.wording or word[entry.downtime.kind],
            day=day(start, site.zone) if start else None,
        )
    if entry.security:
        yield from _advisory(entry.security, site)
    if entry.tags:
        yield Fact("Tags", ", ".join(entry.tags))


def _advisory(said: Security, site: Site) -> Iterator[Fact]:
    """Numbers to look up, how grave it is, since when it is known, and whose find it was."""
    links = [Link(one, f"https://www.cve.org/CVERecord?id={one}") for one in said.cve]
    links += [Link(one, f"https://github.com/advisories/{one}") for one in said.ghsa]
    if links:
        yield Fact("Advisory", mono=True, links=tuple(links))
    credit = (f"Thanks to {said.credit}",) if said.credit else ()
    yield Fact("Severity", (said.severity or "Not rated").capitalize(), lines=credit)
    if said.disclosed_on:
        yield Fact("Disclosed", day=day(said.disclosed_on, site.zone))


def _follow(entry: Entry) -> tuple[Link, ...]:
    product = entry.products[0].key if entry.products and entry.logged else ""
    key = f"product/{product}" if product and not entry.unlisted else "all"
    return (
        Link("RSS", f"{ROOT}feeds/{key}.rss.xml"),
        Link("Atom", f"{ROOT}feeds/{key}.atom.xml"),
        Link("All feeds", f"{ROOT}subscribe/"),
    )
