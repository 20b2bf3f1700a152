"""What lies inside a file: members of archives, notes in pictures, streams of a PDF."""

from __future__ import annotations

import bz2
import importlib
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from gatepost.audience.pdf import pdf_texts

_MOST_BYTES = 64_000_000
_CHUNK = 1_000_000
_TOO_MUCH = f"more than {_MOST_BYTES // 1_000_000} MB"
_MOST_MEMBERS = 1_000
_MOST_TRIES = 4
_GZIP = b"\x1f\x8b"
_ZIP_FAULTS = (RuntimeError, zipfile.BadZipFile, OSError, EOFError, zlib.error)
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PIXELS = frozenset({b"IDAT", b"fdAT", b"PLTE", b"IEND"})
_RIFF_PIXELS = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_MARK, _SCAN = 0xFF, 0xDA
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GIF_NOTE = re.compile(rb"\x21[\xfe\xff]")
_STRINGS = re.compile(rb"[A-Za-z0-9]{8,}|[\x20-\x7e]{12,}")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE_MARKS = {b"\xff\xfe\0\0": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_UNOPENED = {
    b"7z\xbc\xaf\x27\x1c": "7z archive",
    b"Rar!": "RAR archive",
    b"\x28\xb5\x2f\xfd": "Zstandard file",
    b"wOF2": "WOFF2 font",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Something inside a file."""

    name: str
    """What it is, for the report: `member notes.txt`, `PNG tEXt`."""
    offset: int
    """Where in the file it begins, in bytes."""
    content: bytes
    note: bool = True
    """True for notes, which are read as text whatever their bytes; False for whole files."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """Something inside a file that could not be looked into."""

    why: str


def parts(content: bytes, file_name: str) -> Iterator[Part | Unopened]:
    """Open what *content* holds besides plain text.

    Args:
        content: A whole file, or a part of one.
        file_name: Its name, for formats that only their ending tells.
    """
    for magic, opener in _OPENERS:
        if content.startswith(magic):
            yield from opener(content)
            return
    if content[:4] == b"RIFF":
        yield from _riff(content)
    elif file_name.endswith(".br"):
        yield from _brotli(content)
    else:
        known = (what for magic, what in _UNOPENED.items() if content.startswith(magic))
        yield from (Unopened(f"no means to open a {what}") for what in known)


def text_of(content: bytes) -> str | None:
    """Decode *content* if it is text in UTF-8, UTF-16, UTF-32 or an eight-bit encoding."""
    for mark, name in _WIDE_MARKS.items():
        if content.startswith(mark):
            return content.decode(name, "replace")
    nulls = content[:4096].count(0)
    if nulls * 5 > len(content[:4096]):
        little = content[1:4096:2].count(0) >= content[:4096:2].count(0)
        wide = content.decode("utf-16-le" if little else "utf-16-be", "replace")
        return wide if wide.isprintable() or "\n" in wide else None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if _CONTROL.search(content) else content.decode("cp1252", "replace")


def strings(content: bytes) -> list[tuple[int, str]]:
    """Give what can be read in bytes that are no text, each run with its offset.

    UTF-16 is read too; there the offset is where the file begins.
    """
    found = [
        (run.start(), run[0].decode("ascii")) for run in _STRINGS.finditer(content)
    ]
    if b"\0" in content:
        wide = _STRINGS.findall(content.replace(b"\0", b""))
        found += [(0, run.decode("ascii")) for run in wide]
    return found


def _inflated(
    name: str, read: Callable[[bytes, int], bytes], content: bytes
) -> Part | Unopened:
    try:
        opened = read(content, _MOST_BYTES)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
        return Unopened(f"{name}: {error}")
    if len(opened) >= _MOST_BYTES:
        return Unopened(f"{name}: {_TOO_MUCH}")
    return Part(name, 0, opened, note=False)


def inflate(content: bytes, most: int) -> bytes:
    """Inflate a zlib stream as far as it goes, to at most *most* bytes, which is above 0."""
    return zlib.decompressobj().decompress(content, most)


def _gzip(content: bytes) -> Iterator[Part | Unopened]:
    yield Part("gzip header", 0, content[:256])
    opened: list[bytes] = []
    rest, left = content, _MOST_BYTES
    try:
        for _ in range(_MOST_MEMBERS):
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            opened.append(member.decompress(rest, left))
            rest, left = member.unused_data, left - len(opened[-1])
            if left <= 0 or not rest.startswith(_GZIP):
                break
        else:
            yield Unopened(f"gzip: more than {_MOST_MEMBERS} members")
    except zlib.error as error:
        yield Unopened(f"gzip: {error}")
    if left <= 0:
        yield Unopened(f"gzip: {_TOO_MUCH}")
    yield Part("gzip", 0, b"".join(opened), note=False)


def _bzip2(content: bytes) -> Iterator[Part | Unopened]:
    yield _inflated("bzip2", bz2.BZ2Decompressor().decompress, content)


def _xz(content: bytes) -> Iterator[Part | Unopened]:
    yield _inflated("xz", lzma.LZMADecompressor().decompress, content)


def _brotli(content: bytes) -> Iterator[Part | Unopened]:
    try:
        library = importlib.import_module("brotli")
    except ImportError:
        yield Unopened("the Python package `Brotli` is not installed")
        return
    try:
        yield Part("brotli", 0, library.decompress(content), note=False)
    except library.error as error:
        yield Unopened(f"brotli: {error}")


def _zip(content: bytes) -> Iterator[Part | Unopened]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError) as error:
        yield Unopened(f"zip: {error}")
        return
    yield Part("zip comment", 0, archive.comment)
    left = _MOST_BYTES
    for member in archive.infolist():
        name = f"member {member.filename}"
        yield Part("member name", member.header_offset, member.filename.encode())
        yield Part(f"{name}, comment", member.header_offset, member.comment)
        try:
            with archive.open(member) as opened:
                inside = opened.read(left)
        except _ZIP_FAULTS as error:
            yield Unopened(f"{name}: {error}")
            continue
        yield Part(name, member.header_offset, inside, note=False)
        left -= len(inside)
        if left <= 0:
            yield Unopened(f"zip: {_TOO_MUCH}")
            return


def _png(content: bytes) -> Iterator[Part | Unopened]:
    at = len(_PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, chunk = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if kind not in _PNG_PIXELS:
            name = f"PNG {kind.decode('latin-1')}"
            yield Part(name, at, chunk)
            yield from _packed_note(name, at, chunk)
        at += 12 + length
        if kind == b"IEND":
            break
    yield Part("after the picture", at, content[at:])


def _packed_note(name: str, at: int, chunk: bytes) -> Iterator[Part]:
    """The zlib stream that zTXt, iTXt and iCCP hold somewhere behind their keyword."""
    for start in islice(_ZLIB.finditer(chunk), _MOST_TRIES):
        try:
            yield Part(name, at, inflate(chunk[start.start() :], _CHUNK))
        except zlib.error:
            continue


def _jpeg(content: bytes) -> Iterator[Part | Unopened]:
    at = 2
    while at + 4 <= len(content) and content[at] == _MARK and content[at + 1] != _SCAN:
        (length,) = struct.unpack_from(">H", content, at + 2)
        yield Part("JPEG note", at, content[at + 4 : at + 2 + length])
        at += 2 + length
    end = content.rfind(b"\xff\xd9")
    if end >= 0:
        yield Part("after the picture", end, content[end + 2 :])


def _riff(content: bytes) -> Iterator[Part | Unopened]:
    at = 12
    while at + 8 <= len(content):
        kind = content[at : at + 4]
        (length,) = struct.unpack_from("<I", content, at + 4)
        if kind not in _RIFF_PIXELS:
            yield Part(
                f"RIFF {kind.decode('latin-1')}", at, content[at + 8 : at + 8 + length]
            )
        at += 8 + length + length % 2


def _gif(content: bytes) -> Iterator[Part | Unopened]:
    spot = _GIF_NOTE.search(content)
    while spot:
        at, blocks = spot.end(), []
        while at < len(content) and content[at]:
            blocks.append(content[at + 1 : at + 1 + content[at]])
            at += 1 + content[at]
        yield Part("GIF note", spot.start(), b"".join(blocks))
        spot = _GIF_NOTE.search(content, at)


def _pdf(content: bytes) -> Iterator[Part | Unopened]:
    for offset, text in pdf_texts(content, inflate, _MOST_BYTES):
        yield Part("PDF", offset, text.encode())


_OPENERS: tuple[tuple[bytes, Callable[[bytes], Iterator[Part | Unopened]]], ...] = (
    (_GZIP, _gzip),
    (b"BZh", _bzip2),
    (b"\xfd7zXZ\x00", _xz),
    (b"PK\x03\x04", _zip),
    (b"PK\x05\x06", _zip),
    (_PNG, _png),
    (b"\xff\xd8", _jpeg),
    (b"GIF8", _gif),
    (b"%PDF", _pdf),
)
