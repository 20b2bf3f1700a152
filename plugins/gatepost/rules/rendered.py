"""What is found out outside the rules, by rendering, hosts and audit; stated here."""

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


def link_to_no_heading() -> None:
    """Links to a place in a text lead to a heading or an anchor that is there.

    Why: whoever follows one that is not there stays where they are, or lands at the top of a long
    page without a word.
    Fix: write the heading's words with hyphens between them, as in `#what-you-have-to-do`.
    """


def page_that_is_not_there() -> None:
    """The `nav` of a site names pages that the site has.

    Why: the host makes a link of any other name, and it leads nowhere on every page of the site.
    Fix: correct the name, write the page, or take the line out of `nav`.
    """


def internal_text_in_a_built_file() -> None:
    """A built file holds nothing that its readers may not see.

    Why: what is internal must never reach the public site, by whatever way it got there.
    Fix: find how the text came into that file; until then nothing of the build may be published.
    """


def a_file_that_is_not_in_the_manifest() -> None:
    """A built folder holds the files of its manifest, unchanged, and no others.

    Why: a file that no build has written was proved by nobody.
    Fix: delete the folder and build again.
    """


NOT_KEPT = Law.of("GP120", markup_that_is_not_kept, "error")
NOT_RENDERED = Law.of("GP121", text_that_cannot_be_rendered, "error")
DEAD_ANCHOR = Law.of("GP122", link_to_no_heading, "advice")
LOST_PAGE = Law.of("GP312", page_that_is_not_there, "advice")
LEAKED = Law.of("GP901", internal_text_in_a_built_file, "error")
STRAY = Law.of("GP902", a_file_that_is_not_in_the_manifest, "error")
LAWS = (NOT_KEPT, NOT_RENDERED, DEAD_ANCHOR, LOST_PAGE, LEAKED, STRAY)


def _way_out(law: Law) -> str:
    return law.fix.removesuffix(".")


def not_kept(place: Place, words: str) -> Finding:
    """Something the sanitiser took away."""
    return Finding(
        place, NOT_KEPT.code, f"{words} is not kept", _way_out(NOT_KEPT), NOT_KEPT.level
    )


def cannot_be_rendered(place: Place, why: str) -> Finding:
    """A body that the renderer refused."""
    sentence = f"the text cannot be rendered: {why}"
    return Finding(
        place, NOT_RENDERED.code, sentence, _way_out(NOT_RENDERED), NOT_RENDERED.level
    )


def dead_anchor(place: Place, target: str, fix: str) -> Finding:
    """A link to a heading that the text does not have."""
    sentence = f"`{target}` leads to no heading"
    law = DEAD_ANCHOR
    return Finding(place, law.code, sentence, fix or _way_out(law), law.level)


def lost_page(place: Place, sentence: str, fix: str) -> Finding:
    """A page that a `nav` names and nobody has."""
    return Finding(place, LOST_PAGE.code, sentence, fix, LOST_PAGE.level)


def leaked(place: Place, sentence: str) -> Finding:
    """Text in a built file that its readers may not see."""
    return Finding(place, LEAKED.code, sentence, _way_out(LEAKED), LEAKED.level)


def stray(place: Place, sentence: str) -> Finding:
    """A file in a built folder that is not what its manifest says."""
    return Finding(place, STRAY.code, sentence, _way_out(STRAY), STRAY.level)
