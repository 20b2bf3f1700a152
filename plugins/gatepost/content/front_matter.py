"""Read front matter strictly, with the line and column of every key and value.

YAML's events are walked, never composed: composing recurses in C and crashes on deep nesting,
expands references, and loses duplicates and places. Text stays text; the model gives it types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from gatepost.content import laws
from gatepost.model.finding import Finding, Law, Place
from gatepost.model.release import PathInFile

MOST_BYTES = 64 * 1024
MOST_FILE_BYTES = 4 * 1024 * 1024
MOST_DEPTH = 20
MOST_EVENTS = 5_000
FENCE = "---"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# With the signs that turn the direction of text: a reviewer would read another word than YAML.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff\ufffe\uffff]"
)
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_ANY_FENCE = re.compile(r"-{3,}|\.\.\.|\+{3,}|–+-*|—+-*")
_LINE_BREAK = re.compile(r"\r\n?")
_TYPOGRAPHIC = re.compile("[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]")
_FIELD = re.compile(r"(?P<before>\s*(?:- )?[\w-]+:\s+)(?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file cut into fields and body; nothing of it is used if there are findings."""

    tree: dict[str, Any]
    """Fields: text, True, False, None, lists and dicts of them."""
    places: dict[PathInFile, Place]
    """Where each value was written (a block: its key); `()` is the first line."""
    keys: dict[PathInFile, Place]
    """Where the name of each field was written."""
    body: str
    """The text below the front matter, with `\\n` line ends."""
    body_line: int
    """Line of the file on which the body begins, from 1."""
    findings: tuple[Finding, ...] = ()


class _Stop(Exception):  # noqa: N818 - it carries findings, it is no error of ours
    """Reading cannot go on."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__()


def read(raw: bytes, path: str) -> Parsed:
    """Read an entry.

    Args:
        raw: The file's bytes.
        path: Relative to the project's root, for the findings.

    Returns:
        Fields, places and body; or findings, and then no field and no text.
    """
    try:
        block, body, body_line = _split(_decoded(raw, path), path)
    except _Stop as stop:
        return Parsed({}, {}, {}, "", 1, tuple(sorted(stop.findings)))
    handler = Handler(path, block)
    metadata, _ = frontmatter.parse(f"{FENCE}\n{block}{FENCE}\n", handler=handler)
    if handler.findings:
        return Parsed({}, {}, {}, "", 1, tuple(sorted(handler.findings)))
    return Parsed(dict(metadata), handler.places, handler.keys, body, body_line)


def read_yaml(raw: bytes, path: str) -> Parsed:
    """Read a file that is all fields, such as the registry."""
    try:
        walk = _walked(_decoded(raw, path), path, first_line=1)
    except _Stop as stop:
        return Parsed({}, {}, {}, "", 1, tuple(sorted(stop.findings)))
    return Parsed(
        walk.tree, walk.places, walk.keys, "", 1, tuple(sorted(walk.findings))
    )


class Handler(BaseHandler):  # type: ignore[misc]
    """Our reader behind python-frontmatter's interface.

    The library strips the text before a handler sees it, which would shift every line; so the file
    is cut by us, and the handler is given the cut block.
    """

    FM_BOUNDARY = re.compile(rf"^{FENCE}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = FENCE

    def __init__(self, path: str, block: str) -> None:
        """Take the cut block and the name of its file."""
        super().__init__()
        self._path, self._block = path, block
        self.places: dict[PathInFile, Place] = {}
        self.keys: dict[PathInFile, Place] = {}
        self.findings: tuple[Finding, ...] = ()

    def split(self, text: str) -> tuple[str, str]:
        """The block and what is below it; the body is cut by us."""
        del text
        return self._block, ""

    def load(self, fm: str, **_options: object) -> dict[str, Any]:
        """Walk the block; what is wrong stands in `findings`."""
        try:
            walk = _walked(fm, self._path, first_line=2)
        except _Stop as stop:
            self.findings = stop.findings
            return {}
        self.places, self.keys = walk.places, walk.keys
        self.findings = tuple(walk.findings)
        return walk.tree

    def export(self, metadata: dict[str, object], **_options: object) -> str:
        """Nothing is written through the reader: it would lose an author's comments."""
        raise NotImplementedError(metadata)


