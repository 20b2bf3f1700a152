"""Take away everything that could run in a reader's browser, and say what it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

import nh3

SCHEMES = frozenset({"http", "https", "mailto"})
"""Schemes of addresses that may be published."""
RELEASE_SCHEME = "release"
"""`release:<id>` is a link to another entry; it never survives rendering."""

_NAMES = """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp rt ruby
    s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr
    tt u ul var wbr
"""
TAGS = frozenset(_NAMES.split())
"""Elements an entry may hold: text, lists, tables, pictures, code, tabs, tick boxes."""
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "name", "rel"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "div": {"data-tabs"},
    "img": {"alt", "decoding", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "name"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "span": {"data-linenos"},
    "td": {"align", "colspan", "rowspan", "style"},
    "th": {"align", "colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
_VALUES = {"a": {"target": {"_blank"}}, "input": {"type": {"checkbox", "radio"}}}
"""Attributes that may have these values only."""
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    filter_style_properties={"text-align"},
    url_schemes=SCHEMES | {RELEASE_SCHEME},
    link_rel=None,
    strip_comments=True,
)
_TOKEN = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?"""
)
_LONGEST_QUOTE = 60

Tag = tuple[str, tuple[tuple[str, str], ...]]
"""Name, and attributes with their values, sorted."""


def sanitise(html: str) -> tuple[str, tuple[str, ...]]:
    """Clean a fragment of HTML.

    Returns:
        The clean fragment, and what was taken away, in plain words, in the order it stood.
    """
    clean = _CLEANER.clean(html)
    return clean, tuple(dict.fromkeys(_taken(html, clean)))


def _taken(before: str, after: str) -> Iterator[str]:
    if "<!" not in before and "<?" not in before and _same_tags(before, after):
        return
    reader = _Reader()
    reader.feed(before)
    reader.close()
    yield from _difference(reader.found, Counter(map(_tag, _TOKEN.findall(after))))


def _same_tags(before: str, after: str) -> bool:
    """Whether every start tag is still there: the quick answer for nearly every text."""
    was, now = Counter(_TOKEN.findall(before)), Counter(_TOKEN.findall(after))
    rewritten = [one for one in was if now[one] != was[one]]
    missing, found = Counter[Tag](), Counter[Tag]()
    for token in rewritten:
        missing[_tag(token)] += was[token]
    for token in now:
        found[_tag(token)] += now[token] if missing else 0
    return missing <= found


@lru_cache(maxsize=8192)
def _tag(token: str) -> Tag:
    """Read a start tag, so that two ways to write the same are equal."""
    name, _, rest = token[1:-1].rstrip("/ \n").partition(" ")
    if not rest:
        return name.lower(), ()
    attributes = {
        key.lower(): unescape(one or two or three)
        for key, one, two, three in reversed(_ATTRIBUTE.findall(rest))
    }
    return name.lower(), _sorted(attributes)


def _sorted(attributes: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((key, _normal(key, value)) for key, value in attributes.items())
    )


def _normal(name: str, value: str) -> str:
    if name == "style":
        return re.sub(r"\s+", "", value).rstrip(";").lower()
    if name in {"checked", "disabled", "open", "reversed"}:
        return ""
    return value.strip()


class _Reader(HTMLParser):
    """Reads a fragment slowly and exactly: every start tag and comment in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Tag | str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first = {key.lower(): value or "" for key, value in reversed(attrs)}
        self.found.append((tag.lower(), _sorted(first)))

    def handle_comment(self, data: str) -> None:
        self.found.append(_comment(data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(_comment(decl))

    def handle_pi(self, data: str) -> None:
        self.found.append(_comment(data))

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Read `<![x` as browsers do, as a comment up to the next `>`; the library gives up."""
        return self.parse_bogus_comment(i, bool(report))


def _comment(data: str) -> str:
    return f"the comment <!-- {_short(data)} -->"


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST_QUOTE else f"{bare[:_LONGEST_QUOTE]}…"


def address(target: str) -> str:
    """How an address that may not be published is named."""
    return f"the address {_short(target)}"


def _difference(found: list[Tag | str], kept: Counter[Tag]) -> Iterator[str]:
    left_tags: Counter[str] = Counter()
    left_parts: Counter[tuple[str, str, str]] = Counter()
    for (name, attributes), times in kept.items():
        left_tags[name] += times
        for key, value in attributes:
            left_parts[name, key, value] += times
    for one in found:
        if isinstance(one, str):
            yield one
            continue
        name, attributes = one
        if not left_tags[name]:
            yield f"the tag <{name}>"
            continue
        left_tags[name] -= 1
        for key, value in attributes:
            if left_parts[name, key, value]:
                left_parts[name, key, value] -= 1
            elif key in {"href", "src"}:
                yield address(value)
            else:
                yield f"the attribute {key} on <{name}>"
