"""Every way a text can be read: as written, and with its encodings taken off."""

from __future__ import annotations

import base64
import binascii
import html
import re
import string
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from gatepost.audience.normal import BREAK, INVISIBLE

LEVELS = 3
"""Layers of encoding that are taken off."""
_LONGEST_PIECE = 65_536
_OVERLAP = 1_024

_TAG = re.compile(rf"<!--|-->|<[a-zA-Z/!?][^<>{BREAK}]*>")
# A word may be partly bold. Two words that touch in a list of links or labels are two.
_MARKUP = (
    r"/?(?:abbr|b|bdi|bdo|code|del|em|font|i|ins|kbd|mark|q|s|strong|sub|sup|tspan|u|var|wbr)"
    r"\b[^<>]*>"
)
_INLINE = re.compile(f"<{_MARKUP}", re.IGNORECASE)
_LETTER = rf"[\w{INVISIBLE}&#%\\]"
"""What a word is written with, encoded or not."""
WORD_TAG = re.compile(
    rf"<(?<={_LETTER}<){_MARKUP}(?:<{_MARKUP})*+{_LETTER}", re.IGNORECASE
)
"""A tag inside a word."""
_TOUCHING = re.compile(
    r"<(?<=\w<)/?(?:a|small|span)\b[^<>]*>(?:</?(?:a|small|span)\b[^<>]*>)*+(?=\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"</?(?:a|small|span)\b[^<>]*>", re.IGNORECASE)
_BETWEEN = f" {BREAK} "
_STRINGS = re.compile(r'"\s*[,:\]}][\s,\[{\]}\\]*"')
_ITEMS = re.compile(r"\n(?:\s*\n|[ \t]*(?:[-*+#>|]+|\d+[.)])[ \t])")
_ENTITY = re.compile(r"&[#a-zA-Z]")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-9a-fA-F]{6})[ ]?"
    r"|([0-7]{3})|([0-9a-fA-F]{2,5})[ ]?|([nrtbfv])|([\"'/()]))"
)
_ENCODED = re.compile(
    r"(?<!\w)\w*+(?:(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}|&#?\w{1,31};)\w*+)++"
    r"|(?<!\\)(?:\\\\)*\\[nrtbfv]\w*+"
)
_SWALLOWED = re.compile(
    r"\\u(?=[0-9a-fA-F]{4}\w{4})|(?:\\x|%)(?=[0-9a-fA-F]{2}\w{6})|&#[xX]?(?=\w{8})"
)
"""What makes an escape of letters that may just as well be a word behind half of one."""
_FOLDED_LINE = re.compile(r"\r\n[ \t]|=\r?\n")
_RUN_LETTERS = frozenset(string.ascii_letters + string.digits + "+/_-")
_RUNS = bytes(code if chr(code) in _RUN_LETTERS else 32 for code in range(256))
_LEAST_RUN = 8
_LONG_RUN = re.compile(rf"[A-Za-z0-9+/_-]{{{_LEAST_RUN},}}")
_LEAST_WRAPPED = 60
_SHORT = 200
"""Letters of a run up to which it is worth remembering what it holds."""
_WRAPPED = re.compile(r"(?:[A-Za-z0-9+/]{60,}[ \t]*\r?\n[ \t]*)+[A-Za-z0-9+/]+")
# Bytes of ASCII text have their first bit clear, which leaves few letters for each place of four.
_BASE64_ASCII = re.compile(
    "(?:[I-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589_/-][A-Za-z0-9+/_-]){2}"
)
_LEAST_MIXED = 24
_MIXED_CASE = re.compile("[A-Z].*[a-z]|[a-z].*[A-Z]", re.DOTALL)
_HEX_ASCII = re.compile("(?:[2-7][0-9a-fA-F]){5}")
_HEX = re.compile("[0-9a-fA-F]{10,}")
_SPACE = re.compile(r"\s")
_DATA_URI = re.compile(r";base64,([A-Za-z0-9+/_=%-]{16,})")
_READABLE = re.compile(rb"(?:[\x20-\x7e]|[\xc3-\xf4][\x80-\xbf]{1,3}){5,}")


