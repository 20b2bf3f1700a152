"""Read JSON strictly, with the line and column of every name and value.

The standard decoder says where grammar breaks, but not where a value stands; it keeps the last of
two members of one name, takes `NaN`, and gives up on deep nesting with an exception of its own.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, NoReturn, cast

from gatepost.content.decoding import decoded
from gatepost.content.fences import short
from gatepost.content.flag_files.laws import faulty
from gatepost.content.front_matter import Parsed
from gatepost.content.refusal import Refusal
from gatepost.model.finding import Finding, Place
from gatepost.model.release import PathInFile

MOST_DEPTH = 60
_LONGEST_NUMBER = 40
_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\\n]|\\.)*")|(?P<number>-?\d[\w.+-]*)|(?P<word>[\w$-]+)'
    r"|(?P<sign>[{}\[\]:,])|(?P<end>\Z)|(?P<other>.))",
    re.ASCII | re.DOTALL,
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}
_DECODER = json.JSONDecoder(strict=False)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(raw: bytes, path: str) -> Parsed:
    """Read a JSON object.

    Args:
        raw: The file's bytes.
        path: For the findings.

    Returns:
        Members with their places; or findings, and then no member.
    """
    try:
        return _Walk(path, decoded(raw, path)).run()
    except Refusal as refusal:
        return Parsed({}, {}, {}, "", 1, tuple(sorted(refusal.findings)))


@dataclass(slots=True)
class _Walk:
    path: str
    text: str
    places: dict[PathInFile, Place] = field(default_factory=dict)
    keys: dict[PathInFile, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _at: int = 0
    _starts: list[int] = field(default_factory=list)

    def run(self) -> Parsed:
        """Walk the whole text.

        Raises:
            Refusal: It is no JSON object.
        """
        self._starts = [0, *(one.end() for one in re.finditer("\n", self.text))]
        value = self._value(())
        after, at = self._next()
        if after != "":
            self._refuse(at, f"`{short(after)}` stands behind the end")
        if not isinstance(value, dict):
            what = "a list" if isinstance(value, list) else "a single value"
            sentence = f"the file is {what}, not an object in curly brackets"
            raise Refusal(faulty(Place(self.path), sentence))
        if self.findings:
            raise Refusal(*self.findings)
        return Parsed(value, {(): Place(self.path), **self.places}, self.keys, "", 1)

    def _place(self, at: int) -> Place:
        line = bisect_right(self._starts, at)
        return Place(self.path, line, at - self._starts[line - 1] + 1)

    def _refuse(self, at: int, sentence: str, fix: str = "") -> NoReturn:
        raise Refusal(*self.findings, faulty(self._place(at), sentence, fix))

    def _next(self) -> tuple[str, int]:
        """The next piece as it is written, and where it begins; an empty one at the end."""
        # Every text has a next piece: the pattern ends with any character, and with the end.
        match = cast("re.Match[str]", _TOKEN.match(self.text, self._at))
        kind = match.lastgroup or "end"
        self._at = match.end()
        at = match.start(kind)
        if kind == "other":
            broken = match[kind] == '"'
            sentence = (
                "a quote is not closed" if broken else f"`{match[kind]}` is not JSON"
            )
            self._refuse(at, sentence)
        return match[kind], at

    def _value(self, where: PathInFile) -> Any:
        piece, at = self._next()
        if len(where) >= MOST_DEPTH:
            self._refuse(at, f"blocks stand more than {MOST_DEPTH} deep in each other")
        self.places[where] = self._place(at)
        if piece == "{":
            return self._object(where)
        if piece == "[":
            return self._list(where)
        if piece.startswith('"'):
            return self._text(piece, at)
        if piece in _WORDS:
            return _WORDS[piece]
        if piece[:1] == "-" or piece[:1].isdigit():
            return self._number(piece, at)
        said = f"`{short(piece)}` stands" if piece else "the file ends"
        return self._refuse(at, f"{said} where a value should be")

    def _text(self, piece: str, at: int) -> str:
        if "\\" not in piece:
            return piece[1:-1]
        try:
            text = _DECODER.decode(piece)
        except json.JSONDecodeError as error:
            self._refuse(at + error.pos, "a backslash here means nothing in JSON")
        if _SURROGATE.search(text):
            self._refuse(
                at, "half a character is written here", "write it as plain text"
            )
        return str(text)

    def _number(self, piece: str, at: int) -> int | float:
        if not _NUMBER.fullmatch(piece):
            self._refuse(at, f"`{short(piece)}` is no number in JSON")
        number = float(piece)
        if len(piece) > _LONGEST_NUMBER or math.isinf(number):
            self._refuse(at, f"`{short(piece)}` is larger than any number of a flag")
        return int(number) if number.is_integer() and abs(number) < 2**53 else number

    def _list(self, where: PathInFile) -> list[Any]:
        found: list[Any] = []
        while not self._ends("]", first=not found):
            found.append(self._value((*where, len(found))))
        return found

    def _object(self, where: PathInFile) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self._ends("}", first=not found):
            piece, at = self._next()
            if not piece.startswith('"'):
                fix = f'put it into quotes: "{piece}"' if piece.isidentifier() else ""
                said = f"`{short(piece)}` stands" if piece else "the file ends"
                self._refuse(at, f"{said} where a name in quotes should be", fix)
            name = self._text(piece, at)
            path = (*where, name)
            colon, after = self._next()
            if colon != ":":
                self._refuse(after, f"there is no colon behind `{short(name)}`")
            if name in found:
                first = self.keys[path]
                sentence = (
                    f"`{short(name)}` is written twice, first on line {first.line}"
                )
                self.findings.append(
                    faulty(self._place(at), sentence, "delete one of them")
                )
            self.keys[path] = self._place(at)
            found[name] = self._value(path)
        return found

    def _ends(self, bracket: str, *, first: bool) -> bool:
        """Whether a block ends here; if not, the comma before its next member is taken."""
        before = self._at
        piece, at = self._next()
        if piece == bracket:
            return True
        if first:
            self._at = before
            return False
        if piece != ",":
            said = f"`{short(piece)}`" if piece else "the end of the file"
            self._refuse(at, f"a comma or `{bracket}` is missing before {said}")
        before = self._at
        if self._next()[0] == bracket:
            self._refuse(at, "there is a comma before the closing bracket", "delete it")
        self._at = before
        return False
