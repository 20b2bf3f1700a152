"""Changes of scope after it was closed: the same rows on the readiness and on the trail page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from gatepost.model.history import History
from gatepost.model.moment import Moment
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.desk import Desk
from gatepost.outputs.gate_views import BlockerRow, FactCell, FactTable
from gatepost.outputs.views import Link
from gatepost.outputs.words import counted, day, inline
from gatepost.process.edit import edit_of
from gatepost.process.phase_times import ScopeChange, frozen_on, late_scope

SCOPE_HEADS = ("When", "Came in", "Went out", "Decision", "By", "Commit")
_COMMIT_SHOWN = 10


def scope_rows(
    changes: Iterable[ScopeChange], zone: tzinfo
) -> tuple[tuple[str, ...], ...]:
    """A row of texts for each change, under `SCOPE_HEADS`."""
    return tuple(
        (
            at_time(one.at, zone),
            ", ".join(one.came),
            ", ".join(one.went),
            one.decided or "none on record",
            one.by,
            short_commit(one.commit),
        )
        for one in changes
    )


def scope_table(desk: Desk, release: Release) -> FactTable | None:
    """The section of the readiness page; None if the scope was never closed."""
    history, zone = desk.book.history, desk.site.zone
    late = tuple(late_scope(release, history.of(release.id)))
    note = scope_note(release, history, late, zone)
    if not note:
        return None
    trail = Link("Audit trail", f"{ROOT}releases/{release.id}/trail/")
    rows = (tuple(map(FactCell, row)) for row in scope_rows(late, zone))
    caption = "Scope since it was closed"
    return FactTable("scope-changed", caption, SCOPE_HEADS, tuple(rows), note, (trail,))


def undecided(desk: Desk, release: Release) -> Iterator[BlockerRow]:
    """A piece of advice for each late change that no decision on record is near.

    Source: product reference, section 8, L03.
    """
    zone = desk.site.zone
    for one in late_scope(release, desk.book.history.of(release.id)):
        if one.decided:
            continue
        day_ = one.at.astimezone(zone).date()
        owner = release.roles.get("pm", "")
        by = json.dumps(owner or "@team", ensure_ascii=False)
        decision = f"[{{on: {day_}, by: {by}, what: what was decided}}]"
        edit = edit_of(release, ("decisions",), decision)
        parts = [f"{', '.join(one.came)} came in" if one.came else ""]
        parts += [f"{', '.join(one.went)} went out" if one.went else ""]
        told = f"{at_time(one.at, zone)}, commit {short_commit(one.commit)} by {one.by}"
        yield BlockerRow(
            what=inline(
                f"Scope changed after it was closed: {' and '.join(filter(None, parts))}"
            ),
            why=f"{told}; no decision is on record",
            fix=inline(edit.where[:1].upper() + edit.where[1:]),
            line=edit.yaml,
            owner=owner,
            rule="scope",
            day=None,
            late=False,
            source=desk.source(release.at("scope")),
            warn=True,
        )


def scope_note(
    release: Release, history: History, changes: tuple[ScopeChange, ...], zone: tzinfo
) -> str:
    """What is known about changes of scope, as sentences; empty if it was never closed."""
    closed = frozen_on(release)
    if closed is None and not changes:
        return ""
    told = f"Closed on {day(closed, zone).text}. " if closed else ""
    if history.missing:
        why = f"Whether it changed since cannot be told: {history.missing}"
        return (
            f"{told}{why}. To have it, {history.fix}."
            if history.fix
            else f"{told}{why}."
        )
    revisions = history.of(release.id)
    if not revisions:
        return f"{told}The entry was not committed yet, so changes cannot be told."
    if history.shallow and revisions[0].change == "boundary":
        told += (
            "This copy of the repository is shallow, so only changes since its first commit "
            f"are told; to have all, {history.fix}. "
        )
    if not changes:
        return f"{told}Not changed since, by git."
    open_ = sum(not one.decided for one in changes)
    times = counted(len(changes), "time", "times")
    without = f", {open_} of them without a decision on record" if open_ else ""
    return f"{told}Changed {times} since{without}. From git."


def at_time(at: datetime | None, zone: tzinfo) -> str:
    """Day and time in the site's zone; empty for none."""
    if at is None:
        return ""
    return f"{day(Moment(at, timed=True), zone).text}, {at.astimezone(zone):%H:%M}"


def short_commit(name: str) -> str:
    """As much of a commit's name as people need to find it."""
    return name[:_COMMIT_SHOWN]
