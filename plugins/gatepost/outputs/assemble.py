"""Make the edition of a site: project every release for its readers, render each body once."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gatepost.audience.attachments import local_path
from gatepost.audience.entry import Asset, Entry
from gatepost.audience.project import project
from gatepost.content.links import targets_of
from gatepost.markdown.images import picture_size
from gatepost.markdown.render import Rendered, Renderer
from gatepost.markdown.text import first_sentence
from gatepost.model.book import Book
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.edition import Edition, Site

ENTRY_LINK = "release:"
"""How a body links to another entry: `[words](release:its-id)`."""


class Bodies:
    """Renders each body once, also when two sites show the same text."""

    def __init__(self) -> None:
        """Start with one long-lived renderer and nothing rendered."""
        self._renderer = Renderer()
        self._made: dict[tuple[object, ...], Rendered] = {}

    def render(
        self,
        entry: Entry,
        resolve: Callable[[str], str | None],
    ) -> Rendered:
        """The body of an entry; the same text with the same targets is rendered once."""
        sizes = {
            f"{ROOT}{entry.href}{asset.name}": (asset.width, asset.height)
            for asset in entry.assets
            if asset.width is not None and asset.height is not None
        }
        found = tuple((target, resolve(target)) for target in link_targets(entry.body))
        key = (entry.id, entry.body, found, tuple(sizes.items()))
        if key not in self._made:
            self._made[key] = self._renderer.render(
                entry.body,
                prefix=entry.id,
                link=resolve,
                image=lambda target: sizes.get(resolve(target) or ""),
            )
        return self._made[key]


def link_targets(text: str) -> tuple[str, ...]:
    """Every link target and picture address of a Markdown text, once each, as written."""
    return tuple(dict.fromkeys(targets_of(text)))


def make_entries(book: Book, group: str) -> tuple[Entry, ...]:
    """Every entry *group* may see, newest first, with the sizes of its pictures."""
    entries = project(book, group, targets=link_targets, summarise=first_sentence)
    return tuple(measured(entry, book.root) for entry in entries)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the entries of one edition were written, to resolve the links between them."""

    path_of: Mapping[str, str]
    id_at: Mapping[str, str]

    @classmethod
    def of(cls, book: Book, entries: tuple[Entry, ...]) -> Sources:
        """The sources of *entries*, and of no other release."""
        path_of = {entry.id: book.by_id[entry.id].source.path for entry in entries}
        return cls(path_of, {path: one for one, path in path_of.items()})

    def resolver(self, entry: Entry) -> Callable[[str], str | None]:
        """How the links of one body become addresses of the site.

        `release:<id>` and relative paths of other entries lead to their pages, files beside the
        entry to where they are published. Everything else is left as written.
        """
        here = posixpath.dirname(self.path_of[entry.id])
        own = {asset.name for asset in entry.assets}

        def resolve(target: str) -> str | None:
            bare, mark, anchor = target.partition("#")
            tail = f"{mark}{anchor}"
            if bare.startswith(ENTRY_LINK):
                one = bare.removeprefix(ENTRY_LINK)
                return f"{ROOT}releases/{one}/{tail}" if one in self.path_of else None
            if not bare or not (name := local_path(bare)):
                return None
            if name in own:
                return f"{ROOT}{entry.href}{name}{tail}"
            one = self.id_at.get(posixpath.normpath(f"{here}/{name}"), "")
            return f"{ROOT}releases/{one}/{tail}" if one else None

        return resolve


def make_edition(site: Site, book: Book, bodies: Bodies) -> Edition:
    """Everything the readers of *site* may see, ready to be composed."""
    entries = make_entries(book, site.reader)
    sources = Sources.of(book, entries)
    return Edition(
        site=site,
        entries=entries,
        bodies={
            entry.id: bodies.render(entry, sources.resolver(entry)) for entry in entries
        },
        versioned={key: row.versions for key, row in book.registry.products.items()},
    )


def measured(entry: Entry, root: Path) -> Entry:
    """The entry with the sizes of its pictures, so that nothing jumps while they load."""
    return replace(
        entry, assets=tuple(_measured(asset, root) for asset in entry.assets)
    )


def _measured(asset: Asset, root: Path) -> Asset:
    size = picture_size(root / asset.file)
    return replace(asset, width=size[0], height=size[1]) if size else asset
