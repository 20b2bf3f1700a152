"""Reference definitions of Markdown: `[label]: address` lines, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\]\[\n^][^\]\[\n]{0,300})\]:[ \t]*+"
    r"(?:<(?P<in>[^<>\n]*+)>|(?P<bare>\S++))"
    r"(?:[ \t]++(?P<title>\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
)
_FENCE = re.compile(
    r"^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}(?=[^`]*$)|~{3,})"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a reference leads."""

    label: str
    """As written."""
    target: str
    title: str
    line: int
    """Of the text it was found in, from 1."""


def label_of(words: str) -> str:
    """Fold a label so that `[A  b]` finds `[a b]: …`."""
    return " ".join(words.split()).casefold()


def fenced_rows(rows: list[str]) -> list[bool]:
    """Say of each line whether it belongs to a fenced block of code, its fences included.

    A fence that never closes is none.
    """
    inside = [False] * len(rows)
    hopeless: set[str] = set()
    number = 0
    while number < len(rows):
        match = _FENCE.match(rows[number])
        end = (
            _fence_end(rows, number, match[1])
            if match and match[1] not in hopeless
            else 0
        )
        if match and not end:
            hopeless.add(match[1])
        for row in range(number, end):
            inside[row] = True
        number = max(end, number + 1)
    return inside


def _fence_end(rows: list[str], start: int, fence: str) -> int:
    closing = re.compile(rf"^[ \t>]*{re.escape(fence)}{re.escape(fence[0])}*[ \t]*$")
    after = range(start + 1, len(rows))
    return next((number + 1 for number in after if closing.match(rows[number])), 0)


def find_definitions(rows: list[str], fenced: list[bool]) -> Iterator[Definition]:
    """Find every definition outside code, in order."""
    for number, row in enumerate(rows):
        if fenced[number] or "]:" not in row:
            continue
        if match := _DEFINITION.match(row):
            target = match["in"] or match["bare"] or ""
            yield Definition(match["label"], target, match["title"] or "", number + 1)
