"""Checklist items that never fail: asked again and again, and always answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["held", "open", "waived"]
ENOUGH = 5
"""Releases an item must have been asked of before its silence says anything."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One checklist item at one release, whose gate asks or asked for it."""

    release: str
    state: State


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """How one checklist item did over all releases."""

    item: str
    asks: str
    """What it asks, in words."""
    held: int
    open: tuple[str, ...]
    """Releases in which it is not fulfilled."""
    waived: tuple[str, ...]
    """Releases in which it was set aside."""
    releases: tuple[str, ...]
    """All releases that were asked."""

    @property
    def never_fails(self) -> bool:
        """Whether it was asked often enough, and never stood in the way."""
        return len(self.releases) >= ENOUGH and not self.open and not self.waived


def check_records(
    asked: Mapping[str, Iterable[Asked]], words: Mapping[str, str]
) -> tuple[CheckRecord, ...]:
    """The record of every item, those that never fail first, then by item.

    Args:
        asked: Item to each release that was asked, and what came of it.
        words: Item to what it asks.
    """
    made = [
        _record(item, tuple(rows), words.get(item, "")) for item, rows in asked.items()
    ]
    return tuple(sorted(made, key=lambda one: (not one.never_fails, one.item)))


def _record(item: str, rows: tuple[Asked, ...], asks: str) -> CheckRecord:
    return CheckRecord(
        item=item,
        asks=asks,
        held=sum(one.state == "held" for one in rows),
        open=tuple(one.release for one in rows if one.state == "open"),
        waived=tuple(one.release for one in rows if one.state == "waived"),
        releases=tuple(one.release for one in rows),
    )
