"""GP178 to GP181: what entries and the registry say about the checklist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.content.pack import is_signed
from gatepost.model.item import EntryItem
from gatepost.model.parts import Tick
from gatepost.model.phase import KEYS
from gatepost.rules.case import Case, Index
from gatepost.rules.nearest import Names, did_you_mean
from gatepost.rules.rule import Fault, book_rule, rule

_LOOSE = re.compile(r"([A-Za-z]{3})[-_ ]?(\d{1,3})")
"""An id as people remember it: `prp4`, `PRP-4`."""


@rule("GP178", at="checklist", level="advice")
def unknown_item(case: Case) -> Iterator[Fault]:
    """Ticks, waivers and changes name items and phases that there are.

    Why: a tick under a misspelt id ticks nothing, and the gate stays shut.
    Fix: correct the id; `gatepost gate` and the page Checklists list them.
    """
    release, known = case.release, case.index.items
    own = {key for key, one in release.items.items() if one.text}
    for key in release.checklist:
        if key not in known and key not in own:
            yield _unknown(key, known, ("checklist", key))
    for key, change in release.items.items():
        yield from _unknown_phase(change, ("items", key, "phase"))
        if key not in known and not change.text:
            fix = "correct the id, or add `text:` to make it an item of this release"
            yield _unknown(key, known, ("items", key), fix)
    waivers = release.go_no_go.waivers if release.go_no_go else ()
    for number, waiver in enumerate(waivers):
        if waiver.rule not in known and waiver.rule not in own:
            at = ("go_no_go", "waivers", number, "rule")
            yield _unknown(waiver.rule, known, at)


def _unknown(key: str, known: Names, at: tuple[str | int, ...], fix: str = "") -> Fault:
    near = _nearest(key, known)
    sentence = f"`{key}` is no item of the checklist{did_you_mean(near)}"
    return Fault(sentence, f"write `{near}`" if near and not fix else fix, at)


def _unknown_phase(change: EntryItem, at: tuple[str, ...]) -> Iterator[Fault]:
    if change.phase and change.phase not in KEYS:
        near = Names.of(KEYS).nearest(change.phase)
        sentence = f"`{change.phase}` is no phase{did_you_mean(near)}"
        yield Fault(sentence, f"write {near or 'one of ' + ', '.join(KEYS)}", at)


def _nearest(key: str, known: Names) -> str:
    if match := _LOOSE.fullmatch(key):
        exact = f"{match[1].upper()}-{int(match[2]):02}"
        if exact in known:
            return exact
    return known.nearest(key)


@rule("GP179", at="checklist", level="advice")
def unsigned_tick(case: Case) -> Iterator[Fault]:
    """Who ticks, waives or changes an item says who they are, when it was, and why.

    Why: a tick nobody answers for is a guess, and the gate does not count it. A waiver without an
    end is never looked at again.
    Fix: add `by:` with a team handle and `on:` with the day; for `n-a` and for changes also why,
    for a waiver `until:`.
    """
    release = case.release
    for key, tick in release.checklist.items():
        missing = _missing_of_tick(tick)
        if missing:
            sentence = f"`{key}` is ticked, but it is not said {missing}"
            yield Fault(sentence, _fix(missing, "note"), ("checklist", key))
    for key, change in release.items.items():
        missing = _missing_of_change(change)
        if missing:
            sentence = f"the change of `{key}` does not say {missing}"
            yield Fault(sentence, _fix(missing, "why"), ("items", key))
    waivers = release.go_no_go.waivers if release.go_no_go else ()
    for number, waiver in enumerate(waivers):
        if waiver.until is None:
            sentence = f"the waiver of `{waiver.rule}` has no end"
            fix = "add `until:` with the day on which it is looked at again"
            yield Fault(sentence, fix, ("go_no_go", "waivers", number))


def _missing_of_tick(tick: Tick) -> str:
    if tick.state == "todo":
        return ""
    if not tick.by:
        return "by whom"
    if tick.on is None:
        return "when"
    return "why it does not apply" if tick.state == "n-a" and not tick.note else ""


def _missing_of_change(change: EntryItem) -> str:
    if is_signed(change):
        return ""
    return "by whom" if not change.by else "when" if not change.on else "why"


def _fix(missing: str, reason: str) -> str:
    line = {"by whom": 'by: "@team"', "when": "on: 2026-11-20"}.get(missing)
    return f"add `{line or f'{reason}: the reason'}`"


@book_rule("GP180")
def dangling_item(index: Index) -> Iterator[Fault]:
    """What the registry changes in the checklist is an item of it, or becomes one with a text.

    Why: a change under a misspelt id changes nothing.
    Fix: correct the id in `content/registry.yml`, or add `text:` to make it an item of your own.
    """
    registry, known = index.registry, index.items
    own = [
        ("checklist", key) for key, one in registry.checklist.items() if not one.text
    ]
    gates = [
        ("profiles", name, "gates", key)
        for name, profile in registry.profiles.items()
        for key in profile.gates
    ]
    asked = [
        (key, ("profiles", name, "asks", number))
        for name, profile in registry.profiles.items()
        for number, key in enumerate(profile.asks)
    ]
    for key, one in registry.checklist.items():
        yield from _unknown_phase(one, ("checklist", key, "phase"))
    named = [*((at[-1], at) for at in (*own, *gates)), *asked]
    for key, at in named:
        if key not in known:
            question = did_you_mean(_nearest(key, known))
            yield Fault(f"`{key}` is no item of the checklist{question}", at=at)


@book_rule("GP181", level="advice")
def unexplained_drop(index: Index) -> Iterator[Fault]:
    """What the registry drops from the checklist says who decided that, when and why.

    Why: it is dropped for every release to come, and somebody will ask on the day it is missed.
    Fix: add `by:` with a team handle, `on:` with the day and `why:` with the reason.
    """
    for key, one in index.registry.checklist.items():
        missing = _missing_of_change(one) if one.drop else ""
        if missing:
            sentence = f"`{key}` is dropped, and it is not said {missing}"
            yield Fault(sentence, _fix(missing, "why"), ("checklist", key))
