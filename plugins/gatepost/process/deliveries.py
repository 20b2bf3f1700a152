"""What reached production, and what came of it: the facts under the delivery figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from gatepost.model.history import History, Revision
from gatepost.model.parts import DeploymentRecord, Incident
from gatepost.model.release import Release
from gatepost.process.deployment import Deployment, Gap, Recovery

PRODUCTION = frozenset({"production", "prod", "live"})
"""Names of the environment customers use, in any case."""
_WORDS_ONLY = frozenset({"notice", "known-issue", "deprecated"})
"""Types that tell something and need not reach production."""
_T = TypeVar("_T")


def deployments(
    releases: Iterable[Release], history: History, as_of: datetime
) -> tuple[tuple[Deployment, ...], tuple[Gap, ...]]:
    """Every arrival in production up to *as_of*, oldest first, and what is not known of them."""
    known = tuple(releases)
    hotfixed = _hotfixed(known, as_of)
    made: list[Deployment] = []
    gaps: list[Gap] = []
    for release in known:
        own = list(_own(release, as_of))
        gaps += _undated(release, own)
        for number, one in enumerate(own):
            until = own[number + 1].at if number + 1 < len(own) else None
            full = _judged(one, release, until, hotfixed.get(release.id, ()))
            full = replace(full, unplanned=_unplanned(release, own[:number]))
            since = own[number - 1].at if number else None
            made.append(_dated(full, history.of(release.id), since, history.missing))
        gaps += _unplaced(release, own, as_of)
    return tuple(sorted(_united(made), key=_order)), tuple(gaps)


def _order(one: Deployment) -> tuple[datetime, tuple[str, ...]]:
    return one.at, one.releases


def _own(release: Release, as_of: datetime) -> Iterator[Deployment]:
    """A release's arrivals, oldest first; its date stands in for a record that is missing."""
    rows = [row for row in release.deployments if _is_production(row)]
    happened = [row for row in rows if row.at.at <= as_of]
    for row in sorted(happened, key=lambda row: row.at.at):
        version = row.version or release.version
        changed = row.committed_at.at if row.committed_at else None
        yield Deployment(
            releases=(release.id,),
            products=tuple(release.products),
            version=version,
            at=row.at.at,
            result=row.result,
            origin="record",
            changed_at=changed,
            changed_by="the deployment record" if changed else "",
        )
    deployed = release.dates.deployed
    if not rows and deployed and deployed.at <= as_of:
        yield Deployment(
            releases=(release.id,),
            products=tuple(release.products),
            version=release.version,
            at=deployed.at,
            result="rolled-back" if release.state == "rolled-back" else "succeeded",
            origin="date",
        )


def _is_production(row: DeploymentRecord) -> bool:
    return row.env.casefold() in PRODUCTION


def _undated(release: Release, own: list[Deployment]) -> Iterator[Gap]:
    ours = release.type not in _WORDS_ONLY and release.imported is None
    if release.at_phase.released and ours and not own:
        yield Gap(
            release.id,
            "deployment-frequency",
            "it is out, but nothing says when it reached production",
            "add `dates: {deployed: 2026-11-20}`, or let the pipeline write `deployments:`",
            "deployments",
        )


def _hotfixed(
    releases: Iterable[Release], as_of: datetime
) -> dict[str, tuple[tuple[datetime, str], ...]]:
    """For each id: when hotfixes for it came out, and which."""
    found: dict[str, list[tuple[datetime, str]]] = {}
    for release in releases:
        at = _first_out(release)
        if release.kind == "hotfix" and at and at <= as_of:
            for one in release.fixes:
                found.setdefault(one, []).append((at, release.id))
    return {key: tuple(sorted(rows)) for key, rows in found.items()}


def _first_out(release: Release) -> datetime | None:
    records = sorted(row.at for row in release.deployments if _is_production(row))
    dates = release.dates
    moments = (*records, dates.deployed, dates.exposed, dates.published)
    return next((one.at for one in moments if one), None)


def _judged(
    one: Deployment,
    release: Release,
    until: datetime | None,
    hotfixes: tuple[tuple[datetime, str], ...],
) -> Deployment:
    """Say why a deployment failed; what follows the next deployment is that one's."""

    def within(at: datetime) -> bool:
        return at >= one.at and (until is None or at < until)

    words = {"failed": "did not succeed", "rolled-back": "rolled back"}
    causes = [words[one.result]] if one.result in words else []
    mended = [row for row in _caused(release) if within(row.started_at.at)]
    causes += [f"incident {row.id}" for row in mended]
    causes += [f"hotfix {name}" for at, name in hotfixes if within(at)]
    return replace(
        one, causes=tuple(causes), recoveries=tuple(_recovery(row) for row in mended)
    )


