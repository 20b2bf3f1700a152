"""All canaries in one index, and the search for them in a text in one pass over its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from gatepost.audience.canaries import Canary
from gatepost.audience.decode import pieces, readings
from gatepost.audience.normal import fold, words
from gatepost.audience.phrases import (
    LEAST_PART,
    LEAST_WORD,
    WINDOW,
    Phrase,
    phrases,
    prose,
    windows,
)

_MOST_HARMLESS = 400_000
_USUAL_JOINT = r"[-_.+ ]|[^\S\n]+|\n[^\S\n]*"
Run = tuple[str, ...]


@dataclass(slots=True)
class Watchlist:
    """Canaries by the words that give them away. Built by `watchlist`, then only searched."""

    canaries: tuple[Canary, ...]
    words: dict[str, tuple[int, bool]] = field(default_factory=dict)
    """Telling word to its canary, and whether it may be an ordinary word."""
    parts: dict[str, list[str]] = field(default_factory=dict)
    """First characters of words that are found inside longer ones too."""
    names: dict[Run, tuple[int, str]] = field(default_factory=dict)
    """Words held together, with their canary and the punctuation that may join them."""
    addresses: dict[Run, int] = field(default_factory=dict)
    windows: dict[int, int] = field(default_factory=dict)
    """Hash of five words to their canary; a hit is compared with the canary itself."""
    starts: dict[tuple[str, str], int] = field(default_factory=dict)
    """First two words of every run, with the lengths to try as bits of a number."""
    common: int = 0
    """Canaries of which every word and phrase may also be read legitimately."""
    _harmless: set[str] = field(default_factory=set)

    @property
    def used(self) -> int:
        """Canaries that are looked for."""
        return len(self.canaries) - self.common

    def search(self, text: str, *, chosen: bool = False) -> frozenset[int]:
        """Find canaries in one reading of a text.

        Args:
            text: A text without encodings.
            chosen: Whether an author chose to publish this file as it is. Ordinary words that
                happen to stand in internal text are then not held against it.

        Returns:
            Positions in `canaries`.
        """
        folded = fold(text)
        found = words(folded)
        fresh = set(found) - self._harmless
        hits = {
            number
            for word in fresh
            for secret, number, plain in self._telling(word)
            if not (plain and (chosen or _only_escaped(word, folded)))
        }
        if not hits and not chosen:
            self._remember(fresh)
        hits.update(number for run, number in self._runs(found) if self._holds(run, folded))
        return frozenset(hits)

    def _remember(self, fresh: set[str]) -> None:
        if len(self._harmless) > _MOST_HARMLESS:
            self._harmless.clear()
        self._harmless |= fresh

    def _telling(self, word: str) -> Iterator[tuple[str, int, bool]]:
        """Secrets that *word* is or holds."""
        if known := self.words.get(word):
            yield word, *known
        for start in range(len(word) - LEAST_PART + 1):
            for secret in self.parts.get(word[start : start + LEAST_PART], ()):
                if word.startswith(secret, start) and secret != word:
                    yield secret, *self.words[secret]

    def _runs(self, found: list[str]) -> Iterator[tuple[Run, int]]:
        """Runs among *found* that are the words of a canary, however they are joined."""
        starts = self.starts
        pairs = enumerate(zip(found, islice(found, 1, None), strict=False))
        for at, lengths in [(at, starts[pair]) for at, pair in pairs if pair in starts]:
            for length in range(2, lengths.bit_length()):
                if lengths >> length & 1:
                    run = tuple(found[at : at + length])
                    yield from ((run, number) for number in self._owners(run))

    def _owners(self, run: Run) -> Iterator[int]:
        if known := self.names.get(run):
            yield known[0]
        if (number := self.addresses.get(run)) is not None:
            yield number
        if (number := self.windows.get(hash(run))) is not None:
            yield number

    def _holds(self, run: Run, folded: str) -> bool:
        """Say whether a run found word by word is there as its canary would write it."""
        if (number := self.windows.get(hash(run))) is not None:
            return " ".join(run) in self.canaries[number].normal
        if run in self.addresses and _is_address(folded, self.canaries[self.addresses[run]]):
            return True
        return run in self.names and _is_joined(folded, run, self.names[run][1])

    def forget(self, text: str) -> None:
        """Drop what can also be read in *text*, which these readers may see."""
        found = words(fold(text))
        for word in set(found) - self._harmless:
            self._harmless.add(word)
            for secret, _, _ in [*self._telling(word)]:
                if secret == word:
                    self.words.pop(secret, None)
                self._forget_part(secret)
        for run, _ in [*self._runs(found)]:
            self.names.pop(run, None)
            self.windows.pop(hash(run), None)

    def _forget_part(self, secret: str) -> None:
        held = self.parts.get(secret[:LEAST_PART], [])
        if secret in held:
            held.remove(secret)

    def add(self, number: int, phrase: Phrase, *, plain: bool) -> None:
        """Watch for *phrase* on behalf of a canary."""
        run = phrase.words
        if len(run) > 1:
            if phrase.kind == "address":
                self.addresses.setdefault(run, number)
            else:
                self.names.setdefault(run, (number, phrase.joints))
            self._start(run)
            return
        word = run[0]
        if len(word) < LEAST_WORD:
            return
        known = self.words.get(word)
        if known is None and len(word) >= LEAST_PART:
            self.parts.setdefault(word[:LEAST_PART], []).append(word)
        if known is None or (known[1] and not plain):
            self.words[word] = number, plain

    def add_window(self, number: int, run: Run) -> None:
        """Watch for a run of words in a canary's normal form."""
        self.windows.setdefault(hash(run), number)
        self._start(run)

    def _start(self, run: Run) -> None:
        pair = (run[0], run[1])
        self.starts[pair] = self.starts.get(pair, 0) | 1 << len(run)


