"""Prove on the written files of a site that nothing in them was meant for others."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gatepost.audience.search import MOST_LEAKS, Leak, Search, Seen, Unread
from gatepost.audience.watchlist import Watchlist
from gatepost.parallel import cores, mapped

MANY_FILES = 1_000
"""From so many files on they are searched by several processes."""
MANIFEST = "build-manifest.json"
"""The list of published files; it does not list itself."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A file that is not what the manifest says."""

    path: str
    what: str
    """`extra`, `missing`, `changed`, `no manifest`, or `no regular file`: a link, for one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit looked at and what it found."""

    leaks: tuple[Leak, ...]
    strays: tuple[Stray, ...]
    unread: tuple[Unread, ...]
    files: int
    """Files that were read."""
    trusted: int
    """Of these, exact copies of installed files, whose text was not searched."""
    canaries: int
    """Canaries that were looked for."""
    common: int
    """Canaries that could not be: all their words may also be read legitimately."""
    complete: bool = True
    """False if the search stopped because so much was found."""

    @property
    def clean(self) -> bool:
        """True if nothing was found and every file is the one that was meant."""
        return not self.leaks and not self.strays


def audit(
    site_dir: Path,
    watch: Watchlist,
    *,
    manifest: Mapping[str, str] | None = None,
    trusted: Collection[str] = (),
    chosen: Collection[str] = (),
) -> Report:
    """Search every file of a built site for canaries and compare it with its manifest.

    Args:
        site_dir: The site on disk.
        watch: The canaries, indexed.
        manifest: Path to SHA-256 of every file that was meant to be written; the site's own
            `build-manifest.json` when left out.
        trusted: SHA-256 of installed theme files; see `file_digests`.
        chosen: Paths of attachments, published as their author chose. Ordinary words of internal
            text are not held against them.

    Raises:
        OSError: The disk could not be read.
    """
    files = tuple(_walk(str(site_dir), ""))
    kept = Search(watch, frozenset(trusted), frozenset(chosen))
    shares = _shares(files, cores() if len(files) >= MANY_FILES else 1)
    parts = mapped(lambda rows: _searched(site_dir, rows, kept), shares, least=2)
    search, strays, digests = _joined(parts, kept)
    if (site_dir / MANIFEST).is_file() and MANIFEST not in digests:
        search.own(digests.values())
        digests[MANIFEST] = search.file(MANIFEST, site_dir / MANIFEST)
    said = read_manifest(site_dir) if manifest is None else manifest
    strays += (
        [Stray(MANIFEST, "no manifest")] if said is None else _strays(digests, said)
    )
    search.hashed(frozenset(digests.values()))
    return Report(
        leaks=tuple(search.leaks.values()),
        strays=tuple(sorted(strays, key=lambda stray: (stray.path, stray.what))),
        unread=tuple(dict.fromkeys(search.unread)),
        files=len(digests),
        trusted=search.skipped,
        canaries=watch.used,
        common=watch.common,
        complete=len(search.leaks) < MOST_LEAKS,
    )


@dataclass(frozen=True, slots=True)
class _File:
    """Something that lies in the site's folder."""

    path: str
    regular: bool
    folder: bool = False
    """A folder with nothing in it."""
    size: int = 0
    """In bytes."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one process found in its share of the files."""

    seen: Seen
    strays: tuple[Stray, ...]
    digests: Mapping[str, str]


def _shares(files: Sequence[_File], count: int) -> tuple[tuple[_File, ...], ...]:
    """The files in about equal shares, those with the same folder at the top together.

    Files that lie together hold the same lines: one process then searches each line once. The
    manifest is in no share: it is read when the digests in it are known.
    """
    groups: dict[str, list[_File]] = {}
    for file in files:
        if file.path != MANIFEST or not file.regular:
            top, below, _ = file.path.partition("/")
            groups.setdefault(top if below else "", []).append(file)
    shares: list[list[_File]] = [[] for _ in range(count)]
    for group in sorted(groups.values(), key=_size, reverse=True):
        min(shares, key=_size).extend(group)
    return tuple(map(tuple, shares))


def _size(files: Sequence[_File]) -> int:
    return sum(file.size for file in files)


def _searched(site_dir: Path, files: Sequence[_File], kept: Search) -> _Part:
    search = kept.anew()
    search.names([file.path for file in files])
    strays = [
        Stray(file.path, "no regular file")
        for file in files
        if not (file.regular or file.folder)
    ]
    digests = {
        file.path: search.file(file.path, site_dir / file.path)
        for file in files
        if file.regular
    }
    return _Part(search.seen(), tuple(strays), digests)


def _joined(
    parts: Iterable[_Part], kept: Search
) -> tuple[Search, list[Stray], dict[str, str]]:
    search = kept.anew()
    strays: list[Stray] = []
    digests: dict[str, str] = {}
    for part in parts:
        search.join(part.seen)
        strays += part.strays
        digests |= part.digests
    return search, strays, digests


def file_digests(folder: Path, *, leave_out: Collection[str] = ()) -> frozenset[str]:
    """SHA-256 of every file below *folder*, for files that are copied from an installed theme.

    Args:
        folder: The theme's folder.
        leave_out: Names of folders that are not entered, such as `.icons`.
    """
    found: set[str] = set()
    for here, folders, names in os.walk(folder):
        folders[:] = set(folders).difference(leave_out)
        files = (Path(here) / name for name in names)
        found.update(
            hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
            if file.is_file()
        )
    return frozenset(found)


def read_manifest(site_dir: Path) -> dict[str, str] | None:
    """Read a site's own list of files; None if there is none that can be read."""
    try:
        said = json.loads((site_dir / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    files = said.get("files") if isinstance(said, dict) else None
    if not isinstance(files, dict):
        return None
    return {path: str(digest) for path, digest in files.items()}


def _walk(site_dir: str, below: str) -> Iterator[_File]:
    """Whatever lies in a folder of the site and is no folder, and folders with nothing in them."""
    with os.scandir(f"{site_dir}/{below}") as rows:
        found = sorted(rows, key=lambda row: row.name)
    for row in found:
        path = f"{below}{row.name}"
        if row.is_dir(follow_symlinks=False):
            yield from _walk(site_dir, f"{path}/")
        else:
            size = row.stat(follow_symlinks=False).st_size
            yield _File(path, row.is_file(follow_symlinks=False), size=size)
    if below and not found:
        yield _File(below.rstrip("/"), regular=False, folder=True)


def _strays(digests: Mapping[str, str], manifest: Mapping[str, str]) -> Iterator[Stray]:
    for path, digest in digests.items():
        if path == MANIFEST:
            continue
        if path not in manifest:
            yield Stray(path, "extra")
        elif manifest[path] != digest:
            yield Stray(path, "changed")
    yield from (Stray(path, "missing") for path in manifest if path not in digests)
