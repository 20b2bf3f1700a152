"""What a composed site consists of: pages for the frame, finished files, copied files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from gatepost.outputs.views import FeedSet

ROOT = "gatepost:/"
"""Stands for the site's root in composed markup, until the page's own depth is known."""


@dataclass(frozen=True, slots=True)
class Social:
    """The picture beside a link to a page that somebody shares."""

    path: str
    """Below the site's root."""
    alt: str


@dataclass(frozen=True, slots=True)
class PageArtifact:
    """A page to be placed into the host's frame."""

    path: str
    """Address below the site's root: `` or `changelog/page/2/`."""
    title: str
    description: str
    draw: Callable[[], Markup]
    """Gives the content, with `gatepost:/` for the site's root. Called when the page is written,
    so that pages are drawn on all cores and no two are held at once."""
    section: str
    """Address of the navigation entry it belongs to, such as `changelog/`."""
    feed: FeedSet | None = None
    """Announced in the page's head."""
    text: str = ""
    """Plain text for the site's search; empty keeps the page out of it."""
    long_text: Callable[[], str] = str
    """The same, where it is too long to be held for every page: given when the index is written."""
    tags: tuple[str, ...] = ()
    """What the site's search weighs most: type and products."""
    modified: str = ""
    """ISO date for the sitemap; empty if nobody said."""
    hidden: bool = False
    """Out of sitemap and search, and closed to search engines."""
    wide: bool = False
    """Uses the whole width of a large screen. Said in the head, so that nothing above the page
    moves once its content arrives."""
    social: Social | None = None
    """None for the site's own."""
    linked: Callable[[], Mapping[str, object]] | None = None
    """Gives what the page tells search engines about itself, as JSON-LD."""


@dataclass(frozen=True, slots=True)
class FileArtifact:
    """A finished file."""

    path: str
    make: Callable[[], bytes]
    """Gives the content. Called when the file is written."""


@dataclass(frozen=True, slots=True)
class CopyArtifact:
    """A file to be copied as it is."""

    path: str
    file: str
    """Relative to the project's root."""


Artifact = PageArtifact | FileArtifact | CopyArtifact
