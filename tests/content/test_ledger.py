"""The ledger holds promises to subscribers: it is understood wholly, or the build stops."""

from __future__ import annotations

import pytest

from gatepost.content.ledger import read_ledger
from gatepost.model.registry import LedgerRow

ROW = '{"feed_id": "tag:example.com,2026:a"}'


def test_a_ledger_is_read() -> None:
    """With everything a row can say; a byte order mark does no harm."""
    raw = (
        b'\xef\xbb\xbf{"faster-export": {"feed_id": "tag:example.com,2026:x", '
        b'"first_published": "2026-11-20T09:00:00Z", "gone": "merged"}}'
    )

    ledger, findings = read_ledger(raw, "l.json")

    assert findings == ()
    assert ledger.rows == {
        "faster-export": LedgerRow(
            "tag:example.com,2026:x", "2026-11-20T09:00:00Z", "", "merged"
        )
    }


BROKEN = {
    "no JSON": ('{"a": {},\n oops}', "l.json:2:2: GP015 the file is not JSON: "),
    "empty": ("", "l.json:1:1: GP015 the file is not JSON: "),
    "a list": ("[]", "l.json:1:1: GP015 the file holds no rows"),
    "not UTF-8": (b'{"caf\xe9": {}}', "l.json:1:1: GP015 the file is not UTF-8"),
    "nested without end": ("[" * 100_000, "l.json:1:1: GP015 the file is nested too"),
    "a huge number": (f'{{"a": {"9" * 5_000}}}', "l.json:1:1: GP015 the file holds a"),
    "a row that is a text": ('{\n"a-b": "x"}', "l.json:2:1: GP015 `a-b` has no fields"),
    "a row that is no number": (
        '{"a-b": NaN}',
        "l.json:1:2: GP015 `a-b` has no fields",
    ),
    "an id twice": (
        f'{{"a-b": {ROW},\n"a-b": {ROW}}}',
        "l.json:1:2: GP015 `a-b` is written twice",
    ),
    "no feed id": ('{"a-b": {}}', "l.json:1:2: GP015 `a-b` has no feed_id"),
    "a field nobody knows": (
        '{"a-b": {"feed_id": "x", "feed": "y"}}',
        "l.json:1:2: GP015 `a-b`: `feed` is no field of the ledger",
    ),
    "a number for a text": (
        '{"a-b": {"feed_id": 3}}',
        "l.json:1:2: GP015 `a-b`: `feed_id` is not a text",
    ),
    "no time": (
        '{"a-b": {"feed_id": "x", "first_published": "yesterday"}}',
        "l.json:1:2: GP015 `a-b`: first_published `yesterday` is no time",
    ),
    "a time without a zone": (
        '{"a-b": {"feed_id": "x", "first_seen": "2026-11-20T09:00:00"}}',
        "l.json:1:2: GP015 `a-b`: first_seen `2026-11-20T09:00:00` is no time",
    ),
    "half a character": (
        '{"a-b": {"feed_id": "\\ud800"}}',
        "l.json:1:2: GP015 `a-b` holds half a character",
    ),
    "half a character in an id": (
        '{"\\ud800": {"feed_id": "x"}}',
        "l.json:1:1: GP015 `\\ud800` holds half a character",
    ),
}


@pytest.mark.parametrize(("raw", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_has_its_line(raw: bytes | str, said: str) -> None:
    """Guessing would send old entries again; the way out is the last commit."""
    raw = raw.encode() if isinstance(raw, str) else raw

    _, (finding, *_) = read_ledger(raw, "l.json")

    assert str(finding).startswith(said)
    assert str(finding).isprintable()
    assert finding.fix == "restore the file from the last commit"


def test_rows_beside_a_wrong_one_still_count() -> None:
    """So that rules do not report them as new."""
    ledger, findings = read_ledger(f'{{"bad": 1, "good": {ROW}}}'.encode(), "l.json")

    assert list(ledger.rows) == ["good"]
    assert len(findings) == 1
