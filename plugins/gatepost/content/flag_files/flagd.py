"""flagd flag definitions: `flags` as an object or a list, in JSON or YAML.

Source: https://flagd.dev/schema/v0/flagd.json
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gatepost.content.fences import short
from gatepost.content.flag_files import flagd_rules
from gatepost.content.flag_files.sheet import (
    Fault,
    FlagFormat,
    Row,
    Sheet,
    as_text,
    kind_of,
    quoted,
    words,
)
from gatepost.model.flag_snapshot import OFF, ON, ProviderFlag, Share
from gatepost.model.release import PathInFile

STATES = ("ENABLED", "DISABLED")
_OFF_WORDS = frozenset({"off", "false", "disabled", "no", "none", "0"})
_OWN = frozenset({"state", "variants", "defaultVariant", "targeting"})


def _fits(tree: dict[str, Any]) -> bool:
    flags = tree.get("flags")
    if isinstance(flags, dict):
        rows = [row for row in flags.values() if isinstance(row, dict)]
    elif isinstance(flags, list):
        rows = [row for row in flags if isinstance(row, dict)]
    else:
        return flagd_rules.is_rule(tree)
    return not rows or any(_OWN & row.keys() for row in rows) or "$schema" in tree


def _read(sheet: Sheet) -> Iterator[Row]:
    flags = sheet.tree.get("flags")
    if flags is None and flagd_rules.is_rule(sheet.tree):
        yield from flagd_rules.faults(sheet, sheet.tree, ())
        return
    yield from _metadata(sheet, sheet.tree, ())
    evaluators = sheet.tree.get("$evaluators")
    for name, rule in evaluators.items() if isinstance(evaluators, dict) else ():
        yield from flagd_rules.faults(sheet, rule, ("$evaluators", name))
    if isinstance(flags, dict):
        for key, row in flags.items():
            yield from _flag(sheet, key, row, ("flags", key))
    elif isinstance(flags, list):
        for place, row in enumerate(flags):
            key = row.get("key") if isinstance(row, dict) else None
            if isinstance(key, str) and key:
                yield from _flag(sheet, key, row, ("flags", place))
            else:
                fix = "add `key` with the key that programs ask for"
                yield sheet.fault(
                    "a flag of the list has no key", "flags", place, fix=fix
                )
    else:
        yield sheet.fault(f"`flags` is {kind_of(flags)}, not flags", "flags")


def _flag(sheet: Sheet, key: str, row: object, where: PathInFile) -> Iterator[Row]:
    if not key or not isinstance(row, dict) or not row:
        sentence = (
            f"the flag `{short(key)}` is {kind_of(row)}"
            if row
            else (f"the flag `{short(key)}` is empty")
        )
        fix = "write its `state` and `variants`, or delete it"
        yield sheet.fault(sentence, *where, key=key, fix=fix)
        return
    found = tuple(_faults(sheet, key, row, where))
    yield from found
    if not found:
        yield _whole(sheet, key, row, where)


def _faults(
    sheet: Sheet, key: str, row: dict[str, Any], where: PathInFile
) -> Iterator[Fault]:
    name, state = short(key), row.get("state")
    if state not in STATES:
        at = (*where, "state") if "state" in row else where
        said = f"is {quoted(state)}" if "state" in row else "is missing"
        fix = "write ENABLED or DISABLED"
        yield sheet.fault(f"the state of `{name}` {said}", *at, key=key, fix=fix)
    variants = row.get("variants")
    if not isinstance(variants, dict) or not variants:
        at = (*where, "variants") if "variants" in row else where
        fix = 'write, for example, "variants": {"on": true, "off": false}'
        yield sheet.fault(f"the flag `{name}` has no variants", *at, key=key, fix=fix)
    else:
        yield from _variants(sheet, key, row, where)
    if row.get("targeting") is not None:
        yield from flagd_rules.faults(
            sheet, row["targeting"], (*where, "targeting"), key
        )
    yield from _metadata(sheet, row, where, key)


def _variants(
    sheet: Sheet, key: str, row: dict[str, Any], where: PathInFile
) -> Iterator[Fault]:
    variants, default = row["variants"], row.get("defaultVariant")
    kinds = list(dict.fromkeys(kind_of(value) for value in variants.values()))
    if len(kinds) > 1 or kinds in (["nothing"], ["a list"]):
        odd = next(name for name, one in variants.items() if kind_of(one) == kinds[-1])
        sentence = (
            f"the variants of `{short(key)}` are of different kinds: {', '.join(kinds)}"
        )
        if len(kinds) == 1:
            sentence = f"a variant of `{short(key)}` is {kinds[0]}"
        fix = "give all variants a value of one kind"
        yield sheet.fault(sentence, *where, "variants", odd, key=key, fix=fix)
    known = isinstance(default, str) and default in variants
    if default is not None and not known:
        fix = f"write one of {', '.join(map(short, variants))}"
        sentence = (
            f"the default of `{short(key)}` is {quoted(default)}, which is no variant"
        )
        yield sheet.fault(sentence, *where, "defaultVariant", key=key, fix=fix)


def _metadata(
    sheet: Sheet, row: dict[str, Any], where: PathInFile, key: str = ""
) -> Iterator[Fault]:
    metadata = row.get("metadata")
    if metadata is None:
        return
    if not isinstance(metadata, dict):
        sentence = f"`metadata` is {kind_of(metadata)}, not fields"
        yield sheet.fault(sentence, *where, "metadata", key=key)
        return
    for name, value in metadata.items():
        if value is None or isinstance(value, dict | list):
            sentence = f"`{short(name)}` in the metadata is {kind_of(value)}"
            fix = "write a text, a number, true or false"
            yield sheet.fault(sentence, *where, "metadata", name, key=key, fix=fix)


def _whole(
    sheet: Sheet, key: str, row: dict[str, Any], where: PathInFile
) -> ProviderFlag:
    variants: dict[str, Any] = row["variants"]
    off = next((one for one in variants.items() if is_off(*one)), None)
    default = row.get("defaultVariant")
    return ProviderFlag(
        key=key,
        place=sheet.at(*where),
        share=_share(sheet, row) if off else None,
        default=words(default, variants[default]) if default is not None else (),
        off=words(*off) if off else (),
        variants=tuple(word for one in variants.items() for word in words(*one)),
    )


def _share(sheet: Sheet, row: dict[str, Any]) -> Share | None:
    if row["state"] == STATES[1]:
        return OFF
    variants, default = row["variants"], row.get("defaultVariant")
    on = {name: OFF if is_off(name, value) else ON for name, value in variants.items()}
    # Without a default the program's own counts, which no file knows.
    fallback = on[default] if default is not None else Share(OFF.least, ON.most)
    evaluators = sheet.tree.get("$evaluators")
    known = evaluators if isinstance(evaluators, dict) else {}
    return flagd_rules.reach(row.get("targeting") or None, on, fallback, known)


def is_off(name: str, value: object) -> bool:
    """Whether a variant means that the feature is off: by its value, else by its name."""
    if isinstance(value, bool):
        return not value
    return name.lower() in _OFF_WORDS or as_text(value).lower() in {"off", "false"}


FLAGD = FlagFormat("flagd", "flagd flag definitions (JSON or YAML)", _fits, _read)
