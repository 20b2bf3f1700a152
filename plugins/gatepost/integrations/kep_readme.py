"""Read the README of an enhancement proposal: its sections, lists, ticks and answers.

Source: https://github.com/kubernetes/enhancements/tree/master/keps/NNNN-kep-template
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gatepost.integrations.naming import short_summary
from gatepost.integrations.plain_text import plain
from gatepost.integrations.references import fenced_rows

_OPEN, _CLOSE = "<!--", "-->"
_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
_BOLD_QUESTION = re.compile(r"^[ \t]*[-*][ \t]+\*\*([^*]{5,200}?)\*\*", re.MULTILINE)
"""How proposals asked before the questions became headings."""
_BULLET = re.compile(r"(?P<margin>[ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(?P<text>.+)")
_TICK = re.compile(
    r"^[ \t]*[-*][ \t]+\[(?P<mark>[ xX]?)\][ \t]*(?P<text>.+)$", re.MULTILINE
)
_METRIC = re.compile(r"\b[a-z]+(?:_[a-z0-9]+){2,}\b")
"""`job_sync_total`: lower case, with two low lines or more."""
_BOX = re.compile(r"\[[ xX]?\][ \t]*")
_NO_ANSWER = re.compile(
    r"(?:n/?a|none|tbd|todo|to be \w+|will be \w+|(?:tests )?should be \w+|describe manual)\b",
    re.IGNORECASE,
)
"""What stands for no answer, the template's own prompts included."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the text between it and the next."""

    level: int
    title: str
    text: str
    line: int
    """Line of the file on which the text begins, from 1."""


@dataclass(frozen=True)
class Readme:
    """One README; comments of its template are not part of it."""

    raw: str

    @cached_property
    def _text(self) -> str:
        return "".join(_without_comments(self.raw))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """In their order; what stands above the first heading is left out."""
        rows = self._text.split("\n")
        starts = [
            (number, len(match[1]), plain(match[2]))
            for number, (row, code) in enumerate(
                zip(rows, fenced_rows(rows), strict=True)
            )
            if not code and (match := _HEADING.match(row))
        ]
        ends = [*(number for number, _, _ in starts), len(rows)][1:]
        return tuple(
            Section(level, title, "\n".join(rows[number + 1 : end]), number + 2)
            for (number, level, title), end in zip(starts, ends, strict=True)
        )

    def section(self, title: str) -> Section | None:
        """The section whose heading begins with *title*, in any case of letters."""
        begin = title.casefold()
        return next(
            (one for one in self.sections if one.title.casefold().startswith(begin)),
            None,
        )

    def below(self, title: str, *begins: str) -> Section | None:
        """The section whose heading begins with one of *begins*, somewhere below *title*."""
        top = self.section(title)
        after = self.sections[self.sections.index(top) + 1 :] if top else ()
        for one in after:
            if top and one.level <= top.level:
                return None
            if one.title.casefold().startswith(begins):
                return one
        return None

    def first_words(self, title: str) -> str:
        """The first paragraph of a section as plain words; empty if there is none."""
        found = self.section(title)
        return paragraph(found.text) if found else ""

    def answer(self, question: str) -> str:
        """What is answered to the question that begins so; empty for none and for `N/A`."""
        found = self.section(question)
        words = paragraph(found.text) if found else self._bold_answer(question)
        return "" if _NO_ANSWER.match(words) else words

    def metrics(self, question: str) -> tuple[str, ...]:
        """The metrics an answer names; what it says in words if it names none."""
        words = self.answer(question)
        found = self.section(question)
        named = _METRIC.findall(found.text) if found and words else []
        return tuple(dict.fromkeys(named)) or ((words,) if words else ())

    def _bold_answer(self, question: str) -> str:
        marks = list(_BOLD_QUESTION.finditer(self._text))
        for number, one in enumerate(marks):
            if " ".join(one[1].split()).casefold().startswith(question.casefold()):
                after = marks[number + 1].start() if marks[number + 1 :] else None
                return paragraph(self._text[one.end() : after].lstrip(" \t"))
        return ""

    def ticked(self, words: str) -> bool | None:
        """Whether the line of the sign-off list with *words* is ticked; None without one."""
        for one in _TICK.finditer(self._text):
            if words.casefold() in one["text"].casefold():
                return bool(one["mark"].strip())
        return None


def _without_comments(text: str) -> Iterator[str]:
    """Everything but comments, of which only the line ends stay; one that never ends is text."""
    at = 0
    while (begin := text.find(_OPEN, at)) >= 0:
        end = text.find(_CLOSE, begin + len(_OPEN))
        if end < 0:
            break
        yield text[at:begin]
        at = end + len(_CLOSE)
        yield "\n" * text.count("\n", begin, at)
    yield text[at:]


def paragraph(text: str) -> str:
    """The first paragraph, or the first item of a list, on one line without marks."""
    rows: list[str] = []
    for row in text.split("\n"):
        bullet = _BULLET.match(row)
        if rows and (not row.strip() or bullet or row.startswith(("#", "```"))):
            break
        if row.strip() and not row.startswith("```"):
            rows.append(_BOX.sub("", bullet["text"]) if bullet else row.strip())
    return short_summary(plain(" ".join(rows)))


def points(text: str) -> tuple[str, ...]:
    """The items of the outermost list, else the first paragraph; each on one line, no marks."""
    items = tuple(short_summary(plain(one)) for one in _items(text))
    said = items or (paragraph(text),)
    return tuple(one for one in said if one and not _NO_ANSWER.match(one))


def _items(text: str) -> Iterator[str]:
    outer, item = -1, ""
    for row in text.split("\n"):
        bullet = _BULLET.match(row)
        if item and (bullet or not row.strip() or row.startswith("#")):
            yield item
            item = ""
        elif item:
            item = f"{item} {row.strip()}"
        if bullet and (outer < 0 or len(bullet["margin"]) <= outer):
            outer, item = len(bullet["margin"]), bullet["text"]
    if item:
        yield item
