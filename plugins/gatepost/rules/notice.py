"""GP520 to GP523: advice on what customers are told ahead."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.moment import quarter_of
from gatepost.rules.case import Case
from gatepost.rules.rule import Fault, rule


@rule("GP520", at="migration", level="advice", public=True, alive=True)
def surprised_customers(case: Case) -> Iterator[Fault]:
    """Customers who must act get as much time as the policy promises.

    Why: their own plans are made longer ahead than yours (L19).
    Fix: move `deadline:` under `migration:`, or announce the change earlier.
    """
    release = case.release
    deadline = release.migration.deadline if release.migration else None
    told = release.dates.published or release.dates.exposed or release.dates.planned
    if not release.breaking or deadline is None or told is None:
        return
    if release.security is not None or release.type == "security":
        return
    days, promised = (
        (deadline.day - told.day).days,
        case.index.policy.deprecation_notice_days,
    )
    if days < promised:
        yield Fault(
            f"customers get {days} days to act, but the policy promises {promised}",
            at=("migration", "deadline"),
        )


@rule("GP521", at="security", level="advice", public=True)
def undisclosed_advisory(case: Case) -> Iterator[Fault]:
    """A public security entry says from when it may be read.

    Why: without `disclosed_on` it stays hidden from everyone outside, and nobody notices.
    Fix: add `disclosed_on:` with a date under `security:`, once it is decided.
    """
    release = case.release
    if release.security is not None and release.security.disclosed_on is None:
        yield Fault(
            f"`{release.id}` stays hidden outside, because no day of disclosure is set"
        )


@rule("GP522", at="deprecation", level="advice", public=True, alive=True, imports="off")
def deprecation_without_replacement(case: Case) -> Iterator[Fault]:
    """A deprecation says what to use instead.

    Why: "stop using this" is only half a sentence.
    Fix: add `replacement:` with `targets:` under `deprecation:`, or `relation: none`.
    """
    said = case.release.deprecation
    if said is None:
        return
    instead = said.replacement
    if instead is None or not (instead.targets or instead.relation == "none"):
        yield Fault(f"`{case.release.id}` does not say what to use instead")


@rule("GP523", at="roadmap", level="advice", alive=True)
def missed_target(case: Case) -> Iterator[Fault]:
    """A roadmap target lies ahead, or the release is out.

    Why: a quarter that is over is the first thing customers look for on a roadmap.
    Fix: set `target:` to the new quarter and `was:` to the old one.
    """
    release = case.release
    roadmap = release.roadmap
    if roadmap is None or not roadmap.show or roadmap.target is None:
        return
    if release.at_phase.released:
        return
    if roadmap.target.quarters[-1] < quarter_of(case.index.book.as_of.date()):
        yield Fault(
            f"the roadmap still says {roadmap.target.label}, which is over",
            at=("roadmap", "target"),
        )
