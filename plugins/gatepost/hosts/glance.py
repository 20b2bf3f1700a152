"""One entry as it was saved just now, on the site as it was composed before: for previews."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from gatepost.content.entry import Made
from gatepost.content.load import Read, reread
from gatepost.hosts.press import Press
from gatepost.hosts.sites import ContentFault
from gatepost.markdown.render import RenderError
from gatepost.model.book import Book
from gatepost.outputs.artifact import PageArtifact
from gatepost.outputs.assemble import Bodies, with_entry
from gatepost.outputs.examine import examine_entry
from gatepost.outputs.release_page import release_pages
from gatepost.rules.judge import judge_entry


class Glance(NamedTuple):
    """The site with an entry as its file is now, and its page; all other pages are as before."""

    pressed: Press
    page: PageArtifact


def glance(pressed: Press, path: str, known: Read, bodies: Bodies) -> Glance | None:
    """Read, judge and compose one entry again.

    Nothing else changes: lists, feeds and what other pages say of the entry are composed later.

    Args:
        pressed: The site as it was composed before.
        path: The file of the entry, relative to the project's root.
        known: What came of each entry when it was read last; brought up to date.
        bodies: Renders its text.

    Returns:
        None if the file is no entry of the site, or more than its page may have changed.

    Raises:
        ContentFault: The entry as it is now would stop a build; all that is wrong with it.
    """
    made = reread(pressed.book, pressed.config.settings.content, path, known)
    if made is None:
        return None
    book = _with(pressed.book, path, made)
    if made.release is None:
        raise ContentFault(judge_entry(book, path))
    release = made.release
    try:
        if pressed.book.by_id[release.id].source.path != path:
            return None
        edition = with_entry(pressed.edition, book, release.id, bodies)
    except (KeyError, RenderError):
        return None
    if edition is None:
        return None
    findings = examine_entry(book, release, edition, bodies)
    strict = pressed.config.settings.strict
    if any(one.level == "error" or strict for one in findings):
        raise ContentFault(findings)
    (page,) = release_pages(edition, pressed.links, {release.id})
    artifacts = tuple(
        page if one.path == page.path else one for one in pressed.artifacts
    )
    changed = replace(pressed, book=book, edition=edition, artifacts=artifacts)
    return Glance(changed, page)


def _with(book: Book, path: str, made: Made) -> Book:
    """The book with what came of one file."""
    releases = (
        made.release if one.source.path == path else one for one in book.releases
    )
    others = (one for one in book.findings if one.place.path != path)
    return replace(
        book,
        releases=tuple(one for one in releases if one is not None),
        findings=tuple(sorted({*others, *made.findings})),
        guesses=(made.guess,) if made.guess else (),
    )
