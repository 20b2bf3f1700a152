"""How often releases go out, and how far from the planned day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from gatepost.model.moment import Moment
from gatepost.model.release import Release
from gatepost.model.span import Span, as_utc
from gatepost.rules.collisions import is_ahead
from gatepost.rules.timing import ANNOUNCED_AHEAD


@dataclass(frozen=True, slots=True)
class Slip:
    """Planned against actual."""

    release: Release
    planned: date
    actual: date | None
    """None while it is not out."""
    days: int
    """Days late; negative if early. Of a release that is not out, until now."""


def actual(release: Release) -> Moment | None:
    """When a release really went out; None while it is not out, or if nobody wrote it down."""
    dates = release.dates
    if not release.at_phase.released:
        return None
    return dates.exposed or dates.deployed or dates.published


def cadence(
    releases: Iterable[Release], zone: tzinfo, as_of: datetime, *, months: int = 12
) -> tuple[tuple[str, tuple[Release, ...]], ...]:
    """What went out in each of the last months, such as `2026-11`, the running one last.

    Notices, deprecations and known issues are told, and do not go out.
    """
    today = as_utc(as_of).astimezone(zone).date()
    number = today.year * 12 + today.month - 1
    keys = [_month(one) for one in range(max(12, number - months + 1), number + 1)]
    found: dict[str, list[Release]] = {key: [] for key in keys}
    for release in releases:
        moment = actual(release)
        if moment is None or release.type in ANNOUNCED_AHEAD:
            continue
        day = Span.of(moment, moment, zone).first
        if day <= today and (key := f"{day:%Y-%m}") in found:
            found[key].append(release)
    return tuple((key, tuple(rows)) for key, rows in found.items())


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def slips(
    releases: Iterable[Release], zone: tzinfo, as_of: datetime
) -> tuple[Slip, ...]:
    """Planned against actual, latest plan first: of what went out, and of what is overdue."""
    today = as_utc(as_of).astimezone(zone).date()
    found = []
    for release in releases:
        planned, went = release.dates.planned, actual(release)
        if planned is None or release.state in {"cancelled", "withdrawn"}:
            continue
        meant = Span.of(planned, planned, zone).first
        out = Span.of(went, went, zone).first if went else None
        if release.at_phase.column != "shipped" and meant >= today:
            # Some have it already; the planned day is the one on which everyone does.
            continue
        overdue = out is None and is_ahead(release) and meant < today
        if out or overdue:
            found.append(Slip(release, meant, out, ((out or today) - meant).days))
    return tuple(
        sorted(found, key=lambda one: (-one.planned.toordinal(), one.release.id))
    )
