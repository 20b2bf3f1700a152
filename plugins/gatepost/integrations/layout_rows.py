"""Small changes to the lines of a text, before and after it is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.integrations.components import CALLOUTS, CLOSE, OPEN
from gatepost.integrations.references import fenced_rows

_ALERT = re.compile(r"[ ]{0,3}>[ ]?\[!(?P<kind>\w+)\][ \t]*$")
_TABLE_LINE = re.compile(
    r"[ ]{0,3}\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*"
)
_TAB = 4


def without_tabs(rows: list[str]) -> list[str]:
    """Turn tabs before the text of a line into spaces, outside code."""
    return [
        row if code or "\t" not in row else _expanded(row)
        for row, code in zip(rows, fenced_rows(rows), strict=True)
    ]


def _expanded(row: str) -> str:
    text = row.lstrip(" \t")
    return row[: len(row) - len(text)].expandtabs(_TAB) + text


def tables_apart(rows: list[str]) -> list[str]:
    """Put an empty line before a table that follows a line of text directly."""
    done: list[str] = []
    for number, (row, code) in enumerate(zip(rows, fenced_rows(rows), strict=True)):
        below = rows[number + 1] if number + 1 < len(rows) else ""
        begins = "|" in row and "|" in below and _TABLE_LINE.fullmatch(below)
        if begins and not code and done and done[-1].strip():
            done.append("")
        done.append(row)
    return done


def alerts(rows: list[str]) -> Iterator[str]:
    """Turn quotes that begin with `> [!NOTE]` into call-outs."""
    inside = False
    for row, fenced in zip(rows, fenced_rows(rows), strict=True):
        if inside and not row.lstrip().startswith(">"):
            inside = False
            yield CLOSE
        if (match := _ALERT.match(row)) and not fenced:
            inside = True
            yield f"{OPEN}{CALLOUTS.get(match['kind'].lower(), 'note')}|"
        elif inside:
            yield re.sub(r"^[ ]{0,3}>[ ]?", "", row)
        else:
            yield row
    if inside:
        yield CLOSE


def without_gaps(rows: list[str]) -> Iterator[str]:
    """Drop every second of several empty lines, outside code."""
    before = ""
    for row, fenced in zip(rows, fenced_rows(rows), strict=True):
        if fenced or row.strip() or before.strip():
            yield row if fenced or row.strip() else ""
        before = "code" if fenced else row
