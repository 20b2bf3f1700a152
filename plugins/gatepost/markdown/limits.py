"""Refuse a text that the Markdown library would work on for minutes.

Some of its steps take the square of what they count. The limits lie far above what the largest
real changelogs hold, and low enough that no text takes more than some seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST = 300_000
"""Most Unicode code points of one body; whole changelogs of ten years have fewer."""

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_HEADS = re.compile(r"^ {0,3}(?:#|=|-{2,}|\*{3,}|_{3,}|!!!|\?\?\?)", re.MULTILINE)
_FENCES = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})", re.MULTILINE)
_QUOTE = re.compile(r"(?:>[ \t]*+){50}")
_SETTINGS = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})(?:[^\n=]*+=){20}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Limit:
    most: int
    things: str
    count: Callable[[str], int]


def _unclosed(opening: str, closing: str) -> Callable[[str], int]:
    """Counts what a paragraph opens and leaves open, and how deep it nests."""
    either = re.compile(f"[{re.escape(opening + closing)}]")

    def count(text: str) -> int:
        if text.count(opening) <= _MOST_UNCLOSED:
            return 0
        return sum(_deepest(either, opening, part) for part in _BLANK_LINE.split(text))

    return count


def _deepest(either: re.Pattern[str], opening: str, paragraph: str) -> int:
    if paragraph.count(opening) < _SHALLOW:
        return 0
    depth = deepest = 0
    for mark in either.findall(paragraph):
        depth = depth + 1 if mark == opening else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest if deepest >= _SHALLOW else 0


def _matches(pattern: re.Pattern[str]) -> Callable[[str], int]:
    return lambda text: len(pattern.findall(text))


def _occurrences(word: str) -> Callable[[str], int]:
    return lambda text: text.count(word)


_MOST_UNCLOSED = 500
_SHALLOW = 5
_LIMITS = (
    _Limit(LONGEST, "characters", len),
    _Limit(_MOST_UNCLOSED, "square brackets that are not closed", _unclosed("[", "]")),
    _Limit(_MOST_UNCLOSED, "round brackets that are not closed", _unclosed("(", ")")),
    _Limit(_MOST_UNCLOSED, "`<` without `>`", _unclosed("<", ">")),
    _Limit(1_000, "headings, lines, notes and tabs", _matches(_HEADS)),
    _Limit(1_000, "lines that begin or end code", _matches(_FENCES)),
    _Limit(500, "footnote marks", _occurrences("[^")),
    _Limit(200, "abbreviations", _occurrences("*[")),
    _Limit(0, "quotes inside each other, 50 deep", _matches(_QUOTE)),
    _Limit(0, "settings of one block of code, 20 of them", _matches(_SETTINGS)),
)


def excess(text: str) -> str:
    """What a text has too much of, in words for its author; empty if it may be rendered."""
    return next(_excesses(text), "")


def _excesses(text: str) -> Iterator[str]:
    for limit in _LIMITS:
        if limit.count(text) > limit.most:
            yield f"it has more than {limit.most:,} {limit.things}"
