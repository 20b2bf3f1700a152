"""Where tags close, and which are open."""

from __future__ import annotations

import re
from collections import Counter


class Closings:
    """Knows of one text which tags close at all; what never closes is no tag but text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last: dict[str, int] = {}
        self._open: Counter[str] = Counter()

    def closes(self, name: str, at: int) -> bool:
        """Say whether a tag of that name closes somewhere behind an offset."""
        if name not in self._last:
            starts = (match.start() for match in _closing(name).finditer(self._text))
            self._last[name] = max(starts, default=-1)
        return self._last[name] >= at

    def end_of(self, name: str, at: int) -> int:
        """The offset behind the next closing tag of that name; 0 if there is none."""
        match = _closing(name).search(self._text, at) if self.closes(name, at) else None
        return match.end() if match else 0

    def open(self, name: str) -> None:
        """Note that a tag was written."""
        self._open[name] += 1

    def close(self, name: str) -> bool:
        """Note that a tag closes; False if none of that name is open."""
        if not self._open[name]:
            return False
        self._open[name] -= 1
        return True


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)
