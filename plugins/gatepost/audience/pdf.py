"""Texts in a PDF: its streams, and the strings a page shows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

_STREAM = re.compile(rb"stream\r?\n")
_END = b"endstream"
_SHOWN = re.compile(
    r"\[((?:\\.|\((?:\\.|[^\\()])*\)|[^\[\]\\(])*)\]\s*TJ|(\((?:\\.|[^\\()])*\))"
)
_ITEM = re.compile(r"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]+)>|(-?[0-9.]+)")
_CODED = re.compile(r"<([0-9A-Fa-f\s]{4,})>")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|(\r?\n)|(.))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_WORD_GAP = -150.0
"""In thousandths of the font size; moves further left than this stand for a space."""


def pdf_texts(
    content: bytes, inflate: Callable[[bytes, int], bytes], most: int
) -> Iterator[tuple[int, str]]:
    """Give the texts of a PDF, each with its offset in bytes.

    Args:
        content: The file.
        inflate: Unpacks a stream, to at most so many bytes.
        most: Bytes to unpack altogether.

    What a font with its own numbering of letters draws cannot be read back.

    Source: ISO 32000-1, sections 7.3.4 and 9.4.3.
    """
    yield 0, _shown(content)
    start, left = _STREAM.search(content), most
    while start and left > 0:
        end = content.find(_END, start.end())
        raw = content[start.end() : end if end >= 0 else len(content)]
        try:
            opened = inflate(raw, left)
        except zlib.error:
            opened = b""
        left -= len(opened)
        yield start.start(), opened.decode("latin-1")
        yield start.start(), _shown(opened)
        start = _STREAM.search(content, end + len(_END)) if end >= 0 else None


def _shown(content: bytes) -> str:
    """Strings as a page shows them, pieces of one line put together."""
    text = content.decode("latin-1")
    lines = [
        _line(match[1]) if match[1] is not None else _line(match[2])
        for match in _SHOWN.finditer(text)
    ]
    lines += [_from_hex(match[1]) for match in _CODED.finditer(text)]
    return "\n".join(lines)


def _line(array: str) -> str:
    shown = ""
    for literal, coded, move in _ITEM.findall(array):
        if coded:
            shown += _from_hex(coded)
        elif move:
            shown += " " if _number(move) < _WORD_GAP else ""
        else:
            shown += _ESCAPE.sub(_unescape, literal)
    return _wide(shown)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _unescape(match: re.Match[str]) -> str:
    octal, line_end, char = match.groups()
    if octal:
        return chr(int(octal, 8))
    return "" if line_end else _LETTERS.get(char, char)


def _from_hex(coded: str) -> str:
    digits = "".join(coded.split())
    return _wide(bytes.fromhex(digits + "0" * (len(digits) % 2)).decode("latin-1"))


def _wide(text: str) -> str:
    """Read a string that says by its first two bytes that it is UTF-16."""
    if not text.startswith("\xfe\xff"):
        return text.replace("\0", "")
    return text[2:].encode("latin-1", "replace").decode("utf-16-be", "replace")
