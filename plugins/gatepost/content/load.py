"""Load a project's content: every entry that can be read, and a finding for everything else.

Before the hosts, this is the only module that reads the disk; `runbook` hashes files for it.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gatepost.content import laws
from gatepost.content.astray import entries_astray
from gatepost.content.decoding import MOST_FILE_BYTES, decoded, too_large
from gatepost.content.entry import EntryFile, EntryMaker, Made, nearest
from gatepost.content.front_matter import Parsed, read, read_yaml
from gatepost.content.inherit import Heritage
from gatepost.content.ledger import read_ledger
from gatepost.content.refusal import Refusal
from gatepost.content.runbook import with_runbooks
from gatepost.content.translation import NAMED, read_translation
from gatepost.content.understand import findings_of
from gatepost.content.unknown import unknown_field
from gatepost.model.book import Book, Guess
from gatepost.model.finding import Finding, Law, Place
from gatepost.model.languages import is_language
from gatepost.model.registry import REGISTRY_FILE, Ledger, Registry
from gatepost.model.release import PathInFile, Release
from gatepost.model.translation import Translation

SUFFIX = ".md"
SIDECAR = ".internal.md"
INDEX = "index.md"
_README = "readme.md"
_ALMOST = re.compile(
    r"(?P<stem>.+)\.(?:md|markdown|mdown|mdwn|mkdn?|mdx|md\.txt)", re.IGNORECASE
)
_TEXTS = frozenset({"txt", "text"})
"""Endings that editors give to what was meant as an entry."""
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
_OURS = "places"
"""A field of the registry that is filled by us, and no field of the file."""


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What came of a file when it was last read."""

    digest: bytes
    """Of the file, the internal text beside it, and the registry whose defaults it inherits."""
    made: Made


Read = dict[str, ReadEntry]
"""By path, the entries of an earlier load, of which those that did not change are taken over."""


def load(
    root: Path, content: str, *, as_of: datetime, host: str, known: Read | None = None
) -> Book:
    """Read everything below *content*.

    Args:
        root: The project's root.
        content: Folder with `releases/`, `registry.yml` and `ledger.json`, relative to *root*.
        as_of: The clock of this build; aware.
        host: Host of the public site, for permanent ids.
        known: What came of each entry in an earlier load; brought up to date.

    Returns:
        The releases that could be read, in the order of their paths, and all findings.
    """
    loader = _Loader(root, content, {} if known is None else known)
    registry, heritage = loader.registry()
    ledger = loader.ledger()
    releases = tuple(loader.releases(EntryMaker(registry, heritage)))
    translations = tuple(loader.translations(releases))
    loader.findings += entries_astray(root / content, root, loader.home)
    findings = tuple(sorted(set(loader.findings)))
    return Book(
        root,
        releases,
        registry,
        ledger,
        as_of,
        findings,
        host,
        translations=translations,
        registry_path=loader.registry_path,
        guesses=tuple(loader.guesses),
    )


def reread(book: Book, content: str, path: str, known: Read) -> Made | None:
    """Read the file of one entry again, and nothing else.

    Args:
        book: What was read before.
        content: The folder it was read from, as for `load`.
        path: The file, relative to the root.
        known: What came of each entry in an earlier load; brought up to date.

    Returns:
        What came of it; None if *book* has no such entry, its file is gone, the text beside it
        cannot be read, or the registry is another than the book's.
    """
    before = next((one for one in book.releases if one.source.path == path), None)
    loader = _Loader(book.root, content, known)
    raw = loader.read_bytes(path) if before is not None else None
    if before is None or raw is None:
        return None
    beside = path.removesuffix(SUFFIX) + SIDECAR
    sidecar = beside if (book.root / beside).exists() else ""
    registry, heritage = loader.registry()
    if registry != book.registry:
        return None  # what entries may say has changed for all of them
    file = EntryFile(path, before.source.folder, sidecar)
    made = loader.entry(file, raw, EntryMaker(registry, heritage)).made
    findings = (*loader.findings, *made.findings)
    if any(one.place.path != path for one in findings):
        return None  # the text beside it cannot be read
    if made.release is None:
        return made._replace(findings=findings)
    release = with_runbooks(book.root)(made.release)
    return made._replace(findings=findings, release=release)


