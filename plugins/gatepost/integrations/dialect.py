"""Turn another generator's Markdown, MDX or Liquid into ours: one walk over a text.

What is known is converted, the text inside is kept, and whatever is left out is both listed and
kept in the entry's internal block, so that nothing gets lost and nothing gets public by accident.
"""

from __future__ import annotations

import re

from gatepost.integrations import markup
from gatepost.integrations.foreign_code import CodeSteps
from gatepost.integrations.foreign_html import TagSteps
from gatepost.integrations.foreign_links import LinkSteps
from gatepost.integrations.foreign_programs import ProgramSteps
from gatepost.integrations.rewriting import Converted, ForeignText, Rewriting

_SPECIAL = re.compile(
    r"[\\`~<\]{]|!?\[|^[ \t]*:::|^[ \t]*///|^(?:import|export)\b", re.MULTILINE
)
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>"
)
_TAG_SIGNS = frozenset("/!?")


def convert(foreign: ForeignText) -> Converted:
    """Rewrite one text; reads nothing but what it is given."""
    return _Walk(foreign).run()


class _Walk:
    """From special character to special character; offsets only go forward."""

    def __init__(self, foreign: ForeignText) -> None:
        self.it = Rewriting(foreign)
        self.links = LinkSteps(self.it)
        self.programs = ProgramSteps(self.it)
        self.tags = TagSteps(self.it, self.links, self.programs.imports)
        code = CodeSteps(self.it)
        self.steps = {
            "\\": code.escape,
            "`": code.ticks,
            "~": code.ticks,
            "/": code.slashes,
            "[": self.links.bracket,
            "!": self.links.bracket,
            "]": self.links.closed,
            "<": self._angle,
            "{": self.programs.brace,
            ":": self.programs.directive,
            "i": self.programs.statement,
            "e": self.programs.statement,
        }

    def run(self) -> Converted:
        """Walk to the end."""
        at = 0
        while match := _SPECIAL.search(self.it.text, at):
            self.it.copy(at, match.start())
            at = self.steps[match.group().lstrip(" \t")[0]](match.start())
        self.it.copy(at, len(self.it.text))
        return self._finished()

    def _angle(self, at: int) -> int:
        if self.it.text.startswith("<!--", at):
            return self.programs.html_comment(at)
        if auto := _AUTOLINK.match(self.it.text, at):
            return self.it.copy(at, auto.end())
        tag = markup.tag_at(self.it.text, at)
        if tag is not None and (end := self.tags.tag(tag, at)) is not None:
            return end
        following = self.it.text[at + 1 : at + 2]
        looks_like_tag = following.isalpha() or following in _TAG_SIGNS
        self.it.out.append("&lt;" if looks_like_tag else "<")
        return at + 1

    def _finished(self) -> Converted:
        definitions = self.links.written_definitions()
        pieces = self.it.excerpt_piece
        return Converted(
            "".join(self.it.out).rstrip() + definitions,
            tuple(self.it.leftovers),
            tuple(self.it.taken_out),
            self.links.copied_pictures(),
            frozenset(self.links.used),
            None if pieces is None else len("".join(self.it.out[:pieces])),
        )
