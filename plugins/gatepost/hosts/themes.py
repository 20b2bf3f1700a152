"""The folders a site's pages are made with: which are installed, and which is the site's own."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from gatepost.audience.audit import file_digests
from gatepost.audience.openly import folder_texts

_WORDLESS = (".icons", "node_modules")
"""Folders of themes that no reader gets as they are: ten thousand files in one of them."""
_NOT_READ = (*_WORDLESS, "assets")
"""Folders of themes without words that come on pages."""
_TEMPLATES = (".html",)
_CODE = (".js", ".mjs", ".css", ".map")
"""Endings of what is mostly a copy of somebody else's work, full of words of any kind."""


@dataclass(frozen=True, slots=True)
class Themes:
    """The folders of a site's theme, told apart by the configuration, not by what they hold."""

    installed: tuple[Path, ...]
    """Folders of packages, in which no word is news and no file a secret."""
    own: Path | None = None
    """The site's `custom_dir`: people of the project write in it what all readers get."""

    @classmethod
    def of(cls, config: MkDocsConfig, *more: Path) -> Themes:
        """The folders as the host knows them, and *more* installed ones."""
        said = config.theme.custom_dir
        own = Path(str(said)) if said else None
        # The same folder may be named by a link in one place and not in the other.
        real = own.resolve() if own else None
        folders = (*more, *(Path(one) for one in config.theme.dirs))
        installed = tuple(one for one in folders if one.resolve() != real)
        return cls(installed, own)

    def texts(self) -> Iterator[str]:
        """What the folders say to every reader.

        Of the site's own that is its templates, which are written by hand as pages are. Any other
        file may come from anywhere: what it says is not known to be said on purpose.
        """
        yield from _installed_texts(self.installed)
        if self.own:
            yield from folder_texts(self.own, leave_out=_NOT_READ, endings=_TEMPLATES)
            yield from _asset_names(self.own)

    def digests(self) -> frozenset[str]:
        """SHA-256 of every file of the installed folders; a site's own files are no such files."""
        return frozenset().union(*map(_digests, self.installed))

    def code(self, out: Path) -> Iterator[str]:
        """Scripts and style sheets of the site's own folder, by the paths they have in *out*."""
        for here, folders, names in os.walk(self.own) if self.own else ():
            folders[:] = set(folders).difference(_WORDLESS)
            for file in (Path(here) / name for name in names):
                path = file.relative_to(str(self.own))
                if file.suffix in _CODE and _same(file, out / path):
                    yield path.as_posix()


def _same(one: Path, other: Path) -> bool:
    """Whether one was copied to the other; a file of ours may have taken its place."""
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


@cache
def _installed_texts(themes: tuple[Path, ...]) -> tuple[str, ...]:
    texts = (
        text for theme in themes for text in folder_texts(theme, leave_out=_NOT_READ)
    )
    return (*texts, *(name for theme in themes for name in _asset_names(theme)))


def _asset_names(theme: Path) -> Iterator[str]:
    """What scripts and style sheets are called: whoever gets a page may read it there."""
    for file in sorted((theme / "assets").rglob("*")):
        yield file.relative_to(theme).as_posix()


@cache
def _digests(theme: Path) -> frozenset[str]:
    return file_digests(theme, leave_out=_WORDLESS)
