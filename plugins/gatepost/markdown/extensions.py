"""The Markdown an entry is written in: which extensions, and how each is set."""

from __future__ import annotations

from functools import lru_cache

from markdown import Markdown
from pygments.lexer import Lexer
from pymdownx.highlight import Highlight, HighlightExtension

_REMEMBERED_BLOCKS = 1024
_LONGEST_REMEMBERED = 20_000

SETTINGS: dict[str, dict[str, object]] = {
    "tables": {},
    "admonition": {},
    "footnotes": {},
    "attr_list": {},
    "sane_lists": {},
    "def_list": {},
    "abbr": {},
    "pymdownx.details": {},
    "pymdownx.superfences": {"relaxed_headers": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.mark": {},
}
"""Extension -> its settings.

Not among them, because entries are untrusted: snippets (reads files), blocks.html (makes any tag),
md_in_html, emoji (pictures from a public host), custom fences (run Python).
"""
# guess_lang would make the look of a block depend on its wording.
HIGHLIGHT = {"guess_lang": False, "linenums_style": "pymdownx-inline"}


class RememberedHighlight(Highlight):  # type: ignore[misc]
    """Colours code blocks and remembers the lexers: finding one by name costs more than using it."""

    def get_lexer(
        self, src: str, language: str, inline: bool, stripnl: bool
    ) -> tuple[Lexer, str]:
        """The lexer for a language, or the one for plain text."""
        lexer, name = _lexer(language or "", stripnl=stripnl)
        return lexer, name


@lru_cache(maxsize=256)
def _lexer(language: str, *, stripnl: bool) -> tuple[Lexer, str]:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=stripnl), language
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=stripnl), "text"


class RememberedHighlightExtension(HighlightExtension):  # type: ignore[misc]
    """The highlight extension with our highlighter."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """What superfences asks for."""
        return RememberedHighlight


def make_markdown() -> Markdown:
    """A Markdown instance with every extension; building one costs about a millisecond."""
    return Markdown(
        extensions=[RememberedHighlightExtension(**HIGHLIGHT), *SETTINGS],
        extension_configs=SETTINGS,
        output_format="html",
    )
