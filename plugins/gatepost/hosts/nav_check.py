"""Pages that a site's `nav` names and nobody has: links that lead nowhere, on every page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import yaml

from gatepost.content.likely import nearest
from gatepost.hosts.sites import SiteConfig
from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.rules.overrides import overridden
from gatepost.rules.rendered import lost_page

SECTIONS = (
    *("", "changelog/", "deprecations/", "known-issues/", "roadmap/", "subscribe/"),
    "upgrade/",
)
"""Sections that every site has, by their addresses."""
DESK_SECTIONS = (
    *("calendar/", "checklists/", "flags/", "metrics/", "readiness/", "support/"),
)
"""Sections that sites for colleagues have besides."""
_INHERIT = "INHERIT"
_DEEPEST = 20
"""Levels of files and of headings that are looked at; a file may lead back to itself."""
_PLAIN = "tag:yaml.org,2002:"
"""Begins the tags of YAML itself; others, such as `!ENV`, stand for what is not known here."""


def nav_findings(site: SiteConfig, book: Book) -> Iterator[Finding]:
    """Every page that the `nav` of a site names and that will not be there.

    Nothing is said of a site with plugins or hooks that may bring pages of their own.

    Args:
        site: Its configuration, which was read before and can be read.
        book: Everything that was read.
    """
    held = _nav_of(site.path)
    if held is None or site.extended:
        return
    file, nav = held
    path = Path(os.path.relpath(file, site.root)).as_posix()
    insider = book.registry.clearance(site.settings.audience) != "public"
    for node in _named(nav):
        if lost := _lost(node.value, site, insider=insider):
            mark = node.start_mark
            place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
            found = overridden(lost_page(place, *lost), book.registry.rules)
            yield from (found,) if found else ()


def _nav_of(file: Path, depth: int = 0) -> tuple[Path, yaml.Node] | None:
    """The file whose `nav` a site has, its own or one it builds on, and what stands there."""
    if depth > _DEEPEST or not file.is_file():
        return None
    root = yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    rows = root.value if isinstance(root, yaml.MappingNode) else ()
    known = {key.value: value for key, value in rows if isinstance(key.value, str)}
    if "nav" in known:
        return file, known["nav"]
    parent = known.get(_INHERIT)
    if not isinstance(parent, yaml.ScalarNode):
        return None
    return _nav_of(file.parent / parent.value, depth + 1)


def _named(node: yaml.Node, depth: int = 0) -> Iterator[yaml.ScalarNode]:
    """The addresses that a `nav` holds, at any depth."""
    if depth > _DEEPEST or not node.tag.startswith(_PLAIN):
        return
    if isinstance(node, yaml.ScalarNode) and node.tag == f"{_PLAIN}str":
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _named(one, depth + 1)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _named(value, depth + 1)


def _lost(target: str, site: SiteConfig, *, insider: bool) -> tuple[str, str] | None:
    """Sentence and way out for an address that leads to no page; None if it leads somewhere."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith(("/", "#")):
        return None
    page, folder = PurePosixPath(target), os.path.relpath(site.docs_dir, site.root)
    sections = (*SECTIONS, *(DESK_SECTIONS if insider else ()))
    ours = {f"{one}index.md" for one in sections}
    there = ".." not in page.parts and (site.docs_dir / page).is_file()
    if there or page.as_posix() in ours:
        return None
    home = Path(folder).as_posix()
    sentence = f"`nav` names `{target}`, which is no page of ours and not in {home}"
    if page.as_posix() in {f"{one}index.md" for one in DESK_SECTIONS}:
        return sentence, "take the line out: only sites for colleagues have that page"
    written = site.docs_dir.rglob("*.md") if site.docs_dir.is_dir() else ()
    known = ours | {one.relative_to(site.docs_dir).as_posix() for one in written}
    inside = (page / "index.md").as_posix()
    near = inside if inside in known else nearest(target, sorted(known))
    if near:
        return sentence, f"did you mean `{near}`?"
    return sentence, f"put the page into {home}/, or take the line out"
