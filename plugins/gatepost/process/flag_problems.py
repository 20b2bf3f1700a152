"""What is wrong about a flag: it outstays its date, lacks an owner, or its releases disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gatepost.model.moment import Moment
from gatepost.model.phase import PHASES
from gatepost.process.flag_record import (
    ROLLOUTS,
    Declaration,
    FlagRecord,
    Problem,
    days_over,
)

LONG = timedelta(days=90)
"""From then on a flag that everyone has needs an end."""


def problems_of(record: FlagRecord, as_of: datetime) -> Iterator[Problem]:
    """Everything that is wrong about a flag; its own `problems` are not looked at."""
    newest = record.declarations[0]
    yield from _stale(record, as_of)
    if not record.owner:
        yield Problem("no-owner", newest.at(), f"the flag `{record.key}` has no owner")
    if not record.safe_value:
        sentence = f"the flag `{record.key}` does not say which value is safe"
        yield Problem("no-safe-value", newest.at(), sentence)
    yield from _disagreements(record)


def _stale(record: FlagRecord, as_of: datetime) -> Iterator[Problem]:
    until, name = record.remove_by, f"the flag `{record.key}`"
    if until is not None:
        over = days_over(until, as_of)
        if over > 0:
            said = next(one for one in record.declarations if one.flag.remove_by)
            days = f"{over} day{'s' if over > 1 else ''}"
            sentence = f"{name} was to be removed by {until.day}, {days} ago"
            yield Problem("past-date", said.at("remove_by"), sentence)
        return
    if record.purpose not in ROLLOUTS:
        return
    since, place = record.leading.since, record.declarations[0].at()
    if record.state == "on" and since and as_of - since.at >= LONG:
        sentence = f"everyone has had what stands behind {name} since {since.day}"
        yield Problem("no-end", place, f"{sentence}, and nobody says when it goes")
    elif all(_over(one) for one in record.declarations):
        sentence = (
            f"the releases behind {name} are finished, and nobody says when it goes"
        )
        yield Problem("no-end", place, sentence)


def _over(one: Declaration) -> bool:
    return one.taken_back or one.release.at_phase == PHASES[-1]


_COMPARED = (
    ("owner", "owner"),
    ("purpose", "purpose"),
    ("default", "default"),
    ("safe_value", "safe value"),
    ("provider", "provider"),
    ("remove_by", "day of removal"),
)
"""Fields that all releases of a flag must agree on, and what they are called."""


def _disagreements(record: FlagRecord) -> Iterator[Problem]:
    if len(record.declarations) == 1:
        return
    for field, name in _COMPARED:
        said = {
            _shown(value): one
            for one in reversed(record.declarations)
            if (value := getattr(one.flag, field))
        }
        if len(said) > 1:
            words = " and ".join(
                f"`{value}` in {said[value].release.id}" for value in sorted(said)
            )
            sentence = (
                f"releases disagree on the {name} of the flag `{record.key}`: {words}"
            )
            yield Problem("disagreement", record.declarations[0].at(field), sentence)
    yield from _taken_back_and_on(record)


def _taken_back_and_on(record: FlagRecord) -> Iterator[Problem]:
    """One release took it back after another had brought it to accounts."""
    on = record.leading
    for one in record.declarations:
        back, since = one.release.state_on, on.since
        if (
            one.taken_back
            and on.exposed.share
            and back
            and since
            and back.at > since.at
        ):
            sentence = (
                f"the flag `{record.key}` was taken back by {one.release.id} on {back.day}, "
                f"and is on by {on.release.id}"
            )
            yield Problem("disagreement", one.at(), sentence)


def _shown(value: object) -> str:
    return str(value.day) if isinstance(value, Moment) else str(value)
