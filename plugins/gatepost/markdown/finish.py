"""Make sanitised HTML part of a site: anchors, addresses, pictures, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from gatepost.content.links import scheme_of
from gatepost.markdown.headings import Heading, Levels, slug, unique
from gatepost.markdown.sanitise import SCHEMES

SEPARATOR = "_"
"""Between an entry's id and an anchor: entry ids have none, so no two entries' anchors meet."""
TABLE = '<div class="gp-scroll" tabindex="0" role="region" aria-label="Table">'
SITE_SCHEME = "gatepost:/"

Link = Callable[[str], str | None]
Image = Callable[[str], tuple[int, int] | None]

# Exact for what the sanitiser writes: lower case, double quotes, `<`, `>` and `"` escaped.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [^\s=>"]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([^\s=>"]+)="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_HEADING = re.compile(r"h[1-6]")
_INLINE = frozenset(
    """
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike
    strong sub sup time tt u var wbr
    """.split()
)


class Finish:
    """One pass over one body."""

    def __init__(self, prefix: str, link: Link, image: Image) -> None:
        """Take the entry's id and what resolves its addresses."""
        self.prefix = f"{prefix}{SEPARATOR}"
        self.link, self.image = link, image
        self.out: list[str] = []
        self.words: list[str] = []
        self.headings: list[Heading] = []
        self.removed: list[str] = []
        self.levels = Levels()
        self.tables = 0
        self.given: set[str] = set()
        self.taken: set[str] = set()
        self.open: tuple[int, int] | None = None
        self.quiet = 0

    def run(self, html: str) -> None:
        """Walk from tag to tag."""
        # Only addresses that `link` gave may be taken for ones inside the site.
        html = html.replace(SITE_SCHEME, "gatepost:&#47;")
        self.given = {unescape(one) for one in _ID.findall(html)}
        at = 0
        for match in _TAG.finditer(html):
            self._text(html[at : match.start()])
            at = match.end()
            end, name, attributes = match.groups()
            if name not in _INLINE:
                self.words.append(" ")
            if end:
                self._close(name)
            elif attributes or name in _STARTS:
                self._start(name, attributes)
            else:
                self.out.append(match.group())
        self._text(html[at:])
