"""Make sanitised HTML part of a site: anchors, addresses, pictures, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import ClassVar

from gatepost.content.links import scheme_of
from gatepost.markdown.headings import Anchors, Heading, Levels, slug
from gatepost.markdown.sanitise import SCHEMES, address

SEPARATOR = "_"
"""Between an entry's id and an anchor: entry ids have none, so no two entries' anchors meet."""
SITE_SCHEME = "gatepost:/"
"""Begins an address inside the site, until the page it stands on is known."""
LOWEST_LISTED = 4
"""Deeper headings are not offered as a table of contents."""

Link = Callable[[str], str | None]
Image = Callable[[str], tuple[int, int] | None]

_TABLE = '<div class="gp-scroll" tabindex="0" role="region" aria-label="Table">'
_CODE = ' tabindex="0" role="group" aria-label="Code"'
_TASK = ' aria-label="Task"'

# Exact for what the sanitiser writes: lower case, double quotes; `<`, `>`, `"` escaped in values.
_TAG = re.compile(r'<(/?[a-z][a-z0-9]*)((?: [^\s=<>"]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([^\s=<>"]+)="([^"]*)"')
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ID = re.compile(r' id="([^"]*)"')
_INLINE_NAMES = """
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike
    strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_NAMES.split())
"""Elements whose words run on with those around them."""


@dataclass(frozen=True, slots=True)
class _OpenHeading:
    level: int
    at: int
    """Where its start tag belongs: the anchor is known when its words are."""
    first_word: int
    attributes: str


