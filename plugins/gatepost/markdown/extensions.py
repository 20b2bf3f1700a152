"""The Markdown an entry is written in: which extensions, and how each is set."""

from __future__ import annotations

from markdown import Markdown

from gatepost.markdown.colours import ColourExtension
from gatepost.markdown.inline import GatedInline
from gatepost.markdown.layout import settle_layout

SETTINGS: dict[str, dict[str, object]] = {
    "tables": {},
    "admonition": {},
    "footnotes": {},
    "attr_list": {},
    "sane_lists": {},
    "def_list": {},
    "abbr": {},
    "pymdownx.details": {},
    # A line mark or setting of another generator behind the language is no reason to show a
    # block of code as text.
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


def make_markdown() -> Markdown:
    """A Markdown instance with every extension; building one takes about a millisecond."""
    made = Markdown(
        extensions=[ColourExtension(), *SETTINGS],
        extension_configs=SETTINGS,
        output_format="html",
    )
    made.treeprocessors.register(GatedInline(made), "inline", 20)
    settle_layout(made)
    return made
