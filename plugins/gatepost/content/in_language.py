"""A book as readers of another language get it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gatepost.content.translation import translated, untranslated
from gatepost.model.book import Book
from gatepost.model.languages import speaks
from gatepost.model.registry import Registry

_LABELS = {
    **dict.fromkeys(("products", "components"), ("name", "names")),
    **dict.fromkeys(
        ("personas", "plans", "regions", "platforms", "hosting"), ("label", "labels")
    ),
    "phases": ("public_wording", "public_wordings"),
}
"""Section of the registry to the field with a word for readers, and that of its translations."""


def in_language(book: Book, language: str) -> Book:
    """The book with every entry in *language* that is translated into it, whole.

    Whatever is not a text comes from the original: who may read it, since when, with what. What the
    registry calls products, personas and the like is in that language too.
    """
    chosen = {
        one.release: one
        for one in sorted(book.translations, key=lambda one: (len(one.lang), one.path))
        if speaks(language, one.lang) and not untranslated(book, one)
    }
    registry = _labelled(book.registry, language)
    if not chosen and registry is book.registry:
        return book
    releases = tuple(
        translated(release, chosen[release.id]) if release.id in chosen else release
        for release in book.releases
    )
    return replace(book, releases=releases, registry=registry)


def _labelled(registry: Registry, language: str) -> Registry:
    changed: dict[str, Any] = {}
    for section, (field, others) in _LABELS.items():
        rows = getattr(registry, section)
        found = {
            key: _said(getattr(row, others), language) for key, row in rows.items()
        }
        if any(found.values()):
            changed[section] = {
                key: row.model_copy(update={field: found[key]}) if found[key] else row
                for key, row in rows.items()
            }
    return registry.model_copy(update=changed) if changed else registry


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get(language.partition("-")[0]) or ""
