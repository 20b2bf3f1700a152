"""Load a project's content: every entry that can be read, and a finding for everything else."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gatepost.content import laws
from gatepost.content.body import split_internal
from gatepost.content.front_matter import Parsed, read, read_yaml
from gatepost.content.inherit import Heritage
from gatepost.content.ledger import read_ledger
from gatepost.content.understand import findings_of
from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.model.moment import Clock
from gatepost.model.registry import Ledger, Registry
from gatepost.model.release import FrontMatter, PathInFile, Release, Source

SUFFIX = ".md"
SIDECAR = ".internal.md"
OWN = "x-"


def load(root: Path, content: str, *, as_of: datetime, host: str) -> Book:
    """Read everything below *content*.

    Args:
        root: The project's root.
        content: Folder with `releases/`, `registry.yml` and `ledger.json`, relative to *root*.
        as_of: The clock of this build; aware.
        host: Host of the public site, for permanent ids.

    Returns:
        The releases that could be read, in the order of their paths, and all findings.
    """
    loader = _Loader(root, content)
    registry, heritage = loader.registry()
    ledger = loader.ledger()
    releases = tuple(loader.releases(registry, heritage))
    findings = tuple(sorted(set(loader.findings)))
    return Book(root, releases, registry, ledger, as_of, findings, host)


def registry_of(parsed: Parsed) -> tuple[Registry, tuple[Finding, ...]]:
    """Understand a registry; what is wrong in it is left out and reported."""
    tree, findings = dict(parsed.tree), list(parsed.findings)
    found: tuple[Finding, ...] = ()
    for _ in range(2):
        try:
            made = Registry.model_validate(tree)
            return made.model_copy(update={"places": parsed.places}), tuple(findings)
        except ValidationError as error:
            found = tuple(
                findings_of(
                    error,
                    Registry,
                    _nearest(parsed.places),
                    _nearest(parsed.keys, parsed.places),
                )
            )
            findings += found
            for row in error.errors():
                tree.pop(str(row["loc"][0]), None)
    return Registry(places=parsed.places), tuple(findings)


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the releases folder."""

    path: str
    """Relative to the project's root."""
    folder: str
    """The entry's own folder; empty for a file among others."""
    sidecar: str


