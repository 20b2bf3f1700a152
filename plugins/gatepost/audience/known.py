"""What was searched and held nothing: most of a page stands on many others too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gatepost.audience.decode import LEVELS
from gatepost.audience.normal import BREAK

_MOST = 50_000
_CONTEXT = 3
"""Lines around a new one that are read with it."""
_NEAR = 240
"""Characters from the end of a line in which a canary may begin that goes on in the next."""
_LONG = 2 * _NEAR + 40
"""Characters of a known line from which on its middle is left out."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new in a text."""

    blocks: list[str]
    """Texts to search."""
    pairs: list[int]
    """Hashes of each new line with the line before it."""
    lines: list[int]
    """Hashes of the new lines."""


@dataclass(slots=True)
class KnownTexts:
    """Hashes of lines and of pieces of text that are clean, up to a limit."""

    _lines: set[int] = field(default_factory=set)
    _pairs: set[int] = field(default_factory=set)
    """Two lines one after the other: the frame of a site comes again on every page."""
    _parts: set[int] = field(default_factory=set)
    """Decoded text between two breaks: a paragraph comes again in feeds and JSON."""

    def fresh(self, lines: list[str]) -> Fresh:
        """Give what is new among *lines*, with a little of what is around it.

        Of a known line that merely has a new neighbour the ends are given: what follows there, as
        an item of one feed follows another in the next, may read on from one to the other.
        """
        known, pairs = self._pairs, [*_pairs_of(lines)]
        new = [at for at, pair in enumerate(pairs) if pair not in known]
        blocks = ["\n".join(self._trimmed(lines[a:b])) for a, b in _ranges(lines, new)]
        return Fresh(blocks, [pairs[at] for at in new], [hash(lines[at]) for at in new])

    def _trimmed(self, lines: list[str]) -> list[str]:
        """Without what is known and far from anything new."""
        known = self._lines
        rows = [
            f"{line[:_NEAR]} {BREAK} {line[-_NEAR:]}"
            if len(line) > _LONG and hash(line) in known
            else line
            for line in lines
        ]
        if hash(lines[0]) in known:
            rows[0] = lines[0][-_NEAR:]
        if hash(lines[-1]) in known:
            rows[-1] = lines[-1][:_NEAR]
        return rows

    def add_lines(self, clean: Fresh) -> None:
        """Note that what was new is clean where it stands."""
        if len(self._pairs) > _MOST:
            self._pairs.clear()
            self._lines.clear()
        self._pairs.update(clean.pairs)
        self._lines.update(clean.lines)

    def add_parts(self, keys: Iterable[int]) -> None:
        """Note that the parts of these keys are clean."""
        if len(self._parts) > _MOST:
            self._parts.clear()
        self._parts.update(keys)

    def novel(self, read: str, level: int, keys: set[int]) -> str:
        """Give the parts of a reading that are new.

        Args:
            read: A reading of a text.
            level: How many layers of encoding were taken off.
            keys: Takes the keys of the new parts, except on the last level: what is still
                encoded there was not read.
        """
        known = self._parts
        found = [(hash(part.strip()), part) for part in read.split(BREAK)]
        new = [(key, part) for key, part in found if key not in known]
        if level < LEVELS - 1:
            keys.update(key for key, _ in new)
        return f" {BREAK} ".join(part for _, part in new)


def _ranges(lines: list[str], new: list[int]) -> Iterator[tuple[int, int]]:
    """Lines from one up to another that have new ones, or new neighbours, among them."""
    first = last = 0
    for at in new:
        if at - _CONTEXT > last:
            if last:
                yield first, _reach(lines, last, 1)
            first = _reach(lines, max(at - 1, 0), -1)
        last = at
    if new:
        yield first, _reach(lines, last, 1)


def _reach(lines: list[str], at: int, step: int) -> int:
    """Go on from a line until there is enough around it; give the line, or the one behind it."""
    size, end = len(lines[at]), at + step * _CONTEXT
    while size < _NEAR and at != end and 0 <= at + step < len(lines):
        at += step
        size += len(lines[at])
    return at + (step > 0)


def _pairs_of(lines: list[str]) -> Iterator[int]:
    return map(hash, zip(["", *lines], lines, strict=False))
