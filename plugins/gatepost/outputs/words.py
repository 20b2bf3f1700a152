"""The words readers see for types, states and dates."""

from __future__ import annotations

import re
from datetime import tzinfo
from functools import cache

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry
from gatepost.model.moment import Moment
from gatepost.model.release import Stage, Type
from gatepost.outputs.tongue import ENGLISH, N_, Tongue, is_rtl
from gatepost.outputs.views import Badge, Day
from gatepost.process.exposure import told

TYPES: dict[Type, Badge] = {
    "added": Badge("new", "plus", N_("New")),
    "changed": Badge("improved", "arrow-up", N_("Improved")),
    "performance": Badge("improved", "arrow-up", N_("Improved")),
    "fixed": Badge("fixed", "check", N_("Fixed")),
    "security": Badge("security", "shield", N_("Security")),
    "deprecated": Badge("deprecated", "clock", N_("Deprecated")),
    "removed": Badge("removed", "dash", N_("Removed")),
    "known-issue": Badge("issue", "triangle-alert", N_("Known issue")),
    "notice": Badge("notice", "info", N_("Notice")),
}
"""The badge of each type, in the order views and feeds list them."""

PLURALS: dict[Type, str] = {
    "added": N_("New"),
    "changed": N_("Improved"),
    "performance": N_("Improved speed"),
    "fixed": N_("Fixed"),
    "security": N_("Security"),
    "deprecated": N_("Deprecated"),
    "removed": N_("Removed"),
    "known-issue": N_("Known issues"),
    "notice": N_("Notices"),
}
"""What the view of a type is called: by the word of its badge."""

ALSO: dict[Type, Type] = {"performance": "changed"}
"""A type whose badge has the word of another: whoever chooses that word gets both."""

BREAKING = Badge("breaking", "triangle-alert", N_("Breaking"))

STAGES: dict[Stage, tuple[str, str]] = {
    "concept": (N_("Concept"), N_("We are trying the idea out on paper.")),
    "experimental": (N_("Experimental"), N_("It may change or go at any time.")),
    "private-preview": (
        N_("Private preview"),
        N_("Accounts that were invited can use it."),
    ),
    "public-preview": (
        N_("Public preview"),
        N_("Everyone can try it; details may still change."),
    ),
    "ga": (N_("Generally available"), N_("It is complete and supported.")),
    "deprecated": (
        N_("Deprecated"),
        N_("It still works and will be switched off."),
    ),
    "retired": (N_("Retired"), N_("It no longer works.")),
}
"""Word and meaning of each stage."""

TAKEN_BACK = {
    "rolled-back": N_("Rolled back"),
    "withdrawn": N_("Withdrawn"),
    "cancelled": N_("Cancelled"),
}
"""What readers are told of a release that is not in effect."""

EFFORTS = {"minutes": N_("minutes"), "hours": N_("hours"), "days": N_("days")}
"""How long a migration takes."""

CONFIDENCE = {
    "high": N_("high confidence"),
    "medium": N_("medium confidence"),
    "low": N_("low confidence"),
}
"""How sure a target is, inside a sentence."""

OURS = "For colleagues only"
"""What marks, on the internal site, what customers must not be told; the badge says the same."""

FIX = {True: N_("Fixed in"), False: N_("Fix planned in")}
"""What stands before the version that fixes an issue, by whether it is out."""

STANDINGS: dict[str, str] = {
    N_("Exploring"): N_("We are finding out whether and how to do it."),
    N_("Planned"): N_("We have decided to do it and know roughly what it will be."),
    N_("In development"): N_("We are building or testing it."),
    N_("Coming soon"): N_("It is built; we are getting it ready for you."),
    N_("Rolling out"): N_("Some accounts have it, others get it step by step."),
    N_("Available"): N_("Everyone it is meant for has it."),
}
"""Word for where something stands, and what it means; a site may use words of its own."""

FEEDBACK = N_("Tell us what you think")
"""The words of a link for answers unless the entry has its own."""

NOTICE = N_("This is a plan, not a promise: dates and contents may change.")
"""What stands under the roadmap unless the site says something else."""

_CODE = re.compile(r"`([^`]+)`")


