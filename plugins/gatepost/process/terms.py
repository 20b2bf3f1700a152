"""What all releases of a site are judged by: the checklist, the way of working, and the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from gatepost.content.pack import Pack, site_pack
from gatepost.model.flag_snapshot import Snapshot
from gatepost.model.registry import Policy, Profile, Registry
from gatepost.model.release import Release
from gatepost.process.flag_facts import FlagFacts
from gatepost.process.waits import Waiting, waits


@dataclass(frozen=True, slots=True)
class Terms:
    """What all releases of a site are judged by."""

    pack: Pack
    profile_key: str
    profile: Profile
    policy: Policy
    zone: tzinfo
    as_of: datetime
    waits: Mapping[str, Mapping[int, Waiting]] = field(default_factory=dict)
    """How what a release needs from others stands: by its id and the place in `dependencies`."""
    flags: FlagFacts = field(default_factory=FlagFacts)
    """What the provider of flags says, if the registry names its file."""

    @classmethod
    def of(
        cls,
        registry: Registry,
        as_of: datetime,
        profile: str = "",
        releases: Iterable[Release] = (),
        provider: Snapshot | None = None,
    ) -> Terms:
        """Take the checklist and the way of working from the registry.

        Args:
            registry: The site's.
            as_of: The clock.
            profile: Another way of working than the registry's.
            releases: All there are, to see who waits for whom and who declares which flag.
            provider: What the provider of flags says; None if nobody knows.
        """
        key = profile or registry.profile
        row = registry.profiles.get(key, Profile())
        pack, zone = site_pack(registry, row), registry.clock.zone
        known = {release.id: release for release in releases}
        standing: dict[str, dict[int, Waiting]] = {}
        for one in waits(known.values(), known, zone, as_of):
            standing.setdefault(one.release.id, {})[one.number] = one.stands
        flags = FlagFacts.of(known.values(), provider, as_of)
        return cls(pack, key, row, registry.policy, zone, as_of, standing, flags)
