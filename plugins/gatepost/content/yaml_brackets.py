"""Mend one line of YAML whose value stands between brackets: quotes, colons, closing brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CURLY = re.compile(
    "[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a](\\S.*?)"
    "[\u201c\u201d\u00ab\u00bb\u2018\u2019](?=\\s*(?:[,\\]}:]|$))"
)
"""Text in such quotes, up to where a value between brackets ends."""
_TWO_COLONS = re.compile(
    r"(?P<name>\s*[^:\"']+: )(?P<value>[^\"'\s].*: .*?)(?P<end>\s*)"
)
_LONGEST = 5_000
"""Characters of a line that is looked at; nobody types a longer one by hand."""
_CLOSING = {"[": "]", "{": "}"}
_QUOTES = frozenset("\"'")
_MARKS = frozenset(",[]{}")


class Mend(NamedTuple):
    """A line as it may be meant."""

    column: int
    """Where the culprit stands, from 1."""
    why: str
    """What the line does, as the rest of a sentence that begins with it."""
    line: str


def mends_in_brackets(line: str) -> Iterator[Mend]:
    """What the line may be meant as, the likeliest first; whoever asks must try it."""
    begin = min((at for at in map(line.find, _CLOSING) if at >= 0), default=-1)
    if begin < 0 or len(line) > _LONGEST:
        return
    straight = with_straight_quotes(line)
    if straight != line:
        why = "has curly quotes, which do not count as quotes"
        yield Mend(begin + 1, why, straight)
    yield from _closed_quotes(line, begin)
    yield from _quoted_colons(straight, begin)
    if missing := _missing(line, begin):
        end = "".join(_CLOSING[one] for one in reversed(missing))
        why = f"cannot be read: a bracket {missing[-1]} is not closed"
        yield Mend(begin + 1, why, f"{line.rstrip()}{end}")


def with_straight_quotes(line: str) -> str:
    """The line with straight quotes around each value between brackets that has curly ones."""
    return _CURLY.sub(lambda match: in_quotes(match.group(1)), line)


def in_quotes(text: str, beside: str = "") -> str:
    """The text in those quotes that need fewer changes inside.

    Args:
        text: What shall stand between the quotes.
        beside: What else stands on its line.
    """
    if ('"' in text or "\\" in text) and "'" not in text + beside:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _closed_quotes(line: str, begin: int) -> Iterator[Mend]:
    """Each quote that nothing closes before its value ends."""
    odd = {quote for quote in _QUOTES if line.count(quote) % 2}
    for at in range(begin + 1, len(line)):
        if line[at] not in odd or line[:at].rstrip()[-1] not in ":,[{":
            continue
        end = re.search(r"\s*[,\]}]", line[at + 1 :])
        if end is None or line[at] in line[at + 1 : at + 1 + end.start()]:
            continue
        stop = at + 1 + end.start()
        why = "cannot be read: a quote is not closed"
        yield Mend(at + 1, why, f"{line[:stop]}{line[at]}{line[stop:]}")


def _quoted_colons(line: str, begin: int) -> Iterator[Mend]:
    """Every value that holds a colon of its own, in quotes."""
    mended, column = line, 0
    for start, stop in reversed([*_values(line, begin)]):
        if match := _TWO_COLONS.fullmatch(line, start, stop):
            value = in_quotes(match["value"])
            mended = (
                f"{mended[:start]}{match['name']}{value}{match['end']}{mended[stop:]}"
            )
            column = match.start("value") + match["value"].index(": ") + 1
    if column:
        why = "cannot be read: it has a second colon between its brackets"
        yield Mend(column, why, mended)


def _values(line: str, begin: int) -> Iterator[tuple[int, int]]:
    """First offset and the offset after the last of whatever stands between two marks."""
    at, start = begin, begin + 1
    while at < len(line):
        if line[at] in _MARKS:
            yield start, max(start, at)
            start = at + 1
        elif _opens_quote(line, start, at):
            end = line.find(line[at], at + 1)
            at = end if end > 0 else len(line)
        at += 1


def _missing(line: str, begin: int) -> list[str]:
    """The brackets that are open at the end of the line."""
    opened: list[str] = []
    at, start = begin, begin
    while at < len(line):
        if line[at] in _CLOSING:
            opened.append(line[at])
        elif line[at] in "]}" and opened:
            opened.pop()
        elif _opens_quote(line, start, at):
            end = line.find(line[at], at + 1)
            at = end if end > 0 else len(line)
        if at < len(line) and line[at] in _MARKS:
            start = at + 1
        at += 1
    return opened


def _opens_quote(line: str, start: int, at: int) -> bool:
    """An apostrophe inside a word is none."""
    if line[at] not in _QUOTES:
        return False
    before = line[start:at].rstrip()
    return not before or before.endswith(":")
