"""Kubernetes feature gates: a page for each gate, whose front matter tells its stages.

Source: https://kubernetes.io/docs/contribute/new-content/new-features/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gatepost.content.flag_files.sheet import (
    Fault,
    FlagFormat,
    Row,
    Sheet,
    kind_of,
    quoted,
)
from gatepost.model.flag_snapshot import OFF, ON, ProviderFlag

STAGES = ("alpha", "beta", "stable", "deprecated")
_OFF_UNLESS_SAID = "alpha"


def _fits(tree: dict[str, Any]) -> bool:
    return tree.get("content_type") == "feature_gate" or (
        "stages" in tree and "title" in tree
    )


def _read(sheet: Sheet) -> Iterator[Row]:
    tree = sheet.tree
    key, stages = tree.get("title"), tree.get("stages")
    if not isinstance(key, str) or not key:
        yield sheet.fault(
            "the gate has no title", "title", fix="write `title:` with its name"
        )
        return
    if not isinstance(stages, list) or not stages:
        fix = "list its stages, each with `stage:` and `defaultValue:`"
        yield sheet.fault(f"the gate `{key}` has no stages", "stages", key=key, fix=fix)
        return
    faults = tuple(_faults(sheet, key, stages))
    yield from faults
    if faults:
        return
    last = stages[-1]
    enabled = last.get("defaultValue")
    if enabled is None and last["stage"] == _OFF_UNLESS_SAID:
        enabled = False
    share = {True: ON, False: OFF, None: None}[enabled]
    yield ProviderFlag(
        key=key,
        place=sheet.at("title"),
        share=share,
        default=()
        if enabled is None
        else ("on", "true")
        if enabled
        else ("off", "false"),
        off=("off", "false"),
        variants=("on", "true", "off", "false"),
        removed=tree.get("removed") is True,
    )


def _faults(sheet: Sheet, key: str, stages: list[Any]) -> Iterator[Fault]:
    for number, one in enumerate(stages):
        at = ("stages", number)
        if not isinstance(one, dict):
            yield sheet.fault(f"a stage of `{key}` is {kind_of(one)}", *at, key=key)
            continue
        if one.get("stage") not in STAGES:
            sentence = f"{quoted(one.get('stage'))} is no stage of `{key}`"
            fix = f"write one of {', '.join(STAGES)}"
            yield sheet.fault(sentence, *at, "stage", key=key, fix=fix)
        default = one.get("defaultValue")
        if default is not None and not isinstance(default, bool):
            sentence = f"the default of `{key}` is {quoted(default)}"
            fix = "write true or false, without quotes"
            yield sheet.fault(sentence, *at, "defaultValue", key=key, fix=fix)


KUBERNETES = FlagFormat(
    "kubernetes", "Kubernetes feature gates (front matter of Markdown)", _fits, _read
)
