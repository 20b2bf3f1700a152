"""What was predicted, and what came: success criteria and guardrails read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gatepost.model.parts import Measure
from gatepost.model.release import Release

Outcome = Literal["met", "missed", "open", "unclear"]
Promise = Literal["criterion", "guardrail", "objective"]
_NUMBER = re.compile(
    r"(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s*(?P<unit>%|[A-Za-z]+)?"
)
_UNITS = {
    **dict.fromkeys(("%", "percent"), "percent"),
    **dict.fromkeys(("ms", "milliseconds"), "ms"),
    **dict.fromkeys(("s", "sec", "second", "seconds"), "s"),
    **dict.fromkeys(("m", "min", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("point", "points"), "points"),
}
"""Words that make two numbers different things."""
_NONE = frozenset({"none", "no", "zero", "never"})
_NEGATED = re.compile(
    r"\bnot (?:above|over|more than)\b|\bat most\b|\bno more than\b", re.IGNORECASE
)
_NEGATED_LOW = re.compile(
    r"\bnot (?:under|below|less than)\b|\bat least\b|\bno less than\b", re.IGNORECASE
)
_MOST = re.compile(
    r"\b(?:below|under|less than|fewer than|within|up to)\b|<", re.IGNORECASE
)
_LEAST = re.compile(r"\b(?:above|over|more than)\b|>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One promise and what became of it."""

    release: str
    kind: Promise
    metric: str
    baseline: str
    target: str
    result: str
    read_on: datetime | None
    outcome: Outcome
    why: str
    """Why it is open or unclear, and what to write; empty if it is neither."""


def reckonings(releases: Iterable[Release]) -> Iterator[Reckoning]:
    """Every criterion, objective and guardrail of releases that are out or were read."""
    for release in releases:
        rows: tuple[tuple[Promise, tuple[Measure, ...]], ...] = (
            ("criterion", release.success_criteria),
            ("objective", release.objectives),
            ("guardrail", release.guardrails),
        )
        for kind, measures in rows:
            for one in measures:
                if one.result or release.at_phase.released:
                    yield _reckoning(release, kind, one)


def _reckoning(release: Release, kind: Promise, one: Measure) -> Reckoning:
    outcome, why = _outcome(one)
    return Reckoning(
        release=release.id,
        kind=kind,
        metric=one.metric,
        baseline=one.baseline,
        target=one.target,
        result=one.result,
        read_on=one.read_on.at if one.read_on else None,
        outcome=outcome,
        why=why,
    )


def _outcome(one: Measure) -> tuple[Outcome, str]:
    if one.met is not None:
        return ("met" if one.met else "missed"), ""
    if not one.result:
        return "open", "not read yet: write `result:` and `read_on:`"
    unclear = "the numbers do not say: write `met: true` or `met: false`"
    target, result = _number(one.target), _number(one.result)
    if target is None or result is None:
        return "unclear", unclear
    if target[1] and result[1] and target[1] != result[1]:
        return "unclear", unclear
    holds = _holds(one, target[0], result[0])
    return ("met" if holds else "missed"), ""


def _number(text: str) -> tuple[float, str] | None:
    """The first number of a text and its unit, if that is one we know."""
    if text.strip().casefold() in _NONE:
        return 0.0, ""
    match = _NUMBER.search(text)
    if match is None:
        return None
    unit = _UNITS.get((match["unit"] or "").casefold(), "")
    return float(match["number"].replace(",", "")), unit


def _holds(one: Measure, target: float, result: float) -> bool:
    """Compare as the target's words say; a bare number is to be reached from the baseline."""
    said = one.target
    if _NEGATED.search(said):
        return result <= target
    if _NEGATED_LOW.search(said):
        return result >= target
    if _MOST.search(said):
        return result < target
    if _LEAST.search(said):
        return result > target
    before = _number(one.baseline)
    down = before is not None and before[0] > target
    if not target and said.strip().casefold() in _NONE:
        down = True
    return result <= target if down else result >= target
