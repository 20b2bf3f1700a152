"""The audit trail of one release: who did what when, from its fields and from git."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gatepost.model.history import History, Revision
from gatepost.model.moment import Moment
from gatepost.model.registry import Registry
from gatepost.model.release import PathInFile, Release
from gatepost.process.phase_times import (
    ScopeChange,
    Stay,
    late_scope,
    phase_keys,
    phase_stays,
    stage_stays,
)

Kind = Literal[
    "phase",
    "scope",
    "approval",
    "decision",
    "waiver",
    "check",
    "test",
    "rehearsal",
    "stage",
    "deployment",
    "incident",
    "announcement",
    "date",
    "correction",
    "review",
    "edit",
]
_LONGEST_INITIALS = 3
"""`pm`, `qa`, `uat` are initials, longer keys are words."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    on: Moment | None
    """When; None if nobody wrote it."""
    kind: Kind
    what: str
    by: str = ""
    """Team handle as written, or the author of a commit."""
    why: str = ""
    path: PathInFile = ()
    """The field that says so; empty if a commit does."""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """Everything that is known of how a release came about."""

    release: str
    phases: tuple[Stay, ...]
    """From git; empty without a history."""
    stages: tuple[Stay, ...]
    scope: tuple[ScopeChange, ...]
    """Changes after the scope was closed, from git."""
    events: tuple[Event, ...]
    """Oldest first, undated ones last."""
    waiting: tuple[str, ...]
    """Roles whose signature is asked for and not given."""
    note: str
    """What the history cannot tell, as sentences; empty if it is whole."""


def trail(
    release: Release, history: History, registry: Registry, as_of: datetime
) -> Trail:
    """Gather the trail of one release up to *as_of*."""
    revisions = history.of(release.id)
    keys = phase_keys(registry)
    phases = phase_stays(revisions, release.id, keys)
    scope = tuple(late_scope(release, revisions))
    events = [*_told(release), *_committed(revisions, phases, scope)]
    happened = [one for one in events if one.on is None or one.on.at <= as_of]
    given = (
        {one.role for one in release.approvals.given} if release.approvals else set()
    )
    asked = release.approvals.required if release.approvals else ()
    return Trail(
        release=release.id,
        phases=phases,
        stages=tuple(stage_stays(release)),
        scope=scope,
        events=tuple(sorted(happened, key=_order)),
        waiting=tuple(role for role in asked if role not in given),
        note=_note(release, history, phases),
    )


def _order(event: Event) -> tuple[bool, float, str, str]:
    at = event.on.at.timestamp() if event.on else 0.0
    return event.on is None, at, event.kind, event.what


def _note(release: Release, history: History, phases: tuple[Stay, ...]) -> str:
    if history.missing:
        return (
            f"Without git: {history.missing}. Phases, their durations and changes of scope "
            f"cannot be told; the rest comes from the entry's fields. To have them, {history.fix}."
        )
    if not history.of(release.id):
        return "The entry was not committed yet, so only its own fields are told."
    notes = []
    if any(one.since is None for one in phases) or (
        history.shallow and history.of(release.id)[0].change == "boundary"
    ):
        notes.append(
            "This copy of the repository is shallow: what happened before its first commit is "
            f"not told. To have it, {history.fix}."
        )
    if phases and phases[-1].where != release.phase:
        notes.append(
            f"The entry now says `phase: {release.phase}`, which is not committed yet."
        )
    return " ".join(notes)


def _told(release: Release) -> Iterator[Event]:
    """What the entry's own fields say."""
    yield from _signed(release)
    yield from _decided(release)
    yield from _proven(release)
    yield from _shipped(release)
    yield from _dated(release)


def _signed(release: Release) -> Iterator[Event]:
    for n, one in enumerate(release.approvals.given if release.approvals else ()):
        path = ("approvals", "given", n)
        yield Event(
            one.on, "approval", f"{_role(one.role)} signed", one.by, one.ref, path
        )


def _decided(release: Release) -> Iterator[Event]:
    for n, one in enumerate(release.decisions):
        yield Event(one.on, "decision", one.what, one.by, one.why, ("decisions", n))
    for n, row in enumerate(release.go_no_go.waivers if release.go_no_go else ()):
        end = f" until {row.until.iso}" if row.until else ", without an end"
        path = ("go_no_go", "waivers", n)
        what = f"{row.rule} set aside{end}"
        yield Event(row.on, "waiver", what, row.by, row.reason, path)


