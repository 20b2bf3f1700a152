"""`/checklists/`: every item by phase, whose it is, what answers it, and how often it fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from gatepost.content.pack import shipped
from gatepost.model.item import EVERY_KIND, Item
from gatepost.model.phase import BY_KEY
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_files import Sheet, sheet_csv, sheets_json
from gatepost.outputs.gate_views import ChecklistsView, ItemGroup, ItemRow
from gatepost.outputs.gate_words import CHECKLISTS, capital
from gatepost.outputs.templates import render
from gatepost.outputs.views import Link
from gatepost.outputs.words import counted, inline, plain
from gatepost.process.answer import Answer
from gatepost.process.conditions.table import CIRCUMSTANCES, CONDITIONS

CSV, JSON = f"{CHECKLISTS}checklists.csv", "api/v1/checklists.json"
MOST_LINKS = 3
_GATES = {"block": "Required", "warn": "Advised", "info": "Optional"}
_ORIGINS = {"shipped": "", "registry": "changed here", "entry": "changed here"}

Tally = dict[str, list[tuple[Release, Answer]]]


def checklist_pages(desk: Desk) -> Iterator[Artifact]:
    """The page and the same as a table."""
    tally = _tally(desk)
    rows = tuple(_row(desk, item, tally) for item in desk.terms.pack.values())
    yield _page(desk, rows)
    sheet = _sheet(desk, rows)
    yield FileArtifact(CSV, partial(sheet_csv, sheet))
    yield FileArtifact(JSON, partial(sheets_json, desk, {"items": sheet}))


def _tally(desk: Desk) -> Tally:
    """For each item: what came of it in every release that had to answer it."""
    found: Tally = defaultdict(list)
    for release in desk.releases:
        for one in desk.verdicts[release.id].answers:
            if one.asked:
                found[one.item.id].append((release, one))
    return found


def _row(desk: Desk, item: Item, tally: Tally) -> ItemRow:
    asked = tally.get(item.id, [])
    registry = desk.book.registry
    changed = item.id in registry.checklist
    failing = [release for release, one in asked if one.due and not one.settled]
    return ItemRow(
        id=item.id,
        text=item.text,
        owner=item.owner.replace("_", " "),
        gate=_gate(desk, item),
        kinds=_kinds(item),
        asks=inline(_asks(item)),
        done=sum(one.done for _, one in asked),
        waived=sum(one.state == "waived" for _, one in asked),
        failing=len(failing),
        links=tuple(_link(one) for one in failing[:MOST_LINKS]),
        origin=_origin(item),
        source=desk.source(registry.at("checklist", item.id)) if changed else None,
    )


def _origin(item: Item) -> str:
    return "added here" if item.id not in shipped() else _ORIGINS[item.origin]


def _link(release: Release) -> Link:
    name = release.title_internal or plain(release.title)
    return Link(
        release.version or name, f"{ROOT}releases/{release.id}/readiness/", name
    )


def _gate(desk: Desk, item: Item) -> str:
    terms = desk.terms
    own = terms.profile.gates.get(item.id)
    return _GATES[own or item.gate_under(terms.profile_key)]


def _kinds(item: Item) -> str:
    if set(item.kinds) == set(EVERY_KIND):
        return "all"
    return ", ".join(item.kinds)


def _asks(item: Item) -> str:
    words = CONDITIONS[item.auto].words if item.auto else "somebody ticks it"
    if item.when is None:
        return capital(words)
    return f"If {CIRCUMSTANCES[item.when][0]}: {words}"


def _page(desk: Desk, rows: tuple[ItemRow, ...]) -> PageArtifact:
    auto = sum(item.auto is not None for item in desk.terms.pack.values())
    label = desk.terms.profile.label or desk.terms.profile_key
    view = ChecklistsView(
        title="Checklists",
        lead=f"{counted(len(rows), 'item', 'items')}, {auto} of them answered by the entry itself. "
        f"The way of working is {label}.",
        links=(Link("CSV", f"{ROOT}{CSV}"), Link("JSON", f"{ROOT}{JSON}")),
        groups=tuple(_groups(desk, rows)),
        dropped=tuple(_dropped(desk)),
        taken=desk.taken,
    )
    text = " ".join(row.text for row in rows)
    draw = partial(render, "checklists.html", view)
    return PageArtifact(
        CHECKLISTS, view.title, view.lead, draw, CHECKLISTS, text=text, wide=True
    )


def _groups(desk: Desk, rows: tuple[ItemRow, ...]) -> Iterator[ItemGroup]:
    by_id = {row.id: row for row in rows}
    items = desk.terms.pack.values()
    for key, group in groupby(items, key=lambda item: item.phase):
        phase = BY_KEY[key]
        members = tuple(by_id[item.id] for item in group)
        lead = f"Before {phase.label} is left: {phase.exit_gate}."
        yield ItemGroup(f"phase-{key}", phase.label, lead, members)


def _dropped(desk: Desk) -> Iterator[tuple[str, str]]:
    for key, change in desk.book.registry.checklist.items():
        if change.drop:
            who = f"{change.by}: " if change.by else ""
            yield key, f"{who}{change.why or 'no reason given'}"


def _sheet(desk: Desk, rows: tuple[ItemRow, ...]) -> Sheet:
    heads = (
        *("Id", "Phase", "Item", "Role", "Gate", "Kinds", "Answered by"),
        *("Done", "Waived", "Failing"),
    )
    phases = desk.terms.pack
    return Sheet(
        "Checklists",
        heads,
        tuple(
            (
                row.id,
                BY_KEY[phases[row.id].phase].label,
                row.text,
                row.owner,
                row.gate,
                row.kinds,
                _asks(phases[row.id]),
                str(row.done),
                str(row.waived),
                str(row.failing),
            )
            for row in rows
        ),
    )
