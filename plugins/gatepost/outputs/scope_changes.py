"""Changes of scope after it was closed: the same rows on the readiness and on the trail page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from gatepost.model.history import History
from gatepost.model.moment import Moment
from gatepost.model.release import Release
from gatepost.outputs.words import counted, day
from gatepost.process.phase_times import ScopeChange, frozen_on

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
