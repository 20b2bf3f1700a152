"""The law of reading a provider's flags."""

from __future__ import annotations

from gatepost.content import laws
from gatepost.model.finding import Finding, Law, Place


def unreadable_flag_file() -> None:
    """A provider's flag file can be read, and each flag in it is whole.

    Why: what cannot be read cannot be compared, and a flag that is left out looks like one that
    is gone.
    Fix: correct the line in the provider's file, or export the file again.
    """


UNREADABLE_FLAG_FILE = Law.of("GP601", unreadable_flag_file, "error")
LAWS: tuple[Law, ...] = (UNREADABLE_FLAG_FILE,)


def faulty(place: Place, sentence: str, fix: str = "") -> Finding:
    """A finding about a provider's file."""
    return laws.broken(UNREADABLE_FLAG_FILE, place, sentence, fix)
