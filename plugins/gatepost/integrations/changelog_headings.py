"""Recognise the heading of a release in a changelog, whatever form it has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gatepost.integrations.foreign_date import find_date
from gatepost.integrations.plain_text import plain

_LINK = re.compile(
    r"\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"(?:\((?P<url>[^()\s]*(?:\([^()]*\)[^()\s]*)*)[^()]*\))?"
)
_YANKED = re.compile(r"[\[(]?\b(?:yanked|withdrawn|retracted)\b[\])]?", re.IGNORECASE)
_OPEN = re.compile(
    r"unreleased(?: changes)?|un-released|tb[dca]|dev|develop(?:ment)?|next|upcoming|master|main"
    r"|head|trunk"
    r"|in (?:progress|development)|future|not (?:yet )?released|sin publicar|non publié|não lançado"
    r"|unveröffentlicht|未发布(?:的)?|未リリース|منتشر ?نشده|غير منشور",
    re.IGNORECASE,
)
_WORDS_FOR_VERSION = frozenset(
    """
    version versions release ver ver. v v. rel versión versão versione 版本 バージョン نسخة نسخه
    الإصدار إصدار نسخهٔ
    """.split()  # noqa: SIM905 - a list of words reads as text
)
_VERSION = re.compile(r"[vVrR]?\d+(?:\.(?:\d+|[xX*]))*[0-9A-Za-z.+_-]*")
_OTHER_DATE = re.compile(r"(?<!\S)\d{4}[-/]\d{1,2}[-/]\d{1,2}(?!\S)")
_WRONG_DATE = re.compile(r"(?<![\w./-])\d{4}[-/]\d{1,2}[-/]\d{1,2}(?![\w/-])")
"""Looked for where no date was found."""
_PACKAGED = re.compile(
    r"(?P<package>@?[A-Za-z][\w./-]*?)[@-](?P<version>v?\d+\.\d[\w.+-]*)"
)
_DASHES = " -\u2013\u2014"
_LONGEST = 400
"""Of a heading's text; longer lines are no headings."""
_MOST_WORDS = 8
"""After the version; more words make a sentence, not a heading."""


@dataclass(frozen=True, slots=True)
class ReleaseHeading:
    """What the heading of a release says."""

    name: str
    """Its words without marks, links and date, such as `2.0.0 Carbon`."""
    version: str = ""
    """Without a leading `v`; empty for changes that are in no version yet."""
    date: str = ""
    """As our front matter writes dates."""
    label: str = ""
    """Label of a reference link on it, such as `2.0.0`."""
    url: str = ""
    """Address of a link on it."""
    released: bool = True
    yanked: bool = False
    other_dates: tuple[str, ...] = ()
    """Dates of other calendars that it gives as well."""
    wrong_date: str = ""
    """What looks like a date, but is no day of the calendar."""


def release_heading(
    text: str, *, packages: frozenset[str] = frozenset()
) -> ReleaseHeading | None:
    """Read a heading's text, without its marks.

    Args:
        text: Such as `[1.0.0] - 2020-01-01`, `v1.0.0 (TBD)` or `pkg-9.7.6 (2026-03-19)`.
        packages: Names that may stand before the version, lower case.

    Returns:
        What it says; None if it is no heading of a release.
    """
    if len(text) > _LONGEST:
        return None
    words, label, url = _unlinked(text)
    yanked = _YANKED.search(words) is not None
    words = plain(_YANKED.sub("", words)).strip(f":#{_DASHES}")
    if _OPEN.fullmatch(re.sub(r"^\W+|\W+$", "", words)):
        return ReleaseHeading(
            words.strip("()[] "), label=label, url=url, released=False
        )
    date, spelled = find_date(words)
    rest = words.replace(spelled, " ") if spelled else words
    others = tuple(_OTHER_DATE.findall(rest)) if date else ()
    rest = _OTHER_DATE.sub(" ", rest) if others else rest
    wrong = None if date else _WRONG_DATE.search(words)
    if wrong and _version(_WRONG_DATE.sub(" ", rest))[0]:
        rest = _WRONG_DATE.sub(" ", rest)
    version, name, prefix = _version(rest)
    if not version:
        only_date = bool(date) and not re.sub(r"[\W_]+", "", rest)
        return (
            ReleaseHeading(spelled, "", date, label, url, yanked=yanked)
            if only_date
            else None
        )
    if not _plausible(version, name, prefix, packages, dated=bool(date)):
        return None
    after = name.partition(version)[2]
    opened = re.search(
        rf"[(\[\s]\s*(?:{_OPEN.pattern})\s*[)\]]?\s*$", after, re.IGNORECASE
    )
    if opened:
        name = name[: name.index(version) + len(version) + opened.start()]
    bare = version[1:] if version[0] in "vV" else version
    return ReleaseHeading(
        _tidy(name), bare, "" if opened else date, label, url, released=not opened, yanked=yanked,
        other_dates=others, wrong_date=wrong[0] if wrong and wrong[0] not in name else "",
    )  # fmt: skip


def _unlinked(text: str) -> tuple[str, str, str]:
    """Take the links out of a heading, and keep the first one's label and address."""
    label, url = "", ""
    for match in _LINK.finditer(text):
        if match["url"] and not url:
            url = match["url"]
        elif not match["url"] and not label:
            label = match["words"]
    words = _LINK.sub(lambda match: f" {match['words']} ", text)
    return " ".join(words.split()), label, url


def _version(words: str) -> tuple[str, str, str]:
    """The version, the words from it on, and the word before it."""
    tokens = words.split()
    if not tokens:
        return "", "", ""
    if match := _PACKAGED.fullmatch(tokens[0].strip("()[],:")):
        name = " ".join((match["version"], *tokens[1:]))
        return match["version"], name, match["package"].lower()
    for position, token in enumerate(tokens[:2]):
        bare = token.strip("()[],:")
        if _VERSION.fullmatch(bare) and bare.rstrip(".") == bare:
            prefix = tokens[0].lower().strip("()[],:") if position else ""
            return bare, " ".join((bare, *tokens[position + 1 :])), prefix
    return "", "", ""


def _plausible(
    version: str, name: str, prefix: str, packages: frozenset[str], *, dated: bool
) -> bool:
    """Tell `1.0.0 Carbon` from `3 ways to upgrade` and `Python 3.12`."""
    if len(re.findall(r"\w+", name.partition(version)[2])) > _MOST_WORDS:
        return False
    numbered = "." in version or version[0] in "vVrR"
    if prefix and prefix not in _WORDS_FOR_VERSION:
        return numbered and (dated or prefix in packages)
    alone = name.strip() == version
    return numbered or dated or (bool(prefix) and alone)


def _tidy(name: str) -> str:
    name = re.sub(rf"[(\[][{_DASHES}/|,:\s]*[)\]]", " ", name)
    return " ".join(name.split()).strip(f"{_DASHES}/|,:([")
