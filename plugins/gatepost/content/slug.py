"""Letters an address may hold, made of any text: one way for new, imported and mended ids."""

from __future__ import annotations

import re
import unicodedata

_OTHERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "\u0131": "i",
        "ŧ": "t",
        "ŋ": "ng",
        "ĸ": "k",
        "ə": "e",
    }
)
"""Latin letters that are no plain letter with a mark, so that Unicode does not take them apart."""


def slug(text: str) -> str:
    """Turn words into small letters, digits and single hyphens; empty if none is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_OTHERS))
    kept = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
