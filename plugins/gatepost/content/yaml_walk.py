"""Walk the events of a YAML text: values and the place of each, and nothing clever.

Events are walked, never composed: composing recurses in C and crashes on deep nesting, expands
references, and loses duplicates and places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from sys import intern
from typing import Any

import yaml

from gatepost.content import laws
from gatepost.content.decoding import MOST_ALIKE
from gatepost.content.fences import short
from gatepost.content.refusal import Refusal
from gatepost.content.yaml_faults import (
    curly,
    is_in_curly_quotes,
    quoted,
    unreadable,
)
from gatepost.content.yaml_slips import WIDE_COLON, glued, with_colon, without_glue
from gatepost.model.finding import Finding, Law, Place
from gatepost.model.release import PathInFile

MOST_DEPTH = 20
MOST_EVENTS = 5_000
MOST_REGISTRY_EVENTS = 500_000
"""A registry grows with the organisation, and few hands keep it; entries come from many."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_COMMENTED_NUMBER = re.compile(r"[ \t]+#\d")
_OUR_TAG = "tag:yaml.org,2002:"
_WORDS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
"""Plain words that are more than text."""


@dataclass(slots=True)
class _Frame:
    """A block that is being read."""

    path: PathInFile
    holder: dict[str, Any] | list[Any]
    key: str | None = None
    """In a block of fields: the name whose value comes next."""


