"""`gatepost translate`: begin the translation of an entry."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

import click

from gatepost.cli.command import as_of_option, choose, command, root_option
from gatepost.content.translation import MAIN, fingerprint, other_texts, squeezed
from gatepost.hosts.press import read_book
from gatepost.hosts.sites import Languages, find_sites
from gatepost.integrations.yaml_text import scalar
from gatepost.model.finding import GatepostError
from gatepost.model.languages import is_language
from gatepost.model.release import Release

_LONGEST_KEY = 1000
"""A longer text is marked as one that stands before a colon, as YAML wants it."""


@command(
    "translate",
    "gatepost translate faster-export de",
    "gatepost translate faster-export pt-BR",
)
@click.argument("entry_id", metavar="ID")
@click.argument("language")
@root_option
@as_of_option
def translate_command(
    *, entry_id: str, language: str, root: Path, as_of: datetime
) -> None:
    """Begin the translation of an entry.

    Writes a file beside the entry with a place for each of its texts: fields under the original's
    words, and the text below the fields, which you translate from the original's file. Until all of
    them are there, readers get the original.
    """
    if not is_language(language):
        msg = (
            f"`{language}` is no language: write a tag such as de, fr, pt-BR or zh-Hant"
        )
        raise GatepostError(msg)
    known = find_sites(root)
    site = known[0]
    book = read_book(site, as_of, site.host)
    choose(entry_id, book.by_id, "entry", "gatepost translate")
    release = book.by_id[entry_id]
    written = release.lang or Languages.of(known, site).written
    if language.casefold() == written.casefold():
        msg = (
            f"{release.source.path} is written in {written} already: name the language to "
            f"translate it into, for example: gatepost translate {entry_id} "
            f"{'de' if written != 'de' else 'en'}"
        )
        raise GatepostError(msg)
    file = site.root / f"{release.source.path.removesuffix('.md')}.{language}.md"
    shown = os.path.relpath(file, Path.cwd())
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(draft(release))
    except FileExistsError:
        msg = f"{shown} is there already: gatepost check {shown} says what it lacks"
        raise GatepostError(msg) from None
    below = " and below the fields" if release.body.public.strip() else ""
    click.echo(
        f"{shown}\nWrite between the quotes{below}, then type: gatepost check {shown}"
    )


def draft(release: Release) -> str:
    """The file to fill in: each text of the original as a note above its place."""
    rows = [
        "---",
        *_places(release),
        f"original: {scalar(fingerprint(release))}",
    ]
    if release.body.public.strip():
        name = PurePosixPath(release.source.path).name
        rows.append(f"# Below the next line: the text of {name} in your language.")
    rows.append("---")
    return "\n".join([*rows, ""])


def _places(release: Release) -> Iterator[str]:
    for name in MAIN:
        if text := getattr(release, name):
            yield f"# {squeezed(text)}"
            yield f'{name}: ""'
    others = other_texts(release)
    if others:
        yield "texts:"
    for text in others:
        long = len(text) > _LONGEST_KEY
        yield f'  ? {scalar(text)}\n  : ""' if long else f'  {scalar(text)}: ""'
