"""Guess the type of an imported entry from words its source uses: small tables, in order.

Only types that ask for nothing more are guessed. `security`, `deprecated`, `removed` and
`known-issue` stand for promises (a severity, an end date) that a source of this kind does not make
in fields; such entries stay `notice` or `changed` until somebody fills those fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

TITLE_WORDS = (
    (
        "notice",
        r"deprecat\w*|retir\w+|sunset\w*|end[- ]of[- ]\w+|eol|remov(?:es|ed|ing)|removal",
    ),
    (
        "notice",
        r"vulnerabilit\w+|security (?:release|update)s?|assessment|outage|maintenance",
    ),
    ("fixed", r"fix(?:es|ed)?|(?:bug|hot) ?fix(?:es)?|patch(?:es|ed)?|resolv(?:es|ed)"),
    ("performance", r"faster|speed(?:s|ed)?|performance|latency|quicker|throughput"),
    (
        "added",
        r"new|introduc\w+|add(?:s|ed|ing)?|launch\w*|announc\w+|available|beta|preview|ga",
    ),
    ("added", r"now (?:supported|in)|supports?"),
    (
        "changed",
        r"updat\w+|chang\w+|improv\w+|enhanc\w+|renam\w+|mov(?:es|ed|ing)|upgrad\w+",
    ),
    ("changed", r"releases?|released"),
)
"""Type, and the words of a title that stand for it; the first row that fits wins."""

SECTIONS = {
    "added": "added add additions new feature features enhancement enhancements highlights minor",
    "changed": "changed changes change improvements improvement improved improve updated update "
    "renamed upgraded switched bumped bump refactoring refactor chore chores dependencies misc "
    "other documentation docs internal build ci tests deprecated removed security breaking major "
    "syntaxes themes packaging reverts patch",
    "fixed": "fixed fixes fix bugfix bugfixes bug bugs",
    "performance": "performance perf",
}
"""Type, and the first words of section headings that stand for it."""

_BY_SECTION = {word: name for name, words in SECTIONS.items() for word in words.split()}
_BY_TITLE = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in TITLE_WORDS
)
TYPES = frozenset({"added", "changed", "fixed", "performance", "notice"})
"""Types a source may name outright."""


def type_of_title(title: str, *, versioned: bool) -> str:
    """Guess from a title; a title that tells nothing is a change if it has a version."""
    fitting = (name for name, words in _BY_TITLE if words.search(title))
    return next(fitting, "changed" if versioned else "notice")


def type_of_word(word: str) -> str:
    """Guess from a word for a kind of change, such as `feature`; empty if it is none."""
    word = word.strip().lower()
    return word if word in TYPES else _BY_SECTION.get(word, "")


def type_of_sections(headings: Iterable[str]) -> str:
    """Guess from the sections of a release: their common type, or `changed`."""
    named = {name for heading in headings if (name := _of_heading(heading))}
    return named.pop() if len(named) == 1 else "changed"


def _of_heading(heading: str) -> str:
    words = re.findall(r"[a-z]+", heading.lower().replace("bug fixes", "fixes"))
    return next((_BY_SECTION[word] for word in words if word in _BY_SECTION), "")
