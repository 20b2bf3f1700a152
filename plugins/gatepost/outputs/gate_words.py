"""The words and marks of verdicts, states and days that are colleagues' business only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from gatepost.model.item import Score
from gatepost.model.moment import Moment
from gatepost.model.release import Kind
from gatepost.outputs.views import Badge
from gatepost.outputs.words import counted
from gatepost.process.verdict import Value, Verdict

CHECKLISTS = "checklists/"
VERDICTS: dict[Value, tuple[Badge, str]] = {
    "go": (Badge("go", "disc-tick", "Go"), "go"),
    "go-with-waivers": (Badge("warn", "triangle-alert", "Go with waivers"), "warn"),
    "no-go": (Badge("nogo", "octagon-x", "No-go"), "nogo"),
    "not-due": (Badge("line", "ring", "Not due"), "open"),
}
STATES = {
    "at-risk": Badge("warn", "triangle-alert", "At risk"),
    "blocked": Badge("red", "octagon-x", "Blocked"),
    "on-hold": Badge("grey", "dash", "On hold"),
    "rolled-back": Badge("red", "undo", "Rolled back"),
    "withdrawn": Badge("red", "undo", "Withdrawn"),
    "cancelled": Badge("grey", "dash", "Cancelled"),
}
SCORES: tuple[tuple[Score, str], ...] = (
    ("technical", "Technical"),
    ("customer", "Customer"),
    ("business", "Business"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


KINDS: dict[Kind, str] = {
    "quiet": "quiet releases",
    "standard": "standard releases",
    "launch": "launches",
    "hotfix": "hotfixes",
}
"""What releases of each kind are called in a sentence."""


def kinds_text(kinds: Iterable[Kind]) -> str:
    """`hotfixes`, `quiet releases, launches and hotfixes`."""
    *rest, last = (KINDS[kind] for kind in kinds)
    return f"{', '.join(rest)} and {last}" if rest else last


def capital(text: str) -> str:
    """A sentence with its first letter large."""
    return text[:1].upper() + text[1:]


def badge_of(found: Verdict) -> Badge:
    """The verdict as a badge, with how many stand in the way or are waived."""
    badge, _ = VERDICTS[found.value]
    text = badge.text
    if found.blockers and found.value == "no-go":
        text = f"No-go, {counted(len(found.blockers), 'blocker', 'blockers')}"
    elif found.value == "go-with-waivers":
        text = f"Go, {counted(len(found.waived), 'waiver', 'waivers')}"
    return Badge(badge.kind, badge.icon, text)


def headline_of(found: Verdict) -> Badge:
    """The same as a heading: `No-go: 3 blockers`, `Go with 1 waiver`."""
    badge = badge_of(found)
    text = badge.text.replace("No-go, ", "No-go: ").replace("Go, ", "Go with ")
    return Badge(badge.kind, badge.icon, text)


def score_marks(found: Verdict) -> tuple[tuple[str, str, str], ...]:
    """Label, `done/required` and state of the three readinesses."""
    return tuple(_score(found, score, label) for score, label in SCORES)


def _score(found: Verdict, score: Score, label: str) -> tuple[str, str, str]:
    done, asked = found.score(score)
    if any(one.score == score for one in found.blockers):
        return label, f"{done}/{asked}", "no"
    if not asked:
        return label, "n/a", "none"
    state = "ok" if done == asked else "half" if done else "open"
    return label, f"{done}/{asked}", state


def distance(moment: Moment, as_of: datetime) -> str:
    """`in 18 days`, `today`, `overdue by 3 days`: for colleagues only."""
    days = (moment.day - as_of.astimezone(moment.at.tzinfo).date()).days
    if days == 0:
        return "today"
    words = counted(abs(days), "day", "days")
    return f"in {words}" if days > 0 else f"overdue by {words}"


def csv_bytes(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A table for spreadsheets (RFC 4180), with the mark they know UTF-8 by."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        # A spreadsheet would run a cell that begins like a formula.
        writer.writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