@dataclass(slots=True)
class Walk:
    """One walk over a text, and what was found on it."""

    path: str
    first_line: int
    """Line of the file on which the text begins, from 1."""
    name: str = "front matter"
    """What the text is called in findings."""
    most_events: int = MOST_EVENTS
    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[PathInFile, Place] = field(default_factory=dict)
    keys: dict[PathInFile, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _top_seen: bool = False

    def run(self, text: str) -> Walk:
        """Walk all events.

        Raises:
            Refusal: The text breaks the grammar of YAML, or our stricter one, so that nothing
                behind that place can be trusted. What was found before goes with it.
        """
        # A comment or a text may hold a tab; only one that indents changes the meaning.
        if tabs := [*islice(_TAB.finditer(text), MOST_ALIKE)]:
            raise Refusal(*(self._tab(text, tab.start()) for tab in tabs))
        self.places[()] = Place(self.path, max(1, self.first_line - 1))
        self._lines = text.split("\n")
        try:
            self._walk(text)
        except yaml.MarkedYAMLError as error:
            fault = unreadable(text, error, self.path, self.first_line)
            raise Refusal(*self._grammar(fault)) from None
        except yaml.YAMLError:
            sentence = f"the {self.name} holds a sign that YAML does not know"
            place = Place(self.path, self.first_line)
            fault = laws.broken(laws.UNREADABLE_FRONT_MATTER, place, sentence)
            raise Refusal(*self.findings, fault) from None
        if not self._top_seen:
            sentence = f"the {self.name} is empty"
            self.findings.append(laws.broken(laws.NO_FIELDS, self.places[()], sentence))
        return self

    def _grammar(self, fault: Finding) -> list[Finding]:
        """A lone word at the top is the same slip as the broken line behind it."""
        found = [
            one
            for one in self.findings
            if one.code != laws.NO_FIELDS.code and one.place.line != fault.place.line
        ]
        return [*found, fault]

    def _tab(self, text: str, at: int) -> Finding:
        place = Place(self.path, text.count("\n", 0, at) + self.first_line)
        sentence = "this line is indented with a tab"
        return laws.broken(laws.TAB_IN_FRONT_MATTER, place, sentence)

    def _walk(self, text: str) -> None:
        documents = 0
        for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            if count > self.most_events:
                sentence = f"the {self.name} has more than {self.most_events:,} values"
                self._refuse(event, sentence, law=laws.OVERSIZED_FRONT_MATTER)
            if isinstance(event, yaml.NodeEvent):
                self._top_seen = True
                self._node(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._frames.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    sentence = "a second block of fields begins here"
                    self._refuse(event, sentence, "delete this line")

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + self.first_line, mark.column + 1)

    def _report(self, law: Law, event: Any, sentence: str, fix: str = "") -> None:
        self.findings.append(laws.broken(law, self._place(event), sentence, fix))

    def _refuse(
        self, event: Any, sentence: str, fix: str = "", law: Law = laws.CLEVER_YAML
    ) -> None:
        self._report(law, event, sentence, fix)
        raise Refusal(*self.findings)

    def _node(self, event: Any) -> None:
        self._refuse_references(event)
        frame = self._frames[-1] if self._frames else None
        if frame and isinstance(frame.holder, dict) and frame.key is None:
            self._key(event, frame, frame.holder)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        else:
            self._open(event)

    def _refuse_references(self, event: Any) -> None:
        if event.anchor is not None:
            refers = isinstance(event, yaml.AliasEvent)
            said = f"{'*' if refers else '&'}{event.anchor}"
            why = "refers to another place" if refers else "names a place to refer to"
            fix = f'if you mean the text, put quotes around it: "{said}"'
            self._refuse(event, f"`{said}` {why}", fix)
        tag = event.tag
        if tag is not None and not (tag == "!" and isinstance(event, yaml.ScalarEvent)):
            said = short(tag.replace(_OUR_TAG, "!!"))
            fix = "delete the word that begins with !, or put quotes around the text"
            self._refuse(event, f"`{said}` is a tag", fix)

    def _key(self, event: Any, frame: _Frame, holder: dict[str, Any]) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            sentence = "the name of a field is a list or block"
            self._refuse(event, sentence, "put quotes around the text")
        name = intern(event.value)
        if name == "<<":
            sentence = "`<<` merges another block"
            self._refuse(event, sentence, "write the fields out")
        where = _shared((*frame.path, name))
        if name in holder:
            first = self.keys[where].line
            sentence = f"`{name}` is written a second time; first on line {first}"
            self._report(laws.REPEATED_FIELD, event, sentence)
        else:
            self.keys[where] = self.places[where] = self._place(event)
            holder[name] = None
        frame.key = name

    def _scalar(self, event: Any) -> None:
        value = event.value
        if not event.implicit[0]:
            self._put(value, event)
            return
        self._doubt(event, value)
        self._put(_WORDS.get(value, value), event)

    def _doubt(self, event: Any, value: str) -> None:
        """Text without quotes that YAML reads otherwise than its author."""
        row, end = event.start_mark.line, event.end_mark
        own = self._lines[row][: event.start_mark.column].strip() == ""
        if value and own and (item := without_glue(self._lines[row])):
            sentence = f"`{short(self._lines[row])}` has no space after its hyphen"
            fix = f"write: {item.strip()}"
            self._report(laws.UNREADABLE_FRONT_MATTER, event, sentence, fix)
            return
        below = self._lines[row + 1 : end.line + 1] if end.line != row else ()
        if item := next((one for one in below if one.lstrip().startswith("- ")), ""):
            sentence = f"`{short(item)}` is read as part of this text, not as a list"
            fix = "begin the items of a list below its field, all in the same column"
            self._report(laws.UNREADABLE_FRONT_MATTER, event, sentence, fix)
        if value and not value[0].isascii() and is_in_curly_quotes(value):
            sentence = (
                f"`{short(value)}` has curly quotes, which do not count as quotes"
            )
            fix = curly(self._lines[row])
            self._report(laws.UNREADABLE_FRONT_MATTER, event, sentence, fix)
        if not value:
            self._doubt_empty(event)
        elif _COMMENTED_NUMBER.match(self._lines[end.line], end.column):
            line = self._lines[end.line]
            sentence = f"`{short(line[end.column :])}` is a comment, so nobody sees it"
            self._report(laws.UNREADABLE_FRONT_MATTER, event, sentence, quoted(line))

    def _doubt_empty(self, event: Any) -> None:
        """`title: #5` is empty: what follows is a comment."""
        frame = self._frames[-1] if self._frames else None
        place = self.keys.get((*frame.path, frame.key or "")) if frame else None
        if place is None:
            return
        line = self._lines[place.line - self.first_line]
        after = line.find(":", place.column - 1) + 1
        if after and _COMMENTED_NUMBER.match(line, after):
            sentence = f"`{short(line[after:])}` is a comment, so the field is empty"
            self._report(laws.UNREADABLE_FRONT_MATTER, event, sentence, quoted(line))

    def _put(self, value: Any, event: Any) -> PathInFile:
        """Put a value where it belongs and say where that is."""
        if not self._frames:
            self._top(value, event)
            return ()
        frame = self._frames[-1]
        if isinstance(frame.holder, list):
            where = _shared((*frame.path, len(frame.holder)))
            frame.holder.append(value)
            self.places[where] = self._place(event)
            return where
        name, frame.key = frame.key or "", None
        where = _shared((*frame.path, name))
        frame.holder[name] = value
        # An empty value begins wherever the next thing does: its field is the better place.
        if isinstance(value, str | bool) and value != "":
            self.places[where] = self._place(event)
        return where

    def _top(self, value: Any, event: Any) -> None:
        if isinstance(value, dict):
            self.tree = value
            return
        line = self._lines[event.start_mark.line]
        field = with_colon(line) if WIDE_COLON in line else ""
        fix = f"write: {field}" if field else glued(line)
        what = "a list" if isinstance(value, list) else f"`{short(str(value))}`"
        self._report(
            laws.NO_FIELDS, event, f"the {self.name} is {what}, not fields", fix
        )

    def _open(self, event: Any) -> None:
        if len(self._frames) >= MOST_DEPTH:
            sentence = f"blocks stand more than {MOST_DEPTH} deep in each other"
            self._refuse(event, sentence, law=laws.OVERSIZED_FRONT_MATTER)
        block = isinstance(event, yaml.MappingStartEvent)
        holder: dict[str, Any] | list[Any] = {} if block else []
        where = self._put(holder, event)
        self._frames.append(_Frame(where, holder))


@cache
def _shared(path: PathInFile) -> PathInFile:
    """One path for all files: every entry has the same fields, and holds where each stands."""
    return path
