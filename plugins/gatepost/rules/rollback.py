"""GP173 to GP176, GP502 and GP503: the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from gatepost.model.parts import Rollback, Strategy
from gatepost.model.registry import Registry
from gatepost.model.release import Release
from gatepost.rules.case import Case
from gatepost.rules.rule import NOT_QUIET, Fault, rule

NEEDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "feature_flag": (("flag", "which flag is switched off"),),
    "db_script": (
        ("forward", "which script migrates"),
        ("back", "which script undoes it"),
    ),
    "blue_green": (("standby", "which environment traffic returns to"),),
    "redeploy": (("artifact", "which earlier version is put back"),),
    "none": (
        ("reason", "why there is no way back"),
        ("approved_by", "who accepted that there is none"),
    ),
}
"""Field each strategy cannot do without, and what it says."""


@rule("GP173", at="rollback", kinds=NOT_QUIET, since="preparing")
def incomplete_strategy(case: Case) -> Iterator[Fault]:
    """Each way back has what it takes to go it.

    Why: at three in the morning nobody can ask which flag, which script or which version was
    meant.
    Fix: add the field the finding names under the strategy.
    """
    rollback = case.release.rollback
    if rollback is None:
        return
    for number, strategy in enumerate(rollback.strategies):
        at = ("rollback", "strategies", number)
        for field, meaning in NEEDS[strategy.kind]:
            if not getattr(strategy, field):
                yield Fault(
                    f"the way back `{strategy.kind}` does not say {meaning}",
                    f"add `{field}:` to it",
                    at,
                )
        if fault := _flag_fault(case.release, strategy):
            yield Fault(fault[0], fault[1], (*at, "flag"))
        if strategy.back and strategy.back == strategy.forward:
            yield Fault(
                f"`{strategy.back}` is named both as the script that migrates and as the one "
                "that undoes it",
                "name the script that undoes it in `back:`",
                (*at, "back"),
            )


def _flag_fault(release: Release, strategy: Strategy) -> tuple[str, str] | None:
    if strategy.kind != "feature_flag" or not strategy.flag:
        return None
    flag = next((one for one in release.flags if one.key == strategy.flag), None)
    if flag is None:
        sentence = (
            f"the way back switches off `{strategy.flag}`, which is not in `flags`"
        )
        return sentence, "correct the key, or add the flag under `flags:`"
    if not flag.safe_value:
        sentence = f"the flag `{flag.key}` does not say which value is safe"
        return sentence, "add `safe_value:` to the flag"
    return None


@rule("GP174", at="rollback", since="preparing")
def unapproved_one_way_street(case: Case) -> Iterator[Fault]:
    """A release without a way back says why, and who accepted that.

    Why: it is the one decision nobody can correct afterwards.
    Fix: under `strategies:` write `kind: none` with `reason:` and `approved_by:`.
    """
    rollback = case.release.rollback
    if rollback is None or rollback.possible:
        return
    if not any(_explained(strategy) for strategy in rollback.strategies):
        yield Fault(
            f"`{case.release.id}` cannot be rolled back, and nobody accepted that",
            at=("rollback", "possible"),
        )


def _explained(strategy: Strategy) -> bool:
    return strategy.kind == "none" and bool(strategy.reason and strategy.approved_by)


@rule("GP175", at="flags", since="preparing", alive=True, imports="off")
def borrowed_way_back(case: Case) -> Iterator[Fault]:
    """A release that changes the data model or adds a flag brings its own way back.

    Why: the standing plan of a product does not know the new script or the new flag.
    Fix: add a `rollback:` block to this entry.
    """
    release = case.release
    schema = release.deployment is not None and release.deployment.schema_change
    if release.rollback is not None or not (schema or release.flags):
        return
    if standing := _standing_plan(release, case.index.registry):
        reason = "changes the data model" if schema else "stands behind a flag"
        yield Fault(
            f"`{release.id}` {reason}, so the way back of `{standing}` does not fit it",
            at=("deployment", "schema_change") if schema else ("flags",),
        )


def _standing_plan(release: Release, registry: Registry) -> str:
    """The row of the registry whose plan the entry would have inherited."""
    for key in release.components:
        if key in registry.components and registry.components[key].defaults.rollback:
            return key
    for key in release.products:
        if key in registry.products and registry.products[key].defaults.rollback:
            return key
    return "defaults" if registry.defaults.rollback else ""


@rule("GP176", at="rollback", kinds=NOT_QUIET, since="preparing", imports="advice")
def empty_trigger(case: Case) -> Iterator[Fault]:
    """Each reason to roll back is a number somebody can read, or a severity.

    Why: in an incident nobody agrees on what too many errors are.
    Fix: write `{metric: error_rate, op: ">", value: "5", unit: percent, for: 5m}`, or
    `{severity: P0}`.
    """
    plan = case.release.rollback
    for number, trigger in enumerate(plan.triggers if plan else ()):
        if trigger.severity or (trigger.metric and trigger.op and trigger.value):
            continue
        signal = f"`{trigger.metric}`" if trigger.metric else "nothing"
        yield Fault(
            f"the reason to roll back number {number + 1} watches {signal} and has no threshold",
            at=("rollback", "triggers", number),
        )


@rule("GP502", at="phase", level="advice", kinds=NOT_QUIET, since="preparing", alive=True,
      imports="off")  # fmt: skip
def no_way_back(case: Case) -> Iterator[Fault]:
    """From preparing on, a release has a complete way back.

    Why: a missing plan turns a bad release into a week of outage (L01).
    Fix: fill `rollback:` with strategies, triggers, who decides, who does each step, and how long
    it may take.
    """
    release = case.release
    if release.rollback is None:
        yield Fault(f"`{release.id}` has no way back", "add a `rollback:` block")
        return
    gaps = tuple(_gaps(release, release.rollback))
    if gaps:
        yield Fault(f"the way back does not say {_listed(gaps)}", at=("rollback",))


def _gaps(release: Release, rollback: Rollback) -> Iterator[str]:
    if not rollback.strategies:
        yield "how it is done"
    if not rollback.possible or _one_way(rollback):
        return
    if not rollback.triggers:
        yield "when to do it"
    decider = rollback.authority and rollback.authority.who
    if not decider and not release.roles.get("rollback_authority"):
        yield "who decides"
    if not rollback.executors and not rollback.runbook:
        yield "who does which step"
    if rollback.expected_duration is None:
        yield "how long it takes"
    yield from _data_gaps(rollback)


def _data_gaps(rollback: Rollback) -> Iterator[str]:
    """What must be said when data changes back: later nobody remembers."""
    scripts = [one for one in rollback.strategies if one.kind == "db_script"]
    if any(not one.data_loss for one in scripts):
        yield "which data is lost"
    if scripts and not rollback.point_of_no_return:
        yield "after what nothing can be undone"


def _one_way(rollback: Rollback) -> bool:
    return bool(rollback.strategies) and all(
        strategy.kind == "none" for strategy in rollback.strategies
    )


def _listed(words: tuple[str, ...]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


@rule("GP503", at="rollback", level="advice", kinds=NOT_QUIET, since="preparing", alive=True,
      imports="off")  # fmt: skip
def untested_way_back(case: Case) -> Iterator[Fault]:
    """The way back was rehearsed not long before the release.

    Why: a plan nobody tried is a hope (L02).
    Fix: rehearse it and write the date as `on:` under `tested:`.
    """
    release, rollback = case.release, case.release.rollback
    if rollback is None or not rollback.possible or _one_way(rollback):
        return
    if rollback.tested is None:
        yield Fault("the way back was never rehearsed")
        return
    days = case.index.rehearsal_days
    age = (went_out(release, case.index.book.as_of) - rollback.tested.on.at).days
    if age > days:
        yield Fault(
            f"the way back was rehearsed {age} days before the release; {days} are allowed",
            "rehearse it again and write the new date as `on:` under `tested:`",
            ("rollback", "tested", "on"),
        )


def went_out(release: Release, as_of: datetime) -> datetime:
    """The moment a rehearsal must be fresh for: the deployment, or now while it is ahead.

    What was rolled back and is prepared again has its deployment ahead once more.
    """
    dates, released = release.dates, release.at_phase.released
    done = dates.deployed or dates.exposed or dates.published
    if done is not None and (released or release.state != "rolled-back"):
        return done.at
    planned = dates.planned
    return max(planned.at, as_of) if planned and not released else as_of
