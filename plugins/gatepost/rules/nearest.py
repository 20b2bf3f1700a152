"""Did you mean: the known name nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

_CLOSE = 0.72
_MOST = 200
"""Candidates compared in full; comparing with every name would be slow in a large book."""
_SHARED = 3
"""Letters two names must share at the start or the end to be compared."""


@dataclass(frozen=True, slots=True)
class Names:
    """Known names, found by how they begin, how they end, and the words in them."""

    known: frozenset[str]
    buckets: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Sort names into buckets once."""
        known = frozenset(names)
        buckets: dict[str, list[str]] = {}
        for name in sorted(known):
            for key in _keys(name):
                buckets.setdefault(key, []).append(name)
        return cls(known, {key: tuple(names) for key, names in buckets.items()})

    def __contains__(self, name: str) -> bool:
        return name in self.known

    def nearest(self, name: str) -> str:
        """The known name that *name* probably means, or nothing."""
        folded = name.casefold()
        by_fold = {known.casefold(): known for known in self._candidates(name)}
        close = get_close_matches(folded, by_fold, n=1, cutoff=_CLOSE)
        return by_fold[close[0]] if close else ""

    def _candidates(self, name: str) -> tuple[str, ...]:
        """Names worth comparing: those that share the rarest piece come first."""
        if len(self.known) <= _MOST:
            return tuple(sorted(self.known))
        shared = (self.buckets.get(key, ()) for key in _keys(name))
        rarest = sorted(shared, key=lambda names: (len(names), names))
        return tuple(dict.fromkeys(chain.from_iterable(rarest)))[:_MOST]


def _keys(name: str) -> frozenset[str]:
    folded = name.casefold()
    words = folded.replace("_", "-").split("-")
    return frozenset((f"^{folded[:_SHARED]}", f"{folded[-_SHARED:]}$", *words))


def did_you_mean(nearest: str) -> str:
    """The question to add to a sentence, or nothing."""
    return f"; did you mean `{nearest}`?" if nearest else ""
