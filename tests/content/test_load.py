"""Everything below the content folder is a release or a finding; nothing is lost."""

from __future__ import annotations

import os
import sys
from errno import EIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gatepost.model.phase import KEYS

if TYPE_CHECKING:
    from conftest import Content

SMALLEST = """\
---
id: faster-export
title: Exports finish in half the time
type: performance
products: [reports]
phase: rolling-out
audience: public
---
Exports of more than 10,000 rows now finish in about half the time. Nothing to do.
"""


def test_the_smallest_entry_is_a_release(content: Content) -> None:
    """Six fields and one sentence."""
    content.write("content/releases/faster-export.md", SMALLEST)

    release = content.release()

    assert release.id == "faster-export"
    assert release.audience == ("public",)
    assert release.body.public.startswith("Exports of more than")
    assert str(release.at("phase")) == "content/releases/faster-export.md:6:8"


def test_unmarked_is_internal(content: Content) -> None:
    """Nobody publishes by forgetting a line."""
    content.entry()

    assert content.release().audience == ("internal",)


def test_releases_stand_in_the_order_of_their_paths(content: Content) -> None:
    """Folders by year are fine, and an entry may have a folder of its own."""
    for name in ("b.md", "a/index.md", ".hidden.md"):
        content.entry(name=name)
    content.entry("id: entry-c\n", name="2026/c.md")
    content.entry("id: entry-d\n", name=".git/d.md")

    book = content.load()

    assert book.findings == ()
    assert [(one.id, one.source.folder) for one in book.releases] == [
        ("entry-c", ""),
        ("entry-a", "content/releases/a"),
        ("entry-b", ""),
    ]


def test_two_entries_of_one_id_are_both_kept(content: Content) -> None:
    """A rule compares them; reading loses neither."""
    content.entry("id: same-id\n", name="a.md")
    content.entry("id: same-id\n", name="b.md")

    assert [one.id for one in content.load().releases] == ["same-id", "same-id"]


def test_an_entry_that_cannot_be_read_appears_nowhere(content: Content) -> None:
    """The good entry is there, the other is a finding."""
    content.entry(name="good.md")
    content.write("content/releases/bad.md", "---\ntitle: Fix: x\n---\nSecret\n")

    book = content.load()

    assert [one.id for one in book.releases] == ["entry-good"]
    assert [one.code for one in book.findings] == ["GP006"]


def test_all_faults_of_all_files_are_told_at_once_and_sorted(content: Content) -> None:
    """Nobody mends a folder one finding at a time."""
    content.entry("phase: dome\nkind: quite\ntitel: x\n", name="b.md")
    content.write("content/releases/a.md", "Text\n")
    content.write("content/ledger.json", "[]")

    assert [str(one)[:32] for one in content.load().findings] == [
        "content/ledger.json:1:1: GP015 t",
        "content/releases/a.md:1:1: GP004",
        "content/releases/b.md:5:8: GP103",
        "content/releases/b.md:6:7: GP103",
        "content/releases/b.md:7:1: GP102",
    ]


STRAY = {
    "README.md": "GP014 `README.md` is no entry",
    "a.MD": "GP014 `a.MD` is not read: an entry ends in `.md`",
    "a.markdown": "GP014 `a.markdown` is not read: an entry ends in `.md`",
    "a.md.txt": "GP014 `a.md.txt` is not read: an entry ends in `.md`",
    "a.internal.md": "GP014 there is no `a.md` that this internal text belongs to",
    "a/index.internal.md": "GP014 there is no `index.md` that this internal text",
}


@pytest.mark.parametrize(("name", "said"), STRAY.items(), ids=STRAY.keys())
def test_a_file_that_is_no_entry_is_told(
    content: Content, name: str, said: str
) -> None:
    """It would be lost without a word."""
    content.write(f"content/releases/{name}", "# About this folder\n")

    (finding,) = content.said()

    assert finding.startswith(f"{name}:1:1: {said}")


def test_a_second_page_in_the_folder_of_an_entry_is_told(content: Content) -> None:
    """One folder, one entry."""
    content.entry(name="a/index.md")
    content.write("content/releases/a/notes.md", "# Notes\n")

    assert content.said()[0].startswith("a/notes.md:1:1: GP014 `notes.md` lies in")


