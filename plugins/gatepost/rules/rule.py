"""What a rule is: a law, whom it concerns, and the function that finds who breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from gatepost.model.finding import Finding, Law, Level, Place
from gatepost.model.phase import BY_KEY, PhaseKey
from gatepost.model.release import Kind, PathInFile, Release, State
from gatepost.rules.case import Case, Index

ForImports = Literal["same", "advice", "off"]
"""How a law meets imported entries: they were written elsewhere, under other laws."""

EVERY_KIND: tuple[Kind, ...] = ("quiet", "standard", "launch", "hotfix")
PLANNED: tuple[Kind, ...] = ("standard", "launch")
NOT_QUIET: tuple[Kind, ...] = ("standard", "launch", "hotfix")
ENDED: frozenset[State] = frozenset({"cancelled", "withdrawn"})
"""States after which nobody prepares the release any more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of a rule, before it has a code and a level."""

    sentence: str
    """Names the culprit; no full stop."""
    fix: str = ""
    """The edit to make; the law's own `Fix:` when left out."""
    at: Place | PathInFile = ()
    """A place, or a path in the front matter; the rule's field when left out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about one release."""

    law: Law
    find: Callable[[Case], Iterator[Fault]]
    field: str
    """Where its findings point when they do not say."""
    kinds: tuple[Kind, ...]
    since: int
    """Order of the first phase it concerns."""
    public: bool
    """Whether it concerns only what readers outside may read."""
    alive: bool
    """Whether it leaves cancelled and withdrawn releases alone."""
    imports: ForImports

    def concerns(self, release: Release, *, public: bool) -> bool:
        """Say whether the rule is about this release at all."""
        return (
            release.kind in self.kinds
            and release.at_phase.order >= self.since
            and (public or not self.public)
            and not (self.alive and release.state in ENDED)
            and not (self.imports == "off" and release.imported is not None)
        )

    def findings(self, case: Case) -> Iterator[Finding]:
        """Every breach of the rule in one release."""
        level = self.law.level
        if self.imports == "advice" and case.release.imported is not None:
            level = "advice"
        for fault in self.find(case):
            yield _finding(
                self.law, fault, _place(case.release, fault, self.field), level
            )


@dataclass(frozen=True, slots=True)
class BookRule:
    """A rule about all releases together, or about the registry and the ledger."""

    law: Law
    find: Callable[[Index], Iterator[Fault]]

    def findings(self, index: Index) -> Iterator[Finding]:
        """Every breach of the rule in the whole book."""
        for fault in self.find(index):
            place = (
                fault.at
                if isinstance(fault.at, Place)
                else index.registry.at(*fault.at)
            )
            yield _finding(self.law, fault, place, self.law.level)


def _place(release: Release, fault: Fault, field: str) -> Place:
    if isinstance(fault.at, Place):
        return fault.at
    path = fault.at or (field,)
    # What is missing has no place of its own: the phase is what asks for it.
    written = path[:1] in release.source.places
    return release.at(*path) if written else release.at("phase")


def _finding(law: Law, fault: Fault, place: Place, level: Level) -> Finding:
    way_out = fault.fix or law.fix.removesuffix(".")
    return Finding(place, law.code, fault.sentence, way_out, level)


def rule(
    code: str,
    *,
    at: str = "id",
    level: Level = "error",
    kinds: tuple[Kind, ...] = EVERY_KIND,
    since: PhaseKey = "idea",
    public: bool = False,
    alive: bool = False,
    imports: ForImports = "same",
) -> Callable[[Callable[[Case], Iterator[Fault]]], Rule]:
    """Make a rule about one release of a function; its docstring is the law.

    Args:
        code: `GP` and three digits.
        at: The field its findings point at when they do not say.
        level: What its findings are.
        kinds: The kinds of release it concerns.
        since: The first phase it concerns.
        public: Concern only releases that readers outside may read.
        alive: Leave cancelled and withdrawn releases alone.
        imports: How it meets imported entries.

    Raises:
        ValueError: The docstring lacks its sentence, `Why:` or `Fix:`.
    """

    def make(find: Callable[[Case], Iterator[Fault]]) -> Rule:
        law = Law.of(code, find, level)
        order = BY_KEY[since].order
        return Rule(law, find, at, kinds, order, public, alive, imports)

    return make


def book_rule(
    code: str, *, level: Level = "error"
) -> Callable[[Callable[[Index], Iterator[Fault]]], BookRule]:
    """Make a rule about all releases together of a function; its docstring is the law.

    Raises:
        ValueError: The docstring lacks its sentence, `Why:` or `Fix:`.
    """

    def make(find: Callable[[Index], Iterator[Fault]]) -> BookRule:
        return BookRule(Law.of(code, find, level), find)

    return make
