"""The clock of a build: fixed by `SOURCE_DATE_EPOCH`, else the time it starts."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from gatepost.model.finding import GatepostError

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/)."""


def build_clock() -> datetime:
    """The time this build is about, in whole seconds, UTC.

    Raises:
        GatepostError: The variable is set and holds no whole number.
    """
    said = os.environ.get(VARIABLE, "")
    if not said:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        msg = (
            f"{VARIABLE} is `{said}`: it must be seconds since 1970, such as 1795269600"
        )
        raise GatepostError(msg) from None


def fix_clock(as_of: datetime) -> None:
    """Let everything in this process build as of *as_of*, the host generator included."""
    os.environ[VARIABLE] = str(int(as_of.timestamp()))
