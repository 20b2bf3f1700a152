"""Colour blocks of code; find each lexer and make each formatter once."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from pygments import highlight
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from pymdownx.highlight import BlockHtmlFormatter, Highlight, HighlightExtension

Lines = tuple[int, ...]
"""Numbers of lines, from 1."""


class Colours(Highlight):  # type: ignore[misc]
    """The highlighter superfences and indented code ask for.

    The one it stands in for looks up a lexer and builds a formatter for every block, which takes
    longer than to colour it.
    """

    def highlight(
        self, src: str, language: str, css_class: str = "highlight", **said: Any
    ) -> str:
        """The HTML of one block.

        Args:
            src: The code.
            language: Its name or a short form of it; unknown ones are shown without colours.
            css_class: Class of the element around it.
            said: What its author said about it: `title`, `hl_lines`, `linestart`, `classes`,
                `id_value`. What else may be said has no effect.
        """
        html = _coloured(
            src,
            language or "",
            css_class,
            tuple(said.get("hl_lines") or ()),
            max(said.get("linestart", 0), 0),
            (said.get("title") or "").strip(),
        )
        names, anchor = said.get("classes"), said.get("id_value")
        if not (names or anchor):
            return html
        classes = escape(" ".join((*(names or ()), css_class)))
        given = f' id="{escape(anchor)}"' if anchor else ""
        return html.replace(
            f'<div class="{css_class}">', f'<div{given} class="{classes}">', 1
        )


class ColourExtension(HighlightExtension):  # type: ignore[misc]
    """Makes ours the highlighter. No guessing: a block's look may not depend on its wording."""

    def __init__(self) -> None:
        super().__init__(guess_lang=False)

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """What superfences asks for."""
        return Colours


@lru_cache(maxsize=512)
def _coloured(
    source: str, language: str, css_class: str, marked: Lines, first: int, title: str
) -> str:
    formatter = _formatter(css_class, marked, first, title)
    return str(highlight(source, _lexer(language), formatter)).strip()


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return get_lexer_by_name("text")


@lru_cache(maxsize=256)
def _formatter(
    css_class: str, marked: Lines, first: int, title: str
) -> BlockHtmlFormatter:
    return BlockHtmlFormatter(
        cssclass=css_class,
        wrapcode=True,
        filename=title,
        hl_lines=marked,
        # Numbers that stand in attributes are not copied along with the code.
        linenos="pymdownx-inline" if first else False,
        linenostart=max(first, 1),
    )
