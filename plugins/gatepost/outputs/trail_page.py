"""The audit trail of each release: a page to read, and one JSON file to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from gatepost.model.phase import BY_KEY, KEYS
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_files import Sheet, stacked_csv
from gatepost.outputs.json_text import json_text
from gatepost.outputs.metrics_views import CellView, RowView, TableView
from gatepost.outputs.scope_changes import (
    SCOPE_HEADS,
    at_time,
    scope_rows,
    short_commit,
)
from gatepost.outputs.templates import render
from gatepost.outputs.views import Link
from gatepost.outputs.words import counted, day, plain
from gatepost.process.phase_times import Stay
from gatepost.process.trail import Event, Trail, trail

SECTION = "readiness/"
_EVENT_HEADS = ("When", "What", "Kind", "By", "Why", "File or commit", "Line")
_SECONDS_PER_DAY = 86_400


@dataclass(frozen=True, slots=True)
class TrailView:
    """How one release came about."""

    crumb: Link
    title: str
    lead: str
    links: tuple[Link, ...]
    note: str
    tables: tuple[TableView, ...]
    taken: str


def trail_pages(desk: Desk) -> Iterator[Artifact]:
    """A page and a file for each release."""
    for release in desk.releases:
        found = trail(release, desk.book.history, desk.book.registry, desk.book.as_of)
        yield _page(desk, release, found)
        name = f"api/v1/trail/{release.id}.json"
        yield FileArtifact(name, partial(trail_json, desk, release, found))
        yield FileArtifact(_csv(release), partial(trail_csv, desk, release, found))


def _csv(release: Release) -> str:
    return f"releases/{release.id}/trail/trail.csv"


def _page(desk: Desk, release: Release, found: Trail) -> PageArtifact:
    name = release.title_internal or plain(release.title)
    home = f"{ROOT}releases/{release.id}/"
    source = desk.source(release.at("phase"))
    view = TrailView(
        crumb=Link(name, f"{home}readiness/"),
        title=f"Audit trail: {name}",
        lead=_lead(found),
        links=(
            Link("Release page", home),
            *([Link("Release file", source.href)] if source else []),
            Link("CSV", f"{ROOT}{_csv(release)}"),
            Link("JSON", f"{ROOT}api/v1/trail/{release.id}.json"),
        ),
        note=plain(found.note),
        tables=tuple(one for one in _tables(desk, release, found) if one.rows),
        taken=desk.taken,
    )
    return PageArtifact(
        f"releases/{release.id}/trail/",
        view.title,
        view.lead,
        partial(render, "trail.html", view),
        SECTION,
        text=f"{name} {release.id} audit trail approvals decisions waivers",
        wide=True,
    )


def _lead(found: Trail) -> str:
    kinds = [one.kind for one in found.events]
    parts = [
        counted(kinds.count("approval"), "sign-off", "sign-offs"),
        counted(kinds.count("decision"), "decision", "decisions"),
        counted(kinds.count("waiver"), "waiver", "waivers"),
        counted(len(found.scope), "late change of scope", "late changes of scope"),
    ]
    told = f"{', '.join(parts)}."
    if found.waiting:
        names = ", ".join(one.replace("_", " ") for one in found.waiting)
        told += f" Still to sign: {names}."
    return told


def _tables(desk: Desk, release: Release, found: Trail) -> Iterator[TableView]:
    yield _stays("phases", "Phases", "From git.", found.phases, desk)
    stages = "From the entry's stages."
    yield _stays("stages", "Stages", stages, found.stages, desk)
    yield TableView(
        "scope",
        "Scope changed after it was closed",
        "From git.",
        SCOPE_HEADS,
        tuple(_row(*texts) for texts in scope_rows(found.scope, desk.site.zone)),
    )
    yield TableView(
        "events",
        "Everything on record",
        "Oldest first; what has no date stands last.",
        ("When", "What", "Kind", "By", "Why, or where it is recorded", "Source"),
        tuple(_event(desk, release, one) for one in found.events),
    )


def _stays(
    key: str, caption: str, about: str, rows: Iterable[Stay], desk: Desk
) -> TableView:
    zone = desk.site.zone
    return TableView(
        key,
        caption,
        about,
        ("Where", "Since", "Until", "Days", "Moved by", "Commit"),
        tuple(
            _row(
                _label(one.where, desk),
                at_time(one.since, zone) or "before the history begins",
                at_time(one.until, zone) or "now",
                _days(one, desk.book.as_of),
                one.by,
                short_commit(one.commit),
            )
            for one in rows
        ),
    )


def _label(where: str, desk: Desk) -> str:
    row = next((BY_KEY[key] for key in KEYS if key == where), None)
    if row is None:
        return where
    own = desk.book.registry.phases.get(row.key)
    return (own.label if own else "") or row.label


def _days(one: Stay, as_of: datetime) -> str:
    if one.since is None:
        return "not known"
    length = (one.until or as_of) - one.since
    days = f"{max(length.total_seconds(), 0) / _SECONDS_PER_DAY:.1f}"
    return days if one.until else f"{days} so far"


def _cells(*texts: str) -> tuple[CellView, ...]:
    return tuple(CellView(plain(text)) for text in texts)


def _row(*texts: str) -> RowView:
    return RowView(_cells(*texts))


def _event(desk: Desk, release: Release, one: Event) -> RowView:
    when, zone = "no date", desk.site.zone
    if one.on:
        timed = one.on.timed
        when = at_time(one.on.at, zone) if timed else day(one.on, zone).text
    cells = _cells(when, one.what, one.kind, one.by, one.why)
    return RowView((*cells, _where(desk, release, one)))


def _where(desk: Desk, release: Release, one: Event) -> CellView:
    """The commit, or the exact line of the file."""
    if not one.path:
        return CellView(f"commit {short_commit(one.commit)}")
    place = release.at(*one.path)
    source = desk.source(place)
    if source is None:
        return CellView(f"{place.path}:{place.line}")
    return CellView("", (Link(f"line {place.line}", source.href),))


def trail_csv(desk: Desk, release: Release, found: Trail) -> bytes:
    """Every table of the page, with the file and line of each event."""
    sheets = [
        Sheet(one.caption, one.heads, tuple(map(_texts, one.rows)))
        for one in _tables(desk, release, found)
        if one.id != "events"
    ]
    events = tuple(_event_cells(release, one) for one in found.events)
    return stacked_csv((*sheets, Sheet("Everything on record", _EVENT_HEADS, events)))


def _texts(row: RowView) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _event_cells(release: Release, one: Event) -> tuple[str, ...]:
    on = one.on.iso if one.on else ""
    said = (on, plain(one.what), one.kind, one.by, plain(one.why))
    if not one.path:
        return (*said, one.commit, "")
    place = release.at(*one.path)
    return (*said, place.path, str(place.line))


def trail_json(desk: Desk, release: Release, found: Trail) -> bytes:
    """The whole trail in one file."""
    as_of = desk.book.as_of
    return json_text(
        {
            "version": 1,
            "id": release.id,
            "title": release.title_internal or plain(release.title),
            "as_of": as_of.isoformat(timespec="seconds"),
            "source": release.source.path,
            "phase": release.phase,
            "state": release.state,
            "history": {
                "complete": not found.note,
                "note": found.note,
                "shallow": desk.book.history.shallow,
            },
            "phases": [_stay_json(one) for one in found.phases],
            "stages": [_stay_json(one) for one in found.stages],
            "waiting": list(found.waiting),
            "scope_changes": [
                {
                    "at": one.at.isoformat(timespec="seconds"),
                    "came": list(one.came),
                    "went": list(one.went),
                    "decision": one.decided,
                    "by": one.by,
                    "commit": one.commit,
                }
                for one in found.scope
            ],
            "events": [_event_json(release, one) for one in found.events],
        }
    ).encode()


def _stay_json(one: Stay) -> dict[str, object]:
    length = one.length
    days = None if length is None else length.total_seconds() / _SECONDS_PER_DAY
    return {
        "where": one.where,
        "since": one.since.isoformat(timespec="seconds") if one.since else None,
        "until": one.until.isoformat(timespec="seconds") if one.until else None,
        "days": None if days is None else round(days, 2),
        "by": one.by,
        "commit": one.commit,
    }


def _event_json(release: Release, one: Event) -> dict[str, object]:
    row: dict[str, object] = {
        "on": one.on.iso if one.on else None,
        "kind": one.kind,
        "what": one.what,
        "by": one.by,
        "why": one.why,
    }
    if one.commit:
        return {**row, "commit": one.commit}
    place = release.at(*one.path)
    field = ".".join(map(str, one.path))
    return {**row, "field": field, "file": place.path, "line": place.line}