def inline(text: str) -> Markup:
    """Escape a one-line text and set `` `code` `` spans in it."""
    escaped = escape(text)
    if "`" not in text:
        return escaped
    return Markup(_CODE.sub(r"<code>\1</code>", str(escaped)))  # noqa: S704 - escaped here


def spoken(text: Markup, lang: str) -> Markup:
    """A text with the language it is in; as it is where that is the language of the page."""
    if not (text and lang):
        return text
    direction = "rtl" if is_rtl(lang) else "ltr"
    return Markup('<span lang="{}" dir="{}">{}</span>').format(lang, direction, text)


def plain(text: str) -> str:
    """A one-line text without its code marks."""
    return _CODE.sub(r"\1", text)


def day(moment: Moment, zone: tzinfo, *, year: bool = True) -> Day:
    """`18 Nov 2026` in the site's zone; without the year inside a month group."""
    return ENGLISH.day(moment, zone, year=year)


def counted(number: int, one: str, many: str) -> str:
    """`1 change`, `5 changes`."""
    return f"{number:,} {one if number == 1 else many}"


def changes(number: int, tongue: Tongue) -> str:
    """`1 change`, `5 changes`."""
    return tongue.plural("{n} change", "{n} changes", number)


def availability(entry: Entry, tongue: Tongue) -> str:
    """`Rolling out, 60% of accounts`, or nothing once everyone has it."""
    if entry.taken_back or not entry.logged or entry.wording == "Available":
        return ""
    rollout = entry.rollout
    if not rollout.share:
        return tongue.gettext("Not switched on yet")
    if rollout.who:
        return tongue.gettext("Rolling out, {who}").format(who=rollout.who)
    said = tongue.gettext("Rolling out, {share} of accounts")
    return said.format(share=percent(rollout.share, tongue))


def stands(entry: Entry, tongue: Tongue) -> str:
    """Who has it, or how far it is: the same words on the page and for programs."""
    return availability(entry, tongue) or settled(entry, tongue)


def settled(entry: Entry, tongue: Tongue) -> str:
    """The same of what is not on its way to accounts: all have it, or none."""
    if entry.taken_back == "cancelled":
        return tongue.gettext(TAKEN_BACK[entry.taken_back])
    if entry.taken_back:
        return tongue.gettext("Off for all accounts")
    if entry.logged and not entry.plans:
        return tongue.gettext("All accounts")
    return tongue.gettext(entry.wording)


def told_title(entry: Entry, tongue: Tongue) -> str:
    """The title where nothing else says that the change is not in effect."""
    title = plain(entry.title)
    if not entry.taken_back:
        return title
    state = tongue.gettext(TAKEN_BACK[entry.taken_back])
    return tongue.gettext("{word}: {title}").format(word=state, title=title)


def told_summary(entry: Entry) -> str:
    """What became of it, or else what it is."""
    return plain(entry.taken_back_note or entry.summary)


def percent(share: int, tongue: Tongue) -> str:
    """`60%`."""
    return tongue.gettext("{n}%").format(n=share)


def dated_availability(entry: Entry, zone: tzinfo, tongue: Tongue) -> str:
    """`Rolling out: about 60% of EU accounts, as of 18 Nov 2026`: the day that was reached."""
    rollout, short = entry.rollout, availability(entry, tongue)
    if not short or not rollout.share:
        return short
    since = tongue.day(rollout.since, zone).text if rollout.since else ""
    regions = tuple(named.label for named in entry.regions)
    return told(rollout.share, rollout.who, regions, since, tongue.gettext)


@cache
def badge_of(kind: Type, tongue: Tongue) -> Badge:
    """The badge of a type."""
    return said_badge(TYPES[kind], tongue)


def said_badge(badge: Badge, tongue: Tongue) -> Badge:
    """A badge of ours in the words of a language."""
    return Badge(badge.kind, badge.icon, tongue.gettext(badge.text))


def type_badges(entry: Entry, tongue: Tongue) -> tuple[Badge, ...]:
    """Breaking first, then the type."""
    badge = badge_of(entry.type, tongue)
    return (said_badge(BREAKING, tongue), badge) if entry.breaking else (badge,)