def readings(
    text: str, *, novel: Callable[[str, int], str] | None = None
) -> Iterator[tuple[str, str]]:
    """Read *text* in every way, encodings inside encodings included.

    Args:
        text: At most some tens of kilobytes; see `pieces`.
        novel: Leaves of a reading, given its level from 0, what is worth reading.

    Returns:
        Pairs of how it was read and the text; tags are read apart from the rest.
    """
    todo = _apart(text)
    done: set[str] = set()
    for level in range(LEVELS):
        found: list[tuple[str, str]] = []
        for how, whole in todo:
            one = novel(whole, level) if novel else whole
            if one in done or not one:
                continue
            done.add(one)
            plain = peeled(one)
            # What is still encoded is read a layer below; here it would only be torn apart.
            yield how, one if plain == one else _ENCODED.sub(_BETWEEN, one)
            below = _layer_below(one, plain)
            found += [(_joined(how, name), read) for name, read in below]
        todo = found


def untagged(text: str) -> str:
    """Give *text* without tags; those that lie between two paragraphs leave a `BREAK`."""
    joined = _TOUCHING.sub(_BETWEEN, _INLINE.sub("", text))
    return _TAG.sub(_BETWEEN, _LABEL.sub("", joined))


def pieces(text: str, longest: int = _LONGEST_PIECE) -> Iterator[tuple[int, str]]:
    """Cut a long text into overlapping pieces, each with its offset.

    Args:
        text: Any text.
        longest: About how many characters a piece has at most.
    """
    start = 0
    while start == 0 or start < len(text) - _OVERLAP:
        end = _between_words(text, start + longest)
        yield start, text[start:end]
        start = _between_words(text, end - _OVERLAP)