def _decoded(raw: bytes, path: str) -> str:
    if len(raw) > MOST_FILE_BYTES:
        sentence = f"the file is {len(raw) / 2**20:.1f} MB large"
        raise _Stop(
            laws.broken(
                laws.UNREADABLE_FILE,
                Place(path),
                sentence,
                "split it into several entries",
            )
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:4].count(0) == 2:  # noqa: PLR2004 - every second byte
        sentence = "the file is written in UTF-16, not in UTF-8"
        raise _Stop(laws.broken(laws.WRONG_ENCODING, Place(path), sentence))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        head = raw[: error.start].decode("utf-8", "replace")
        line, column = head.count("\n") + 1, len(head) - (head.rfind("\n") + 1) + 1
        guess = raw[error.start : error.start + 1].decode("cp1252", "replace")
        sentence = f"this character is not UTF-8; it may be meant as `{guess}`"
        raise _Stop(
            laws.broken(laws.WRONG_ENCODING, Place(path, line, column), sentence)
        ) from None
    text = _LINE_BREAK.sub("\n", text)
    hidden = tuple(_hidden(text, path))
    if hidden:
        raise _Stop(*hidden)
    return text


def _hidden(text: str, path: str) -> Iterator[Finding]:
    for match in _CONTROL.finditer(text):
        place = _place_at(text, match.start(), path)
        name = f"U+{ord(match[0]):04X}"
        yield laws.broken(
            laws.HIDDEN_CHARACTER,
            place,
            f"there is an invisible character ({name}) here",
        )


def _place_at(text: str, at: int, path: str) -> Place:
    return Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _split(text: str, path: str) -> tuple[str, str, int]:
    """Cut at the two fences: the block, the body, and the line the body begins on."""
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        raise _Stop(_no_fence(text, first, path))
    lines = rest.split("\n")
    for number, line in enumerate(lines):
        if line.rstrip() == FENCE:
            block = "".join(f"{one}\n" for one in lines[:number])
            if len(block.encode()) > MOST_BYTES:
                raise _Stop(
                    _too_big(
                        Place(path, 2),
                        f"the front matter is {len(block) // 1024} KB long",
                    )
                )
            return block, "\n".join(lines[number + 1 :]), number + 3
        if _ANY_FENCE.fullmatch(line.strip()) and not line[:1].isspace():
            sentence = f"the front matter is closed by `{line.strip()}`"
            fix = "write three hyphens: ---"
            raise _Stop(
                laws.broken(
                    laws.UNCLOSED_FRONT_MATTER, Place(path, number + 2), sentence, fix
                )
            )
    raise _Stop(
        laws.broken(
            laws.UNCLOSED_FRONT_MATTER, Place(path), "the front matter is not closed"
        )
    )


def _no_fence(text: str, first: str, path: str) -> Finding:
    if not text.strip():
        return laws.broken(laws.MISSING_FRONT_MATTER, Place(path), "the file is empty")
    if _ANY_FENCE.fullmatch(first.strip()):
        sentence = f"the first line is `{first}`, not three hyphens"
        return laws.broken(
            laws.MISSING_FRONT_MATTER, Place(path), sentence, "write three hyphens: ---"
        )
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.strip())
    if lines[at].rstrip() == FENCE:
        fix = "delete the empty lines above `---`"
        return laws.broken(
            laws.MISSING_FRONT_MATTER,
            Place(path),
            "the file begins with an empty line",
            fix,
        )
    sentence = f"the file begins with `{_short(lines[at])}`, not with front matter"
    return laws.broken(laws.MISSING_FRONT_MATTER, Place(path, at + 1), sentence)


def _short(text: str, most: int = 40) -> str:
    text = text.strip()
    return text if len(text) <= most else f"{text[:most]}…"


def _too_big(place: Place, sentence: str) -> Finding:
    return laws.broken(laws.OVERSIZED_FRONT_MATTER, place, sentence)


