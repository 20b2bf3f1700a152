"""The keys of a foreign front matter, taken one by one until none is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from gatepost.content.slug import slug
from gatepost.integrations.foreign_yaml import ForeignFrontMatter
from gatepost.integrations.planned import Leftover, Tree

YES = frozenset({"true", "yes", "on", "1"})
NO = frozenset({"false", "no", "off", "0"})


class ForeignKeys:
    """Keys by lower-case name; what is taken is placed, the rest becomes `x-` fields."""

    def __init__(self, front: ForeignFrontMatter) -> None:
        self._values = front.values
        self._lines = front.lines
        self._names = {key.lower(): key for key in reversed(front.values)}
        self._placed: set[str] = set()

    def line(self, key: str) -> int:
        """Line of the file on which a key stands, from 1."""
        return self._lines.get(key, 1)

    def among(self, names: Iterable[str]) -> Iterator[tuple[str, Tree]]:
        """Keys and values that are among *names* and not placed yet, in the order of *names*."""
        for name in names:
            key = self._names.get(name)
            if key is not None and key not in self._placed:
                yield key, self._values[key]

    def take(self, key: str) -> None:
        """Note that a key was placed."""
        self._placed.add(key)

    def words(self, names: Iterable[str]) -> Iterator[str]:
        """The texts under *names*, placed or not."""
        for name in names:
            value = self._values.get(self._names.get(name, ""), "")
            items = [value] if isinstance(value, str) else value
            if not isinstance(items, int):
                yield from (item for item in items if isinstance(item, str))

    def one(self, names: Iterable[str]) -> tuple[str, int]:
        """Take the first text among *names*, with its line; others stay for the `x-` fields."""
        for key, value in self.among(names):
            if isinstance(value, str) and value.strip():
                self.take(key)
                return value.strip(), self.line(key)
        return "", 1

    def many(self, names: Iterable[str]) -> Iterator[str]:
        """Take every text of the lists among *names*; one text may hold several, with commas."""
        for key, value in list(self.among(names)):
            items = re.split(r"\s*,\s*", value) if isinstance(value, str) else value
            if isinstance(items, int | Mapping):
                continue
            texts = [item for item in items if isinstance(item, str)]
            if len(texts) == len(items):
                self.take(key)
                yield from (text.strip() for text in texts if text.strip())

    def switch(self, name: str) -> bool | None:
        """Take a yes or no; None if there is no such key or it says something else."""
        for key, value in self.among((name,)):
            word = str(value).strip().lower()
            if word in YES | NO:
                self.take(key)
                return word in YES
        return None

    def rest(
        self, path: str
    ) -> tuple[tuple[tuple[str, Tree], ...], tuple[Leftover, ...]]:
        """Name what was not taken: `x-` fields, and what is to be listed about them."""
        fields: list[tuple[str, Tree]] = []
        listed: list[Leftover] = []
        for key, value in self._values.items():
            if key in self._placed:
                continue
            name = f"x-{slug(re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '-', key))}"
            if value in ("", [], {}):
                why = f"`{key}` is empty and was left out"
            elif name == "x-" or name in dict(fields):
                why = f"`{key}: {value}` was left out: no field can have its name"
            else:
                why = f"`{key}` has no place in an entry; it was kept as `{name}`"
                fields.append((name, _plain(value)))
            listed.append(Leftover(path, self.line(key), why))
        return tuple(fields), tuple(listed)


def _plain(value: Tree) -> Tree:
    """Write yes and no without quotes, as their author did."""
    return value == "true" if value in ("true", "false") else value
