"""The page of one release: the one address it keeps for its whole life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry, OpenIssue
from gatepost.model.parts import Migration, Security
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
from gatepost.outputs.tongue import N_, Tongue, is_rtl, own_name
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
    CONFIDENCE,
    EFFORTS,
    STAGES,
    TAKEN_BACK,
    availability,
    dated_availability,
    inline,
    percent,
    plain,
    said_badge,
    settled,
    spoken,
    type_badges,
)

_ALSO = 12
"""Most changes of the same version that a page lists; their own view lists all."""
_EVERYONE = 100
"""Percent."""
ISSUE_STATES = {
    "open": Badge("issue", "triangle-alert", N_("Open")),
    "investigating": Badge("info", "search", N_("Investigating")),
    "workaround": Badge("info", "check", N_("Workaround")),
    "fixed": Badge("go", "check", N_("Fixed")),
}
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
        else feed_set(site, "all", site.tongue.gettext("All changes"))
    )
    revised = entry.revised
    return PageArtifact(
        path=entry.href,
        title=plain(entry.title),
        description=plain(entry.summary),
        draw=lambda: render(
            "release.html", _view(edition, entry, beside, desk), site.tongue
        ),
        section=CHANGELOG if entry.logged else ROADMAP,
        feed=feed,
        long_text=str if entry.unlisted else partial(_search_text, edition, entry),
        tags=tuple(_search_tags(entry, site.tongue)),
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


def _search_tags(entry: Entry, tongue: Tongue) -> Iterator[str]:
    """Type and products: whoever types one of these words means it."""
    yield from (badge.text for badge in type_badges(entry, tongue))
    yield from (named.label for named in entry.products)


def _view(
    edition: Edition, entry: Entry, beside: _Beside, desk: tuple[Link, ...]
) -> ReleaseView:
    site, gettext = edition.site, edition.site.tongue.gettext
    due = due_callout(entry, site)
    say = partial(spoken, lang=entry.lang)
    return ReleaseView(
        crumb=Link(gettext("Changelog"), f"{ROOT}{CHANGELOG}")
        if entry.logged
        else Link(gettext("Roadmap"), f"{ROOT}{ROADMAP}"),
        version=entry.version,
        badges=badges(entry, site, year=True),
        areas=areas(entry),
        title_html=inline(entry.title),
        lead_html=lead(edition, entry),
        notice=notice(edition, entry),
        due=due,
        waiting=_waiting(entry, site),
        pictures=tuple(picture(entry, shot) for shot in entry.shots),
        parts=parts(entry, site.tongue, action=not due),
        body_html=Markup(edition.bodies[entry.id].html),  # noqa: S704 - sanitised
        issues=tuple(issue_view(entry, issue, site) for issue in entry.issues),
        questions=tuple(
            Question(say(inline(one.q)), say(inline(one.a))) for one in entry.questions
        ),
        limitations=entry.limitations,
        corrections=tuple(
            Correction(site.day(one.on), say(inline(one.what))) for one in entry.updated
        ),
        facts=tuple(_facts(edition, entry)),
        feedback=Link(gettext(entry.feedback.label), entry.feedback.url)
        if entry.feedback
        else None,
        markdown_href=f"{ROOT}{entry.href}index.md",
        also=tuple(
            (type_badges(one, site.tongue)[0], entry_link(one))
            for one in beside.also[:_ALSO]
        ),
        previous=_neighbour(edition, beside.place, 1),
        next=_neighbour(edition, beside.place, -1),
        internal=desk,
        lang=entry.lang,
        rtl=is_rtl(entry.lang),
        translation=of_translation(edition, entry),
        gone=bool(entry.taken_back),
    )


def _neighbour(edition: Edition, place: int | None, step: int) -> Link | None:
    """The entry before (1) or after (-1) in time; after the newest comes the roadmap."""
    if place is None:
        return None
    at = place + step
    if at < 0:
        words = edition.site.tongue.gettext("Nothing newer. See the roadmap")
        return Link(words, f"{ROOT}{ROADMAP}")
    if at >= len(edition.log):
        return None
    one = edition.log[at]
    on = edition.site.day(one.published).text if one.published else ""
    return replace(entry_link(one), note=on)


def _waiting(entry: Entry, site: Site) -> Callout | None:
    """To whoever looks for it in vain while it is rolling out: when everybody has it."""
    gettext = site.tongue.gettext
    if not availability(entry, site.tongue):
        return None
    last = next((one for one in entry.rollout.steps if one[0] == _EVERYONE), None)
    if last is None or last[2] is None or last[3]:
        return None
    text = gettext("It reaches everyone it is meant for by {day}.")
    lead = escape(gettext("Not seeing it yet?"))
    return Callout(
        "blue", "flag", lead, inline(text.format(day=site.day(last[2]).text))
    )


def of_translation(edition: Edition, entry: Entry) -> Link | None:
    """What readers in another language are told: there is no translation, or an older one."""
    site, gettext = edition.site, edition.site.tongue.gettext
    url = dict(site.versions).get(site.written, "")
    if entry.id in edition.stale:
        said = gettext("The original is newer than this translation.")
        href = f"{url}{entry.href}" if url else ""
        return Link(said, href, gettext("Read the original"))
    if not entry.lang or site.written == site.language:
        return None
    said = gettext("This text is not translated yet: it is in {language}.")
    return Link(said.format(language=own_name(entry.lang)), "")


def lead(edition: Edition, entry: Entry) -> Markup:
    """The summary, unless the body or the first part begins with the very same words."""
    said = " ".join(plain(entry.summary).split())
    if edition.bodies[entry.id].text.startswith(said) or entry.what == entry.summary:
        return Markup("")
    return inline(entry.summary)


def notice(edition: Edition, entry: Entry) -> Callout | None:
    """What overrides the text: taken back, superseded, or not there yet."""
    site, gettext = edition.site, edition.site.tongue.gettext
    if entry.taken_back:
        said = gettext(TAKEN_BACK[entry.taken_back])
        if entry.taken_back_on:
            on = gettext("{state} on {day}")
            said = on.format(state=said, day=site.day(entry.taken_back_on).text)
        left = gettext(
            N_("It will not come.")
            if entry.taken_back == "cancelled"
            else N_("This change is not in effect.")
        )
        lead = inline(f"{gettext('{sentence}.').format(sentence=said)} {left}")
        links = _links(edition, entry.superseded_by) or _again(entry, site.tongue)
        note = spoken(inline(entry.taken_back_note), entry.lang)
        return Callout("red", "undo", lead, note, links)
    if entry.superseded_by:
        lead = escape(gettext("Replaced by a later change."))
        return Callout(
            "blue", "info", lead, Markup(""), _links(edition, entry.superseded_by)
        )
    if entry.logged:
        return None
    text = inline(" ".join(_planned(entry, site)))
    lead = escape(gettext("Nothing on this page is live yet."))
    return Callout("blue", "ring-dashed", lead, text, _dates(entry, site.tongue))


def _planned(entry: Entry, site: Site) -> Iterator[str]:
    """Where something that is not there yet stands, and when it is meant to come."""
    tongue, plan = site.tongue, entry.plan
    sentence = tongue.gettext("{sentence}.")
    yield sentence.format(sentence=tongue.gettext(entry.wording))
    if plan is None or not plan.target:
        return
    said = tongue.gettext("Planned for {target}")
    said = said.format(target=tongue.target(plan.target))
    if plan.confidence:
        sure = tongue.gettext(CONFIDENCE[plan.confidence])
        both = tongue.gettext("{said}, {confidence}")
        said = both.format(said=said, confidence=sure)
    if site.roadmap_moves and plan.was:
        moved = tongue.gettext("{said}; it was planned for {earlier}")
        said = moved.format(said=said, earlier=tongue.target(plan.was))
    yield sentence.format(sentence=said)


def _again(entry: Entry, tongue: Tongue) -> tuple[Link, ...]:
    """Where to read when something that was taken back comes again."""
    planned = entry.plan is not None and entry.taken_back == "rolled-back"
    words = tongue.gettext("When it comes back: the roadmap")
    return (Link(words, f"{ROOT}{ROADMAP}"),) * planned


def _dates(entry: Entry, tongue: Tongue) -> tuple[Link, ...]:
    told = entry.plan is not None and bool(entry.plan.target)
    words = tongue.gettext("Have its date in your calendar")
    return (Link(words, f"{ROOT}subscribe/#calendars"),) * told


def _links(edition: Edition, ids: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(entry_link(edition.by_id[one]) for one in ids if one in edition.by_id)


def said_parts(
    entry: Entry, tongue: Tongue, *, action: bool = True
) -> tuple[tuple[str, str], ...]:
    """What changed, who it is for, what to do: those that were written, with their headings.

    Without *action* if that stands somewhere else.
    """
    gettext = tongue.gettext
    rows = (
        (gettext("What changed"), entry.what),
        (gettext("Who it is for"), entry.who),
        (gettext("What to do"), entry.action if action else ""),
        (gettext("Effect on existing use"), entry.impact),
    )
    return tuple(row for row in rows if row[1])


def parts(
    entry: Entry, tongue: Tongue, *, action: bool = True
) -> tuple[tuple[str, Markup], ...]:
    """The same, ready to show."""
    return tuple(
        (head, spoken(inline(text), entry.lang))
        for head, text in said_parts(entry, tongue, action=action)
    )


def issue_view(
    entry: Entry, issue: OpenIssue, site: Site, *, of: Link | None = None
) -> Issue:
    """A known issue; *of* names its entry on the page of all issues."""
    return Issue(
        anchor=f"{entry.id}-{issue.id}",
        text_html=spoken(inline(issue.text), entry.lang),
        status=said_badge(ISSUE_STATES[issue.status], site.tongue),
        workaround_html=spoken(inline(issue.workaround), entry.lang),
        affected=issue.affected,
        fix=_fix(issue, site.tongue) if issue.fixed_in else "",
        entry=of,
    )


def _fix(issue: OpenIssue, tongue: Tongue) -> str:
    said = (
        N_("Fixed in {version}") if issue.fix_is_out else N_("Fix planned in {version}")
    )
    return tongue.gettext(said).format(version=issue.fixed_in)


def _facts(edition: Edition, entry: Entry) -> Iterator[Fact]:
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
    for label, group in (
        (gettext("Plans"), entry.plans),
        (gettext("Regions"), entry.regions),
        (gettext("Platforms"), entry.platforms),
        (gettext("Hosting"), entry.hosting),
        (tongue.pgettext("readers", "For"), entry.personas),
    ):
        if group:
            yield Fact(label, tongue.listed(named.label for named in group))
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
        if links := _links(edition, ids):
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
