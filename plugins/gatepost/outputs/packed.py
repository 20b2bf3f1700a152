"""Rendered bodies held small: a site has thousands, and shows each a few times."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gatepost.markdown.render import Rendered

_QUICKLY = 1
"""How hard zlib tries: more would take twice as long and save no twentieth."""
_AT_HAND = 64
"""Bodies that stay unpacked: a page, its feed items and its JSON ask one after the other."""


class Packed(NamedTuple):
    """A body in about a quarter of its size."""

    removed: tuple[str, ...]
    """As of the body: it is asked of every one, and hardly ever there."""
    body: bytes


def packed(body: Rendered) -> Packed:
    """Pack a body."""
    written = pickle.dumps(body, pickle.HIGHEST_PROTOCOL)
    return Packed(body.removed, zlib.compress(written, _QUICKLY))


@lru_cache(_AT_HAND)
def unpacked(packed: Packed) -> Rendered:
    """The body that was packed."""
    body: Rendered = pickle.loads(zlib.decompress(packed.body))  # noqa: S301 - our own
    return body


class PackedBodies(Mapping[str, Rendered]):
    """Bodies by the ids of their entries, each unpacked when it is asked for."""

    def __init__(self, bodies: Mapping[str, Packed]) -> None:
        """Take the bodies as they were packed."""
        self._bodies = bodies

    def but(self, one: str, body: Packed) -> PackedBodies:
        """The same with another body for one entry."""
        return PackedBodies({**self._bodies, one: body})

    def __getitem__(self, one: str) -> Rendered:
        """The body of an entry."""
        return unpacked(self._bodies[one])

    def __iter__(self) -> Iterator[str]:
        """The ids of the entries."""
        return iter(self._bodies)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._bodies)
