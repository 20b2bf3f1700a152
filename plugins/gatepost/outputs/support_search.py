"""`/support/`: from a symptom or a time to the releases behind it. A page and a static index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from functools import partial

from gatepost.model.moment import Moment
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_files import Sheet, sheet_csv, sheets_json
from gatepost.outputs.rollback_page import has_rollback_page, rollback_pages
from gatepost.outputs.support_brief import SUPPORT, brief_href, brief_pages
from gatepost.outputs.support_words import Reach, reach, share_text
from gatepost.outputs.templates import render
from gatepost.outputs.views import Link
from gatepost.outputs.words import counted, plain
from gatepost.process.support import code_words, endpoints, happenings, history

MOST_BYTES = 500_000
"""Size from which the index is split by year."""
CURRENT_DAYS = 90
"""How long a release that is with everyone stays in the table."""
OTHER = "Other"
CSV, JSON = f"{SUPPORT}current.csv", "api/v1/support.json"
_CALL = "gatepostSupport"

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Current:
    """A release in the table."""

    brief: Link
    version: str
    reach: Reach
    issues: str
    """`2 known issues`; may be empty."""
    escalation: str
    source: Link | None
    """The line that says what support is told."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """`/support/`, internal. Template: support_search.html."""

    title: str
    lead: str
    zone: str
    """Name of the zone times are given in."""
    parts: str
    """File names of the index, separated by blanks, newest first."""
    groups: tuple[tuple[str, tuple[Current, ...]], ...]
    """Product and its current releases."""
    files: tuple[Link, ...]
    """The table as CSV and JSON."""
    empty: str
    taken: str


def support_search(desk: Desk) -> Iterator[Artifact]:
    """The page, and the index it searches in one file, or in one for each year."""
    files, groups = index_files(desk), tuple(_groups(desk))
    view = SearchView(
        title="Support",
        lead="Type what the customer sees or when it began. You get the releases it may come from.",
        zone=str(desk.site.zone),
        parts=" ".join(files),
        groups=groups,
        files=(Link("CSV", f"{ROOT}{CSV}"), Link("JSON", f"{ROOT}{JSON}")),
        empty="No release is under way, and none went out in the last "
        f"{CURRENT_DAYS} days.",
        taken=desk.taken,
    )
    yield PageArtifact(
        path=SUPPORT,
        title=view.title,
        description=view.lead,
        draw=partial(render, "support_search.html", view),
        section=SUPPORT,
        text="support error symptom who has it workaround escalation",
        wide=True,
    )
    for name, raw in files.items():
        yield FileArtifact(f"{SUPPORT}{name}", partial(bytes, raw))
    sheet = _sheet(groups)
    yield FileArtifact(CSV, partial(sheet_csv, sheet))
    yield FileArtifact(JSON, partial(sheets_json, desk, {"current": sheet}))


def _sheet(groups: tuple[tuple[str, tuple[Current, ...]], ...]) -> Sheet:
    heads = (
        *("Product", "Release", "Version", "Who has it", "Since"),
        *("Open issues", "Whom to ask", "Source"),
    )
    rows = tuple(
        (
            product,
            one.brief.text,
            one.version,
            one.reach.badge.text,
            one.reach.since.iso if one.reach.since else "",
            one.issues,
            one.escalation,
            one.source.text if one.source else "",
        )
        for product, members in groups
        for one in members
    )
    return Sheet("Current releases", heads, rows)


def support_pages(desk: Desk) -> Iterator[Artifact]:
    """Every page and file of support, and the way back of each release."""
    yield from support_search(desk)
    yield from brief_pages(desk)
    yield from rollback_pages(desk)


def index_files(desk: Desk) -> dict[str, bytes]:
    """The index: file name to content, newest first.

    Files are scripts that call `gatepostSupport(year, rows)`: a page that is opened from a disk
    may load a script, but not fetch data.
    """
    rows = [(index_row(desk, one), one) for one in desk.releases]
    rows = [pair for pair in rows if pair[1].state != "cancelled"]
    whole = _script("all", (row for row, _ in rows))
    if len(whole) <= MOST_BYTES:
        return {"index.js": whole}
    years: dict[str, list[Row]] = {}
    for row, release in rows:
        years.setdefault(_year(desk, release), []).append(row)
    return {
        f"index-{year}.js": _script(year, years[year])
        for year in sorted(years, reverse=True)
    }


def _script(part: str, rows: Iterable[Row]) -> bytes:
    text = json.dumps(list(rows), ensure_ascii=True, separators=(",", ":"))
    return f'{_CALL}("{part}",{text});\n'.encode()


def _year(desk: Desk, release: Release) -> str:
    steps = history(release, desk.book.as_of)
    moment = steps[-1].since if steps else Moment(desk.book.as_of)
    return str(moment.at.year)


def index_row(desk: Desk, release: Release) -> Row:
    """What the search knows of one release; empty values are left out."""
    registry, zone, said = desk.book.registry, desk.site.zone, release.support
    steps = history(release, desk.book.as_of)
    keys = (*release.products, *release.components)
    row: dict[str, object] = {
        "id": release.id,
        "title": plain(release.title),
        "summary": plain((said.summary if said else "") or release.summary),
        "now": reach(release, steps, zone).badge.text,
        "ask": (said.escalation if said else "") or release.roles.get("eng_lead", ""),
        "undo": has_rollback_page(release),
        "version": [release.version] if release.version else [],
        "errors": said.symptoms if said else (),
        "endpoints": endpoints(release),
        "flags": tuple(flag.key for flag in release.flags),
        "codes": code_words(release),
        "issues": tuple(
            (plain(one.text), plain(one.workaround)) for one in release.known_issues
        ),
        "products": tuple(
            dict.fromkeys((*(registry.name_of(key) for key in keys), *keys))
        ),
        "words": tuple(_words(release)),
        "had": tuple((_local(one.since, zone), share_text(one)) for one in steps),
        "events": tuple(
            (_local(one.at, zone), one.what) for one in happenings(release)
        ),
    }
    return {key: value for key, value in row.items() if value}


def _words(release: Release) -> Iterator[str]:
    said = release.support
    texts = (release.title_internal, release.what, release.who, release.impact)
    yield from (plain(text) for text in texts if text)
    for answer in said.faq if said else ():
        yield plain(f"{answer.q} {answer.a}")
    yield from said.macros if said else ()
    yield from release.tags


def _local(moment: Moment, zone: tzinfo) -> str:
    """`2026-11-19T14:00` in the site's zone, or the day alone if no time was written.

    Texts of that form compare as times do; a day alone counts from its beginning.
    """
    if not moment.timed:
        return moment.day.isoformat()
    return f"{moment.at.astimezone(zone):%Y-%m-%dT%H:%M}"


def _groups(desk: Desk) -> Iterator[tuple[str, tuple[Current, ...]]]:
    """Current releases under each of their products, newest change first."""
    registry = desk.book.registry
    groups: dict[str, list[tuple[str, Current]]] = {}
    for release in desk.releases:
        if not (found := _current(desk, release)):
            continue
        names = [registry.name_of(key) for key in release.products] or [OTHER]
        for name in dict.fromkeys(names):
            groups.setdefault(name, []).append(found)
    for name in sorted(groups, key=lambda name: (name == OTHER, name.casefold())):
        rows = sorted(groups[name], key=lambda pair: pair[0], reverse=True)
        yield name, tuple(current for _, current in rows)


def _current(desk: Desk, release: Release) -> tuple[str, Current] | None:
    """The row of a release that support may be asked about today, with its latest change."""
    steps = history(release, desk.book.as_of)
    if not steps or release.state == "cancelled":
        return None
    last = steps[-1]
    still = [one for one in release.known_issues if one.status != "fixed"]
    settled = last.share == 100 or last.taken_back  # noqa: PLR2004 - percent
    old = last.since.at < desk.book.as_of - timedelta(days=CURRENT_DAYS)
    if old and settled and not still:
        return None
    row = Current(
        brief=Link(plain(release.title), brief_href(release)),
        version=release.version,
        reach=reach(release, steps, desk.site.zone),
        issues=counted(len(still), "known issue", "known issues") if still else "",
        escalation=(release.support.escalation if release.support else "")
        or release.roles.get("eng_lead", ""),
        source=desk.source(release.at("support")),
    )
    return f"{last.since.at.timestamp():020.3f} {release.id}", row
