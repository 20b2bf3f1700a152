"""One arrival in production, with what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Result = Literal["succeeded", "failed", "rolled-back"]
Origin = Literal["record", "date"]


@dataclass(frozen=True, slots=True)
class Recovery:
    """How service came back after a failure."""

    incident: str
    failed_at: datetime
    found_at: datetime | None
    restored_at: datetime | None
    by: str
    """How it was mended: `rollback`, `hotfix`, `flag` or `other`."""
    postmortem: str
    sla_met: bool | None

    @property
    def minutes(self) -> float | None:
        """From the failure to a healthy service; None if nobody wrote when that was."""
        if self.restored_at is None or self.restored_at < self.failed_at:
            return None
        return (self.restored_at - self.failed_at).total_seconds() / 60


@dataclass(frozen=True, slots=True)
class Deployment:
    """One arrival in production; several releases may have come with it."""

    releases: tuple[str, ...]
    """Ids, in the order of the book."""
    products: tuple[str, ...]
    version: str
    at: datetime
    result: Result
    origin: Origin
    """Written by a pipeline, or only the release's `dates.deployed`."""
    changed_at: datetime | None = None
    """When the oldest change in it was committed."""
    changed_by: str = ""
    """Where that is known from."""
    why_no_lead: str = ""
    causes: tuple[str, ...] = ()
    """Why it counts as failed, in words; empty if it did not fail."""
    recoveries: tuple[Recovery, ...] = ()
    unplanned: str = ""
    """Why it counts as rework, in words; empty if it was planned."""

    @property
    def failed(self) -> bool:
        """Whether it was undone, or caused something that had to be mended."""
        return bool(self.causes)

    @property
    def lead(self) -> timedelta | None:
        """From the oldest commit to production."""
        return self.at - self.changed_at if self.changed_at else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that cannot be worked out, why, and what to write where."""

    release: str
    figure: str
    why: str
    fix: str
    field: str
    """The front-matter field that would answer it."""
