"""Make the edition of a site: project every release for its readers, render each body once."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from gatepost.audience.attachments import local_path
from gatepost.audience.entry import Asset, Entry
from gatepost.audience.project import project, project_one, reader_of
from gatepost.audience.visibility import listed
from gatepost.content.in_language import in_language
from gatepost.content.links import targets_of
from gatepost.content.translation import is_stale
from gatepost.markdown.finish import SEPARATOR
from gatepost.markdown.images import picture_size
from gatepost.markdown.render import Rendered, Renderer, RenderError
from gatepost.markdown.text import first_sentence
from gatepost.model.book import Book
from gatepost.model.languages import speaks
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.body_cache import BodyCache
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.elsewhere import rendered_elsewhere
from gatepost.outputs.packed import Packed, PackedBodies, packed, unpacked
from gatepost.parallel import mapped

ENTRY_LINK = "release:"
"""How a body links to another entry: `[words](release:its-id)`."""

PAGE_ANCHORS = frozenset(
    {"also", "corrections", "known-issues", "limitations", "questions"}
)
"""Places of a release's page that are no part of its body."""

Resolve = Callable[[str], str | None]
"""How a link target of a body becomes an address of the site; None leaves it as written."""


class Bodies:
    """Renders each body once, also when two sites show the same text."""

    def __init__(self, kept: BodyCache | None = None) -> None:
        """Start with one long-lived renderer, and what earlier builds have *kept*."""
        self._renderer = Renderer()
        self._kept = kept
        self._made: dict[tuple[object, ...], Packed | RenderError] = {}
        self._seen: tuple[Book | None, dict[str, tuple[Entry, ...]]] = (None, {})

    def entries(self, book: Book, group: str) -> tuple[Entry, ...]:
        """What `make_entries` gives, made once for each group of readers of a book."""
        if self._seen[0] is not book:
            self._seen = (book, {})
        made = self._seen[1]
        if group not in made:
            made[group] = make_entries(book, group)
        return made[group]

    def prepare(self, wanted: Iterable[tuple[Entry, Resolve]]) -> None:
        """Render whatever is not there yet, on all cores if there is much of it."""
        missing = {_key(entry, resolve): (entry, resolve) for entry, resolve in wanted}
        for key in self._made.keys() & missing.keys():
            del missing[key]
        if self._kept:
            found = self._kept.find(missing)
            self._made |= {key: packed(body) for key, body in found}
        fresh = {key: one for key, one in missing.items() if key not in self._made}
        made = {key: packed(one) for key, one in rendered_elsewhere(fresh).items()}
        rest = {key: one for key, one in fresh.items() if key not in made}
        done = mapped(lambda one: self._tried(*one), tuple(rest.values()))
        self._made |= made
        self._made |= zip(rest, done, strict=True)
        if self._kept and fresh:
            self._kept.keep(
                (key, unpacked(one))
                for key in fresh
                if isinstance(one := self._made[key], Packed)
            )

    def render(self, entry: Entry, resolve: Resolve) -> Rendered:
        """The body of an entry; the same text with the same targets is rendered once.

        Raises:
            RenderError: The text cannot be rendered.
        """
        return unpacked(self.pack(entry, resolve))

    def pack(self, entry: Entry, resolve: Resolve) -> Packed:
        """The same, packed.

        Raises:
            RenderError: The text cannot be rendered.
        """
        key = _key(entry, resolve)
        if key not in self._made:
            self._made[key] = self._tried(entry, resolve)
        made = self._made[key]
        if isinstance(made, RenderError):
            raise made
        return made

    def _tried(self, entry: Entry, resolve: Resolve) -> Packed | RenderError:
        sizes = dict(_sizes(entry))
        try:
            return packed(
                self._renderer.render(
                    entry.body,
                    prefix=entry.id,
                    link=resolve,
                    image=lambda target: sizes.get(resolve(target) or ""),
                )
            )
        except RenderError as error:
            return error


def _key(entry: Entry, resolve: Resolve) -> tuple[object, ...]:
    """Everything the rendered body depends on."""
    found = tuple((target, resolve(target)) for target in link_targets(entry.body))
    return entry.id, entry.body, found, tuple(_sizes(entry))


def _sizes(entry: Entry) -> Iterator[tuple[str, tuple[int, int]]]:
    for asset in entry.assets:
        if asset.width is not None and asset.height is not None:
            yield f"{ROOT}{entry.href}{asset.name}", (asset.width, asset.height)


