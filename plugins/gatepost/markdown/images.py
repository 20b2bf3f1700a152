"""How large a picture is, from the first bytes of its file."""

from __future__ import annotations

from pathlib import Path

import imagesize  # type: ignore[import-untyped]

WIDEST = 65_535
"""No common format stores more pixels in a row; more is a broken or hostile header."""


def picture_size(file: Path) -> tuple[int, int] | None:
    """Read width and height of a picture in pixels, as a browser shows it.

    A photograph that was taken sideways is turned, as its Exif data say.

    Args:
        file: PNG, JPEG, GIF, WebP or AVIF on disk. Its ending is not looked at.

    Returns:
        Width and height, or None if the file is missing or no picture.
    """
    width, height = imagesize.get(file)
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        return None
    return int(width), int(height)
