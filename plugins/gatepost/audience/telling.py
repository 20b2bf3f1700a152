"""Single words that give a canary away, alone or inside a longer word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gatepost.audience.phrases import LEAST_PART, LEAST_WORD


class Secret(NamedTuple):
    """A word that must not be seen."""

    word: str
    number: int
    """Of its canary."""
    plain: bool
    """Whether it may be an ordinary word that merely no public text uses."""


@dataclass(slots=True)
class TellingWords:
    """Secret words, each on behalf of one canary."""

    known: dict[str, Secret] = field(default_factory=dict)
    _parts: dict[str, list[Secret]] = field(default_factory=dict)
    """By their first characters, those that are found inside longer words."""

    def add(self, secret: Secret) -> None:
        """Watch for a word; too short a word proves nothing."""
        held = self.known.get(secret.word)
        if len(secret.word) < LEAST_WORD or (held and (secret.plain or not held.plain)):
            return
        self.known[secret.word] = secret
        if len(secret.word) >= LEAST_PART:
            rows = self._parts.setdefault(secret.word[:LEAST_PART], [])
            rows[:] = [*(row for row in rows if row.word != secret.word), secret]

    def told_by(self, word: str) -> Iterator[Secret]:
        """Secrets that *word* is or holds."""
        if secret := self.known.get(word):
            yield secret
        parts = self._parts
        for start in range(len(word) - LEAST_PART + 1):
            for part in parts.get(word[start : start + LEAST_PART], ()):
                if part.word != word and word.startswith(part.word, start):
                    yield part

    def signs(self) -> Iterator[str]:
        """Every word, as one or as a part of one."""
        for word in self.known:
            yield word if len(word) >= LEAST_PART else f" {word} "

    def forget(self, word: str) -> None:
        """Drop *word*, which may be read; what is inside it counts only on its own from now on."""
        for secret in [*self.told_by(word)]:
            if secret.word == word:
                del self.known[word]
            rows = self._parts.get(secret.word[:LEAST_PART], [])
            rows[:] = [row for row in rows if row.word != secret.word]
