"""What came of one item of a checklist: done, ticked, waived, open, or bad news."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from gatepost.model.finding import Place
from gatepost.model.item import Gate, Item
from gatepost.model.moment import Moment
from gatepost.model.parts import Tick, Waiver
from gatepost.model.release import PathInFile, Release
from gatepost.process.conditions.condition import (
    Facts,
    Finding,
    Gap,
    Unasked,
    is_ahead,
)
from gatepost.process.conditions.table import CONDITIONS
from gatepost.process.edit import (
    Blanks,
    Edit,
    edit_of,
    key_text,
    piece_edit,
    tells_a_fact,
)

State = Literal["done", "not-applicable", "waived", "open", "failing"]
"""*failing*: a fact says no already; *open*: nobody has shown it yet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An item and what came of it."""

    item: Item
    gate: Gate
    """How much it counts under the way of working in force."""
    state: State
    asked: bool
    """Whether the gate of the phase the release is in, or an earlier one, asks for it."""
    due: bool
    """Whether the release owes it now."""
    owner: str
    """Team handle; empty if nobody fills the role."""
    what: str
    """What is missing or wrong, as a sentence without a full stop; empty if nothing is."""
    note: str
    """Who ticked or waived it, when and why; or that a waiver has run out."""
    by: Moment | None
    """When it is due."""
    path: PathInFile
    edit: Edit | None
    """The smallest edit that mends it; none if nothing is missing, or no line mends it."""
    fix: str
    """What to do, in words; empty if nothing is missing."""
    place: Place
    """Where it is to be mended, as far as that is known."""

    @property
    def done(self) -> bool:
        """Whether it is shown, ticked, or does not apply."""
        return self.state in {"done", "not-applicable"}

    @property
    def settled(self) -> bool:
        """Whether nobody has to act: done, or waived for now."""
        return self.done or self.state == "waived"

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way now."""
        return self.due and self.gate == "block" and not self.settled

    @property
    def warns(self) -> bool:
        """Whether it is owed, and may be left open."""
        return self.due and self.gate == "warn" and not self.settled

    @property
    def field(self) -> str:
        """The field it is about, with dots between the blocks."""
        return ".".join(str(part) for part in self.path)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known about an item before it is known whether it is due."""

    state: State
    note: str = ""
    gap: Gap | None = None
    tickable: bool = False
    """Whether a person may answer for it."""


def reply(item: Item, facts: Facts) -> Reply:
    """Answer an item: by its condition, by a tick, or by a waiver that has not run out."""
    release = facts.release
    found: Finding = None
    if item.auto:
        found = CONDITIONS[item.auto].holds(facts)
    if found is True:
        return Reply("done")
    if isinstance(found, Unasked):
        return Reply("not-applicable", found.why)
    tick = release.checklist.get(item.id)
    # A fact that says no, or an empty field, is not done because somebody ticks it.
    counts = tick is not None and _signed(tick) and not is_ahead(tick.on, facts.as_of)
    if tick and counts and tick.state == "done" and found is None:
        return Reply("done", _told("ticked", tick))
    if tick and counts and tick.state == "n-a" and tick.note:
        return Reply("not-applicable", _told("does not apply, says", tick))
    gap = found if isinstance(found, Gap) else None
    state: State = "failing" if gap and gap.hard else "open"
    waiver = waiver_of(release, item.id, facts.as_of)
    if waiver is None:
        return Reply(state, _why_not(tick, found, facts.as_of), gap, found is None)
    if is_ahead(waiver.on, facts.as_of):
        note = f"the waiver of {waiver.by} begins on {waiver.on.day}"
        return Reply(state, note, gap, found is None)
    if waiver.until and waiver.until.at <= facts.as_of:
        note = f"the waiver of {waiver.by} ran out on {waiver.until.day}"
        return Reply(state, note, gap, found is None)
    return Reply("waived", _waived(waiver), gap)


def _signed(tick: Tick) -> bool:
    return bool(tick.by and tick.on)


def _told(word: str, tick: Tick) -> str:
    day = f" on {tick.on.day}" if tick.on else ""
    return f"{word} {tick.by}{day}" + (f": {tick.note}" if tick.note else "")


def _waived(waiver: Waiver) -> str:
    until = f" until {waiver.until.day}" if waiver.until else ", without an end"
    return f"waived by {waiver.by}{until}: {waiver.reason}"


def _why_not(tick: Tick | None, found: Finding, as_of: datetime) -> str:
    """Why a tick that is there does not count."""
    if tick is None:
        return ""
    if tick.state == "todo":
        return f"to do{f', says {tick.by}' if tick.by else ''}" + (
            f": {tick.note}" if tick.note else ""
        )
    if not _signed(tick):
        return "ticked, but without who and when"
    if tick.on and is_ahead(tick.on, as_of):
        return f"ticked for {tick.on.day}, which is still to come"
    if tick.state == "n-a":
        return "said not to apply, but without a reason"
    return "ticked, but the entry says otherwise" if found is not None else ""


def waiver_of(release: Release, item: str, as_of: datetime) -> Waiver | None:
    """The waiver of an item that lasts longest, if there is one; those that have begun first."""
    waivers = release.go_no_go.waivers if release.go_no_go else ()
    named = [one for one in waivers if one.rule == item]
    found = [one for one in named if not is_ahead(one.on, as_of)] or named
    endless = next((one for one in found if one.until is None), None)
    return endless or max(
        found, key=lambda one: one.until.at if one.until else one.on.at, default=None
    )


def edit_for(
    item: Item, found: Reply, release: Release, owner: str, as_of: datetime
) -> tuple[PathInFile, Edit]:
    """The field that is missing or wrong, and the smallest edit that mends it."""
    blanks, gap = Blanks(as_of, owner), found.gap
    if item.auto is None or found.tickable:
        tick: PathInFile = ("checklist", item.id)
        line = blanks.fill('{by: "{owner}", on: {today}}', release)
        edit = edit_of(release, tick, line)
        if item.id in release.checklist:
            whole = f"{key_text(item.id)}: {line}"
            edit = Edit(whole, "checklist", release.at(*tick), replaces=True)
        edit = replace(edit, fact=True)
        if item.auto is None:
            return tick, edit
        field = CONDITIONS[item.auto].field
        return tuple(field.split(".")), replace(edit, instead=field)
    condition = CONDITIONS[item.auto]
    path = (gap.path if gap else ()) or tuple(condition.field.split("."))
    template = (gap.edit if gap else "") or condition.edit
    line, fact = blanks.fill(template, release), tells_a_fact(path, template)
    head, colon, _ = line.partition(": ")
    if colon and key_text(head) == head and head.isidentifier():
        return path, replace(piece_edit(release, path, line), fact=fact)
    return path, replace(edit_of(release, path, line), fact=fact)
