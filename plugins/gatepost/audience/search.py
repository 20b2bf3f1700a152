"""Search file after file for canaries; what was clean once is not searched again."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from gatepost.audience.canaries import Canary
from gatepost.audience.containers import Part, Unopened, parts, strings, text_of
from gatepost.audience.decode import embedded, pieces, readings, unfolded
from gatepost.audience.glance import Glance
from gatepost.audience.known import KnownTexts
from gatepost.audience.normal import BREAK
from gatepost.audience.watchlist import Watchlist

MOST_LEAKS = 1_000
"""After this many the search stops: the build has failed anyway."""

_AT_ONCE = 1_000_000
"""Characters that are looked at together: of a search index of many megabytes, each step of
decoding would make another copy."""
_DEPTH = 4
_MOST_OPENED = 128_000_000
_MARGIN = 96
_GAP = f"\n{BREAK}\n"
_WORD_END = re.compile(r"[\w-]+|[^\w-]")
_DIGEST = re.compile(r"[0-9a-fA-F]{32,64}")


@dataclass(frozen=True, slots=True)
class Leak:
    """A canary that was found."""

    path: str
    """The file, relative to the site, with forward slashes."""
    line: int
    """From 1."""
    offset: int
    """In characters from the beginning of the text, or bytes if the file is no text; from 0."""
    how: str
    """What it was found in or as: `base64`, `file name`, `member a.txt, entities`; or empty."""
    canary: Canary
    column: int = 1
    """From 1, in characters."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be looked into."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class _Position:
    line: int = 1
    column: int = 1
    offset: int = 0

    @classmethod
    def of(cls, text: str, offset: int) -> _Position:
        line = text.count("\n", 0, offset) + 1
        return cls(line, offset - text.rfind("\n", 0, offset), offset)