def _walked(text: str, path: str, *, first_line: int) -> _Walk:
    walk = _Walk(path, first_line)
    # A comment or a text may hold a tab; only one that indents changes the meaning.
    if tabs := [text.count("\n", 0, tab.end()) for tab in _TAB.finditer(text)]:
        raise _Stop(
            *(
                laws.broken(
                    laws.TAB_IN_FRONT_MATTER,
                    Place(path, number + first_line),
                    "this line is indented with a tab",
                )
                for number in tabs
            )
        )
    try:
        walk.run(text)
    except yaml.MarkedYAMLError as error:
        raise _Stop(
            *walk.findings, _unreadable(text, error, path, first_line)
        ) from None
    except yaml.YAMLError as error:
        sentence = f"the front matter cannot be read: {error}"
        raise _Stop(
            laws.broken(laws.UNREADABLE_FRONT_MATTER, Place(path, first_line), sentence)
        ) from None
    return walk


def _unreadable(
    text: str, error: yaml.MarkedYAMLError, path: str, first_line: int
) -> Finding:
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column + 1) if mark else (0, 1)
    lines = text.split("\n")
    line = lines[min(row, len(lines) - 1)]
    if not line.strip():
        # The end of the block is where the reader gave up, not where the fault is.
        begun = error.context_mark.line if error.context_mark else row
        row = next((one for one in range(min(begun, row), -1, -1) if lines[one].strip()), 0)
        line = lines[row]
        column = len(line.rstrip())
    place = Place(path, row + first_line, column)
    if _TYPOGRAPHIC.search(line):
        sentence = f"`{_short(line)}` has curly quotes, which do not count as quotes"
        fix = f"write: {_TYPOGRAPHIC.sub(chr(34), line).strip()}"
        return laws.broken(laws.UNREADABLE_FRONT_MATTER, place, sentence, fix)
    return laws.broken(
        laws.UNREADABLE_FRONT_MATTER,
        place,
        f"`{_short(line)}` cannot be read: {_plainly(error)}",
        _quoted(line),
    )


def _plainly(error: yaml.MarkedYAMLError) -> str:
    words = {
        "mapping values are not allowed": "it has a second colon",
        "found unexpected end of stream": "a quote is not closed",
        "cannot start any token": "it begins with a sign such as @ or %",
        "could not find expected ':'": "there is no colon after the name",
        "did not find expected key": "it is not indented like the lines around it, or a quote ends too early",
        "did not find expected '-' indicator": "it is not indented like the lines around it",
        "did not find expected ',' or ']'": "a bracket [ is not closed",
        "did not find expected ',' or '}'": "a bracket { is not closed",
        "did not find expected node content": "there is a comma or bracket too many",
        "did not find expected alphabetic": "it begins with a sign that YAML keeps for itself",
        "expected ',' or ']'": "a bracket [ is not closed",
        "expected ',' or '}'": "a bracket { is not closed",
        "block sequence entries are not allowed": "a list begins on a line of its own",
    }
    problem = error.problem or ""
    return next(
        (plain for said, plain in words.items() if said in problem),
        problem or "it is not clear",
    )


def _quoted(line: str) -> str:
    """The same line with its value in quotes, if that is likely to be the way out."""
    match = _FIELD.fullmatch(line)
    if not match or match["value"][0] in "\"'[{|>":
        return "close every quote and bracket, and put quotes around text with a colon"
    value = match["value"].strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'write: {match["before"].strip()} "{value}"'


@dataclass(slots=True)
class _Frame:
    """A block that is being read."""

    path: PathInFile
    holder: dict[str, Any] | list[Any]
    key: str | None = None
    """In a block of fields: the name whose value comes next."""


