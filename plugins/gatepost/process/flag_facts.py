"""What the gate knows about flags: the provider's snapshot, and where each release differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gatepost.model.flag_snapshot import Snapshot
from gatepost.model.release import Release
from gatepost.process.flag_drift import Drift, drift
from gatepost.process.flags import register

NOT_COMPARED = "the registry names no file of the flag provider, so nobody compared"


@dataclass(frozen=True, slots=True)
class FlagFacts:
    """What the provider says, beside what the releases say."""

    snapshot: Snapshot | None = None
    """None if the registry names no file of the provider."""
    drifts: Mapping[str, tuple[Drift, ...]] = field(default_factory=dict)
    """Id of a release to where it differs from the provider."""

    @classmethod
    def of(
        cls, releases: Iterable[Release], snapshot: Snapshot | None, as_of: datetime
    ) -> FlagFacts:
        """Compare all releases with the snapshot, once."""
        if snapshot is None:
            return cls()
        known = tuple(one for one in releases if one.flags)
        flags = register(known, as_of)
        found: dict[str, list[Drift]] = {}
        for one in drift(flags, snapshot):
            if not one.release:
                continue  # no release declares it, so it stops none
            said = flags.by_key[one.key].declarations
            # A missing flag is missed by all; another value is one entry's to mend.
            every = {row.release.id for row in said} if one.kind == "gone" else set()
            for name in sorted(every | {one.release}):
                found.setdefault(name, []).append(one)
        return cls(snapshot, {name: tuple(rows) for name, rows in found.items()})

    @property
    def unread(self) -> bool:
        """Whether there is a file, and nothing could be read from it."""
        snapshot = self.snapshot
        return snapshot is not None and not snapshot.flags and bool(snapshot.findings)

    @property
    def words(self) -> str:
        """What flags were compared with, as a clause: for people, without a full stop."""
        if self.snapshot is None:
            return f"Flags: {NOT_COMPARED}"
        if self.unread:
            return f"Flags: nothing could be read from {self.snapshot.path}"
        return f"Flags: compared with {self.snapshot.path}"
