"""Files beside an entry are taken only from its own folder, and only if they are files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Shelf


def test_links_in_the_file_system_are_refused(shelf: Shelf) -> None:
    """A picture that is a link to another file is not that picture."""
    shelf.entry(
        body="![a list](list.png) ![a list](folder/list.png)", name="one/index.md"
    )
    secret = shelf.root / "secret.png"
    secret.write_bytes(b"secret")
    (shelf.releases / "one/list.png").symlink_to(secret)
    (shelf.root / "pictures").mkdir()
    (shelf.root / "pictures/list.png").write_bytes(b"secret")
    (shelf.releases / "one/folder").symlink_to(shelf.root / "pictures")

    assert [finding.sentence for finding in shelf.judge()] == [
        "`list.png` is a link in the file system, not a file",
        "`folder/list.png` is a link in the file system, not a file",
    ]


def test_a_link_that_leads_nowhere_is_refused(shelf: Shelf) -> None:
    """A link to a file that is gone is no missing file but a link."""
    shelf.entry(body="![a list](list.png)", name="one/index.md")
    (shelf.releases / "one/list.png").symlink_to("gone.png")

    assert shelf.codes() == ["GP306"]


def test_a_link_to_itself_is_refused(shelf: Shelf) -> None:
    """A link in a circle is a finding and never a crash."""
    shelf.entry(body="![a list](list.png)", name="one/index.md")
    (shelf.releases / "one/list.png").symlink_to("list.png")

    assert [finding.sentence for finding in shelf.judge()] == [
        "`list.png` is not a file that can be read"
    ]


@pytest.mark.parametrize(
    "target",
    [
        "../../../etc/hostname.png",
        "%2e%2e/%2e%2e/secret.png",
        "a/../../secret.png",
        "a%00b.png",
        "x" * 5_000 + ".png",
        "list.png/../../secret.png",
    ],
)
def test_paths_that_lead_astray(shelf: Shelf, target: str) -> None:
    """Whatever a path tries, it is a finding and never a crash."""
    shelf.entry(body=f"![a list]({target})", name="one/index.md")
    (shelf.releases / "secret.png").write_bytes(b"secret")

    assert shelf.codes() in (["GP305"], ["GP306"])


def test_internal_text_is_held_to_the_same(shelf: Shelf) -> None:
    """Links of an internal block and of an internal file are checked, with their own places."""
    shelf.entry(
        body="Faster.\n\n/// internal\n[the plan](release:no-such-plan)\n///",
        name="one/index.md",
    )
    (shelf.releases / "one/index.internal.md").write_text("x\n[more](nothing.md)\n")

    assert [str(finding.place) for finding in shelf.judge()] == [
        "content/releases/one/index.internal.md:2:1",
        "content/releases/one/index.md:11:1",
    ]


def test_comments_are_not_looked_at(shelf: Shelf) -> None:
    """No reader gets a comment, so nothing in it can be missing."""
    shelf.entry(body="Faster.\n\n<!-- ![a](gone.png) [b](release:nothing) -->")

    assert shelf.codes() == []
