"""By when a gate's items are due, where a day follows from the dates of the release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from gatepost.model.moment import Moment
from gatepost.model.phase import PhaseKey
from gatepost.model.registry import Policy
from gatepost.model.release import Release

_WEEK = timedelta(days=7)


def due_of(release: Release, phase: PhaseKey, policy: Policy) -> Moment | None:
    """The day by which a release is to leave *phase*, or None if no date says.

    Until the go/no-go that is the planned day, for the scope a week before; after it, what the
    rollout, the announcement and the review allow.
    """
    own = _OWN_DAY.get(phase)
    return own(release, policy) if own else _planned(release)


def _planned(release: Release) -> Moment | None:
    window = release.deployment.window if release.deployment else None
    return release.dates.planned or (window.start if window else None)


def _frozen(release: Release, _policy: Policy) -> Moment | None:
    frozen = release.scope.frozen_on if release.scope else None
    return frozen or _later(_planned(release), -_WEEK)


def _last_ring(release: Release, _policy: Policy) -> Moment | None:
    rings = release.deployment.rings if release.deployment else ()
    return max((one.on for one in rings if one.on), default=_planned(release))


def _announced(release: Release, _policy: Policy) -> Moment | None:
    return release.dates.announce


def _reviewed(release: Release, policy: Policy) -> Moment | None:
    return _later(release.dates.exposed, timedelta(days=policy.review_days))


def _later(moment: Moment | None, wait: timedelta) -> Moment | None:
    try:
        return Moment(moment.at + wait) if moment else None
    except OverflowError:
        return None


_OWN_DAY: Mapping[PhaseKey, Callable[[Release, Policy], Moment | None]] = {
    "building": _frozen,
    "rolling-out": _last_ring,
    "monitoring": _announced,
    "reviewing": _reviewed,
}
"""Phases whose work has a day of its own; all others are due on the planned day."""