class _Loader:
    """Reads one content folder; findings gather as it goes."""

    def __init__(self, root: Path, content: str, known: Read) -> None:
        self.root, self.content = root, content.strip("/")
        self.known, self.inherited = known, b""
        self.findings: list[Finding] = []
        self.guesses: list[Guess] = []
        self.foreign: list[tuple[EntryFile, Parsed]] = []
        """Entries in other languages, kept until every original has been read."""

    @property
    def home(self) -> str:
        """Where entries lie, relative to the root."""
        return f"{self.content}/releases"

    @property
    def registry_path(self) -> str:
        """Where the registry lies, relative to the root."""
        return f"{self.content}/{REGISTRY_FILE}"

    def registry(self) -> tuple[Registry, Heritage]:
        path = self.registry_path
        if not os.path.lexists(self.root / path):
            self._report(laws.MISSING_REGISTRY, path, *self._no_registry(path))
            return Registry(), Heritage({}, {})
        raw = self.read_bytes(path)
        self.inherited = raw or b""
        parsed = read_yaml(raw, path) if raw is not None else Parsed({}, {}, {}, "", 1)
        registry, findings = _registry_of(parsed)
        self.findings += [*parsed.findings, *findings]
        return registry, Heritage(parsed.tree, parsed.places)

    def _no_registry(self, path: str) -> tuple[str, str]:
        for other in ("registry.yaml", "registry.json", "Registry.yml"):
            if (self.root / self.content / other).is_file():
                return f"there is `{other}` instead", f"rename it to {path}"
        fix = f"write {path} with `products: {{reports: {{name: Reports}}}}`"
        return "there is no registry", fix

    def ledger(self) -> Ledger:
        path = f"{self.content}/ledger.json"
        # A link that leads nowhere is no missing ledger: promises would be forgotten.
        raw = self.read_bytes(path) if os.path.lexists(self.root / path) else b"{}"
        if raw is None:
            return Ledger(path)
        ledger, findings = read_ledger(raw, path)
        self.findings += findings
        return ledger

    def releases(self, maker: EntryMaker) -> Iterator[Release]:
        with_runbook = with_runbooks(self.root)
        for file in self._files():
            raw = self.read_bytes(file.path)
            if raw is None or self._is_readme(file.path, raw):
                continue
            if file.lang and self._is_translation(file, raw):
                continue
            made = self.entry(file, raw, maker).made
            self.findings += made.findings
            if made.guess is not None:
                release = with_runbook(made.guess.release)
                self.guesses.append(replace(made.guess, release=release))
            if made.release is not None:
                yield with_runbook(made.release)

    def entry(self, file: EntryFile, raw: bytes, maker: EntryMaker) -> ReadEntry:
        beside = self._sidecar(file.sidecar)
        written = hashlib.sha256(raw)
        for part in (beside.encode(), self.inherited):
            written.update(hashlib.sha256(part).digest())
        known = self.known.get(file.path)
        if known is None or known.digest != written.digest():
            parsed = read(raw, file.path)
            made = (
                Made(None, parsed.findings)
                if parsed.findings
                else maker.make(file, parsed, beside)
            )
            known = ReadEntry(written.digest(), made)
            self.known[file.path] = known
        return known

    def _is_translation(self, file: EntryFile, raw: bytes) -> bool:
        """Whether a file is an entry in another language, not one of its own; then it is kept."""
        parsed = read(raw, file.path)
        known, original = is_language(file.lang), bool(file.original)
        foreign = known and original
        if not foreign and not parsed.findings:
            foreign = "id" not in parsed.tree and (known or original)
        if foreign:
            self.foreign.append((file, parsed))
        return foreign

    def translations(self, releases: tuple[Release, ...]) -> Iterator[Translation]:
        """What lies beside *releases* in other languages."""
        by_path = {release.source.path: release for release in releases}
        for file, parsed in self.foreign:
            if not is_language(file.lang):
                sentence = f"`{file.lang}` is no language"
                self._report(laws.UNKNOWN_LANGUAGE, file.path, sentence)
            elif not file.original:
                stem = file.path.removesuffix(f".{file.lang}{SUFFIX}")
                sentence = f"there is no `{stem}{SUFFIX}` that this translates"
                self._report(laws.LOST_TRANSLATION, file.path, sentence)
            elif parsed.findings:
                self.findings += parsed.findings
            elif release := by_path.get(file.original):
                found, wrong = read_translation(parsed, file.path, file.lang, release)
                self.findings += wrong
                if found is not None:
                    yield found

    def _is_readme(self, path: str, raw: bytes) -> bool:
        """A page about the folder; it would be read as an entry, and is none."""
        folder, _, name = path.rpartition("/")
        fields = raw.removeprefix(b"\xef\xbb\xbf").startswith(b"---")
        if name.lower() != _README or fields:
            return False
        fix = f"move it out of {folder}, for instance to {self.content}/{name}"
        self._report(laws.STRAY_FILE, path, f"`{name}` is no entry", fix)
        return True

    def _sidecar(self, path: str) -> str:
        raw = self.read_bytes(path) if path else None
        if raw is None:
            return ""
        try:
            return decoded(raw, path)
        except Refusal as refusal:
            self.findings += refusal.findings
            return ""

    def _report(self, law: Law, path: str, sentence: str, fix: str = "") -> None:
        place = Place(_UNSPEAKABLE.sub("?", path))
        self.findings.append(laws.broken(law, place, sentence, fix))

    def read_bytes(self, path: str) -> bytes | None:
        """The content of a regular file; anything else is a finding."""
        file = self.root / path
        try:
            found = file.lstat()
            if stat.S_ISLNK(found.st_mode):
                fix = "copy the text itself into the file"
                sentence = "the file is a link to another file"
                self._report(laws.UNREADABLE_FILE, path, sentence, fix)
            elif not stat.S_ISREG(found.st_mode):
                fix = "rename it, and put a file in its place"
                sentence = "this is a folder or a device, not a file"
                self._report(laws.UNREADABLE_FILE, path, sentence, fix)
            elif found.st_size > MOST_FILE_BYTES:
                self.findings.append(too_large(found.st_size, path))
            else:
                return file.read_bytes()
        except OSError as error:
            self._cannot_open(path, "file", error)
        return None

    def _cannot_open(self, path: str, what: str, error: OSError) -> None:
        sentence = f"the {what} cannot be opened: {error.strerror}"
        fix = "allow your account to read it"
        self._report(laws.UNREADABLE_FILE, path, sentence, fix)

    def _files(self) -> list[EntryFile]:
        found: list[EntryFile] = []
        if os.path.lexists(self.root / self.home) and self._is_own(self.home):
            self._walk(self.home, found, top=True)
        return sorted(found, key=lambda file: file.path)

    def _is_own(self, path: str) -> bool:
        """A folder of our own: through a link, entries would come from anywhere."""
        mode = (self.root / path).lstat().st_mode
        if stat.S_ISDIR(mode):
            return True
        sentence = "this is no folder"
        if stat.S_ISLNK(mode):
            sentence = "the folder is a link to another place"
        fix = "put a folder with the files themselves here"
        self._report(laws.UNREADABLE_FILE, path, sentence, fix)
        return False

    def _walk(self, home: str, found: list[EntryFile], *, top: bool = False) -> None:
        try:
            with os.scandir(self.root / home) as entries:
                inside = {
                    one.name: one for one in entries if not one.name.startswith(".")
                }
        except OSError as error:
            self._cannot_open(home, "folder", error)
            return
        own = INDEX in inside and not top
        for name, entry in sorted(inside.items()):
            path = f"{home}/{name}"
            if not name.endswith(SUFFIX) and _is_folder(entry):
                # Below an entry lie its pictures; a text that refers to a link is told so.
                ours = not (own and entry.is_symlink())
                if ours and self._is_speakable(path, name) and self._is_own(path):
                    self._walk(path, found)
            elif name.endswith(SIDECAR):
                self._check_sidecar(path, name, inside)
            elif not name.endswith(SUFFIX):
                self._check_ending(path, name, entry)
            elif own and name != INDEX and not _tagged(name, inside)[1]:
                sentence = f"`{name}` lies in the folder of another entry"
                fix = "move it beside the folder, or write it into index.md"
                self._report(laws.STRAY_FILE, path, sentence, fix)
            elif self._is_speakable(path, name):
                beside = name.removesuffix(SUFFIX) + SIDECAR
                sidecar = f"{home}/{beside}" if beside in inside else ""
                lang, original = _tagged(name, inside)
                original = f"{home}/{original}" if original else ""
                folder = home if own else ""
                found.append(EntryFile(path, folder, sidecar, lang, original))

    def _is_speakable(self, path: str, name: str) -> bool:
        if not _UNSPEAKABLE.search(name):
            return True
        sentence = "the name holds characters that nobody can type"
        fix = "rename it with letters, digits and hyphens"
        self._report(laws.UNREADABLE_FILE, path, sentence, fix)
        return False

    def _check_ending(self, path: str, name: str, entry: os.DirEntry[str]) -> None:
        """Say of a file that is meant as an entry why it is read as none."""
        stem, _, ending = name.rpartition(".")
        if match := _ALMOST.fullmatch(name):
            stem = match["stem"]
        elif (ending.lower() not in _TEXTS and stem) or not _begins_like_an_entry(
            entry
        ):
            return
        sentence = f"`{name}` is not read: an entry ends in `{SUFFIX}`"
        self._report(
            laws.STRAY_FILE, path, sentence, f"rename it to {stem or name}{SUFFIX}"
        )

    def _check_sidecar(
        self, path: str, name: str, inside: dict[str, os.DirEntry[str]]
    ) -> None:
        owner = name.removesuffix(SIDECAR) + SUFFIX
        if owner not in inside:
            sentence = f"there is no `{owner}` that this internal text belongs to"
            fix = f"rename it after its entry: <entry>{SIDECAR}"
            self._report(laws.STRAY_FILE, path, sentence, fix)


