"""A provider's file as fields with places, and what a reader of one format gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gatepost.content.fences import short
from gatepost.content.flag_files.laws import faulty
from gatepost.content.front_matter import Parsed
from gatepost.model.finding import Finding, Place
from gatepost.model.flag_snapshot import ProviderFlag
from gatepost.model.release import PathInFile

PRODUCTION = ("production", "prod", "live")
"""What teams call the environment customers use, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A flag that cannot be used, or something wrong beside the flags."""

    finding: Finding
    key: str = ""
    """The flag's key; empty if it is not about one flag."""


Row = ProviderFlag | Fault


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a provider."""

    parsed: Parsed
    environment: str = ""
    """The environment that counts; empty for the one customers use."""
    typed: bool = True
    """Whether numbers are numbers (JSON), or every value is text (our YAML reader)."""

    @property
    def tree(self) -> dict[str, Any]:
        """What the file says."""
        return self.parsed.tree

    def pick(self, environments: Iterable[str]) -> str:
        """The environment that counts among those of the file; empty if none can be told."""
        known = tuple(dict.fromkeys(environments))
        if self.environment:
            return self.environment if self.environment in known else ""
        lower = {name.lower(): name for name in reversed(known)}
        usual = next((lower[name] for name in PRODUCTION if name in lower), "")
        return usual or (known[0] if len(known) == 1 else "")

    def at(self, *path: str | int) -> Place:
        """Where the name at *path* was written, or the nearest thing above it."""
        for end in range(len(path), -1, -1):
            where: PathInFile = path[:end]
            if place := self.parsed.keys.get(where) or self.parsed.places.get(where):
                return place
        return Place("")

    def fault(
        self, sentence: str, *path: str | int, key: str = "", fix: str = ""
    ) -> Fault:
        """A fault at *path*."""
        return Fault(faulty(self.at(*path), sentence, fix), key)


@dataclass(frozen=True, slots=True)
class FlagFormat:
    """How one provider writes its flags: each format is one row of this protocol."""

    name: str
    """What people type, such as `flagd`."""
    title: str
    """What people call it, with where such a file comes from."""
    fits: Callable[[dict[str, Any]], bool]
    """Whether a file of these fields is of this format."""
    read: Callable[[Sheet], Iterator[Row]]
    """Every flag of a file, or what is wrong with it."""


def words(name: str, value: object) -> tuple[str, ...]:
    """A variant's name and its value, as people write them in an entry."""
    said = as_text(value)
    return tuple(dict.fromkeys(one for one in (name, said) if one))


def as_text(value: object) -> str:
    """A value in one word: `true` and `false` for yes and no, nothing for a block of fields."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, dict | list) else str(value)


def number(value: object) -> float | None:
    """A number, also one that YAML hands over as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if found == found and abs(found) < 2**53 else None  # noqa: PLR0124 - NaN


def kind_of(value: object) -> str:
    """What a value is, in words for findings."""
    for kinds, name in (
        (bool, "true or false"),
        (int | float, "a number"),
        (str, "a text"),
        (dict, "a block of fields"),
        (list, "a list"),
    ):
        if isinstance(value, kinds):
            return name
    return "nothing"


def quoted(value: object) -> str:
    """A value as it stands in a sentence."""
    return f"`{short(as_text(value))}`" if as_text(value) else kind_of(value)
