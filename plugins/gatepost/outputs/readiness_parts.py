"""Parts of a readiness page: the line of phases, the way back in short, the brief in short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gatepost.model.moment import MONTHS, Moment
from gatepost.model.parts import Rollback
from gatepost.model.phase import PHASES, Phase, PhaseKey
from gatepost.model.release import Release
from gatepost.model.span import in_zone
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_tables import line_link
from gatepost.outputs.gate_views import Brief, Step, WayBack, WayStep
from gatepost.outputs.gate_words import STATES
from gatepost.outputs.rollback_page import has_rollback_page, rollback_href
from gatepost.outputs.rollback_words import (
    in_short,
    length_in_words,
    people,
    reason,
    team,
)
from gatepost.outputs.support_brief import brief_href
from gatepost.outputs.views import Link
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.due import due_of
from gatepost.process.phase_times import phase_keys, phase_stays
from gatepost.process.rollback import Rehearsed, rehearsal

_STOPPED = frozenset({"rolled-back", "cancelled", "withdrawn"})
ANSWERS = 4
"""Most questions the brief in short repeats."""


def steps(desk: Desk, release: Release) -> Iterator[Step]:
    """Each phase: when it was reached, or by when it is due."""
    since = _entered(desk, release)
    stopped = release.state in _STOPPED
    now = release.at_phase.order
    for phase in PHASES[:-1]:
        name = desk.label_of(phase)
        if phase.order < now:
            yield Step(name, "d", _short(since.get(phase.key), desk))
        elif phase.order > now:
            yield Step(name, "", "" if stopped else _due(desk, release, phase))
        elif stopped:
            on = release.state_on.at if release.state_on else None
            yield Step(STATES[release.state].text, "x", _short(on, desk))
        else:
            begun = _short(since.get(phase.key), desk)
            yield Step(name, "c", f"since {begun}" if begun else "now")


def _entered(desk: Desk, release: Release) -> dict[PhaseKey, datetime]:
    revisions = desk.book.history.of(release.id)
    stays = phase_stays(revisions, release.id, phase_keys(desk.book.registry))
    return {one.where: one.since for one in stays if one.since}  # type: ignore[misc]


def _due(desk: Desk, release: Release, phase: Phase) -> str:
    """When the phase before it is to be left."""
    before = PHASES[phase.order - 1]
    moment = due_of(release, before.key, desk.terms.policy)
    if moment is None:
        return ""
    following = before is release.at_phase
    text = _short(moment.at if moment.timed else None, desk) or _day(moment)
    return f"due {text}" if following else text


def _short(at: datetime | None, desk: Desk) -> str:
    if at is None:
        return ""
    local = in_zone(at, desk.site.zone)
    return f"{local.day} {MONTHS[local.month - 1][:3]}"


def _day(moment: Moment) -> str:
    return f"{moment.day.day} {MONTHS[moment.day.month - 1][:3]}"


def way_back(desk: Desk, release: Release) -> WayBack | None:
    """When, how and by whom the release is undone; None if it can be no more."""
    if not has_rollback_page(release):
        return None
    plan, source = release.rollback, desk.source(release.at("rollback"))
    return WayBack(
        reasons=tuple(reason(one) for one in plan.triggers) if plan else (),
        steps=tuple(_way_steps(release, plan)) if plan else (),
        facts=tuple(_facts(desk, release, plan)) if plan else (),
        page=Link("Open to print", rollback_href(release)),
        source=line_link(source) if source else None,
        empty="" if plan else "Nobody wrote down how this release is undone.",
    )


def _way_steps(release: Release, plan: Rollback) -> Iterator[WayStep]:
    for one in plan.executors:
        yield WayStep(inline(one.step), team(release, one.who), one.command)


def _facts(
    desk: Desk, release: Release, plan: Rollback
) -> Iterator[tuple[str, str, bool]]:
    yield "Strategy", in_short(plan), not plan.strategies
    for label, who, missing in people(release, plan):
        if label != "Meet in":
            yield label, who, missing
    took = length_in_words(plan.tested.duration) if plan.tested else ""
    allowed = length_in_words(plan.expected_duration)
    times = (
        f"{took} measured" if took else "",
        f"{allowed} allowed" if allowed else "",
    )
    if told := ", ".join(part for part in times if part):
        yield "Time to roll back", told, False
    terms = desk.terms
    found = rehearsal(release, terms.as_of, terms.profile.rehearsal_days)
    yield "Last rehearsed", _rehearsed(desk, found), not found.enough
    if plan.point_of_no_return:
        yield "Cannot be undone", plain(plan.point_of_no_return), False


def _rehearsed(desk: Desk, found: Rehearsed) -> str:
    if found.on is None:
        return found.sentence
    ago = (desk.book.as_of - found.on.at).days
    told = f"{day(found.on, desk.site.zone).text}, {counted(ago, 'day', 'days')} ago"
    return told if found.enough else f"{told}. {found.sentence}"


def brief(release: Release) -> Brief | None:
    """What support is told, in short; None if nobody wrote anything."""
    said = release.support
    issues = tuple(plain(one.text) for one in release.known_issues)
    if said is None and not issues:
        return None
    answers = tuple((plain(one.q), plain(one.a)) for one in said.faq) if said else ()
    return Brief(
        answers=answers[:ANSWERS],
        issues=issues,
        macros=", ".join(said.macros) if said else "",
        page=Link("Support brief", brief_href(release)),
    )
