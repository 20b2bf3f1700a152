"""Read dates as other projects write them, and say them our way."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from gatepost.model.moment import MONTHS

_EASTERN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_MONTH_NAMES = "|".join((*MONTHS, "Sept", *(month[:3] for month in MONTHS)))
_NUMBERS = re.compile(
    r"(?<![\w.])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d.-]*\d)"
    r"(?:[T ]+(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_MONTH_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<month>{_MONTH_NAMES})\.?,?\s+(?P<y>\d{{4}})",
    re.IGNORECASE,
)
_FORMS = (_NUMBERS, _MONTH_FIRST, _DAY_FIRST)
_OLDEST_YEAR, _NEWEST_YEAR = 1970, 2199


def iso_date(text: str) -> str:
    """Say a date the way our front matter wants it.

    Args:
        text: A date alone: `2023-7-6`, `2025-02-12 11:00:00 UTC`, `November 19, 2020`,
            `Wed, 26 Feb 2025 14:00:00 GMT`, with Western or Eastern Arabic digits.

    Returns:
        `2023-07-06`, or with a time `2025-02-12T11:00:00Z`; empty if *text* is no date of the
        Gregorian calendar, or one that can be read two ways (`03/04/2020`).
    """
    plain = text.strip().translate(_EASTERN_DIGITS)
    for form in _FORMS:
        if match := form.fullmatch(plain):
            return _said(match)
    return _from_mail_date(plain)


def find_date(text: str) -> tuple[str, str]:
    """Find the last date in a line of text, and the words that spell it.

    The last, because `1404/10/18 (2026-01-07)` gives the date of another calendar first.
    """
    plain = text.translate(_EASTERN_DIGITS)
    found = [
        (match.start(), iso, text[match.start() : match.end()])
        for form in _FORMS
        for match in form.finditer(plain)
        if (iso := _said(match))
    ]
    return max(found)[1:] if found else ("", "")


def _said(match: re.Match[str]) -> str:
    part = match.groupdict()
    month = part["m"] if part.get("m") else _month_number(part.get("month") or "")
    try:
        day = date(int(part["y"]), int(month), int(part["d"]))
    except ValueError:
        return ""
    time = _time(part.get("clock") or "", part.get("zone") or "")
    if time is None or not _OLDEST_YEAR <= day.year <= _NEWEST_YEAR:
        return ""
    return day.isoformat() + time


def _time(clock: str, zone: str) -> str | None:
    """Say a time of day; None if there is no such time."""
    if not clock:
        return ""
    hour, *rest = clock.split(":")
    try:
        datetime.strptime(":".join((hour, *rest, "00")[:3]), "%H:%M:%S")  # noqa: DTZ007 - a check
    except ValueError:
        return None
    stamp = ":".join((hour.zfill(2), *rest, "00")[:3])
    zone = zone.upper()
    if zone in {"UTC", "GMT", "Z"}:
        return f"T{stamp}Z"
    return f"T{stamp}{zone[:3]}:{zone[-2:]}" if zone else f"T{stamp}"


def _month_number(name: str) -> str:
    starts = [month[:3].lower() for month in MONTHS]
    return (
        str(starts.index(name[:3].lower()) + 1) if name[:3].lower() in starts else "0"
    )


def _from_mail_date(text: str) -> str:
    """Read the form of RFC 5322, which some generators write."""
    if "," not in text or ":" not in text:
        return ""
    try:
        stamp = parsedate_to_datetime(text)
    except ValueError:
        return ""
    aware = stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)
    return aware.isoformat().replace("+00:00", "Z")
