"""Which files beside an entry are published: only those a published text refers to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gatepost.audience.entry import Asset


def local_path(target: str) -> str:
    """The path a link means if it means a file beside the entry, else nothing."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    return posixpath.normpath(unquote(parts.path))


def published_assets(
    root: Path, folder: str, targets: Iterable[str], allowed: Iterable[str]
) -> tuple[Asset, ...]:
    """Resolve what an entry refers to against its own folder.

    Args:
        root: The project's root on disk.
        folder: The entry's own folder, relative to *root*; empty if it has none.
        targets: Link targets and picture addresses, as written.
        allowed: Endings of files that may be published, lower case with the dot.

    Returns:
        Regular files below *folder* with an allowed ending, sorted by name. Whatever else a
        target means (another host, a path outside, a symbolic link) is left out.
    """
    if not folder:
        return ()
    endings = frozenset(allowed)
    names = {name for target in targets if (name := local_path(target))}
    return tuple(
        Asset(name, f"{folder}/{name}")
        for name in sorted(names)
        if posixpath.splitext(name)[1].lower() in endings
        and _is_own_file(root, folder, name)
    )


def _is_own_file(root: Path, folder: str, name: str) -> bool:
    if name.startswith("../"):
        return False
    home = (root / folder).resolve()
    file = root / folder / name
    try:
        inside = file.resolve(strict=True) == home / name
        return inside and file.is_file()
    except (OSError, ValueError, RuntimeError):
        return False