def test_an_index_of_all_releases_is_an_entry_among_others(content: Content) -> None:
    """It does not turn the whole folder into its own."""
    content.entry(name="index.md")
    content.entry(name="two.md")

    assert [(one.id, one.source.folder) for one in content.load().releases] == [
        ("entry-index", ""),
        ("entry-two", ""),
    ]


def test_links_in_the_file_system_are_not_followed(
    content: Content, tmp_path: Path
) -> None:
    """Through a link an entry would come from anywhere."""
    content.entry(name="good.md")
    elsewhere = content.write("elsewhere/secret.md", SMALLEST)
    releases = tmp_path / "content/releases"
    (releases / "link.md").symlink_to(elsewhere)
    (releases / "folder").symlink_to(elsewhere.parent)
    (releases / "circle").symlink_to("circle")
    (releases / "nowhere.md").symlink_to("gone.md")

    assert [one.id for one in content.load().releases] == ["entry-good"]
    assert content.said() == [
        "folder:1:1: GP001 the folder is a link to another place",
        "link.md:1:1: GP001 the file is a link to another file",
        "nowhere.md:1:1: GP001 the file is a link to another file",
    ]


def test_the_folder_of_releases_is_no_link(content: Content, tmp_path: Path) -> None:
    """Nor does the whole of it come from elsewhere."""
    content.write("elsewhere/secret.md", SMALLEST)
    (tmp_path / "content/releases").symlink_to(tmp_path / "elsewhere")

    assert content.load().releases == ()
    assert content.said()[0].startswith("content/releases:1:1: GP001 the folder is")


def test_a_file_in_the_place_of_the_folder_is_told(content: Content) -> None:
    """An empty site would be published in silence."""
    content.write("content/releases", "Text\n")

    assert content.said() == ["content/releases:1:1: GP001 this is no folder"]


