"""Rendered bodies held small: a site has thousands, and shows each a few times."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from gatepost.markdown.render import Rendered

_QUICKLY = 1
"""How hard zlib tries: more would take twice as long and save no twentieth."""
_AT_HAND = 64
"""Bodies that stay unpacked: a page, its feed items and its JSON ask one after the other."""


def packed(body: Rendered) -> bytes:
    """A body in about a quarter of its size."""
    return zlib.compress(pickle.dumps(body, pickle.HIGHEST_PROTOCOL), _QUICKLY)


@lru_cache(_AT_HAND)
def unpacked(body: bytes) -> Rendered:
    """The body that was packed."""
    found: Rendered = pickle.loads(zlib.decompress(body))  # noqa: S301 - packed by this build
    return found


class PackedBodies(Mapping[str, Rendered]):
    """Bodies by the ids of their entries, each unpacked when it is asked for."""

    def __init__(self, bodies: Mapping[str, bytes]) -> None:
        """Take the bodies as they were packed."""
        self._bodies = bodies

    def but(self, one: str, body: bytes) -> PackedBodies:
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
