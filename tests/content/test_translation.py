"""Entries in other languages are words for an original, and nothing more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.in_language import in_language
from gatepost.content.load import load
from gatepost.content.translation import fingerprint, is_stale, translated_releases
from gatepost.model.book import Book
from gatepost.model.finding import Place

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORIGINAL = """---
id: exports
title: Exports are quick
phase: done
audience: [partners, internal]
embargo_until: 2027-01-01
roles: {pm: "@product"}
media: [{src: plan.png, alt: A plan, caption: The plan}]
known_issues:
  - {id: rows, text: Rows are counted twice., status: open, public: true}
  - {id: queue, text: The queue stands still., status: open}
---
Exports finish sooner.

/// internal
Watch the queue.
///
"""
GERMAN = """---
title: Exporte sind schnell
texts:
  A plan: Ein Plan
  Rows are counted twice.: Zeilen werden doppelt gezählt.
  The queue stands still.: Die Warteschlange steht.
---
Exporte sind früher fertig.
"""


def book(root: Path, **files: str) -> Book:
    """Read the files; `__` in a name is a dot."""
    for name, text in files.items():
        file = root / "content" / "releases" / f"{name.replace('__', '.')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (root / "content" / "registry.yml").write_text(
        "products: {}\naudiences: {partners: {label: Partners}}\n"
    )
    return load(root, "content", as_of=AS_OF, host="example.com")


def test_words_are_the_translation_s_and_everything_else_is_the_original_s(
    tmp_path: Path,
) -> None:
    """Readers, embargo, people and pictures cannot be said twice."""
    read = book(tmp_path, exports=ORIGINAL, exports__de=GERMAN)
    (german,) = translated_releases(read)
    (english,) = read.releases

    assert (german.title, german.lang) == ("Exporte sind schnell", "de")
    assert german.body.public.strip() == "Exporte sind früher fertig."
    for name in ("id", "audience", "embargo_until", "roles", "phase"):
        assert getattr(german, name) == getattr(english, name)
    assert (german.media[0].src, german.media[0].alt) == ("plan.png", "Ein Plan")
    assert german.media[0].caption == "The plan"
    assert german.at("title") == Place("content/releases/exports.de.md", 2, 8)
    assert german.at("phase") == english.at("phase")


def test_what_is_internal_is_nobody_s_to_translate(tmp_path: Path) -> None:
    """An issue that only colleagues know of keeps its words, although there are others for it."""
    read = book(tmp_path, exports=ORIGINAL, exports__de=GERMAN)
    (german,) = translated_releases(read)

    assert [issue.text for issue in german.known_issues] == [
        "Zeilen werden doppelt gezählt.",
        "The queue stands still.",
    ]


def test_the_fingerprint_tells_of_public_words_only(tmp_path: Path) -> None:
    """Another public word makes a translation old; another phase or internal word does not."""
    first = fingerprint(book(tmp_path / "a", exports=ORIGINAL).releases[0])
    inside = ORIGINAL.replace("phase: done", "phase: monitoring").replace(
        "Watch the queue", "Watch the disk"
    )
    outside = ORIGINAL.replace("Rows are counted", "Lines are counted")

    assert fingerprint(book(tmp_path / "b", exports=inside).releases[0]) == first
    assert fingerprint(book(tmp_path / "c", exports=outside).releases[0]) != first


@pytest.mark.parametrize(("said", "stale"), [("", False), ("0badcafe", True)])
def test_an_old_translation_is_known(tmp_path: Path, said: str, stale: bool) -> None:  # noqa: FBT001 - a table
    """By what its original was known by then; one that says nothing is not called old."""
    german = GERMAN.replace("texts:", f'original: "{said}"\ntexts:')
    read = book(tmp_path, exports=ORIGINAL, exports__de=german)

    assert is_stale(read, read.translations[0]) is stale


def test_a_region_gets_its_own_words_before_those_of_the_language(
    tmp_path: Path,
) -> None:
    """`de-CH` is for Switzerland, `de` for everybody else who reads German."""
    swiss = GERMAN.replace("sind schnell", "sind gleitig")
    read = book(
        tmp_path, exports=ORIGINAL, exports__de=GERMAN, **{"exports__de-CH": swiss}
    )

    def title(language: str) -> str:
        return in_language(read, language).releases[0].title

    assert title("de") == "Exporte sind schnell"
    assert title("de-AT") == "Exporte sind schnell"
    assert title("de-CH") == "Exporte sind gleitig"
    assert title("fr") == "Exports are quick"


def test_a_file_with_an_id_is_an_entry(tmp_path: Path) -> None:
    """Names such as `node.io.md` were there before translations."""
    other = ORIGINAL.replace("id: exports", "id: node-io")
    read = book(tmp_path, exports=ORIGINAL, node__io=other)

    assert sorted(release.id for release in read.releases) == ["exports", "node-io"]
    assert read.translations == ()


def test_a_broken_translation_is_found(tmp_path: Path) -> None:
    """Nothing of it is used, and the build stops."""
    read = book(tmp_path, exports=ORIGINAL, exports__de="---\ntitle: [a\n---\nGeheim\n")

    assert [one.place.path for one in read.findings] == [
        "content/releases/exports.de.md"
    ]
    assert read.translations == ()
