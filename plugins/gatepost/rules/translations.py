"""GP550 to GP554: entries in other languages are whole, and as new as their originals."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.content.translation import (
    fingerprint,
    is_stale,
    other_texts,
    squeezed,
    untranslated,
)
from gatepost.model.finding import Place
from gatepost.model.translation import Translation
from gatepost.rules.case import Index
from gatepost.rules.rule import Fault, book_rule

_SHOWN = 60


def _at(one: Translation, *path: str) -> Place:
    return one.places.get(path) or Place(one.path)


@book_rule("GP550", level="advice")
def stale_translation(index: Index) -> Iterator[Fault]:
    """A translation says what its original says today.

    Why: the original has other words now than when it was translated; readers are told that the
    translation is older, and may miss what changed.
    Fix: compare the two, then change `original:` in the translation to what the finding says.
    """
    for one in index.book.translations:
        if is_stale(index.book, one):
            original = index.book.by_id[one.release]
            now = fingerprint(original)
            yield Fault(
                f"{original.source.path} has changed since this was translated",
                f"bring the text up to date, then write `original: {now}`",
                _at(one, "original"),
            )


@book_rule("GP551", level="advice")
def undated_translation(index: Index) -> Iterator[Fault]:
    """A translation says which text it was made from.

    Why: otherwise nobody is told when the original changes.
    Fix: write `original:` with what the finding says.
    """
    for one in index.book.translations:
        if not one.words.original:
            now = fingerprint(index.book.by_id[one.release])
            yield Fault(
                "the translation does not say which text it was made from",
                f"write `original: {now}`",
                _at(one, "title"),
            )


@book_rule("GP552", level="advice")
def incomplete_translation(index: Index) -> Iterator[Fault]:
    """A translation has every text that its original has.

    Why: half a page in one language and half in another serves nobody, so readers get the whole
    original until the translation is whole.
    Fix: translate what is missing.
    """
    for one in index.book.translations:
        for name in untranslated(index.book, one):
            what = "the text below the fields" if name == "text" else f"`{name}`"
            fix = "write it" if name == "text" else f"add `{name}:`"
            yield Fault(f"{what} is not translated", fix, _at(one, "title"))


@book_rule("GP553", level="advice")
def unused_translation(index: Index) -> Iterator[Fault]:
    """What a translation has under `texts` translates a public text of its original.

    Why: words that belong to no text are shown nowhere; the original was perhaps changed.
    Fix: copy the original's words exactly as they stand there.
    """
    for one in index.book.translations:
        known = other_texts(index.book.by_id[one.release])
        for text in one.words.texts:
            if squeezed(text) not in known:
                sentence = f"the original has no public text `{_short(text)}`"
                yield Fault(sentence, at=_at(one, "texts", text))


@book_rule("GP554", level="advice")
def missing_words(index: Index) -> Iterator[Fault]:
    """Known issues, captions and other short texts are translated too.

    Why: readers would meet them in another language in the middle of a page.
    Fix: add the original's words, a colon and their translation under `texts:`.
    """
    for one in index.book.translations:
        said = {squeezed(text): text for text in one.words.texts}
        for text in other_texts(index.book.by_id[one.release]):
            key = said.get(text, "")
            if not one.words.texts.get(key):
                place = _at(one, "texts", key) if key else _at(one, "title")
                yield Fault(f"`{_short(text)}` is not translated", at=place)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
