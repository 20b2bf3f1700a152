"""Entries, and marks of internal text, where nobody takes them for that: all would read them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from gatepost.content import laws
from gatepost.content.markers import is_meant
from gatepost.model.finding import Finding, Place

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_FIELD = re.compile(r"([A-Za-z_]+)[ \t]*:")
_ANY_OF = frozenset({"type", "phase", "audience"})
"""With an `id`, one of these makes an entry; other tools' pages have neither together."""
_MOST = 1_000_000


def entries_astray(folder: Path, root: Path, home: str) -> Iterator[Finding]:
    """Entries in the Markdown files below a folder where no entry is read.

    Args:
        folder: The folder; nothing is found if there is none.
        root: The project's root, which findings name files from.
        home: Where entries belong, relative to *root*.
    """
    for path, lines in _pages(folder, root, home):
        names = _fields(lines)
        if "id" in names and _ANY_OF & names.keys():
            sentence = "this is written like an entry, but no entry is read here"
            fix = f"move it to {home}/"
            yield laws.broken(
                laws.HIDES_NOTHING, Place(path, names["id"]), sentence, fix
            )


def marks_astray(folder: Path, root: Path, home: str) -> Iterator[Finding]:
    """What was meant to hide text on hand-written pages, where nothing hides any.

    Args:
        folder: The folder of a site's hand-written pages.
        root: The project's root, which findings name files from.
        home: Where entries belong, relative to *root*.
    """
    for path, lines in _pages(folder, root, home):
        names = _fields(lines)
        if "audience" in names and "id" not in names:
            sentence = (
                "`audience` hides nothing: every hand-written page is for everybody"
            )
            yield laws.broken(
                laws.HIDES_NOTHING, Place(path, names["audience"]), sentence
            )
        fence = ""
        for number, line in enumerate(lines, 1):
            if match := _FENCE.match(line):
                fence = (
                    "" if fence and match[1].startswith(fence) else fence or match[1]
                )
            elif not fence and is_meant(line):
                sentence = (
                    f"`{line.strip()[:40]}` hides nothing: this page is published whole"
                )
                yield laws.broken(laws.HIDES_NOTHING, Place(path, number), sentence)


def _pages(folder: Path, root: Path, home: str) -> Iterator[tuple[str, list[str]]]:
    """Every Markdown file below a folder, but for those where entries belong, with its lines."""
    entries = root / home
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and Path(here, name) != entries
        )
        for file in (Path(here, name) for name in sorted(names)):
            if file.suffix.lower() != ".md" or not file.is_file():
                continue
            with file.open("rb") as opened:
                text = opened.read(_MOST).decode("utf-8-sig", "replace")
            path = file.relative_to(root) if file.is_relative_to(root) else file
            yield path.as_posix(), text.splitlines()


def _fields(lines: list[str]) -> dict[str, int]:
    """The names of the fields a page begins with, each with its line from 1."""
    names: dict[str, int] = {}
    if lines and lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], 2):
            if line.rstrip() in {"---", "..."}:
                break
            if match := _FIELD.match(line):
                names.setdefault(match[1], number)
    return names
