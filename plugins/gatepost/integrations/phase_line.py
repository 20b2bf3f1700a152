"""Move an entry to another phase by editing its text: the phase, and the date that goes with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from io import StringIO

from gatepost.content.front_matter import Parsed, read
from gatepost.model.finding import GatepostError, Place
from gatepost.model.phase import PhaseKey

IMPLIED: dict[PhaseKey, str] = {"rolling-out": "deployed", "monitoring": "exposed"}
"""Phase to the date that entering it means."""
_BOM = b"\xef\xbb\xbf"
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


@dataclass(frozen=True, slots=True)
class Moved:
    """What an entry's file becomes."""

    raw: bytes
    date: str
    """The date that was written, such as `deployed`; empty if none was."""


def moved(raw: bytes, path: str, phase: PhaseKey, today: date) -> Moved:
    """Write *phase* into an entry, and the date it implies if the entry does not have it.

    Every other byte stays: comments, line ends, the byte-order mark.

    Raises:
        GatepostError: The file cannot be read, or its phase stands where no line can be edited.
    """
    parsed = read(raw, path)
    if parsed.findings or ("phase",) not in parsed.places:
        msg = f"{path} cannot be read: `gatepost check {path}` says why"
        raise GatepostError(msg)
    mark = _BOM if raw.startswith(_BOM) else b""
    # As an editor and our reader count lines: only at line feeds, and none is changed.
    lines = list(StringIO(raw.removeprefix(_BOM).decode(), newline="\n"))
    _write_phase(lines, parsed, path, phase)
    name = IMPLIED.get(phase, "")
    if not name or _has_date(parsed, name):
        return Moved(mark + "".join(lines).encode(), "")
    _write_date(lines, parsed, f"{name}: {today.isoformat()}")
    return Moved(mark + "".join(lines).encode(), name)


def _has_date(parsed: Parsed, name: str) -> bool:
    dates = parsed.tree.get("dates")
    return isinstance(dates, dict) and dates.get(name) is not None


def _write_phase(lines: list[str], parsed: Parsed, path: str, phase: PhaseKey) -> None:
    place, said = parsed.places["phase",], str(parsed.tree["phase"])
    line = lines[place.line - 1]
    head, rest = line[: place.column - 1], line[place.column - 1 :]
    if quoted := _QUOTED.match(rest):
        end = quoted.end()
    elif rest.startswith(said):
        end = len(said)
    else:
        msg = f"{path}:{place.line}: write the phase in one line, such as `phase: {phase}`"
        raise GatepostError(msg)
    lines[place.line - 1] = f"{head}{phase}{rest[end:]}"


def _write_date(lines: list[str], parsed: Parsed, said: str) -> None:
    """Write a date into `dates`, in the form the block has."""
    key = parsed.keys.get(("dates",))
    dates = parsed.tree.get("dates")
    end = _line_end(lines[0])
    if key is None:
        at = parsed.places["phase",].line
        lines.insert(at, f"dates: {{{said}}}{end}")
    elif not isinstance(dates, dict) or not dates:
        _fill_empty(lines, key, said)
    else:
        _add_first(lines, parsed, key, said)


def _line_end(line: str) -> str:
    return "\r\n" if line.endswith("\r\n") else "\n"


def _fill_empty(lines: list[str], key: Place, said: str) -> None:
    """`dates:` with nothing in it, `dates: {}` or `dates: null`."""
    line = lines[key.line - 1]
    head = line[: line.index(":", key.column - 1) + 1]
    rest = line[len(head) :]
    kept = re.sub(r"^[ \t]*(?:\{\s*\}|null|~)?", "", rest.rstrip("\r\n"))
    space = f" {kept.strip()}" if kept.strip() else ""
    lines[key.line - 1] = f"{head} {{{said}}}{space}{_line_end(line)}"


def _add_first(lines: list[str], parsed: Parsed, key: Place, said: str) -> None:
    """Before the first date that is there: as a line of its own, or behind the brace."""
    first = min(
        place
        for where, place in parsed.keys.items()
        if len(where) == len(("dates", "")) and where[0] == "dates"
    )
    line = lines[first.line - 1]
    head = line[: first.column - 1]
    if first.line > key.line and not head.strip():
        before = lines[key.line - 1].partition("#")[0]
        if "{" not in before:
            lines.insert(first.line - 1, f"{head}{said}{_line_end(line)}")
            return
    lines[first.line - 1] = f"{head}{said}, {line[first.column - 1 :]}"
