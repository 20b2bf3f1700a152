"""Read what is to be imported from disk: the only place where an importer meets the source.

Symbolic links are never followed, and whatever cannot be read becomes a leftover with its reason.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from gatepost.integrations.destinations import PICTURES, FindPicture
from gatepost.integrations.naming import product_of_folders
from gatepost.integrations.planned import Leftover
from gatepost.model.finding import GatepostError
from gatepost.model.registry import Policy

MAX_FILE_BYTES = 5_000_000
MAX_FILES = 50_000
MAX_DEPTH = 40
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
"""Folders of other people's programs; folders whose names begin with a dot are skipped too."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text file of the source."""

    path: str
    """Relative to the folder, with forward slashes."""
    text: str


@dataclass(slots=True)
class SourceFolder:
    """A folder, or a single file, that is imported."""

    root: Path
    """The folder; for a single file the one it lies in."""
    only: str = ""
    """Name of the single file."""
    assets: tuple[Path, ...] = ()
    """Folders that `~/` and `/` stand for in addresses of pictures."""
    leftovers: list[Leftover] = field(default_factory=list)
    looked_at: int = 0
    """Files that were opened as texts."""
    beside: dict[str, str] = field(default_factory=dict)
    """Texts that were asked for by name; they are not listed as left out."""

    @classmethod
    def open(cls, path: Path, assets: Path | None = None) -> SourceFolder:
        """Open a folder or a file.

        Raises:
            GatepostError: There is nothing at *path*.
        """
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        if not absolute.exists():
            msg = f"there is nothing at {path}: name the file or folder to import"
            raise GatepostError(msg)
        folder = absolute if absolute.is_dir() else absolute.parent
        only = "" if absolute.is_dir() else absolute.name
        return cls(folder, only, tuple(filter(None, (assets, folder))))

    @property
    def home(self) -> str:
        """Name of the folder, or of the nearest one above whose name says more."""
        return (
            product_of_folders(self.root.name, *(one.name for one in self.root.parents))
            or "imported"
        )

    def source_of(self, path: str) -> str:
        """What `imported.source` says about a file: stays the same on another machine."""
        return f"{self.root.name}/{path}" if self.root.name else path

    def texts(self, endings: Iterable[str]) -> Iterator[SourceText]:
        """Read every text file with one of the endings, in order of their paths.

        Args:
            endings: Lower case, with the dot; an empty one means files without an ending.
        """
        wanted = frozenset(endings)
        others: list[PurePosixPath] = []
        for path in sorted(self._files()):
            pure = PurePosixPath(path)
            if pure.suffix.lower() in wanted or path == self.only:
                if text := self._read(path):
                    self.looked_at += 1
                    yield text
            elif pure.suffix.lower() not in PICTURES:
                others.append(pure)
        left = [one for one in others if str(one) not in self.beside]
        self._list_others(
            Counter((str(one.parent), one.suffix.lower()) for one in left)
        )

    def text_beside(self, path: str) -> str:
        """Read another text of the folder, by its path in it; empty if it is not there."""
        if path not in self.beside:
            there = ".." not in path.split("/") and (self.root / path).exists()
            found = self._read(path) if there else None
            self.beside[path] = found.text if found else ""
        return self.beside[path]

    def _files(self) -> Iterator[str]:
        if self.only:
            yield self.only
            return
        for number, path in enumerate(self._walk(self.root, "", 0)):
            if number >= MAX_FILES:
                why = f"the folder holds more than {MAX_FILES} files; the rest was left"
                self._leave(path, why)
                return
            yield path

    def _walk(self, folder: Path, prefix: str, depth: int) -> Iterator[str]:
        try:
            names = sorted(os.scandir(folder), key=lambda one: one.name)
        except OSError as error:
            self._leave(prefix or ".", f"the folder cannot be read: {error.strerror}")
            return
        for one in names:
            path = f"{prefix}{one.name}"
            if one.is_symlink():
                self._leave(
                    path,
                    "it is a link in the file system, which an import does not follow",
                )
            elif one.is_dir():
                if one.name in _SKIPPED or one.name.startswith("."):
                    continue
                if depth >= MAX_DEPTH:
                    self._leave(path, "the folder lies too deep")
                    continue
                yield from self._walk(Path(one.path), f"{path}/", depth + 1)
            else:
                yield path

    def _read(self, path: str) -> SourceText | None:
        data = self._bytes(path)
        if data is None:
            return None
        if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._leave(path, "it is no text")
            return None
        try:
            text = data.decode(
                "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
            )
        except UnicodeDecodeError:
            self._leave(path, "its letters cannot be read: save it as UTF-8")
            return None
        return SourceText(path, text.replace("\r\n", "\n").replace("\r", "\n"))

    def _bytes(self, path: str) -> bytes | None:
        file = self.root / path
        try:
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                self._leave(path, "it is no ordinary file")
                return None
            if status.st_size > MAX_FILE_BYTES:
                size = f"{status.st_size / 1e6:.1f} MB"
                self._leave(path, f"it has {size}; an import reads files up to 5 MB")
                return None
            return file.read_bytes()
        except OSError as error:
            self._leave(path, f"it cannot be read: {error.strerror}")
            return None

    def _leave(self, path: str, why: str) -> None:
        self.leftovers.append(Leftover(path, 1, why))

    def _list_others(self, others: Counter[tuple[str, str]]) -> None:
        for (folder, ending), count in sorted(others.items()):
            files = f"{count} file{'s' if count > 1 else ''}"
            kind = f"ending in {ending}" if ending else "without an ending"
            self._leave(folder, f"{files} {kind} cannot be imported this way")

    def pictures_of(self, path: str) -> FindPicture:
        """Make the function that finds pictures for the text in *path*."""
        return lambda target: self._find_picture(path, target)

    def _find_picture(self, path: str, target: str) -> tuple[str, str]:
        name = unquote(urlsplit(target).path)
        rooted = name.startswith(("~/", "/"))
        bases = self.assets if rooted else (self.root / PurePosixPath(path).parent,)
        for base in bases:
            file = base / name.lstrip("~").lstrip("/")
            if inside := self._inside(file):
                return inside
        if rooted:
            return (
                "",
                "the file is not there; `--assets` names the folder that `~/` and `/` stand for",
            )
        return "", "the file is not there"

    def _inside(self, file: Path) -> tuple[str, str] | None:
        """Accept an ordinary file of a permitted folder that is small enough to publish."""
        try:
            real = file.resolve(strict=True)
            homes = (*self.assets, self.root)
            if not any(real.is_relative_to(home.resolve()) for home in homes):
                return "", "it lies outside the folder that is imported"
            if real != Path(os.path.normpath(file)).parent.resolve() / file.name:
                return (
                    "",
                    "it is a link in the file system, which an import does not follow",
                )
            size = real.stat().st_size
            if not real.is_file():
                return "", "it is no file"
        except (OSError, ValueError, RuntimeError):
            return None
        if size > Policy().attachment_bytes:
            return (
                "",
                f"it has {size / 1e6:.1f} MB; save it smaller, then add it by hand",
            )
        return str(real), ""