def _proven(release: Release) -> Iterator[Event]:
    for item, tick in release.checklist.items():
        words = {"done": "done", "n-a": "not applicable", "todo": "to do"}
        what = f"{item}: {words[tick.state]}"
        yield Event(tick.on, "check", what, tick.by, tick.note, ("checklist", item))
    names = ("unit", "integration", "regression", "performance", "uat", "smoke")
    for name in names if release.tests else ():
        run = getattr(release.tests, name)
        if run is not None and run.result:
            what = f"{_role(name)} tests: {run.result}"
            where = run.evidence_url
            yield Event(run.on, "test", what, run.signed_by, where, ("tests", name))
    tried = release.rollback.tested if release.rollback else None
    if tried:
        length = f" in {tried.duration}" if tried.duration else ""
        what = f"Rollback rehearsed{length}"
        yield Event(
            tried.on,
            "rehearsal",
            what,
            tried.by,
            tried.evidence,
            ("rollback", "tested"),
        )


def _shipped(release: Release) -> Iterator[Event]:
    for n, one in enumerate(release.deployments):
        version = f"{one.version} " if one.version else ""
        what = f"{version}to {one.env}: {one.result}"
        yield Event(one.at, "deployment", what, one.by, one.digest, ("deployments", n))
    for n, row in enumerate(release.incidents):
        path = ("incidents", n)
        severity = f" ({row.severity})" if row.severity else ""
        yield Event(row.started_at, "incident", f"{row.id}{severity} began", path=path)
        if row.restored_at:
            what = f"{row.id}: service back, by {row.fix}"
            yield Event(row.restored_at, "incident", what, "", row.postmortem, path)
    for n, way in enumerate(release.channels):
        if way.state == "sent":
            what = f"Sent by {way.channel.replace('_', ' ')}"
            told = way.audience
            yield Event(
                way.at, "announcement", what, told, way.receipt, ("channels", n)
            )


def _dated(release: Release) -> Iterator[Event]:
    dates = release.dates
    rows = (
        ("scope_frozen", "Scope closed", dates.scope_frozen),
        ("deployed", "In production", dates.deployed),
        ("exposed", "First customers had it", dates.exposed),
        ("published", "Entry published", dates.published),
    )
    for field, what, on in rows:
        if on:
            yield Event(on, "date", what, path=("dates", field))
    for n, one in enumerate(dates.updated):
        path = ("dates", "updated", n)
        yield Event(one.on, "correction", f"Entry corrected: {one.what}", path=path)
    for n, step in enumerate(release.stages):
        since = f" from {step.from_version}" if step.from_version else ""
        what = f"Stage {step.stage}{since}"
        yield Event(step.from_date, "stage", what, path=("stages", n))
    review = release.reviewing
    if review and review.held_on:
        what = f"Looked back, {len(review.lessons)} lessons"
        yield Event(review.held_on, "review", what, path=("reviewing", "held_on"))


def _role(key: str) -> str:
    if len(key) <= _LONGEST_INITIALS:
        return key.upper()
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def _committed(
    revisions: tuple[Revision, ...],
    phases: tuple[Stay, ...],
    scope: tuple[ScopeChange, ...],
) -> Iterator[Event]:
    """What commits did: phases entered, scope changed late, and every other edit."""
    into = {one.commit: one.where for one in phases}
    late = {one.commit: one for one in scope}
    for one in revisions:
        on = Moment(one.at, timed=True)
        if one.commit in into:
            what = f"Phase {into[one.commit]}"
            was = one.before.phase
            what += f", before {was}" if was else ""
            yield Event(on, "phase", what, one.author, one.subject, (), one.commit)
        if one.commit in late:
            what = _moved(late[one.commit])
            yield Event(on, "scope", what, one.author, one.subject, (), one.commit)
        if what := _edited(
            one, known=("phase", *(("scope",) if one.commit in late else ()))
        ):
            yield Event(on, "edit", what, one.author, one.subject, (), one.commit)


def _moved(change: ScopeChange) -> str:
    parts = [f"in: {', '.join(change.came)}"] if change.came else []
    parts += [f"out: {', '.join(change.went)}"] if change.went else []
    decided = (
        f"; decided: {change.decided}" if change.decided else "; no decision on record"
    )
    return f"Scope changed after it was closed, {'; '.join(parts)}{decided}"


def _edited(one: Revision, known: tuple[str, ...]) -> str:
    words = {
        "added": "Entry written",
        "removed": "Entry removed",
        "moved": f"File moved to {one.path}",
        "boundary": "The history of this copy begins",
    }
    fields = [name for name in one.fields if name not in known]
    if one.change in words:
        return words[one.change]
    return f"Edited: {', '.join(fields)}" if fields else ""
