"""Decide what an import does to a content folder: what is new is written, what was edited stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gatepost.integrations.disk import Content
from gatepost.integrations.entry_writer import entry_text
from gatepost.integrations.ids import choose_ids
from gatepost.integrations.planned import PlannedEntry
from gatepost.integrations.standing import (
    INDEX,
    Standing,
    entry_fingerprint,
    match_entries,
    standing_entries,
    vanished,
)

_HASH = re.compile(r"^  hash: \S*$", re.MULTILINE)


@dataclass(slots=True)
class Landing:
    """What an import would do to the content folder."""

    new: list[Path] = field(default_factory=list)
    updated: list[Path] = field(default_factory=list)
    unchanged: int = 0
    kept: list[Path] = field(default_factory=list)
    """Edited since an earlier import; left alone."""
    gone: tuple[Path, ...] = ()
    """Imported earlier from what is not in the source any more; left alone."""
    files: dict[Path, Content] = field(default_factory=dict)
    """What is to be written."""
    removed: list[Path] = field(default_factory=list)
    """Files of an earlier import that are replaced by others."""
    written: list[PlannedEntry] = field(default_factory=list)
    """What of the source is new or updated."""
    replaced: list[Standing] = field(default_factory=list)
    """What stood where it was updated."""
    unnamed: tuple[str, ...] = ()
    """Keys of products that an entry named before, and none does now."""


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

    Raises:
        OSError: A file of the content folder or a picture of the source cannot be read.
    """
    standing = tuple(standing_entries(releases))
    known = match_entries(entries, standing)
    own = {at: one.id for at, one in known.items()}
    others = {one.id for one in standing} - set(own.values())
    ids = choose_ids(entries, own, (taken - set(own.values())) | others)
    landing = Landing(gone=vanished(entries, standing, known))
    for at, entry in enumerate(entries):
        known_files = len(landing.new) + len(landing.updated)
        _add(landing, _Written.of(entry, ids[at], audience), releases, known.get(at))
        if len(landing.new) + len(landing.updated) > known_files:
            landing.written.append(entry)
    landing.unnamed = _unnamed(landing, standing)
    return landing


def _unnamed(landing: Landing, standing: Sequence[Standing]) -> tuple[str, ...]:
    before = {key for one in landing.replaced for key in one.products}
    now = {one.key for entry in landing.written for one in entry.products}
    left = (one for one in standing if one not in landing.replaced)
    return tuple(sorted(before - now - {key for one in left for key in one.products}))


@dataclass(frozen=True, slots=True)
class _Written:
    """An entry as it would stand on disk."""

    id: str
    folder: str
    """Folder below the releases; entries of one product lie together."""
    data: bytes
    beside: Mapping[str, Path]
    fingerprint: str

    @classmethod
    def of(cls, entry: PlannedEntry, entry_id: str, audience: str) -> _Written:
        text = entry_text(entry, entry_id, audience)
        beside = {picture.name: Path(picture.source) for picture in entry.pictures}
        mark = entry_fingerprint(text, beside)
        data = _HASH.sub(f"  hash: {mark}", text, count=1).encode()
        folder = entry.products[0].key if entry.products else "."
        return cls(entry_id, folder, data, beside, mark)

    def write(self, landing: Landing, file: Path) -> None:
        landing.files[file] = self.data
        for name, source in self.beside.items():
            landing.files[file.parent / name] = source


def _add(
    landing: Landing, entry: _Written, releases: Path, before: Standing | None
) -> None:
    if before is None:
        file = _free_place(entry, releases)
        landing.new.append(file)
        entry.write(landing, file)
    elif not before.untouched:
        landing.kept.append(before.file)
    elif before.fingerprint == entry.fingerprint:
        landing.unchanged += 1
    else:
        _replace(landing, entry, before)


def _free_place(entry: _Written, releases: Path) -> Path:
    """A file that is not there yet; ids are free, but a hand-written file may have its name."""
    folder = releases / entry.folder
    for name in (entry.id, f"{entry.id}-imported"):
        if not (folder / name).exists() and not (folder / f"{name}.md").exists():
            break
    return folder / name / INDEX if entry.beside else folder / f"{name}.md"


def _replace(landing: Landing, entry: _Written, before: Standing) -> None:
    home, file = before.folder, before.file
    if home is not None:
        stale = (one for one in home.iterdir() if one.is_file() and one != file)
        landing.removed.extend(one for one in stale if one.name not in entry.beside)
    elif entry.beside:
        landing.removed.append(file)
        file = file.with_suffix("") / INDEX
    landing.updated.append(file)
    landing.replaced.append(before)
    entry.write(landing, file)
