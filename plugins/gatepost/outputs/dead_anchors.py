"""Links of a body to headings and anchors that the rendered texts do not have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from gatepost.audience.entry import Entry
from gatepost.markdown.finish import SEPARATOR
from gatepost.markdown.render import Rendered
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.assemble import PAGE_ANCHORS, Resolve, link_targets
from gatepost.rules.nearest import Names

_ID = re.compile(r' id="([^"]*)"')
_PAGE = re.compile(rf"(?:{re.escape(ROOT)}|/)releases/([a-z0-9-]+)/(?:index\.html)?")
_OF_THE_FRAME = ("gp-", "__")
"""How the anchors of the page around a body begin."""
_TOP = "top"
"""Every browser scrolls up for it."""

Find = Callable[[str], Rendered | None]
"""The rendered body of an entry by its id; None if its readers have no such page."""


class Dead(NamedTuple):
    """A link that leads to no heading."""

    target: str
    """As written."""
    near: str
    """The target that was probably meant; empty if none is alike."""


def dead_anchors(entry: Entry, resolve: Resolve, find: Find) -> Iterator[Dead]:
    """Every link of a body to a heading that is not there, once each.

    Args:
        entry: Whose body it is.
        resolve: How its links become addresses of the site.
        find: The bodies that the same readers see.
    """
    for target in link_targets(entry.body):
        path, mark, said = target.partition("#")
        anchor = unquote(said)
        if not mark or anchor in {"", _TOP}:
            continue
        one = _entry_of(path, entry.id, resolve(target) or target)
        if one and (page := find(one)) and not _is_there(anchor, one, path, page):
            yield Dead(target, _near(anchor, one, path, page))


def _entry_of(path: str, own: str, address: str) -> str:
    """The id of the entry that a link leads into; empty for anything else."""
    if not path:
        return own
    match = _PAGE.fullmatch(address.partition("#")[0])
    return match[1] if match else ""


def _is_there(anchor: str, one: str, path: str, page: Rendered) -> bool:
    names = _names(page.html)
    if path and (anchor in PAGE_ANCHORS or anchor.startswith(_OF_THE_FRAME)):
        return True
    # An address written out in full is used as it stands, all others get the id.
    return anchor in names if path.startswith("/") else _own(anchor, one) in names


def _own(anchor: str, one: str) -> str:
    begin = f"{one}{SEPARATOR}"
    return anchor if anchor.startswith(begin) else f"{begin}{anchor}"


def _near(anchor: str, one: str, path: str, page: Rendered) -> str:
    begin = f"{one}{SEPARATOR}"
    known = {name.removeprefix(begin): name for name in _names(page.html)}
    found = anchor if anchor in known else Names.of(known).nearest(anchor)
    if not found:
        return ""
    return f"{path}#{known[found] if path.startswith('/') else found}"


@lru_cache(maxsize=1 << 8)
def _names(html: str) -> frozenset[str]:
    return frozenset(unescape(name) for name in _ID.findall(html))
