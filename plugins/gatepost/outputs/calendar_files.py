"""The tables of the calendar as files: events, collisions, who waits, how often, slips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact
from gatepost.outputs.calendar_desk import EVENTS_CSV, Plan, event_sheet, events_csv
from gatepost.outputs.calendar_public import CALENDAR
from gatepost.outputs.calendar_views import CalendarView, WaitRow
from gatepost.outputs.desk_files import Sheet, sheet_csv, sheets_json
from gatepost.outputs.views import Link

JSON = "api/v1/calendar.json"
NAMES = ("collisions", "waits", "months", "slips")
"""Tables below the grid, each a file of that name."""


def table_link(name: str) -> Link:
    """Where a table is a file."""
    return Link("CSV", f"{ROOT}{CALENDAR}{name}.csv")


def calendar_table_files(plan: Plan, view: CalendarView) -> Iterator[Artifact]:
    """A CSV file for each table, and all of them as JSON."""
    sheets = dict(zip(NAMES, _sheets(view), strict=True))
    yield FileArtifact(EVENTS_CSV, partial(events_csv, plan))
    for name, sheet in sheets.items():
        yield FileArtifact(f"{CALENDAR}{name}.csv", partial(sheet_csv, sheet))
    yield FileArtifact(
        JSON,
        lambda: sheets_json(plan.desk, {"events": event_sheet(plan), **sheets}),
    )


def _sheets(view: CalendarView) -> Iterator[Sheet]:
    yield Sheet(
        "Collisions",
        ("Releases", "What", "Why", "From", "When"),
        tuple(
            (
                _names(one.releases, one.more),
                one.badge.text,
                one.what,
                one.day.iso,
                one.day.text,
            )
            for one in view.clashes
        ),
    )
    yield Sheet(
        "Who waits for whom",
        ("Team", "Owes", "To", "With", "By", "Stands", "Why", "Source"),
        tuple(_wait(one) for one in view.waits),
    )
    yield Sheet(
        "How often",
        ("Month", "Releases", "By product", "Which"),
        tuple(
            (one.label, str(one.count), one.products, _names(one.releases, one.more))
            for one in view.months
        ),
    )
    yield Sheet(
        "Planned and actual",
        ("Release", "Planned", "Went out", "Slip"),
        tuple(
            (
                one.release.text,
                one.planned.iso,
                one.actual.iso if one.actual else "",
                one.words,
            )
            for one in view.slips
        ),
    )


def _wait(one: WaitRow) -> tuple[str, ...]:
    due = one.day.iso if one.day else ""
    comes = one.on.text if one.on else one.ref
    source = one.source.text if one.source else ""
    return (
        one.team,
        one.what,
        one.release.text,
        comes,
        due,
        one.badge.text,
        one.why,
        source,
    )


def _names(links: Iterable[Link], more: str) -> str:
    return "; ".join((*(one.text for one in links), *([more] if more else [])))
