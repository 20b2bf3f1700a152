"""The normal form of a text: what is left when case, spacing and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

INVISIBLE = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
"""Characters nobody sees, as in a class of a regular expression."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# These scripts put no spaces between words, so each letter counts as one.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
BREAK = "\x01"
"""Stands between texts that only the layout brings together, such as a heading and what follows."""

_WORD = re.compile(r"[^\W_]+|[@\x01]")
_KEPT = frozenset(f"@{BREAK}")
_SPACES = str.maketrans(
    {
        char: " "
        for char in map(chr, range(128))
        if not char.isalnum() and char not in _KEPT
    }
)
# Of bytes, because a text has to be looked up for each of its letters: most texts are short.
_FOLDED = bytes(
    ord(char.lower())
    if char.isascii() and (char.isalnum() or char in _KEPT)
    else ord(" ")
    for char in map(chr, range(256))
)
_KEPT_BYTES = tuple(sorted(char.encode("ascii") for char in _KEPT))
# Headings' addresses lose their punctuation; only spaces, hyphens and underscores part words there.
_SLUG = str.maketrans(
    {
        char: char.lower()
        if char.isalnum()
        else " "
        if char in "-_" or char.isspace()
        else None
        for char in map(chr, range(128))
    }
)
# Replaced one by one, they leave most pages of a site in ASCII, which is five times as fast.
_SIGNS = "\u00b6\u2019\u201c\u201d\u2013\u2014\u2026\u00a0"


def fold(text: str) -> str:
    """Give *text* without case, compatibility forms and invisible characters."""
    text = _without_signs(text)
    if text.isascii():
        return text.lower()
    seen = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(_UNSPACED.split(seen))


def _without_signs(text: str) -> str:
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    return text


def words(folded: str) -> list[str]:
    """Split a folded text into runs of letters and digits.

    `@` counts as a word of its own: it alone tells the handle `@payments` from the word. So does
    `BREAK`, which no sentence crosses.
    """
    if not folded.isascii():
        return _WORD.findall(folded)
    for char in _KEPT:
        if char in folded:
            folded = folded.replace(char, f" {char} ")
    return folded.translate(_SPACES).split()


def spaced(text: str) -> str:
    """Give the words of a text, folded, with one space between them; faster than word by word."""
    plain = _without_signs(text)
    if not plain.isascii():
        return " ".join(words(fold(plain)))
    raw = plain.encode("ascii")
    for char in _KEPT_BYTES:
        if char in raw:
            raw = raw.replace(char, b" %b " % char)
    return b" ".join(raw.translate(_FOLDED).split()).decode("ascii")


def slug_words(text: str) -> list[str]:
    """Give the words of *text* as they stand in a heading's address: `dns.records` is one."""
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.translate(_SLUG).split()


def normal(text: str) -> str:
    """Give *text* as folded words with one space between them."""
    return " ".join(words(fold(text)))


def letters(found: Sequence[str]) -> int:
    """Weigh words by their characters."""
    return sum(size_of(word) for word in found)


def size_of(word: str) -> int:
    """Weigh a word: one for each character, four for the only one of a script without spaces."""
    return 4 if len(word) == 1 and not word.isascii() else len(word)
