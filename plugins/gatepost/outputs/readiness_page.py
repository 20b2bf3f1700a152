"""`/releases/<id>/readiness/`: go or no-go for one release, and everything it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from markupsafe import Markup

from gatepost.model.phase import BY_KEY, PHASES
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import READINESS, Desk
from gatepost.outputs.desk_tables import tables, terms
from gatepost.outputs.gate_report import gate_json
from gatepost.outputs.gate_views import BlockerRow, CheckGroup, CheckRow, ReadinessView
from gatepost.outputs.gate_words import (
    STATES,
    VERDICTS,
    badge_of,
    distance,
    score_marks,
)
from gatepost.outputs.readiness_files import readiness_csv
from gatepost.outputs.readiness_parts import brief, steps, way_back
from gatepost.outputs.scope_changes import (
    SCOPE_HEADS,
    scope_note,
    scope_rows,
)
from gatepost.outputs.support_brief import brief_href
from gatepost.outputs.templates import render
from gatepost.outputs.views import Badge, Link, Table
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.answer import Answer, State
from gatepost.process.blockers import Blocker
from gatepost.process.conditions.table import CONDITIONS
from gatepost.process.phase_times import late_scope
from gatepost.process.verdict import GO_NO_GO, Verdict

MARKS: dict[State, tuple[str, str]] = {
    "done": ("ok", "Done"),
    "not-applicable": ("none", "Does not apply"),
    "waived": ("waived", "Waived"),
    "open": ("open", "Open"),
    "failing": ("no", "Failing"),
}
"""Mark and word of each state."""
_ORDER = ("failing", "open", "waived", "done", "not-applicable")
_GATES = {"block": "", "warn": "advised", "info": "optional"}


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
    history, zone = desk.book.history, desk.site.zone
    late = tuple(late_scope(release, history.of(release.id)))
    return ReadinessView(
        crumb=Link("Readiness", f"{ROOT}{READINESS}"),
        title=release.title_internal or plain(release.title),
        sub=" · ".join(fact for fact in facts if fact),
        verdict=badge_of(found),
        tone=VERDICTS[found.value][1],
        sentence=_sentence(release, found),
        day=day(planned, desk.site.zone) if planned else None,
        when=distance(planned, desk.book.as_of) if planned else "no date",
        blockers=tuple(_blockers(desk, found)),
        scores=score_marks(found),
        steps=tuple(steps(desk, release)),
        ahead=tuple(_open_row(desk, one, warn=False) for one in found.ahead),
        ahead_lead=_ahead_lead(found),
        scope_note=scope_note(release, history, late, zone),
        scope=Table(
            "scope-changed",
            "Scope since it was closed",
            SCOPE_HEADS,
            scope_rows(late, zone),
        ),
        checks=tuple(_groups(desk, release, found)),
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
    told = f". {desk.terms.flags.words}" if release.flags else ""
    return f"{desk.taken}{told}"


def _links(desk: Desk, release: Release) -> Iterator[Link]:
    yield Link("Release page", f"{ROOT}releases/{release.id}/")
    if source := desk.release_file(release):
        yield source
    yield Link("Support", brief_href(release))
    yield Link("Audit trail", f"{ROOT}releases/{release.id}/trail/")
    yield Link("CSV", f"{ROOT}{_csv(release)}")
    yield Link("JSON", f"{ROOT}{_file(release)}")


def _sentence(release: Release, found: Verdict) -> str:
    required = [one for one in found.answers if one.gate == "block"]
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
        what=inline(_capital(one.what)),
        why=_capital(one.why),
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
    return _capital(one.edit.where if one.edit else one.fix)


def _open_row(desk: Desk, one: Answer, *, warn: bool) -> BlockerRow:
    edit = one.edit if one.state != "waived" else None
    return BlockerRow(
        what=inline(_capital(one.what) or one.item.text),
        why=_capital(one.note),
        fix=inline(_capital(edit.where) if edit else ""),
        line=edit.yaml if edit else "",
        owner=one.owner or one.item.owner,
        rule=one.item.id,
        day=day(one.by, desk.site.zone) if one.by else None,
        late=one.by is not None and one.by.at < desk.book.as_of,
        source=desk.source(edit.place) if edit else None,
        warn=warn,
    )


def _ahead_lead(found: Verdict) -> str:
    phase = BY_KEY[found.into]
    after = f" and at the end of {phase.label}" if phase.order <= GO_NO_GO else ""
    return f"Before {phase.label}{after}, these will be asked. They do not block today."


def _groups(desk: Desk, release: Release, found: Verdict) -> Iterator[CheckGroup]:
    for key, group in groupby(found.answers, key=lambda one: one.item.phase):
        rows = sorted(group, key=_rank)
        required = [one for one in rows if one.gate == "block"]
        done = sum(one.settled for one in required)
        blocking = sum(one.blocks for one in rows)
        badge = Badge("nogo", "octagon-x", f"{blocking} block") if blocking else None
        yield CheckGroup(
            label=desk.label_of(BY_KEY[key]),
            count=f"{done} of {len(required)} done",
            badge=badge,
            open=bool(blocking) or key == release.phase,
            rows=tuple(_check(desk, release, one) for one in rows),
        )


def _rank(one: Answer) -> tuple[bool, int]:
    return not one.blocks, _ORDER.index(one.state)


def _check(desk: Desk, release: Release, one: Answer) -> CheckRow:
    state, word = MARKS[one.state]
    return CheckRow(
        state="no" if one.blocks else state,
        word=word,
        text=one.item.text,
        note=_note(one),
        owner=one.owner or one.item.owner,
        rule=one.item.id,
        gate=_GATES[one.gate],
        source=_evidence(desk, release, one),
    )


def _note(one: Answer) -> Markup:
    told = one.what if one.state == "failing" else ""
    return inline(_capital(". ".join(part for part in (told, one.note) if part)))


def _evidence(desk: Desk, release: Release, one: Answer) -> Link | None:
    """The line that answers it, if the entry says anything about it."""
    path: tuple[str | int, ...] = one.path if one.state == "failing" else ()
    if one.state == "waived":
        path = ("go_no_go", "waivers")
    elif one.note:
        path = ("checklist", one.item.id)
    elif one.done and one.item.auto:
        path = tuple(CONDITIONS[one.item.auto].field.split("."))
    if path[:1] and path[:1] in release.source.places:
        return desk.source(release.at(*path))
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
