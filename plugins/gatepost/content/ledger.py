"""Read the ledger: ids that were public, and what they are called in feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gatepost.content import laws
from gatepost.model.finding import Finding, Place
from gatepost.model.registry import Ledger, LedgerRow

NAMES = ("feed_id", "first_published", "first_seen", "gone")
_HALF = re.compile("[\ud800-\udfff]")
"""JSON can hold half of a surrogate pair; no file and no feed can."""
_STAMPS = ("first_published", "first_seen")


def read_ledger(raw: bytes, path: str) -> tuple[Ledger, tuple[Finding, ...]]:
    """Read a ledger; a row that is wrong is a finding and left out."""
    try:
        text = raw.decode("utf-8-sig")
        tree = json.loads(text, object_pairs_hook=_Pairs)
    except UnicodeDecodeError:
        return Ledger(path), (
            laws.broken(laws.UNREADABLE_LEDGER, Place(path), "the file is not UTF-8"),
        )
    except json.JSONDecodeError as error:
        place = Place(path, error.lineno, error.colno)
        return Ledger(path), (
            laws.broken(
                laws.UNREADABLE_LEDGER, place, f"the file is not JSON: {error.msg}"
            ),
        )
    except RecursionError:
        return Ledger(path), (
            laws.broken(
                laws.UNREADABLE_LEDGER, Place(path), "the file is nested too deep"
            ),
        )
    except ValueError:
        # Python refuses to read numbers of more than 4,300 digits.
        return Ledger(path), (
            laws.broken(
                laws.UNREADABLE_LEDGER, Place(path), "the file holds a huge number"
            ),
        )
    if not isinstance(tree, _Pairs):
        return Ledger(path), (
            laws.broken(laws.UNREADABLE_LEDGER, Place(path), "the file holds no rows"),
        )
    rows: dict[str, LedgerRow] = {}
    findings: list[Finding] = []
    for one, value in tree.rows:
        faults = list(_faults(one, value, one in rows))
        if faults:
            place = _place(text, one, path)
            findings += (
                laws.broken(laws.UNREADABLE_LEDGER, place, fault) for fault in faults
            )
        else:
            rows[one] = LedgerRow(**dict(value.rows))
    return Ledger(path, rows), tuple(findings)


class _Pairs:
    """A JSON object with its keys as written, so that one written twice is seen."""

    def __init__(self, rows: list[tuple[str, Any]]) -> None:
        self.rows = rows


def _faults(one: str, value: object, known: bool) -> Iterator[str]:  # noqa: FBT001 - private
    if known:
        yield f"`{one}` is written twice"
    if not isinstance(value, _Pairs):
        yield f"`{one}` has no fields"
        return
    given = dict(value.rows)
    if _HALF.search(" ".join(map(str, (one, *given, *given.values())))):
        yield f"`{ascii(one)[1:-1]}` holds half a character"
        return
    if unknown := [name for name in given if name not in NAMES]:
        yield f"`{one}`: `{unknown[0]}` is no field of the ledger"
    if wrong := [name for name in NAMES if not isinstance(given.get(name, ""), str)]:
        yield f"`{one}`: `{wrong[0]}` is not a text"
        return
    if not given.get("feed_id"):
        yield f"`{one}` has no feed_id"
    for name in _STAMPS:
        if given.get(name) and not _is_stamp(given[name]):
            yield f"`{one}`: {name} `{given[name]}` is no time such as 2026-11-20T09:00:00Z"


def _is_stamp(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _place(text: str, one: str, path: str) -> Place:
    at = max(text.find(json.dumps(one, ensure_ascii=False)), 0)
    return Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
