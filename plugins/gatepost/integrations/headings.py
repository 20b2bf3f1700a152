"""Move the headings of a text so that none stands beside the page's own."""

from __future__ import annotations

import re

from gatepost.integrations.references import fenced_rows

_HEADING = re.compile(r"(?P<marks>#{1,6})(?=[ \t]|$)")
_TITLE = re.compile(r"#{1,3}[ \t]+(?P<words>.+?)[ \t]*#*[ \t]*$")
_UNDERLINED = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*$")
_HIGHEST, _LOWEST = 2, 6
_STEP = 4


def moved_headings(rows: list[str], first: int) -> list[str]:
    """Give the topmost heading its level, and move the others with it.

    Args:
        rows: Lines of Markdown.
        first: Level for the topmost heading; 0 only moves headings of level 1 down.
    """
    rows = _marked(rows, fenced_rows(rows))
    fenced = fenced_rows(rows)
    levels = [
        len(match["marks"])
        for row, code in zip(rows, fenced, strict=True)
        if not code and (match := _HEADING.match(row))
    ]
    top = min(levels, default=_HIGHEST)
    shift = (first or max(_HIGHEST, top)) - top
    if not shift:
        return rows
    return [
        row if code else _moved(row, shift)
        for row, code in zip(rows, fenced, strict=True)
    ]


def first_heading(body: str) -> tuple[int, str]:
    """Find the heading a text begins with, if it begins with one.

    Returns:
        Its row, from 0, and its words; no words if there is none.
    """
    rows = body.split("\n")
    for number, row in enumerate(rows):
        if not row.strip() or row.startswith(("import ", "export ")):
            continue
        match = _TITLE.match(row)
        below = rows[number + 1] if number + 1 < len(rows) else ""
        underlined = row.strip() if re.fullmatch(r"=+\s*", below) else ""
        return number, match["words"] if match else underlined
    return 0, ""


def _moved(row: str, shift: int) -> str:
    match = _HEADING.match(row)
    if match is None:
        return row
    level = min(_LOWEST, max(1, len(match["marks"]) + shift))
    return "#" * level + row[match.end() :]


def _marked(rows: list[str], fenced: list[bool]) -> list[str]:
    """Write underlined headings with `#`, so that they can be moved."""
    done: list[str] = []
    for number, row in enumerate(rows):
        match = None if fenced[number] else _UNDERLINED.match(row)
        alone = number == 1 or (number > 1 and not rows[number - 2].strip())
        if match and alone and may_be_underlined(rows[number - 1]):
            level = 1 if match[1][0] == "=" else 2
            done[-1] = f"{'#' * level} {rows[number - 1].strip()}"
        else:
            done.append(row)
    return done


def may_be_underlined(row: str) -> bool:
    """Say whether a line below which a rule is drawn would be a heading."""
    text = row.strip()
    indented = len(row) - len(row.lstrip()) >= _STEP
    marks = ("#", ">", "|", "<", "- ", "* ", "```")
    return bool(text) and not indented and not text.startswith(marks)
