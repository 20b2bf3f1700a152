"""Where `#anchor` links inside a foreign text lead, and how our pages name the same places."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatepost.content.slug import slug
from gatepost.integrations.plain_text import plain
from gatepost.integrations.references import fenced_rows
from gatepost.markdown import headings

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>.+?)[ \t]*#*[ \t]*$")
_NAMED = re.compile(
    r"""<a\s[^<>]{0,300}\b(?:name|id)\s*=\s*["']([^"'<>]{1,200})["']""", re.IGNORECASE
)


def anchors_of(text: str) -> Mapping[str, str]:
    """Map the anchors other generators give a text's headings, and its own, to ours.

    Source: the rule of GitHub, which most generators follow: lower case, signs left out, hyphens
    for spaces.
    """
    found = {name.lower(): slug(name) for name in _NAMED.findall(text)}
    rows = text.split("\n")
    for row, code in zip(rows, fenced_rows(rows), strict=True):
        match = None if code else _HEADING.match(row)
        if match:
            words = plain(match["words"])
            theirs = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            found.setdefault(theirs, headings.slug(words))
    return found