@lru_cache(maxsize=1 << 17)
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
        sources = {entry.id: book.by_id[entry.id].source for entry in entries}
        id_at = {source.original: one for one, source in sources.items()}
        id_at |= {source.path: one for one, source in sources.items()}
        return cls({one: source.path for one, source in sources.items()}, id_at)

    def resolver(self, entry: Entry) -> Resolve:
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
                one = bare.removeprefix(ENTRY_LINK).strip("/")
                return _at(one, anchor) if one in self.path_of else None
            if not bare or not (name := local_path(bare)):
                return None
            if name in own:
                return f"{ROOT}{entry.href}{name}{tail}"
            one = self.id_at.get(posixpath.normpath(f"{here}/{name}"), "")
            return _at(one, anchor) if one else None

        return resolve


def _at(one: str, anchor: str) -> str:
    """The address of a place in another entry; its own anchors begin with its id."""
    page = f"{ROOT}releases/{one}/"
    if not anchor or anchor in PAGE_ANCHORS or anchor.startswith(f"{one}{SEPARATOR}"):
        return f"{page}#{anchor}" if anchor else page
    return f"{page}#{one}{SEPARATOR}{anchor}"


def make_edition(site: Site, book: Book, bodies: Bodies) -> Edition:
    """Everything the readers of *site* may see, ready to be composed.

    Colleagues read what was written first; outsiders read their own language where there is one.
    """
    own = book if site.insider else in_language(book, site.language)
    made = bodies.entries if own is book else make_entries
    entries = made(own, site.reader)
    if _marks(site, book):
        entries = tuple(_marked(one, site) for one in entries)
    book = own
    sources = Sources.of(book, entries)
    return Edition(
        site=site,
        entries=entries,
        bodies=PackedBodies(
            {entry.id: bodies.pack(entry, sources.resolver(entry)) for entry in entries}
        ),
        versioned={key: row.versions for key, row in book.registry.products.items()},
        stale=_stale(book),
        links={
            entry.id: found
            for entry in entries
            if (found := dict(_resolved(entry, sources.resolver(entry))))
        },
    )


def with_entry(
    edition: Edition, book: Book, one: str, bodies: Bodies
) -> Edition | None:
    """The edition with an entry as *book* has it now; all others stay as they are.

    Args:
        edition: What was made of an earlier state of the book.
        book: As for `make_edition`.
        one: The entry's id.
        bodies: Renders its text.

    Returns:
        None if the entry comes, goes or moves, or other files belong to it: then more changes
        than its own words.

    Raises:
        RenderError: Its text cannot be rendered.
    """
    site = edition.site
    own = book if site.insider else in_language(book, site.language)
    before, release = edition.by_id.get(one), own.by_id[one]
    if before is None or not listed(release, own, site.reader):
        return None
    reader = reader_of(own, site.reader)
    entry = project_one(
        release, own, reader, targets=link_targets, summarise=first_sentence
    )
    entry = measured(entry, own.root)
    if _marks(site, book):
        entry = _marked(entry, site)
    if _elsewhere(entry) != _elsewhere(before):
        return None
    entries = tuple(entry if old.id == one else old for old in edition.entries)
    resolve = Sources.of(own, entries).resolver(entry)
    return replace(
        edition,
        entries=entries,
        bodies=edition.bodies.but(one, bodies.pack(entry, resolve)),
        stale=_stale(own),
        links={**edition.links, one: dict(_resolved(entry, resolve))},
    )


def _elsewhere(entry: Entry) -> tuple[object, ...]:
    """What of an entry decides on more than its page: its place in the log, and its files."""
    return entry.published, entry.logged, tuple(one.name for one in entry.assets)


def _resolved(entry: Entry, resolve: Resolve) -> Iterator[tuple[str, str]]:
    for target in link_targets(entry.body):
        if found := resolve(target):
            yield target, found


def _marks(site: Site, book: Book) -> bool:
    """Whether there is any need to say which language a text is in."""
    return site.written != site.language or bool(book.translations)


def _marked(entry: Entry, site: Site) -> Entry:
    """The entry with the language of its text, unless it is the one its page is in."""
    said = entry.lang or site.written
    lang = "" if speaks(site.language, said) else said
    return entry if lang == entry.lang else replace(entry, lang=lang)


def _stale(book: Book) -> frozenset[str]:
    """Ids of the entries whose translation is older than their original."""
    used = {release.source.path for release in book.releases if release.source.original}
    return frozenset(
        one.release
        for one in book.translations
        if one.path in used and is_stale(book, one)
    )


def measured(entry: Entry, root: Path) -> Entry:
    """The entry with the sizes of its pictures, so that nothing jumps while they load."""
    if not entry.assets:
        return entry
    return replace(
        entry, assets=tuple(_measured(asset, root) for asset in entry.assets)
    )


def _measured(asset: Asset, root: Path) -> Asset:
    size = picture_size(root / asset.file)
    return replace(asset, width=size[0], height=size[1]) if size else asset
