"""Take a changelog file apart into its releases, whatever form its headings have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gatepost.content.slug import slug
from gatepost.integrations.changelog_headings import ReleaseHeading, release_heading
from gatepost.integrations.foreign_yaml import ForeignFrontMatter, split_front_matter
from gatepost.integrations.headings import may_be_underlined
from gatepost.integrations.plain_text import plain
from gatepost.integrations.references import Definition, fenced_rows, find_definitions

_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*$")
_SECTION_WORDS = re.compile(
    r"(?:new|bug ?fix|fix|feature|add|chang|deprecat|remov|secur|perf|break|depend|doc|misc|other|"
    r"improve|enhance|refactor|chore|test|style|build|ci\b|revert|contributor|\W|highlight|note)",
    re.IGNORECASE,
)
_FEWEST_IN_FENCE = 2
_SHOWN = 60
_TOP_LEVELS = 2


@dataclass(frozen=True, slots=True)
class Release:
    """A release as its heading and the lines below it."""

    heading: ReleaseHeading
    first: int
    """Line of the heading, from 1."""
    body: int
    """First line of its text."""
    end: int
    """Line after its last one."""
    level: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that belong to no release."""

    first: int
    end: int
    """Line after its last one."""
    why: str
    filled: bool = True
    """False for empty lines, which nobody misses."""


@dataclass(frozen=True, slots=True)
class Changelog:
    """A changelog taken apart. Releases, stretches and definitions cover every line once."""

    releases: tuple[Release, ...]
    stretches: tuple[Stretch, ...]
    definitions: tuple[Definition, ...]
    rows: tuple[str, ...]
    """Its lines, definitions left empty."""


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    """From 0."""
    rows: int
    """How many lines it takes."""
    level: int
    words: str
    release: ReleaseHeading | None


def take_apart(text: str, product: str = "") -> Changelog:
    """Part a changelog into its releases; reads nothing but what it is given."""
    front = split_front_matter(text)
    rows = [""] * (front.body_line - 1) + front.body.split("\n")
    fenced = fenced_rows(rows)
    definitions = tuple(find_definitions(rows, fenced))
    for one in definitions:
        rows[one.line - 1] = ""
    packages = frozenset({product.lower(), slug(product), *_title_words(rows)}) - {""}
    start, end = front.body_line - 1, len(rows)
    heads = _heads(rows, fenced, packages)
    if not any(head.release for head in heads):
        heads, start, end = _heads_in_fence(rows, fenced, packages) or (
            heads,
            start,
            end,
        )
        definitions += tuple(_moved_definitions(rows, start, end))
    releases, stretches = _parted(heads, rows, start, end)
    outside = _outside(front, rows, start, end)
    return Changelog(releases, (*outside, *stretches), definitions, tuple(rows))


def _moved_definitions(rows: list[str], start: int, end: int) -> Iterator[Definition]:
    """Find the definitions of a changelog inside a block of code, and take them out of it."""
    inside = rows[start:end]
    for one in find_definitions(inside, fenced_rows(inside)):
        rows[start + one.line - 1] = ""
        yield replace(one, line=start + one.line)


def _title_words(rows: list[str]) -> Iterator[str]:
    """Names in the file's own title, such as `@sveltejs/kit`."""
    first = next((row for row in rows if row.strip()), "")
    for word in plain(first.lstrip("# ")).lower().split():
        yield word
        yield word.rpartition("/")[2]


def _heads(
    rows: list[str], fenced: list[bool], packages: frozenset[str]
) -> list[_Head]:
    marked = list(_marked_heads(rows, fenced, packages))
    plain_rows = list(_plain_heads(rows, fenced, packages))
    found = sum(head.release is not None for head in marked)
    return marked if found >= len(plain_rows) else plain_rows


def _marked_heads(
    rows: list[str], fenced: list[bool], packages: frozenset[str]
) -> Iterator[_Head]:
    for number, row in enumerate(rows):
        if fenced[number]:
            continue
        if match := _HEADING.match(row):
            words = match["words"]
            release = release_heading(words, packages=packages)
            yield _Head(number, 1, len(match["marks"]), words, release)
            continue
        following = rows[number + 1] if number + 1 < len(rows) else ""
        line = _UNDERLINE.match(following)
        above = rows[number - 1].strip() if number else ""
        if line and not above and may_be_underlined(row):
            release = release_heading(row.strip(), packages=packages)
            yield _Head(number, 2, 1 if line[1][0] == "=" else 2, row.strip(), release)


