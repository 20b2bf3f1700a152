"""What subscribers are promised from now on: the ledger after a build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from gatepost.audience.entry import Entry
from gatepost.model.registry import Ledger, LedgerRow


def ledger_after(ledger: Ledger, entries: Iterable[Entry]) -> dict[str, LedgerRow]:
    """The rows once these entries have been public; what was promised before never changes."""
    rows = dict(ledger.rows)
    for entry in entries:
        rows[entry.id] = _row(entry, ledger.rows)
    return dict(sorted(rows.items()))


def _row(entry: Entry, before: Mapping[str, LedgerRow]) -> LedgerRow:
    row = before.get(entry.id, LedgerRow(entry.feed_id))
    if not row.first_seen and not row.first_published:
        row = replace(row, first_seen=_stamp(entry.seen))
    if entry.logged and entry.published and not row.first_published:
        row = replace(row, first_published=_stamp(entry.published.at))
    return row


def _stamp(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
