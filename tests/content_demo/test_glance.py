"""A saved entry is shown ahead of the rest exactly as a whole build would show it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from gatepost.hosts.glance import glance
from gatepost.hosts.press import Order, Press, Readings, press
from gatepost.hosts.sites import ContentFault, Languages, find_sites
from gatepost.outputs.assemble import Bodies
from gatepost.outputs.examine import examine

if TYPE_CHECKING:
    from pathlib import Path

    from gatepost.model.finding import Finding
    from gatepost.outputs.artifact import PageArtifact

TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Preview:
    """The demonstration, composed once, then glanced at."""

    def __init__(self, root: Path, name: str) -> None:
        """Compose the site *name*."""
        known = find_sites(root)
        self.root = root
        self.site = next(one for one in known if one.name == name)
        self.languages = Languages.of(known, self.site)
        self.readings, self.bodies = Readings(cache=False), Bodies()
        self.pressed = self.whole(self.readings)

    def whole(self, readings: Readings) -> Press:
        """All of it, as a build composes it."""
        order = Order(
            self.site,
            name="Tidewater",
            url=self.site.site_url,
            description="",
            languages=self.languages,
            host="changelog.tidewater.example",
        )
        return press(order, readings, as_of=TODAY)

    def paths(self) -> list[str]:
        """The files of the entries of this site."""
        by_id = self.pressed.book.by_id
        return [by_id[one.id].source.path for one in self.pressed.edition.entries]

    def save(self, path: str, old: str, new: str) -> None:
        """Change a file as its author does."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    def source(self, path: str) -> list[str]:
        """The lines of a file."""
        return (self.root / path).read_text("utf-8").splitlines()

    def glance(self, path: str) -> PageArtifact | None:
        """The page of an entry as it is now; what is shown afterwards holds it."""
        known = self.readings.known(self.site)
        found = glance(self.pressed, path, known, self.bodies)
        if found is None:
            return None
        self.pressed = found.pressed
        return found.page

    def faults(self, path: str) -> tuple[Finding, ...]:
        """What is wrong with an entry."""
        with pytest.raises(ContentFault) as fault:
            self.glance(path)
        return fault.value.findings