def test_a_folder_that_cannot_be_opened_is_told(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entries would be missing in silence."""
    content.entry(name="2026/one.md")
    scan = os.scandir

    def fail(path: Path) -> object:
        if Path(path).name == "2026":
            raise OSError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("gatepost.content.load.os.scandir", fail)

    assert content.said() == [
        "2026:1:1: GP001 the folder cannot be opened: Permission denied"
    ]


def test_only_files_are_read(content: Content, tmp_path: Path) -> None:
    """A folder or a pipe in the place of an entry is told, and nothing waits for it."""
    (tmp_path / "content/releases/a.md").mkdir(parents=True)
    os.mkfifo(tmp_path / "content/releases/b.md")

    assert [one.partition(",")[0] for one in content.said()] == [
        "a.md:1:1: GP001 this is a folder or a device",
        "b.md:1:1: GP001 this is a folder or a device",
    ]


@pytest.mark.parametrize("said", ["Input/output error", "Permission denied"])
def test_a_file_that_cannot_be_read_is_told(
    content: Content, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """An error of the disk is a finding of that file, with a way out, not the end of the build.

    The disk is made to fail: whoever runs the tests as root may read everything.
    """
    file = content.entry()
    read = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path != file:
            return read(path)
        raise OSError(EIO, said)

    monkeypatch.setattr(Path, "read_bytes", fail)

    assert content.said() == [f"one.md:1:1: GP001 the file cannot be opened: {said}"]
    assert content.fixes() == ["allow your account to read it"]


def test_a_huge_file_is_not_even_read(content: Content) -> None:
    """Nobody types five megabytes."""
    with content.write("content/releases/a.md", "").open("wb") as file:
        file.truncate(5 * 1024 * 1024 * 1024)

    assert content.said() == ["a.md:1:1: GP001 the file is 5120.0 MB large"]
    assert content.fixes() == ["keep it below 4 MB: split it into several entries"]


NAMES = [b"a\nb.md", "a\u202eb.md".encode()]
if sys.platform == "linux":
    NAMES.append(b"\xff.md")  # where names are text to the disk, such a file cannot be


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_shown_is_told(
    content: Content, tmp_path: Path, name: bytes
) -> None:
    """It would break every list it stands in."""
    content.entry(name="good.md")
    folder = os.fsencode(tmp_path / "content/releases")
    Path(os.fsdecode(folder + b"/" + name)).write_text(SMALLEST, "utf-8")

    (said,) = content.said()

    assert "GP001 the name holds characters that nobody can type" in said
    assert said.encode("ascii", "replace").decode().isprintable()


def test_an_internal_file_beside_an_entry_is_for_colleagues(content: Content) -> None:
    """Its text is in the whole body only, and never an entry of its own."""
    content.entry(name="a/index.md")
    content.write("content/releases/a/index.internal.md", b"Secret\r\n")

    body = content.release().body

    assert "Secret" not in body.public
    assert "    Secret" in body.whole
    assert [cut.text for cut in body.cuts] == ["Secret\n"]


def test_an_internal_file_that_cannot_be_read_is_told(content: Content) -> None:
    """With its own path."""
    content.entry()
    content.write("content/releases/one.internal.md", "caf\u00e9".encode("latin-1"))

    assert content.said()[0].startswith("one.internal.md:1:4: GP002 this character")


def test_an_open_internal_block_keeps_the_entry_out(content: Content) -> None:
    """The build stops, and nothing of the entry is anywhere."""
    content.entry("audience: public\n", "Text\n/// internal\nSecret\n")

    assert content.load().releases == ()
    assert content.said()[0].startswith("one.md:9:1: GP012 this internal block is not")


def test_a_missing_registry_says_what_to_write(
    content: Content, tmp_path: Path
) -> None:
    """Somebody must say what products there are."""
    (tmp_path / "content/registry.yml").unlink()

    assert content.said() == ["content/registry.yml:1:1: GP016 there is no registry"]
    assert content.fixes() == [
        "write content/registry.yml with `products: {reports: {name: Reports}}`"
    ]


def test_a_registry_by_another_name_is_recognised(
    content: Content, tmp_path: Path
) -> None:
    """One letter is missing."""
    registry = tmp_path / "content/registry.yml"
    registry.rename(registry.with_suffix(".yaml"))

    assert content.said() == [
        "content/registry.yml:1:1: GP016 there is `registry.yaml` instead"
    ]
    assert content.fixes() == ["rename it to content/registry.yml"]


def test_every_fault_of_a_registry_has_its_line(content: Content) -> None:
    """What is right in it still counts, so that entries are not blamed for it."""
    content.write(
        "content/registry.yml",
        "zone: Mars/Olympus\nproducts: {reports: {nmae: Reports}}\npolicy:\n"
        "  review_days: none\nphases: {bulding: {}}\nx-own: 1\nteams: {'@a': {name: A}}\n",
    )

    assert [one.removeprefix("content/registry.yml:") for one in content.said()] == [
        "1:7: GP105 zone: `Mars/Olympus` is no time zone",
        "2:22: GP102 `products.reports.nmae` is no field, so nobody outside will see it",
        "4:16: GP105 policy.review_days: `none` is not a whole number",
        "5:10: GP103 `bulding` is not one of the words for `phases`",
        "6:1: GP102 `x-own` is no field, so nobody outside will see it",
    ]
    assert content.fixes() == [
        "write one such as Europe/Berlin or UTC",
        "did you mean `name`?",
        "write digits only",
        f"did you mean `building`? There are {', '.join(KEYS)}",
        "delete it; `x-own` may stand in an entry, among its first fields",
    ]
    assert {one.level for one in content.load().findings} == {"error"}
    assert list(content.load().registry.teams) == ["@a"]


def test_a_registry_cannot_say_where_it_was_written(content: Content) -> None:
    """That is a fact of ours: a file that claims it would misplace every finding."""
    content.write("content/registry.yml", "zone: UTC\nplaces: {zone: elsewhere}\n")

    assert [one.partition(",")[0] for one in content.said()] == [
        "content/registry.yml:2:1: GP102 `places` is no field"
    ]
    assert str(content.load().registry.at("zone")) == "content/registry.yml:1:7"


@pytest.mark.parametrize(
    ("registry", "said"),
    [
        ("", "1:1: GP011 the file is empty"),
        ("- reports\n", "1:1: GP011 the file is a list, not fields"),
        ("zone: UTC\nzone: UTC\n", "2:1: GP008 `zone` is written a second time"),
        ("products: [a\n", "1:11: GP006 `products: [a` cannot be read"),
        (
            "products: {Re Ports: {}}\n",
            "1:12: GP105 products: `Re Ports` may hold only",
        ),
        (
            "products: {reports: }\n",
            "1:12: GP106 `products.reports` is empty, but must",
        ),
    ],
)
def test_a_registry_is_read_by_the_same_laws(
    content: Content, registry: str, said: str
) -> None:
    """And an entry beside it is still read."""
    content.write("content/registry.yml", registry)
    content.entry()

    assert [one[: len(said) + 21] for one in content.said()] == [
        f"content/registry.yml:{said}"
    ]
    assert len(content.load().releases) == 1


def test_a_large_registry_is_no_hostile_one(content: Content) -> None:
    """An organisation may have thousands of components."""
    rows = "".join(
        f"  part-{number}: {{name: Part, product: reports, owner: '@a'}}\n"
        for number in range(2_000)
    )
    content.write(
        "content/registry.yml", f"products: {{reports: {{}}}}\ncomponents:\n{rows}"
    )

    assert len(content.load().registry.components) == 2_000
    assert content.said() == []


def test_dates_are_read_in_the_zone_of_the_registry(content: Content) -> None:
    """A day begins when the site says, not at midnight in London."""
    content.write("content/registry.yml", "zone: Asia/Tokyo\nhour: '10:30'\n")
    content.entry("dates: {published: 2026-11-20}\n")

    published = content.release().dates.published

    assert published is not None
    assert published.at.isoformat() == "2026-11-20T10:30:00+09:00"


def test_an_organisation_may_have_its_own_words_for_phases(content: Content) -> None:
    """Spelt in any case; our words keep their meaning whatever a registry says."""
    content.write(
        "content/registry.yml",
        "phases: {building: {aliases: [Development, done]}, done: {aliases: [Live]}}\n",
    )
    for name, phase in (("a.md", "development"), ("b.md", "LIVE"), ("c.md", "done")):
        content.entry(f"products: []\nphase: {phase}\n", name=name)

    assert [one.phase for one in content.load().releases] == [
        "building",
        "done",
        "done",
    ]


def test_own_fields_are_kept_and_internal(content: Content) -> None:
    """They are nobody's business but the organisation's."""
    content.entry("x-cost-centre: 4711\nx-board: {quarter: 2026-Q4}\n")

    assert content.release().source.extra == {
        "x-cost-centre": "4711",
        "x-board": {"quarter": "2026-Q4"},
    }


def test_unknown_fields_of_any_depth_are_told_and_internal(content: Content) -> None:
    """The entry still loads: a colleague's typing slip is no reason to stop everybody."""
    content.entry("sumary: Half the time\nflags: [{key: export, ownr: '@a'}]\n")

    book = content.load()

    assert content.said() == [
        "one.md:6:1: GP102 `sumary` is no field, so nobody outside will see it",
        "one.md:7:23: GP102 `flags, item 1, ownr` is no field, so nobody outside will see it",
    ]
    assert content.fixes() == ["did you mean `summary`?", "did you mean `owner`?"]
    assert {one.level for one in book.findings} == {"advice"}
    assert book.releases[0].source.extra == {
        "sumary": "Half the time",
        "flags.0.ownr": "@a",
    }
    assert book.releases[0].flags[0].key == "export"


@pytest.mark.parametrize(
    "line",
    [
        "audiance: internal",
        "Audience: internal",
        "embargo_untill: 2027-01-01",
        "embargo: 2027-01-01",
        "visibility: internal",
        "draft: true",
        "published: false",
        "private: true",
        "Hidden: true",
    ],
)
def test_a_field_that_was_meant_to_hide_stops_the_build(
    content: Content, line: str
) -> None:
    """A misspelt field nobody reads must not publish what it was to hold back."""
    content.write(
        "content/registry.yml",
        "products: {reports: {defaults: {audience: public}}}\n",
    )
    content.entry(f"{line}\n", "Secret\n")

    book = content.load()

    assert book.releases == ()
    assert [(one.code, one.level, one.place.line) for one in book.findings] == [
        ("GP102", "error", 6)
    ]
    assert "hides nothing" in book.findings[0].sentence


@pytest.mark.parametrize(
    "key", ["function-before", "str", "tuple", "[key]", "a.b", "0"]
)
def test_a_free_name_may_be_any_word(content: Content, key: str) -> None:
    """Names that the libraries beneath use themselves are names like others."""
    content.entry(f"checklist: {{'{key}': {{typo: x, state: done}}}}\n")

    book = content.load()

    assert [one.level for one in book.findings] == ["advice"]
    assert book.releases[0].checklist[key].state == "done"


def test_a_link_to_no_ledger_is_no_missing_ledger(
    content: Content, tmp_path: Path
) -> None:
    """Promises to subscribers would be forgotten without a word."""
    (tmp_path / "content/ledger.json").symlink_to("gone.json")

    assert content.said()[0].startswith("content/ledger.json:1:1: GP001 the file is a")
