"""`/releases/<id>/support/`: what support needs about one release, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from gatepost.audience.fixes import fix_is_out
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.desk import Desk
from gatepost.outputs.rollback_page import has_rollback_page, rollback_href
from gatepost.outputs.rollback_words import KINDS, NOT_SAID, people
from gatepost.outputs.support_words import Reach, issue_state, reach, share_text
from gatepost.outputs.templates import render
from gatepost.outputs.views import Badge, Day, Link
from gatepost.outputs.words import FIX, day, inline, plain
from gatepost.process.support import Held, history

SUPPORT = "support/"


@dataclass(frozen=True, slots=True)
class Paste:
    """A question or problem, and a text to paste."""

    head: Markup
    text: Markup
    copy: str
    """The text without markup, for the clipboard."""
    ours: bool
    """Whether it is for colleagues only and must not be sent as it is."""
    badge: Badge | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BriefView:
    """`/releases/<id>/support/`, internal. Template: support_brief.html."""

    crumb: Link
    title: str
    lead: str
    sub: str
    """Version and products."""
    reach: Reach
    steps: tuple[tuple[Day, str], ...]
    """Who had it since when, oldest first."""
    ahead: tuple[tuple[Day, str], ...]
    """Who gets it when."""
    sees: tuple[tuple[str, Markup, bool], ...]
    """What the customer sees, in the entry's own words, and whether it is for colleagues only."""
    answers: tuple[Paste, ...]
    issues: tuple[Paste, ...]
    escalation: tuple[tuple[str, Markup], ...]
    off: tuple[tuple[str, Markup], ...]
    """How it is switched off and who may."""
    signs: tuple[str, ...]
    docs: tuple[Link, ...]
    links: tuple[Link, ...]
    taken: str


def brief_href(release: Release) -> str:
    """Address of the brief."""
    return f"{ROOT}releases/{release.id}/support/"


def brief_pages(desk: Desk) -> Iterator[PageArtifact]:
    """A brief for each release."""
    for release in desk.releases:
        yield brief_page(desk, release)


def brief_page(desk: Desk, release: Release) -> PageArtifact:
    """The brief of one release; what stands on it is gathered when it is written."""
    title, lead = plain(release.title), _lead(release)
    signs = release.support.symptoms if release.support else ()
    return PageArtifact(
        path=f"releases/{release.id}/support/",
        title=f"Support: {title}",
        description=lead or title,
        draw=partial(_draw, desk, release),
        section=SUPPORT,
        text=" ".join((title, lead, *signs)),
    )


def _draw(desk: Desk, release: Release) -> Markup:
    return render("support_brief.html", brief_view(desk, release))


def _lead(release: Release) -> str:
    said = release.support.summary if release.support else ""
    return plain(said or release.summary)


def brief_view(desk: Desk, release: Release) -> BriefView:
    """Everything the brief says."""
    registry, said = desk.book.registry, release.support
    held = history(release, desk.book.as_of)
    names = (registry.name_of(key) for key in (*release.products, *release.components))
    return BriefView(
        crumb=Link("Support", f"{ROOT}{SUPPORT}"),
        title=plain(release.title),
        lead=_lead(release),
        sub=" · ".join(one for one in (release.version, *names) if one),
        reach=reach(release, held, desk.site.zone),
        steps=tuple(_past(desk, held)),
        ahead=tuple(_ahead(desk, release)),
        sees=tuple(_sees(release)),
        answers=tuple(_answers(release)),
        issues=tuple(_issues(desk, release)),
        escalation=tuple(_escalation(desk, release)),
        off=tuple(_off(release)),
        signs=said.symptoms if said else (),
        docs=tuple(Link(one.title, one.url) for one in release.docs if one.url),
        links=tuple(_links(desk, release)),
        taken=desk.taken,
    )


def _past(desk: Desk, held: tuple[Held, ...]) -> Iterator[tuple[Day, str]]:
    for one in held:
        yield day(one.since, desk.site.zone), share_text(one)


