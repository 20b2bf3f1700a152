"""Find the line in which somebody slipped, where YAML stumbles only further down.

A forgotten colon is noticed at the next field and an open quote at the next quote. So the usual
slips are looked for by their looks, and one counts only if its mend lets YAML read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

import yaml
from pydantic import BaseModel

from gatepost.content.declared import model_of, names_in
from gatepost.content.yaml_brackets import in_quotes, mends_in_brackets
from gatepost.model.registry import Registry
from gatepost.model.release import FrontMatter
from gatepost.model.translation import Wording

WIDE_COLON = "\uff1a"
"""The colon of Chinese and Japanese keyboards."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FIELD = re.compile(r"(?P<before>\s*(?:- )*[\w-]+:\s+)(?P<value>\S.*)")
"""A line with a name and its value."""
_COLON = re.compile(r":(?:\s|$)")
_BRACKETED = re.compile(r"[\[{].*")
_GLUED = re.compile(
    r"(?P<before>\s*(?:- )*)(?P<name>[A-Za-z][\w-]*):(?P<value>[^\s/:'\"].*)"
)
_HYPHEN = re.compile(r"(?P<indent>\s*)-(?P<item>[^\W\d_].*|[\"'@\u201c].*)")
_NAMED = re.compile(
    rf"(?P<before>\s*(?:- )*)(?P<name>[A-Za-z][\w-]*)(?P<colon>\s*{WIDE_COLON})?\s*(?P<value>.*)"
)
_OPEN = re.compile(r"\s*(?:- )*(?:[\w-]+:\s+)?(?:[\[{].*[\s\[{])?([\"'])")
_BLOCK_TEXT = re.compile(r"[|>][-+\d]*")
_MOST_TRIED = 24
"""Each is a pass over the whole text."""
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
    stumbled = _where(lines, error)
    for slip in islice(_suspects(lines, error), _MOST_TRIED):
        below = lines[slip.row + len(slip.mended) :]
        if _stumbles_at([*lines[: slip.row], *slip.mended, *below]) > stumbled:
            return slip
    return None


def with_colon(line: str) -> str:
    """The way out for a field of ours without its colon; empty for any other line."""
    match = _NAMED.fullmatch(line)
    if match is None:
        return ""
    known = match["name"].lower() in _names()
    block = match["value"][:1] in {"[", "{"} or match["name"].startswith("x-")
    if not (match["colon"] or known or block):
        return ""
    name = match["name"].lower() if known else match["name"]
    return f"{match['before']}{name}: {match['value']}".rstrip()


def without_glue(line: str) -> str:
    """The way out for an item whose hyphen has no space behind it; empty for any other line."""
    match = _HYPHEN.fullmatch(line)
    return f"{match['indent']}- {match['item']}" if match else ""


def glued(line: str) -> str:
    """The way out for a field whose colon has no space behind it; empty for any other line."""
    match = _GLUED.fullmatch(line)
    if match is None:
        return ""
    return f"write: {match['before'].lstrip()}{match['name']}: {match['value'].strip()}"


@cache
def _names() -> frozenset[str]:
    """Every field that our own blocks have, in an entry and in the registry."""
    names = set[str]()
    seen = set[type[BaseModel]]()
    pending: list[type[BaseModel]] = [FrontMatter, Registry, Wording]
    while pending:
        model = pending.pop()
        if model in seen:
            continue
        seen.add(model)
        names.update(names_in(model))
        blocks = (model_of(info) for info in model.model_fields.values())
        pending.extend(block for block in blocks if block is not None)
    return frozenset(names)


def _where(lines: list[str], error: yaml.MarkedYAMLError) -> tuple[int, int, int]:
    """Where YAML gave up: the line, that at which what it was reading begins, what was left."""
    problem, context = error.problem_mark, error.context_mark
    begun = context.line if context else -1
    if problem is None:
        return begun, begun, 0
    length = len(lines[problem.line]) if problem.line < len(lines) else 0
    return problem.line, begun, problem.column - length