class _Loader:
    """Reads one content folder; findings gather as it goes."""

    def __init__(self, root: Path, content: str) -> None:
        self.root, self.content = root, content.strip("/")
        self.findings: list[Finding] = []

    def registry(self) -> tuple[Registry, Heritage]:
        path = f"{self.content}/registry.yml"
        if not (self.root / path).is_file():
            fix = f"write {path} with `products: {{reports: {{name: Reports}}}}`"
            self.findings.append(
                laws.broken(
                    laws.MISSING_REGISTRY, Place(path), "there is no registry", fix
                )
            )
            return Registry(), Heritage({}, {})
        raw = self._bytes(path)
        parsed = read_yaml(raw, path) if raw is not None else Parsed({}, {}, {}, "", 1)
        registry, findings = registry_of(parsed)
        # Everything a registry says is a promise to entries, so a misspelt name is no mere advice.
        self.findings += [
            Finding(one.place, one.code, one.sentence, one.fix) for one in findings
        ]
        return registry, Heritage(parsed.tree, parsed.places)

    def ledger(self) -> Ledger:
        path = f"{self.content}/ledger.json"
        raw = self._bytes(path) if (self.root / path).exists() else b"{}"
        ledger, findings = read_ledger(raw if raw is not None else b"{}", path)
        self.findings += findings
        return ledger

    def releases(self, registry: Registry, heritage: Heritage) -> Iterator[Release]:
        clock = registry.clock
        aliases = _aliases(registry)
        for file in self._files():
            raw = self._bytes(file.path)
            if raw is None:
                continue
            parsed = read(raw, file.path)
            self.findings += parsed.findings
            if not parsed.findings and (
                release := self._release(file, parsed, heritage, clock, aliases)
            ):
                yield release

    def _bytes(self, path: str) -> bytes | None:
        """The content of a regular file; anything else is a finding."""
        file = self.root / path
        try:
            mode = file.lstat().st_mode
            if stat.S_ISLNK(mode):
                sentence, fix = (
                    "the file is a link to another file",
                    "copy the text itself into the file",
                )
            elif not stat.S_ISREG(mode):
                sentence, fix = (
                    "this is a folder or a device, not a file",
                    "rename it; only files end in .md",
                )
            else:
                return file.read_bytes()
        except OSError as error:
            sentence, fix = (
                f"the file cannot be opened: {error.strerror}",
                "allow your account to read it",
            )
        self.findings.append(
            laws.broken(laws.UNREADABLE_FILE, Place(path), sentence, fix)
        )
        return None

    def _files(self) -> list[_File]:
        base = self.root / self.content / "releases"
        found: list[_File] = []
        if base.is_dir():
            self._walk(base, found)
        return sorted(found, key=lambda file: file.path)

    def _walk(self, folder: Path, found: list[_File]) -> None:
        names = {
            entry.name: entry
            for entry in os.scandir(folder)
            if not entry.name.startswith(".")
        }
        own = "index.md" in names
        home = folder.relative_to(self.root).as_posix()
        for name, entry in sorted(names.items()):
            if entry.is_dir(follow_symlinks=False):
                if not name.endswith(SUFFIX):
                    self._walk(Path(entry.path), found)
                    continue
            elif entry.is_symlink() and not name.endswith(SUFFIX):
                continue  # never followed; a text that refers to it gets a finding of its own
            if not name.endswith(SUFFIX):
                continue
            if name.endswith(SIDECAR):
                self._check_sidecar(home, name, names)
            elif own and name != "index.md":
                sentence = f"`{name}` lies in the folder of another entry"
                fix = "move it beside the folder, or write it into index.md"
                self.findings.append(
                    laws.broken(laws.STRAY_FILE, Place(f"{home}/{name}"), sentence, fix)
                )
            else:
                beside = name.removesuffix(SUFFIX) + SIDECAR
                sidecar = f"{home}/{beside}" if beside in names else ""
                found.append(_File(f"{home}/{name}", home if own else "", sidecar))

    def _check_sidecar(
        self, home: str, name: str, names: dict[str, os.DirEntry[str]]
    ) -> None:
        owner = name.removesuffix(SIDECAR) + SUFFIX
        if owner not in names:
            sentence = f"there is no `{owner}` that this internal text belongs to"
            fix = f"rename it after its entry: <entry>{SIDECAR}"
            self.findings.append(
                laws.broken(laws.STRAY_FILE, Place(f"{home}/{name}"), sentence, fix)
            )

    def _release(
        self,
        file: _File,
        parsed: Parsed,
        heritage: Heritage,
        clock: Clock,
        aliases: dict[str, str],
    ) -> Release | None:
        tree = dict(parsed.tree)
        extra = {name: tree.pop(name) for name in list(tree) if name.startswith(OWN)}
        if isinstance(tree.get("phase"), str):
            tree["phase"] = aliases.get(tree["phase"].casefold(), tree["phase"])
        inherited = heritage.of(tree)
        places = {**parsed.places, **inherited.places}
        facts = self._facts(
            {**tree, **inherited.tree}, places, parsed.keys, extra, clock
        )
        text = self._sidecar(file.sidecar)
        body, marks = split_internal(parsed.body, parsed.body_line, file.path, text)
        self.findings += marks
        if facts is None or marks:
            return None
        source = Source(file.path, file.folder, places, inherited.origins, extra)
        return Release.model_construct(**facts.__dict__, source=source, body=body)

    def _sidecar(self, path: str) -> str:
        raw = self._bytes(path) if path else None
        if raw is None:
            return ""
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.findings.append(
                laws.broken(
                    laws.WRONG_ENCODING, Place(path), "the file is not written in UTF-8"
                )
            )
            return ""

    def _facts(
        self,
        tree: dict[str, Any],
        places: dict[PathInFile, Place],
        keys: dict[PathInFile, Place],
        extra: dict[str, Any],
        clock: Clock,
    ) -> FrontMatter | None:
        """The fields as facts; unknown ones are set aside as internal, wrong ones are findings."""
        context = {"clock": clock}
        try:
            return FrontMatter.model_validate(tree, context=context)
        except ValidationError as error:
            rows = error.errors(include_url=False)
            at, key_at = _nearest(places), _nearest(keys, places)
            self.findings += findings_of(error, FrontMatter, at, key_at)
            if any(row["type"] != "extra_forbidden" for row in rows):
                return None
            for row in rows:
                _set_aside(tree, row["loc"], extra)
        # Only unknown fields were wrong, and they are gone.
        return FrontMatter.model_validate(tree, context=context)


def _set_aside(
    tree: dict[str, Any], loc: tuple[str | int, ...], extra: dict[str, Any]
) -> None:
    """Move an unknown field out of the tree; it stays with the entry, as internal."""
    path = [
        part
        for part in loc
        if not (isinstance(part, str) and part.startswith("function-"))
    ]
    holder: Any = tree
    for part in path[:-1]:
        copied = (
            dict(holder[part]) if isinstance(holder[part], dict) else list(holder[part])
        )
        holder[part] = copied
        holder = copied
    extra[".".join(map(str, path))] = holder.pop(path[-1])


def _nearest(*maps: dict[PathInFile, Place]) -> Any:
    def at(where: PathInFile) -> Place:
        for end in range(len(where), -1, -1):
            for places in maps:
                if place := places.get(where[:end]):
                    return place
        return Place("content")

    return at


def _aliases(registry: Registry) -> dict[str, str]:
    return {
        alias.casefold(): key
        for key, row in registry.phases.items()
        for alias in row.aliases
    }
