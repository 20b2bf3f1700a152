"""Read a provider's file, or a folder of them, into one snapshot."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gatepost.content.decoding import MOST_FILE_BYTES, decoded, too_large
from gatepost.content.fences import short
from gatepost.content.flag_files.flagd import FLAGD
from gatepost.content.flag_files.gitlab import GITLAB
from gatepost.content.flag_files.json_walk import read_json
from gatepost.content.flag_files.kubernetes import KUBERNETES
from gatepost.content.flag_files.launchdarkly import LAUNCHDARKLY
from gatepost.content.flag_files.laws import faulty
from gatepost.content.flag_files.sheet import Fault, FlagFormat, Sheet
from gatepost.content.flag_files.unleash import UNLEASH
from gatepost.content.front_matter import Parsed, read, read_yaml
from gatepost.content.laws import MISSING_FRONT_MATTER
from gatepost.content.refusal import Refusal
from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.model.flag_snapshot import ProviderFlag, Snapshot

FORMATS: tuple[FlagFormat, ...] = (LAUNCHDARKLY, UNLEASH, FLAGD, GITLAB, KUBERNETES)
"""In the order in which a file is tried; the first that fits counts."""
BY_NAME = {one.name: one for one in FORMATS}
ENDINGS = (".json", ".yaml", ".yml", ".md")
_ABOUT_A_FOLDER = frozenset({"readme.md", "index.md"})
MOST_FILES = 5_000


def read_flag_files(
    folder: Path, path: str, *, form: str = "", environment: str = ""
) -> Snapshot:
    """Read the file *path*, or every flag file below the folder *path*.

    Args:
        folder: Where *path* begins.
        path: With forward slashes; findings repeat it.
        form: Name of the format; empty to tell it from the file.
        environment: The environment that counts; empty for the one customers use.

    Returns:
        The flags, and everything that is wrong; a file that is not there is a finding.
    """
    rows: list[ProviderFlag | Fault] = []
    names: list[str] = []
    for file in _files(folder, path):
        if isinstance(file, Finding):
            rows.append(Fault(file))
            continue
        name, found = read_flag_file(*file, form=form, environment=environment)
        names.append(name)
        rows += found
    return _snapshot(path, form or _common(names), rows)


def with_provider(book: Book, content: str) -> Book:
    """The book with what its provider of flags says, if the registry names a file.

    Args:
        book: As it was read.
        content: Folder of the registry, relative to the project's root.
    """
    said = book.registry.flags
    if said is None:
        return book
    path = posixpath.normpath(f"{content.strip('/')}/{said.file}")
    # Also through a link among the folders: a registry comes by pull request.
    inside = (book.root / path).resolve().is_relative_to(book.root.resolve())
    if path.startswith("../") or not inside:
        sentence = f"`{short(said.file)}` lies outside the project"
        fix = "copy the file into the project"
        fault = faulty(book.registry.at("flags", "file"), sentence, fix)
        return replace(book, provider=Snapshot(path, said.format, findings=(fault,)))
    snapshot = read_flag_files(
        book.root, path, form=said.format, environment=said.environment
    )
    return replace(book, provider=snapshot)


def read_flag_file(
    path: str, raw: bytes, *, form: str = "", environment: str = ""
) -> tuple[str, tuple[ProviderFlag | Fault, ...]]:
    """The format of one file, and its flags and faults.

    Args:
        path: For the findings.
        raw: The file's bytes.
        form: Name of the format; empty to tell it from the file.
        environment: The environment that counts; empty for the one customers use.
    """
    parsed, typed = _parsed(path, raw)
    if any(one.code == MISSING_FRONT_MATTER.code for one in parsed.findings):
        kinds = "; ".join(one.title for one in FORMATS)
        sentence = "this is no flag file: it is plain Markdown"
        fix = f"name the export of your provider; what can be read: {kinds}"
        return form, (Fault(faulty(Place(path), sentence, fix)),)
    if parsed.findings:
        return form, tuple(Fault(one) for one in parsed.findings)
    known = BY_NAME.get(form) or next(
        (one for one in FORMATS if one.fits(parsed.tree)), None
    )
    if known is None:
        names = ", ".join(sorted(BY_NAME))
        fix = f"name its format if it is one of {names}, else export the flags again"
        return "", (Fault(faulty(Place(path), "this is no flag file we know", fix)),)
    if not known.fits(parsed.tree):
        seems = next((one.name for one in FORMATS if one.fits(parsed.tree)), "")
        fix = f"it looks like {seems}" if seems else "export the flags again"
        fault = faulty(Place(path), f"the file holds no {known.title}", fix)
        return known.name, (Fault(fault),)
    return known.name, tuple(known.read(Sheet(parsed, environment, typed=typed)))


def _parsed(path: str, raw: bytes) -> tuple[Parsed, bool]:
    """Fields with their places, and whether numbers are numbers."""
    if path.endswith(".md"):
        return read(raw, path), False
    if path.endswith((".yaml", ".yml")):
        return read_yaml(raw, path), False
    try:
        text = decoded(raw, path)
    except Refusal as refusal:
        return Parsed({}, {}, {}, "", 1, tuple(sorted(refusal.findings))), True
    if text.startswith("---"):
        return read(raw, path), False
    json = path.endswith(".json") or text.lstrip()[:1] in {"{", "[", '"'}
    return (read_json(raw, path), True) if json else (read_yaml(raw, path), False)


def _files(folder: Path, path: str) -> Iterator[tuple[str, bytes] | Finding]:
    top = folder / path
    if not os.path.lexists(top):
        yield faulty(
            Place(path), "there is no such file", "correct its name, or export it"
        )
    elif top.is_dir() and not top.is_symlink():
        yield from _below(folder, top)
    else:
        yield _bytes(path, top)


def _below(folder: Path, top: Path) -> Iterator[tuple[str, bytes] | Finding]:
    files = sorted(one for one in top.rglob("*") if one.suffix in ENDINGS)
    for file in files[:MOST_FILES]:
        if not (
            file.name.startswith((".", "_")) or file.name.lower() in _ABOUT_A_FOLDER
        ):
            yield _bytes(file.relative_to(folder).as_posix(), file)
    if len(files) > MOST_FILES:
        where = top.relative_to(folder).as_posix()
        yield faulty(
            Place(where), f"the folder holds {len(files):,} files", "name one below it"
        )


def _bytes(path: str, file: Path) -> tuple[str, bytes] | Finding:
    try:
        found = file.lstat()
        if not stat.S_ISREG(found.st_mode):
            fix = "put the file itself here"
            return faulty(Place(path), "this is a link or a device, not a file", fix)
        if found.st_size > MOST_FILE_BYTES:
            return too_large(found.st_size, path)
        return path, file.read_bytes()
    except OSError as error:
        sentence = f"the file cannot be opened: {error.strerror}"
        return faulty(Place(path), sentence, "allow your account to read it")


def _common(names: Iterable[str]) -> str:
    found = {name for name in names if name}
    return found.pop() if len(found) == 1 else ", ".join(sorted(found))


def _snapshot(path: str, form: str, rows: Iterable[ProviderFlag | Fault]) -> Snapshot:
    flags: dict[str, ProviderFlag] = {}
    faults: list[Fault] = []
    for row in rows:
        if isinstance(row, Fault):
            faults.append(row)
        elif row.key in flags:
            sentence = f"the flag `{short(row.key)}` stands twice, first at {flags[row.key].place}"
            faults.append(
                Fault(faulty(row.place, sentence, "delete one of them"), row.key)
            )
        else:
            flags[row.key] = row
    return Snapshot(
        path=path,
        format=form,
        flags=tuple(flags[key] for key in sorted(flags)),
        findings=tuple(sorted(fault.finding for fault in faults)),
        unreadable=frozenset(one.key for one in faults if one.key) - flags.keys(),
    )
