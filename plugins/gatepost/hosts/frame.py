"""The frame of a page: drawn once by the theme per section and depth, then filled by us."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from gatepost.hosts.versions import PATH, alternates
from gatepost.outputs.artifact import ROOT, PageArtifact, Social
from gatepost.outputs.edition import Site
from gatepost.outputs.feedset import FORMATS
from gatepost.outputs.log import CHANGELOG
from gatepost.outputs.script_words import script_words
from gatepost.outputs.social_card import HEIGHT, WIDTH, site_card
from gatepost.outputs.upgrade import UPGRADE
from gatepost.outputs.views import FeedSet

# Letters only: whatever escapes, lower-cases or minifies a page leaves them alone.
TITLE = "gatepostslottitle"
DESCRIPTION = "gatepostslotdescription"
CONTENT = "gatepostslotcontent"
CANONICAL = "https://gatepost.invalid/gatepostslotcanonical/"


class Slots(NamedTuple):
    """A frame cut at its slots: the pieces between them, and what belongs into each gap."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameKey:
    """What makes two pages share a frame."""

    section: str
    depth: int
    """Folders below the site's root."""


class Frames:
    """Frames by section and depth, each drawn when first needed."""

    def __init__(self, draw: Callable[[FrameKey], str], notice: str = "") -> None:
        """Take the function by which the host draws a frame with markers in its slots.

        The *notice* stands above everything else on each page.
        """
        self._draw = draw
        self.notice = notice
        self._made: dict[FrameKey, Slots] = {}

    def draw(self, pages: Iterable[PageArtifact]) -> None:
        """Draw every frame these pages need."""
        for page in pages:
            self._slots(page)

    def _slots(self, page: PageArtifact) -> Slots:
        key = FrameKey(page.section, page.path.count("/"))
        if key not in self._made:
            self._made[key] = cut(compact(self._draw(key)))
        return self._made[key]

    def fill(self, page: PageArtifact, site: Site) -> bytes:
        """The finished page: the frame of its section and depth with its own words in the slots."""
        slots = self._slots(page)
        depth = page.path.count("/")
        root = "../" * depth or "./"
        words = {
            TITLE: html.escape(page.title),
            DESCRIPTION: html.escape(page.description),
            CANONICAL: html.escape(site.url + page.path),
            PATH: html.escape(page.path),
            CONTENT: self.notice + str(page.draw()).replace(ROOT, root),
            HEAD: head(page, site).replace(ROOT, root),
        }
        if DESCRIPTION not in slots.names:
            # Not every theme says it of every page.
            text = words[DESCRIPTION]
            words[HEAD] = f'<meta name="description" content="{text}">{words[HEAD]}'
        parts = [slots.pieces[0]]
        for name, piece in zip(slots.names, slots.pieces[1:], strict=True):
            parts += (words[name], piece)
        return "".join(parts).encode()


HEAD = "</head>"
_KEPT = re.compile(
    r"(<(script|style|pre|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE
)
_WHITE = re.compile(r"[ \t\r]*\n\s*")


def compact(frame: str) -> str:
    """Give a drawn frame without empty lines and indentation, a quarter of every page.

    White space stays where there was some, so nothing that is shown moves; scripts, styles and
    preformatted text stay as they are. Line ends are left around slots only: what differs from
    page to page has lines of its own.
    """
    parts = _KEPT.split(frame)
    parts[::3] = [_joined(_WHITE.split(part)) for part in parts[::3]]
    del parts[2::3]
    return "".join(parts).lstrip()


def _joined(lines: list[str]) -> str:
    slots = (TITLE, DESCRIPTION, CANONICAL, CONTENT, PATH, HEAD)
    own = [any(slot in line for slot in slots) for line in lines]
    ends = [
        "\n" if mine or other else " "
        for mine, other in zip(own, [*own[1:], True], strict=True)
    ]
    return "".join(chain(*zip(lines, ends, strict=True)))[:-1]


def cut(frame: str) -> Slots:
    """Cut a drawn frame at every marker, and before the end of its head."""
    pieces: list[str] = []
    names: list[str] = []
    rest = frame
    while True:
        found = [
            (rest.find(name), name)
            for name in (TITLE, DESCRIPTION, CANONICAL, CONTENT, PATH)
        ]
        if HEAD not in names:
            found.append((rest.find(HEAD), HEAD))
        ahead = [one for one in found if one[0] >= 0]
        if not ahead:
            return Slots((*pieces, rest), tuple(names))
        at, name = min(ahead)
        pieces.append(rest[:at])
        names.append(name)
        rest = rest[at:] if name == HEAD else rest[at + len(name) :]


def head(page: PageArtifact, site: Site) -> str:
    """What a page adds to the head: its feeds, its card, and whether it may be indexed."""
    rows = []
    if page.hidden or site.insider:
        rows.append('<meta name="robots" content="noindex">')
    else:
        rows += alternates(site, page.path)
    if page.wide:
        rows.append('<meta name="gatepost-width" content="wide">')
    if page.feed:
        rows += feed_links(page.feed)
    if page.section in {CHANGELOG, UPGRADE}:
        rows.append(_ASKED)
    if page.section == CHANGELOG:
        rows.append(_KEEP_WORDS)
    rows += (
        f'<meta property="og:title" content="{html.escape(page.title)}">',
        f'<meta property="og:description" content="{html.escape(page.description)}">',
        f'<meta property="og:url" content="{html.escape(site.url + page.path)}">',
        f'<meta property="og:site_name" content="{html.escape(site.name)}">',
        f'<meta property="og:type" content="{"article" if page.social else "website"}">',
    )
    if site.social_cards != "none":
        rows += _picture(page.social or site_card(site), site)
    if page.linked and not (page.hidden or site.insider):
        # A title may hold `</script>`: as `\\u003c` it ends nothing.
        text = json.dumps(page.linked(), ensure_ascii=False).replace("<", "\\u003c")
        rows.append(f'<script type="application/ld+json">{text}</script>')
    return "".join((*rows, script_words(site.tongue)))


def _picture(card: Social, site: Site) -> tuple[str, ...]:
    """The page's card. Source: https://ogp.me/#structured."""
    return (
        f'<meta property="og:image" content="{html.escape(site.url + card.path)}">',
        '<meta property="og:image:type" content="image/png">',
        f'<meta property="og:image:width" content="{WIDTH}">',
        f'<meta property="og:image:height" content="{HEIGHT}">',
        f'<meta property="og:image:alt" content="{html.escape(card.alt)}">',
        '<meta name="twitter:card" content="summary_large_image">',
    )


_ASKED = (
    "<script>location.search&&"
    'document.documentElement.classList.add("gp-asked")</script>'
)
"""A page whose address asks for something shows its answer first, not what the answer replaces."""

_KEEP_WORDS = (
    "<script>if(/[?&]q=/.test(location.search)){gatepostAsked=location.search;"
    'history.replaceState(history.state,"",location.pathname)}</script>'
)
"""Material's search takes `?q=` of any address; in the changelog the filter puts it back."""


def feed_links(feed: FeedSet) -> list[str]:
    """The `<link rel=alternate>` of a feed, one per format.

    The space after the word means nothing to readers of feeds, which take a list of words there;
    Material's script looks for the bare word and would fetch a sitemap beside each feed.
    """
    hrefs = {"rss": feed.rss, "atom": feed.atom, "json": feed.json}
    return [
        f'<link rel="alternate " type="{media}" title="{html.escape(feed.name)}" '
        f'href="{hrefs[name]}">'
        for name, (_, media) in FORMATS.items()
    ]
