"""Which entries a content folder has, and which of them an import is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gatepost.integrations.entry_writer import text_fingerprint
from gatepost.integrations.foreign_yaml import split_front_matter
from gatepost.integrations.naming import fingerprint
from gatepost.integrations.planned import Origin, PlannedEntry

INDEX = "index.md"
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that is in the content folder already."""

    file: Path
    id: str
    format: str
    """Empty if it was written by hand."""
    source: str
    key: str
    untouched: bool
    """Whether it is exactly as an import left it."""
    fingerprint: str
    """Of its text and the files beside it."""
    products: frozenset[str] = frozenset()
    """Keys of the products it names."""

    @property
    def folder(self) -> Path | None:
        """Its own folder, if it has one."""
        return self.file.parent if self.file.name == INDEX else None


def standing_entries(releases: Path) -> Iterator[Standing]:
    """Read which entries a content folder has; what cannot be read has no id to collide with."""
    for file in sorted(releases.rglob("*.md")) if releases.is_dir() else ():
        if file.is_symlink() or not file.is_file():
            continue
        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        yield _standing(file, text)


def _standing(file: Path, text: str) -> Standing:
    values = split_front_matter(text).values
    origin = values.get("imported")
    said = origin if isinstance(origin, Mapping) else {}
    beside = _beside(file)
    mark = entry_fingerprint(text, beside)
    return Standing(
        file,
        str(values.get("id", "")),
        format=str(said.get("format", "")),
        source=str(said.get("source", "")),
        key=str(said.get("key", "")),
        untouched=bool(said) and said.get("hash") == mark,
        fingerprint=mark,
        products=_named(values.get("products")),
    )


def _named(products: object) -> frozenset[str]:
    rows = products if isinstance(products, list | tuple) else (products,)
    return frozenset(one for one in rows if isinstance(one, str) and one)


def _beside(file: Path) -> Mapping[str, Path]:
    if file.name != INDEX:
        return {}
    return {
        one.name: one for one in file.parent.iterdir() if one.is_file() and one != file
    }


def entry_fingerprint(text: str, beside: Mapping[str, Path]) -> str:
    """Tell whether two entries differ, their text or the files beside them.

    Raises:
        OSError: A file cannot be read.
    """
    mark = text_fingerprint(text)
    if not beside:
        return mark
    files = (f"{name}:{beside[name].read_bytes().hex()}" for name in sorted(beside))
    return fingerprint("\n".join((mark, *map(fingerprint, files))))


def match_entries(
    entries: Sequence[PlannedEntry], standing: Sequence[Standing]
) -> dict[int, Standing]:
    """Find the earlier import of each entry: by file and key, or by key if its file was renamed.

    Returns:
        Position in *entries* to the entry that stands there from an earlier import.
    """
    exact = {(one.format, one.source, one.key): one for one in standing if one.format}
    known = {
        at: found
        for at, entry in enumerate(entries)
        if (found := exact.get(_exact(entry.origin)))
    }
    known.update(_renamed(entries, standing, known))
    return known


def _exact(origin: Origin) -> Key:
    return (origin.format, origin.source, origin.key)


def _renamed(
    entries: Sequence[PlannedEntry],
    standing: Sequence[Standing],
    known: Mapping[int, Standing],
) -> Iterator[tuple[int, Standing]]:
    """Match what is left over on both sides if only one on each side has a key.

    A release that slips is often published under the same name with another date, and then it is
    the same entry.
    """
    present = {entry.origin.source for entry in entries}
    matched = {one.file for one in known.values()}
    before: dict[Key, list[Standing]] = defaultdict(list)
    for one in standing:
        if one.format and one.file not in matched and one.source not in present:
            before[(one.format, folder_of(one.source), one.key)].append(one)
    now: dict[Key, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        if at not in known:
            origin = entry.origin
            now[(origin.format, folder_of(origin.source), origin.key)].append(at)
    for key, positions in now.items():
        if len(positions) == 1 and len(before[key]) == 1:
            yield positions[0], before[key][0]


def folder_of(source: str) -> str:
    """The name of the imported folder, with which every source begins."""
    return source.partition("/")[0]


def vanished(
    entries: Sequence[PlannedEntry],
    standing: Sequence[Standing],
    known: Mapping[int, Standing],
) -> tuple[Path, ...]:
    """Entries of an earlier import that the source does not have any more."""
    homes = {(entry.origin.format, folder_of(entry.origin.source)) for entry in entries}
    matched = {one.file for one in known.values()}
    return tuple(
        one.file
        for one in standing
        if one.file not in matched and (one.format, folder_of(one.source)) in homes
    )
