"""Import changelog files: one entry per release, with its sections as the headings of its body.

Keep a Changelog is the form the importer is named after; the same reading covers what towncrier,
conventional-changelog, changesets and many hands write. Every line of a file belongs either to an
entry or to something that is listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from gatepost.integrations.changelog_headings import ReleaseHeading
from gatepost.integrations.changelog_parts import Changelog, Release, take_apart
from gatepost.integrations.changelog_sections import (
    says_breaking,
    section_names,
    withdrawal_note,
)
from gatepost.integrations.destinations import Destinations
from gatepost.integrations.dialect import convert
from gatepost.integrations.foreign_date import iso_date
from gatepost.integrations.internal_block import internal_block
from gatepost.integrations.layout import laid_out
from gatepost.integrations.naming import (
    entry_names,
    language_of_name,
    language_of_text,
    product_key,
    short_title,
)
from gatepost.integrations.own_markers import MARKED, without_markers
from gatepost.integrations.planned import Leftover, NamedProduct, Origin, PlannedEntry
from gatepost.integrations.references import Definition, label_of
from gatepost.integrations.rewriting import Converted, ForeignText
from gatepost.integrations.type_guess import type_of_sections

FORMAT = "keep-a-changelog"

_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FEW = 3
_UNLISTED = "unlisted until `dates.published` is given"


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
class ChangelogReading:
    """What became of one changelog."""

    entries: tuple[PlannedEntry, ...]
    leftovers: tuple[Leftover, ...]
    changelog: Changelog


def read_changelog(file: ChangelogFile) -> ChangelogReading:
    """Plan the entries of one file; reads nothing but what it is given."""
    changelog = take_apart(file.text, file.product)
    reader = _Reader(file, changelog)
    entries = tuple(reader.entries())
    leftovers = [*reader.leftovers, *reader.unused(), *reader.without_date()]
    stretches = (one for one in changelog.stretches if one.filled)
    leftovers.extend(
        Leftover(file.path, one.first, one.why, one.end - 1) for one in stretches
    )
    return ChangelogReading(entries, tuple(sorted(leftovers)), changelog)


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
                why = f"`[{one.label}]` stands twice; the first address was used, not {one.target}"
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
        text, changed = without_markers(text)
        if changed:
            self._list(release.first, f"{changed} {MARKED}")
        if not heading.released and not text.strip():
            self._list(release.first, f"nothing stands below “{heading.name}” yet")
            return None
        self.leftovers.extend(converted.leftovers)
        self.used |= converted.used
        released = heading.released
        if released and not date and heading.wrong_date:
            why = f"{heading.wrong_date} is no day of the calendar, so the release is {_UNLISTED}"
            self._list(release.first, why)
        elif released and not date:
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
            type=type_of_sections(section_names(body)),
            breaking=says_breaking(body),
            products=(product,),
            released=released,
            state="withdrawn" if heading.yanked else "",
            state_note=withdrawal_note(text) if heading.yanked else "",
            version=heading.version,
            published=date if released else "",
            unlisted=released and not date,
            lang=self._lang(body),
            refs=self._refs(heading),
            pictures=converted.pictures,
        )

    def without_date(self) -> Iterator[Leftover]:
        """List the releases without a date: each if they are few, else all in one sentence."""
        if len(self.undated) > _FEW:
            first, last = self.undated[0], self.undated[-1]
            many = f"{len(self.undated)} releases down to line {last}"
            why = f"{many} have no date; they are {_UNLISTED}"
            yield Leftover(self.file.path, first, why)
            return
        for line in self.undated:
            yield Leftover(
                self.file.path, line, f"the release has no date; it is {_UNLISTED}"
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
