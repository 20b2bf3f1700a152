"""A small book on disk, and the audit of a folder against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from gatepost.audience.audit import MANIFEST, Report, audit
from gatepost.audience.canaries import Canary, canaries
from gatepost.audience.openly import public_texts
from gatepost.audience.watchlist import Watchlist, watchlist
from gatepost.content.load import load
from gatepost.model.book import Book

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOST = "docs.harbour.example"


class Desk:
    """Writes entries and built files, and audits them for one group of readers."""

    def __init__(self, root: Path) -> None:
        """Begin with an empty registry and an empty site."""
        self.root = root
        self.site = root / "build"
        self.site.mkdir()
        self.registry("products: {}\n")

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def registry(self, text: str) -> None:
        """Write the registry."""
        self.write("content/registry.yml", text)

    def entry(
        self, name: str, front: str = "", body: str = "Exports are quick."
    ) -> None:
        """Write an entry; what *front* does not say has an everyday value."""
        rows = {
            "id": name.partition("/")[0],
            "title": "Exports finish in half the time",
            "phase": "rolling-out",
            "audience": "public",
        }
        given = {line.partition(":")[0] for line in front.splitlines()}
        own = "".join(
            f"{key}: {value}\n" for key, value in rows.items() if key not in given
        )
        path = f"content/releases/{name}" + ("" if name.endswith(".md") else ".md")
        self.write(path, f"---\n{own}{front and front + chr(10)}---\n{body}\n")

    def page(self, path: str, content: str | bytes) -> Path:
        """Write a file of the built site."""
        return self.write(f"build/{path}", content)

    def book(self) -> Book:
        """Read everything."""
        return load(self.root, "content", as_of=AS_OF, host=HOST)

    def canaries(
        self, reader: str = "public", *, published: Iterable[str] = ()
    ) -> tuple[Canary, ...]:
        """What *reader* may not see."""
        book = self.book()
        return canaries(book, reader, seen=_seen(book, reader), published=[*published])

    def watch(
        self,
        reader: str = "public",
        *,
        also: Iterable[str] = (),
        published: Iterable[str] = (),
    ) -> Watchlist:
        """The canaries, without what also stands in a public text or in *also*."""
        book, left = self.book(), [*published]
        seen = _seen(book, reader)
        public = public_texts(book, reader, seen=seen, published=left)
        found = canaries(book, reader, seen=seen, published=left)
        return watchlist(found, [*public, *also], own_host=book.host)

    def audit(
        self,
        reader: str = "public",
        *,
        also: Iterable[str] = (),
        published: Iterable[str] = (),
        trusted: Iterable[str] = (),
        chosen: Iterable[str] = (),
    ) -> Report:
        """Write the manifest, then audit."""
        self.manifest()
        watch = self.watch(reader, also=also, published=published)
        return audit(self.site, watch, trusted={*trusted}, chosen={*chosen})

    def manifest(self) -> None:
        """List the files of the site as a build does."""
        files = {
            file.relative_to(self.site).as_posix(): hashlib.sha256(
                file.read_bytes()
            ).hexdigest()
            for file in sorted(self.site.rglob("*"))
            if file.is_file() and not file.is_symlink() and file.name != MANIFEST
        }
        self.page(MANIFEST, json.dumps({"version": 1, "files": files}))


def _seen(book: Book, reader: str) -> frozenset[str]:
    groups = book.registry.seen_by(reader)
    return frozenset(one.id for one in book.releases if groups & {*one.audience})
