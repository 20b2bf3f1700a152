"""Conditions about feature flags: declared whole, and at the provider as the entry says."""

from __future__ import annotations

import json

from gatepost.model.parts import FeatureFlag
from gatepost.model.release import PathInFile, Release
from gatepost.process.conditions.condition import (
    Condition,
    Facts,
    Finding,
    Gap,
    Table,
    Unasked,
)
from gatepost.process.flag_drift import Drift
from gatepost.process.flag_facts import NOT_COMPARED

_SAID = (
    ("owner", "who owns it", 'owner: "{owner}"'),
    ("default", "what it serves when nothing is set", 'default: "off"'),
    ("safe_value", "which value is safe", 'safe_value: "off"'),
)
"""Field of a flag, what it says, and the edit that fills it."""


def _declared(facts: Facts) -> Finding:
    release = facts.release
    # What cannot be rolled back has no value to flee to; the way back says why.
    stuck = release.rollback is not None and not release.rollback.possible
    for number, flag in enumerate(release.flags):
        at = ("flags", number)
        for field, meaning, edit in _SAID:
            if not getattr(flag, field) and not (field == "safe_value" and stuck):
                what = f"the flag `{flag.key}` does not say {meaning}"
                return Gap(what, at, edit, flag.owner, hard=False)
        if _is_way_back(release, flag) and not flag.kill_switch:
            what = f"the way back switches off `{flag.key}`, and on-call may not"
            return Gap(what, at, "kill_switch: true", flag.owner, hard=False)
    return bool(release.flags)


def _is_way_back(release: Release, flag: FeatureFlag) -> bool:
    ways = release.rollback.strategies if release.rollback else ()
    return any(one.kind == "feature_flag" and one.flag == flag.key for one in ways)


def _as_told(facts: Facts) -> Finding:
    known = facts.flags
    if known.snapshot is None:
        return Unasked(f"{NOT_COMPARED} it with the entry")
    if known.unread:
        what = f"nothing could be read from {known.snapshot.path}"
        return Gap(what, ("flags",), hard=False)
    drifts = known.drifts.get(facts.release.id, ())
    return _gap(facts.release, drifts[0]) if drifts else True


def _gap(release: Release, one: Drift) -> Gap:
    path: PathInFile
    number = next(n for n, flag in enumerate(release.flags) if flag.key == one.key)
    theirs = json.dumps(one.says_there, ensure_ascii=False)
    if one.kind in {"default", "safe-value"} and one.says_there:
        field = one.kind.replace("-", "_")
        path, edit = ("flags", number, field), f"{field}: {theirs}"
    elif one.kind in {"share", "switched"}:
        path = ("deployment", "rings")
        share = one.says_there.removesuffix("%")
        share = share if share.isdecimal() else "0" if share == "off" else "1"
        edit = f"[{{name: as far as it is on now, share: {share}, on: {{today}}}}]"
    else:
        path, edit = ("flags", number, "key"), "key: what the provider calls it"
    return Gap(f"{one.sentence} ({one.there})", path, edit, release.flags[number].owner)


CONDITIONS: Table = (
    Condition("flags-declared",
        "each flag has `owner`, `default` and `safe_value`; one that is a way back `kill_switch`",
        "flags",
        '[{key: name-at-the-provider, owner: "{owner}", default: "off", safe_value: "off"}]',
        _declared),
    Condition("flags-as-told",
        "the provider's file has each flag, with the share, default and safe value of the entry",
        "flags", "[{key: name-at-the-provider}]", _as_told),
)  # fmt: skip
