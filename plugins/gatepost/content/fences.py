"""Cut a file at the two lines of three hyphens around its front matter.

Other readers disagree about what front matter is after an empty line, between four hyphens or
before three dots. What one takes for fields another would publish as text, so all of it is refused.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gatepost.content import laws
from gatepost.content.refusal import Refusal
from gatepost.model.finding import Finding, Place

FENCE = "---"
MOST_BYTES = 64 * 1024
_ANY_FENCE = re.compile(r"-{3,}|\.{3}|…|\+{3,}|–+-*|—+-*")
_HYPHENS = f"write three hyphens: {FENCE}"
_QUOTED = 40


class Cut(NamedTuple):
    """A file in two."""

    block: str
    """The front matter, without its fences; every line with its end."""
    body: str
    body_line: int
    """Line of the file on which the body begins, from 1."""


def cut_at_fences(text: str, path: str) -> Cut:
    """Cut a file into front matter and body.

    Raises:
        Refusal: It does not begin with `---`, or nothing ends the front matter.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip(" \t") != FENCE:
        raise Refusal(_not_begun(text, first, path))
    lines = rest.split("\n")
    for number, line in enumerate(lines):
        if line.rstrip(" \t") == FENCE:
            block = "".join(f"{one}\n" for one in lines[:number])
            if len(block.encode()) > MOST_BYTES:
                raise Refusal(_too_long(block, path))
            return Cut(block, "\n".join(lines[number + 1 :]), number + 3)
        if _ANY_FENCE.fullmatch(line.rstrip()):
            sentence = f"the front matter is closed by `{short(line)}`"
            place = Place(path, number + 2)
            law = laws.UNCLOSED_FRONT_MATTER
            raise Refusal(laws.broken(law, place, sentence, _HYPHENS))
    raise Refusal(_not_ended(lines, path))


def short(text: str, most: int = _QUOTED) -> str:
    """A text that fits into a sentence."""
    text = text.strip()
    return text if len(text) <= most else f"{text[:most]}…"


def _not_begun(text: str, first: str, path: str) -> Finding:
    law, lines = laws.MISSING_FRONT_MATTER, text.split("\n")
    at = next((number for number, line in enumerate(lines) if line.strip()), None)
    if at is None:
        return laws.broken(law, Place(path), "the file is empty")
    if _ANY_FENCE.fullmatch(first.strip()):
        sentence = f"the first line is `{short(first)}`, not three hyphens"
        if first.strip() == FENCE:
            sentence = "the first line has a space before its three hyphens"
        return laws.broken(law, Place(path), sentence, _HYPHENS)
    if lines[at].strip() == FENCE:
        fix = f"delete the empty lines above `{FENCE}`"
        sentence = "the file begins with an empty line"
        return laws.broken(law, Place(path), sentence, fix)
    sentence = f"the file begins with `{short(lines[at])}`, not with front matter"
    return laws.broken(law, Place(path, at + 1), sentence)


def _not_ended(lines: list[str], path: str) -> Finding:
    law = laws.UNCLOSED_FRONT_MATTER
    for number, line in enumerate(lines):
        if line.strip() == FENCE:
            sentence = "the line that closes the front matter does not begin with `-`"
            fix = f"delete the space before `{FENCE}`"
            return laws.broken(law, Place(path, number + 2), sentence, fix)
    return laws.broken(law, Place(path), "the front matter is not closed")


def _too_long(block: str, path: str) -> Finding:
    sentence = f"the front matter is {len(block.encode()) // 1024} KB long"
    return laws.broken(laws.OVERSIZED_FRONT_MATTER, Place(path, 2), sentence)
