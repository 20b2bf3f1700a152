"""Everything a group of readers may not see, piece by piece, with where it was written."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from gatepost.audience.normal import normal
from gatepost.audience.phrases import prose
from gatepost.audience.withheld import tree_values, values
from gatepost.content.translation import translated_releases
from gatepost.model.book import Book
from gatepost.model.finding import Place
from gatepost.model.registry import Clearance, Product
from gatepost.model.release import PathInFile, Release

_NAMES = frozenset({"id", "key", "name", "title", "title_internal"})
_DIGESTS = ("md5", "sha1", "sha256")


Kind = Literal["text", "name", "path"]


@dataclass(frozen=True, slots=True)
class Canary:
    """One piece of text that must not reach these readers."""

    place: Place
    """Where it was written."""
    field: str
    """What it was written as: `rollback.executors.0.command`, `internal block`, `file name`."""
    text: str
    """As written."""
    normal: str
    """Its words in normal form, without link targets."""
    kind: Kind = "text"
    """A *name* (id, title, key, file name) also counts hashed or written as one word."""
    entry: str = ""
    """Set to the id on an entry that these readers do not see: its address counts too."""
    digests: tuple[str, ...] = ()
    """Hex MD5, SHA-1 and SHA-256 of a file that is not published."""


def canaries(
    book: Book, reader: str, *, seen: Collection[str], published: Collection[str] = ()
) -> tuple[Canary, ...]:
    """List what *reader* may not see.

    Args:
        book: Everything that was read.
        reader: The group a site is built for.
        seen: Ids of the entries that group may come across. All text of the others is withheld.
        published: Attachments that are published, relative to the project's root.

    Returns:
        One canary for each text of a withheld field, each paragraph of withheld prose, each
        source path and each attachment left behind.
    """
    gathered = _Gathering(book, book.registry.clearance(reader), frozenset(seen))
    found = [
        *(one for release in _versions(book) for one in gathered.release(release)),
        *gathered.attachments(frozenset(published)),
        *(gathered.registry() if gathered.clearance == "public" else ()),
    ]
    return tuple(dict.fromkeys(one for one in found if one.normal or one.digests))


def _versions(book: Book) -> tuple[Release, ...]:
    """Every entry, in every language."""
    return (*book.releases, *translated_releases(book))


@dataclass(frozen=True, slots=True)
class _Gathering:
    book: Book
    clearance: Clearance
    seen: frozenset[str]

    def release(self, release: Release) -> Iterator[Canary]:
        shown = release.id in self.seen
        for value in values(release):
            if not shown or not value.allowed(self.clearance):
                known = value.path != ("id",) or release.id in self.book.ledger.rows
                entry = "" if known else release.id
                place = release.at(*value.path)
                yield self._canary(place, value.path, value.text, entry)
        yield from self._own_fields(release, shown=shown)
        yield from self._prose(release, shown=shown)
        if not shown or self.clearance == "public":
            # Colleagues are led to the very line of an entry they may read.
            place = Place(release.source.path)
            yield _canary(place, "source file", release.source.path, "path")

    def _own_fields(self, release: Release, *, shown: bool) -> Iterator[Canary]:
        for key, tree in release.source.extra.items():
            clearance = self.book.registry.fields.get(key, "internal")
            yield from (
                self._canary(release.at(*value.path), value.path, value.text)
                for value in tree_values({key: tree}, (), clearance)
                if not shown or not value.allowed(self.clearance)
            )

    def _prose(self, release: Release, *, shown: bool) -> Iterator[Canary]:
        path, body = release.source.path, release.body
        if not shown:
            for line, text in paragraphs(body.public, body.first_line):
                yield self._text(Place(path, line), "body", text)
        if not shown or self.clearance == "public":
            for cut in body.cuts:
                # What lies above the body was written in the internal file beside the entry.
                beside = cut.line < body.first_line
                home = f"{path.removesuffix('.md')}.internal.md" if beside else path
                for line, text in paragraphs(cut.text, cut.line):
                    yield self._text(Place(home, line), "internal block", text)

    def attachments(self, published: frozenset[str]) -> Iterator[Canary]:
        """Names and digests of the files beside entries that stay behind."""
        root = self.book.root
        sources = {release.source.path for release in _versions(self.book)}
        open_digests = {one for name in published for one in _digests(root / name)}
        for folder in dict.fromkeys(
            release.source.folder for release in self.book.releases
        ):
            for file in _files(root / folder) if folder else ():
                path = file.relative_to(root).as_posix()
                if path in published or path in sources:
                    continue
                digests = tuple(
                    one for one in _digests(file) if one not in open_digests
                )
                yield _canary(Place(path), "attachment", file.name, "name", digests)

    def registry(self) -> Iterator[Canary]:
        """Owners, teams, groups and whatever else the registry says to colleagues only."""
        registry = self.book.registry
        announced = named_keys(self.book, self.seen)
        for section in ("teams", "audiences", "profiles"):
            for key, row in getattr(registry, section).items():
                yield self._name((section, key), key)
                yield from self._row((section, key), row)
        for section in ("products", "components"):
            for key, product in getattr(registry, section).items():
                yield from self._product(
                    (section, key), product, known=key in announced
                )
        for key, label in registry.phases.items():
            for text in (label.label, *label.aliases):
                yield self._name(("phases", key), text)
        yield from self._row(("defaults",), registry.defaults)
        for host in registry.policy.internal_hosts:
            yield self._name(("policy", "internal_hosts"), host)
        for key, clearance in registry.fields.items():
            if clearance != "public":
                yield self._name(("fields", key), key)

    def _product(
        self, path: PathInFile, product: Product, *, known: bool
    ) -> Iterator[Canary]:
        """The whole row if no entry these readers see names it: it may be unannounced."""
        if not known:
            for text in (
                str(path[-1]),
                product.name,
                product.url,
                *product.names.values(),
            ):
                yield self._name(path, text)
        yield self._name((*path, "owner"), product.owner)
        yield from self._row((*path, "defaults"), product.defaults)

    def _row(self, path: PathInFile, row: BaseModel) -> Iterator[Canary]:
        for value in values(row):
            if not value.allowed(self.clearance):
                whole = (*path, *value.path)
                place = self.book.registry.at(*whole)
                yield self._canary(place, whole, value.text)

    def _name(self, path: PathInFile, text: str) -> Canary:
        place = self.book.registry.at(*path)
        return _canary(place, _dotted(path), text, "name")

    def _canary(
        self, place: Place, path: PathInFile, text: str, entry: str = ""
    ) -> Canary:
        clean = normal(prose(text, own_host=self.book.host))
        kind: Kind = "name" if path[-1] in _NAMES else "text"
        return Canary(place, _dotted(path), text, clean, kind, entry)

    def _text(self, place: Place, field: str, text: str) -> Canary:
        return Canary(place, field, text, normal(prose(text, own_host=self.book.host)))


def named_keys(book: Book, seen: Collection[str]) -> frozenset[str]:
    """Products and components that some seen entry names."""
    rows = [release for release in book.releases if release.id in seen]
    return frozenset(key for row in rows for key in (*row.products, *row.components))


def paragraphs(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Split *text* at empty lines; each part with the line of the file it begins on."""
    numbered = enumerate(text.split("\n"), first_line)
    for written, rows in groupby(numbered, key=lambda row: bool(row[1].strip())):
        if written:
            found = [*rows]
            yield found[0][0], "\n".join(line for _, line in found)


def _canary(
    place: Place, field: str, text: str, kind: Kind, digests: tuple[str, ...] = ()
) -> Canary:
    return Canary(place, field, text, normal(text), kind, "", digests)


def _dotted(path: PathInFile) -> str:
    return ".".join(str(part) for part in path)


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield file


def _digests(file: Path) -> tuple[str, ...]:
    content = file.read_bytes() if file.is_file() else b""
    if not content:
        return ()  # an empty file is like any other empty file
    return tuple(
        hashlib.new(one, content, usedforsecurity=False).hexdigest() for one in _DIGESTS
    )
