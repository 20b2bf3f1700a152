"""GP305 to GP311: files beside an entry, pictures, and addresses that are safe to follow."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from gatepost.content.links import scheme_of
from gatepost.model.finding import Place
from gatepost.model.release import PathInFile, Release
from gatepost.rules.addresses import full_address
from gatepost.rules.case import Attached, Case
from gatepost.rules.nearest import Names, did_you_mean
from gatepost.rules.rule import Fault, rule

SAFE = frozenset({"", "http", "https", "mailto", "release"})
"""Schemes that survive into a page; `release:` becomes the address of an entry."""
_SHOWN = 60
_MEGABYTES = 100_000
"""Size from which megabytes say more than bytes."""


def _file(case: Case, one: Attached) -> Path:
    return case.index.book.root / case.release.source.folder / one.name


@rule("GP305", imports="advice")
def missing_file(case: Case) -> Iterator[Fault]:
    """Files that an entry refers to lie in its own folder.

    Why: a picture that is not there is a grey box in every feed reader.
    Fix: put the file beside the entry's `index.md`, or correct its name.
    """
    for one in case.attached:
        if one.name.startswith("../"):
            continue
        if not case.release.source.folder:
            yield Fault(_HOMELESS.format(one.name), _own_folder(case.release), one.at)
        elif not _exists(_file(case, one)):
            near = _nearest_file(case, one)
            yield Fault(
                f"there is no file `{one.name}` beside the entry{did_you_mean(near)}",
                f"write `{near}`" if near else "",
                one.at,
            )


def _nearest_file(case: Case, one: Attached) -> str:
    """The file that is meant: one that differs in capitals above all, as `Shot.PNG` does."""
    home = case.index.book.root / case.release.source.folder
    folder, name = posixpath.split(one.name)
    try:
        there = [file.name for file in (home / folder).iterdir() if file.is_file()]
    except (OSError, ValueError):
        return ""
    there = [other for other in there if not other.endswith(".md")]
    near = Names.of(there).nearest(name)
    return posixpath.join(folder, near) if near else ""


_HOMELESS = "`{}` cannot lie beside an entry that has no folder of its own"


def _own_folder(release: Release) -> str:
    stem = release.source.path.removesuffix(".md")
    return f"move the entry to {stem}/index.md and put the file into the same folder"


def _exists(path: Path) -> bool:
    """Whether a file has this very name: some disks take `Shot.PNG` for `shot.png`, no server."""
    try:
        return path.name in os.listdir(path.parent)  # noqa: PTH208 - names are all it asks for
    except (OSError, ValueError):
        return False


@rule("GP306", imports="advice")
def foreign_file(case: Case) -> Iterator[Fault]:
    """Files that an entry refers to are ordinary files of its own folder.

    Why: a path that leads out of the folder, or a link in the file system, could publish any file
    of the machine that builds the site.
    Fix: copy the file into the entry's folder.
    """
    for one in case.attached:
        if one.name.startswith("../"):
            yield Fault(f"`{one.name}` lies outside the entry's own folder", at=one.at)
        elif case.release.source.folder and (why := _not_own(case, one)):
            yield Fault(f"`{one.name}` is {why}", at=one.at)


def _not_own(case: Case, one: Attached) -> str:
    file = _file(case, one)
    home = case.index.book.root / case.release.source.folder
    try:
        if not _exists(file):
            return ""
        if file.resolve() != home.resolve() / one.name:
            return "a link in the file system, not a file"
        return "" if file.is_file() else "a folder, not a file"
    except (OSError, ValueError, RuntimeError):
        return "not a file that can be read"


@rule("GP307", imports="advice")
def unpublishable_file(case: Case) -> Iterator[Fault]:
    """Files beside an entry are of a kind that may be published.

    Why: some kinds can carry programs, others should not leave the house.
    Fix: use another kind of file, or add the ending to `attachments` under `policy` in
    `content/registry.yml`.
    """
    allowed = frozenset(ending.lower() for ending in case.index.policy.attachments)
    for one in case.attached:
        ending = posixpath.splitext(one.name)[1].lower()
        if ending not in allowed:
            kind = f"`{ending}` files" if ending else "files without an ending"
            yield Fault(
                f"{kind} are not published, so `{one.name}` is left out", at=one.at
            )


@rule("GP308", imports="advice")
def picture_without_words(case: Case) -> Iterator[Fault]:
    """Every picture says in words what it shows.

    Why: people who do not see it, and feed readers that do not load it, have only the words.
    Fix: write `![what it shows](picture.png)`, or `alt:` under `media:`.
    """
    for link, place, *_ in case.links:
        if link.image and link.alt is None:
            yield Fault(
                f"the picture `{_short(link.target)}` is not described in words",
                at=place,
            )
    for number, media in enumerate(case.release.media):
        if not media.alt.strip():
            yield Fault(
                f"the picture `{_short(media.src)}` is not described in words",
                "add `alt:` with what it shows",
                ("media", number, "alt"),
            )


@rule("GP309", imports="advice")
def unsafe_address(case: Case) -> Iterator[Fault]:
    """Addresses begin with https, http or mailto, or lead to another page of the site.

    Why: other kinds can run programs in the reader's browser or read files of their machine; they
    are taken out of every page.
    Fix: write the full address, beginning with `https://`.
    """
    for link, place, *_ in case.links:
        if not link.target:
            yield Fault(
                "the link leads nowhere", "write an address between the brackets", place
            )
        else:
            yield from _doubtful(link.target, place)
    for at, address in _addresses(case.release):
        yield from _doubtful(address, at)
    for number, media in enumerate(case.release.media):
        at = ("media", number, "src")
        if full_address(media.src):
            yield from _doubtful(media.src, at)
        elif scheme_of(media.src) not in {"", "https"}:
            yield Fault(
                f"`{_short(media.src)}` is neither a file beside the entry nor an https address",
                at=at,
            )


def _doubtful(address: str, at: Place | PathInFile) -> Iterator[Fault]:
    if full := full_address(address):
        begin = full.removesuffix(address)
        sentence = f"`{_short(address)}` is taken for a file, for it lacks `{begin}`"
        yield Fault(sentence, f"write `{full}`", at)
    elif address and scheme_of(address) not in SAFE:
        yield Fault(f"`{_short(address)}` is not a safe address", at=at)


def _addresses(release: Release) -> Iterator[tuple[PathInFile, str]]:
    """Fields that become links."""
    if release.migration:
        yield ("migration", "guide_url"), release.migration.guide_url
    if release.feedback:
        yield ("feedback", "url"), release.feedback.url
    for number, doc in enumerate(release.docs):
        yield ("docs", number, "url"), doc.url
    for number, ref in enumerate(release.refs):
        yield ("refs", number, "url"), ref.url
    for number, media in enumerate(release.media):
        yield ("media", number, "transcript"), media.transcript


def _short(target: str) -> str:
    text = " ".join(target.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


@rule("GP310", level="advice")
def heavy_file(case: Case) -> Iterator[Fault]:
    """Files beside an entry are small enough to load on a phone.

    Why: feeds load every picture of thirty entries at once.
    Fix: save it smaller, or as WebP or AVIF; the limit is `attachment_bytes` under `policy`.
    """
    limit = case.index.policy.attachment_bytes
    for one in case.attached:
        size = _size(_file(case, one)) if case.release.source.folder else 0
        if size > limit:
            yield Fault(
                f"`{one.name}` has {_amount(size)}; {_amount(limit)} is the limit",
                at=one.at,
            )


def _amount(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= _MEGABYTES else f"{size:,} bytes"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        return 0


@rule("GP311", at="media")
def video_without_words(case: Case) -> Iterator[Fault]:
    """A video has captions or a transcript.

    Why: many people watch without sound, and some cannot hear it.
    Fix: add `transcript:` with the address of the captions or of the text.
    """
    for number, media in enumerate(case.release.media):
        if media.kind == "video" and not media.transcript:
            yield Fault(
                f"`{media.src}` has neither captions nor transcript",
                at=("media", number),
            )
