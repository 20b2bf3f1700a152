"""Do what an edit of the gate says, as a person would who pastes it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from gatepost.process.answer import Answer


class _Texts(yaml.SafeLoader):
    """Everything is text but yes, no and nothing, as our reader has it."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as the base class has it


_Texts.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"]
)  # type: ignore[no-untyped-call]
_Texts.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("null|$"), ["n", ""])  # type: ignore[no-untyped-call]


def fields_of(text: str) -> Any:
    """What a piece of YAML says."""
    return yaml.load(text, Loader=_Texts) or {}  # noqa: S506 - a safe one


def paste(tree: dict[str, Any], answer: Answer) -> None:
    """Do what the edit says, as a person would: under, into the list, or instead."""
    edit = answer.edit
    assert edit is not None
    said, names = fields_of(edit.yaml), edit.under.split(".") if edit.under else []
    node: Any = tree
    if edit.yaml.startswith(("- ", "{")):
        *names, last = names
        for name in names:
            node = node[name]
        node[last] += said if isinstance(said, list) else [said]
        return
    ticks = names[:1] == ["checklist"]
    for step in ("checklist",) if ticks else answer.path:
        if isinstance(step, int):
            node = node[step] if not names or isinstance(node, list) else node
        elif names and step == names[0]:
            node = node[names.pop(0)]
        else:
            break
    assert names == [], f"{edit.under} is not where it is"
    node.update(said)
