"""Refuse a text that the Markdown library would work on for minutes.

Some of its steps take the square of what they count. The limits lie far above what the largest
real changelogs hold, and low enough that no text takes more than some seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gatepost.model.finding import GatepostError

LONGEST = 300_000
"""Most Unicode code points of one body; whole changelogs of ten years have fewer."""
LONGEST_PARAGRAPH = 20_000
"""Most Unicode code points of a paragraph, a list item's text or a table cell."""

_MODEST = 3_000
"""Shorter bodies take less than a second, whatever is in them."""
_SHORT = 1_000
"""Shorter paragraphs need no second look."""
_MOST_STEPS = 4_000_000
"""How often the library may look at a character while it searches for closing marks."""
_MOST_TAG_STEPS = 20_000_000
"""As above, for the ends of tags: these are looked for faster."""
_DEEP = 20
"""Brackets inside each other that nobody writes by hand."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_HEADS = re.compile(
    r"^[ >]*+(?:#|=|:|-++ *+$|(?:[-*_] *+){3}|!!!|\?\?\?)", re.MULTILINE
)
"""Lines that begin a heading, a rule, a definition, a tab or a note."""
_SCATTERED = re.compile(r"^(?! {0,3}\[)[^\n]*\n {0,3}\[[^\]\n]*\]:", re.MULTILINE)
"""Definitions of links that do not stand together."""
_FENCES = re.compile(r"^[ \t>]*(?:`{3,}+|~{3,}+)", re.MULTILINE)
_DEEP_QUOTE = re.compile(r"(?:>[ \t]*+(?:[-*+][ \t]++)?+){40}")
_DEEP_LIST = re.compile(r"^(?: {4}){40,}[-*+0-9]", re.MULTILINE)
_LONG_FENCE = re.compile(r"^[ \t>]*(?:`{3,}+|~{3,}+)(?:[^\n=]*+=){12}", re.MULTILINE)
_TICKS = re.compile(r"`++")
_PAIRS = tuple(
    (opening, re.compile(f"[{re.escape(opening + closing)}]"))
    for opening, closing in ("[]", "()", "<>")
)
_TAGS = _PAIRS[-1]


class RenderError(GatepostError):
    """A text that cannot be rendered. The message says why, for its author."""


@dataclass(frozen=True, slots=True)
class _Limit:
    most: int
    count: Callable[[str], int]
    sentence: str
    """What is wrong, with *most* in figures."""


def _matches(pattern: re.Pattern[str]) -> Callable[[str], int]:
    return lambda text: len(pattern.findall(text))


def _occurrences(word: str) -> Callable[[str], int]:
    return lambda text: text.count(word)


def _crowded_heads(text: str) -> int:
    """Each of these makes the library read the rest of its block once more."""
    return sum(
        len(part) * (len(_HEADS.findall(part)) + len(_SCATTERED.findall(part)))
        for part in _BLANK_LINE.split(text)
    )


def _crowded_tags(text: str) -> int:
    """Each tag that is not closed makes the library look for its end in all that follows."""
    most = text.count("<") * len(text)
    return _left_open(text, *_TAGS) * len(text) if most > _MOST_TAG_STEPS else 0


def _comments_among_tags(text: str) -> int:
    """Each comment makes the library look for the end of every tag before it."""
    comments = text.count("<!--")
    return comments * text.count("<") * len(text) if comments else 0


_LIMITS = (
    _Limit(LONGEST, len, "it is longer than {:,} characters"),
    _Limit(20_000, _occurrences("\n\n"), "it has more than {:,} paragraphs"),
    _Limit(10_000, _occurrences("<"), "it has more than {:,} tags"),
    _Limit(1_000, _matches(_FENCES), "it has more than {:,} lines of ``` or ~~~"),
    _Limit(500, _occurrences("[^"), "it has more than {:,} footnote marks"),
    _Limit(200, _occurrences("*["), "it has more than {:,} abbreviations"),
    _Limit(0, _matches(_DEEP_QUOTE), "it has quotes inside quotes, 40 deep"),
    _Limit(0, _matches(_DEEP_LIST), "it has lists inside lists, 40 deep"),
    _Limit(500_000_000, _comments_among_tags, "it has many comments and many tags"),
    _Limit(_MOST_TAG_STEPS, _crowded_tags, "it has many `<` without a `>`"),
    _Limit(
        10_000_000,
        _crowded_heads,
        "it has many headings, notes or definitions without empty lines between them",
    ),
)


def check_text(text: str) -> None:
    """Refuse a body that is too much as a whole.

    Raises:
        RenderError: It has too many or too deeply nested parts.
    """
    # Here each setting doubles the library's work: a line of 200 characters takes minutes.
    if _LONG_FENCE.search(text):
        why = "a block of code has 12 settings or more"
        raise RenderError(why)
    if len(text) < _MODEST:
        return
    for limit in _LIMITS:
        if limit.count(text) > limit.most:
            raise RenderError(limit.sentence.format(limit.most))


def check_paragraph(text: str) -> None:
    """Refuse a paragraph, item or cell that would be searched for closing marks for too long.

    Raises:
        RenderError: It is too long, or leaves too much open for its length.
    """
    if len(text) < _SHORT:
        return
    if len(text) > LONGEST_PARAGRAPH:
        why = f"a paragraph is longer than {LONGEST_PARAGRAPH:,} characters"
        raise RenderError(why)
    left_open = sum(_left_open(text, *pair) for pair in _PAIRS) + _lonely_ticks(text)
    if left_open * len(text) > _MOST_STEPS:
        why = "a long paragraph has many brackets, tags or ` that are not closed"
        raise RenderError(why)


def _left_open(text: str, opening: str, either: re.Pattern[str]) -> int:
    """How many brackets are never closed, or lie deep inside others."""
    depth = deepest = 0
    for mark in either.findall(text) if opening in text else ():
        depth = depth + 1 if mark == opening else max(0, depth - 1)
        deepest = max(deepest, depth)
    return depth + (deepest if deepest > _DEEP else 0)


def _lonely_ticks(text: str) -> int:
    """How many runs of backticks stand beside one of another length."""
    lengths = [len(run) for run in _TICKS.findall(text)]
    return sum(
        one != other for one, other in zip(lengths[::2], lengths[1::2], strict=False)
    )
