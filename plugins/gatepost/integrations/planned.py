"""What an importer wants to write, and what it could not place: facts, before the disk is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Tree: TypeAlias = "str | int | Sequence[Tree] | Mapping[str, Tree]"
"""Front matter as values, lists and blocks. What is read from a source is text, never a number."""


@dataclass(frozen=True, slots=True, order=True)
class Leftover:
    """Something of the source that found no place, or found it only in part."""

    path: str
    """File, relative to the folder that is imported, with forward slashes."""
    line: int
    """From 1."""
    why: str
    """What it is and what became of it, as one sentence without a full stop."""
    end: int = 0
    """Last line it is about, if it is about more than one."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.why}"


@dataclass(frozen=True, slots=True, order=True)
class Picture:
    """A file of the source that goes beside the entry."""

    name: str
    """Its name beside the entry."""
    source: str
    """Where the disk adapter finds it."""


@dataclass(frozen=True, slots=True, order=True)
class NamedProduct:
    """A product an entry belongs to, as the registry is to know it."""

    key: str
    name: str = ""
    """What the source calls it, if that says more than the key."""
    versions: str = ""
    """How its versions are ordered, if not by Semantic Versioning."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from; finds it again at the next import."""

    format: str
    source: str
    """File, with forward slashes, beginning with the name of the imported folder."""
    key: str
    """What it was called there, without a date that may slip."""
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry as it is to be written."""

    origin: Origin
    names: tuple[str, ...]
    """Ids to try, the best first; each matches the pattern of an id."""
    title: str
    body: str
    """Markdown in our dialect."""
    summary: str = ""
    type: str = "notice"
    breaking: bool = False
    """Whether the source says that something stops working."""
    products: tuple[NamedProduct, ...] = ()
    released: bool = True
    """False for what is still being built."""
    state: str = ""
    state_note: str = ""
    importance: str = ""
    version: str = ""
    published: str = ""
    unlisted: bool = False
    noindex: bool = False
    tags: tuple[str, ...] = ()
    lang: str = ""
    refs: tuple[tuple[str, str], ...] = ()
    """Address and words of links that stay internal."""
    extra: tuple[tuple[str, Tree], ...] = ()
    """`x-` fields."""
    phase: str = ""
    """Where the work is, if the source says more than whether it is released."""
    blocks: tuple[tuple[str, Tree], ...] = ()
    """Blocks of front matter that only some sources can fill, such as `flags`."""
    pictures: tuple[Picture, ...] = ()
