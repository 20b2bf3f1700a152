"""Take real entries for the benchmark: whatever gatepost can import of a folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from gatepost.content.load import load
from gatepost.model.release import Release
from generate import LAST, Sample
from projects import Labels, gatepost_config

_GATEPOST = str(Path(sys.executable).parent / "gatepost")
_AGAIN_DAYS = 7
"""Days between an entry and its repetition, where more are asked for than there are."""


def real_entries(folder: Path, scratch: Path) -> tuple[tuple[Sample, ...], Labels]:
    """Import every Markdown and MDX entry below *folder*, without its pictures.

    Args:
        folder: The source of another changelog; it is only read.
        scratch: An empty folder to import into.

    Raises:
        SystemExit: There is nothing to import.
    """
    releases = scratch / "content/releases"
    releases.mkdir(parents=True)
    (scratch / "site_config.yml").write_text(gatepost_config("public"), "utf-8")
    (scratch / "content/registry.yml").write_text("products: {}\n", "utf-8")
    command = (_GATEPOST, "import", "front-matter", str(folder), "--audience", "public")
    done = subprocess.run(
        command, cwd=scratch, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    print((done.stdout.strip() or "nothing imported").splitlines()[-1])
    as_of = datetime(LAST.year, LAST.month, LAST.day, tzinfo=UTC)
    book = load(scratch, "content", as_of=as_of, host="bench.example")
    found = tuple(_sample(scratch, one) for one in book.releases if one.products)
    if not found:
        msg = f"no entry with a product was found below {folder}"
        raise SystemExit(msg)
    return found, Labels(tuple(book.registry.products))


def _sample(root: Path, release: Release) -> Sample:
    text = (root / release.source.path).read_text("utf-8")
    front = text.split("\n---\n", 1)[0].removeprefix("---\n")
    published = release.dates.published
    return Sample(
        id=release.id,
        front=front,
        body=release.body.public,
        title=release.title,
        summary=release.summary or release.title,
        day=published.day if published else LAST,
        type=release.type,
        products=release.products,
    )


def repeated(found: tuple[Sample, ...], count: int) -> Iterator[Sample]:
    """Yield *count* entries: the newest ones if there are more, all of them again if fewer."""
    newest = sorted(found, key=lambda one: (one.day, one.id), reverse=True)
    return islice(_again(newest), count)


def _again(found: list[Sample]) -> Iterator[Sample]:
    turn = 0
    while True:
        for one in found:
            yield _copy(one, turn) if turn else one
        turn += 1


def _copy(one: Sample, turn: int) -> Sample:
    again, day = (
        f"{one.id[:50]}-again-{turn}",
        one.day - timedelta(days=turn * _AGAIN_DAYS),
    )
    lines = [
        f"id: {again}"
        if line.startswith("id:")
        else line.replace(str(one.day), str(day))
        for line in one.front.split("\n")
    ]
    return replace(one, id=again, front="\n".join(lines), day=day)
