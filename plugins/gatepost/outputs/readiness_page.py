"""`/releases/<id>/readiness/`: go or no-go for one release, and everything it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from gatepost.model.moment import Moment
from gatepost.model.phase import BY_KEY, PHASES
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.board_cells import weekday
from gatepost.outputs.board_teams import asked
from gatepost.outputs.desk import READINESS, Desk
from gatepost.outputs.desk_tables import tables, terms
from gatepost.outputs.gate_report import gate_json
from gatepost.outputs.gate_views import BlockerRow, ReadinessView
from gatepost.outputs.gate_words import (
    STATES,
    VERDICTS,
    capital,
    distance,
    headline_of,
    score_marks,
)
from gatepost.outputs.readiness_checks import check_groups
from gatepost.outputs.readiness_files import readiness_csv
from gatepost.outputs.readiness_parts import brief, steps, way_back
from gatepost.outputs.scope_changes import scope_table, undecided
from gatepost.outputs.support_brief import brief_href
from gatepost.outputs.templates import render
from gatepost.outputs.views import Day, Link
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.answer import Answer
from gatepost.process.blockers import Blocker
from gatepost.process.verdict import GO_NO_GO, Verdict


def readiness_pages(desk: Desk) -> Iterator[Artifact]:
    """A page and a file for each release."""
    for release in desk.releases:
        yield _page(desk, release)
        yield FileArtifact(_file(release), partial(_verdict_file, desk, release))
        yield FileArtifact(_csv(release), partial(readiness_csv, desk, release))


def _file(release: Release) -> str:
    return f"api/v1/gate/{release.id}.json"


def _csv(release: Release) -> str:
    return f"releases/{release.id}/readiness/readiness.csv"


def _verdict_file(desk: Desk, release: Release) -> bytes:
    rows = [(release, desk.verdicts[release.id])]
    return gate_json(rows, desk.terms).encode()


def _page(desk: Desk, release: Release) -> PageArtifact:
    found = desk.verdicts[release.id]
    title = release.title_internal or plain(release.title)
    return PageArtifact(
        path=f"releases/{release.id}/readiness/",
        title=f"Readiness: {title}",
        description=_sentence(release, found),
        draw=partial(_draw, desk, release),
        section=READINESS,
        wide=True,
        text=f"{title} {release.id} readiness rollback flags",
    )


def _draw(desk: Desk, release: Release) -> Markup:
    return render("readiness.html", _view(desk, release, desk.verdicts[release.id]))


def _view(desk: Desk, release: Release, found: Verdict) -> ReadinessView:
    planned = release.dates.planned
    name = desk.book.registry.name_of
    products = ", ".join(name(key) for key in release.products)
    facts = (release.version, products, release.roles.get("pm", ""))
    return ReadinessView(
        crumb=Link("Readiness", f"{ROOT}{READINESS}"),
        title=release.title_internal or plain(release.title),
        sub=" · ".join(fact for fact in facts if fact),
        verdict=headline_of(found),
        tone=VERDICTS[found.value][1],
        sentence=_sentence(release, found),
        day=_weekday(desk, planned) if planned else None,
        when=distance(planned, desk.book.as_of) if planned else "no date",
        blockers=(*_blockers(desk, found), *undecided(desk, release)),
        scores=score_marks(found),
        steps=tuple(steps(desk, release)),
        ahead=tuple(_open_row(desk, one, warn=False) for one in found.ahead),
        ahead_lead=_ahead_lead(found),
        scope=scope_table(desk, release),
        checks=tuple(check_groups(desk, release, found)),
        links=tuple(_links(desk, release)),
        way_back=way_back(desk, release),
        tables=tables(desk, release),
        brief=brief(release),
        terms=terms(release, desk.site.zone),
        inherited=tuple(sorted(release.source.inherited.items())),
        taken=_taken(desk, release),
    )


def _taken(desk: Desk, release: Release) -> str:
    """When the data was taken, and what the flags were compared with."""
    asked = desk.verdicts[release.id].compares_flags
    told = f". {desk.terms.flags.words}" if asked else ""
    return f"{desk.taken}{told}"


def _links(desk: Desk, release: Release) -> Iterator[Link]:
    yield Link("Release page", f"{ROOT}releases/{release.id}/")
    if source := desk.release_file(release):
        yield source
    yield Link("Support", brief_href(release))
    yield Link("Audit trail", f"{ROOT}releases/{release.id}/trail/")
    yield Link("CSV", f"{ROOT}{_csv(release)}")
    yield Link("JSON", f"{ROOT}{_file(release)}")


def _weekday(desk: Desk, planned: Moment) -> Day:
    """`Tue 8 Dec 2026`."""
    short = weekday(planned, desk)
    return Day(short.iso, f"{short.text} {planned.day.year}")


def _sentence(release: Release, found: Verdict) -> str:
    required = asked(release, found)
    done = sum(one.settled for one in required)
    parts = [
        counted(len(found.warnings), "warning", "warnings") if found.warnings else "",
        counted(len(found.waived), "waiver", "waivers") if found.waived else "",
        f"{done} of {len(required)} required checks are done",
    ]
    told = ", ".join(part for part in parts if part)
    if release.state in STATES:
        told += f". It is {STATES[release.state].text.lower()}"
    if release.at_phase.order >= PHASES[-1].order:
        return f"{told}. No gate is ahead."
    return f"{told}. This gate asks: {release.at_phase.exit_gate}."


def _blockers(desk: Desk, found: Verdict) -> Iterator[BlockerRow]:
    yield from (_blocker(desk, one) for one in found.blockers)
    yield from (_open_row(desk, one, warn=True) for one in found.waived)
    yield from (_open_row(desk, one, warn=True) for one in found.warnings)
    for finding in found.findings:
        if finding.level != "error":
            yield BlockerRow(
                what=inline(finding.sentence),
                why="Advice",
                fix=inline(finding.fix),
                line="",
                owner="",
                rule=finding.code,
                day=None,
                late=False,
                source=desk.source(finding.place),
                warn=True,
            )


def _blocker(desk: Desk, one: Blocker) -> BlockerRow:
    return BlockerRow(
        what=inline(capital(one.what)),
        why=capital(one.why),
        fix=inline(_fix_words(one)),
        line=one.edit.yaml if one.edit else "",
        owner=one.owner or "no owner",
        rule=one.rule,
        day=day(one.due, desk.site.zone) if one.due else None,
        late=one.due is not None and one.due.at < desk.book.as_of,
        source=desk.source(one.place),
        warn=False,
    )


def _fix_words(one: Blocker) -> str:
    return capital(one.edit.where if one.edit else one.fix)


def _open_row(desk: Desk, one: Answer, *, warn: bool) -> BlockerRow:
    edit = one.edit if one.state != "waived" else None
    return BlockerRow(
        what=inline(capital(one.what) or one.item.text),
        why=capital(one.note),
        fix=inline(capital(edit.where if edit else _word_of(one))),
        line=edit.yaml if edit else "",
        owner=one.owner or one.item.owner,
        rule=one.item.id,
        day=day(one.by, desk.site.zone) if one.by else None,
        late=one.by is not None and one.by.at < desk.book.as_of,
        source=desk.source(edit.place) if edit else None,
        warn=warn,
    )


def _word_of(one: Answer) -> str:
    return "" if one.state == "waived" else one.fix


def _ahead_lead(found: Verdict) -> str:
    phase = BY_KEY[found.into]
    after = f" and at the end of {phase.label}" if phase.order <= GO_NO_GO else ""
    return f"Before {phase.label}{after}, these will be asked. They do not block today."
