"""The words readers see for types, states and dates."""

from __future__ import annotations

import re
from datetime import tzinfo

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry
from gatepost.model.moment import MONTHS, Moment
from gatepost.model.release import Stage, Type
from gatepost.model.span import in_zone
from gatepost.outputs.views import Badge, Day
from gatepost.process.exposure import told

TYPES: dict[Type, Badge] = {
    "added": Badge("new", "plus", "New"),
    "changed": Badge("improved", "arrow-up", "Improved"),
    "performance": Badge("improved", "arrow-up", "Improved"),
    "fixed": Badge("fixed", "check", "Fixed"),
    "security": Badge("security", "shield", "Security"),
    "deprecated": Badge("deprecated", "clock", "Deprecated"),
    "removed": Badge("removed", "dash", "Removed"),
    "known-issue": Badge("issue", "triangle-alert", "Known issue"),
    "notice": Badge("notice", "info", "Notice"),
}
"""The badge of each type, in the order views and feeds list them."""

PLURALS: dict[Type, str] = {
    "added": "New",
    "changed": "Improved",
    "performance": "Faster",
    "fixed": "Fixed",
    "security": "Security",
    "deprecated": "Deprecated",
    "removed": "Removed",
    "known-issue": "Known issues",
    "notice": "Notices",
}
"""What the view of a type is called."""

BREAKING = Badge("breaking", "triangle-alert", "Breaking")

TAKEN_BACK = {
    "rolled-back": "Rolled back",
    "withdrawn": "Withdrawn",
    "cancelled": "Cancelled",
}
"""What readers are told of something that is not in effect."""

STAGES: dict[Stage, tuple[str, str]] = {
    "concept": ("Concept", "We are trying the idea out on paper."),
    "experimental": ("Experimental", "It may change or go at any time."),
    "private-preview": ("Private preview", "Accounts that were invited can use it."),
    "public-preview": (
        "Public preview",
        "Everyone can try it; details may still change.",
    ),
    "ga": ("Generally available", "It is complete and supported."),
    "deprecated": ("Deprecated", "It still works and will be switched off."),
    "retired": ("Retired", "It no longer works."),
}
"""Word and meaning of each stage."""

STANDINGS: dict[str, str] = {
    "Exploring": "We are finding out whether and how to do it.",
    "Planned": "We have decided to do it and know roughly what it will be.",
    "In development": "We are building or testing it.",
    "Coming soon": "It is built; we are getting it ready for you.",
    "Rolling out": "Some accounts have it, others get it step by step.",
    "Available": "Everyone it is meant for has it.",
}
"""Word for where something stands, and what it means; a site may use words of its own."""

_CODE = re.compile(r"`([^`]+)`")


def inline(text: str) -> Markup:
    """Escape a one-line text and set `` `code` `` spans in it."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped here


def plain(text: str) -> str:
    """A one-line text without its code marks."""
    return _CODE.sub(r"\1", text)


def day(moment: Moment, zone: tzinfo, *, year: bool = True) -> Day:
    """`18 Nov 2026` in the site's zone; without the year inside a month group."""
    local = in_zone(moment.at, zone) if moment.timed else moment.at
    text = f"{local.day} {MONTHS[local.month - 1][:3]}"
    return Day(
        moment.at.isoformat() if moment.timed else moment.day.isoformat(),
        f"{text} {local.year}" if year else text,
    )


def counted(number: int, one: str, many: str) -> str:
    """`1 change`, `5 changes`."""
    return f"{number:,} {one if number == 1 else many}"


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left."""
    return lang.partition("-")[0].lower() in {
        "ar",
        "fa",
        "he",
        "ur",
        "ps",
        "ckb",
        "yi",
        "dv",
    }


def availability(entry: Entry) -> str:
    """`Rolling out, 60% of accounts`, or nothing once everyone has it."""
    if entry.taken_back or not entry.logged or entry.wording == "Available":
        return ""
    rollout = entry.rollout
    if not rollout.share:
        return "Not switched on yet"
    if rollout.who:
        return f"Rolling out, {rollout.who}"
    return f"Rolling out, {rollout.share}% of accounts"


def dated_availability(entry: Entry, zone: tzinfo) -> str:
    """`Rolling out: about 60% of EU accounts, as of 18 Nov 2026`: the day that was reached."""
    rollout, short = entry.rollout, availability(entry)
    if not short or not rollout.share:
        return short
    since = day(rollout.since, zone).text if rollout.since else ""
    regions = tuple(named.label for named in entry.regions)
    return told(rollout.share, rollout.who, regions, since)


def type_badges(entry: Entry) -> tuple[Badge, ...]:
    """Breaking first, then the type."""
    badge = TYPES[entry.type]
    return (BREAKING, badge) if entry.breaking else (badge,)
