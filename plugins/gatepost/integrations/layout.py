"""Lay a converted text out the way Python-Markdown reads it.

Other generators follow CommonMark, where a list may follow a line of text directly and nests by the
width of its marker. Python-Markdown wants an empty line before a list and four spaces per level;
without them a list becomes one run-on paragraph. Call-outs become indented admonitions here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gatepost.integrations.components import CLOSE, FOLD, OPEN
from gatepost.integrations.headings import moved_headings
from gatepost.integrations.layout_rows import (
    alerts,
    tables_apart,
    without_gaps,
    without_tabs,
)
from gatepost.integrations.references import fenced_rows

_MARKER = re.compile(r"(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+|$)(?P<rest>.*)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_HTML_BLOCK = re.compile(r"<(?P<name>table|ul|ol|dl|pre|blockquote)\b", re.IGNORECASE)
_FENCE = re.compile(r"`{3,}|~{3,}")
_MARKS = frozenset({OPEN, FOLD, CLOSE})
_NOT_LAZY = ("#", ">", "|", "<", "```", "~~~", OPEN, FOLD, CLOSE)
_STEP = 4
_DEEPEST = 8
"""Call-outs or lists within each other; those below stand beside those above."""
_TAB = 4


@dataclass(slots=True)
class _Item:
    """A list item that later lines may belong to."""

    content: int
    """Column from which its text stands in the source."""


def laid_out(
    text: str, *, jsx: bool = False, first_heading: int = 0
) -> tuple[str, bool]:
    """Lay out a converted text.

    Args:
        text: Markdown with marks for call-outs.
        jsx: Whether it was MDX, where indented text is not code.
        first_heading: Level the topmost heading gets; 0 only moves headings of level 1 down.

    Returns:
        Markdown in our dialect, and whether every call-out was closed.
    """
    rows = list(alerts(tables_apart(without_tabs(text.split("\n")))))
    rows = moved_headings(rows, first_heading)
    closed = _count(rows, (OPEN, FOLD)) == _count(rows, (CLOSE,))
    done = _Layout(jsx=jsx).run(rows)
    return "\n".join(without_gaps(done)).strip("\n"), closed


def _count(rows: list[str], marks: tuple[str, ...]) -> int:
    return sum(row.lstrip().startswith(marks) for row in rows)


@dataclass(slots=True)
class _Layout:
    """One pass over the lines of a text."""

    jsx: bool
    depth: int = 0
    """How many call-outs it lies in."""
    items: list[_Item] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    before: str = "blank"
    """What the last line was: blank, marker, follows a marker directly, text, html, fence."""
    html_end: str = ""

    def run(self, rows: list[str]) -> list[str]:
        fenced = fenced_rows(rows)
        number = 0
        while number < len(rows):
            if fenced[number]:
                number = self._fence(rows, number, fenced)
            elif self.depth < _DEEPEST and rows[number].lstrip().startswith(
                (OPEN, FOLD)
            ):
                number = self._callout(rows, number)
            else:
                self._line(rows[number])
                number += 1
        return self.done

    def _line(self, row: str) -> None:
        if self.html_end:
            self._html_line(row)
        elif not row.strip() or row.strip()[0] in _MARKS:
            self.done.append("")
            self.before = "blank"
        else:
            self._text(row)

    def _html_line(self, row: str) -> None:
        self.done.append(row)
        if self.html_end in row.lower():
            self.html_end = ""
            self.before = "html"

    def _text(self, row: str) -> None:
        indent = len(row) - len(row.lstrip(" "))
        text = row[indent:]
        match = None if _RULE.match(text) else _MARKER.match(text)
        if match and self._begins_item(match, indent):
            self._item(match, indent)
            return
        self._leave(indent, lazy=self._is_lazy(text))
        if (
            html := _HTML_BLOCK.match(text)
        ) and f"</{html['name'].lower()}" not in text.lower():
            self.html_end = f"</{html['name'].lower()}>"
            self._empty_line_before()
        if self.before == "fence" or (
            self.before == "html" and not text.startswith("<")
        ):
            self._empty_line_before()
        self.done.append(self._margin(indent) + text)
        self.before = "follows" if self.before in {"marker", "follows"} else "text"

    def _is_lazy(self, text: str) -> bool:
        return self.before in {"marker", "follows"} and not text.startswith(_NOT_LAZY)

    def _begins_item(self, match: re.Match[str], indent: int) -> bool:
        """Follow CommonMark: code is no list, and only `1.` may break into a paragraph."""
        outside = not any(indent >= item.content for item in self.items)
        deep = indent >= _STEP + (self.items[-1].content if self.items else 0)
        if deep and outside and not self.jsx and not self.items:
            return False
        number = match["mark"][:-1]
        breaks_in = self.before == "text" and not self.items
        return not (breaks_in and (not match["rest"] or (number and number != "1")))

    def _item(self, match: re.Match[str], indent: int) -> None:
        self._leave(indent, lazy=False)
        if self.before in {"text", "html", "fence"}:
            self._empty_line_before()
        mark, rest = match["mark"].replace(")", "."), match["rest"]
        gap = len(match["gap"].expandtabs(_TAB))
        width = 1 if gap > _STEP or not rest else gap
        self.done.append(f"{' ' * self._depth_of_items()}{mark} {rest}".rstrip())
        self.items.append(_Item(indent + len(match["mark"]) + width))
        self.before = "marker"

    def _leave(self, indent: int, *, lazy: bool) -> None:
        while self.items and indent < self.items[-1].content and not lazy:
            self.items.pop()

    def _margin(self, indent: int) -> str:
        if not self.items:
            return "" if self.jsx else " " * indent
        within = max(0, indent - self.items[-1].content)
        return " " * (self._depth_of_items() + within)

    def _depth_of_items(self) -> int:
        return _STEP * min(len(self.items), _DEEPEST)

    def _empty_line_before(self) -> None:
        if self.done and self.done[-1].strip():
            self.done.append("")

    def _fence(self, rows: list[str], start: int, fenced: list[bool]) -> int:
        """Move a fenced block as a whole; its last line stands exactly below its first."""
        row = rows[start]
        lead = row[: len(row) - len(row.lstrip(" \t"))]
        indent = len(lead.expandtabs(_TAB))
        fence = _FENCE.search(row)
        mark = fence[0] if fence else ""
        if match := _MARKER.match(row[len(lead) :]):
            self._item(match, indent)
            margin, lead = " " * self._depth_of_items(), " " * self.items[-1].content
        else:
            self._leave(indent, lazy=False)
            margin = self._margin(indent)
            self._empty_line_before()
            self.done.append(_shifted(row, lead, margin))
        end = start + 1
        while end < len(rows) and fenced[end]:
            closes = _closes(rows[end], mark)
            plain = closes and not row.startswith(">")
            self.done.append(
                margin + mark if plain else _shifted(rows[end], lead, margin)
            )
            end += 1
            if closes:
                break
        self.before = "fence"
        return end

    def _callout(self, rows: list[str], start: int) -> int:
        """Write a call-out as an admonition, with all it holds four spaces in."""
        row = rows[start]
        indent = len(row) - len(row.lstrip(" "))
        kind, _, title = row.strip()[1:].partition("|")
        self._leave(indent, lazy=False)
        margin = self._margin(indent)
        self._empty_line_before()
        sign = "???" if row.strip()[0] == FOLD else "!!!"
        quoted = title.replace('"', "”").strip()
        self.done.append(
            f'{margin}{sign} {kind} "{quoted}"' if quoted else f"{margin}{sign} {kind}"
        )
        end = _callout_end(rows, start)
        lead = " " * indent
        inside = [_shifted(one, lead, "") for one in rows[start + 1 : end]]
        for one in (
            "\n".join(_Layout(self.jsx, self.depth + 1).run(inside))
            .strip("\n")
            .split("\n")
        ):
            self.done.append(f"{margin}{' ' * _STEP}{one}" if one.strip() else "")
        self.done.append("")
        self.before = "blank"
        return end + 1


def _callout_end(rows: list[str], start: int) -> int:
    depth = 0
    for number in range(start, len(rows)):
        text = rows[number].lstrip()
        depth += text.startswith((OPEN, FOLD))
        depth -= text.startswith(CLOSE)
        if not depth:
            return number
    return len(rows)


def _closes(row: str, mark: str) -> bool:
    return re.fullmatch(rf"[ \t>]*{re.escape(mark)}{mark[:1]}*[ \t]*", row) is not None


def _shifted(row: str, lead: str, margin: str) -> str:
    """Take a line out of its source margin and give it another."""
    if not row.strip():
        return ""
    if row.startswith(lead):
        return margin + row[len(lead) :]
    spaces = len(row) - len(row.lstrip(" "))
    return margin + row[min(spaces, len(lead)) :]
