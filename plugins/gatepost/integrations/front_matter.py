"""Import dated Markdown and MDX that other generators publish, one file per entry.

The field tables below say where each key of the source goes. A key that no table names is kept as
an `x-` field, which is internal, and listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from gatepost.integrations.components import FOLD
from gatepost.integrations.destinations import Destinations
from gatepost.integrations.dialect import Converted, ForeignText, convert
from gatepost.integrations.foreign_date import iso_date
from gatepost.integrations.foreign_yaml import ForeignFrontMatter, split_front_matter
from gatepost.integrations.internal_block import internal_block
from gatepost.integrations.layout import laid_out
from gatepost.integrations.naming import (
    entry_names,
    language_of_name,
    language_of_text,
    plain,
    product_key,
    product_of_folders,
    short_summary,
    short_title,
    slug,
    with_code,
)
from gatepost.integrations.planned import (
    Leftover,
    NamedProduct,
    Origin,
    PlannedEntry,
    Tree,
)
from gatepost.integrations.references import fenced_rows
from gatepost.integrations.type_guess import type_of_title, type_of_word

FORMAT = "front-matter"

TITLES = ("title", "pagetitle", "toctitle", "name")
SUMMARIES = (
    "description",
    "summary",
    "metadescription",
    "excerpt",
    "subtitle",
    "abstract",
)
DATES = (
    *("date", "applied_at", "published_at", "publishdate", "pubdate", "pub_date"),
    *("published", "release_date", "released", "datetime", "time"),
)
VERSIONS = ("version", "downloadversion", "release")
PRODUCTS = ("products", "product", "applies_to", "area", "areas")
TAGS = ("tags", "tag", "categories", "category", "keywords", "labels", "topics")
KINDS = ("type", "kind", "change_type", "change-type")
LANGUAGES = ("lang", "language", "locale")
ADDRESSES = (
    "release_source_url",
    "source_url",
    "external_url",
    "canonical_url",
    "link",
    "url",
)
NAMES = ("id", "slug")
SWITCHES: Mapping[str, tuple[str, str]] = {
    "hidden": ("unlisted", "true"),
    "unlisted": ("unlisted", "true"),
    "noindex": ("noindex", "true"),
    "draft": ("phase", "building"),
    "is_impactful": ("importance", "high"),
    "is_new_feature": ("type", "added"),
}
"""Key, and the field that is set when it is true. False is what we assume anyway."""

_DATED_NAME = re.compile(
    r"(?P<date>\d{4}[-_.]\d{1,2}[-_.]\d{1,2})[-_. ]*(?P<rest>.*)", re.DOTALL
)
_DAY_NAME = re.compile(r"(?P<date>\d{1,2}-\d{1,2})-(?P<rest>.+)", re.DOTALL)
_VERSION = r"\d+\.\d+(?:\.\d+)*(?:-?(?:alpha|beta|rc|next|pre|a|b)[.\d]*)?"
_VERSION_NAME = re.compile(
    rf"v?(?P<version>{_VERSION.replace('[.]', '[._]')})", re.IGNORECASE
)
_VERSION_TITLE = re.compile(
    rf"[^\d]{{0,60}}\bv?(?P<version>{_VERSION}(?:\.\d+)?)`?(?:\s+(?:is\s+)?(?:released?|\([^()]*\)))?\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?P<marks>#{1,3})[ \t]+(?P<words>.+?)[ \t]*#*[ \t]*$")
_FIRST_ROWS = 10
"""A title further down than this is a section."""


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
    front = split_front_matter(file.text)
    if not front.found and not _path_date(file.path):
        why = "it has neither a front matter nor a date in its name, so it is no entry"
        faults = [Leftover(file.path, line, one) for line, one in front.faults]
        return Reading(None, (*faults, Leftover(file.path, 1, why)))
    return _Reader(file, front).read()


class _Reader:
    """One file on its way to an entry."""

    def __init__(self, file: ForeignFile, front: ForeignFrontMatter) -> None:
        self.file = file
        self.front = front
        self.keys = {key.lower(): key for key in reversed(front.values)}
        self.placed: set[str] = set()
        self.leftovers = [Leftover(file.path, line, why) for line, why in front.faults]
        self.switched: dict[str, str] = {}

    def read(self) -> Reading:
        title, title_row = self._title()
        converted = self._converted(title_row)
        body, closed = laid_out(converted.text, jsx=self._is_mdx)
        if not closed:
            self._list(
                self.front.body_line, "a call-out is not closed; it ends with the text"
            )
        self.leftovers.extend(converted.leftovers)
        self._switches()
        entry = self._entry(title, body, converted)
        self.leftovers.sort()
        return Reading(entry, tuple(self.leftovers))

    @property
    def _is_mdx(self) -> bool:
        return self.file.path.lower().endswith(".mdx")

    def _entry(self, title: str, body: str, converted: Converted) -> PlannedEntry:
        head = []
        shown = short_title(title)
        if shown.removesuffix(".") != with_code(title).removesuffix("."):
            head.append(f"**{_quiet(with_code(title))}**")
        summary, whole = self._summary(converted)
        head.extend([whole] if whole else [])
        published = self._published()
        version = self._version(title)
        products = self._products()
        phase = self.switched.get("phase", "done")
        if phase != "done":
            published = ""
        stem, key = _stem(self.file.path)
        tags = self._tags()
        kind = self._type(title, versioned=bool(version))
        lang = self._lang(title, body)
        refs = self._refs()
        named = self._one(NAMES)
        body = "\n\n".join(
            filter(
                None, (*head, body, internal_block(self.file.path, converted.taken_out))
            )
        )
        if not body and not summary:
            body = "The imported file has no text."
        if not published and phase == "done":
            self._list(
                1,
                "it has no date; the entry is unlisted until `dates.published` is given",
            )
        extra = tuple(self._rest())
        return PlannedEntry(
            origin=Origin(FORMAT, self.file.source, key, 1),
            names=self._names(named, stem, title, version, products),
            title=shown,
            body=body,
            summary=summary,
            type=kind,
            products=products,
            phase=phase,
            importance=self.switched.get("importance", ""),
            version=version,
            published=published,
            unlisted="unlisted" in self.switched or (not published and phase == "done"),
            noindex="noindex" in self.switched,
            tags=tags,
            lang=lang,
            refs=refs,
            extra=extra,
            pictures=converted.pictures,
        )

    # What the keys say.

    def _list(self, line: int, why: str) -> None:
        self.leftovers.append(Leftover(self.file.path, line, why))

    def _line(self, key: str) -> int:
        return self.front.lines.get(key, 1)

    def _present(self, names: Iterable[str]) -> Iterator[str]:
        """Keys of the source that are among *names*, in the order of *names*."""
        for name in names:
            key = self.keys.get(name)
            if key and key not in self.placed:
                yield key

    def _one(self, names: Iterable[str]) -> str:
        """Take the first text among *names*; the others stay for the `x-` fields."""
        for key in self._present(names):
            value = self.front.values[key]
            if isinstance(value, str) and value.strip():
                self.placed.add(key)
                return value.strip()
        return ""

    def _many(self, names: Iterable[str]) -> Iterator[str]:
        """Take every word of the lists among *names*."""
        for key in self._present(names):
            value = self.front.values[key]
            items = re.split(r"\s*,\s*", value) if isinstance(value, str) else value
            if isinstance(items, Mapping) or not all(
                isinstance(item, str) for item in items
            ):
                continue
            self.placed.add(key)
            yield from (str(item).strip() for item in items if str(item).strip())

    def _title(self) -> tuple[str, int | None]:
        """The title, and the row of the body it was taken from."""
        title = self._one(TITLES)
        row, words = _first_heading(self.front.body)
        if title:
            same = plain(words).casefold() == plain(title).casefold()
            return title, row if words and same else None
        if words:
            return words, row
        stem = _stem(self.file.path)[0]
        title = " ".join(re.split(r"[-_\s]+", stem)).strip().capitalize() or "Untitled"
        self._list(1, f"it has no title; its file name became one: “{title}”")
        return title, None

    def _converted(self, title_row: int | None) -> Converted:
        rows = self.front.body.split("\n")
        if title_row is not None:
            rows[title_row] = ""
            if title_row + 1 < len(rows) and re.fullmatch(
                r"(=+|-+)\s*", rows[title_row + 1]
            ):
                rows[title_row + 1] = ""
        return convert(
            ForeignText(
                "\n".join(rows),
                self.file.path,
                self.front.body_line,
                jsx=self._is_mdx,
                destinations=self.file.destinations,
            )
        )

    def _summary(self, converted: Converted) -> tuple[str, str]:
        """The summary, and the source's whole one if it had to be cut."""
        whole = " ".join(self._one(SUMMARIES).split())
        if not whole:
            return self._excerpt(converted), ""
        summary = short_summary(whole)
        links = re.search(r"\]\(", whole) is not None
        if not links and summary == with_code(whole):
            return summary, ""
        walked = convert(
            ForeignText(whole, self.file.path, self._line(self._summary_key()),
                        destinations=self.file.destinations)
        )  # fmt: skip
        self.leftovers.extend(walked.leftovers)
        return summary, walked.text

    def _summary_key(self) -> str:
        return next(
            key for name in SUMMARIES if (key := self.keys.get(name)) in self.placed
        )

    def _excerpt(self, converted: Converted) -> str:
        """What stands before the mark of an excerpt, if it can be a summary as it is."""
        if converted.excerpt_end is None:
            return ""
        text = converted.text[: converted.excerpt_end].strip()
        if "\n\n" in text or text.startswith(("#", "-", "*", "!", "`", "|", "<", FOLD)):
            return ""
        summary = short_summary(re.sub(r"\]\[[^\[\]]*\]", "][]", text))
        return summary if len(summary) >= _FIRST_ROWS else ""

    def _published(self) -> str:
        for key in self._present(DATES):
            value = self.front.values[key]
            if not isinstance(value, str) or value.lower() in {"true", "false", ""}:
                continue
            self.placed.add(key)
            if iso := iso_date(value):
                return iso
            self._list(
                self._line(key),
                f"`{key}: {value}` is no date that can be read one way only",
            )
        return _path_date(self.file.path)

    def _version(self, title: str) -> str:
        if given := self._one(VERSIONS):
            return given.removeprefix("v")
        stem = _stem(self.file.path)[0].replace("_", ".")
        if match := _VERSION_NAME.fullmatch(stem):
            return match["version"]
        match = _VERSION_TITLE.fullmatch(plain(title))
        return match["version"] if match else ""

    def _products(self) -> tuple[NamedProduct, ...]:
        names = [self.file.product] if self.file.product else []
        if folder := self._folder_product():
            names.append(folder)
        names.extend(self._many(PRODUCTS))
        if not names:
            names.append(self.file.home)
        found: dict[str, NamedProduct] = {}
        for name in names:
            if key := product_key(name):
                found.setdefault(key, NamedProduct(key, "" if name == key else name))
        return tuple(found.values())

    def _folder_product(self) -> str:
        """The folder the file lies in, unless that is only a category or a year."""
        folders = PurePosixPath(self.file.path).parts[:-1]
        if _stem(self.file.path)[0] == (folders[-1] if folders else None):
            folders = folders[:-1]
        words = {word.casefold() for word in self._words_of(TAGS)}
        own = [folder for folder in reversed(folders) if folder.casefold() not in words]
        return product_of_folders(*own)

    def _words_of(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            value = self.front.values.get(self.keys.get(name, ""), "")
            yield from [value] if isinstance(value, str) else map(str, value)

    def _tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._many(TAGS)))

    def _switches(self) -> None:
        """Set what true switches say; false is what an entry says by saying nothing."""
        for name, (target, value) in SWITCHES.items():
            for key in self._present((name,)):
                state = str(self.front.values[key]).strip().lower()
                if state in {"true", "yes", "on", "1"}:
                    self.switched.setdefault(target, value)
                if state in {"true", "yes", "on", "1", "false", "no", "off", "0"}:
                    self.placed.add(key)
        for key in self._present(("published",)):
            if str(self.front.values[key]).lower() in {"false", "no"}:
                self.switched.setdefault("phase", "building")
            if str(self.front.values[key]).lower() in {"true", "false", "yes", "no"}:
                self.placed.add(key)

    def _type(self, title: str, *, versioned: bool) -> str:
        for key in self._present(KINDS):
            value = self.front.values[key]
            if isinstance(value, str) and (named := type_of_word(value)):
                self.placed.add(key)
                return named
        return self.switched.get("type") or type_of_title(
            plain(title), versioned=versioned
        )

    def _lang(self, title: str, body: str) -> str:
        given = self._one(LANGUAGES) or language_of_name(self.file.path)
        language = given or language_of_text((title, body))
        return "" if language.lower().startswith("en") else language

    def _refs(self) -> tuple[tuple[str, str], ...]:
        found = []
        for key in self._present(ADDRESSES):
            value = self.front.values[key]
            if isinstance(value, str) and re.match(r"https?://\S+$", value):
                self.placed.add(key)
                found.append((value, "Source"))
        return tuple(found)

    def _names(
        self,
        named: str,
        stem: str,
        title: str,
        version: str,
        products: tuple[NamedProduct, ...],
    ) -> tuple[str, ...]:
        product = products[0].key if products else ""
        date = _path_date(self.file.path)
        bare = bool(_VERSION_NAME.fullmatch(stem.replace("_", ".")))
        first = [f"{product} {version or stem}"] if bare else []
        own = [named.strip("/").rpartition("/")[2]] if named else []
        begins = slug(stem).startswith(f"{product}-")
        full = stem if begins or not product else f"{product} {stem}"
        words = [*first, *own, stem, full, f"{full} {date}", title]
        return entry_names(*words, whole=self.file.source)

    def _rest(self) -> Iterator[tuple[str, Tree]]:
        """Keep what no table names as `x-` fields, and say so."""
        for key, value in self.front.values.items():
            if key in self.placed:
                continue
            line = self._line(key)
            name = f"x-{_kebab(key)}"
            if value in ("", [], {}):
                self._list(line, f"`{key}` is empty and was left out")
            elif name == "x-":
                self._list(
                    line, f"`{key}: {value}` was left out: its name has no letters"
                )
            else:
                self._list(
                    line, f"`{key}` has no place in an entry; it was kept as `{name}`"
                )
                yield name, value == "true" if value in {"true", "false"} else value


