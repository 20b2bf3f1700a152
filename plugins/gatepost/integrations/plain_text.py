"""Take the marks of Markdown and HTML out of one line of text."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator

_KNOWN_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|code|div|em|font|i|img|kbd|mark|p|s|small|span|strong|sub|sup|u)\b[^<>]*>",
    re.IGNORECASE,
)
_TICKS = re.compile("`+")
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]{0,500}\]){0,500})\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,500}\])"
)
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)(.{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<!\w)([*_])(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+.!|~-])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")


def plain(text: str) -> str:
    """Leave only the words."""
    return with_code(text).replace("`", "")


def with_code(text: str) -> str:
    """Leave the words, and the marks of `code`."""
    return "".join(_pieces(" ".join(text.split()))).strip()


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for start, end, length in _code_spans(text):
        yield _without_marks(text[at:start].replace("`", ""))
        code = text[start + length : end - length].replace("`", "").strip()
        yield f"`{code}`" if code else ""
        at = end
    yield _without_marks(text[at:].replace("`", ""))


def _code_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Find code: begin, end, and how many ticks stand on each side."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    partners: dict[int, list[int]] = defaultdict(list)
    for number in range(len(runs) - 1, -1, -1):
        partners[runs[number][1] - runs[number][0]].append(number)
    number = 0
    while number < len(runs):
        start, end = runs[number]
        waiting = partners[end - start]
        while waiting and waiting[-1] <= number:
            waiting.pop()
        if waiting:
            yield start, runs[waiting[-1]][1], end - start
            number = waiting[-1]
        number += 1


def _without_marks(text: str) -> str:
    text = _KNOWN_TAG.sub("", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    text = html.unescape(_ESCAPED.sub(r"\1", text))
    return _TAG.sub(lambda match: f"`{match[0]}`", text)
