"""All releases with what they stand in: registry, ledger and clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from gatepost.model.finding import Finding
from gatepost.model.flag_snapshot import Snapshot
from gatepost.model.history import UNREAD, History
from gatepost.model.registry import REGISTRY_FILE, Ledger, Registry
from gatepost.model.release import Release
from gatepost.model.translation import Translation


@dataclass(frozen=True, slots=True)
class Guess:
    """A release with fields that nobody understands, as it is probably meant.

    It is judged, so that its author hears everything at once, and never shown to anybody.
    """

    release: Release
    fields: frozenset[str]
    """Names of the fields that were put right or left out: nothing can be said about them."""


@dataclass(frozen=True)
class Book:
    """What was read: the releases in order of their paths, and everything that was wrong."""

    root: Path
    """The project's root on disk; only `content` and `outputs` adapters read from it."""
    releases: tuple[Release, ...]
    registry: Registry
    ledger: Ledger
    as_of: datetime
    """The clock of this build; aware."""
    findings: tuple[Finding, ...] = ()
    """What could not be read or understood, sorted."""
    host: str = "localhost"
    """Host of the public site, for permanent ids."""
    provider: Snapshot | None = None
    """What the provider of feature flags says; None if the registry names no file."""
    translations: tuple[Translation, ...] = ()
    """Entries in other languages, in the order of their paths."""
    history: History = UNREAD
    """What version control remembers; read for the internal site only."""
    registry_path: str = f"content/{REGISTRY_FILE}"
    """Where the registry lies, or is to lie, relative to the root."""
    guesses: tuple[Guess, ...] = ()
    """Releases that were not understood whole; they are among no others."""

    @cached_property
    def by_id(self) -> dict[str, Release]:
        """First release of each id."""
        return {release.id: release for release in reversed(self.releases)}

    @cached_property
    def of_version(self) -> dict[str, tuple[Release, ...]]:
        """The releases of each version, of whatever product."""
        found: dict[str, list[Release]] = {}
        for release in self.releases:
            if release.version:
                found.setdefault(release.version, []).append(release)
        return {version: tuple(rows) for version, rows in found.items()}
