"""Names for imported entries: ids, titles, product keys, languages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from gatepost.content.slug import slug
from gatepost.integrations.plain_text import with_code
from gatepost.model.field import LONGEST_ID, SHORTEST_ID, not_reserved

TITLE_LIMIT = 80
SUMMARY_LIMIT = 280
_LEAST_CLAUSE = 20
"""A title cut at a comma or dash shorter than this says too little."""
_CLAUSE = re.compile(r"(?<=\S)(?:: | [\u2014\u2013-] |; )")
_GENERIC_FOLDERS = frozenset(
    """
    _posts blog blogs changelog changelogs content contents docs documentation drafts en en-us
    entries feed history home main news notes packages pages post posts public release
    release-notes release_notes releasenotes releases repo repository source src tmp updates
    """.split()  # noqa: SIM905 - a list of words reads as text
)
_LANGUAGE = re.compile(
    r"(?P<language>[a-z]{2})(?:[-_](?P<region>[A-Za-z]{2}|Han[st]))?"
)
_KNOWN_LANGUAGES = frozenset(
    """
    ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro
    ru sk sl sr sv ta th tr uk ur vi zh
    """.split()  # noqa: SIM905 - a list of words reads as text
)
_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("hi", r"[\u0900-\u097f]"),
    ("el", r"[\u0370-\u03ff]"),
)
_PERSIAN = re.compile(r"[پچژگکی]")
_ENOUGH = 0.3
"""Share of a script's letters from which the text counts as written in it."""
_JAPANESE_SHARE = 0.1


def entry_names(*candidates: str, whole: str) -> tuple[str, ...]:
    """Make ids to choose from, the best first.

    Args:
        candidates: Words the id may be made of, the best first.
        whole: What tells this entry from all others; used when nothing else is left.

    Returns:
        Ids that match the pattern of an id. The last one always works: it ends in a fingerprint
        of *whole*, so titles in other scripts neither vanish nor collide.
    """
    named = [name for text in candidates if (name := _fitted(text))]
    stem = _fitted(candidates[0]) or "entry"
    mark = fingerprint(whole)[:8]
    last = f"{stem[: LONGEST_ID - 9].rstrip('-')}-{mark}"
    return tuple(dict.fromkeys((*named, last)))


def _fitted(text: str) -> str:
    """Shorten to an id at a hyphen; empty if *text* would lose its meaning."""
    name = not_reserved(slug(text))
    letters = sum(character.isalnum() for character in text)
    if len(name) < SHORTEST_ID or len(name) * 2 < letters:
        return ""
    if len(name) <= LONGEST_ID:
        return name
    return name[: LONGEST_ID + 1].rpartition("-")[0] or name[:LONGEST_ID]


def fingerprint(text: str) -> str:
    """Sixteen characters that differ when the text does."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def product_key(name: str) -> str:
    """The key a product named *name* has in the registry."""
    return slug(name) or (f"product-{fingerprint(name)[:8]}" if name.strip() else "")


def product_of_folders(*folders: str) -> str:
    """Find the folder that names a product.

    Args:
        folders: Folder names from the nearest to the farthest.

    Returns:
        The first that is neither a date nor a word such as `docs`; of `owner__project` only the
        project. Empty if there is none.
    """
    for folder in folders:
        name = folder.rpartition("__")[2].strip()
        telling = name.lower() not in _GENERIC_FOLDERS and not name.isdigit()
        if telling and slug(name) and not _LANGUAGE.fullmatch(name):
            return name
    return ""


def short_title(text: str) -> str:
    """Cut a title to what fits, at a clause if one ends in time, else at a word."""
    text = _without_stop(with_code(text))
    if len(text) <= TITLE_LIMIT:
        return text
    ends = [match.start() for match in _CLAUSE.finditer(text[: TITLE_LIMIT + 2])]
    fitting = [end for end in ends if _LEAST_CLAUSE <= end <= TITLE_LIMIT]
    return _whole_code(
        text[: fitting[-1]] if fitting else _cut_at_word(text, TITLE_LIMIT)
    )


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def short_summary(text: str) -> str:
    """Cut to what a summary may hold, at the end of a sentence if one ends in time."""
    text = with_code(text)
    if len(text) <= SUMMARY_LIMIT:
        return text
    ends = [
        match.end()
        for match in re.finditer(
            r"[.!?\u3002\uff01\uff1f](?=\s|$)", text[:SUMMARY_LIMIT]
        )
    ]
    return _whole_code(text[: ends[-1]] if ends else _cut_at_word(text, SUMMARY_LIMIT))


def _whole_code(text: str) -> str:
    """Leave no code mark open where a text was cut."""
    return text if text.count("`") % 2 == 0 else text.replace("`", "")


def _cut_at_word(text: str, limit: int) -> str:
    head = text[: limit - 1]
    words = head.rpartition(" ")[0] if " " in head[limit // 2 :] else head
    return words.rstrip(" ,;:-\u2013\u2014") + "…"


def language_of_name(path: str) -> str:
    """Read a language from a file name such as `CHANGELOG.zh-CN.md`; empty if there is none."""
    for suffix in PurePosixPath(path).suffixes:
        match = _LANGUAGE.fullmatch(suffix[1:])
        if match and match["language"] in _KNOWN_LANGUAGES:
            return suffix[1:].replace("_", "-")
    return ""


def language_of_text(texts: Iterable[str]) -> str:
    """Tell the language from the script, where a script tells it; empty for Latin and Cyrillic."""
    text = "\n".join(texts)
    text = re.sub(r"(?s)```.*?```|`[^`\n]*`|https?://\S+", "", text)
    letters = sum(character.isalpha() for character in text) or 1
    for language, script in _SCRIPTS:
        share = len(re.findall(script, text)) / letters
        if share >= (_JAPANESE_SHARE if language == "ja" else _ENOUGH):
            return "fa" if language == "ar" and _PERSIAN.search(text) else language
    return ""
