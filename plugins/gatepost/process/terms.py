"""What all releases of a site are judged by: the checklist, the way of working, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from gatepost.content.pack import Pack, site_pack
from gatepost.model.registry import Policy, Profile, Registry


@dataclass(frozen=True, slots=True)
class Terms:
    """What all releases of a site are judged by."""

    pack: Pack
    profile_key: str
    profile: Profile
    policy: Policy
    zone: tzinfo
    as_of: datetime

    @classmethod
    def of(cls, registry: Registry, as_of: datetime, profile: str = "") -> Terms:
        """Take the checklist and the way of working from the registry.

        Args:
            registry: The site's.
            as_of: The clock.
            profile: Another way of working than the registry's.
        """
        key = profile or registry.profile
        row = registry.profiles.get(key, Profile())
        pack, zone = site_pack(registry), registry.clock.zone
        return cls(pack, key, row, registry.policy, zone, as_of)