def _plain_heads(
    rows: list[str], fenced: list[bool], packages: frozenset[str]
) -> Iterator[_Head]:
    """Lines such as `pkg-9.7.6 (2026-03-19)` that stand alone, without any mark."""
    for number, row in enumerate(rows):
        alone = number == 0 or not rows[number - 1].strip()
        if fenced[number] or not alone or not row[:1].isalnum():
            continue
        release = release_heading(row, packages=packages)
        if release and release.date and release.version:
            yield _Head(number, 1, 1, row.strip(), release)


def _heads_in_fence(
    rows: list[str], fenced: list[bool], packages: frozenset[str]
) -> tuple[list[_Head], int, int] | None:
    """Look for a changelog that is shown as an example inside a block of code."""
    number = 0
    while number < len(rows):
        end = number
        while end < len(rows) and fenced[end]:
            end += 1
        inside = rows[number + 1 : end - 1]
        heads = _heads(inside, fenced_rows(inside), packages) if end > number else []
        if sum(head.release is not None for head in heads) >= _FEWEST_IN_FENCE:
            moved = [replace(head, row=head.row + number + 1) for head in heads]
            return moved, number + 1, end - 1
        number = max(end, number + 1)
    return None


def _outside(
    front: ForeignFrontMatter, rows: list[str], start: int, end: int
) -> Iterator[Stretch]:
    """What stands before and behind the changelog proper."""
    if front.body_line > 1:
        keys = ", ".join(f"`{key}`" for key in front.values) or "nothing"
        yield Stretch(
            1, front.body_line, f"the file's front matter says {keys}; it is no release"
        )
    if front.body_line - 1 < start:
        yield _stretch(
            rows, front.body_line - 1, start, "this stands before the changelog"
        )
    if end < len(rows):
        yield _stretch(rows, end, len(rows), "this stands behind the changelog")


def _stretch(rows: list[str], first: int, end: int, why: str) -> Stretch:
    filled = [row.strip() for row in rows[first:end] if row.strip()]
    words = (
        filled[0][:_SHOWN] + ("…" if len(filled[0]) > _SHOWN else "") if filled else ""
    )
    more = f" and {len(filled) - 1} more lines" if len(filled) > 1 else ""
    said = f"{why}: “{words}”{more}" if filled else why
    return Stretch(first + 1, end + 1, said, filled=bool(filled))


def _parted(
    heads: list[_Head], rows: list[str], start: int, end: int
) -> tuple[tuple[Release, ...], tuple[Stretch, ...]]:
    """Cut the lines from *start* to *end* at the headings that begin or end a release."""
    cuts = list(_cuts(heads))
    releases: list[Release] = []
    stretches: list[Stretch] = []
    if not cuts:
        return (), (_stretch(rows, start, end, "there is no heading of a release"),)
    if cuts[0].row > start:
        stretches.append(
            _stretch(rows, start, cuts[0].row, "this stands before the first release")
        )
    for head, after in zip(cuts, [*(cut.row for cut in cuts[1:]), end], strict=True):
        if head.release is None:
            stretches.append(
                _stretch(rows, head.row, after, "this belongs to no release")
            )
            continue
        body = head.row + head.rows
        releases.append(
            Release(head.release, head.row + 1, body + 1, after + 1, head.level)
        )
    return tuple(releases), tuple(stretches)


def _cuts(heads: list[_Head]) -> Iterator[_Head]:
    """Headings of releases, and those that end one without beginning another."""
    levels = Counter(head.level for head in heads if head.release)
    if not levels:
        return
    usual = max(levels, key=lambda level: (levels[level], -level))
    dated = (
        sum(bool(head.release and head.release.date) for head in heads) * 2
        > levels.total()
    )
    seen = Counter(plain(head.words).lower() for head in heads)
    current, closed_at = 0, 0
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        deeper = bool(closed_at) and head.level > max(closed_at, usual)
        if head.release and not deeper and _is_release(head, usual, dated=dated):
            current, closed_at = head.level, 0
            yield head
        elif current and not deeper and _ends(head, after, current, usual, seen):
            closed_at = head.level
            yield replace(head, release=None)


def _is_release(head: _Head, usual: int, *, dated: bool) -> bool:
    """A version further down than the others, without their date, is a section."""
    release = head.release
    return release is not None and (
        head.level <= usual or bool(release.date) or not release.released or not dated
    )


def _ends(
    head: _Head, after: _Head | None, current: int, usual: int, seen: Counter[str]
) -> bool:
    """A heading as high as the releases that occurs once and is no kind of change.

    One below its release's level belongs to the release, unless it is only the title of older ones.
    """
    if seen[plain(head.words).lower()] > 1 or _SECTION_WORDS.match(plain(head.words)):
        return False
    titles = (
        after is not None and after.release is not None and after.level > head.level
    )
    return head.level <= min(usual, _TOP_LEVELS) and (head.level <= current or titles)
