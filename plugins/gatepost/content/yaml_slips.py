"""Find the line in which somebody slipped, where YAML stumbles only further down.

A forgotten colon is noticed at the next field and an open quote at the next quote. So the usual
slips are looked for by their looks, and one counts only if its mend lets YAML read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import yaml
from pydantic import BaseModel

from gatepost.content.declared import model_of, names_in
from gatepost.model.registry import Registry
from gatepost.model.release import FrontMatter

WIDE_COLON = "\uff1a"
"""The colon of Chinese and Japanese keyboards."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIELD = re.compile(r"(?P<before>\s*(?:- )*[\w-]+:\s+)(?P<value>\S.*)")
_BARE = re.compile(r"(?!\s*(?:#|- ))(?!.*:(?:\s|$))\s*\S.*")
"""A line that is neither a field nor an item nor a comment."""
_HYPHEN = re.compile(r"(?P<indent>\s*)-(?P<item>[^\W\d_].*|[\"'@\u201c].*)")
_NAMED = re.compile(
    rf"(?P<before>\s*(?:- )*)(?P<name>[A-Za-z][\w-]*)(?P<colon>\s*{WIDE_COLON})?\s*(?P<value>.*)"
)
_OPEN = re.compile(r"\s*(?:- )*(?:[\w-]+:\s+)?(?:[\[{].*[\s\[{])?([\"'])")
_CLOSERS = re.compile(r"[\]}]+\s*$")
_BLOCK_TEXT = re.compile(r"[|>][-+\d]*")
_MOST_MENDED = 400
"""Characters; a longer line is not written out."""


class Slip(NamedTuple):
    """One line that is not what its author meant."""

    row: int
    """From 0, in the text that was parsed."""
    column: int
    """From 1."""
    why: str
    """What the line does, as the rest of a sentence that begins with it."""
    fix: str
    mended: tuple[str, ...]
    """What stands instead of the line and those behind it, as many as there are."""


def slip_behind(lines: list[str], error: yaml.MarkedYAMLError) -> Slip | None:
    """The slip that YAML stumbled over; None if there is no usual one.

    Args:
        lines: What was parsed.
        error: What the parser said.
    """
    stumbled = _where(error)
    for slip in _suspects(lines, error):
        below = lines[slip.row + len(slip.mended) :]
        if _stumbles_at([*lines[: slip.row], *slip.mended, *below]) > stumbled:
            return slip
    return None


def with_colon(line: str) -> str:
    """The way out for a field of ours without its colon; empty for any other line."""
    match = _NAMED.fullmatch(line)
    if match is None or not (match["colon"] or match["name"].lower() in _names()):
        return ""
    name = match["name"] if match["colon"] else match["name"].lower()
    return f"{match['before']}{name}: {match['value']}".rstrip()


def without_glue(line: str) -> str:
    """The way out for an item whose hyphen has no space behind it; empty for any other line."""
    match = _HYPHEN.fullmatch(line)
    return f"{match['indent']}- {match['item']}" if match else ""


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


@cache
def _names() -> frozenset[str]:
    """Every field that our own blocks have, in an entry and in the registry."""
    names = set[str]()
    seen = set[type[BaseModel]]()
    pending: list[type[BaseModel]] = [FrontMatter, Registry]
    while pending:
        model = pending.pop()
        if model in seen:
            continue
        seen.add(model)
        names.update(names_in(model))
        blocks = (model_of(info) for info in model.model_fields.values())
        pending.extend(block for block in blocks if block is not None)
    return frozenset(names)


def _where(error: yaml.MarkedYAMLError) -> tuple[int, int]:
    """The line at which YAML gave up, and the one at which what it was reading begins."""
    problem, context = error.problem_mark, error.context_mark
    begun = context.line if context else -1
    return (problem.line if problem else begun), begun


