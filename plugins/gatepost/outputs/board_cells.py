"""The cells of a row of the board that take some working out: day, way back, flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from markupsafe import escape

from gatepost.model.moment import MONTHS, Moment
from gatepost.model.phase import PHASES
from gatepost.model.registry import Freeze
from gatepost.model.release import Release
from gatepost.model.span import in_zone
from gatepost.outputs.calendar_words import short_day
from gatepost.outputs.desk import Desk
from gatepost.outputs.gate_views import Told
from gatepost.outputs.gate_words import kinds_text
from gatepost.outputs.rollback_words import length_in_words
from gatepost.outputs.views import Callout, Day
from gatepost.outputs.words import counted, day
from gatepost.process.blockers import Blocker
from gatepost.process.exposure import exposure
from gatepost.process.rollback import Freshness, Rehearsed, rehearsal
from gatepost.process.verdict import GO_NO_GO, Verdict

SOON = timedelta(days=14)
"""How long before it begins a freeze is told."""
NAMED = 2
"""Most owners a row names."""
_REHEARSED: dict[Freshness, tuple[str, str]] = {
    "not-needed": ("Not needed", ""),
    "no-plan": ("Not yet", ""),
    "never": ("Not rehearsed", "no"),
    "old": ("Out of date", "no"),
    "changed": ("Runbook changed", "no"),
}
_SHOWN = PHASES[GO_NO_GO - 1]
"""The phase from which a missing rehearsal is bad news."""


def weekday(moment: Moment, desk: Desk) -> Day:
    """`Tue 8 Dec`: the month of the group says which year."""
    local = in_zone(moment.at, desk.site.zone) if moment.timed else moment.at
    return Day(moment.iso, short_day(local.date()))


def month_of(release: Release) -> str:
    """The group a release stands in."""
    planned = release.dates.planned
    if planned is None:
        return "No date yet"
    return f"{MONTHS[planned.day.month - 1]} {planned.day.year}"


def freezes_in(release: Release, freezes: Iterable[Freeze]) -> str:
    """`, freeze 24 Nov to 2 Dec`: what falls into the month a release is planned for."""
    planned = release.dates.planned
    if planned is None:
        return ""
    month = planned.day.year, planned.day.month
    told = [
        f", freeze {_short(one.start)} to {_short(one.end)}"
        for one in sorted(freezes, key=lambda one: one.start)
        if (one.start.day.year, one.start.day.month)
        <= month
        <= (one.end.day.year, one.end.day.month)
    ]
    return "".join(told)


def freeze_notes(desk: Desk) -> Iterator[Callout]:
    """Freezes that are on or begin soon."""
    book, zone = desk.book, desk.site.zone
    for one in sorted(book.registry.freezes, key=lambda one: one.start):
        end = one.end.at
        if not one.end.timed:
            end = datetime.combine(one.end.day, time.max, one.end.at.tzinfo)
        if one.start.at - book.as_of > SOON or book.as_of > end:
            continue
        span = f"{day(one.start, zone).text} to {day(one.end, zone).text}"
        allowed = f"Only {kinds_text(one.allows)} may go out." if one.allows else ""
        yield Callout(
            "amber",
            "lock",
            escape(f"{one.name} from {span}."),
            escape(" ".join(part for part in (one.reason, allowed) if part)),
        )


def _short(moment: Moment) -> str:
    return f"{moment.day.day} {MONTHS[moment.day.month - 1][:3]}"


def owners(found: Verdict) -> str:
    """`waits for @security-review, @qa-payments`: whose the blockers are, the soonest due first."""
    soonest = sorted(found.blockers, key=_urgency)
    names = tuple(dict.fromkeys(one.owner or "no owner" for one in soonest))
    if not names:
        return ""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"waits for {', '.join(names[:NAMED])}{more}"


def _urgency(one: Blocker) -> tuple[bool, float, str]:
    return one.due is None, one.due.at.timestamp() if one.due else 0.0, one.owner


def rollback_cell(release: Release, desk: Desk) -> Told:
    """Whether the way back was rehearsed, when, and how long it took."""
    terms = desk.terms
    found = rehearsal(release, terms.as_of, terms.profile.rehearsal_days)
    word, tone = _REHEARSED.get(found.freshness, ("Rehearsed", "ok"))
    if tone == "no" and release.at_phase.order < _SHOWN.order:
        tone = ""
    return Told(word, _rehearsed_note(found, release, tone), tone)


def _rehearsed_note(found: Rehearsed, release: Release, tone: str) -> str:
    if found.freshness == "no-plan" and release.at_phase.order < _SHOWN.order:
        return f"due by {_SHOWN.label.lower()}"
    if found.on is None:
        return ""
    took = release.rollback.tested if release.rollback else None
    if tone != "ok":
        return _short(found.on)
    length = length_in_words(took.duration) if took else ""
    return f"{_short(found.on)}{f', {length}' if length else ''}"


def flags_cell(release: Release, desk: Desk) -> Told:
    """How many flags it is behind, how far they are on, how many turn it off."""
    count = len(release.flags)
    if not count:
        return Told("None", "", "")
    if release.at_phase.column == "later":
        return Told(f"{count} planned", "", "")
    share = exposure(release, desk.book.as_of).share
    kills = sum(one.kill_switch for one in release.flags)
    note = f"{share}%"
    if kills:
        note += f", {counted(kills, 'kill switch', 'kill switches')}"
    return Told(f"{count} {'on' if share else 'off'}", note, "")
