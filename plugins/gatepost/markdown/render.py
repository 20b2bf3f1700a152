"""Render a Markdown body to safe HTML."""

from __future__ import annotations

from dataclasses import dataclass

from markdown import Markdown
from markdown.util import ETX, STX

from gatepost.markdown.extensions import make_markdown
from gatepost.markdown.finish import Finish, Image, Link
from gatepost.markdown.headings import Heading
from gatepost.markdown.limits import RenderError, check_text
from gatepost.markdown.sanitise import sanitise

__all__ = ["Heading", "RenderError", "Rendered", "Renderer"]

_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the Markdown library raises on a text it cannot cope with; endless recursion among them."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body as HTML, and what it consists of."""

    html: str
    """Sanitised; `gatepost:/` stands for the site's root."""
    headings: tuple[Heading, ...]
    """Second- to fourth-level headings, in order."""
    text: str
    """The words alone, with single spaces between them."""
    removed: tuple[str, ...]
    """What sanitising took away, in plain words."""


def _no_size(_: str) -> None:
    return None


def _normal(text: str) -> str:
    """What the library makes of line ends and of the two characters it marks places with."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace(STX, "").replace(ETX, "")


class Renderer:
    """Renders one body after another with one long-lived Markdown instance."""

    def __init__(self) -> None:
        self._markdown: Markdown | None = None

    def render(
        self, text: str, *, prefix: str, link: Link, image: Image = _no_size
    ) -> Rendered:
        """Render one body.

        Args:
            text: Markdown without front matter.
            prefix: The entry's id; begins every anchor of the result.
            link: Called with every link and picture address as written. Gives the address to
                use, such as `gatepost:/releases/x/`, or None to leave it.
            image: Called with every picture address as written. Gives width and height in
                pixels, or None.

        Raises:
            RenderError: The text is too large or too deeply nested.
        """
        clean, removed = sanitise(self._convert(text))
        done = Finish(clean, prefix=prefix, link=link, image=image)
        return Rendered(done.html, done.headings, done.text, (*removed, *done.removed))

    def _convert(self, text: str) -> str:
        text = _normal(text)
        check_text(text)
        markdown = self._markdown or make_markdown()
        # What is left of a run that broke may not reach the next entry.
        self._markdown = None
        try:
            html = markdown.reset().convert(text)
        except _FAULTS as error:
            why = "its lists, quotes or definitions are too deep or too long"
            raise RenderError(why) from error
        self._markdown = markdown
        return html
