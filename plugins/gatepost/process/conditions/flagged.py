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

_MEND = "mend that file: `gatepost flags --drift` says what is wrong with it"


def _declared(facts: Facts) -> Finding:
    release = facts.release
    # What cannot be rolled back has no value to flee to; the way back says why.
    stuck = release.rollback is not None and not release.rollback.possible
    for number, flag in enumerate(release.flags):
        at = ("flags", number)
        for field, meaning, edit in _SAID:
            if not getattr(flag, field) and not (field == "safe_value" and stuck):
                what = f"the flag `{flag.key}` does not say {meaning}"
                return Gap(what, at, edit, owner=flag.owner, hard=False)
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
        return Gap(what, ("flags",), hard=False, fix=_MEND)
    drifts = known.drifts.get(facts.release.id, ())
    if drifts:
        return _gap(facts.release, drifts[0])
    for number, flag in enumerate(facts.release.flags):
        if flag.key in known.snapshot.unreadable:
            what = f"what {known.snapshot.path} says about `{flag.key}` cannot be read"
            return Gap(what, ("flags", number), owner=flag.owner, hard=False, fix=_MEND)
    return True


def _gap(release: Release, one: Drift) -> Gap:
    """What to write where the entry may follow the provider; else the law's own way out."""
    what = f"{one.sentence} ({one.there})"
    number = next(n for n, flag in enumerate(release.flags) if flag.key == one.key)
    owner, theirs = release.flags[number].owner, one.says_there
    field = {"default": "default", "safe-value": "safe_value"}.get(one.kind, "key")
    path: PathInFile = ("flags", number, field)
    if field != "key" and theirs:
        edit = f"{field}: {json.dumps(theirs, ensure_ascii=False)}"
        return Gap(what, path, edit, owner)
    share = theirs.removesuffix("%")
    if one.kind in {"share", "switched"} and share.isdecimal():
        edit = f"[{{name: as far as it is on now, share: {share}, on: {{today}}}}]"
        return Gap(what, ("deployment", "rings"), edit, owner)
    fix = one.finding.fix
    return Gap(what, path, owner=owner, fix=fix[:1].lower() + fix[1:])


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
