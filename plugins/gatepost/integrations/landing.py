"""Put planned entries on disk: what is new is written, what was edited since is left alone.

Everything is written beside its place first and moved there at the end; if anything fails, every
file is put back as it was.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gatepost.integrations.entry_writer import entry_text, text_fingerprint
from gatepost.integrations.foreign_yaml import split_front_matter
from gatepost.integrations.ids import choose_ids
from gatepost.integrations.naming import fingerprint
from gatepost.integrations.planned import PlannedEntry

_HASH = re.compile(r"^  hash: (\S*)$", re.MULTILINE)
_INDEX = "index.md"


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that is in the content folder already."""

    file: Path
    id: str
    format: str
    source: str
    key: str
    untouched: bool
    """Whether it is exactly as an import left it."""
    fingerprint: str
    """Of its text and the files beside it."""

    @property
    def folder(self) -> Path | None:
        """Its own folder, if it has one."""
        return self.file.parent if self.file.name == _INDEX else None


@dataclass(frozen=True, slots=True)
class Landing:
    """What an import would do to the content folder."""

    new: tuple[Path, ...]
    updated: tuple[Path, ...]
    unchanged: int
    kept: tuple[Path, ...]
    """Edited since an earlier import; left alone."""
    gone: tuple[Path, ...]
    """Imported earlier from files or sections that are not in the source any more; left alone."""
    files: Mapping[Path, bytes | Path] = field(default_factory=dict)
    """File to its bytes, or to the file it is a copy of."""
    removed: tuple[Path, ...] = ()
    """Files of an earlier import that are replaced by others."""


def standing_entries(releases: Path) -> Iterator[Standing]:
    """Read which entries a content folder has; what cannot be read has no id to collide with."""
    for file in sorted(releases.rglob("*.md")) if releases.is_dir() else ():
        if file.is_symlink() or not file.is_file():
            continue
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        values = split_front_matter(text).values
        origin = values.get("imported")
        said = origin if isinstance(origin, Mapping) else {}
        mark = _folder_fingerprint(file, text)
        yield Standing(
            file,
            str(values.get("id", "")),
            str(said.get("format", "")),
            str(said.get("source", "")),
            str(said.get("key", "")),
            untouched=bool(said) and said.get("hash") == mark,
            fingerprint=mark,
        )


def _folder_fingerprint(file: Path, text: str) -> str:
    if file.name != _INDEX:
        return text_fingerprint(text)
    beside = {
        one.name: one for one in file.parent.iterdir() if one.is_file() and one != file
    }
    return _with_files(text, beside)


def _with_files(text: str, beside: Mapping[str, Path]) -> str:
    mark = text_fingerprint(text)
    if not beside:
        return mark
    digests = (
        fingerprint(f"{name}\n{beside[name].read_bytes().hex()}")
        for name in sorted(beside)
    )
    return fingerprint("\n".join((mark, *digests)))


def plan_landing(
    entries: Sequence[PlannedEntry],
    releases: Path,
    audience: str,
    taken: frozenset[str],
) -> Landing:
    """Decide what an import does to a content folder; writes nothing.

    Args:
        entries: What the source holds.
        releases: Folder of the entries.
        audience: Who may read what is written.
        taken: Ids that must not be used, such as those of the ledger.
    """
    standing = tuple(standing_entries(releases))
    known = _matched(entries, standing)
    others = {one.id for one in standing} - {one.id for one in known.values()}
    ids = choose_ids(entries, {at: one.id for at, one in known.items()}, taken | others)
    landing = _Plan(releases)
    for at, entry in enumerate(entries):
        landing.add(entry, ids[at], audience, known.get(at))
    return landing.done(_gone(entries, standing, known))


def _matched(
    entries: Sequence[PlannedEntry], standing: Sequence[Standing]
) -> dict[int, Standing]:
    """Find the earlier import of each entry: by file and key, or by key if its file was renamed."""
    exact = {(one.format, one.source, one.key): one for one in standing if one.source}
    known: dict[int, Standing] = {}
    for at, entry in enumerate(entries):
        origin = entry.origin
        if found := exact.get((origin.format, origin.source, origin.key)):
            known[at] = found
    known.update(_renamed(entries, standing, known))
    return known


def _renamed(
    entries: Sequence[PlannedEntry],
    standing: Sequence[Standing],
    known: Mapping[int, Standing],
) -> Iterator[tuple[int, Standing]]:
    """Match what is left over on both sides if only one on each side has a key.

    A release that slips is often published under the same name with another date, and then it is
    the same entry.
    """
    sources = {entry.origin.source for entry in entries}
    taken = {one.file for one in known.values()}
    before: dict[tuple[str, str, str], list[Standing]] = defaultdict(list)
    for one in standing:
        if one.source and one.file not in taken and one.source not in sources:
            before[(one.format, _top(one.source), one.key)].append(one)
    now: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if at not in known:
            origin = entry.origin
            now[(origin.format, _top(origin.source), origin.key)].append(at)
    for key, positions in now.items():
        if len(positions) == 1 and len(before[key]) == 1:
            yield positions[0], before[key][0]


