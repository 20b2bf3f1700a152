"""Bytes become text: UTF-8, one kind of line end, nothing that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from gatepost.content import laws
from gatepost.content.refusal import Refusal
from gatepost.model.finding import Finding, Place

MOST_FILE_BYTES = 4 * 1024 * 1024
MOST_ALIKE = 20
"""Findings of one kind in one file; a thousand more would not help anybody."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ZEROS_OF_UTF_16 = 2
"""Among the first four bytes, when they are plain letters or hyphens."""
# With the signs that turn the direction of text: a reviewer would read another word than YAML.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff\ufffe\uffff]"
)
_LINE_END = re.compile(r"\r\n?")


def decoded(raw: bytes, path: str) -> str:
    r"""Read a file's bytes as text.

    Returns:
        The text without a byte order mark, with `\n` line ends.

    Raises:
        Refusal: It is too large, not UTF-8, or holds control characters.
    """
    if len(raw) > MOST_FILE_BYTES:
        raise Refusal(too_large(len(raw), path))
    if raw.startswith(_UTF_16) or raw[:4].count(0) == _ZEROS_OF_UTF_16:
        sentence = "the file is written in UTF-16, not in UTF-8"
        raise Refusal(laws.broken(laws.WRONG_ENCODING, Place(path), sentence))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(_not_utf_8(error, path)) from None
    text = _LINE_END.sub("\n", text)
    if hidden := tuple(_hidden(text, path)):
        raise Refusal(*hidden)
    return text


def too_large(size_bytes: int, path: str) -> Finding:
    """The finding for a file that nobody has typed."""
    sentence = f"the file is {size_bytes / 2**20:.1f} MB large"
    fix = f"keep it below {MOST_FILE_BYTES // 2**20} MB: split it into several entries"
    return laws.broken(laws.UNREADABLE_FILE, Place(path), sentence, fix)


def _not_utf_8(error: UnicodeDecodeError, path: str) -> Finding:
    # The decoder has taken the byte order mark off its object, and counts from behind it.
    raw = error.object
    head = _LINE_END.sub("\n", raw[: error.start].decode("utf-8", "replace"))
    place = Place(path, head.count("\n") + 1, len(head) - head.rfind("\n"))
    guess = raw[error.start : error.start + 1].decode("cp1252", "replace")
    sentence = f"this character is not UTF-8; it may be meant as `{guess}`"
    return laws.broken(laws.WRONG_ENCODING, place, sentence)


def _hidden(text: str, path: str) -> Iterator[Finding]:
    for match in islice(_HIDDEN.finditer(text), MOST_ALIKE):
        at = match.start()
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        sentence = f"there is an invisible character (U+{ord(match[0]):04X}) here"
        yield laws.broken(laws.HIDDEN_CHARACTER, Place(path, line, column), sentence)
