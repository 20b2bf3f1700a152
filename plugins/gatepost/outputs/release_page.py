"""The page of one release: the one address it keeps for its whole life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry, OpenIssue
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
    STAGES,
    TAKEN_BACK,
    dated_availability,
    inline,
    percent,
    plain,
    said_badge,
    spoken,
)

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
    for entry in edition.entries:
        yield _page(edition, entry, places.get(entry.id), desk.get(entry.id, ()))


def _page(
    edition: Edition, entry: Entry, place: int | None, desk: tuple[Link, ...]
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
            "release.html", _view(edition, entry, place, desk), site.tongue
        ),
        section=CHANGELOG if entry.logged else ROADMAP,
        feed=feed,
        text="" if entry.unlisted else _search_text(edition, entry),
        modified=revised.day.isoformat() if revised else "",
        hidden=entry.unlisted or entry.noindex,
        linked=linked_data(edition, entry) if entry.logged else None,
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


def _view(
    edition: Edition, entry: Entry, place: int | None, desk: tuple[Link, ...]
) -> ReleaseView:
    site, gettext = edition.site, edition.site.tongue.gettext
    log = edition.log
    due = due_callout(entry, site)
    say = partial(spoken, lang=entry.lang)
    return ReleaseView(
        crumb=Link(gettext("Changelog"), f"{ROOT}{CHANGELOG}")
        if entry.logged
        else Link(gettext("Roadmap"), f"{ROOT}{ROADMAP}"),
        version=entry.version,
        badges=badges(entry, site),
        areas=areas(entry),
        title_html=inline(entry.title),
        lead_html=lead(edition, entry),
        notice=notice(edition, entry),
        due=due,
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
        feedback=Link(entry.feedback.label, entry.feedback.url)
        if entry.feedback
        else None,
        markdown_href=f"{ROOT}{entry.href}index.md",
        previous=entry_link(log[place + 1])
        if place is not None and place + 1 < len(log)
        else None,
        next=entry_link(log[place - 1]) if place else None,
        internal=desk,
        lang=entry.lang,
        rtl=is_rtl(entry.lang),
        translation=of_translation(edition, entry),
        gone=bool(entry.taken_back),
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
        lead = inline(gettext("{sentence}.").format(sentence=said))
        replaced = _links(edition, entry.superseded_by)
        note = spoken(inline(entry.taken_back_note), entry.lang)
        return Callout("red", "undo", lead, note, replaced)
    if entry.superseded_by:
        lead = escape(gettext("Replaced by a later change."))
        return Callout(
            "blue", "info", lead, Markup(""), _links(edition, entry.superseded_by)
        )
    if entry.logged:
        return None
    lead = escape(gettext("Nothing on this page is live yet."))
    return Callout("blue", "info", lead, inline(" ".join(_planned(entry, site))))


def _planned(entry: Entry, site: Site) -> Iterator[str]:
    """What is told of a plan: `Coming soon.`, `Planned for Q4 2026.`, `High confidence.`."""
    gettext, plan = site.tongue.gettext, entry.plan
    sentence = gettext("{sentence}.")
    yield sentence.format(sentence=gettext(entry.wording))
    if plan and plan.target:
        target = site.tongue.target(plan.target)
        said = gettext("Planned for {target}").format(target=target)
        yield sentence.format(sentence=said)
    if plan and plan.confidence:
        said = gettext(CONFIDENCE[plan.confidence])
        yield sentence.format(sentence=said[:1].upper() + said[1:])


def _links(edition: Edition, ids: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(entry_link(edition.by_id[one]) for one in ids if one in edition.by_id)


def parts(
    entry: Entry, tongue: Tongue, *, action: bool = True
) -> tuple[tuple[str, Markup], ...]:
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
    return tuple(
        (head, spoken(inline(text), entry.lang)) for head, text in rows if text
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
        fixed_in=issue.fixed_in,
        entry=of,
    )


def _facts(edition: Edition, entry: Entry) -> Iterator[Fact]:
    yield from _when(edition, entry)
    yield _availability(entry, edition.site)
    yield from _reach(entry, edition.site.tongue)
    yield from _conditions(entry, edition.site)
    yield from _reading(edition, entry)
    follow = edition.site.tongue.gettext("Follow")
    yield Fact(follow, links=_follow(entry, edition.site.tongue))


def _when(edition: Edition, entry: Entry) -> Iterator[Fact]:
    gettext = edition.site.tongue.gettext
    if entry.version:
        href = version_href(entry)
        link = (Link(entry.version, href),) if href else ()
        said = "" if link else entry.version
        yield Fact(gettext("Version"), said, mono=True, links=link)
    if entry.logged and entry.published:
        yield Fact(gettext("Released"), day=edition.site.day(entry.published))
    elif entry.plan and entry.plan.target:
        target = edition.site.tongue.target(entry.plan.target)
        yield Fact(gettext("Planned for"), target)


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
    word = dated_availability(entry, site.zone, tongue) or _settled(entry, tongue)
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


def _settled(entry: Entry, tongue: Tongue) -> str:
    if entry.taken_back:
        return tongue.gettext("Off for all accounts")
    if entry.logged and not entry.plans:
        return tongue.gettext("All accounts")
    return tongue.gettext(entry.wording)


def _conditions(entry: Entry, site: Site) -> Iterator[Fact]:
    fits, gettext = entry.compatibility, site.tongue.gettext
    if fits and fits.backward != "yes":
        yield Fact(
            gettext("Compatibility"),
            gettext(COMPATIBILITY[fits.backward]),
            lines=(fits.notes,) if fits.notes else (),
        )
    if entry.downtime and entry.downtime.kind != "none":
        start = entry.downtime.start
        yield Fact(
            gettext("Interruption"),
            entry.downtime.wording or gettext(DOWNTIME[entry.downtime.kind]),
            day=site.day(start) if start else None,
        )
    if entry.security:
        numbers = (*entry.security.cve, *entry.security.ghsa)
        rated = entry.security.severity
        said = gettext(SEVERITY[rated] if rated else N_("Not rated"))
        thanks = gettext("Thanks to {name}")
        credit = (
            (thanks.format(name=entry.security.credit),)
            if entry.security.credit
            else ()
        )
        yield Fact(gettext("Advisory"), site.tongue.listed(numbers), mono=True)
        yield Fact(gettext("Severity"), said, lines=credit)
    if entry.tags:
        yield Fact(gettext("Tags"), site.tongue.listed(entry.tags))


def _follow(entry: Entry, tongue: Tongue) -> tuple[Link, ...]:
    product = entry.products[0].key if entry.products and entry.logged else ""
    key = f"product/{product}" if product and not entry.unlisted else "all"
    return (
        Link("RSS", f"{ROOT}feeds/{key}.rss.xml"),
        Link("Atom", f"{ROOT}feeds/{key}.atom.xml"),
        Link(tongue.gettext("All feeds"), f"{ROOT}subscribe/"),
    )