def _top(source: str) -> str:
    return source.partition("/")[0]


def _gone(
    entries: Sequence[PlannedEntry],
    standing: Sequence[Standing],
    known: Mapping[int, Standing],
) -> tuple[Path, ...]:
    homes = {(entry.origin.format, _top(entry.origin.source)) for entry in entries}
    matched = {one.file for one in known.values()}
    return tuple(
        one.file
        for one in standing
        if one.source
        and one.file not in matched
        and (one.format, _top(one.source)) in homes
    )


class _Plan:
    """Collects what is to be written."""

    def __init__(self, releases: Path) -> None:
        self.releases = releases
        self.new: list[Path] = []
        self.updated: list[Path] = []
        self.kept: list[Path] = []
        self.unchanged = 0
        self.files: dict[Path, bytes | Path] = {}
        self.removed: list[Path] = []

    def add(
        self, entry: PlannedEntry, entry_id: str, audience: str, before: Standing | None
    ) -> None:
        """Add one entry."""
        text = entry_text(entry, entry_id, audience)
        beside = {picture.name: Path(picture.source) for picture in entry.pictures}
        mark = _with_files(text, beside)
        data = _HASH.sub(f"  hash: {mark}", text, count=1).encode()
        if before is None:
            file = self._place(entry, entry_id)
            self.new.append(file)
            self._write(file, data, beside)
        elif not before.untouched:
            self.kept.append(before.file)
        elif before.fingerprint == mark:
            self.unchanged += 1
        else:
            self._replace(before, entry_id, data, beside)

    def _place(self, entry: PlannedEntry, entry_id: str) -> Path:
        folder = (
            self.releases / entry.products[0].key if entry.products else self.releases
        )
        name = f"{entry_id}/{_INDEX}" if entry.pictures else f"{entry_id}.md"
        file = folder / name
        if not file.exists() and not (folder / entry_id).exists():
            return file
        return folder / f"{entry_id}-imported" / _INDEX

    def _write(self, file: Path, data: bytes, beside: Mapping[str, Path]) -> None:
        self.files[file] = data
        for name, source in beside.items():
            self.files[file.parent / name] = source

    def _replace(
        self, before: Standing, entry_id: str, data: bytes, beside: Mapping[str, Path]
    ) -> None:
        home = before.folder
        file = before.file
        if beside and home is None:
            self.removed.append(before.file)
            file = before.file.parent / entry_id / _INDEX
        if home is not None:
            stale = (
                one
                for one in home.iterdir()
                if one.is_file() and one.name not in beside
            )
            self.removed.extend(one for one in stale if one != before.file)
        self.updated.append(file)
        self._write(file, data, beside)

    def done(self, gone: tuple[Path, ...]) -> Landing:
        """Say what was collected."""
        return Landing(
            tuple(self.new),
            tuple(self.updated),
            self.unchanged,
            tuple(self.kept),
            gone,
            self.files,
            tuple(self.removed),
        )


def land(landing: Landing, more: Mapping[Path, bytes], home: Path) -> None:
    """Write everything, or nothing.

    Args:
        landing: What was planned.
        more: Further files to write with it, such as the registry.
        home: Folder all of it lies in; what is not finished waits there.

    Raises:
        OSError: The disk refused; everything is as it was.
    """
    files = {**landing.files, **more}
    if not files and not landing.removed:
        return
    home.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".gatepost-import-", dir=home))
    try:
        prepared = [
            (_prepare(waiting, n, one), file)
            for n, (file, one) in enumerate(files.items())
        ]
        _move_all(prepared, landing.removed, waiting)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _prepare(waiting: Path, number: int, content: bytes | Path) -> Path:
    file = waiting / f"new-{number}"
    file.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    return file


def _move_all(
    prepared: Sequence[tuple[Path, Path]], removed: Sequence[Path], waiting: Path
) -> None:
    done: list[tuple[Path, Path | None]] = []
    made: list[Path] = []
    try:
        for number, file in enumerate(removed):
            done.append((file, _set_aside(file, waiting / f"removed-{number}")))
        for number, (new, file) in enumerate(prepared):
            made.extend(_make_folders(file.parent))
            done.append((file, _set_aside(file, waiting / f"old-{number}")))
            new.replace(file)
    except BaseException:
        _put_back(done, made)
        raise


def _set_aside(file: Path, place: Path) -> Path | None:
    if not file.exists():
        return None
    file.replace(place)
    return place


def _make_folders(folder: Path) -> list[Path]:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _put_back(done: Sequence[tuple[Path, Path | None]], made: Sequence[Path]) -> None:
    for file, old in reversed(done):
        if old is not None:
            old.replace(file)
        else:
            file.unlink(missing_ok=True)
    for folder in sorted(set(made), key=lambda one: -len(one.parts)):
        if not os.listdir(folder):  # noqa: PTH208 - only whether it is empty
            folder.rmdir()
