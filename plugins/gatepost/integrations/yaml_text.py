"""Write front matter: plain words where YAML allows, quotes where a value could be misread."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from gatepost.integrations.planned import Tree

_PLAIN = re.compile(
    r"[^\W_][\w ./()+,%\u2019\u201c\u201d\u2026\u2014\u2013\u00b7&*!?;=@-]*"
)
_SPECIAL = frozenset(
    """
    true false yes no on off null y n
    """.split()  # noqa: SIM905 - a list of words reads as text
)
_NUMBER = re.compile(
    r"0[xo][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\d+(?::\d+)+(?:\.\d*)?"
)
"""What other YAML readers would take for a number."""
_BREAKING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]+"
)


def scalar(value: str | int) -> str:
    """Write one value on one line; numbers and yes or no without quotes."""
    if isinstance(value, int):
        return json.dumps(value)
    text = _BREAKING.sub(" ", value)
    if (
        _PLAIN.fullmatch(text)
        and not text.endswith(" ")
        and text.lower() not in _SPECIAL
    ):
        return json.dumps(text) if _NUMBER.fullmatch(text) else text
    return json.dumps(text, ensure_ascii=False)


def block(tree: Mapping[str, Tree], indent: int = 0) -> str:
    """Write a block of keys and values, each line ended."""
    margin = " " * indent
    return "".join(
        f"{margin}{_key(key)}:{_value(value, indent)}\n" for key, value in tree.items()
    )


def _key(key: str) -> str:
    return (
        key
        if re.fullmatch(r"[A-Za-z_][\w.-]*", key)
        else json.dumps(key, ensure_ascii=False)
    )


def _value(value: Tree, indent: int) -> str:
    if isinstance(value, str | int):
        return f" {scalar(value)}"
    if isinstance(value, Mapping):
        return f"\n{block(value, indent + 2)}".rstrip("\n") if value else " {}"
    if all(isinstance(item, str) for item in value):
        return f" [{', '.join(_item(str(item)) for item in value)}]"
    return "".join(_row(item, indent + 2) for item in value)


def _item(text: str) -> str:
    written = scalar(text)
    return (
        json.dumps(text, ensure_ascii=False)
        if "," in written and written[0] != '"'
        else written
    )


def _row(item: Tree, indent: int) -> str:
    margin = " " * indent
    if isinstance(item, Mapping):
        lines = block(item, indent + 2).rstrip("\n")
        return f"\n{margin}- {lines[indent + 2 :]}" if item else f"\n{margin}- {{}}"
    if isinstance(item, Sequence) and not isinstance(item, str):
        return f"\n{margin}- [{', '.join(_item(str(one)) for one in item)}]"
    return f"\n{margin}- {scalar(str(item))}"
