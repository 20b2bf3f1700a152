"""The register: every flag that a release declares, once, with what is wrong about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from gatepost.model.finding import Finding
from gatepost.model.release import Release
from gatepost.process.exposure import exposure
from gatepost.process.flag_problems import problems_of
from gatepost.process.flag_record import Declaration, FlagRecord


@dataclass(frozen=True)
class Register:
    """Every flag once."""

    flags: tuple[FlagRecord, ...]
    """In the order of their keys."""
    as_of: datetime

    @cached_property
    def by_key(self) -> dict[str, FlagRecord]:
        """Each flag by its key."""
        return {one.key: one for one in self.flags}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every problem, sorted."""
        return tuple(
            sorted(one.finding for flag in self.flags for one in flag.problems)
        )


def register(releases: Iterable[Release], as_of: datetime) -> Register:
    """Gather the flags that releases declare.

    Args:
        releases: In any order.
        as_of: The clock; aware.
    """
    found: dict[str, list[Declaration]] = {}
    for release in releases:
        exposed = exposure(release, as_of) if release.flags else None
        for number, flag in enumerate(release.flags):
            if exposed is not None:
                one = Declaration(release, number, exposed)
                found.setdefault(flag.key, []).append(one)
    records = (_record(key, found[key], as_of) for key in sorted(found))
    return Register(tuple(records), as_of)


def _record(key: str, rows: list[Declaration], as_of: datetime) -> FlagRecord:
    rows.sort(key=lambda one: (_when(one.release), one.release.id), reverse=True)
    bare = FlagRecord(key, tuple(rows))
    return FlagRecord(key, bare.declarations, tuple(problems_of(bare, as_of)))


def _when(release: Release) -> str:
    dates = release.dates
    moment = dates.exposed or dates.deployed or dates.planned or dates.published
    return moment.at.astimezone(UTC).isoformat() if moment else ""
