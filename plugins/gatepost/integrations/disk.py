"""Write several files, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Content = bytes | Path
"""The bytes of a file, or the file it is to be a copy of."""


def write_all(
    files: Mapping[Path, Content], removed: Sequence[Path], home: Path
) -> None:
    """Write files and remove others; if anything fails, everything is put back as it was.

    Args:
        files: Where to, and what.
        removed: Files that go.
        home: Folder all of them lie in; what is not finished waits there.

    Raises:
        OSError: The disk refused; everything is as it was.
    """
    if not files and not removed:
        return
    home.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".gatepost-import-", dir=home))
    try:
        contents = enumerate(files.items())
        new = [(_prepare(waiting / f"new-{n}", what), to) for n, (to, what) in contents]
        _move_all(new, removed, waiting)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _prepare(file: Path, content: Content) -> Path:
    file.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    return file


def _move_all(
    new: Sequence[tuple[Path, Path]], removed: Sequence[Path], waiting: Path
) -> None:
    done: list[tuple[Path, Path | None]] = []
    made: list[Path] = []
    try:
        for number, file in enumerate(removed):
            done.append((file, _set_aside(file, waiting / f"removed-{number}")))
        for number, (prepared, file) in enumerate(new):
            made.extend(_make_folders(file.parent))
            done.append((file, _set_aside(file, waiting / f"old-{number}")))
            prepared.replace(file)
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
        if old is None:
            file.unlink(missing_ok=True)
        else:
            old.replace(file)
    for folder in sorted(made, key=lambda one: -len(one.parts)):
        if not os.listdir(folder):  # noqa: PTH208 - only whether it is empty
            folder.rmdir()
