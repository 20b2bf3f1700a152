"""The list of all pages for search engines; an index and its parts when it grows too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

Row = tuple[str, str]
"""Absolute address of a page, and the ISO date of its last change; empty if nobody said."""

NAME = "sitemap.xml"
MOST_URLS = 50_000
MOST_BYTES = 50 * 2**20
"""Limits of one file, uncompressed. Source: https://www.sitemaps.org/protocol.html#index."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_FRAME_BYTES = 200
"""More than what stands around the rows of a file."""


def sitemap_files(
    rows: Iterable[Row],
    site_url: str,
    *,
    most_urls: int = MOST_URLS,
    most_bytes: int = MOST_BYTES,
) -> tuple[tuple[str, str], ...]:
    """Path and text of every file of a sitemap, `sitemap.xml` first.

    Args:
        rows: Every page that may be found.
        site_url: The site's address, with a slash at the end.
        most_urls: Greatest number of pages in one file.
        most_bytes: Greatest size of one file, in bytes of UTF-8.

    Returns:
        One file; or an index, and beside it `sitemap-1.xml` and so on, each within the limits.
    """
    parts = [*_parts(rows, most_urls, most_bytes)]
    if len(parts) < 2:  # noqa: PLR2004 - one part needs no index
        lines = parts[0][0] if parts else []
        return ((NAME, _written("urlset", lines)),)
    named = [(f"sitemap-{number}.xml", *part) for number, part in enumerate(parts, 1)]
    index = [_line("sitemap", site_url + name, newest) for name, _, newest in named]
    return (
        (NAME, _written("sitemapindex", index)),
        *((name, _written("urlset", lines)) for name, lines, _ in named),
    )


def _parts(
    rows: Iterable[Row], most_urls: int, most_bytes: int
) -> Iterator[tuple[list[str], str]]:
    """The lines of each file, and the latest date among them."""
    lines: list[str] = []
    size, newest = _FRAME_BYTES, ""
    for url, day in rows:
        line = _line("url", url, day)
        length = len(line.encode()) + 1
        if lines and (len(lines) == most_urls or size + length > most_bytes):
            yield lines, newest
            lines, size, newest = [], _FRAME_BYTES, ""
        lines.append(line)
        size, newest = size + length, max(newest, day)
    if lines:
        yield lines, newest


def _line(name: str, url: str, day: str) -> str:
    changed = f"<lastmod>{escape(day)}</lastmod>" if day else ""
    return f"<{name}><loc>{escape(url)}</loc>{changed}</{name}>"


def _written(name: str, lines: list[str]) -> str:
    return "\n".join((f"{_HEAD}<{name} {_SPACE}>", *lines, f"</{name}>\n"))
