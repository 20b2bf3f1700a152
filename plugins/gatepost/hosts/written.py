"""What is written into a site's folder, and the proof that nothing of it is internal."""

from __future__ import annotations

import hashlib
import html
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from gatepost.audience.audit import MANIFEST
from gatepost.hosts.frame import Frames
from gatepost.hosts.press import Press
from gatepost.model.finding import GatepostError
from gatepost.outputs.artifact import CopyArtifact, FileArtifact, PageArtifact

SEARCH_INDEX = "search/search_index.json"
TELL_EVERY = 1_000


def write_artifacts(
    press: Press, frames: Frames, out: Path, say: Callable[[str], None]
) -> None:
    """Write every artifact that the host has not written itself."""
    made = {page.path for page in press.sections}
    for count, artifact in enumerate(press.artifacts, 1):
        if isinstance(artifact, PageArtifact):
            if artifact.path not in made:
                _write(
                    out / artifact.path / "index.html",
                    frames.fill(artifact, press.site),
                )
        elif isinstance(artifact, FileArtifact):
            _write(out / artifact.path, artifact.content)
        elif isinstance(artifact, CopyArtifact):
            _write(
                out / artifact.path, (press.config.root / artifact.file).read_bytes()
            )
        if count % TELL_EVERY == 0:
            say(f"{count:,} of {len(press.artifacts):,} files written")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def extend_search(out: Path, press: Press) -> None:
    """Add our pages to the index that the theme's search plugin has written, if it has."""
    path = out / SEARCH_INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text("utf-8"))
    index["docs"] += [
        # The theme's search shows both as markup.
        {
            "location": page.path,
            "title": html.escape(page.title, quote=False),
            "text": html.escape(page.text, quote=False),
        }
        for page in press.pages
        if page.text and not page.hidden
    ]
    text = json.dumps(index, sort_keys=True, separators=(",", ":"))
    path.write_text(text, "utf-8")


def write_manifest(out: Path) -> None:
    """List every published file with its SHA-256."""
    files = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path != out / MANIFEST
    }
    text = json.dumps({"version": 1, "files": dict(sorted(files.items()))}, indent=1)
    _write(out / MANIFEST, f"{text}\n".encode())


def discard(out: Path) -> None:
    """Remove an output that must not be published.

    Raises:
        GatepostError: The folder holds no manifest of ours, so it is not ours to remove.
    """
    if not (out / MANIFEST).is_file():
        msg = f"{out.name} holds files its readers may not see: do not publish it"
        raise GatepostError(msg)
    shutil.rmtree(out)
