"""Say in plain words why YAML cannot be read, with the line to type instead."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from gatepost.content import laws
from gatepost.content.fences import short
from gatepost.content.yaml_brackets import in_quotes, with_straight_quotes
from gatepost.content.yaml_slips import FIELD, glued, slip_behind
from gatepost.model.finding import Finding, Place

_CURLY = re.compile("[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a]")
_WRAPPED = re.compile(
    "[\u201c\u201e\u00ab\u2018\u201a]([^\u201c-\u201e\u00ab\u00bb]+)[\u201c\u201d\u00bb\u2018\u2019]"
)
_WORD = re.compile(r"[^\s,\[\]{}\"]+")
_COMMENT = re.compile(r"[\s\[{]#")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CANNOT = "cannot be read:"
_SECOND_COLON = "mapping values are not allowed"
_NO_COLON = "could not find expected ':'"
_WORDS = {
    "cannot start any token": "it begins with a sign such as @ or %",
    _NO_COLON: "there is no colon after the name",
    "expected alphabetic": "it begins with a sign that YAML keeps for itself",
    "sequence entries are not allowed": "a list begins on a line of its own",
    "unknown escape character": "a backslash means something else between these quotes",
    "expected comment": "it begins with a sign that YAML keeps for itself",
    "expected chomping": "it begins with a sign that YAML keeps for itself",
    "did not find expected node content": "there is a comma or bracket too many",
    "expected the node content": "there is a comma or bracket too many",
    "did not find expected": "it is not indented like the lines around it",
    "expected <block end>": "it is not indented like the lines around it",
}
"""What the two parsers of PyYAML say, and what that means; the first that fits counts."""
_GENERAL = "put quotes around text that holds a colon, a bracket or another such sign"


class _Fault(NamedTuple):
    """What is wrong with one line."""

    row: int
    """From 0, in the text that was parsed."""
    column: int
    """From 1."""
    why: str
    """What the line does, as the rest of a sentence that begins with it."""
    fix: str


def unreadable(
    text: str, error: yaml.MarkedYAMLError, path: str, first_line: int
) -> Finding:
    """The finding for a text that breaks the grammar of YAML.

    Args:
        text: What was parsed.
        error: What the parser said.
        path: The file.
        first_line: Line of the file on which *text* begins, from 1.
    """
    lines = text.split("\n")
    fault = _fault(lines, error)
    place = Place(path, fault.row + first_line, fault.column)
    sentence = f"`{short(lines[fault.row])}` {fault.why}"
    return laws.broken(laws.UNREADABLE_FRONT_MATTER, place, sentence, fault.fix)


def curly(line: str) -> str:
    """The same line with straight quotes where they are meant, as a way out."""
    field = FIELD.fullmatch(line)
    if field is None:
        return f"write: {_CURLY.sub(chr(34), line).strip()}"
    if field["value"][0] in "[{":
        return f"write: {with_straight_quotes(line).strip()}"
    whole = _WRAPPED.fullmatch(field["value"].strip())
    return _write(field["before"], whole.group(1) if whole else field["value"])


def is_in_curly_quotes(value: str) -> bool:
    """Whether a text is wrapped in quotes that YAML takes for letters."""
    return _WRAPPED.fullmatch(value) is not None


def quoted(line: str) -> str:
    """The same field with its value in quotes, as a way out."""
    match = FIELD.fullmatch(line)
    return _write(match["before"], match["value"]) if match else _GENERAL


def _write(before: str, value: str) -> str:
    return f"write: {before.strip()} {in_quotes(value.strip())}"


def _fault(lines: list[str], error: yaml.MarkedYAMLError) -> _Fault:
    if slip := slip_behind(lines, error):
        return _Fault(slip.row, slip.column, slip.why, slip.fix)
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    if _NO_COLON in problem and error.context_mark:
        mark = error.context_mark
    row, column = _spot(lines, mark)
    for near in (row, row - 1):
        if near >= 0 and (fix := glued(lines[near])):
            begin = len(lines[near]) - len(lines[near].lstrip()) + 1
            return _Fault(near, begin, "has no space after its colon", fix)
    field = FIELD.fullmatch(lines[row])
    if field and _CURLY.match(field["value"]):
        why = "has curly quotes, which do not count as quotes"
        return _Fault(row, column, why, curly(lines[row]))
    if "flow" in context and _COMMENT.search(_QUOTED.sub("", lines[row])):
        why = "has a # without quotes, and what follows it is a comment"
        return _Fault(row, 1, why, "put quotes around each text that holds a #")
    if "quoted scalar" in context and "escape" not in problem:
        return _open_quote(lines, error)
    if "flow" in context and "node content" not in problem:
        return _open_bracket(lines, error)
    return _on_its_line(lines[row], row, column, problem)


def _spot(lines: list[str], mark: yaml.Mark | None) -> tuple[int, int]:
    """The line a mark points at; a mark behind the last line belongs to the last one with text."""
    row = min(mark.line, len(lines) - 1) if mark else 0
    if lines[row].strip() or mark is None:
        return row, mark.column + 1 if mark else 1
    row = next((one for one in range(row, -1, -1) if lines[one].strip()), 0)
    return row, 1


def _open_quote(lines: list[str], error: yaml.MarkedYAMLError) -> _Fault:
    row, column = _spot(lines, error.context_mark or error.problem_mark)
    line, at = lines[row], column - 1
    fix = _write(line[:at], line[at + 1 :]) if line[:at].strip() else "close the quote"
    return _Fault(row, column, f"{_CANNOT} a quote is not closed", fix)


def _open_bracket(lines: list[str], error: yaml.MarkedYAMLError) -> _Fault:
    row, column = _spot(lines, error.context_mark or error.problem_mark)
    line, at = lines[row], column - 1
    end = {"[": "]", "{": "}"}.get(line[at : at + 1], "]")
    fix = f"add `{end}` where it ends"
    if FIELD.fullmatch(line):
        fix += f"; if it is text, {quoted(line)}"
    why = f"{_CANNOT} a bracket {line[at : at + 1]} is not closed"
    return _Fault(row, column, why, fix)


def _on_its_line(line: str, row: int, column: int, problem: str) -> _Fault:
    field = FIELD.fullmatch(line)
    value = field["value"].strip() if field else ""
    if _SECOND_COLON in problem and ": " not in f"{value} ":
        why = "is indented deeper than the line above"
        return _Fault(row, 1, why, f"begin it where that line begins: {line.strip()}")
    if _SECOND_COLON in problem:
        return _Fault(row, column, f"{_CANNOT} it has a second colon", quoted(line))
    if value[:1] in {"[", "{", '"', "'"} and "expected" in problem:
        why = "has more text behind its closing quote or bracket"
        return _Fault(row, column, why, quoted(line))
    why = next((plain for said, plain in _WORDS.items() if said in problem), "")
    fix = quoted(line)
    if value[:1] in {"[", "{"} and (word := _WORD.match(line, column - 1)):
        fix = f'put quotes around it: "{word.group()}"'
    elif "backslash" in why and field:
        fix = _write(field["before"], value.strip('"'))
    if "indented" in why:
        fix = "begin it in the same column as the fields around it"
    elif "no colon" in why:
        fix = f"write a name and a colon before it, or move it below `{'-' * 3}`"
    why = f"{_CANNOT} {why or 'it is not clear what is meant'}"
    return _Fault(row, column, why, fix)