def _between_words(text: str, at: int) -> int:
    """The next place from *at* on where no word or name is cut, if there is one nearby."""
    gap = _SPACE.search(text, at, at + _OVERLAP // 2)
    return gap.start() if gap else at


def embedded(text: str) -> Iterator[tuple[int, bytes]]:
    """The contents of `data:` addresses in *text*, each with its offset."""
    if ";base64," not in text:
        return
    for match in _DATA_URI.finditer(text):
        yield match.start(1), _from_base64(unquote(match[1]).rstrip("="))


def _joined(how: str, name: str) -> str:
    return f"{how}, {name}" if how and name else how or name


def is_encoded(text: str) -> bool:
    """Say whether `peeled` may find something to do."""
    return any(needs in text for _, needs, _ in _IN_PLACE)


def peeled(text: str) -> str:
    """Give *text* with one layer of what is decoded in place taken off."""
    for _, needs, decode in _IN_PLACE:
        if needs in text:
            text = decode(text)
    return text


def _layer_below(text: str, plain: str) -> Iterator[tuple[str, str]]:
    """One more layer off: what is decoded in place, then tags, then runs of letters."""
    apart = _apart(plain)
    if plain != text or len(apart) > 1:
        names = [
            name for name, needs, _ in _IN_PLACE if plain != text and needs in text
        ]
        peels = ", ".join(dict.fromkeys(names))
        yield from ((_joined(peels, how), read) for how, read in apart)
    yield from (("", read) for read in _with_swallowed_letters(text))
    yield from _from_runs(text)


def _with_swallowed_letters(text: str) -> Iterator[str]:
    for _, needs, decode in _IN_PLACE:
        if swallows(text):
            yield _SWALLOWED.sub(" ", text)
        if needs in text:
            text = decode(text)


def swallows(text: str) -> bool:
    """Say whether decoding may take letters of a word for those of an escape."""
    likely = "\\" in text or "%" in text or "&#" in text
    return likely and _SWALLOWED.search(text) is not None


def _apart(text: str, levels: int = LEVELS) -> list[tuple[str, str]]:
    """What stands between tags and what stands in them; the text itself if it has none."""
    if not levels or "<" not in text or not (tags := _TAG.findall(text)):
        return [("", structured(text))]
    # Where there are tags, entities are the ordinary way to write some letters. Markup that
    # comes to light by it, as in a feed, is taken apart too.
    outside = _apart(html.unescape(untagged(text)), levels - 1)
    inside = html.unescape(_BETWEEN.join(tag[1:-1] for tag in tags))
    return [*outside, ("in a tag", _STRINGS.sub(_BETWEEN, inside))]


def structured(text: str) -> str:
    """Put a `BREAK` where a paragraph, an item of a list or a string of JSON begins."""
    if '"' in text:
        text = _STRINGS.sub(_BETWEEN, text)
    return _ITEMS.sub(_BETWEEN, text) if "\n" in text else text


def _percent(text: str) -> str:
    return unquote(text, errors="replace") if _PERCENT.search(text) else text


def _entities(text: str) -> str:
    return html.unescape(text) if _ENTITY.search(text) else text


def escaped(text: str) -> str:
    """Give *text* without one layer of escapes, as in JSON, scripts and style sheets."""
    return _ESCAPE.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    long, four, two, six, octal, style, space, plain = match.groups()
    if plain:
        return str(plain)
    if space:
        return "\n" if space in "nr" else " "
    code = int(octal, 8) if octal else int(long or four or two or six or style, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "  # noqa: PLR2004 - Unicode


def _unfolded(text: str) -> str:
    return _FOLDED_LINE.sub("", text)


def unfolded(text: str) -> str:
    """Give a calendar without the line ends that stand anywhere in a word (RFC 5545, 3.1)."""
    return text.replace("\r\n ", "").replace("\r\n\t", "").replace("\r\n", "\n")


def _without_nulls(text: str) -> str:
    return text.replace("\0", "")


def runs_of(text: str) -> list[str]:
    """Whatever in *text* could be base64 or hexadecimal digits, and all its words."""
    spaced = text.encode("ascii", "replace").translate(_RUNS).decode("ascii")
    return spaced.split()


def long_runs_of(text: str) -> list[str]:
    """Whatever in *text* is long enough to be base64 or hexadecimal digits."""
    return _LONG_RUN.findall(text)


def hidden_in(run: str) -> Iterator[str]:
    """What a run decodes to, as base64 and as hexadecimal digits."""
    if len(run) >= _LEAST_RUN:
        yield from (_BETWEEN.join(texts) for texts in _decoded(run) if texts)


def _decoded(run: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _known(run) if len(run) <= _SHORT else _hidden(run)


def holds_wrapped_run(runs: Iterable[str], text: str) -> bool:
    """Say whether a long run among *runs*, of *text*, may go on in its next line."""
    long = any(len(run) >= _LEAST_WRAPPED for run in runs)
    return long and _WRAPPED.search(text) is not None


def _from_runs(text: str) -> Iterator[tuple[str, str]]:
    """Texts in base64 or in hexadecimal digits."""
    runs = [run for run in runs_of(text) if len(run) >= _LEAST_RUN]
    if any(len(run) >= _LEAST_WRAPPED for run in runs):
        runs += ["".join(run.split()) for run in _WRAPPED.findall(text)]
    hidden = map(_decoded, runs)
    for name, found in zip(
        ("base64", "hexadecimal"), zip(*hidden, strict=True), strict=False
    ):
        if texts := [text for each in found for text in each]:
            yield name, _BETWEEN.join(texts)


def _hidden(run: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a run holds if it is base64, or hexadecimal digits, wherever in it they begin."""
    return _texts(_base64_contents(run)), _texts(_hexadecimal_contents(run))


_known = lru_cache(maxsize=100_000)(_hidden)


def _texts(contents: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(
        text.decode("utf-8", "replace")
        for content in contents
        for text in _READABLE.findall(content)
    )


def _base64_contents(run: str) -> Iterator[bytes]:
    mixed = len(run) >= _LEAST_MIXED and _MIXED_CASE.search(run)
    if mixed or _BASE64_ASCII.search(run):
        for start in range(4):
            yield _from_base64(run[start:]).replace(b"\0", b"")


def _hexadecimal_contents(run: str) -> Iterator[bytes]:
    if _HEX_ASCII.search(run):
        for digits in _HEX.findall(run):
            yield bytes.fromhex(digits[: len(digits) // 2 * 2])
            yield bytes.fromhex(digits[1 : (len(digits) + 1) // 2 * 2 - 1])


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
    ("escapes", "\\", escaped),
    ("entities", "&", _entities),
    ("percent", "%", _percent),
    ("UTF-16", "\0", _without_nulls),
)
