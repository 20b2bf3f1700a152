"""Make a release of the fields and the text of one file, or say why it cannot be one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import ValidationError

from gatepost.content.body import split_internal
from gatepost.content.front_matter import Parsed
from gatepost.content.guess import guess
from gatepost.content.inherit import Heritage
from gatepost.content.understand import findings_of
from gatepost.content.unknown import OWN
from gatepost.model.book import Guess
from gatepost.model.finding import Finding, Place
from gatepost.model.phase import KEYS
from gatepost.model.registry import Registry
from gatepost.model.release import FrontMatter, PathInFile, Release, Source

_GUESSES = 3
"""How often fields are put right: behind one another may come to light."""

Places = dict[PathInFile, Place]


@dataclass(frozen=True, slots=True)
class EntryFile:
    """A file of the releases folder."""

    path: str
    """Relative to the project's root, with forward slashes."""
    folder: str
    """The entry's own folder; empty for a file among others."""
    sidecar: str
    """The file with its internal text beside it; empty without one."""
    lang: str = ""
    """What its name says before the ending, if that looks like a language."""
    original: str = ""
    """The entry that is called the same without a language; empty if there is none."""


class Made(NamedTuple):
    """What came of the fields and the text of one file."""

    release: Release | None
    """None if something is wrong with it."""
    findings: tuple[Finding, ...]
    """Everything that is wrong, and what is unknown."""
    guess: Guess | None = None
    """What there is instead of the release, if it can be guessed."""


class EntryMaker:
    """Makes the releases of one project."""

    def __init__(self, registry: Registry, heritage: Heritage) -> None:
        """Take what every entry is read against."""
        self._context = {"clock": registry.clock}
        self._aliases = {
            alias.casefold(): key
            for key, row in registry.phases.items()
            for alias in row.aliases
        }
        self._heritage = heritage

    def make(self, file: EntryFile, parsed: Parsed, sidecar: str) -> Made:
        """Make a release.

        Args:
            file: Where it was read.
            parsed: Its fields and its text, without findings.
            sidecar: The text of its internal file.
        """
        tree = dict(parsed.tree)
        extra = {name: tree.pop(name) for name in list(tree) if name.startswith(OWN)}
        self._rename_phase(tree)
        inherited = self._heritage.of(tree)
        places = {**parsed.places, **inherited.places}
        tree |= inherited.tree
        facts, findings, wrong = self._facts(tree, places, parsed.keys, extra)
        body, marks = split_internal(parsed.body, parsed.body_line, file.path, sidecar)
        if facts is None or marks:
            return Made(None, (*findings, *marks))
        source = Source(file.path, file.folder, places, inherited.origins, extra)
        # All fields are validated; doing it again would cost as much as reading. Which of them
        # were written is known already; pydantic would note every name again for each release.
        release = Release.model_construct(
            facts.model_fields_set, **facts.__dict__, source=source, body=body
        )
        if wrong:
            return Made(None, findings, Guess(release, wrong))
        return Made(release, findings)

    def _rename_phase(self, tree: dict[str, Any]) -> None:
        """An organisation's own word for a phase; ours keep their meaning."""
        said = tree.get("phase")
        if isinstance(said, str) and said not in KEYS:
            tree["phase"] = self._aliases.get(said.casefold(), said)

    def _facts(
        self, tree: dict[str, Any], places: Places, keys: Places, extra: dict[str, Any]
    ) -> tuple[FrontMatter | None, tuple[Finding, ...], frozenset[str]]:
        """The fields as facts; those nobody knows go to *extra*, where they are internal.

        Also everything that is wrong, and the names of fields that had to be guessed.
        """
        try:
            return self._valid(tree), (), frozenset()
        except ValidationError as error:
            rows = error.errors(include_url=False)
            at, key_at = nearest(places), nearest(keys, places)
            findings = tuple(findings_of(error, FrontMatter, at, key_at))
            if any(one.level == "error" for one in findings):
                wrong = frozenset(str(row["loc"][0]) for row in rows)
                return self._guessed(tree, rows), findings, wrong
            for row in rows:
                _set_aside(tree, row["loc"], extra)
        return self._valid(tree), findings, frozenset()

    def _valid(self, tree: dict[str, Any]) -> FrontMatter:
        return FrontMatter.model_validate(tree, context=self._context)

    def _guessed(self, tree: dict[str, Any], rows: list[Any]) -> FrontMatter | None:
        """The fields as they are probably meant; None if that cannot be told."""
        for _ in range(_GUESSES):
            meant = guess(tree, rows, FrontMatter)
            if meant is None:
                return None
            try:
                return self._valid(meant)
            except ValidationError as error:
                tree, rows = meant, error.errors(include_url=False)
        return None


def nearest(*maps: Places) -> Callable[[PathInFile], Place]:
    """Where a path was written, or the nearest thing above it; the first map counts most."""

    def at(where: PathInFile) -> Place:
        ways = (
            (places, where[:end])
            for end in range(len(where), -1, -1)
            for places in maps
        )
        return next(places[path] for places, path in ways if path in places)

    return at


def _set_aside(tree: dict[str, Any], where: PathInFile, extra: dict[str, Any]) -> None:
    """Move an unknown field out of the tree. Blocks on the way are copied: entries share them."""
    holder: Any = tree
    for part in where[:-1]:
        inner = holder[part]
        holder[part] = dict(inner) if isinstance(inner, dict) else list(inner)
        holder = holder[part]
    extra[".".join(map(str, where))] = holder.pop(where[-1])
