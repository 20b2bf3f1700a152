"""Keep what an import took out of a text where only colleagues see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORTEST_FENCE = 3


def internal_block(path: str, taken_out: tuple[tuple[int, str], ...]) -> str:
    """Write an internal block with what is not in a text any more.

    Args:
        path: File it was in.
        taken_out: Line and source text.

    Returns:
        The block; empty if nothing was taken out. No line of it can close it early.
    """
    if not taken_out:
        return ""
    text = "\n".join(_rows(taken_out))
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(_SHORTEST_FENCE, longest + 1)
    head = f"Left out when `{path}` was imported:"
    return f"/// internal\n{head}\n\n{ticks}text\n{text}\n{ticks}\n///"


def _rows(taken_out: tuple[tuple[int, str], ...]) -> Iterator[str]:
    for line, text in taken_out:
        first, *more = text.split("\n")
        yield f"line {line}: {first}"
        yield from (f"  | {row}" for row in more)
