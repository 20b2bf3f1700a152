"""What only rendering finds out; the findings are made where the text is rendered."""

from __future__ import annotations

from gatepost.model.finding import Finding, Law, Place


def markup_that_is_not_kept() -> None:
    """An entry's text holds nothing that could run in a reader's browser.

    Why: entries come by pull request and go to pages, feeds and mail; scripts, frames, event
    handlers and unsafe addresses are taken away before anything is published.
    Fix: remove it, or write it in Markdown.
    """


def text_that_cannot_be_rendered() -> None:
    """An entry's text can be read as Markdown.

    Why: text that cannot be rendered would be missing from the page without a word.
    Fix: simplify the text; split very long lines and very deep lists or quotes.
    """


NOT_KEPT = Law.of("GP120", markup_that_is_not_kept, "error")
NOT_RENDERED = Law.of("GP121", text_that_cannot_be_rendered, "error")
LAWS = (NOT_KEPT, NOT_RENDERED)


def not_kept(place: Place, words: str) -> Finding:
    """Something the sanitiser took away."""
    return Finding(
        place, NOT_KEPT.code, f"{words} is not kept", NOT_KEPT.fix, NOT_KEPT.level
    )


def cannot_be_rendered(place: Place, why: str) -> Finding:
    """A body that the renderer refused."""
    sentence = f"the text cannot be rendered: {why}"
    return Finding(
        place, NOT_RENDERED.code, sentence, NOT_RENDERED.fix, NOT_RENDERED.level
    )