def watchlist(
    canaries: tuple[Canary, ...], public: Iterable[str], *, own_host: str = ""
) -> Watchlist:
    """Index *canaries*, without whatever also stands in a public text.

    Args:
        canaries: What must not be seen.
        public: Every text these readers may see: fields and bodies, hand-written pages, labels,
            words of the interface and of the theme. Markdown or markup.
        own_host: Host of the site.
    """
    made = Watchlist(canaries)
    for number, canary in enumerate(canaries):
        for phrase in _phrases_of(canary, own_host):
            made.add(number, phrase, plain=phrase.plain and not canary.name)
        for run in windows(canary.normal):
            made.add_window(number, run)
    for text in public:
        for _, piece in pieces(text):
            made.forget(prose(piece))
            for _, read in readings(piece, markup=False):
                made.forget(read)
    made._harmless.clear()
    made.common = len(canaries) - len(_watched(made, own_host))
    return made


def _phrases_of(canary: Canary, own_host: str) -> Iterator[Phrase]:
    yield from phrases(canary.text, own_host=own_host, name=canary.name)
    if canary.entry:
        run = tuple(words(fold(f"releases/{canary.entry}")))
        yield Phrase(run, "address")


def _watched(made: Watchlist, own_host: str) -> set[int]:
    """Canaries with at least one phrase left, whoever it was that it was first noted for."""
    left = {number for number, _ in made.words.values()}
    left.update((number for number, _ in made.names.values()), made.addresses.values(), made.windows.values())
    for number, canary in enumerate(made.canaries):
        if number in left:
            continue
        if canary.digests or any(hash(run) in made.windows for run in windows(canary.normal)):
            left.add(number)
        elif any(_is_kept(made, one) for one in _phrases_of(canary, own_host)):
            left.add(number)
    return left


def _is_kept(made: Watchlist, phrase: Phrase) -> bool:
    run = phrase.words
    return run in made.names or (len(run) == 1 and run[0] in made.words)


def _only_escaped(word: str, folded: str) -> bool:
    r"""Say whether *word* stands only after a backslash: in JSON `\never` may be `\n` and `ever`."""
    return f"\\{word}" in folded and not re.search(rf"(?<![\\\w]){re.escape(word)}", folded)


def _is_joined(folded: str, run: Run, joints: str) -> bool:
    """Say whether the words of a name hang together, as nothing but a name does."""
    chars = re.escape(joints)
    one = f"(?:{_USUAL_JOINT}|[ ]?[{chars}][{chars}\\s]{{0,2}})" if joints else f"(?:{_USUAL_JOINT})"
    pattern = re.escape(run[0])
    for before, word in zip(run, run[1:], strict=False):
        spaced = "@" not in (before, word) and (before.isascii() or word.isascii())
        pattern += (one if spaced else f"{one}{{0,2}}") + re.escape(word)
    return re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", folded) is not None


def _is_address(folded: str, canary: Canary) -> bool:
    """Say whether an entry's address stands there, and not that of a longer id."""
    pattern = rf"releases[\\/]+{re.escape(fold(canary.entry))}(?![\w-])"
    return re.search(pattern, folded) is not None