def _ahead(desk: Desk, release: Release) -> Iterator[tuple[Day, str]]:
    """The steps of the rollout that are still to come, unless it was taken back."""
    if release.state in {"rolled-back", "withdrawn", "cancelled"}:
        return
    for ring in release.deployment.rings if release.deployment else ():
        if ring.on and ring.on.at > desk.book.as_of:
            yield (
                day(ring.on, desk.site.zone),
                share_text(Held(ring.on, ring.share, ring.wording)),
            )


def _sees(release: Release) -> Iterator[tuple[str, Markup, bool]]:
    rows = (
        ("What changed", release.what or release.summary),
        ("For whom", release.who),
        ("What they must do", release.action),
        ("Effect on existing use", release.impact),
        ("While it is deployed", release.downtime.wording if release.downtime else ""),
    )
    yield from ((label, inline(text), False) for label, text in rows if text)
    for limit in release.scope.limitations if release.scope else ():
        yield "Limit", inline(limit.text), not limit.public


def _answers(release: Release) -> Iterator[Paste]:
    if release.state_note:
        head = inline(f"It is {release.state.replace('-', ' ')}. What happened?")
        yield _paste(head, release.state_note, ours=False)
    for one in release.support.faq if release.support else ():
        yield _paste(inline(one.q), one.a, ours=not one.public)


def _issues(desk: Desk, release: Release) -> Iterator[Paste]:
    for one in release.known_issues:
        fix = FIX[fix_is_out(one, release, desk.book)]
        notes = (
            one.affected,
            f"{fix.lower()} {one.fixed_in}" if one.fixed_in else "",
            one.id,
        )
        yield _paste(
            inline(one.text),
            one.workaround,
            ours=not one.public,
            badge=issue_state(one.status),
            note=" · ".join(note for note in notes if note),
        )


def _paste(
    head: Markup, text: str, *, ours: bool, badge: Badge | None = None, note: str = ""
) -> Paste:
    return Paste(head, inline(text), plain(text), ours, badge, note)


def _escalation(desk: Desk, release: Release) -> Iterator[tuple[str, Markup]]:
    said, incident = release.support, release.incident
    handle = release.roles.get("eng_lead", "")
    channel = desk.book.registry.teams[handle].channel if _known(desk, handle) else ""
    rows = (
        (
            "Ask",
            (said.escalation if said else "") or " in ".join(_some(handle, channel)),
        ),
        ("Handled by", f"{said.tier} tier" if said and said.tier else ""),
        ("On call", incident.on_call if incident else ""),
        ("Incident channel", incident.channel if incident else ""),
        ("How bad is it", incident.severity_map if incident else ""),
        ("Prepared answers", ", ".join(said.macros) if said else ""),
        ("Expected", said.expected_volume if said else ""),
    )
    yield from ((label, inline(text)) for label, text in rows if text)


def _known(desk: Desk, handle: str) -> bool:
    return handle in desk.book.registry.teams


def _some(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)


def _off(release: Release) -> Iterator[tuple[str, Markup]]:
    plan = release.rollback
    if plan is None:
        return
    for one in plan.strategies:
        flag = Markup(" <code>{}</code>").format(one.flag) if one.flag else ""
        yield "How", Markup("{}{}").format(KINDS[one.kind], flag)
    for label, who, missing in people(release, plan):
        if label in {"Decides, alone", "If not reached", "Does it"}:
            yield label, inline(NOT_SAID if missing else who)
    if plan.public_sentence:
        yield "May be told", inline(plan.public_sentence)


def _links(desk: Desk, release: Release) -> Iterator[Link]:
    yield Link("Release page", f"{ROOT}releases/{release.id}/")
    if has_rollback_page(release):
        yield Link("Rollback", rollback_href(release))
    yield Link("Readiness", f"{ROOT}releases/{release.id}/readiness/")
    if source := desk.source(release.at("support")):
        yield Link("Release file", source.href)
