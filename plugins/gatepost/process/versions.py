"""Order versions as their product's scheme does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from packaging.version import InvalidVersion, Version

from gatepost.model.registry import Scheme

Key = tuple[Any, ...]
"""Compares with the keys of the same scheme only."""

_SEMVER = re.compile(
    r"v?(\d{1,18})(?:\.(\d{1,18}))?(?:\.(\d{1,18}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?",
    re.ASCII,
)
_CALVER = re.compile(
    r"v?(\d{1,18}(?:[._-]\d{1,18})*)(?:[._-]?([A-Za-z][\w.-]*))?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PIECES = re.compile(r"\d{1,18}|[^\d\W]+")
_EXAMPLES: dict[Scheme, str] = {
    "semver": "3.2.0",
    "calver": "2026.10",
    "pep440": "3.2.0rc1",
    "natural": "R23",
}


def version_key(version: str, scheme: Scheme) -> Key:
    """Make a key that sorts *version* among the others of its scheme.

    A scheme is read kindly: `v3.2` is `3.2.0`.

    Raises:
        ValueError: *version* is not written as the scheme writes versions.

    Source: Semantic Versioning 2.0.0, section 11; PEP 440; https://calver.org.
    """
    key = _READERS[scheme](version.strip())
    if key is None:
        msg = f"`{version}` is no version of this product: write it like {_EXAMPLES[scheme]}"
        raise ValueError(msg)
    return key


def _semver(text: str) -> Key | None:
    if _DAY.fullmatch(text):
        return None  # a version of the API that an entry shares with other products
    match = _SEMVER.fullmatch(text)
    if match is None:
        return None
    *numbers, before = match.groups()
    release = tuple(int(number or 0) for number in numbers)
    if before is None:
        return (release, 1, ())
    return (release, 0, tuple(_identifier(one) for one in before.split(".")))


def _identifier(text: str) -> tuple[int, int, str]:
    """Numbers come before words, and in the order of numbers."""
    return (0, int(text), "") if text.isdecimal() else (1, 0, text)


def _calver(text: str) -> Key | None:
    match = _CALVER.fullmatch(text)
    if match is None:
        return None
    numbers = [int(number) for number in re.split(r"[._-]", match[1])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    # A word behind the numbers announces them: 2026.10-rc1 comes before 2026.10.
    return (tuple(numbers), 0, _pieces(match[2])) if match[2] else (tuple(numbers), 1)


def _pep440(text: str) -> Key | None:
    try:
        return (Version(text),)
    except InvalidVersion:
        return None


def _natural(text: str) -> Key | None:
    return _pieces(text) or None


def _pieces(text: str) -> Key:
    return tuple(_identifier(piece) for piece in _PIECES.findall(text.casefold()))


_READERS: dict[Scheme, Callable[[str], Key | None]] = {
    "semver": _semver,
    "calver": _calver,
    "pep440": _pep440,
    "natural": _natural,
}
