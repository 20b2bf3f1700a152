"""What a release needs from others either is there, is on its way, or holds it up."""

from __future__ import annotations

from pathlib import Path

import pytest
from dated_book import AS_OF, DatedBook

from gatepost.process.waits import waits


@pytest.fixture
def shelf(tmp_path: Path) -> DatedBook:
    """Two products and no entry."""
    return DatedBook(tmp_path)


def stands(shelf: DatedBook) -> dict[str, tuple[str, bool]]:
    """For each dependency: how it stands, and whether it blocks."""
    book = shelf.read()
    zone = book.registry.clock.zone
    found = waits(book.releases, book.by_id, zone, AS_OF)
    return {one.need.what: (one.stands, one.blocks) for one in found}


def needs(what: str, more: str = "", *, front: str = "") -> str:
    """The front matter of an entry that needs something."""
    row = f"{{team: '@risk', what: {what}{', ' if more else ''}{more}}}"
    return f"dependencies: [{row}]\n{front or 'dates: {planned: 2026-12-10}'}"


def test_how_a_dependency_stands_by_its_own_words(shelf: DatedBook) -> None:
    """Delivered and open ones let the release be; blocked, overdue and late ones do not."""
    shelf.entry("one-a", needs("delivered", "state: delivered"))
    shelf.entry("one-b", needs("open", "needed_by: 2026-12-01"))
    shelf.entry("one-c", needs("blocked", "state: blocked"))
    shelf.entry("one-d", needs("overdue", "needed_by: 2026-11-19"))
    shelf.entry("one-e", needs("too late", "needed_by: 2026-12-11"))

    assert stands(shelf) == {
        "delivered": ("delivered", False),
        "open": ("open", False),
        "blocked": ("blocked", True),
        "overdue": ("overdue", True),
        "too late": ("too-late", True),
    }


def test_at_the_go_no_go_everything_must_be_there(shelf: DatedBook) -> None:
    """What is still open then holds the release up."""
    shelf.entry(
        "getting-ready",
        needs("open", front="phase: preparing\ndates: {planned: 2026-12-10}"),
    )

    assert stands(shelf) == {"open": ("not-done", True)}


def test_a_release_that_comes_after_the_one_that_needs_it(shelf: DatedBook) -> None:
    """Its planned day counts, whatever the row says."""
    shelf.entry("the-sdk", "dates: {planned: 2026-12-16}")
    shelf.entry("in-time", "dates: {planned: 2026-12-09}")
    shelf.entry(
        "one-a", needs("sdk", "ref: the-sdk, needed_by: 2026-12-01, state: agreed")
    )
    shelf.entry("one-b", needs("other", "ref: in-time, needed_by: 2026-12-09"))

    assert stands(shelf) == {"sdk": ("later", True), "other": ("open", False)}


def test_a_release_that_is_out_is_delivered(shelf: DatedBook) -> None:
    """Nobody has to write it down again."""
    shelf.entry("long-out", "phase: done\ndates: {published: 2026-10-01}")
    shelf.entry("given-up", "state: cancelled")
    shelf.entry("one-a", needs("out", "ref: long-out"))
    shelf.entry("one-b", needs("gone", "ref: given-up"))

    assert stands(shelf) == {"out": ("delivered", False), "gone": ("given-up", True)}


def test_releases_that_wait_for_each_other(shelf: DatedBook) -> None:
    """A circle of any length, and a release that waits for itself; their neighbours do not."""
    for one, other in (("aaa", "bbb"), ("bbb", "ccc"), ("ccc", "aaa"), ("ddd", "ddd")):
        shelf.entry(one, needs(f"{one} needs {other}", f"ref: {other}"))
    shelf.entry("eee", needs("eee needs aaa", "ref: aaa"))

    found = stands(shelf)

    assert [what for what, (how, _) in sorted(found.items()) if how == "circular"] == [
        "aaa needs bbb",
        "bbb needs ccc",
        "ccc needs aaa",
        "ddd needs ddd",
    ]


def test_a_long_chain_is_no_circle(shelf: DatedBook) -> None:
    """Three hundred releases in a row, each needing the next."""
    for number in range(300):
        shelf.entry(
            f"step-{number:03}", needs(f"w{number}", f"ref: step-{number + 1:03}")
        )

    assert {how for how, _ in stands(shelf).values()} == {"open"}


def test_what_is_put_aside_waits_for_nobody(shelf: DatedBook) -> None:
    """Releases on hold or given up hold up nobody's table."""
    shelf.entry("on-hold-one", needs("x", front="state: on-hold"))
    shelf.entry("no-more", needs("y", front="state: cancelled"))

    assert stands(shelf) == {}
