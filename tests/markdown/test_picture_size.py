"""The size of a picture is read from the first bytes of its file."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.markdown.images import picture_size


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG file."""
    header = struct.pack(">4sLLBBBBB", b"IHDR", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + header + b"\0\0\0\0"


def gif(width: int, height: int) -> bytes:
    """The beginning of a GIF file."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0)


def jpeg(width: int, height: int, *, orientation: int = 1) -> bytes:
    """The beginning of a JPEG file from a camera that was held some way round."""
    entry = struct.pack(">HHLHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\1\x22\0\2\x11\1\3\x11\1"
    return (
        b"\xff\xd8"
        b"\xff\xe1"
        + struct.pack(">H", len(exif) + 2)
        + exif
        + b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xd9"
    )


def webp(kind: bytes, payload: bytes) -> bytes:
    """A WebP file with one chunk."""
    chunk = kind + struct.pack("<L", len(payload)) + payload
    return b"RIFF" + struct.pack("<L", len(chunk) + 4) + b"WEBP" + chunk


def small(number: int) -> bytes:
    """24 bits, little end first."""
    return struct.pack("<L", number)[:3]


def box(kind: bytes, payload: bytes) -> bytes:
    """One box of the container AVIF uses."""
    return struct.pack(">L4s", len(payload) + 8, kind) + payload


def avif(width: int, height: int) -> bytes:
    """An AVIF file without the picture."""
    item = box(b"infe", b"\2\0\0\0\0\1\0\0av01\0")
    properties = box(
        b"iprp",
        box(b"ipco", box(b"ispe", struct.pack(">LLL", 0, width, height)))
        + box(b"ipma", struct.pack(">LLHBB", 0, 1, 1, 1, 1)),
    )
    meta = box(
        b"meta",
        b"\0\0\0\0"
        + box(b"hdlr", b"\0\0\0\0\0\0\0\0pict" + b"\0" * 13)
        + box(b"pitm", b"\0\0\0\0\0\1")
        + box(b"iinf", b"\0\0\0\0\0\1" + item)
        + properties,
    )
    return box(b"ftyp", b"avif\0\0\0\0avifmif1") + meta


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("shot.png", png(640, 360)),
        ("shot.gif", gif(640, 360)),
        ("shot.jpg", jpeg(640, 360)),
        ("held-sideways.jpg", jpeg(360, 640, orientation=6)),
        ("upside-down.jpg", jpeg(640, 360, orientation=3)),
        (
            "lossy.webp",
            webp(
                b"VP8 ",
                b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 360) + b"\0" * 8,
            ),
        ),
        (
            "lossless.webp",
            webp(b"VP8L", b"\x2f" + struct.pack("<L", 639 | 359 << 14) + b"\0" * 8),
        ),
        ("extended.webp", webp(b"VP8X", b"\0\0\0\0" + small(639) + small(359))),
        ("shot.avif", avif(640, 360)),
        ("really-a-png.jpg", png(640, 360)),
    ],
)
def test_size(tmp_path: Path, name: str, content: bytes) -> None:
    """Every kind of picture that may be published, as a browser shows it."""
    (tmp_path / name).write_bytes(content)

    assert picture_size(tmp_path / name) == (640, 360)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        png(0, 360),
        png(4_000_000_000, 4_000_000_000),
        jpeg(640, 360)[:40],
        b"\xff\xd8" + b"\xff\xe1\0\2" * 50_000,
        b"RIFF\0\0\0\0WEBPVP9 ",
        box(b"ftyp", b"avif\0\0\0\0avif") + box(b"meta", b"\0\0\0\0") * 1000,
        b"# not a picture",
    ],
)
def test_no_size(tmp_path: Path, content: bytes) -> None:
    """A broken or hostile file has none."""
    (tmp_path / "shot.png").write_bytes(content)

    assert picture_size(tmp_path / "shot.png") is None


def test_missing_file(tmp_path: Path) -> None:
    """A missing file, or a folder, has none; rules report it."""
    assert picture_size(tmp_path / "missing.png") is None
    assert picture_size(tmp_path) is None


@given(
    st.sampled_from([png, gif, jpeg, avif]),
    st.binary(max_size=200),
    st.integers(0, 300),
)
def test_garbage(
    tmp_path_factory: pytest.TempPathFactory, make: object, garbage: bytes, at: int
) -> None:
    """Whatever stands behind a good beginning, the answer is a size or none."""
    assert callable(make)
    file = tmp_path_factory.getbasetemp() / "garbage.png"
    file.write_bytes(make(640, 360)[:at] + garbage)

    size = picture_size(file)

    assert size is None or min(size) > 0


def test_real_pictures(corpus: Path) -> None:
    """Pictures of a real changelog are measured."""
    files = [
        file
        for file in sorted((corpus / "cloudflare" / "assets").rglob("*.*"))
        if file.suffix in {".png", ".webp"}
    ]

    assert files
    assert all(picture_size(file) for file in files)
