"""The sections of a release, whichever way a changelog marks them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.integrations.naming import SUMMARY_LIMIT
from gatepost.integrations.plain_text import plain
from gatepost.integrations.references import fenced_rows
from gatepost.integrations.type_guess import type_of_word

_MARKS = (
    re.compile(r"#{1,6}[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*$"),
    re.compile(r"(?:\*\*|__)(?P<words>[^*_]+)(?:\*\*|__):?\s*$"),
    re.compile(r"(?P<words>[A-Z][\w ]{2,40}):\s*$"),
    re.compile(r"\s*[-*]\s+\[(?P<words>[A-Z]{3,20})\]"),
)
"""`### Added`, `**Bugfixes**`, `Bug fixes:` and `- [BUGFIX] …`."""
_BULLET = re.compile(r"[ ]{0,3}[-*+][ \t]+(?P<words>\w+)")
_BREAKING = re.compile(
    r"[\W_]*(?:(?:api|backwards?|other|possibl[ey]|potentially)[\W_]+)*(?:breaking|incompatible)"
    r"(?:[\W_]+(?:api[\W_]+)?changes?)?(?:[\W_]+(?:for|in|to)\b.*)?[\W_]*",
    re.IGNORECASE,
)
"""The whole name of a section about what stops working."""
_BREAKING_ITEM = re.compile(
    r"\s*(?:[-*+]|\d+[.)])\s+[*_`\[(]*breaking(?: changes?)?[*_`]*\s*[\])!:*_-]",
    re.IGNORECASE,
)
"""`- **Breaking:** …`, `- [BREAKING] …`, `- breaking change: …`."""
_NOTHING = re.compile(
    r"[\W_]*(?:none|nothing|n/a|no(?: known)? breaking changes?)?[\W_]*", re.IGNORECASE
)
_NO_SENTENCE = ("#", "-", "*", "+", "|", "`", "<", "!", ">")
_WITHDRAWN = "This version was withdrawn after its release."


def section_names(rows: list[str]) -> Iterator[str]:
    """Name the sections of a release; of one without sections, the first words of its list.

    Those count only if every line of the list begins with a word for a kind of change.
    """
    said = list(_matches(rows, _MARKS))
    if said:
        yield from said
        return
    words = list(_matches(rows, (_BULLET,)))
    if all(type_of_word(word) for word in words):
        yield from words


def _matches(rows: list[str], patterns: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    for row, code in zip(rows, fenced_rows(rows), strict=True):
        found = (
            match["words"] for pattern in patterns if (match := pattern.match(row))
        )
        if not code and (words := next(found, "")):
            yield words


def says_breaking(rows: list[str]) -> bool:
    """Say whether a release has an item, or a section that is not empty, on what stops working."""
    below = False
    for row, code in zip(rows, fenced_rows(rows), strict=True):
        if code or not row.strip():
            continue
        name = next(_matches([row], _MARKS[:3]), "")
        if _BREAKING_ITEM.match(row) or (
            below and not name and not _NOTHING.fullmatch(row)
        ):
            return True
        below = _BREAKING.fullmatch(name) is not None
    return False


def withdrawal_note(text: str) -> str:
    """Say why a version was withdrawn, in the changelog's own words if they are few."""
    first = text.strip().partition("\n\n")[0]
    words = plain(first)
    fits = bool(words) and len(words) <= SUMMARY_LIMIT
    return words if fits and not first.startswith(_NO_SENTENCE) else _WITHDRAWN
