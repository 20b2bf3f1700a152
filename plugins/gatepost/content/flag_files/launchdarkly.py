"""LaunchDarkly: the list its interface answers, or the file its servers and test data use.

Source: https://launchdarkly.com/docs/api/feature-flags/get-feature-flags
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gatepost.content.fences import short
from gatepost.content.flag_files.flagd import is_off
from gatepost.content.flag_files.sheet import (
    Fault,
    FlagFormat,
    Row,
    Sheet,
    as_text,
    kind_of,
    number,
    quoted,
    words,
)
from gatepost.model.flag_snapshot import OFF, ON, ProviderFlag, Share
from gatepost.model.release import PathInFile

_NARROWING = ("rules", "targets", "contextTargets", "prerequisites")


def _fits(tree: dict[str, Any]) -> bool:
    items, flags = tree.get("items"), tree.get("flags")
    if isinstance(items, list):
        return not items or any(
            "variations" in one for one in items if isinstance(one, dict)
        )
    if isinstance(flags, dict):
        return any(
            "variations" in one for one in flags.values() if isinstance(one, dict)
        )
    return isinstance(tree.get("flagValues"), dict)


def _read(sheet: Sheet) -> Iterator[Row]:
    items, flags, values = (
        sheet.tree.get(name) for name in ("items", "flags", "flagValues")
    )
    for place, row in enumerate(items if isinstance(items, list) else ()):
        key = row.get("key") if isinstance(row, dict) else None
        if isinstance(key, str) and key:
            yield _flag(sheet, key, row, ("items", place))
        else:
            fix = "add `key` with the key that programs ask for"
            yield sheet.fault("a flag of the list has no key", "items", place, fix=fix)
    for key, row in flags.items() if isinstance(flags, dict) else ():
        yield _flag(sheet, key, row, ("flags", key))
    for key, value in values.items() if isinstance(values, dict) else ():
        off = is_off("", value)
        said = words("", value)
        yield ProviderFlag(
            key, sheet.at("flagValues", key), OFF if off else ON, said, variants=said
        )


def _flag(sheet: Sheet, key: str, row: object, where: PathInFile) -> Row:
    name = short(key)
    if not isinstance(row, dict):
        return sheet.fault(f"the flag `{name}` is {kind_of(row)}", *where, key=key)
    variations = row.get("variations")
    if not isinstance(variations, list) or not variations:
        return sheet.fault(f"the flag `{name}` has no variations", *where, key=key)
    state = _state(sheet, key, row, where)
    if isinstance(state, Fault):
        return state
    if not isinstance(state.get("on"), bool):
        sentence = f"`on` of the flag `{name}` is {quoted(state.get('on'))}"
        return sheet.fault(sentence, *where, key=key, fix="write true or false")
    named = [_variation(one) for one in variations]
    ahead = state.get("fallthrough")
    off, default = (
        _number(state.get("offVariation"), named),
        _number(ahead.get("variation") if isinstance(ahead, dict) else None, named),
    )
    share = _share(state, named)
    if isinstance(share, str):
        return sheet.fault(
            f"{share} of the flag `{name}` leads nowhere", *where, key=key
        )
    return ProviderFlag(
        key=key,
        place=sheet.at(*where, "key"),
        share=share,
        default=words(*named[default]) if default is not None else (),
        off=words(*named[off]) if off is not None else (),
        variants=tuple(word for one in named for word in words(*one)),
        removed=row.get("archived") is True or state.get("archived") is True,
    )


def _state(
    sheet: Sheet, key: str, row: dict[str, Any], where: PathInFile
) -> dict[str, Any] | Fault:
    """The switch of the environment that counts; the flag itself if there are none."""
    environments = row.get("environments")
    if not isinstance(environments, dict):
        return row
    known = [name for name, one in environments.items() if isinstance(one, dict)]
    found = sheet.pick(known)
    if not found:
        names = ", ".join(map(short, known)) or "none"
        return sheet.fault(
            f"the flag `{short(key)}` does not say which environment counts",
            *where,
            "environments",
            key=key,
            fix=f"say which one; there are {names}",
        )
    state: dict[str, Any] = environments[found]
    return state


def _variation(one: object) -> tuple[str, object]:
    if isinstance(one, dict) and "value" in one:
        return as_text(one.get("name")), one["value"]
    return "", one


def _number(value: object, named: list[tuple[str, object]]) -> int | None:
    found = number(value)
    if found is None or not found.is_integer() or not 0 <= found < len(named):
        return None
    return int(found)


def _share(
    state: dict[str, Any], named: list[tuple[str, object]]
) -> Share | str | None:
    """Who has it on; a text names what is wrong; None if no variation means off."""
    if not any(is_off(*one) for one in named):
        return None
    on = [OFF if is_off(*one) else ON for one in named]
    if state["on"] is False:
        off = _number(state.get("offVariation"), named)
        return OFF if off is None else on[off]
    ahead = state.get("fallthrough")
    if not isinstance(ahead, dict):
        return "`fallthrough`"
    if isinstance(rollout := ahead.get("rollout"), dict):
        share = _rollout(rollout.get("variations"), on, named)
    else:
        place = _number(ahead.get("variation"), named)
        share = None if place is None else on[place]
    if share is None:
        return "`fallthrough`"
    narrowed = any(state.get(name) for name in _NARROWING)
    return Share(OFF.least, ON.most) if narrowed else share


def _rollout(
    rows: object, on: list[Share], named: list[tuple[str, object]]
) -> Share | None:
    total = reached = 0.0
    for row in rows if isinstance(rows, list) else ():
        place = _number(row.get("variation"), named) if isinstance(row, dict) else None
        weight = number(row.get("weight")) if isinstance(row, dict) else None
        if place is None or weight is None or weight < 0:
            return None
        total += weight
        reached += weight * on[place].most
    if not total:
        return None
    return Share(round(reached / total, 2), round(reached / total, 2))


LAUNCHDARKLY = FlagFormat("launchdarkly", "LaunchDarkly export (JSON)", _fits, _read)
