"""Entries in other languages: read one, give its original those words, tell if it is old."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from gatepost.content import laws
from gatepost.content.body import split_internal
from gatepost.content.entry import nearest
from gatepost.content.front_matter import Parsed
from gatepost.content.likely import nearest as most_like
from gatepost.content.understand import findings_of
from gatepost.model.book import Book
from gatepost.model.field import Part
from gatepost.model.finding import Finding
from gatepost.model.release import FrontMatter, PathInFile, Release
from gatepost.model.translation import Translation, Wording

MAIN = ("title", "summary", "what", "who", "action", "impact", "state_note")
"""The texts a translation has fields for, besides its body."""
NAMED = re.compile(r"(?P<stem>.+)\.(?P<lang>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2})\.md")
"""How the file of a translation is called: `faster-export.de.md`."""
_OTHERS: tuple[tuple[str, ...], ...] = (
    ("compatibility", "notes"),
    ("downtime", "wording"),
    ("known_issues", "*", "text"),
    ("known_issues", "*", "affected"),
    ("known_issues", "*", "workaround"),
    ("media", "*", "alt"),
    ("media", "*", "caption"),
    ("docs", "*", "title"),
    ("refs", "*", "title"),
    ("feedback", "label"),
    ("dates", "updated", "*", "what"),
    ("roadmap", "theme"),
    ("roadmap", "blurb"),
    ("rollback", "public_sentence"),
    ("support", "faq", "*", "q"),
    ("support", "faq", "*", "a"),
    ("scope", "limitations", "*", "text"),
    ("deployment", "rings", "*", "wording"),
)
"""The ways to every other text that readers may see; `*` is each item of a list."""

_Give = Callable[[PathInFile, str], str]


def read_translation(
    parsed: Parsed, path: str, lang: str, release: Release
) -> tuple[Translation | None, tuple[Finding, ...]]:
    """Make a translation of the fields and the text of one file.

    Args:
        parsed: What the file says, without findings.
        path: The file.
        lang: The language its name says.
        release: The original.

    Returns:
        The translation; or None, and everything that is wrong.
    """
    body, marks = split_internal(parsed.body, parsed.body_line, path)
    tree = {name: parsed.tree[name] for name in parsed.tree if name in _OWN}
    findings = [*marks, *_not_its_own(parsed, release)]
    try:
        words = Wording.model_validate(tree)
    except ValidationError as error:
        at, key_at = nearest(parsed.places), nearest(parsed.keys, parsed.places)
        return None, (*findings, *findings_of(error, Wording, at, key_at))
    if any(one.level == "error" for one in findings):
        return None, tuple(findings)
    return Translation(release.id, lang, path, words, body, parsed.places), ()


_OWN = frozenset(Wording.model_fields)
_FIELDS = frozenset(one.alias or name for name, one in FrontMatter.model_fields.items())


def _not_its_own(parsed: Parsed, release: Release) -> Iterator[Finding]:
    for name in parsed.tree:
        if name in _OWN:
            continue
        near, sentence = "", f"`{name}` is what {release.source.path} says"
        if name not in _FIELDS:
            near = most_like(name, _OWN)
            sentence = f"a translation has no field `{name}`"
        fix = f"did you mean `{near}`?" if near else ""
        place = parsed.keys.get((name,)) or parsed.places[()]
        yield laws.broken(laws.TRANSLATION_SAYS_MORE, place, sentence, fix)


def translated_releases(book: Book) -> tuple[Release, ...]:
    """Every translated entry, in each of its languages."""
    return tuple(translated(book.by_id[one.release], one) for one in book.translations)


def translated(release: Release, translation: Translation) -> Release:
    """An entry with its public texts in another language, and the file they were written in."""
    words = translation.words
    said: dict[str, Any] = {
        name: text for name in MAIN if (text := getattr(words, name))
    }
    places = {**release.source.places}
    places |= {(name,): translation.places[name,] for name in said}
    theirs = {squeezed(text): text for text in words.texts}

    def give(path: PathInFile, text: str) -> str:
        key = theirs.get(squeezed(text), "")
        if not (other := words.texts.get(key)):
            return text
        places[path] = translation.places["texts", key]
        return other

    said |= _changed(release, give)
    source = replace(
        release.source,
        path=translation.path,
        original=release.source.path,
        places=places,
    )
    said |= {"lang": translation.lang, "body": translation.body, "source": source}
    return release.model_copy(update=said)


def untranslated(book: Book, translation: Translation) -> tuple[str, ...]:
    """The main texts of the original that a translation leaves out, the body as `text`."""
    release, words = book.by_id[translation.release], translation.words
    missing = [
        name for name in MAIN if getattr(release, name) and not getattr(words, name)
    ]
    if release.body.public.strip() and not translation.body.public.strip():
        missing.append("text")
    return tuple(missing)


def other_texts(release: Release) -> tuple[str, ...]:
    """Every public text of an entry that has no field in a translation, once each."""
    found: dict[str, None] = {}

    def give(path: PathInFile, text: str) -> str:
        del path
        found[squeezed(text)] = None
        return text

    _changed(release, give)
    return tuple(found)


def squeezed(text: str) -> str:
    """A text on one line, as it is named in `texts`: where its lines end says nothing."""
    return " ".join(text.split())


def fingerprint(release: Release) -> str:
    """What an entry's public text is known by: eight hexadecimal digits."""
    main = (squeezed(getattr(release, name)) for name in MAIN)
    whole = (*main, release.body.public.strip(), *other_texts(release))
    digest = hashlib.sha256("\0".join(whole).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:8]


def is_stale(book: Book, translation: Translation) -> bool:
    """Whether the original has other words now than when it was translated."""
    said = translation.words.original
    return bool(said) and said != fingerprint(book.by_id[translation.release])


def _changed(release: Release, give: _Give) -> dict[str, Any]:
    """The blocks of an entry in which *give* has another text for one of the original's."""
    said: dict[str, Any] = {}
    for name, *way in _OTHERS:
        value = said.get(name, release.__dict__[name])
        if value is None or _is_not_said(name, value):
            continue
        changed = _through(value, tuple(way), (name,), give)
        if changed is not value:
            said[name] = changed
    return said


def _is_not_said(name: str, value: Any) -> bool:
    """Whether a block is not shown, or has words of ours, which the catalogues translate."""
    if name == "roadmap":
        return not value.show
    return name == "feedback" and "label" not in value.model_fields_set


def _through(value: Any, way: tuple[str, ...], path: PathInFile, give: _Give) -> Any:
    """The value with the texts at the end of *way* as *give* has them; itself if none changed."""
    if not value:
        return value
    if not way:
        return give(path, value)
    step, rest = way[0], way[1:]
    if step == "*":
        items = tuple(
            _through(one, rest, (*path, number), give) if _shown(one) else one
            for number, one in enumerate(value)
        )
        same = all(one is other for one, other in zip(items, value, strict=True))
        return value if same else items
    inner = value.__dict__[step]
    changed = _through(inner, rest, (*path, step), give)
    return value if changed is inner else value.model_copy(update={step: changed})


def _shown(item: Part) -> bool:
    """Whether readers may see an item of a list; what they may not is nobody's to translate."""
    return bool(item.__dict__.get("public", True))
