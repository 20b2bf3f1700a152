"""What is written into a site's folder, and the proof that nothing of it is internal."""

from __future__ import annotations

import hashlib
import html
import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from gatepost.audience.audit import MANIFEST
from gatepost.hosts.frame import Frames
from gatepost.hosts.press import Press
from gatepost.model.finding import GatepostError
from gatepost.outputs.artifact import Artifact, FileArtifact, PageArtifact
from gatepost.outputs.json_text import json_text
from gatepost.parallel import mapped

SEARCH_INDEX = "search/search_index.json"
TELL_FROM = 1_000
"""A build that writes so many files says so: it takes a while."""


Digests = dict[str, str]
"""Path below the site to the SHA-256 of what was written there, in hexadecimal."""


def unwritten(press: Press) -> tuple[Artifact, ...]:
    """Every artifact that the host does not write itself."""
    own = {page.path for page in press.sections}
    return tuple(
        artifact
        for artifact in press.artifacts
        if not (isinstance(artifact, PageArtifact) and artifact.path in own)
    )


def write_artifacts(
    press: Press, frames: Frames, out: Path, say: Callable[[str], None]
) -> Digests:
    """Write every artifact that the host has not written itself."""
    rest = unwritten(press)
    # Before any fork: the theme draws a frame once, not once in every process.
    frames.draw(artifact for artifact in rest if isinstance(artifact, PageArtifact))
    if len(rest) >= TELL_FROM:
        say(f"writing {len(rest):,} files")
    return dict(
        mapped(lambda artifact: _put(artifact, press, frames, out), rest, least=1_000)
    )


def writers(
    press: Press, frames: Frames, out: Path
) -> Iterator[tuple[str, Callable[[], object]]]:
    """What writes each file of a preview, when it is asked for."""
    for artifact in unwritten(press):
        yield writer(artifact, press, frames, out)
    yield SEARCH_INDEX, partial(extend_search, out, press)


def page_writers(
    press: Press, frames: Frames, out: Path
) -> Iterator[tuple[str, Callable[[], object]]]:
    """What writes each page of a preview anew, when it is asked for."""
    for artifact in unwritten(press):
        if isinstance(artifact, PageArtifact):
            yield writer(artifact, press, frames, out)


def writer(
    artifact: Artifact, press: Press, frames: Frames, out: Path
) -> tuple[str, Callable[[], object]]:
    """Where an artifact is found below the site, and what writes it there."""
    page = isinstance(artifact, PageArtifact)
    path = f"{artifact.path}index.html" if page else artifact.path
    return path, partial(_put, artifact, press, frames, out)


def _put(
    artifact: Artifact, press: Press, frames: Frames, out: Path
) -> tuple[str, str]:
    """Write one artifact; say where, and the digest of what."""
    if isinstance(artifact, PageArtifact):
        path, content = f"{artifact.path}index.html", frames.fill(artifact, press.site)
    elif isinstance(artifact, FileArtifact):
        path, content = artifact.path, artifact.make()
    else:
        path, content = artifact.path, (press.config.root / artifact.file).read_bytes()
    _write(f"{out}/{path}", content)
    return path, hashlib.sha256(content).hexdigest()


def _write(path: str, content: bytes) -> None:
    try:
        file = open(path, "wb")  # noqa: PTH123, SIM115 - thousands of times; closed below
    except FileNotFoundError:
        os.makedirs(path.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        file = open(path, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(content)


def extend_search(out: Path, press: Press) -> None:
    """Add our pages to the index that the theme's search plugin has written, if it has."""
    path = out / SEARCH_INDEX
    if not path.is_file():
        return
    index = json.loads(path.read_text("utf-8"))
    index["docs"] += [
        _search_row(page, text)
        for page in press.pages
        if not page.hidden and (text := page.text or page.long_text())
    ]
    text = json.dumps(index, sort_keys=True, separators=(",", ":"))
    path.write_text(text, "utf-8")


def _search_row(page: PageArtifact, text: str) -> dict[str, object]:
    """A page in the index; the theme's search shows every text of it as markup.

    Material weighs `tags` a thousand times as much as a title; other themes pass over them.
    """
    row: dict[str, object] = {
        "location": page.path,
        "title": html.escape(page.title, quote=False),
        "text": html.escape(text, quote=False),
    }
    if page.tags:
        row["tags"] = [html.escape(tag, quote=False) for tag in page.tags]
    return row


def write_manifest(out: Path, known: Digests) -> None:
    """List every published file with its SHA-256."""
    files = {
        path: known.get(path) or hashlib.sha256((out / path).read_bytes()).hexdigest()
        for path, _ in files_below(out)
        if path != MANIFEST
    }
    text = json_text({"version": 1, "files": dict(sorted(files.items()))})
    (out / MANIFEST).write_text(text, "utf-8")


def files_below(folder: Path, below: str = "") -> Iterator[tuple[str, int]]:
    """Path, with forward slashes, and size in bytes of every file in a folder, in any order."""
    with os.scandir(f"{folder}/{below}") as rows:
        for row in rows:
            if row.is_dir(follow_symlinks=False):
                yield from files_below(folder, f"{below}{row.name}/")
            elif row.is_file():
                yield f"{below}{row.name}", row.stat().st_size


def discard(out: Path) -> None:
    """Remove an output that must not be published.

    Raises:
        GatepostError: The folder holds no manifest of ours, so it is not ours to remove.
    """
    if not (out / MANIFEST).is_file():
        msg = f"{out.name} holds files its readers may not see: do not publish it"
        raise GatepostError(msg)
    shutil.rmtree(out)
