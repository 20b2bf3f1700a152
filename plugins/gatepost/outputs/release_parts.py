"""What page, feed and Markdown twin of a release say alike."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry, OpenIssue
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.card import (
    entry_link,
)
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.roadmap import ROADMAP
from gatepost.outputs.tongue import N_, Tongue
from gatepost.outputs.views import (
    Badge,
    Callout,
    Issue,
    Link,
)
from gatepost.outputs.words import (
    CONFIDENCE,
    TAKEN_BACK,
    inline,
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
        links = entry_links(edition, entry.superseded_by) or _again(entry, site.tongue)
        note = spoken(inline(entry.taken_back_note), entry.lang)
        return Callout("red", "undo", lead, note, links)
    if entry.superseded_by:
        lead = escape(gettext("Replaced by a later change."))
        return Callout(
            "blue", "info", lead, Markup(""), entry_links(edition, entry.superseded_by)
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


def entry_links(edition: Edition, ids: tuple[str, ...]) -> tuple[Link, ...]:
    """Links to those of the entries that readers of the site may see."""
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
        ours=issue.ours,
    )


def _fix(issue: OpenIssue, tongue: Tongue) -> str:
    said = (
        N_("Fixed in {version}") if issue.fix_is_out else N_("Fix planned in {version}")
    )
    return tongue.gettext(said).format(version=issue.fixed_in)


def concerned(entry: Entry, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Whom and what an entry is about besides its products, each with its heading."""
    gettext = tongue.gettext
    for heading, group in (
        (gettext("Plans"), entry.plans),
        (gettext("Regions"), entry.regions),
        (gettext("Platforms"), entry.platforms),
        (gettext("Hosting"), entry.hosting),
        (tongue.pgettext("readers", "For"), entry.personas),
    ):
        if group:
            yield heading, tongue.listed(named.label for named in group)