def _begins_like_an_entry(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.is_file(follow_symlinks=False):
            return False
        with Path(entry.path).open("rb") as file:
            return file.read(7).removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    except OSError:
        return False


def _tagged(name: str, inside: Container[str]) -> tuple[str, str]:
    """The language a name says, and the file beside it that is called the same without."""
    match = NAMED.fullmatch(name)
    if match is None:
        return "", ""
    original = match["stem"] + SUFFIX
    return match["lang"], original if original in inside else ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link to itself


def _registry_of(parsed: Parsed) -> tuple[Registry, list[Finding]]:
    """Understand a registry; what is wrong in it is reported and left out."""
    tree, found = dict(parsed.tree), list[Finding]()
    at, key_at = nearest(parsed.places), nearest(parsed.keys, parsed.places)
    if tree.pop(_OURS, None) is not None:
        found.append(unknown_field((_OURS,), Registry, key_at((_OURS,))))
    try:
        registry = Registry.model_validate(tree)
    except ValidationError as error:
        found += findings_of(error, Registry, at, key_at)
        wrong = [row["loc"] for row in error.errors(include_url=False)]
        registry = _rest(tree, wrong)
    # What a registry says is a promise to all entries: a misspelt name is no mere advice.
    findings = [replace(one, level="error") for one in found]
    return registry.model_copy(update={_OURS: parsed.places}), findings


def _rest(tree: dict[str, Any], wrong: list[PathInFile]) -> Registry:
    """The registry without what is wrong: the rows it stands in, and no more if that will do."""
    rows = {(*where[:2],) for where in wrong}
    rest = {
        name: {key: row for key, row in value.items() if (name, key) not in rows}
        if isinstance(value, dict)
        else value
        for name, value in tree.items()
        if (name,) not in rows
    }
    try:
        return Registry.model_validate(rest)
    except ValidationError:
        sections = {where[0] for where in wrong}
        return Registry.model_validate(
            {name: value for name, value in tree.items() if name not in sections}
        )
