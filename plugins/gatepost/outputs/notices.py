"""Known issues and deprecations, each gathered from all entries onto one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from email.utils import format_datetime
from functools import partial
from itertools import islice

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry
from gatepost.model.parts import Replacement
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.calendar_public import ALL as CALENDAR
from gatepost.outputs.card import areas, entry_link
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.release_parts import issue_view
from gatepost.outputs.templates import render
from gatepost.outputs.tongue import Tongue
from gatepost.outputs.views import (
    Badge,
    DeprecationRow,
    DeprecationsView,
    HeaderRow,
    IssuesView,
)
from gatepost.outputs.words import inline, spoken

ISSUES = "known-issues/"
DEPRECATIONS = "deprecations/"
HEADER_ROWS = 25
"""Most ends whose headers the page shows; the data has all."""
KNOWN_ISSUES, ENDS = "known-issues", "deprecations"
"""Keys of the feeds of these two pages."""


def known_issues_page(edition: Edition) -> PageArtifact:
    """Every known issue readers may know of, open ones first."""
    site, gettext = edition.site, edition.site.tongue.gettext
    lead = gettext("What does not work yet in {name}, and what to do meanwhile.")
    rows = [
        (issue.status == "fixed", issue_view(entry, issue, site, of=entry_link(entry)))
        for entry in edition.log
        for issue in entry.issues
    ]
    feed = feed_set(site, KNOWN_ISSUES, gettext("Known issues"))
    view = IssuesView(
        title=gettext("Known issues"),
        feed=feed,
        subscribe_href=f"{ROOT}subscribe/",
        lead=lead.format(name=site.name),
        open=tuple(issue for fixed, issue in rows if not fixed),
        fixed=tuple(issue for fixed, issue in rows if fixed),
        empty=""
        if any(not fixed for fixed, _ in rows)
        else gettext("No known issue is open."),
    )
    return PageArtifact(
        path=ISSUES,
        title=view.title,
        description=view.lead,
        draw=partial(render, "known_issues.html", view, site.tongue),
        section=ISSUES,
        feed=feed,
        text=" ".join(issue.text_html.striptags() for _, issue in rows),
    )


def deprecations_page(edition: Edition) -> PageArtifact:
    """Everything that will stop working, soonest end first."""
    entries = [entry for entry in edition.log if entry.deprecation]
    rows = [(_ends(entry), deprecation_row(edition, entry)) for entry in entries]
    site, gettext = edition.site, edition.site.tongue.gettext
    now = site.as_of.timestamp()
    lead = gettext("What {name} will switch off, when, and what to use instead.")
    feed = feed_set(site, ENDS, gettext("Deprecations"))
    view = DeprecationsView(
        title=gettext("Deprecations"),
        feed=feed,
        subscribe_href=f"{ROOT}subscribe/",
        calendar_href=f"{ROOT}{CALENDAR}",
        headers=tuple(islice(_headers(edition, entries), HEADER_ROWS)),
        data_href=f"{ROOT}api/v1/deprecations.json",
        lead=lead.format(name=site.name),
        ahead=tuple(
            row for ends, row in sorted(rows, key=lambda row: row[0]) if ends > now
        ),
        past=tuple(
            row
            for ends, row in sorted(rows, key=lambda row: row[0], reverse=True)
            if ends <= now
        ),
        empty=""
        if any(ends > now for ends, _ in rows)
        else gettext("Nothing is going to be switched off."),
    )
    return PageArtifact(
        path=DEPRECATIONS,
        title=view.title,
        description=view.lead,
        draw=partial(render, "deprecations.html", view, site.tongue),
        section=DEPRECATIONS,
        wide=True,
        feed=feed,
        text=" ".join(entry.title for entry in entries),
    )


def _headers(edition: Edition, entries: Iterable[Entry]) -> Iterator[HeaderRow]:
    """The headers of every end that lies ahead, the soonest first."""
    for entry in sorted(entries, key=_ends):
        lines = http_headers(entry, edition.site)
        if lines and _ends(entry) > edition.site.as_of.timestamp():
            text = "\n".join(f"{name}: {value}" for name, value in lines.items())
            yield HeaderRow(entry_link(entry), text)


def http_headers(entry: Entry, site: Site) -> dict[str, str]:
    """What an interface answers about something it will switch off; empty without a date.

    Source: RFC 9745 (`Deprecation`, a structured date), RFC 8594 (`Sunset`, an HTTP date), RFC 8288
    (`Link`). A sunset is never earlier than the deprecation, as RFC 9745 asks in section 4.
    """
    said = entry.deprecation
    since = (said.notice_on if said else None) or entry.published
    if said is None or since is None or said.sunset_on is None:
        return {}
    page, begins = f"{site.url}{entry.href}", min(since.at, said.sunset_on.at)
    return {
        "Deprecation": f"@{int(begins.timestamp())}",
        "Sunset": format_datetime(said.sunset_on.at.astimezone(UTC), usegmt=True),
        "Link": f'<{page}>; rel="deprecation"; type="text/html", '
        f'<{page}>; rel="sunset"; type="text/html"',
    }


def _ends(entry: Entry) -> float:
    ends = entry.deprecation.sunset_on if entry.deprecation else None
    return ends.at.timestamp() if ends else float("inf")


def deprecation_row(edition: Edition, entry: Entry) -> DeprecationRow:
    """One row of the table."""
    site = edition.site
    said = entry.deprecation
    ends = said.sunset_on if said else None
    over = ends is not None and ends.at <= site.as_of
    state = (
        Badge("red", "x", site.tongue.gettext("Switched off"))
        if over
        else Badge("warn", "clock", site.tongue.gettext("Still works"))
    )
    noticed = (said.notice_on if said else None) or entry.published
    return DeprecationRow(
        entry=entry_link(entry),
        areas=areas(entry),
        notice=site.day(noticed) if noticed else None,
        sunset=site.day(ends) if ends else None,
        state=state,
        replacement_html=_replacement(said.replacement if said else None, site.tongue),
        action_html=spoken(inline(entry.action), entry.lang),
    )


def _replacement(row: Replacement | None, tongue: Tongue) -> Markup:
    if row is None or row.relation == "none":
        return escape(tongue.gettext("No replacement")) if row else Markup("")
    return escape(tongue.gettext(", ")).join(inline(target) for target in row.targets)
