"""Who has a release by now, derived from its rollout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from gatepost.model.moment import Moment
from gatepost.model.release import Release

ALL = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rollout, in words for readers."""

    share: int
    """Percent of accounts."""
    who: str
    """In words, such as `EU accounts`; may be empty."""
    on: Moment | None
    reached: bool


@dataclass(frozen=True, slots=True)
class Exposure:
    """How much of the audience has it."""

    share: int
    """Percent of accounts that have it."""
    who: str
    """Who that is, if the ring says so in public words."""
    since: Moment | None
    steps: tuple[Step, ...] = ()
    """All steps, smallest first."""

    @property
    def everyone(self) -> bool:
        """True once the whole audience has it."""
        return self.share >= ALL


def exposure(release: Release, as_of: datetime) -> Exposure:
    """Read the rings that were reached by *as_of*; without rings the phase decides.

    A release that was rolled back is with nobody.
    """
    if release.state in {"rolled-back", "withdrawn", "cancelled"}:
        return Exposure(0, "", release.state_on)
    rings = release.deployment.rings if release.deployment else ()
    if not rings:
        released = release.at_phase.released
        return Exposure(ALL if released else 0, "", release.dates.exposed)
    steps = tuple(
        Step(ring.share, ring.wording, ring.on, bool(ring.on and ring.on.at <= as_of))
        for ring in sorted(rings, key=lambda ring: ring.share)
    )
    if release.at_phase.column == "shipped":
        return Exposure(ALL, "", release.dates.exposed, steps)
    reached = (
        [step for step in steps if step.reached] if release.at_phase.released else []
    )
    if not reached:
        return Exposure(0, "", None, steps)
    return Exposure(reached[-1].share, reached[-1].who, reached[-1].on, steps)


def told(
    share: int,
    who: str,
    regions: tuple[str, ...] = (),
    since: str = "",
    gettext: Callable[[str], str] = str,
) -> str:
    """Who has a release that is rolling out, in words for readers; never a key of a flag.

    Args:
        share: Percent of accounts.
        who: Who that is in the words of the entry; they go before the number.
        regions: Labels of the regions it is for, if it is not for all.
        since: The day that was reached, as readers read it.
        gettext: Gives each text in the readers' language; English when left out.

    Returns:
        Such as `Rolling out: about 40% of EU accounts, as of 20 Nov 2026`.
    """
    if not share:
        return gettext("Not switched on yet")
    if who:
        said = gettext("Rolling out: {who}").format(who=who)
    elif regions:
        pair = gettext("{one} and {other}")
        where = reduce(lambda one, other: pair.format(one=one, other=other), regions)
        text = gettext("Rolling out: about {share} of {regions} accounts")
        said = text.format(share=gettext("{n}%").format(n=share), regions=where)
    else:
        text = gettext("Rolling out: about {share} of accounts")
        said = text.format(share=gettext("{n}%").format(n=share))
    return (
        gettext("{said}, as of {day}").format(said=said, day=since) if since else said
    )
