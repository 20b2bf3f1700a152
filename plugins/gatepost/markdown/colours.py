"""Colour blocks of code; find each lexer and make each formatter once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from pymdownx.highlight import BlockHtmlFormatter, Highlight, HighlightExtension

_CLASS = "highlight"
"""What Material's style sheet calls a block of code; Pygments' short names are its colours."""
_OPENING = f'<div class="{_CLASS}">'


class Colours(Highlight):  # type: ignore[misc]
    """The highlighter superfences and indented code ask for.

    The one it stands in for looks up a lexer and builds a formatter for every block, which takes
    longer than to colour it.
    """

    def highlight(  # noqa: PLR0913 - superfences calls it so
        self,
        src: str,
        language: str,
        css_class: str = _CLASS,
        hl_lines: Sequence[int] | None = None,
        linestart: int = -1,
        classes: Sequence[str] | None = None,
        id_value: str = "",
        attrs: Mapping[str, str] | None = None,
        title: str | None = None,
        **_: object,
    ) -> str:
        """The HTML of one block."""
        html = _coloured(
            src, language or "", tuple(hl_lines or ()), linestart, (title or "").strip()
        )
        if not (classes or id_value):
            return html
        names = " ".join((*(classes or ()), _CLASS))
        anchor = f' id="{escape(id_value)}"' if id_value else ""
        return html.replace(_OPENING, f'<div{anchor} class="{escape(names)}">', 1)


class ColourExtension(HighlightExtension):  # type: ignore[misc]
    """Makes ours the highlighter. No guessing: a block's look may not depend on its wording."""

    def __init__(self) -> None:
        super().__init__(guess_lang=False)

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """What superfences asks for."""
        return Colours


@lru_cache(maxsize=512)
def _coloured(
    source: str, language: str, marked: tuple[int, ...], first_line: int, title: str
) -> str:
    formatter = _formatter(marked, max(first_line, 0), title)
    return str(highlight(source, _lexer(language), formatter)).strip()


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return get_lexer_by_name("text")


@lru_cache(maxsize=256)
def _formatter(
    marked: tuple[int, ...], first_line: int, title: str
) -> BlockHtmlFormatter:
    # Numbers in attributes are not copied along with the code.
    numbers = "pymdownx-inline" if first_line else False
    return BlockHtmlFormatter(
        cssclass=_CLASS,
        wrapcode=True,
        filename=title,
        hl_lines=marked,
        linenos=numbers,
        linenostart=max(first_line, 1),
    )
