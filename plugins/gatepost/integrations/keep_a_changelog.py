"""Import changelog files: one entry per release, with its sections as the headings of its body.

Keep a Changelog is the form the importer is named after; the same reading covers what towncrier,
conventional-changelog, changesets and many hands write. Every line of a file belongs either to an
entry or to something that is listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from gatepost.integrations.changelog_headings import ReleaseHeading, release_heading
from gatepost.integrations.destinations import Destinations
from gatepost.integrations.dialect import Converted, ForeignText, convert
from gatepost.integrations.foreign_date import iso_date
from gatepost.integrations.foreign_yaml import ForeignFrontMatter, split_front_matter
from gatepost.integrations.internal_block import internal_block
from gatepost.integrations.layout import laid_out
from gatepost.integrations.naming import (
    SUMMARY_LIMIT,
    entry_names,
    language_of_name,
    language_of_text,
    plain,
    product_key,
    short_title,
    slug,
)
from gatepost.integrations.planned import Leftover, NamedProduct, Origin, PlannedEntry
from gatepost.integrations.references import (
    Definition,
    fenced_rows,
    find_definitions,
    label_of,
)
from gatepost.integrations.type_guess import type_of_sections, type_of_word

FORMAT = "keep-a-changelog"

_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_BOLD_ROW = re.compile(r"(?:\*\*|__)(?P<words>[^*_]+)(?:\*\*|__):?\s*$")
_COLON_ROW = re.compile(r"(?P<words>[A-Z][\w ]{2,40}):\s*$")
_TAGGED = re.compile(r"\s*[-*]\s+\[(?P<words>[A-Z]{3,20})\]")
_SECTION_WORDS = re.compile(
    r"(?:new|bug ?fix|fix|feature|add|chang|deprecat|remov|secur|perf|break|depend|doc|misc|other|"
    r"improve|enhance|refactor|chore|test|style|build|ci\b|revert|contributor|\W|highlight|note)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[ ]{0,3}[-*+][ \t]+(?P<words>\w+)")
_FEWEST_IN_FENCE = 2
_FEW = 3


@dataclass(frozen=True, slots=True)
class ChangelogFile:
    """One changelog of the source."""

    path: str
    """Relative to the imported folder, with forward slashes."""
    text: str
    source: str
    """What `imported.source` will say."""
    product: str
    """What its versions are versions of, as readers call it."""
    destinations: Destinations = field(default_factory=Destinations)


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


@dataclass(frozen=True, slots=True)
class Changelog:
    """A changelog taken apart. Releases, stretches and definitions cover every line once."""

    releases: tuple[Release, ...]
    stretches: tuple[Stretch, ...]
    definitions: tuple[Definition, ...]
    rows: tuple[str, ...]
    """Its lines, definitions left empty."""


@dataclass(frozen=True, slots=True)
class ChangelogReading:
    """What became of one changelog."""

    entries: tuple[PlannedEntry, ...]
    leftovers: tuple[Leftover, ...]
    changelog: Changelog


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
        if line and _may_be_underlined(row, rows[number - 1] if number else ""):
            release = release_heading(row.strip(), packages=packages)
            yield _Head(number, 2, 1 if line[1][0] == "=" else 2, row.strip(), release)


def _may_be_underlined(row: str, above: str) -> bool:
    text = row.strip()
    return (
        bool(text)
        and not above.strip()
        and not text.startswith(("#", ">", "|", "- ", "* ", "<"))
    )


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
    shown = next((row.strip() for row in rows[first:end] if row.strip()), "")
    words = (
        f"“{shown[:60]}{'…' if len(shown) > 60 else ''}”" if shown else "empty lines"
    )  # noqa: PLR2004
    count = sum(bool(row.strip()) for row in rows[first:end])
    lines = f" and {count - 1} more lines" if count > 1 else ""
    return Stretch(first + 1, end + 1, f"{why}: {words}{lines}")


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
    return head.level <= min(usual, 2) and (head.level <= current or titles)


def read_changelog(file: ChangelogFile) -> ChangelogReading:
    """Plan the entries of one file; reads nothing but what it is given."""
    changelog = take_apart(file.text, file.product)
    reader = _Reader(file, changelog)
    entries = tuple(reader.entries())
    leftovers = [*reader.leftovers, *reader.unused(), *reader.without_date()]
    leftovers.extend(Leftover(file.path, one.first, one.why, one.end - 1) for one in changelog.stretches
                     if _has_text(changelog, one))  # fmt: skip
    return ChangelogReading(entries, tuple(sorted(leftovers)), changelog)


def _has_text(changelog: Changelog, stretch: Stretch) -> bool:
    rows = changelog.rows[stretch.first - 1 : stretch.end - 1]
    return any(row.strip() for row in rows) or stretch.why.startswith(
        "the file's front matter"
    )


class _Reader:
    """The releases of one file on their way to entries."""

    def __init__(self, file: ChangelogFile, changelog: Changelog) -> None:
        self.file = file
        self.changelog = changelog
        self.leftovers: list[Leftover] = []
        self.used: set[str] = set()
        self.keys: Counter[str] = Counter()
        self.definitions: Mapping[str, Definition] = {
            label_of(one.label): one for one in reversed(changelog.definitions)
        }
        self.language = language_of_name(file.path)
        self.undated: list[int] = []

    def entries(self) -> Iterator[PlannedEntry]:
        """Plan every release that has something to say."""
        for release in self.changelog.releases:
            if entry := self._entry(release):
                yield entry

    def unused(self) -> Iterator[Leftover]:
        """List the link addresses that no entry uses."""
        for one in self.changelog.definitions:
            same = self.definitions[label_of(one.label)]
            if label_of(one.label) not in self.used:
                why = f"the link address `[{one.label}]: {one.target}` is used nowhere"
                yield Leftover(self.file.path, one.line, why)
            elif same.target != one.target:
                why = f"`[{one.label}]` stands twice; the address further up was used, not {one.target}"
                yield Leftover(self.file.path, one.line, why)

    def _entry(self, release: Release) -> PlannedEntry | None:
        heading = release.heading
        body, date_row = self._text(release)
        date = heading.date or (iso_date(_bare(date_row)) if date_row else "")
        converted = self._converted(release, body)
        text, closed = laid_out(converted.text, first_heading=2)
        if not closed:
            self._list(
                release.first, "a call-out is not closed; it ends with the release"
            )
        if not heading.released and not text.strip():
            self._list(release.first, f"nothing stands below “{heading.name}” yet")
            return None
        self.leftovers.extend(converted.leftovers)
        self.used |= converted.used
        released = heading.released
        if released and not date:
            self.undated.append(release.first)
        for other in heading.other_dates:
            self._list(
                release.first,
                f"the heading also says {other}; one date was kept: {date}",
            )
        key = self._key(heading)
        product = NamedProduct(product_key(self.file.product), _name(self.file.product))
        title, full = self._title(heading)
        return PlannedEntry(
            origin=Origin(FORMAT, self.file.source, key, release.first),
            names=self._names(heading, product.key, key),
            title=title,
            body=self._body(release, full, text, converted),
            type=type_of_sections(_sections(body)),
            products=(product,),
            phase="done" if released else "building",
            state="withdrawn" if heading.yanked else "",
            state_note=_note(text) if heading.yanked else "",
            version=heading.version,
            published=date if released else "",
            unlisted=released and not date,
            lang=self._lang(body),
            refs=self._refs(heading),
            pictures=converted.pictures,
        )

    def without_date(self) -> Iterator[Leftover]:
        """List the releases without a date: each if they are few, else all in one sentence."""
        what = "unlisted until `dates.published` is given"
        if len(self.undated) > _FEW:
            first, last = self.undated[0], self.undated[-1]
            why = f"{len(self.undated)} releases down to line {last} have no date; they are {what}"
            yield Leftover(self.file.path, first, why)
            return
        for line in self.undated:
            yield Leftover(
                self.file.path, line, f"the release has no date; it is {what}"
            )

    def _list(self, line: int, why: str) -> None:
        self.leftovers.append(Leftover(self.file.path, line, why))

    def _text(self, release: Release) -> tuple[list[str], str]:
        """The lines of a release, without rules at its end, and the line that is its date."""
        rows = list(self.changelog.rows[release.body - 1 : release.end - 1])
        while rows and (not rows[-1].strip() or _RULE.match(rows[-1])):
            rows.pop()
        first = next((number for number, row in enumerate(rows) if row.strip()), 0)
        if not rows or release.heading.date or not iso_date(_bare(rows[first])):
            return rows, ""
        date_row, rows[first] = rows[first], ""
        return rows, date_row

    def _converted(self, release: Release, body: list[str]) -> Converted:
        return convert(
            ForeignText(
                "\n".join(body),
                self.file.path,
                release.body,
                destinations=self.file.destinations,
                definitions=self.definitions,
            )
        )

    def _body(
        self, release: Release, full: str, text: str, converted: Converted
    ) -> str:
        parts = [
            f"**{full}**" if full else "",
            text,
            internal_block(self.file.path, converted.taken_out),
        ]
        body = "\n\n".join(filter(None, parts))
        if body:
            return body
        self._list(
            release.first,
            f"nothing stands below “{release.heading.name}”; the entry says so",
        )
        return "The changelog says nothing about this version."

    def _title(self, heading: ReleaseHeading) -> tuple[str, str]:
        """The title, and the whole of it if it had to be cut."""
        name = _name(self.file.product) or self.file.product
        words = (
            heading.name if heading.version or heading.date else "unreleased changes"
        )
        full = (
            f"{name} {words}" if not words.lower().startswith(name.lower()) else words
        )
        title = short_title(full)
        return title, "" if title == full else full

    def _key(self, heading: ReleaseHeading) -> str:
        """What it is called in the source; a second release of the same name gets a number."""
        key = heading.version or heading.name
        self.keys[key] += 1
        return key if self.keys[key] == 1 else f"{key}#{self.keys[key]}"

    def _names(
        self, heading: ReleaseHeading, product: str, key: str
    ) -> tuple[str, ...]:
        version = heading.version or heading.date or "unreleased"
        stem = PurePosixPath(self.file.path).name.split(".")[0]
        base = f"{product} {version}"
        words = [f"{base} {self.language}" if self.language else base, f"{base} {stem}"]
        return entry_names(*words, whole=f"{self.file.source}\n{key}")

    def _lang(self, body: list[str]) -> str:
        language = self.language or language_of_text(body)
        return "" if language.lower().startswith("en") else language

    def _refs(self, heading: ReleaseHeading) -> tuple[tuple[str, str], ...]:
        definition = (
            self.definitions.get(label_of(heading.label)) if heading.label else None
        )
        if definition:
            self.used.add(label_of(heading.label))
        url = heading.url or (definition.target if definition else "")
        if not re.match(r"https?://", url):
            return ()
        words = (
            "Comparison"
            if "/compare/" in url
            else "Release"
            if "/releases/" in url
            else "Source"
        )
        return ((url, words),)


def _name(product: str) -> str:
    return product if product != product_key(product) else ""


def _bare(row: str) -> str:
    return row.strip().strip("*_`> .()[]").strip()


def _sections(rows: list[str]) -> Iterator[str]:
    """The names of a release's sections, whichever way they are marked."""
    said = list(_matches(rows, (_HEADING, _BOLD_ROW, _COLON_ROW, _TAGGED)))
    if said:
        yield from said
        return
    words = list(_matches(rows, (_BULLET,)))
    if all(type_of_word(word) for word in words):
        yield from words


def _matches(rows: list[str], patterns: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    for row, code in zip(rows, fenced_rows(rows), strict=True):
        found = (
            match["words"] for pattern in patterns if (match := pattern.match(row))
        )
        if not code and (words := next(found, "")):
            yield words


def _note(text: str) -> str:
    """Say why a version was withdrawn, in the changelog's own words if they are few."""
    first = text.strip().partition("\n\n")[0]
    told = not first.startswith(("#", "-", "*", "+", "|", "`", "<", "!"))
    words = plain(first)
    if told and words and len(words) <= SUMMARY_LIMIT:
        return words
    return "This version was withdrawn after its release."
