"""Every named condition, and every circumstance, written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gatepost.model.item import Circumstance, ConditionName
from gatepost.model.release import Release
from gatepost.process.conditions import (
    flagged,
    live,
    planning,
    preparing,
    testing,
    way_back,
)
from gatepost.process.conditions.condition import Condition

CONDITIONS: Mapping[ConditionName, Condition] = {
    one.name: one
    for one in (
        *planning.CONDITIONS,
        flagged.CONDITIONS[0],
        *testing.CONDITIONS,
        *preparing.CONDITIONS,
        *way_back.CONDITIONS,
        flagged.CONDITIONS[1],
        *live.CONDITIONS,
    )
}
"""By name, in the order of the phases that ask for them."""


def was_rolled_back(release: Release) -> bool:
    """Whether it stands rolled back, or an incident of it ended in a rollback."""
    ended = any(one.fix == "rollback" for one in release.incidents)
    return release.state == "rolled-back" or ended


CIRCUMSTANCES: Mapping[Circumstance, tuple[str, Callable[[Release], bool]]] = {
    "behind-flags": ("`flags` names one", lambda one: bool(one.flags)),
    "documents-named": ("`docs` names an article", lambda one: bool(one.docs)),
    "incident-recorded": ("`incidents` has one", lambda one: bool(one.incidents)),
    "rolled-back": ("it was rolled back", was_rolled_back),
    "schema-changed": (
        "`deployment.schema_change` is true",
        lambda one: one.deployment is not None and one.deployment.schema_change,
    ),
}
"""Words and test of each."""