def _stumbles_at(lines: list[str]) -> tuple[float, float]:
    try:
        for _ in yaml.parse("\n".join(lines), Loader=_LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        return _where(error)
    return float("inf"), 0


def _suspects(lines: list[str], error: yaml.MarkedYAMLError) -> Iterator[Slip]:
    gave_up, begun = _where(error)
    last = min(gave_up, len(lines) - 1)
    above = next((one for one in range(last - 1, -1, -1) if lines[one].strip()), 0)
    for row in dict.fromkeys((begun, above, last)):
        if 0 <= row < len(lines) and _BARE.fullmatch(lines[row]):
            yield from _bare(lines, row)
    yield from _open_quote(lines, last)
    if error.problem_mark and gave_up == last:
        yield from _second_colon(lines[last], last, error.problem_mark.column)


def _bare(lines: list[str], row: int) -> Iterator[Slip]:
    """A line without a colon: an item, a field, or more of the text above."""
    line = lines[row]
    indent = len(line) - len(line.lstrip())
    if item := without_glue(line):
        why = "has no space after its hyphen"
        yield Slip(row, indent + 1, why, f"write: {item.strip()}", (item,))
    upper = _FIELD.fullmatch(lines[row - 1]) if row else None
    more = f"or, if it belongs to the text above, begin it with {indent + 2} spaces"
    field = with_colon(line)
    if field and not _is_taken(lines, field, indent):
        why = "has no colon after the name"
        if line.count(WIDE_COLON) > field.count(WIDE_COLON):
            why = "has a full-width colon, which does not count as one"
        fix = f"write: {field.strip()}"
        if upper is not None and " " in upper["value"].strip():
            fix += f"; {more}"
        yield Slip(row, indent + 1, why, fix, (field,))
    if upper is not None and upper["value"][0] not in "[{\"'":
        yield _continued(lines, row, indent, upper)


def _is_taken(lines: list[str], field: str, indent: int) -> bool:
    """Whether the field stands elsewhere in the same column, so that the line is text."""
    name = f"{' ' * indent}{field.strip().partition(':')[0]}:"
    return any(line.startswith(name) for line in lines)


def _continued(lines: list[str], row: int, indent: int, upper: re.Match[str]) -> Slip:
    end = row
    while end < len(lines) and _BARE.fullmatch(lines[end]):
        end += 1
    deeper = " " * (len(upper["before"]) - len(upper["before"].lstrip()) + 2)
    mended = tuple(f"{deeper}{line.strip()}" for line in lines[row:end])
    many = end - row > 1
    fix = f"begin {'these lines' if many else 'it'} with {len(deeper)} spaces"
    joined = " ".join(line.strip() for line in lines[row - 1 : end])
    if not _BLOCK_TEXT.fullmatch(upper["value"].strip()) and len(joined) < _MOST_MENDED:
        fix += f", or write them and the one above as one: {joined}"
        fix = fix if many else fix.replace("them and the one above", "both lines")
    why = "is more of the text above, but not indented"
    return Slip(row, indent + 1, why, fix, mended)


def _open_quote(lines: list[str], last: int) -> Iterator[Slip]:
    """The nearest line above that opens a quote and does not close it."""
    for row in range(last - 1, -1, -1):
        line = lines[row]
        opened = _OPEN.match(line)
        if opened is None or line.count(opened[1], opened.start(1)) % 2 == 0:
            continue
        begin, quote = line[: opened.start(1)], opened[1]
        if (tail := _CLOSERS.search(line)) and {*begin} & {"[", "{"}:
            mended = f"{line[: tail.start()]}{quote}{tail.group()}".rstrip()
        else:
            mended = begin + in_quotes(line[opened.end(1) :].strip(), begin)
        why = "cannot be read: a quote is not closed"
        yield Slip(row, len(begin) + 1, why, f"write: {mended.strip()}", (mended,))
        return


def _second_colon(line: str, row: int, column: int) -> Iterator[Slip]:
    """A value between brackets that holds a colon of its own."""
    if line[column : column + 1] != ":":
        return
    begin = max(line.rfind(sign, 0, column) for sign in ",{[") + 1
    name, colon, value = line[begin:column].partition(": ")
    end = re.search(r"[,\]}]", line[column:])
    stop = column + end.start() if end else len(line)
    if not begin or not colon:
        return
    whole = (value + line[column:stop]).strip()
    mended = f"{line[:begin]}{name}: {in_quotes(whole)}{line[stop:]}"
    why = "cannot be read: it has a second colon between its brackets"
    yield Slip(row, column + 1, why, f"write: {mended.strip()}", (mended,))
