"""Unleash: an export of features and strategies, or what its client interface answers.

Source: https://docs.getunleash.io/concepts/import-export
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gatepost.content.fences import short
from gatepost.content.flag_files.sheet import (
    Fault,
    FlagFormat,
    Row,
    Sheet,
    as_text,
    kind_of,
    number,
    quoted,
)
from gatepost.model.flag_snapshot import EVERYBODY, NOBODY, OFF, ON, ProviderFlag, Share

_SHARES = {
    "flexibleRollout": "rollout",
    "gradualRolloutUserId": "percentage",
    "gradualRolloutSessionId": "percentage",
    "gradualRolloutRandom": "percentage",
}
"""Strategies that give a share of everybody, and the parameter that says how large it is."""
_EVERYBODY = "default"


def _fits(tree: dict[str, Any]) -> bool:
    return isinstance(tree.get("features"), list)


def _read(sheet: Sheet) -> Iterator[Row]:
    tree = sheet.tree
    rows = tree.get("featureEnvironments")
    switches = (
        [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    )
    named = [as_text(one.get("environment")) for one in switches]
    environment = sheet.pick(named)
    if named and not environment:
        fix = f"say which one counts; there are {', '.join(sorted(set(map(short, named))))}"
        yield sheet.fault(
            "the file has several environments, and none is known to count"
            if not sheet.environment
            else f"the file has no environment `{short(sheet.environment)}`",
            "featureEnvironments",
            fix=fix,
        )
        return
    beside = _by_feature(tree.get("featureStrategies"), environment)
    on = {
        as_text(one.get("featureName") or one.get("name")): one.get("enabled")
        for one in switches
        if as_text(one.get("environment")) == environment
    }
    for place, row in enumerate(tree["features"]):
        yield from _feature(sheet, row, place, on, beside)


def _by_feature(rows: object, environment: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("environment", environment) == environment:
            found.setdefault(as_text(row.get("featureName")), []).append(row)
    return found


def _feature(
    sheet: Sheet,
    row: object,
    place: int,
    on: dict[str, Any],
    beside: dict[str, list[Any]],
) -> Iterator[Row]:
    key = row.get("name") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(key, str) or not key:
        fix = "add `name` with the key that programs ask for"
        yield sheet.fault(
            "a feature of the list has no name", "features", place, fix=fix
        )
        return
    enabled = on.get(key, row.get("enabled"))
    if enabled is not None and not isinstance(enabled, bool):
        sentence = f"`enabled` of `{short(key)}` is {quoted(enabled)}"
        yield sheet.fault(
            sentence, "features", place, "enabled", key=key, fix="write true or false"
        )
        return
    own = row.get("strategies")
    if own is not None and not isinstance(own, list):
        sentence = f"the strategies of `{short(key)}` are {kind_of(own)}"
        yield sheet.fault(sentence, "features", place, "strategies", key=key)
        return
    strategies = [*(own or ()), *beside.get(key, ())]
    if faults := tuple(_faults(sheet, key, strategies, place)):
        yield from faults
        return
    yield ProviderFlag(
        key=key,
        place=sheet.at("features", place, "name"),
        share=None if enabled is None else reach(strategies) if enabled else OFF,
        off=("off", "false"),
        removed=row.get("archived") is True or row.get("archivedAt") is not None,
    )


def _faults(
    sheet: Sheet, key: str, strategies: list[Any], place: int
) -> Iterator[Fault]:
    for one in strategies:
        if not isinstance(one, dict):
            sentence = f"a strategy of `{short(key)}` is {kind_of(one)}"
            yield sheet.fault(sentence, "features", place, key=key)
            continue
        name = as_text(one.get("name") or one.get("strategyName"))
        if name in _SHARES and _percentage(one, name) is None:
            parameters = one.get("parameters")
            said = (
                parameters.get(_SHARES[name]) if isinstance(parameters, dict) else None
            )
            sentence = f"the share of `{short(key)}` is {quoted(said)}"
            fix = f"write `{_SHARES[name]}` from 0 to 100"
            yield sheet.fault(sentence, "features", place, key=key, fix=fix)


def _percentage(strategy: dict[str, Any], name: str) -> float | None:
    parameters = strategy.get("parameters")
    found = (
        number(parameters.get(_SHARES[name])) if isinstance(parameters, dict) else None
    )
    return found if found is not None and NOBODY <= found <= EVERYBODY else None


def reach(strategies: Iterable[dict[str, Any]]) -> Share:
    """How many accounts have a feature that is enabled: whoever any strategy lets in."""
    shares = [_share(one) for one in strategies if one.get("disabled") is not True]
    if not shares:
        return ON  # Unleash: enabled, and nothing narrows it
    return Share(
        max(one.least for one in shares),
        min(EVERYBODY, sum(one.most for one in shares)),
    )


def _share(strategy: dict[str, Any]) -> Share:
    name = as_text(strategy.get("name") or strategy.get("strategyName"))
    most = EVERYBODY
    if name in _SHARES:
        most = _percentage(strategy, name) or NOBODY
    narrowed = bool(strategy.get("constraints") or strategy.get("segments"))
    known = name in _SHARES or name == _EVERYBODY
    return Share(NOBODY if narrowed or not known else most, most)


UNLEASH = FlagFormat("unleash", "Unleash export (JSON)", _fits, _read)
