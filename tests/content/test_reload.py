"""A preview keeps what did not change; what it gives is what a first build would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gatepost.content.load import Read, load

if TYPE_CHECKING:
    from conftest import Content

    from gatepost.model.book import Book


def reload(content: Content, known: Read) -> Book:
    """Load with what is known from before, and hold the result against a load without."""
    fresh = content.load()
    found = load(
        content.root, "content", as_of=fresh.as_of, host="example.com", known=known
    )
    assert (found.releases, found.translations, found.findings) == (
        (fresh.releases, fresh.translations, fresh.findings)
    )
    return found


def test_a_changed_entry_is_read_anew_and_others_are_kept(content: Content) -> None:
    """Kept means the very same release, not one that is made again."""
    known: Read = {}
    content.entry(name="one.md")
    content.entry(name="two.md")
    one, two = reload(content, known).releases
    content.entry("title: Changed\n", name="two.md")

    again, changed = reload(content, known).releases

    assert again is one
    assert (two.title, changed.title) == ("Exports finish sooner", "Changed")


def test_a_changed_translation_is_seen(content: Content) -> None:
    """Its original did not change, so nothing else would tell."""
    known: Read = {}
    content.entry(name="one.md")
    content.write("content/releases/one.de.md", "---\ntitle: Vorher\n---\n")
    (before,) = reload(content, known).translations
    content.write("content/releases/one.de.md", "---\ntitle: Nachher\n---\n")

    (after,) = reload(content, known).translations

    assert (before.words.title, after.words.title) == ("Vorher", "Nachher")


def test_an_entry_becomes_a_translation_when_its_original_comes(
    content: Content,
) -> None:
    """The same bytes mean something else beside another file."""
    known: Read = {}
    content.entry("id: node-io\n", name="node.io.md")
    (alone,) = reload(content, known).releases
    content.entry(name="node.md")

    (original,) = reload(content, known).releases

    assert (alone.id, original.id) == ("node-io", "entry-node")


def test_a_fault_is_told_as_long_as_it_is_there(content: Content) -> None:
    """Findings of a kept entry and of a translation are not forgotten."""
    known: Read = {}
    content.entry("tilte: x\n", name="one.md")
    content.write("content/releases/one.de.md", "---\ntitle: [\n---\n")
    first = reload(content, known).findings

    assert len(first) > 1
    assert reload(content, known).findings == first
