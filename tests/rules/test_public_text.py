"""Public text is what the schema calls public, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gatepost.rules.public_text import public_pieces, public_sheet

if TYPE_CHECKING:
    from conftest import Shelf

FRONT = """summary: public one
title_internal: secret
goal: secret
roles: {pm: secret}
known_issues:
  - {id: secret-id, text: secret}
  - {id: shown-id, text: public two, public: true}
docs: [{title: secret}, {title: public three, state: updated, public: true}]
support:
  summary: secret
  faq: [{q: secret, a: secret}, {q: public four, a: public five, public: true}]
scope: {in: [secret], limitations: [{text: secret}, {text: public six, public: true}]}
deployment: {rings: [{name: secret, share: 5, wording: public seven}]}
rollback: {runbook: secret, public_sentence: public eight}
roadmap: {show: true, blurb: public nine}
x-own: secret"""


def test_only_what_the_schema_calls_public(shelf: Shelf) -> None:
    """Each public field is there once, no internal field is, whatever block it lies in."""
    shelf.entry(FRONT, "public zero\n\n/// internal\nsecret\n///")
    (release,) = shelf.book().releases

    texts = [piece.text for piece in public_pieces(release)]

    assert not [text for text in texts if "secret" in text]
    assert sorted(text for text in texts if text.startswith("public ")) == [
        *("public eight", "public five", "public four", "public nine", "public one"),
        *("public seven", "public six", "public three", "public two"),
        texts[0],
    ]


def test_roadmap_counts_only_when_shown(shelf: Shelf) -> None:
    """What stands under `roadmap` is public once the entry stands on it."""
    shelf.entry("roadmap: {blurb: not yet}")
    (release,) = shelf.book().releases

    assert "not yet" not in public_sheet(release).text


def test_places(shelf: Shelf) -> None:
    """A word of the body has its own place; a word of a field has the place of the field."""
    shelf.entry("summary: Faster exports", "One.\n\nTwo three.")
    (release,) = shelf.book().releases
    sheet = public_sheet(release)

    assert str(sheet.place(sheet.text.index("three"))) == "content/releases/one.md:10:5"
    assert (
        str(sheet.place(sheet.text.index("Faster"))) == "content/releases/one.md:6:10"
    )


def test_code_is_known_in_every_piece(shelf: Shelf) -> None:
    """Code in the body and in a field is told from prose."""
    shelf.entry("summary: Call `one`", "Two `three`.\n\n```\nfour\n```")
    (release,) = shelf.book().releases
    sheet = public_sheet(release)

    coded = [
        word
        for word in ("one", "Two", "three", "four")
        if sheet.coded(sheet.text.index(word))
    ]

    assert coded == ["one", "three", "four"]
    assert sheet.fenced(sheet.text.index("four"))
    assert not sheet.fenced(sheet.text.index("three"))