def _kebab(key: str) -> str:
    return slug(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", key))


def _quiet(text: str) -> str:
    """Keep a bold line bold, whatever stars are in it."""
    return re.sub(r"(?<!\\)\*", r"\*", text)


def _first_heading(body: str) -> tuple[int | None, str]:
    rows = body.split("\n")
    fenced = fenced_rows(rows)
    for number, row in enumerate(rows[: 4 * _FIRST_ROWS]):
        if fenced[number] or not row.strip() or row.startswith(("import ", "export ")):
            continue
        if match := _HEADING.match(row):
            return number, match["words"]
        following = rows[number + 1] if number + 1 < len(rows) else ""
        if re.fullmatch(r"=+\s*", following):
            return number, row.strip()
        return None, ""
    return None, ""


def _stem(path: str) -> tuple[str, str]:
    """The name of a file without date, and the key that stays when its date slips."""
    pure = PurePosixPath(path)
    folders = list(pure.parts[:-1])
    name = (
        pure.name[: -len(pure.suffix)] if pure.suffix.lower() in _ENDINGS else pure.name
    )
    if name.lower() in {"index", "_index"} and folders:
        name = folders.pop()
    match = _DATED_NAME.fullmatch(name) or _DAY_NAME.fullmatch(name)
    stem = match["rest"] if match and match["rest"] else name
    undated = [folder for folder in folders if not re.fullmatch(r"\d{4}|\d{2}", folder)]
    return stem, "/".join((*undated, stem))


_ENDINGS = frozenset({".md", ".mdx", ".markdown"})


def _path_date(path: str) -> str:
    """Read a date from `2026-01-02-name.md`, `2026/01-02-name.md` or `2026/01/02/name.md`."""
    joined = "-".join(PurePosixPath(path).parts)
    match = re.search(r"(?<!\d)(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)", joined)
    return iso_date("-".join(match.groups())) if match else ""
