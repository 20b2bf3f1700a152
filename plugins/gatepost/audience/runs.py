"""Words in a row that give a canary away: names, addresses and pieces of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, pairwise
from typing import NamedTuple

from gatepost.audience.canaries import Canary
from gatepost.audience.normal import fold
from gatepost.audience.phrases import ENDINGS, WINDOW, Phrase, prose

Run = tuple[str, ...]
Span = tuple[int, int]
"""Words of a run before its anchor, and its length."""

_ENDS = re.compile(r"[.!?;:][\"')\]]*\s")
_USUAL_JOINT = r"[-_.+ ]|[^\S\n]+|\n[^\S\n]*"


class Named(NamedTuple):
    """A name or address and the canary it belongs to."""

    phrase: Phrase
    number: int


@dataclass(slots=True)
class TellingRuns:
    """Runs of words, by the hash of the run: millions of them must fit into memory."""

    named: dict[int, list[Named]] = field(default_factory=dict)
    windows: dict[int, int] = field(default_factory=dict)
    """The canary of any five words of a sentence; a hit is compared with its normal form."""
    signs: set[str] = field(default_factory=set)
    """Words that stand side by side, with spaces around them, in every run."""
    _anchors: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    """Hash of the two neighbours of every run that are met most rarely; what to try there."""
    _pairs: set[int] = field(default_factory=set)
    """Hashes of all neighbours in all runs, until the index is settled."""
    _open: set[int] = field(default_factory=set)
    """Of these, those that also stand in public texts: poor anchors."""

    def add(self, number: int, phrase: Phrase) -> None:
        """Watch for a name or an address."""
        rows = self.named.setdefault(hash(phrase.words), [])
        if not any(row.phrase.kind == phrase.kind for row in rows):
            rows.append(Named(phrase, number))
        self._anchor(phrase.words)

    def add_window(self, number: int, run: Run) -> None:
        """Watch for five words of a canary's normal form."""
        self.windows.setdefault(hash(run), number)
        self._anchor(run)

    def _anchor(self, run: Run) -> None:
        best = 0, 0, 0
        for at, (one, other) in enumerate(pairwise(run)):
            key = hash((one, other))
            self._pairs.add(key)
            best = max(best, (key not in self._open, len(one) + len(other), -at))
        before = -best[2]
        pair, span = run[before : before + 2], (before, len(run))
        # Neighbours that public texts have too would be met often: then the whole run it is.
        self.signs.add(f" {' '.join(pair if best[0] else run)} ")
        spans = self._anchors.get(hash(pair), ())
        if span not in spans:
            self._anchors[hash(pair)] = _shared((*spans, span))

    def among(self, found: list[str]) -> Iterator[Run]:
        """Runs in a list of words that are a canary's, however they are joined."""
        pairs = [*map(hash, zip(found, islice(found, 1, None), strict=False))]
        yield from self._at(self._anchors.keys() & pairs, pairs, found)

    def _at(
        self, likely: set[int], pairs: list[int], found: list[str]
    ) -> Iterator[Run]:
        anchors, windows, named = self._anchors, self.windows, self.named
        if not likely:
            return
        spotted = [(at, pair) for at, pair in enumerate(pairs) if pair in likely]
        for at, pair in spotted:
            for before, length in anchors[pair]:
                run = tuple(found[max(at - before, 0) : at - before + length])
                key = hash(run)
                if key in named or (length == WINDOW and key in windows):
                    yield run

    def owners(
        self, run: Run, folded: str, canaries: tuple[Canary, ...]
    ) -> Iterator[int]:
        """Canaries whose *run* stands in a folded text as they would write it."""
        key = hash(run)
        number = self.windows.get(key, -1)
        if number >= 0 and _is_sentence(folded, run, canaries[number]):
            yield number
        for row in self.named.get(key, ()):
            canary = canaries[row.number]
            if row.phrase.kind == "address":
                there = _is_address(folded, canary.entry)
            else:
                there = _is_joined(folded, row.phrase)
            if there and row.phrase.words == run:
                yield row.number

    def owning(self) -> set[int]:
        """Canaries that at least one run was noted for."""
        rows = (row.number for rows in self.named.values() for row in rows)
        return {*self.windows.values(), *rows}

    def forget(self, found: list[str]) -> None:
        """Drop the runs among words that may be read. An unseen entry's address never may."""
        pairs = [*map(hash, zip(found, islice(found, 1, None), strict=False))]
        here = self._pairs.intersection(pairs)
        self._open |= here
        for run in [*self._at(self._anchors.keys() & here, pairs, found)]:
            self.windows.pop(hash(run), None)
            rows = self.named.get(hash(run), [])
            rows[:] = [row for row in rows if row.phrase.kind == "address"]
            if not rows:
                self.named.pop(hash(run), None)

    def settle(self, runs: Iterable[Run]) -> None:
        """Look for what is left by those of its words that no public text has side by side.

        Args:
            runs: Those that were given to `add_window`.
        """
        self._anchors = {}
        self.signs = set()
        for rows in self.named.values():
            self._anchor(rows[0].phrase.words)
        for run in runs:
            if hash(run) in self.windows:
                self._anchor(run)
        self._pairs, self._open = set(), set()


@cache
def _shared(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return spans


def _is_sentence(folded: str, run: Run, canary: Canary) -> bool:
    """Say whether *run* is a piece of a canary's sentence, not the end of one and another's start.

    Texts that are put behind each other, as in a search index, make such runs by chance.
    """
    if " ".join(run) not in canary.normal:
        return False
    pattern = re.compile(r"([\W_]*?)".join(map(re.escape, run)))
    if not (written := pattern.search(fold(prose(canary.text)))):
        return True
    whole = [not _ENDS.search(gap) for gap in written.groups()]
    return any(
        not any(
            kept and _ENDS.search(gap)
            for kept, gap in zip(whole, found.groups(), strict=True)
        )
        for found in pattern.finditer(folded)
    )


def _is_joined(folded: str, phrase: Phrase) -> bool:
    """Say whether the words of a name hang together, as nothing but a name does."""
    joint = _joint(phrase.joints)
    pattern = re.escape(phrase.words[0])
    for one, word in zip(phrase.words, phrase.words[1:], strict=False):
        # `@` and scripts without spaces are words that touch their neighbours.
        touching = "@" in (one, word) or not (one.isascii() or word.isascii())
        pattern += f"(?:{joint}){{0,2}}" if touching else f"(?:{joint})"
        pattern += re.escape(word)
    # An id and an ending make many an address, so the name of a file must stand alone.
    before = r"(?<![\w-])" if phrase.words[-1] in ENDINGS else r"(?<![^\W_])"
    return re.search(rf"{before}{pattern}(?![^\W_])", folded) is not None


@cache
def _joint(joints: str) -> str:
    own = re.escape(joints)
    return rf"{_USUAL_JOINT}|[ ]?[{own}][{own}\s]{{0,2}}" if joints else _USUAL_JOINT


def _is_address(folded: str, entry: str) -> bool:
    """Say whether an entry's address stands there, and not that of a longer id."""
    pattern = rf"releases[\\/]+{re.escape(fold(entry))}(?![\w-])"
    return re.search(pattern, folded) is not None
