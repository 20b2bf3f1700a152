"""Keep foreign text from looking like a marker of our own internal blocks.

`/// internal` opens a block that is cut out of the public page, wherever it stands. In another
project's text it is only text, such as a comment of a Rust program.
"""

from __future__ import annotations

import re

from gatepost.content.body import split_internal
from gatepost.integrations.references import fenced_rows

_SLASHES = re.compile(r"/{2,}")
_UNSEEN = "\u200b"
"""A space without width: the line reads the same, and still begins a comment where it is code."""
_CODE_MARGIN = 4
MARKED = (
    "lines looked like a marker of internal text; a sign nobody sees was put into them"
)
"""What is listed about lines that were changed."""


def without_markers(body: str) -> tuple[str, int]:
    """Change every line that would be taken for a marker.

    Returns:
        The body, and how many lines of it were changed.
    """
    if "//" not in body:
        return body, 0
    rows = body.split("\n")
    fenced = fenced_rows(rows)
    doubtful = [number for number, row in enumerate(rows) if _is_doubtful(row)]
    for number in doubtful:
        indented = len(rows[number]) - len(rows[number].lstrip()) >= _CODE_MARGIN
        rows[number] = _changed(rows[number], code=fenced[number] or indented)
    return "\n".join(rows), len(doubtful)


def _is_doubtful(row: str) -> bool:
    return "//" in row and bool(split_internal(row, 1, "")[1])


def _changed(row: str, *, code: bool) -> str:
    match = _SLASHES.search(row)
    if match is None:
        return row
    if code:
        return f"{row[: match.start() + 2]}{_UNSEEN}{row[match.start() + 2 :]}"
    return f"{row[: match.start()]}&#47;{row[match.start() + 1 :]}"
