"""Read lists, tables and code blocks the way editors and code hosts show them.

Python-Markdown wants an empty line before a list or table, empty lines around a block of code,
and four spaces for what belongs to a list item. Authors see their text elsewhere first, where a
list may follow a sentence directly and two spaces are enough
(https://spec.commonmark.org/0.31.2/#list-items). Without this step one in nine of a large
changelog's entries shows a broken list. Texts written for Python-Markdown come out as they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_STEP = 4
"""Python-Markdown's indentation of what belongs to an item, a note or a tab."""
_ITEM = re.compile(r"([-*+]|\d{1,9}\.)( +)\S")
_RULE = re.compile(r"([-*_])(?: *\1){2,}+ *$")
_BOX = re.compile(r'(?:!!!|\?\?\?\+?) ?[\w-]|===[+!]{0,2} +"')
Kind = Literal["", "block", "box", "item", "lead", "text", "row"]
_NO_TEXT = ("#", ">", "|")
_WORTH_IT = re.compile(r"^ *(?:[-*+] |1\. |\x02|\|)", re.MULTILINE)


class LayoutPreprocessor(Preprocessor):
    """Runs when blocks of code and of HTML are already out of the way."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines as Python-Markdown wants them."""
        if not _WORTH_IT.search("\n".join(lines)):
            return lines
        layout = _Layout()
        for line in lines:
            layout.add(line)
        return layout.done


def settle_layout(md: Markdown) -> None:
    """Add the step to a Markdown instance, behind the one for HTML (20)."""
    md.preprocessors.register(LayoutPreprocessor(md), "layout", 15)


@dataclass(slots=True)
class _Frame:
    """An item, note or tab that later lines may belong to."""

    content: int
    """Column from which its content stands in the source."""
    item: bool


class _Layout:
    """One pass over the lines of a text."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.frames: list[_Frame] = []
        # What the line before was: empty, a block of code or HTML, the first line of a box, an
        # item, text that goes on with the item above it, other text, or a row of a table.
        self.before: Kind = ""

    def add(self, line: str) -> None:
        """Lay out the next line."""
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if not text:
            self._put("", "")
        elif self._is_code(indent):
            self._text(indent, line)
        elif HTML_PLACEHOLDER_RE.fullmatch(text.rstrip()):
            self._block(indent, text)
        elif _BOX.match(text):
            self._box(indent, text)
        elif (match := _ITEM.match(text)) and self._begins_item(match):
            self._item(indent, text, match)
        else:
            self._text(indent, line)

    def _put(self, line: str, kind: Kind) -> None:
        self.done.append(line)
        self.before = kind

    def _apart(self) -> None:
        """An empty line before what comes next."""
        if self.done and self.done[-1]:
            self.done.append("")

    def _is_code(self, indent: int) -> bool:
        """Whether a line stands too far in to be anything but code, or more of a paragraph."""
        columns = (
            one.content for one in reversed(self.frames) if indent >= one.content
        )
        return indent - next(columns, 0) >= _STEP

    def _in_item(self) -> bool:
        return bool(self.frames) and self.frames[-1].item

    def _begins_item(self, match: re.Match[str]) -> bool:
        """A number in the middle of a sentence is no list, unless it is the first."""
        if _RULE.match(match.string):
            return False
        numbered = match[1][-1] == "." and match[1] != "1."
        return not (numbered and self.before == "text" and not self._in_item())

    def _leave(self, indent: int) -> None:
        while self.frames and indent < self.frames[-1].content:
            self.frames.pop()

    def _placed(self, indent: int, text: str) -> str:
        """The line at the indentation of the frames it stands in."""
        if not self.frames:
            return " " * indent + text
        frame, depth = self.frames[-1], _STEP * len(self.frames)
        within = indent - frame.content
        if frame.item and not self.before and indent >= depth + _STEP:
            # Code that was indented for Python-Markdown.
            frame.content = max(frame.content, depth)
        elif frame.item and 0 < within < _STEP:
            # An item's content may stand further in than it has to.
            frame.content = indent
        within = indent - frame.content
        return " " * (depth + (within if within >= _STEP else 0)) + text

    def _block(self, indent: int, text: str) -> None:
        self._apart()
        self._leave(indent)
        self._put(self._placed(indent, text), "block")

    def _box(self, indent: int, text: str) -> None:
        if self.before != "box":
            self._apart()
        self._leave(indent)
        self._put(self._placed(indent, text), "box")
        self.frames.append(_Frame(indent + _STEP, item=False))

    def _item(self, indent: int, text: str, match: re.Match[str]) -> None:
        if self.before in {"text", "block", "row"}:
            self._apart()
        self._leave(indent)
        self._put(" " * (_STEP * len(self.frames)) + text, "item")
        width = len(match[2]) if len(match[2]) <= _STEP else 1
        self.frames.append(_Frame(indent + len(match[1]) + width, item=True))

    def _text(self, indent: int, line: str) -> None:
        text = line[indent:]
        row = text.startswith("|")
        if self.before == "block" or (row and self.before in {"text", "lead", "item"}):
            self._apart()
        goes_on = self.before in {"item", "lead", "text"} and self._in_item()
        if goes_on and not text.startswith(_NO_TEXT):
            self._put(line, "text" if self.before == "text" else "lead")
            return
        self._leave(indent)
        self._put(self._placed(indent, text), "row" if row else "text")