def _stumbles_at(lines: list[str]) -> tuple[float, float, float]:
    try:
        for _ in yaml.parse("\n".join(lines), Loader=_LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        return _where(lines, error)
    except yaml.YAMLError:
        pass  # a sign that YAML does not know, further down: told once this is mended
    return float("inf"), 0, 0


def _suspects(lines: list[str], error: yaml.MarkedYAMLError) -> Iterator[Slip]:
    gave_up, begun, _ = _where(lines, error)
    last = min(gave_up, len(lines) - 1)
    above = next((one for one in range(last - 1, -1, -1) if lines[one].strip()), 0)
    rows = [row for row in dict.fromkeys((begun, above, last)) if 0 <= row < len(lines)]
    for row in rows:
        yield from _without_space(lines[row], row)
        if _is_bare(lines[row]) or _has_wide_colon(lines[row]):
            yield from _bare(lines, row)
    for row in rows:
        yield from _in_brackets(lines[row], row)
    yield from _open_quote(lines, last)
    for row in rows:
        if _is_bare(lines[row]):
            why = "cannot be read: there is no colon after the name"
            fix = "write a name and a colon before it, or move it below `---`"
            yield Slip(row, _indent(lines[row]) + 1, why, fix, ("",))


def _is_bare(line: str) -> bool:
    """Whether a line is neither empty nor a field nor a comment."""
    outside = _BRACKETED.sub("", line).strip()
    return bool(outside) and outside[0] != "#" and not _COLON.search(outside)


def _has_wide_colon(line: str) -> bool:
    match = _NAMED.fullmatch(line)
    return match is not None and bool(match["colon"])


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _without_space(line: str, row: int) -> Iterator[Slip]:
    column = _indent(line) + 1
    if item := without_glue(line):
        why = "has no space after its hyphen"
        yield Slip(row, column, why, f"write: {item.strip()}", (item,))
    if fix := glued(line):
        mended = f"{line[: column - 1]}{fix.removeprefix('write: ')}"
        yield Slip(row, column, "has no space after its colon", fix, (mended,))


def _bare(lines: list[str], row: int) -> Iterator[Slip]:
    """A line without a colon: a field, or more of the text above."""
    line = lines[row]
    indent, item = _indent(line), _is_item(line)
    upper = None if item or not row else FIELD.fullmatch(lines[row - 1])
    more = f"or, if it belongs to the text above, begin it with {indent + 2} spaces"
    field = with_colon(line)
    if field and (item or upper is None or not _is_taken(lines, row, field)):
        why = "has no colon after the name"
        if line.count(WIDE_COLON) > field.count(WIDE_COLON):
            why = "has a full-width colon, which does not count as one"
        fix = f"write: {field.strip()}"
        if upper is not None and " " in upper["value"].strip():
            fix += f"; {more}"
        yield Slip(row, indent + 1, why, fix, (field,))
    if upper is not None and upper["value"][0] not in "[{\"'":
        yield _continued(lines, row, upper)


def _is_taken(lines: list[str], row: int, field: str) -> bool:
    """Whether the same block has that field already, so that the line is text."""
    indent, name = _indent(field), f"{field.strip().partition(':')[0]}:"
    for way in (range(row - 1, -1, -1), range(row + 1, len(lines))):
        for other in way:
            line = lines[other]
            if _is_item(line) and _indent(line) + 2 == indent and other < row:
                return line.strip().removeprefix("- ").startswith(name)
            if line.strip() and _indent(line) < indent:
                break
            if _indent(line) == indent and line.strip().startswith(name):
                return True
    return False


def _continued(lines: list[str], row: int, upper: re.Match[str]) -> Slip:
    end = row
    while end < len(lines) and _is_bare(lines[end]) and not _is_item(lines[end]):
        end += 1
    deeper = " " * (_indent(upper["before"]) + 2)
    mended = tuple(f"{deeper}{line.strip()}" for line in lines[row:end])
    many = end - row > 1
    fix = f"begin {'these lines' if many else 'it'} with {len(deeper)} spaces"
    joined = " ".join(line.strip() for line in lines[row - 1 : end])
    if not _BLOCK_TEXT.fullmatch(upper["value"].strip()) and len(joined) < _MOST_MENDED:
        both = "them and the one above" if many else "both lines"
        fix += f", or write {both} as one: {joined}"
    why = "is more of the text above, but not indented"
    return Slip(row, _indent(lines[row]) + 1, why, fix, mended)


def _in_brackets(line: str, row: int) -> Iterator[Slip]:
    for column, why, mended in mends_in_brackets(line):
        yield Slip(row, column, why, f"write: {mended.strip()}", (mended,))


def _open_quote(lines: list[str], last: int) -> Iterator[Slip]:
    """The nearest line above that opens a quote and does not close it."""
    for row in range(last - 1, -1, -1):
        line = lines[row]
        opened = _OPEN.match(line)
        if opened is None or line.count(opened[1], opened.start(1)) % 2 == 0:
            continue
        begin = line[: opened.start(1)]
        if {*begin} & {"[", "{"}:
            yield from _in_brackets(line, row)
            return
        mended = begin + in_quotes(line[opened.end(1) :].strip(), begin)
        why = "cannot be read: a quote is not closed"
        yield Slip(row, len(begin) + 1, why, f"write: {mended.strip()}", (mended,))
        return
