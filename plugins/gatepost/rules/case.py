"""What a rule looks at: one release, and the index of the book it stands in."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from gatepost.content.links import Link, find_links, targets_of
from gatepost.content.pack import shipped
from gatepost.model.book import Book
from gatepost.model.finding import Law, Place
from gatepost.model.registry import Policy, Profile, Registry
from gatepost.model.release import Cut, PathInFile, Release
from gatepost.rules.addresses import bare_id, entry_at, local_name
from gatepost.rules.nearest import Names
from gatepost.rules.public_text import Sheet, public_sheet
from gatepost.rules.readers import outside_readers, readers_of, withheld
from gatepost.rules.suspects import Suspects, suspects
from gatepost.rules.vocabulary import vocabulary


class Written(NamedTuple):
    """A link or picture with its place in the file."""

    link: Link
    place: Place
    public: bool
    """False if it stands in an internal block."""
    entry: str | None
    """The id or file of the entry it leads to; None if it does not lead to an entry."""

    @property
    def file(self) -> str:
        """The file beside the entry that it means, else nothing."""
        return local_name(self.link.target) if self.entry is None else ""


class Attached(NamedTuple):
    """A file an entry refers to."""

    name: str
    """Below the entry's folder, with forward slashes."""
    at: Place | PathInFile


@dataclass(frozen=True)
class Index:
    """What rules look up, gathered once: no rule walks through all releases for one of them."""

    book: Book
    by_path: Mapping[str, Release]
    """Releases by the file they are written in."""
    ids: Names
    known: Mapping[str, Names]
    """Section of the registry to the names entries may use of it."""
    outside: Mapping[str, frozenset[str]]
    """For each audience: the outside groups that read its entries."""
    suspects: Suspects
    laws: Mapping[str, Law]
    """Every law by its code."""

    @classmethod
    def of(cls, book: Book, laws: Iterable[Law] = ()) -> Index:
        """Gather what the rules need from a book."""
        return cls(
            book=book,
            by_path={release.source.path: release for release in book.releases},
            ids=Names.of(book.by_id),
            known=vocabulary(book.registry),
            outside=outside_readers(book.registry),
            suspects=suspects(book),
            laws={law.code: law for law in laws},
        )

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """Files of entries that could not be read."""
        paths = {one.place.path for one in self.book.findings if one.level == "error"}
        return tuple(
            sorted(path for path in paths - {*self.by_path} if path.endswith(".md"))
        )

    def mend_first(self, name: str) -> str:
        """The way out when an id is missing only because its entry cannot be read; else empty."""
        for path in self.unread:
            if name in path.removesuffix(".md").split("/"):
                return f"mend {path} first: as long as it cannot be read, its id is not known"
        return ""

    @property
    def registry(self) -> Registry:
        """The registry entries are judged by."""
        return self.book.registry

    @property
    def policy(self) -> Policy:
        """The promises rules hold releases to."""
        return self.book.registry.policy

    @cached_property
    def rehearsal_days(self) -> int:
        """How old the rehearsal of a rollback may be under the profile in force."""
        profile = self.registry.profiles.get(self.registry.profile)
        return (profile or Profile()).rehearsal_days

    @cached_property
    def items(self) -> Names:
        """Ids of checklist items entries may name; a tick of a dropped one does no harm."""
        own = (key for key, one in self.registry.checklist.items() if one.text)
        return Names.of((*shipped(), *own))

    def readers(self, release: Release) -> frozenset[str]:
        """The outside groups that may read an entry, now or later."""
        return readers_of(release.audience, self.outside)

    def hides(self, target: Release, release: Release) -> bool:
        """Say whether somebody who may read *release* may not know of *target*."""
        if self.readers(release) - self.readers(target):
            return True
        as_of = self.book.as_of
        return withheld(target, as_of) and not withheld(release, as_of)

    @cached_property
    def announced(self) -> frozenset[str]:
        """Ids that a deprecation notice names, either way round."""
        names: set[str] = set()
        for release in self.notices:
            names |= {*release.superseded_by, *release.related, *release.supersedes}
            links = find_links(release.body.public)
            names |= {link.target.removeprefix("release:") for link in links}
        return frozenset(names)

    @cached_property
    def notice_ids(self) -> frozenset[str]:
        """Ids of the entries that announce the end of something."""
        return frozenset(release.id for release in self.notices)

    @cached_property
    def notices(self) -> tuple[Release, ...]:
        """Entries that announce the end of something."""
        return tuple(
            release
            for release in self.book.releases
            if release.deprecation is not None and release.type != "removed"
        )

    @cached_property
    def removals(self) -> frozenset[tuple[str, str]]:
        """Product and version of every removal that was announced."""
        return frozenset(
            (product, release.deprecation.removal_version)
            for release in self.notices
            if release.deprecation and release.deprecation.removal_version
            for product in release.products
        )


@dataclass(frozen=True)
class Case:
    """One release before the rules."""

    release: Release
    index: Index

    @cached_property
    def public(self) -> bool:
        """Whether anyone outside may read the entry, now or later."""
        return bool(self.index.readers(self.release))

    @cached_property
    def sheet(self) -> Sheet:
        """Its public text."""
        return public_sheet(self.release)

    @cached_property
    def links(self) -> tuple[Written, ...]:
        """Links and pictures of its body, internal blocks included."""
        body, path = self.release.body, self.release.source.path
        found = list(_written(body.public, path, body.first_line, public=True))
        # Comments are cut as well, and no reader gets them.
        kept = frozenset(targets_of(body.whole)) if body.cuts else frozenset()
        for cut in body.cuts:
            inside = _written(cut.text, *_file_of(cut, self.release), public=False)
            found.extend(one for one in inside if one.link.target in kept)
        return tuple(found)

    @cached_property
    def attached(self) -> tuple[Attached, ...]:
        """Every file beside the entry that its text or its `media` refers to."""
        of_text = [
            Attached(one.file, one.place)
            for one in self.links
            if not self.meant_entry(one)
        ]
        of_media = [
            Attached(local_name(media.src), ("media", number, "src"))
            for number, media in enumerate(self.release.media)
        ]
        return tuple(one for one in (*of_text, *of_media) if one.name)

    def meant_entry(self, one: Written) -> str:
        """The id of the entry a link names without `release:`, if no file is called so."""
        name = bare_id(one.link.target) if one.entry is None else ""
        if not name or one.link.image or name not in self.index.ids:
            return ""
        folder = self.release.source.folder
        beside = self.index.book.root / folder / one.file
        return "" if folder and beside.exists() else name

    def find_entry(self, name: str) -> Release | None:
        """The release of an id or file name, if there is one."""
        return self.index.book.by_id.get(name) or self.index.by_path.get(name)


def _written(
    text: str, path: str, first_line: int, *, public: bool
) -> Iterator[Written]:
    home = posixpath.dirname(path)
    for link in find_links(text):
        place = Place(path, first_line + link.line - 1, link.column)
        yield Written(link, place, public, entry_at(link.target, home))


def _file_of(cut: Cut, release: Release) -> tuple[str, int]:
    """File and line of a cut: one that begins above the body is the internal file beside it."""
    path = release.source.path
    if cut.line < release.body.first_line:
        path = f"{path.removesuffix('.md')}.internal.md"
    return path, cut.line
