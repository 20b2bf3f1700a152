"""What the path of a dated post says: its date, its name without it, a version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from gatepost.integrations.foreign_date import iso_date

ENDINGS = frozenset({".md", ".mdx", ".markdown"})
VERSION = r"\d+\.\d+(?:\.\d+)*(?:-?(?:alpha|beta|rc|next|pre|a|b)[.\d]*)?"
"""Pattern of a version with at least two numbers."""
_DATED_NAME = re.compile(
    r"\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?:[-_. ]+(?P<rest>.+))?", re.DOTALL
)
_MONTH_NAME = re.compile(r"\d{4}[-_.]\d{2}[-_. ]+(?P<rest>\D.*)", re.DOTALL)
_DAY_NAME = re.compile(r"\d{1,2}-\d{1,2}-(?P<rest>.+)", re.DOTALL)
_DATE = re.compile(r"(?<!\d)(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?![\dA-Za-z])")
_YEAR_OR_MONTH = re.compile(r"\d{4}|\d{2}")
_VERSION_NAME = re.compile(rf"v?(?P<version>{VERSION})", re.IGNORECASE)
_INDEX = frozenset({"index", "_index"})


@dataclass(frozen=True, slots=True)
class ForeignPath:
    """A post's path, read."""

    stem: str
    """The name without date and ending; of `name/index.md` the folder's."""
    folders: tuple[str, ...]
    """The folders it lies in, from the top; without its own."""
    date: str
    """As our front matter writes dates; empty if the path has none."""

    @property
    def key(self) -> str:
        """What stays the same when the date in the path slips."""
        return "/".join((*self.undated_folders, self.stem))

    @property
    def undated_folders(self) -> tuple[str, ...]:
        """The folders that are no year and no month."""
        return tuple(one for one in self.folders if not _YEAR_OR_MONTH.fullmatch(one))

    @property
    def version(self) -> str:
        """The version the file is named after, if it is: `v0_3_0.md`."""
        match = _VERSION_NAME.fullmatch(self.stem.replace("_", "."))
        return match["version"] if match else ""


def read_path(path: str) -> ForeignPath:
    """Read a path such as `2026-01-02-name.md`, `2026/01-02-name.md` or `name/index.mdx`."""
    pure = PurePosixPath(path)
    folders = list(pure.parts[:-1])
    name = (
        pure.name[: -len(pure.suffix)] if pure.suffix.lower() in ENDINGS else pure.name
    )
    if name.lower() in _INDEX and folders:
        name = folders.pop()
    forms = (_DATED_NAME, _MONTH_NAME, _DAY_NAME)
    match = next(filter(None, (form.fullmatch(name) for form in forms)), None)
    stem = match["rest"] if match and match["rest"] else name
    found = _DATE.search("-".join((*folders, name)))
    date = iso_date("-".join(found.groups())) if found else ""
    return ForeignPath(stem, tuple(folders), date)
