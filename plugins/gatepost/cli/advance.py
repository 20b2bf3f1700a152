"""`gatepost advance`: move a release to its next phase, when the gate allows it."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

import click

from gatepost.cli.command import as_of_option, command, root_option
from gatepost.cli.gate import Court, phase_of
from gatepost.cli.gate_text import text_report
from gatepost.integrations.phase_line import moved
from gatepost.model.finding import Finding, GatepostError
from gatepost.model.phase import BY_KEY, PhaseKey
from gatepost.model.release import Release
from gatepost.process.verdict import GO_NO_GO, OVER

_FREE = frozenset({"quiet", "hotfix"})
"""Kinds that may pass several phases at once, until the go/no-go."""


@command(
    "advance",
    "gatepost advance faster-export testing",
    "gatepost advance faster-export rolling-out",
)
@click.argument("entry_id", metavar="ID")
@click.argument("phase", metavar="PHASE")
@root_option
@as_of_option
def advance_command(*, entry_id: str, phase: str, root: Path, as_of: datetime) -> None:
    """Move a release to a phase, when the gate allows it.

    Only the line of the phase is edited, and with rolling-out the date `deployed`, with monitoring
    the date `exposed`, if the entry does not have them. Everything else stays as it is. When the
    gate does not allow it, nothing is edited, the blockers are shown, and it ends with 1. A move
    back to an earlier phase is always allowed.
    """
    court = Court.open(root, as_of)
    chosen = court.pick(entry_id)
    if not chosen:
        click.echo(text_report((), court.unread(entry_id)), nl=False)
        raise SystemExit(1)
    into = phase_of(phase, court.book.registry)
    release = chosen[0]
    if not _goes_back(release, into):
        _refuse_leap(release, into, court.terms.profile_key)
        found = court.judge(release, into)
        if found.value == "no-go":
            click.echo(text_report([(release, found)], (), court.terms.flags), nl=False)
            click.echo(f"`{release.id}` stays in {release.phase}. Nothing was edited.")
            raise SystemExit(1)
    file = root / release.source.path
    before = file.read_bytes()
    zone = court.book.registry.clock.zone
    after = moved(before, release.source.path, into, as_of.astimezone(zone).date())
    _replace(file, after.raw)
    broken = _broken(Court.open(root, as_of), release, court)
    if broken:
        _replace(file, before)
        for one in broken:
            click.echo(f"{one}\n  fix: {one.fix}")
        click.echo(f"`{release.id}` stays in {release.phase}. Nothing was edited.")
        raise SystemExit(1)
    dated = f", with `{after.date}` of today" if after.date else ""
    click.echo(f"{release.source.path}: {release.phase} to {into}{dated}")


def _goes_back(release: Release, into: PhaseKey) -> bool:
    """Whether the release returns to an earlier phase, as after a rollback.

    Raises:
        GatepostError: It is in that phase, or no phase is ahead of it.
    """
    if release.phase == into:
        msg = f"`{release.id}` is in {into} already"
        raise GatepostError(msg)
    if release.state in OVER:
        msg = f"`{release.id}` is {release.state}: set `state: on-track` first"
        raise GatepostError(msg)
    return BY_KEY[into].order < release.at_phase.order


def _refuse_leap(release: Release, into: PhaseKey, profile: str) -> None:
    """Gates are not skipped; small and continuous releases may pass several until the go/no-go.

    Raises:
        GatepostError: A gate would be skipped, with the phase that comes next.
    """
    now, then = release.at_phase.order, BY_KEY[into].order
    free = release.kind in _FREE or profile == "continuous"
    if then == now + 1 or (free and then <= GO_NO_GO):
        return
    following = next(key for key, row in BY_KEY.items() if row.order == now + 1)
    msg = (
        f"`{release.id}` is in {release.phase}, and gates are not skipped: "
        f"type gatepost advance {release.id} {following}"
    )
    raise GatepostError(msg)


def _broken(now: Court, release: Release, then: Court) -> tuple[Finding, ...]:
    """Errors the entry has now and did not have before."""
    path = release.source.path
    old = {(one.code, one.sentence) for one in then.findings}
    return tuple(
        one
        for one in now.findings
        if one.level == "error"
        and one.place.path == path
        and (one.code, one.sentence) not in old
    )


def _replace(file: Path, raw: bytes) -> None:
    """Write a file whole or not at all, with the rights it has."""
    mode = file.stat().st_mode
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
