"""The runbook of a way back, if it is a file of the project: what its text is known by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from gatepost.content.links import scheme_of
from gatepost.model.release import Release

MOST_BYTES = 1_000_000
"""A runbook larger than this is no text anybody follows at night."""


def is_project_file(runbook: str) -> bool:
    """Whether a runbook is named by its path in the project, not by an address."""
    return bool(runbook) and not scheme_of(runbook) and not runbook.startswith("//")


def runbook_digest(root: Path, runbook: str) -> str:
    """The digest of a runbook's text: `sha256:` and 64 hexadecimal digits.

    Line ends and a byte-order mark do not count: a checkout on another system is the same text.

    Args:
        root: The project's root.
        runbook: Path below *root*, with forward slashes.

    Returns:
        The digest, or nothing if there is no ordinary file of that name inside the project.
    """
    if not is_project_file(runbook) or runbook.startswith("/"):
        return ""
    try:
        file = root.joinpath(runbook)
        # A link in the file system would hash a file of another house.
        if file.resolve() != root.resolve() / runbook or not file.is_file():
            return ""
        if file.stat().st_size > MOST_BYTES:
            return ""
        raw = file.read_bytes()
    except (OSError, ValueError, RuntimeError):
        return ""
    text = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return f"sha256:{hashlib.sha256(text).hexdigest()}"


def with_runbooks(root: Path) -> Callable[[Release], Release]:
    """A function that notes at a release what its runbook is known by; each file is read once."""
    digest = cache(lambda runbook: runbook_digest(root, runbook))

    def note(release: Release) -> Release:
        found = digest(release.rollback.runbook) if release.rollback else ""
        if not found:
            return release
        return release.model_copy(
            update={"source": replace(release.source, runbook=found)}
        )

    return note
