"""Every way a text can be read: as written, and with its encodings taken off."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from gatepost.audience.normal import BREAK

_LEVELS = 3
_LONGEST_PIECE = 65_536
_OVERLAP = 1_024

_TAG = re.compile(r"<!--|-->|<[a-zA-Z/!?][^<>]*>")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|"
    r"tspan|u|var|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_BETWEEN = f" {BREAK} "
_ENTITY = re.compile(r"&[#a-zA-Z]")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-9a-fA-F]{6})[ ]?"
    r"|([0-7]{3})|([0-9a-fA-F]{2,5})[ ]?|([nrtbfv])|([\"'/()]))"
)
_FOLDED_LINE = re.compile(r"\r\n[ \t]|=\r?\n")
_BASE64_LETTERS = "[A-Za-z0-9+/_-]"
_BASE64 = re.compile(f"{_BASE64_LETTERS}{{8,}}(?:\r?\n{_BASE64_LETTERS}{{8,}})*")
# Bytes of ASCII text have their first bit clear, which leaves few letters for each place of four.
_ASCII_BASE64 = re.compile(
    "(?:[I-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589_/-][A-Za-z0-9+/_-]){2}"
)
_MIXED_CASE = re.compile("[A-Z].*[a-z]|[a-z].*[A-Z]", re.DOTALL)
_LEAST_MIXED = 24
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){5,}")
_DATA_URI = re.compile(r";base64,([A-Za-z0-9+/_=%-]{16,})")
_READABLE = re.compile(rb"(?:[\x20-\x7e]|[\xc3-\xf4][\x80-\xbf]{1,3}){5,}")


def readings(text: str, *, runs: bool = True) -> Iterator[tuple[str, str]]:
    """Read *text* in every way, encodings inside encodings included.

    Args:
        text: At most some tens of kilobytes; see `pieces`.
        runs: Whether runs of base64 and hexadecimal digits are decoded too.

    Returns:
        Pairs of how it was read and the text; tags are read apart from the rest.
    """
    todo = list(_without_tags(text)) or [("", text)]
    done: set[str] = set()
    for _ in range(_LEVELS):
        found: list[tuple[str, str]] = []
        for how, one in todo:
            if one in done:
                continue
            done.add(one)
            yield how, one
            peeled = (*_peeled(one), *(_from_runs(one) if runs else ()))
            found += [(_joined(how, name), read) for name, read in peeled]
        todo = found


def untagged(text: str) -> str:
    """Give *text* without tags; those that lie between two paragraphs leave a `BREAK`."""
    return _TAG.sub(_BETWEEN, _INLINE.sub("", text))


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text into overlapping pieces, each with its offset."""
    step = _LONGEST_PIECE - _OVERLAP
    for start in range(0, max(len(text) - _OVERLAP, 1), step):
        yield start, text[start : start + _LONGEST_PIECE]


def embedded(text: str) -> Iterator[tuple[int, bytes]]:
    """The contents of `data:` addresses in *text*, each with its offset."""
    if ";base64," not in text:
        return
    for match in _DATA_URI.finditer(text):
        yield match.start(1), _from_base64(unquote(match[1]).rstrip("="))


def _joined(how: str, name: str) -> str:
    return f"{how}, {name}" if how and name else how or name


def _peeled(text: str) -> Iterator[tuple[str, str]]:
    """One more layer off: what is decoded in place, then tags."""
    names, plain = [], text
    for name, needs, decode in _IN_PLACE:
        if needs in plain and (read := decode(plain)) != plain:
            names.append(name)
            plain = read
    if names:
        yield ", ".join(names), plain
    yield from _without_tags(plain)


def _without_tags(text: str) -> Iterator[tuple[str, str]]:
    if "<" not in text or not (tags := _TAG.findall(text)):
        return
    yield "", untagged(text)
    yield "in a tag", _BETWEEN.join(tags)


def _percent(text: str) -> str:
    return unquote(text, errors="replace") if _PERCENT.search(text) else text


def _entities(text: str) -> str:
    return html.unescape(text) if _ENTITY.search(text) else text


def _escapes(text: str) -> str:
    return _ESCAPE.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    long, four, two, six, octal, style, space, plain = match.groups()
    if plain:
        return str(plain)
    if space:
        return " "
    code = int(octal, 8) if octal else int(long or four or two or six or style, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "  # noqa: PLR2004 - Unicode


def _unfolded(text: str) -> str:
    return _FOLDED_LINE.sub("", text)


def _without_nulls(text: str) -> str:
    return text.replace("\0", "")


def _from_runs(text: str) -> Iterator[tuple[str, str]]:
    """Texts in base64, at each of the four places a run may begin, or in hexadecimal digits."""
    runs = [run for run in _BASE64.findall(text) if _may_be_base64(run)]
    found = [one for run in runs for one in _readable(run)]
    if found:
        yield "base64", BREAK.join(found)
    found = [
        run.decode("ascii")
        for match in _HEX.finditer(text)
        if (run := bytes.fromhex(match[0])).isascii()
    ]
    if found:
        yield "hexadecimal", BREAK.join(found)


def _may_be_base64(run: str) -> bool:
    if _ASCII_BASE64.search(run):
        return True
    return len(run) >= _LEAST_MIXED and _MIXED_CASE.search(run) is not None


def _readable(coded: str) -> Iterator[str]:
    letters = "".join(coded.split())
    for start in range(4):
        content = _from_base64(letters[start:]).replace(b"\0", b"")
        for run in _READABLE.findall(content):
            yield run.decode("utf-8", "replace")


def _from_base64(coded: str) -> bytes:
    whole = coded[: len(coded) // 4 * 4]
    rest = coded[len(whole) :]
    padded = rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""
    try:
        return base64.b64decode((whole + padded).translate(_STANDARD))
    except (binascii.Error, ValueError):
        return b""


_STANDARD = str.maketrans("-_", "+/")
_IN_PLACE: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("folded lines", "=\n", _unfolded),
    ("folded lines", "\r\n", _unfolded),
    ("escapes", "\\", _escapes),
    ("entities", "&", _entities),
    ("percent", "%", _percent),
    ("UTF-16", "\0", _without_nulls),
)
