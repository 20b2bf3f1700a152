"""GP170 to GP172: releases that were taken back, and roadmap columns set by hand."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.rules.case import Case
from gatepost.rules.rule import Fault, rule


@rule("GP170", at="state", imports="advice")
def rollback_without_record(case: Case) -> Iterator[Fault]:
    """A release that was rolled back says when, what customers are told, and which incident it was.

    Why: those who had the change look for an explanation, and the next attempt starts from what
    was learned.
    Fix: add `state_on:`, `state_note:` and an incident with `fix: rollback`.
    """
    release = case.release
    if release.state != "rolled-back":
        return
    if not any(incident.fix == "rollback" for incident in release.incidents):
        yield Fault(
            f"`{release.id}` was rolled back, but no incident says so",
            "add one under `incidents:` with `id`, `started_at` and `fix: rollback`",
        )
    if release.state_on is None:
        yield Fault(
            f"`{release.id}` does not say when it was rolled back",
            "add `state_on:` with the date",
        )
    if case.public and not release.state_note:
        yield Fault(
            f"`{release.id}` was rolled back, but customers are not told why",
            "add `state_note:` with what happened and what comes next",
        )


@rule("GP171", at="state", imports="advice")
def silent_withdrawal(case: Case) -> Iterator[Fault]:
    """A withdrawn release says when and why; so does a cancelled one that was on the roadmap.

    Why: an entry that vanishes without a word makes readers doubt all the others.
    Fix: add `state_on:` with the date and `state_note:` with one sentence for customers.
    """
    release = case.release
    promised = release.roadmap is not None and release.roadmap.show
    told = release.state == "withdrawn" or (release.state == "cancelled" and promised)
    if not told or not case.public:
        return
    if not release.state_note:
        yield Fault(
            f"`{release.id}` is {release.state}, but customers are not told why",
            "add `state_note:` with one sentence for customers",
        )
    if release.state_on is None:
        yield Fault(
            f"`{release.id}` does not say since when it is {release.state}",
            "add `state_on:` with the date",
        )


@rule("GP172", at="roadmap")
def roadmap_by_hand(case: Case) -> Iterator[Fault]:
    """A roadmap column is set by hand only when a decision is on record.

    Why: the column follows from the phase; one that says something else is a promise somebody
    made, and somebody will ask who.
    Fix: remove `horizon:`, or add the decision to `decisions:`.
    """
    release = case.release
    chosen = release.roadmap.horizon if release.roadmap else None
    computed = release.at_phase.column
    if chosen and chosen != computed and not release.decisions:
        yield Fault(
            f"the roadmap column is set to `{chosen}`, but its phase says `{computed}`",
            "remove `horizon:`, or add who decided it and why under `decisions:`",
            ("roadmap", "horizon"),
        )
