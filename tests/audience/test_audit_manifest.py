"""Every file of a site is one that the build meant to write."""

from __future__ import annotations

from pathlib import Path

import pytest
from audited_book import Desk

from gatepost.audience.audit import Stray, audit, read_manifest


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A site of two files and its manifest."""
    desk = Desk(tmp_path)
    desk.page("index.html", "<p>one</p>")
    desk.page("b/index.html", "<p>two</p>")
    desk.manifest()
    return desk


def strays(desk: Desk) -> tuple[Stray, ...]:
    """What does not agree with the manifest as it is on disk."""
    return audit(desk.site, desk.watch()).strays


def test_a_site_as_it_was_meant(desk: Desk) -> None:
    """The manifest does not list itself."""
    assert strays(desk) == ()


def test_an_extra_file(desk: Desk) -> None:
    """A file that nobody meant to publish is a finding, also a hidden one."""
    desk.page(".env", "TOKEN=1")

    assert strays(desk) == (Stray(".env", "extra"),)


def test_a_missing_file(desk: Desk) -> None:
    """So is one that is not there."""
    (desk.site / "b/index.html").unlink()

    assert strays(desk) == (Stray("b/index.html", "missing"),)


def test_a_changed_file(desk: Desk) -> None:
    """And one with other bytes."""
    desk.page("index.html", "<p>changed</p>")

    assert strays(desk) == (Stray("index.html", "changed"),)


def test_a_symbolic_link(desk: Desk) -> None:
    """A link is no file of the site, wherever it points; it is not followed."""
    (desk.site / "host").symlink_to("/etc/hostname")
    (desk.site / "etc").symlink_to("/etc")
    (desk.site / "gone").symlink_to("nowhere")

    assert {stray.path for stray in strays(desk)} == {"host", "etc", "gone"}
    assert {stray.what for stray in strays(desk)} == {"no regular file"}


def test_the_builders_own_list(desk: Desk) -> None:
    """A caller who knows what was written need not trust the file on disk."""
    manifest = read_manifest(desk.site) or {}
    manifest.pop("b/index.html")

    report = audit(desk.site, desk.watch(), manifest=manifest)

    assert report.strays == (Stray("b/index.html", "extra"),)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"files": []}',
        '{"files": 3}',
        "\u0000",
        '{"files": {"a": null',
    ],
)
def test_a_manifest_that_cannot_be_read(desk: Desk, content: str) -> None:
    """Without a list nothing is proved."""
    desk.page("build-manifest.json", content)

    assert Stray("build-manifest.json", "no manifest") in strays(desk)


def test_a_manifest_that_points_outside(desk: Desk) -> None:
    """A path in the manifest is only compared, never opened."""
    desk.page("build-manifest.json", '{"files": {"../../etc/passwd": "00"}}')

    assert Stray("../../etc/passwd", "missing") in strays(desk)
