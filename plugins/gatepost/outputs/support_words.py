"""The words support reads: who has a release, and how an issue stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from gatepost.model.release import Release
from gatepost.outputs.views import Badge, Day
from gatepost.outputs.words import day
from gatepost.process.support import ALL, Held

ISSUES: Mapping[str, Badge] = {
    "open": Badge("red", "octagon-x", "Open"),
    "investigating": Badge("warn", "half-disc", "Being looked at"),
    "workaround": Badge("info", "info", "Workaround"),
    "fixed": Badge("go", "disc-tick", "Fixed"),
}
_BACK: Mapping[str, str] = {
    "rolled-back": "Rolled back",
    "withdrawn": "Withdrawn",
    "cancelled": "Cancelled",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Who has a release now, in one line."""

    badge: Badge
    since: Day | None
    share: int
    """Percent, for the bar."""


def issue_state(status: str) -> Badge:
    """The badge of a known issue."""
    return ISSUES[status]


def share_text(held: Held) -> str:
    """`Everyone`, `EU accounts, 40% of accounts`, `Nobody any more`, `Invited accounts`."""
    if held.taken_back:
        return "Nobody any more"
    if held.share >= ALL:
        return "Everyone"
    share = f"{held.share}% of accounts"
    if not held.share:
        return held.who or "Nobody yet"
    return f"{held.who}, {share}" if held.who else share


def reach(release: Release, held: tuple[Held, ...], zone: tzinfo) -> Reach:
    """Who has it, by the last step of its history."""
    last = held[-1] if held else None
    since = day(last.since, zone) if last else None
    if release.state in _BACK:
        return Reach(Badge("red", "undo", _BACK[release.state]), since, 0)
    if last is None:
        return Reach(Badge("line", "ring-dashed", "Nobody has it yet"), None, 0)
    if last.share >= ALL:
        return Reach(Badge("go", "disc-tick", "Everyone has it"), since, ALL)
    return Reach(Badge("info", "half-disc", share_text(last)), since, last.share)