@pytest.fixture
def root(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration."""
    shutil.copytree(checkout / "content", tmp_path / "content")
    for name in ("site_config.yml", "site_config.internal.yml"):
        shutil.copy(checkout / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def preview(root: Path) -> Preview:
    """What customers see of it."""
    return Preview(root, "public")


ENTRY = "content/releases/2026/faster-invoice-pdfs.md"


def drawn(pressed: Press) -> dict[str, str]:
    """The page of every entry."""
    pages = (one for one in pressed.pages if one.path.startswith("releases/"))
    return {
        page.path: f"{page.title}\n{page.description}\n{page.draw()}" for page in pages
    }


@pytest.mark.parametrize("site", ["public", "internal"])
def test_every_entry_as_a_build_shows_it(root: Path, site: str) -> None:
    """Each gets a heading and a sentence more; then all are compared with a build."""
    preview = Preview(root, site)
    paths = preview.paths()
    for path in paths:
        with (preview.root / path).open("a", encoding="utf-8") as file:
            file.write("\n\n## One more thing\n\n`code` and *more*.\n")

    assert None not in [preview.glance(path) for path in paths]

    whole = drawn(preview.whole(Readings(cache=False)))
    assert drawn(preview.pressed) == whole
    assert sum("One more thing" in page for page in whole.values()) == len(paths)


def test_a_changed_field(preview: Preview) -> None:
    """A title, a badge and a fact are part of the page."""
    preview.save(ENTRY, "\ntitle: ", "\ntitle: Much ")

    page = preview.glance(ENTRY)

    assert page is not None
    assert page.title.startswith("Much ")
    whole = drawn(preview.whole(Readings(cache=False)))
    assert drawn(preview.pressed)[page.path] == whole[page.path]


def test_all_that_is_wrong_at_once(preview: Preview) -> None:
    """A field, a dead link and unfinished words: what a build says of the entry, and its lines."""
    preview.save(ENTRY, "\nphase: ", "\nphase: x")
    with (preview.root / ENTRY).open("a", encoding="utf-8") as file:
        file.write("\n\nTODO: see [it](release:nowhere).\n")

    found = preview.faults(ENTRY)

    book = Readings(cache=False).of(preview.site, TODAY, "").book
    said = [one for one in examine(book, Bodies()) if one.place.path == ENTRY]
    errors = [one for one in said if one.level == "error"]
    assert [one for one in found if one.level == "error"] == errors
    assert len(errors) > 1


def test_what_rendering_takes_away_is_told(preview: Preview) -> None:
    """A script would not be shown: its author hears of it at once."""
    with (preview.root / ENTRY).open("a", encoding="utf-8") as file:
        file.write("\n\nNo <script>alert(1)</script> here.\n")

    (found,) = preview.faults(ENTRY)

    assert "<script>" in str(found)
    assert preview.source(ENTRY)[found.place.line - 1].startswith("No <script>")


def test_a_mended_entry_is_shown_again(preview: Preview) -> None:
    """What was wrong is forgotten with the text it stood in."""
    preview.save(ENTRY, "\nphase: ", "\nphase: x")
    assert preview.faults(ENTRY)
    preview.save(ENTRY, "\nphase: x", "\nphase: ")

    assert preview.glance(ENTRY) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nid: faster-invoice-pdfs", "\nid: other-invoice-pdfs"),
        ("\naudience: public", "\naudience: internal"),
        ("published: 2026-", "published: 2025-"),
    ],
)
def test_more_than_its_page_changes(preview: Preview, old: str, new: str) -> None:
    """Another id, other readers, another date: the whole site has to be composed for that."""
    preview.save(ENTRY, old, new)

    assert preview.glance(ENTRY) is None


@pytest.mark.parametrize(
    "path",
    [
        "content/releases/2026/new-entry.md",
        "content/releases/2026/faster-invoice-pdfs.de.md",
        "content/registry.yml",
        "content/releases/2026",
        "elsewhere.md",
    ],
)
def test_files_that_are_no_entry_of_the_site(preview: Preview, path: str) -> None:
    """They are left to a whole build."""
    if not (preview.root / path).exists():
        (preview.root / path).write_text("---\ntitle: New\n---\nNew.\n", "utf-8")

    assert preview.glance(path) is None


def test_an_entry_that_is_gone(preview: Preview) -> None:
    """A build takes its page away."""
    (preview.root / ENTRY).unlink()

    assert preview.glance(ENTRY) is None


@pytest.mark.parametrize("site", ["public", "internal"])
def test_internal_text_beside_an_entry(root: Path, site: str) -> None:
    """Colleagues see it at once, customers never."""
    preview = Preview(root, site)
    beside = preview.root / ENTRY.replace(".md", ".internal.md")
    beside.write_text("Ask @support-leads about Zanzibar.\n", "utf-8")

    page = preview.glance(ENTRY)

    assert page is not None
    assert ("Zanzibar" in page.draw()) == (site == "internal")


def test_an_entry_and_the_registry_saved_together(preview: Preview) -> None:
    """What the registry says concerns every entry: a new product is no fault of this one."""
    registry = "content/registry.yml"
    preview.save(registry, "\nproducts:\n", "\nproducts:\n  zebra: {name: Zebra}\n")
    preview.save(ENTRY, "products: [", "products: [zebra, ")

    assert preview.glance(ENTRY) is None


def test_a_picture_that_comes_with_the_words(preview: Preview) -> None:
    """It is a file of the site as well, and has to be composed for that."""
    path = next(one for one in preview.paths() if one.endswith("/index.md"))
    other = next((preview.root / "content/releases").rglob("*.png"))
    shutil.copy(other, (preview.root / path).with_name("zebra.png"))
    with (preview.root / path).open("a", encoding="utf-8") as file:
        file.write("\n\n![A zebra](zebra.png)\n")

    assert preview.glance(path) is None


def test_a_language_that_is_said_needlessly(root: Path) -> None:
    """On a site without translations, `lang: en` of an English entry stays as it was said."""
    for file in (root / "content/releases").rglob("*.??.md"):
        file.unlink()
    preview = Preview(root, "public")
    preview.save(ENTRY, "\ntitle: ", "\nlang: en\ntitle: ")

    page = preview.glance(ENTRY)

    assert page is not None
    whole = drawn(preview.whole(Readings(cache=False)))
    assert drawn(preview.pressed)[page.path] == whole[page.path]


def test_a_translation_that_grows_old(preview: Preview) -> None:
    """Readers of that language are told at once that the original says something else now."""
    preview.site = replace(preview.site, language="de")
    preview.pressed = preview.whole(Readings(cache=False))
    preview.save(ENTRY, "\ntitle: ", "\ntitle: Much ")

    page = preview.glance(ENTRY)

    assert page is not None
    whole = drawn(preview.whole(Readings(cache=False)))
    assert drawn(preview.pressed)[page.path] == whole[page.path]


@pytest.mark.parametrize("site", ["public", "internal"])
def test_internal_text_that_cannot_be_read(root: Path, site: str) -> None:
    """It stops a build, so nothing is shown ahead as if all were well."""
    preview = Preview(root, site)
    beside = preview.root / ENTRY.replace(".md", ".internal.md")
    beside.write_bytes(b"\xff\xfe\x00")

    assert preview.glance(ENTRY) is None
