"""All canaries in one index, and the search for them in a text in one pass over its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gatepost.audience.canaries import Canary
from gatepost.audience.decode import is_encoded, peeled, pieces
from gatepost.audience.normal import BREAK, fold, slug_words, words
from gatepost.audience.phrases import (
    Phrase,
    path_phrases,
    phrases,
    plain_words,
    prose,
    windows,
)
from gatepost.audience.runs import Run, TellingRuns
from gatepost.audience.telling import Secret, TellingWords

_MOST_HARMLESS = 30_000
_BATCH = 60_000
_APART = f"\n\n{BREAK}{BREAK}\n\n"
_KEEP = "\x03"


@dataclass(slots=True)
class Watchlist:
    """Canaries by what gives them away. Made by `watchlist`, then only searched."""

    canaries: tuple[Canary, ...]
    common: int = 0
    """Canaries of which every word and phrase may also be read legitimately."""
    words: TellingWords = field(default_factory=TellingWords)
    runs: TellingRuns = field(default_factory=TellingRuns)
    _harmless: set[str] = field(default_factory=set)
    """Words that were looked up and tell nothing: most words come again and again."""

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
        hits = {
            secret.number
            for _, secret in self._told(found)
            if not (secret.plain and chosen)
        }
        hits.update(
            number
            for run in self.runs.among(found)
            for number in self.runs.owners(run, folded, self.canaries)
        )
        return frozenset(hits)

    def signs(self) -> set[str]:
        """Pieces of folded texts, with a space at each end of a word, that every canary shows."""
        return {*self.words.signs(), *self.runs.signs}

    def tells(self, found: list[str]) -> bool:
        """Say whether a secret word or a run of a canary is among folded words."""
        return bool(self._told(found)) or any(self.runs.among(found))

    def _told(self, found: list[str]) -> list[tuple[str, Secret]]:
        fresh = set(found) - self._harmless
        told = [(word, secret) for word in fresh for secret in self.words.told_by(word)]
        if len(self._harmless) > _MOST_HARMLESS:
            self._harmless.clear()
        self._harmless |= fresh.difference(word for word, _ in told)
        return told


def watchlist(
    canaries: tuple[Canary, ...], public: Iterable[str], *, own_host: str = ""
) -> Watchlist:
    """Index *canaries*, without whatever also stands in a public text.

    Args:
        canaries: What must not be seen.
        public: Every text these readers may see: fields and bodies, hand-written pages, labels,
            words of the interface and of the theme. Markdown or markup.
        own_host: Host of the site, whose addresses are no secret.
    """
    made = Watchlist(canaries)
    first: dict[tuple[str, str], int] = {}
    for number, canary in enumerate(canaries):
        # The same text on many entries is one text: `internal`, or an inherited owner.
        known = first.setdefault((canary.text, canary.kind), number)
        if known == number or canary.entry:
            _watch_for(made, number, canary, own_host)
    told: set[str] = set()
    for read in _as_published(public):
        found = words(fold(read))
        told.update(found, slug_words(read))
        made.runs.forget(found)
    for word in told:
        made.words.forget(word)
    kept = (canaries[number] for number in first.values())
    made.runs.settle(run for canary in kept for run in _windows_of(canary))
    made.common = _count_common(made, first, own_host)
    return made


def _as_published(texts: Iterable[str]) -> Iterator[str]:
    """Ways in which public texts may come out: whole, without markup in one line, decoded."""
    for text in _together(texts):
        written = (text, _in_one_line(prose(text)))
        yield from {*written, *(peeled(one) for one in written)}


def _together(texts: Iterable[str]) -> Iterator[str]:
    """Many short texts as few long ones, which are read much faster; encoded ones apart."""
    waiting: dict[bool, list[str]] = {True: [], False: []}
    sizes = {True: 0, False: 0}
    for text in _once(texts):
        for _, piece in pieces(text):
            encoded = is_encoded(piece)
            waiting[encoded].append(piece)
            sizes[encoded] += len(piece)
            if sizes[encoded] > _BATCH:
                yield _APART.join(waiting[encoded])
                waiting[encoded], sizes[encoded] = [], 0
    yield from (_APART.join(left) for left in waiting.values())


def _once(texts: Iterable[str]) -> Iterator[str]:
    """Each text once. What is noted of it is its hash: the texts need not all be held."""
    known: set[int] = set()
    for text in texts:
        key = hash(text)
        if key not in known:
            known.add(key)
            yield text


def _in_one_line(shown: str) -> str:
    """Without the ends of paragraphs, except where another text begins."""
    kept = shown.replace(BREAK * 2, _KEEP)
    return kept.replace(BREAK, " ").replace(_KEEP, BREAK)


def _watch_for(made: Watchlist, number: int, canary: Canary, own_host: str) -> None:
    for phrase in _phrases_of(canary, own_host):
        if len(phrase.words) > 1:
            made.runs.add(number, phrase)
        elif phrase.words:
            made.words.add(Secret(phrase.words[0], number, plain=False))
    plain = canary.kind == "text"
    for word in plain_words(canary.text):
        made.words.add(Secret(word, number, plain))
    for run in _windows_of(canary):
        made.runs.add_window(number, run)


def _phrases_of(canary: Canary, own_host: str) -> Iterator[Phrase]:
    if canary.kind == "path":
        yield from path_phrases(canary.text)
    else:
        name = canary.kind == "name"
        yield from phrases(canary.text, own_host=own_host, name=name)
    if canary.entry:
        run = tuple(words(fold(f"releases/{canary.entry}")))
        yield Phrase(run, "address")


def _windows_of(canary: Canary) -> Iterator[Run]:
    """Runs of words; a path or key shares most of its own with addresses that are public."""
    if canary.kind == "path" or len(fold(canary.text).split(maxsplit=1)) < 2:  # noqa: PLR2004 - a space
        return iter(())
    return windows(canary.normal)


def _count_common(
    made: Watchlist, first: Mapping[tuple[str, str], int], own_host: str
) -> int:
    """How many canaries have nothing left that would give them away."""
    owners = {secret.number for secret in made.words.known.values()}
    owners |= made.runs.owning()
    watched = {
        key
        for key, number in first.items()
        if number in owners or _is_watched(made, made.canaries[number], own_host)
    }
    return sum(
        not (one.entry or one.digests or (one.text, one.kind) in watched)
        for one in made.canaries
    )


def _is_watched(made: Watchlist, canary: Canary, own_host: str) -> bool:
    """Say whether anything would give the canary away, though noted for another one."""
    if any(hash(run) in made.runs.windows for run in _windows_of(canary)):
        return True
    known, named = made.words.known, made.runs.named
    return any(
        hash(one.words) in named or known.keys() & one.words
        for one in _phrases_of(canary, own_host)
    ) or not known.keys().isdisjoint(plain_words(canary.text))
