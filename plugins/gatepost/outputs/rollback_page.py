"""`/releases/<id>/rollback/`: how to undo a release, on one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from gatepost.model.parts import Rollback
from gatepost.model.phase import PHASES
from gatepost.model.registry import Profile
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.desk import READINESS, Desk
from gatepost.outputs.rollback_words import (
    Way,
    in_short,
    length_in_words,
    owed,
    people,
    reason,
    runbook_link,
    team,
    way,
)
from gatepost.outputs.templates import render
from gatepost.outputs.views import Callout, Link
from gatepost.outputs.words import day, inline, plain
from gatepost.process.rollback import redeploy, rehearsal


@dataclass(frozen=True, slots=True)
class Doing:
    """One step: what is done, by whom, what is typed, what is seen when it worked."""

    what: Markup
    who: str
    command: str
    expect: Markup


@dataclass(frozen=True, slots=True)
class RollbackView:
    """`/releases/<id>/rollback/`, internal. Template: rollback.html."""

    crumbs: tuple[Link, ...]
    title: str
    lead: str
    callouts: tuple[Callout, ...]
    reasons: tuple[tuple[str, str, str], ...]
    """Signal, threshold, what happens then."""
    people: tuple[tuple[str, str, bool], ...]
    """Label, who, and whether nobody is named."""
    steps: tuple[Doing, ...]
    ways: tuple[Way, ...]
    worked: tuple[Markup, ...]
    """How to tell that it worked."""
    lost: tuple[Markup, ...]
    """What cannot be undone."""
    told: tuple[tuple[str, Markup], ...]
    """What customers are told."""
    facts: tuple[tuple[str, Markup], ...]
    """Time allowed, rehearsal, runbook, what comes afterwards."""
    links: tuple[Link, ...]
    foot: str
    empty: str


def has_rollback_page(release: Release) -> bool:
    """Whether a release gets the page: it has a way back, a switch, or still needs one."""
    ahead = release.at_phase is not PHASES[-1]
    return release.rollback is not None or bool(release.flags) or ahead


def rollback_href(release: Release) -> str:
    """Address of the page."""
    return f"{ROOT}releases/{release.id}/rollback/"


def rollback_pages(desk: Desk) -> Iterator[PageArtifact]:
    """A page for each release that has a way back, or still needs one."""
    for release in desk.releases:
        if has_rollback_page(release):
            yield rollback_page(desk, release)


def rollback_page(desk: Desk, release: Release) -> PageArtifact:
    """The page of one release; what stands on it is gathered when it is written."""
    title = _title(release)
    return PageArtifact(
        path=f"releases/{release.id}/rollback/",
        title=title,
        description=_lead(release, release.rollback),
        draw=partial(_draw, desk, release),
        section=READINESS,
        text=f"{title} {release.id} rollback runbook",
    )


def _draw(desk: Desk, release: Release) -> Markup:
    return render("rollback.html", rollback_view(desk, release))


def _title(release: Release) -> str:
    return f"Roll back {release.version or plain(release.title)}"


def rollback_view(desk: Desk, release: Release) -> RollbackView:
    """Everything the page says."""
    plan = release.rollback
    name = plain(release.title)
    source = desk.source(release.at("rollback"))
    readiness = f"{ROOT}releases/{release.id}/readiness/"
    links = (
        Link("Support brief", f"{ROOT}releases/{release.id}/support/"),
        *((source,) if source else ()),
    )
    return RollbackView(
        crumbs=(Link("Readiness", f"{ROOT}{READINESS}"), Link(name, readiness)),
        title=_title(release),
        lead=_lead(release, plan),
        callouts=tuple(_callouts(desk, release)),
        reasons=tuple(reason(one) for one in plan.triggers) if plan else (),
        people=tuple(people(release, plan)) if plan else (),
        steps=tuple(_steps(release, plan)) if plan else (),
        ways=tuple(way(release, one) for one in plan.strategies) if plan else (),
        worked=tuple(_worked(release, plan)) if plan else (),
        lost=tuple(_lost(plan)) if plan else (),
        told=tuple(_told(release, plan)),
        facts=tuple(_facts(desk, plan)) if plan else (),
        links=links,
        foot=_foot(desk, release),
        empty=""
        if plan
        else "Nobody wrote down how this release is undone. Add rollback: to its file.",
    )


def _lead(release: Release, plan: Rollback | None) -> str:
    name = plain(release.title)
    if plan is None:
        return f"{name}."
    took = plan.tested.duration if plan.tested else None
    if took:
        time = f" Took {length_in_words(took)} in the rehearsal."
    else:
        allowed = length_in_words(plan.expected_duration)
        time = f" May take {allowed}." if allowed else ""
    return f"{name}. {in_short(plan)}{time}"


def _callouts(desk: Desk, release: Release) -> Iterator[Callout]:
    again, zone = redeploy(release), desk.site.zone
    if again.rolled_back:
        on = f" on {day(release.state_on, zone).text}" if release.state_on else ""
        rest = (
            "The post-mortem is linked: it may go through its gate again."
            if again.allowed
            else owed(again.owed)
        )
        yield Callout("red", "undo", inline(f"Rolled back{on}."), inline(rest))
    elif again.owed:
        yield Callout(
            "red",
            "undo",
            inline("It was rolled back before."),
            inline(owed(again.owed)),
        )
    found = rehearsal(release, desk.book.as_of, _days(desk))
    if found.enough or found.freshness == "no-plan":
        return
    last = (
        f"Last rehearsal {day(found.on, zone).text}. Expect surprises. "
        if found.on
        else ""
    )
    tone, icon = (
        ("amber", "triangle-alert")
        if found.freshness == "unrecorded"
        else ("red", "octagon-x")
    )
    yield Callout(
        tone, icon, inline(found.sentence), inline(f"{last}To mend it: {found.fix}.")
    )


def _days(desk: Desk) -> int:
    registry = desk.book.registry
    return registry.profiles.get(registry.profile, Profile()).rehearsal_days


def _steps(release: Release, plan: Rollback) -> Iterator[Doing]:
    for one in plan.executors:
        yield Doing(
            inline(one.step), team(release, one.who), one.command, inline(one.expect)
        )


def _worked(release: Release, plan: Rollback) -> Iterator[Markup]:
    yield from (inline(one) for one in plan.verification)
    for monitor in release.monitors:
        bad = f"no longer {monitor.threshold}" if monitor.threshold else "as usual"
        yield inline(f"{monitor.name}: {bad}")


def _lost(plan: Rollback) -> Iterator[Markup]:
    if plan.point_of_no_return:
        yield inline(plan.point_of_no_return)
    for one in plan.strategies:
        if one.data_loss:
            yield inline(f"Data: {one.data_loss}")


def _told(release: Release, plan: Rollback | None) -> Iterator[tuple[str, Markup]]:
    if release.state_note:
        yield "Now", inline(release.state_note)
    if plan and plan.public_sentence:
        yield "Beforehand", inline(plan.public_sentence)
    if release.support and release.support.macros:
        yield "Prepared answers", inline(", ".join(release.support.macros))


def _facts(desk: Desk, plan: Rollback) -> Iterator[tuple[str, Markup]]:
    if allowed := length_in_words(plan.expected_duration):
        yield "Time allowed", inline(allowed)
    if plan.tested:
        where = f", in {plan.tested.env}" if plan.tested.env else ""
        by = f", by {plan.tested.by}" if plan.tested.by else ""
        on = day(plan.tested.on, desk.site.zone).text
        yield "Last rehearsed", inline(f"{on}{where}{by}")
    if plan.runbook:
        yield "Runbook", runbook_link(plan.runbook)
    afterwards = (
        "Set state: rolled-back with state_on and state_note; record the incident"
    )
    if plan.post_mortem_required:
        afterwards += "; link its post-mortem before it goes out again"
    yield "Afterwards", inline(f"{afterwards}.")


def _commit(desk: Desk, release: Release) -> str:
    """The state of the file that was printed, where version control knows it."""
    revisions = desk.book.history.of(release.id)
    return f", at commit {revisions[-1].commit[:10]}" if revisions else ""


def _foot(desk: Desk, release: Release) -> str:
    place = release.at("rollback")
    return (
        f"From {place.path}, line {place.line}{_commit(desk, release)}. {desk.taken}. "
        "A printout older than the release file is out of date."
    )
