"""Import dated Markdown and MDX that other generators publish, one file per entry.

`front_matter_keys` says where each key of the source goes. A key it does not name is kept as an
`x-` field, which is internal, and listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gatepost.content.slug import slug
from gatepost.integrations.destinations import Destinations
from gatepost.integrations.dialect import convert
from gatepost.integrations.foreign_date import iso_date
from gatepost.integrations.foreign_keys import NO, YES, ForeignKeys
from gatepost.integrations.foreign_paths import VERSION, ForeignPath, read_path
from gatepost.integrations.foreign_yaml import ForeignFrontMatter, split_front_matter
from gatepost.integrations.front_matter_keys import (
    ADDRESSES,
    DATES,
    KINDS,
    LANGUAGES,
    NAMES,
    PRODUCTS,
    SUMMARIES,
    SWITCHES,
    TAGS,
    TITLES,
    VERSIONS,
)
from gatepost.integrations.headings import first_heading
from gatepost.integrations.internal_block import internal_block
from gatepost.integrations.layout import laid_out
from gatepost.integrations.naming import (
    entry_names,
    language_of_name,
    language_of_text,
    product_key,
    product_of_folders,
    short_summary,
    short_title,
)
from gatepost.integrations.own_markers import MARKED, without_markers
from gatepost.integrations.plain_text import plain, with_code
from gatepost.integrations.planned import Leftover, NamedProduct, Origin, PlannedEntry
from gatepost.integrations.rewriting import Converted, ForeignText
from gatepost.integrations.type_guess import type_of_title, type_of_word

FORMAT = "front-matter"

_VERSION_TITLE = re.compile(
    rf"[^\d]{{0,60}}\bv?(?P<version>{VERSION}(?:\.\d+)?)"
    r"(?:\s+(?:is\s+)?(?:released?|\([^()]*\)))?\s*",
    re.IGNORECASE,
)
_NO_SENTENCE = ("#", "-", "*", "!", "`", "|", "<", ">", "\ufdd0", "\ufdd2")
_SHORTEST_SUMMARY = 10
_NO_TEXT = "The imported file has no text."


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """One file of the source."""

    path: str
    """Relative to the imported folder, with forward slashes."""
    text: str
    source: str
    """What `imported.source` will say."""
    home: str = ""
    """Name of the imported folder, or of the one above if that says nothing."""
    product: str = ""
    """Product every entry belongs to; empty if the source's own names are all there is."""
    destinations: Destinations = field(default_factory=Destinations)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file."""

    entry: PlannedEntry | None
    leftovers: tuple[Leftover, ...]


def read_file(file: ForeignFile) -> Reading:
    """Plan the entry of one file; reads nothing but what it is given."""
    front, path = split_front_matter(file.text), read_path(file.path)
    if front.found or path.date:
        return _Reader(file, path, front).read()
    why = "it has neither a front matter nor a date in its name, so it is no entry"
    faults = [Leftover(file.path, line, fault) for line, fault in front.faults]
    return Reading(None, (*faults, Leftover(file.path, 1, why)))


class _Reader:
    """One file on its way to an entry."""

    def __init__(
        self, file: ForeignFile, path: ForeignPath, front: ForeignFrontMatter
    ) -> None:
        self.file = file
        self.path = path
        self.front = front
        self.keys = ForeignKeys(front)
        self.leftovers = [Leftover(file.path, line, why) for line, why in front.faults]

    def read(self) -> Reading:
        """Read the title first, because it decides where the body begins."""
        title, title_row = self._title()
        converted = self._converted(title_row)
        self.leftovers.extend(converted.leftovers)
        switched = dict(self._switched())
        entry = self._entry(title, converted, switched)
        return Reading(entry, tuple(sorted(self.leftovers)))

    def _entry(
        self, title: str, converted: Converted, switched: Mapping[str, str]
    ) -> PlannedEntry:
        summary, whole = self._summary(converted)
        body = self._body(title, whole, converted)
        released = "draft" not in switched
        published = self._published() if released else ""
        version, products = self._version(title), self._products()
        names = self._names(title, version, products)
        undated = released and not published
        if undated:
            self._list(
                1,
                "it has no date; the entry is unlisted until `dates.published` is given",
            )
        kind = self._type(title, switched, versioned=bool(version))
        tags = tuple(dict.fromkeys(self.keys.many(TAGS)))
        lang, refs = self._lang(title, body), tuple(self._refs())
        extra, listed = self.keys.rest(self.file.path)
        self.leftovers.extend(listed)
        return PlannedEntry(
            origin=Origin(FORMAT, self.file.source, self.path.key, 1),
            names=names,
            title=short_title(title),
            body=body or ("" if summary else _NO_TEXT),
            summary=summary,
            type=kind,
            products=products,
            released=released,
            importance=switched.get("importance", ""),
            version=version,
            published=published,
            unlisted=undated or "unlisted" in switched,
            noindex="noindex" in switched,
            tags=tags,
            lang=lang,
            refs=refs,
            extra=extra,
            pictures=converted.pictures,
        )

    @property
    def _is_mdx(self) -> bool:
        return self.file.path.lower().endswith(".mdx")

    def _list(self, line: int, why: str) -> None:
        self.leftovers.append(Leftover(self.file.path, line, why))

    def _title(self) -> tuple[str, int | None]:
        """The title, and the row of the body that says the same."""
        title, _ = self.keys.one(TITLES)
        row, words = first_heading(self.front.body)
        if title:
            same = bool(words) and plain(words).casefold() == plain(title).casefold()
            return title, row if same else None
        if words:
            return words, row
        words = " ".join(re.split(r"[-_\s]+", self.path.stem)).strip().capitalize()
        title = words or "Untitled"
        self._list(1, f"it has no title; its file name became one: “{title}”")
        return title, None

    def _converted(self, title_row: int | None) -> Converted:
        rows = self.front.body.split("\n")
        if title_row is not None:
            rows[title_row] = ""
            if title_row + 1 < len(rows) and re.fullmatch(
                r"=+\s*", rows[title_row + 1]
            ):
                rows[title_row + 1] = ""
        return self._convert("\n".join(rows), self.front.body_line)

    def _convert(self, text: str, first_line: int) -> Converted:
        return convert(
            ForeignText(
                text, self.file.path, first_line, self._is_mdx, self.file.destinations
            )
        )

    def _body(self, title: str, whole_summary: str, converted: Converted) -> str:
        """The text; above it, what was cut from title and summary; below it, what was left out."""
        text, closed = laid_out(converted.text, jsx=self._is_mdx)
        if not closed:
            self._list(
                self.front.body_line, "a call-out is not closed; it ends with the text"
            )
        text, changed = without_markers(text)
        if changed:
            self._list(self.front.body_line, f"{changed} {MARKED}")
        whole = with_code(title)
        fits = short_title(title) == whole.removesuffix(".")
        cut = "" if fits else f"**{_starless(whole)}**"
        block = internal_block(self.file.path, converted.taken_out)
        return "\n\n".join(filter(None, (cut, whole_summary, text, block)))

    def _summary(self, converted: Converted) -> tuple[str, str]:
        """The summary, and the source's whole one if it had to be cut."""
        given, line = self.keys.one(SUMMARIES)
        whole = " ".join(given.split())
        if not whole:
            return self._excerpt(converted), ""
        summary = short_summary(whole)
        if "](" not in whole and summary == with_code(whole):
            return summary, ""
        walked = self._convert(whole, line)
        self.leftovers.extend(walked.leftovers)
        return summary, walked.text

    def _excerpt(self, converted: Converted) -> str:
        """What stands before the mark of an excerpt, if it can be a summary as it is."""
        text = converted.text[: converted.excerpt_end or 0].strip()
        if not text or "\n\n" in text or text.startswith(_NO_SENTENCE):
            return ""
        summary = short_summary(text)
        return summary if len(summary) >= _SHORTEST_SUMMARY else ""

    def _published(self) -> str:
        for key, value in self.keys.among(DATES):
            if not isinstance(value, str) or value.lower() in YES | NO | {""}:
                continue
            self.keys.take(key)
            if iso := iso_date(value):
                return iso
            why = f"`{key}: {value}` is no date, or one that can be read two ways"
            self._list(self.keys.line(key), why)
        return self.path.date

    def _version(self, title: str) -> str:
        given, _ = self.keys.one(VERSIONS)
        if given:
            return given.removeprefix("v")
        match = _VERSION_TITLE.fullmatch(plain(title))
        return self.path.version or (match["version"] if match else "")

    def _products(self) -> tuple[NamedProduct, ...]:
        named = [self.file.product, self._folder_product(), *self.keys.many(PRODUCTS)]
        found: dict[str, NamedProduct] = {}
        for name in filter(None, named if any(named) else [self.file.home]):
            key = product_key(name)
            found.setdefault(key, NamedProduct(key, "" if name == key else name))
        return tuple(found.values())

    def _folder_product(self) -> str:
        """The folder the file lies in, unless that is only a category or a year."""
        categories = {word.casefold() for word in self.keys.words(TAGS)}
        folders = reversed(self.path.undated_folders)
        return product_of_folders(
            *(one for one in folders if one.casefold() not in categories)
        )

    def _switched(self) -> Iterator[tuple[str, str]]:
        """What true switches set; false is what an entry says by saying nothing."""
        for name, (target, value) in SWITCHES.items():
            if self.keys.switch(name):
                yield target, value
        if self.keys.switch("published") is False:
            yield "draft", "true"

    def _type(self, title: str, switched: Mapping[str, str], *, versioned: bool) -> str:
        for key, value in self.keys.among(KINDS):
            if isinstance(value, str) and (named := type_of_word(value)):
                self.keys.take(key)
                return named
        return switched.get("type") or type_of_title(plain(title), versioned=versioned)

    def _lang(self, title: str, body: str) -> str:
        given, _ = self.keys.one(LANGUAGES)
        language = (
            given or language_of_name(self.file.path) or language_of_text((title, body))
        )
        return "" if language.lower().startswith("en") else language

    def _refs(self) -> Iterator[tuple[str, str]]:
        for key, value in list(self.keys.among(ADDRESSES)):
            if isinstance(value, str) and re.fullmatch(r"https?://\S+", value):
                self.keys.take(key)
                yield value, "Source"

    def _names(
        self, title: str, version: str, products: tuple[NamedProduct, ...]
    ) -> tuple[str, ...]:
        """Ids to try: what the source calls it, its name, its name with product and date."""
        stem, product = self.path.stem, products[0].key if products else ""
        given, _ = self.keys.one(NAMES)
        own = [given.strip("/").rpartition("/")[2]] if given else []
        first = [f"{product} {version}"] if self.path.version else []
        begins = not product or slug(stem).startswith(f"{product}-")
        full = stem if begins else f"{product} {stem}"
        dated = f"{full} {self.path.date[:10]}"
        return entry_names(
            *first, *own, stem, full, dated, title, whole=self.file.source
        )


def _starless(text: str) -> str:
    """Keep a bold line bold, whatever stars are in it."""
    return text.replace("*", r"\*")