def _caused(release: Release) -> list[Incident]:
    return [row for row in release.incidents if row.caused_by]


def _recovery(row: Incident) -> Recovery:
    return Recovery(
        incident=row.id,
        failed_at=row.started_at.at,
        found_at=row.detected_at.at if row.detected_at else None,
        restored_at=row.restored_at.at if row.restored_at else None,
        by=row.fix,
        postmortem=row.postmortem,
        sla_met=row.sla_met,
    )


def _unplanned(release: Release, earlier: list[Deployment]) -> str:
    if release.kind == "hotfix":
        return "hotfix"
    if earlier and earlier[-1].result != "succeeded":
        return "again after a deployment that failed"
    return ""


def _unplaced(
    release: Release, own: list[Deployment], as_of: datetime
) -> Iterator[Gap]:
    """Incidents that no deployment can be blamed for, and failures nobody timed."""
    for row in _caused(release):
        started = row.started_at.at
        if started > as_of:
            continue
        if not own or started < own[0].at:
            yield Gap(
                release.id,
                "change-failure-rate",
                f"incident {row.id} began before any deployment that is on record",
                "add the deployment to `deployments:`, or write `caused_by: false`",
                "incidents",
            )
        if row.restored_at is None:
            yield Gap(
                release.id,
                "recovery-time",
                f"incident {row.id} does not say when service was back",
                'add `restored_at: "2026-11-20T14:05:00Z"` to it',
                "incidents",
            )
    undone = any(one.result != "succeeded" for one in own)
    if undone and not release.incidents:
        yield Gap(
            release.id,
            "recovery-time",
            "a deployment failed, but no incident says how long that lasted",
            "add `incidents:` with `started_at` and `restored_at`",
            "incidents",
        )


def _dated(
    one: Deployment,
    revisions: tuple[Revision, ...],
    since: datetime | None,
    missing: str,
) -> Deployment:
    """Add when the oldest change was committed, or why that is not known.

    Args:
        one: A deployment.
        revisions: Commits of its entry, oldest first.
        since: The deployment before it; what was committed until then went live with that.
        missing: Why there are no commits.
    """
    if one.changed_at is not None:
        if one.changed_at <= one.at:
            return one
        why = "the commit in its record is later than the deployment"
        return replace(one, changed_at=None, why_no_lead=why)
    if one.origin == "date":
        return replace(one, why_no_lead="no pipeline wrote a record of it")
    first = next((row for row in revisions if since is None or row.at > since), None)
    why = _why_no_lead(first, one.at, again=since is not None)
    if why or first is None:
        return replace(one, why_no_lead=missing or why)
    return replace(one, changed_at=first.at, changed_by="first commit of the entry")


def _why_no_lead(first: Revision | None, at: datetime, *, again: bool) -> str:
    """Why an entry's first commit tells nothing; empty if it tells."""
    if first is not None and first.change == "boundary":
        return "its first commit was left out when the repository was copied"
    if again and (first is None or first.at > at):
        return "its file was not committed between this deployment and the one before"
    if first is None:
        return "its file was not committed yet"
    return "its file was first committed after the deployment" if first.at > at else ""


def _united(rows: Iterable[Deployment]) -> list[Deployment]:
    """Releases that came with one deployment count once."""
    found: dict[object, Deployment] = {}
    for one in rows:
        same = (one.version, one.at) if one.version else (one.releases, one.at)
        found[same] = _union(found[same], one) if same in found else one
    return list(found.values())


def _union(first: Deployment, other: Deployment) -> Deployment:
    changed = [one for one in (first, other) if one.changed_at]
    oldest = min(changed, key=lambda one: one.changed_at or one.at, default=first)
    undone = [one.result for one in (first, other) if one.result != "succeeded"]
    return replace(
        first,
        releases=_merged(first.releases, other.releases),
        products=_merged(first.products, other.products),
        result=undone[0] if undone else first.result,
        origin="record" if "record" in {first.origin, other.origin} else "date",
        changed_at=oldest.changed_at,
        changed_by=oldest.changed_by,
        why_no_lead="" if changed else first.why_no_lead,
        causes=_merged(first.causes, other.causes),
        recoveries=_merged(first.recoveries, other.recoveries),
        unplanned=first.unplanned or other.unplanned,
    )


def _merged(first: tuple[_T, ...], other: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*first, *other)))
