"""The checklist a release is held to: the shipped items, and what site and entry change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gatepost.model.item import EVERY_KIND, PLANNED_KINDS, EntryItem, Item, Origin
from gatepost.model.phase import BY_KEY, PhaseKey
from gatepost.model.registry import Profile, Registry
from gatepost.model.release import Release

Pack = Mapping[str, Item]
"""Items by id, in the order of the phases."""
FILE = "checklists.yml"
_GO_NO_GO: PhaseKey = "preparing"


@cache
def shipped() -> Pack:
    """The items that come with the program."""
    text = Path(__file__).with_name(FILE).read_text("utf-8")
    phases: dict[str, dict[str, Any]] = yaml.load(
        text,
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - a safe one
    )
    return {
        key: _item(key, phase, row)
        for phase, rows in phases.items()
        for key, row in rows.items()
    }


def _item(key: str, phase: str, row: dict[str, Any]) -> Item:
    kinds = tuple(row.pop("kinds", PLANNED_KINDS))
    return Item(id=key, phase=phase, kinds=kinds, **row)  # type: ignore[arg-type]


def site_pack(registry: Registry, profile: Profile | None = None) -> Pack:
    """The items of a site: the shipped ones, with its own added, changed and dropped.

    Args:
        registry: The site's.
        profile: The way of working in force; None for every item there is.
    """
    items = _changed(shipped(), registry.checklist, "registry")
    asked = frozenset(profile.asks if profile else ())
    if not asked:
        return items
    return {key: item for key, item in items.items() if key in asked}


def entry_pack(pack: Pack, release: Release) -> Pack:
    """The items of one release: the site's, with what the entry adds, changes and drops.

    A change counts only if it says who decided it, when and why.
    """
    if not release.items:
        return pack
    said = {key: one for key, one in release.items.items() if is_signed(one)}
    return _changed(pack, said, "entry")


def is_signed(change: EntryItem) -> bool:
    """Whether a change says who decided it, when and why."""
    return bool(change.by and change.on and change.why)


def _changed(pack: Pack, changes: Mapping[str, EntryItem], origin: Origin) -> Pack:
    items = dict(pack)
    for key, change in changes.items():
        if change.drop:
            items.pop(key, None)
        elif key in items:
            items[key] = _replaced(items[key], change, origin)
        elif change.text:
            items[key] = _replaced(_blank(key), change, origin)
    return _in_order(items.values()) if changes else pack


def _blank(key: str) -> Item:
    return Item(key, "", _GO_NO_GO, "pm", "block", "business", EVERY_KIND)


def _replaced(item: Item, change: EntryItem, origin: Origin) -> Item:
    said = change.model_dump(
        include={"text", "phase", "owner", "gate", "score", "kinds", "when", "auto"}
    )
    said = {name: value for name, value in said.items() if value}
    if said.get("phase") not in BY_KEY:
        said.pop("phase", None)
    if said.get("auto") == "none":
        said["auto"] = None
    # Who says how much it counts here means it under every way of working.
    profiles = {} if change.gate else item.profiles
    return replace(item, **said, profiles=profiles, origin=origin)


def _in_order(items: Iterable[Item]) -> Pack:
    ordered = sorted(items, key=lambda one: BY_KEY[one.phase].order)
    return {item.id: item for item in ordered}
