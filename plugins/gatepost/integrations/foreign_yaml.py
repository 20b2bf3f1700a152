"""Read front matter that other generators' authors wrote, in whatever dialect they wrote it.

Our own entries are read strictly (`gatepost.content`). Here nothing is refused that can be
understood: the text belongs to others, and an import must not lose it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from gatepost.integrations.planned import Tree

MAX_EVENTS = 20_000
MAX_DEPTH = 20
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_PLAIN_KEY = re.compile(r"(?P<key>[A-Za-z_][\w. -]*?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_KEY_ROW = re.compile(
    r"""["']?[^\W\d][\w. $-]{0,60}["']?[ \t]*(?::(?:[ \t]|$)|=)|[{\[]"""
)
_TOML_KEY = re.compile(r"^\s*([\w-]+)\s*=")
_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ForeignFrontMatter:
    """What stood above the body, as text, with the line of every key."""

    values: dict[str, Tree] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """Key to line of the file, from 1."""
    found: bool = False
    """Whether there was a front matter at all."""
    faults: tuple[tuple[int, str], ...] = ()
    """Line and sentence of what could not be read."""
    body: str = ""
    body_line: int = 1
    """Line of the file on which the body begins."""


class _Unreadable(Exception):
    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


def split_front_matter(text: str) -> ForeignFrontMatter:
    """Part a file's text into front matter and body.

    Args:
        text: The file's text, with any line ends, a byte order mark or blank lines in front.

    Returns:
        Front matter as plain text values. Broken YAML is read line by line, and said so in
        `faults`; a front matter that never closes is taken for body.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = lines.split("\n")
    first = next((number for number, row in enumerate(rows) if row.strip()), 0)
    fence = rows[first].rstrip()
    if fence not in _FENCES or not _begins_with_key(rows[first + 1 :], fence):
        return ForeignFrontMatter(body=lines)
    last = _closing(rows, first, _FENCES[fence])
    if last is None:
        fault = (
            first + 1,
            "the front matter is never closed, so all of it was taken for text",
        )
        return ForeignFrontMatter(body=lines, faults=(fault,))
    block = "\n".join(rows[first + 1 : last])
    read = _read_toml if fence == "+++" else _read_yaml
    values, places, faults = read(block, first + 2)
    body = "\n".join(rows[last + 1 :])
    return ForeignFrontMatter(
        values, places, found=True, faults=tuple(faults), body=body, body_line=last + 2
    )


def whole_front_matter(text: str) -> ForeignFrontMatter:
    """Read a file that is all front matter, such as a `kep.yaml`; broken YAML line by line."""
    values, places, faults = _read_yaml(text.removeprefix("\ufeff"), 1)
    return ForeignFrontMatter(values, places, found=True, faults=tuple(faults))


def _begins_with_key(rows: list[str], fence: str) -> bool:
    """Tell a front matter from a line drawn above a text."""
    for row in rows:
        if row.strip() and not row.startswith("#"):
            return row.rstrip() == fence or _KEY_ROW.match(row) is not None
    return False


def _closing(rows: list[str], first: int, closers: tuple[str, ...]) -> int | None:
    after = range(first + 1, len(rows))
    return next((number for number in after if rows[number].rstrip() in closers), None)


_Read = tuple[dict[str, Tree], dict[str, int], list[tuple[int, str]]]


def _read_yaml(block: str, first_line: int) -> _Read:
    try:
        return _Events(_BREAKS.sub(" ", block), first_line).top()
    except _Unreadable as fault:
        line, why = fault.line, fault.why
    values, places = _by_lines(block, first_line)
    why = f"the front matter is no valid YAML ({why}), so it was read line by line"
    return values, places, [(line, why)]


class _Events:
    """Walks the events of one block; nothing is built that the text did not spell out."""

    def __init__(self, block: str, first_line: int) -> None:
        self._events = _events(block, first_line)
        self._first_line = first_line
        self.faults: list[tuple[int, str]] = []

    def top(self) -> _Read:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            return {}, {}, []
        root = next(self._events)
        if not isinstance(root, yaml.MappingStartEvent):
            raise _Unreadable(self._line(root), "it is no list of `key: value` lines")
        places: dict[str, int] = {}
        values = self._block(1, places)
        return values, places, self.faults

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + (
            int(event.start_mark.line) if event.start_mark else 0
        )

    def _block(
        self, depth: int, places: dict[str, int] | None = None
    ) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Unreadable(self._line(event), "a key is no plain word")
            value = self._value(next(self._events), depth)
            if event.value in values:
                why = f"`{event.value}` stands there twice; the second was left out: {value}"
                self.faults.append((self._line(event), why))
                continue
            values[event.value] = value
            if places is not None:
                places[event.value] = self._line(event)
        return values

    def _value(self, event: yaml.Event, depth: int) -> Tree:
        if depth > MAX_DEPTH:
            raise _Unreadable(self._line(event), "it is nested too deep")
        if isinstance(event, yaml.ScalarEvent):
            plain_null = event.style is None and event.value in {"~", "null"}
            return "" if plain_null else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(depth + 1))
        if isinstance(event, yaml.MappingStartEvent):
            return self._block(depth + 1)
        raise _Unreadable(self._line(event), "it refers to another place with `*`")

    def _items(self, depth: int) -> Iterator[Tree]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._value(event, depth)


def _events(block: str, first_line: int) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for count, event in enumerate(yaml.parse(block, Loader=loader)):
            if count > MAX_EVENTS:
                raise _Unreadable(first_line, "it is absurdly long")
            yield event
    except yaml.MarkedYAMLError as fault:
        line = first_line + (fault.problem_mark.line if fault.problem_mark else 0)
        raise _Unreadable(line, fault.problem or "it cannot be parsed") from None
    except yaml.YAMLError:
        raise _Unreadable(
            first_line, "it holds characters YAML does not allow"
        ) from None


def _by_lines(block: str, first_line: int) -> tuple[dict[str, Tree], dict[str, int]]:
    """Make the best of broken YAML: `key: value` at the margin, and `- item` below a key."""
    values: dict[str, Tree] = {}
    places: dict[str, int] = {}
    key = ""
    for number, row in enumerate(block.split("\n"), first_line):
        if match := _PLAIN_KEY.match(row):
            key = match["key"]
            values.setdefault(key, _unquoted(match["value"] or ""))
            places.setdefault(key, number)
        elif key and row.strip():
            values[key] = _continued(values[key], row.strip())
    return values, places


def _continued(value: Tree, row: str) -> Tree:
    if row.startswith("- "):
        items = [value] if isinstance(value, str) and value else []
        return [*(value if isinstance(value, list) else items), _unquoted(row[2:])]
    return f"{value} {row}".strip() if isinstance(value, str) else value


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def _read_toml(block: str, first_line: int) -> _Read:
    places = {
        match[1]: number
        for number, row in enumerate(block.split("\n"), first_line)
        if (match := _TOML_KEY.match(row))
    }
    try:
        tree = tomllib.loads(block)
    except tomllib.TOMLDecodeError as fault:
        why = f"the front matter is no valid TOML, so nothing of it was placed: {fault}"
        return {}, {}, [(first_line, why)]
    values = {key: _as_text(value) for key, value in tree.items()}
    return values, {key: places.get(key, first_line) for key in values}, []


def _as_text(value: object) -> Tree:
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    iso = getattr(value, "isoformat", None)
    return str(iso()) if iso else str(value)