class Finish:
    """One pass over one sanitised body."""

    def __init__(self, html: str, *, prefix: str, link: Link, image: Image) -> None:
        """Finish *html*, the sanitiser's output, for the entry with the id *prefix*."""
        self._prefix = f"{prefix}{SEPARATOR}"
        self._link, self._image = link, image
        self._out: list[str] = []
        self._words: list[str] = []
        self._headings: list[Heading] = []
        self._removed: list[str] = []
        self._levels = Levels()
        self._anchors = Anchors(_ID.findall(html))
        self._tables = 0
        self._in_pre = False
        self._muted = False
        self._heading: _OpenHeading | None = None
        self._walk(_veiled(html))

    @property
    def html(self) -> str:
        """The body, ready to be placed into a page."""
        return "".join(self._out)

    @property
    def text(self) -> str:
        """The words alone, with single spaces between them."""
        return _plain(self._words)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Second- to fourth-level headings, in order."""
        return tuple(one for one in self._headings if one.level <= LOWEST_LISTED)

    @property
    def removed(self) -> tuple[str, ...]:
        """Addresses that may not be published."""
        return tuple(self._removed)

    def _walk(self, html: str) -> None:
        at = 0
        for match in _TAG.finditer(html):
            self._text(html[at : match.start()])
            at = match.end()
            name, written = match.groups()
            if name.removeprefix("/") not in _INLINE:
                self._words.append(" ")
            self._STEPS.get(name, Finish._copy)(self, name, written)
        self._text(html[at:])

    def _text(self, text: str) -> None:
        self._out.append(text)
        if not self._muted:
            self._words.append(text)

    def _copy(self, name: str, written: str) -> None:
        self._out.append(f"<{name}{self._anchored(written)}>")

    def _anchored(self, written: str) -> str:
        if ' id="' not in written:
            return written
        return _ID.sub(lambda match: f' id="{self._kept(match[1])}"', written)

    def _new_anchor(self, text: str) -> str:
        return self._prefix + self._anchors.make(slug(text))

    def _kept(self, anchor: str) -> str:
        return self._prefix + self._anchors.keep("-".join(anchor.split()))

    def _open_heading(self, name: str, written: str) -> None:
        level = self._levels.place(int(name[1]))
        self._heading = _OpenHeading(level, len(self._out), len(self._words), written)
        self._out.append("")

    def _close_heading(self, _name: str, _written: str) -> None:
        opened, self._heading = self._heading, None
        if opened is None:
            return
        text = _plain(self._words[opened.first_word :])
        given = _ID.search(opened.attributes)
        anchor = self._kept(given[1]) if given else self._new_anchor(text)
        attributes = _ID.sub("", opened.attributes)
        self._out[opened.at] = f'<h{opened.level} id="{anchor}"{attributes}>'
        self._out.append(f"</h{opened.level}>")
        self._headings.append(Heading(opened.level, unescape(anchor), text))

    def _open_link(self, name: str, written: str) -> None:
        facts = dict(_ATTRIBUTE.findall(written))
        self._muted = facts.get("class") in {"footnote-ref", "footnote-backref"}
        if "name" in facts:
            facts.setdefault("id", facts.pop("name"))
        if href := self._address(unescape(facts.get("href", ""))):
            facts["href"] = href
        else:
            facts.pop("href", None)
        self._copy(name, _written(facts))

    def _close_link(self, name: str, written: str) -> None:
        self._muted = False
        self._copy(name, written)

    def _address(self, target: str) -> str | None:
        """The address to write, escaped; None if there is none that may be published."""
        if not target:
            return None
        if found := self._link(target):
            return escape(found)
        if target.startswith("#") and len(target) > 1:
            anchor = target[1:].removeprefix(self._prefix)
            return _veiled(escape(f"#{self._prefix}{anchor}"))
        if (scheme := scheme_of(target)) and scheme not in SCHEMES:
            self._removed.append(address(target))
            return None
        return _veiled(escape(target))

    def _picture(self, name: str, written: str) -> None:
        facts = dict(_ATTRIBUTE.findall(written))
        target = unescape(facts.get("src", ""))
        source = self._address(target)
        if source is None:
            return
        facts |= {"src": source}
        if not {"width", "height"} & facts.keys() and (size := self._image(target)):
            facts |= {"width": str(size[0]), "height": str(size[1])}
        facts |= {"loading": facts.get("loading", "lazy"), "decoding": "async"}
        self._copy(name, _written(facts))

    def _open_table(self, name: str, written: str) -> None:
        self._tables += 1
        if self._tables == 1:
            self._out.append(_TABLE)
        self._copy(name, written)

    def _close_table(self, name: str, written: str) -> None:
        self._copy(name, written)
        self._tables -= 1
        if self._tables == 0:
            self._out.append("</div>")

    def _pre(self, name: str, written: str) -> None:
        self._in_pre = name == "pre"
        self._copy(name, written)

    def _code(self, name: str, written: str) -> None:
        self._copy(name, written + _CODE if self._in_pre else written)

    def _input(self, name: str, written: str) -> None:
        facts = dict(_ATTRIBUTE.findall(written))
        if "type" not in facts:
            return
        if "name" in facts:
            facts["name"] = self._prefix + facts["name"]
        label = _TASK if facts["type"] == "checkbox" else ""
        self._copy(name, _written(facts) + label)

    def _label(self, name: str, written: str) -> None:
        self._copy(name, written.replace(' for="', f' for="{self._prefix}'))

    # Of functions: bound methods in each object would hold it, and all it made, in a circle.
    _STEPS: ClassVar[Mapping[str, Callable[[Finish, str, str], None]]] = {
        **dict.fromkeys(_HEADINGS, _open_heading),
        **dict.fromkeys((f"/{name}" for name in _HEADINGS), _close_heading),
        "a": _open_link,
        "/a": _close_link,
        "img": _picture,
        "table": _open_table,
        "/table": _close_table,
        "pre": _pre,
        "/pre": _pre,
        "code": _code,
        "input": _input,
        "label": _label,
    }


def _veiled(html: str) -> str:
    """Only addresses that `link` gave may be taken for ones inside the site later."""
    return html.replace(SITE_SCHEME, "gatepost:&#47;")


def _written(facts: dict[str, str]) -> str:
    return "".join(f' {key}="{value}"' for key, value in facts.items())


def _plain(words: list[str]) -> str:
    return " ".join(unescape("".join(words)).split())
