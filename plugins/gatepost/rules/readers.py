"""Who outside the company may read an entry, as far as a rule must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from gatepost.model.registry import BUILT_IN_INSIDERS, Registry, reader_groups
from gatepost.model.release import Release


def outside_readers(registry: Registry) -> Mapping[str, frozenset[str]]:
    """For each audience an entry may name: the outside groups that then read it."""
    readers: dict[str, set[str]] = {}
    for reader, groups in reader_groups(registry).items():
        if reader in BUILT_IN_INSIDERS:
            continue
        for group in groups:
            readers.setdefault(group, set()).add(reader)
    return {group: frozenset(names) for group, names in readers.items()}


def readers_of(
    audience: Iterable[str], outside: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """The outside groups that may read an entry of *audience*."""
    return frozenset().union(*(outside.get(group, frozenset()) for group in audience))


def withheld(release: Release, as_of: datetime) -> bool:
    """Say whether an embargo or an undisclosed advisory still hides the entry outside."""
    if release.embargo_until and release.embargo_until.at > as_of:
        return True
    if release.security is None and release.type != "security":
        return False
    disclosed = release.security.disclosed_on if release.security else None
    return disclosed is None or disclosed.at > as_of
