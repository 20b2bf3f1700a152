"""Which known word a misspelt one is most like."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST_WORD = 60
"""Characters of a word that are compared and quoted."""
_LIKE = 0.7
"""From 0 to 1: how alike a misspelt word and a known one must be."""

_NEARLY = 0.85


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like *word*, or nothing."""
    names = list(known)
    for spelt in (word.lower().replace("_", "-"), word.lower()):
        if found := difflib.get_close_matches(spelt[:LONGEST_WORD], names, 1, _LIKE):
            return found[0]
    return ""


def is_misspelt(word: str, known: str) -> bool:
    """Whether a word differs from a known one so little that it can be nothing else."""
    return difflib.SequenceMatcher(None, word.lower(), known).ratio() > _NEARLY