@dataclass(frozen=True, slots=True)
class _Spot:
    """What is being read: a file, or something inside it."""

    path: str
    how: str = ""
    chosen: bool = False
    held: _Position | None = None
    """Where it stands in the file, if positions inside it would say nothing."""

    def inside(self, name: str, held: _Position | None = None) -> _Spot:
        """Something inside it, or the same read in another way."""
        how = ", ".join(one for one in (self.how, name) if one)
        return replace(self, how=how, held=self.held or held)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a search has found."""

    leaks: tuple[Leak, ...]
    keys: tuple[tuple[str, int], ...]
    """Path and canary of each leak."""
    unread: tuple[Unread, ...]
    skipped: int
    digests: Mapping[str, tuple[_Spot, _Position]]


@dataclass(slots=True)
class Search:
    """One search through a site."""

    watch: Watchlist
    trusted: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    leaks: dict[tuple[str, int], Leak] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    skipped: int = 0
    """Files that are trusted copies."""
    _opened: int = 0
    """Bytes that were unpacked from one file."""
    _known: KnownTexts = field(default_factory=KnownTexts)
    _glance: Glance = field(init=False)
    standing: dict[str, tuple[_Spot, _Position]] = field(default_factory=dict)
    """Hexadecimal digests that stand in the files, each with where it does first."""
    _files: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = enumerate(self.watch.canaries)
        self._glance = Glance(self.watch)
        self._files = {one: number for number, row in rows for one in row.digests}

    def anew(self) -> Search:
        """A search that has found nothing yet, and knows what this one has found to be clean."""
        made = copy(self)
        made.leaks, made.unread, made.skipped, made.standing = {}, [], 0, {}
        return made

    def seen(self) -> Seen:
        """What was found so far, to be joined with what other searches found."""
        return Seen(
            tuple(self.leaks.values()),
            tuple(self.leaks),
            tuple(self.unread),
            self.skipped,
            self.standing,
        )

    def join(self, other: Seen) -> None:
        """Take over what a search of other files of the same site found."""
        for key, leak in zip(other.keys, other.leaks, strict=True):
            self.leaks.setdefault(key, leak)
        self.unread += other.unread
        self.skipped += other.skipped
        for digest, where in other.digests.items():
            self.standing.setdefault(digest, where)

    def names(self, paths: Sequence[str]) -> None:
        """Search paths of the site."""
        if self._glance.is_clean("\n".join(paths)):
            return
        for path in paths:
            spot = _Spot(path, "file name")
            for number in self._hits(path, spot):
                self._note(number, spot, _Position())

    def own(self, digests: Iterable[str]) -> None:
        """Take digests of the site's own files as known: its manifest is full of them."""
        self._glance.own(digests)

    def file(self, path: str, file: Path) -> str:
        """Search a file of the site, unless it is a trusted copy, and give its SHA-256."""
        content = file.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest in self.trusted:
            self.skipped += 1
            return digest
        if (number := self._files.get(digest)) is not None:
            self._note(number, _Spot(path, "whole file"), _Position())
        if len(self.leaks) < MOST_LEAKS:
            self._opened = 0
            self._content(content, _Spot(path, chosen=path in self.chosen), _DEPTH)
        return digest

    def hashed(self, expected: frozenset[str]) -> None:
        """Compare digests that stand in files with those of names; *expected* are files' own."""
        strange = self.standing.keys() - expected
        if not strange:
            return
        for number, canary in enumerate(self.watch.canaries):
            for digest in strange.intersection((*canary.digests, *_digests_of(canary))):
                self._note(number, *self.standing[digest])

    def _content(self, content: bytes, spot: _Spot, depth: int) -> None:
        for part in parts(content, spot.path) if depth else ():
            if isinstance(part, Unopened):
                self.unread.append(Unread(spot.path, part.why))
            elif (opened := self._opened + len(part.content)) > _MOST_OPENED:
                why = (
                    f"{part.name}: more than {_MOST_OPENED // 1_000_000} MB in one file"
                )
                self.unread.append(Unread(spot.path, why))
            else:
                self._opened = opened
                self._part(part, spot.inside(part.name), depth - 1)
        text = text_of(content)
        if text is None:
            self._strings(content, spot)
        else:
            self._text(text, spot, depth)

    def _part(self, part: Part, spot: _Spot, depth: int) -> None:
        if part.note:
            self._short(part.content, spot, part.offset)
        else:
            self._content(part.content, spot, depth)

    def _strings(self, content: bytes, spot: _Spot) -> None:
        runs = strings(content)
        for _, piece in pieces(BREAK.join(run for _, run in runs)):
            for number in self._hits(piece, spot):
                offsets = (at for at, run in runs if number in self._hits(run, spot))
                self._note(number, spot, _Position(offset=next(offsets, 0)))

    def _short(self, content: bytes, spot: _Spot, offset: int) -> None:
        text = text_of(content)
        for _, piece in pieces(content.decode("latin-1") if text is None else text):
            for number in self._hits(piece, spot):
                self._note(number, spot, _Position(offset=offset))

    def _text(self, text: str, spot: _Spot, depth: int) -> None:
        if text.startswith("BEGIN:VCALENDAR"):
            text = unfolded(text)
        new = self._known.fresh(text.split("\n"))
        if not new.blocks:
            return
        fresh = _GAP.join(new.blocks)
        clean, digests = True, False
        for _, piece in pieces(fresh, _AT_ONCE):
            clean = self._glance.is_clean(piece) and clean
            digests = self._glance.digests or digests
        if not clean:
            unsure = (
                piece
                for block in new.blocks
                for _, piece in pieces(block)
                if not self._glance.is_clean(piece)
            )
            clean = all(self._is_clean(piece, spot) for piece in unsure)
        if not clean:
            self._locate(text, spot)
        elif not spot.chosen:
            self._known.add_lines(new)
        if digests and _DIGEST.search(fresh):
            self._note_digests(text, spot.inside("digest"))
        if depth and ";base64," in fresh:
            for at, content in embedded(text):
                held = _Position.of(text, at)
                self._content(content, spot.inside("data address", held), depth - 1)

    def _note_digests(self, text: str, spot: _Spot) -> None:
        line, counted = 1, 0
        for match in _DIGEST.finditer(text):
            line += text.count("\n", counted, match.start())
            counted = match.start()
            column = counted - text.rfind("\n", 0, counted)
            where = spot, _Position(line, column, counted)
            self.standing.setdefault(match[0].lower(), where)

    def _is_clean(self, text: str, spot: _Spot) -> bool:
        """Say whether a text holds no canary; what did not on other pages is not read again."""
        search, chosen = self.watch.search, spot.chosen
        keys: set[int] = set()
        novel = partial(self._known.novel, keys=keys)
        if any(search(read, chosen=chosen) for _, read in readings(text, novel=novel)):
            return False
        if not chosen:
            self._known.add_parts(keys)
        return True

    def _hits(self, text: str, spot: _Spot) -> frozenset[int]:
        search, chosen = self.watch.search, spot.chosen
        found = (search(read, chosen=chosen) for _, read in readings(text))
        return frozenset().union(*found)

    def _locate(self, text: str, spot: _Spot) -> None:
        """Find the first place of each canary in a text, and how it is written there."""
        for begin, piece in pieces(text):
            for number in self._hits(piece, spot):
                if (spot.path, number) in self.leaks:
                    continue
                start, stop = self._narrow(number, piece, spot)
                how = self._how(number, piece[start:stop], spot)
                self._note(number, spot.inside(how), _Position.of(text, begin + start))

    def _narrow(self, number: int, text: str, spot: _Spot) -> tuple[int, int]:
        """The shortest piece of *text* around the first place of a canary."""
        begin, end = 0, len(text)
        while end - begin > 4 * _MARGIN:
            middle = (begin + end) // 2
            if number in self._hits(text[begin : middle + _MARGIN], spot):
                end = middle + _MARGIN
            elif number in self._hits(text[middle - _MARGIN : end], spot):
                begin = middle - _MARGIN
            else:
                break
        cuts = [
            begin,
            *(gap.end() + begin for gap in _WORD_END.finditer(text[begin:end])),
        ]
        stops = [cut for cut in cuts if begin < cut < end]
        at = bisect_left(
            stops, 1, key=lambda at: number in self._hits(text[begin:at], spot)
        )
        stop = stops[at] if at < len(stops) else end
        starts = [cut for cut in reversed(cuts) if cut < stop]
        at = bisect_left(
            starts, 1, key=lambda at: number in self._hits(text[at:stop], spot)
        )
        return starts[min(at, len(starts) - 1)], stop

    def _how(self, number: int, text: str, spot: _Spot) -> str:
        found = (
            how
            for how, read in readings(text)
            if number in self.watch.search(read, chosen=spot.chosen)
        )
        return next(found, "")

    def _note(self, number: int, spot: _Spot, position: _Position) -> None:
        at = spot.held or position
        canary = self.watch.canaries[number]
        leak = Leak(spot.path, at.line, at.offset, spot.how, canary, at.column)
        self.leaks.setdefault((spot.path, number), leak)


def _digests_of(canary: Canary) -> Iterator[str]:
    if canary.kind != "name":
        return
    for text in dict.fromkeys((canary.text, canary.text.lower(), canary.normal)):
        for name in ("md5", "sha1", "sha256"):
            yield hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()