@dataclass(slots=True)
class _Walk:
    """One walk over the events of a YAML text."""

    path: str
    first_line: int
    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[PathInFile, Place] = field(default_factory=dict)
    keys: dict[PathInFile, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)

    def run(self, text: str) -> None:
        """Walk all events, collecting values, places and findings."""
        self.places[()] = Place(self.path, max(1, self.first_line - 1))
        documents, top = 0, False
        for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            if count > MOST_EVENTS:
                raise _Stop(
                    _too_big(
                        self._place(event),
                        "the front matter has more than 5,000 values",
                    )
                )
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Stop(
                        self._refuse(
                            event,
                            "a second block of fields begins here",
                            "delete this line",
                        )
                    )
            elif isinstance(event, yaml.NodeEvent):
                top = True
                self._node(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.frames.pop()
        if not top:
            self.findings.append(
                laws.broken(
                    laws.NO_FIELDS, self.places[()], "the front matter is empty"
                )
            )

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + self.first_line, mark.column + 1)

    def _refuse(self, event: Any, sentence: str, fix: str = "") -> Finding:
        return laws.broken(laws.CLEVER_YAML, self._place(event), sentence, fix)

    def _node(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            fix = f'if you mean the text, put quotes around it: "*{event.anchor}"'
            raise _Stop(
                *self.findings,
                self._refuse(event, f"`*{event.anchor}` refers to another place", fix),
            )
        if event.anchor is not None:
            fix = f'if you mean the text, put quotes around it: "&{event.anchor}"'
            raise _Stop(
                *self.findings,
                self._refuse(
                    event, f"`&{event.anchor}` names a place to refer to", fix
                ),
            )
        if event.tag is not None and not (
            event.tag == "!" and isinstance(event, yaml.ScalarEvent)
        ):
            sentence = (
                f"`{_short(event.tag.replace('tag:yaml.org,2002:', '!!'))}` is a tag"
            )
            raise _Stop(
                *self.findings,
                self._refuse(event, sentence, "delete the word that begins with !"),
            )
        frame = self.frames[-1] if self.frames else None
        if frame and isinstance(frame.holder, dict) and frame.key is None:
            self._key(event, frame, frame.holder)
        elif isinstance(event, yaml.ScalarEvent):
            self._put(_typed(event), event)
        else:
            self._open(event)

    def _key(self, event: Any, frame: _Frame, holder: dict[str, Any]) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise _Stop(
                *self.findings,
                self._refuse(
                    event, "the name of a field is a list or block", "write a word"
                ),
            )
        name = event.value
        if name == "<<":
            raise _Stop(
                *self.findings,
                self._refuse(
                    event, "`<<` merges another block", "write the fields out"
                ),
            )
        where = (*frame.path, name)
        if name in holder:
            first = self.keys[where]
            sentence = f"`{name}` is written a second time; first on line {first.line}"
            self.findings.append(
                laws.broken(laws.REPEATED_FIELD, self._place(event), sentence)
            )
        else:
            self.keys[where] = self.places[where] = self._place(event)
            holder[name] = None
        frame.key = name

    def _put(self, value: Any, event: Any) -> PathInFile:
        """Put a value where it belongs and say where that is."""
        if not self.frames:
            self._top(value, event)
            return ()
        frame = self.frames[-1]
        if isinstance(frame.holder, list):
            where = (*frame.path, len(frame.holder))
            frame.holder.append(value)
            self.places[where] = self._place(event)
            return where
        name = frame.key or ""
        frame.key = None
        where = (*frame.path, name)
        frame.holder[name] = value
        # An empty value begins wherever the next thing does: its field is the better place.
        if isinstance(value, str | bool) and value != "":
            self.places[where] = self._place(event)
        return where

    def _top(self, value: Any, event: Any) -> None:
        if isinstance(value, dict):
            self.tree = value
            return
        what = "a list" if isinstance(value, list) else f"`{_short(str(value))}`"
        self.findings.append(
            laws.broken(
                laws.NO_FIELDS,
                self._place(event),
                f"the front matter is {what}, not fields",
            )
        )

    def _open(self, event: Any) -> None:
        if len(self.frames) >= MOST_DEPTH:
            raise _Stop(
                *self.findings,
                _too_big(
                    self._place(event), "blocks stand more than 20 deep in each other"
                ),
            )
        holder: dict[str, Any] | list[Any] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        where = self._put(holder, event)
        self.frames.append(_Frame(where, holder))


def _typed(event: Any) -> str | bool | None:
    """Text stays text: only a plain `true`, `false`, `null`, `~` or nothing is more."""
    if not event.implicit[0]:
        return str(event.value)
    words: dict[str, bool | None] = {
        "true": True,
        "false": False,
        "null": None,
        "~": None,
        "": None,
    }
    return words.get(event.value, str(event.value))
