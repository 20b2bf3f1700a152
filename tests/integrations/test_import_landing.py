"""A second import changes nothing, edits are left alone, and all is written or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gatepost.integrations.disk import write_all
from gatepost.integrations.run import Report, Wish, import_source

POST = "---\ntitle: Faster exports\nproducts: [reports]\ndate: 2025-01-06\n---\nTwice as fast.\n"


class Place:
    """A source folder and a project's content folder."""

    def __init__(self, root: Path) -> None:
        self.source = root / "posts"
        self.content = root / "project" / "content"
        self.releases = self.content / "releases"

    def post(self, name: str = "2025-01-06-faster.md", text: str = POST) -> Path:
        """Write a post into the source."""
        file = self.source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def run(self, format_name: str = "front-matter", product: str = "") -> Report:
        """Import the source."""
        wish = Wish(self.source, self.releases, product=product)
        return import_source(format_name, wish)

    def files(self) -> dict[str, bytes]:
        """Everything in the content folder."""
        return {
            one.relative_to(self.content).as_posix(): one.read_bytes()
            for one in sorted(self.content.rglob("*"))
            if one.is_file()
        }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A source and a project, both still empty."""
    return Place(tmp_path)


def counts(report: Report) -> tuple[int, int, int, int]:
    """New, updated, unchanged, kept."""
    done = report.landing
    return (len(done.new), len(done.updated), done.unchanged, len(done.kept))


def test_an_entry_and_its_product_are_written(place: Place) -> None:
    """Internal unless somebody says otherwise, whatever the product's defaults are."""
    place.post()
    report = place.run()

    assert counts(report) == (1, 0, 0, 0)
    assert place.files()["registry.yml"] == b"products:\n  reports: {}\n"
    text = place.files()["releases/reports/faster.md"].decode()
    assert text.startswith(
        "---\nid: faster\ntitle: Faster exports\ntype: performance\nproducts: [reports]\n"
        "phase: done\naudience: internal\ndates:\n  published: 2025-01-06\nimported:\n"
        "  format: front-matter\n  source: posts/2025-01-06-faster.md\n  key: faster\n  line: 1\n"
    )
    assert text.endswith("---\nTwice as fast.\n")


def test_a_second_import_changes_nothing(place: Place) -> None:
    """Not one byte."""
    place.post()
    place.run()
    before = place.files()

    assert counts(place.run()) == (0, 0, 1, 0)
    assert place.files() == before


def test_an_edited_entry_is_left_alone(place: Place) -> None:
    """Even if the source changed too."""
    place.post()
    (file,) = place.run().landing.new
    file.write_text(file.read_text().replace("Twice", "Three times"))
    place.post(text=POST.replace("Twice", "Ten times"))

    assert counts(place.run()) == (0, 0, 0, 1)
    assert "Three times as fast" in file.read_text()


def test_an_untouched_entry_follows_its_source(place: Place) -> None:
    """Its id stays."""
    place.post()
    (file,) = place.run().landing.new
    place.post(
        text=POST.replace("Twice", "Ten times").replace(
            "Faster exports", "Quick exports"
        )
    )

    assert counts(place.run()) == (0, 1, 0, 0)
    assert "Ten times as fast" in file.read_text()
    assert "id: faster\n" in file.read_text()


def test_an_entry_that_was_moved_is_found(place: Place) -> None:
    """Folders by year are fine."""
    place.post()
    (file,) = place.run().landing.new
    moved = place.releases / "2025" / file.name
    moved.parent.mkdir()
    file.rename(moved)

    assert counts(place.run()) == (0, 0, 1, 0)
    assert not file.exists()


def test_a_release_that_slips_stays_the_same_entry(place: Place) -> None:
    """The file is renamed and the date changes; the id and the address do not."""
    old = place.post()
    place.run()
    old.unlink()
    place.post("2025-03-01-faster.md", POST.replace("2025-01-06", "2025-03-01"))

    assert counts(place.run()) == (0, 1, 0, 0)
    text = place.files()["releases/reports/faster.md"].decode()
    assert "id: faster\n" in text
    assert "published: 2025-03-01\n" in text


def test_what_left_the_source_is_named_and_left_alone(place: Place) -> None:
    """Somebody may link to it."""
    old = place.post()
    place.post("2025-01-07-other.md")
    place.run()
    old.unlink()
    report = place.run()

    assert [file.name for file in report.landing.gone] == ["faster.md"]
    assert "releases/reports/faster.md" in place.files()


def test_lines_that_only_moved_down_change_nothing(place: Place) -> None:
    """A new release at the top of a changelog moves all the others."""
    text = "## 1.0.0 - 2020-01-01\n\n- a\n"
    place.post("CHANGELOG.md", text)
    place.run("keep-a-changelog")
    before = place.files()
    place.post("CHANGELOG.md", "## 1.1.0 - 2020-02-01\n\n- b\n\n" + text)

    assert counts(place.run("keep-a-changelog")) == (1, 0, 1, 0)
    assert {name: place.files()[name] for name in before} == before


def test_ids_of_hand_written_entries_and_of_the_ledger_are_left_to_them(
    place: Place,
) -> None:
    """An import never takes an address away."""
    place.releases.mkdir(parents=True)
    (place.releases / "mine.md").write_text("---\nid: faster\n---\n")
    (place.content / "ledger.json").write_text(
        '{"reports-faster": {"feed_id": "tag:harbour.example,2025:reports-faster"}}'
    )
    place.post()
    (file,) = place.run().landing.new

    assert file.name == "reports-faster-2025-01-06.md"


def test_pictures_lie_beside_the_entry(place: Place) -> None:
    """Replaced pictures are an edit; new ones in the source are an update."""
    place.post(text=POST + "\n![A chart](img/chart.png)\n")
    (place.source / "img").mkdir()
    (place.source / "img/chart.png").write_bytes(b"one")
    (file,) = place.run().landing.new

    assert file.name == "index.md"
    assert (file.parent / "chart.png").read_bytes() == b"one"
    assert counts(place.run()) == (0, 0, 1, 0)
    (place.source / "img/chart.png").write_bytes(b"two")
    assert counts(place.run()) == (0, 1, 0, 0)
    assert (file.parent / "chart.png").read_bytes() == b"two"
    (file.parent / "chart.png").write_bytes(b"mine")
    assert counts(place.run()) == (0, 0, 0, 1)


def test_an_entry_that_gets_a_picture_becomes_a_folder(place: Place) -> None:
    """The old file goes."""
    place.post()
    (file,) = place.run().landing.new
    place.post(text=POST + "\n![A chart](chart.png)\n")
    (place.source / "chart.png").write_bytes(b"one")

    assert counts(place.run()) == (0, 1, 0, 0)
    assert not file.exists()
    assert (file.with_suffix("") / "index.md").exists()


def test_a_registry_that_cannot_be_read_stops_the_import(place: Place) -> None:
    """Before anything is written."""
    place.post()
    place.content.mkdir(parents=True)
    (place.content / "registry.yml").write_text("products: [\n")

    with pytest.raises(Exception, match="registry cannot be read"):
        place.run()
    assert list(place.files()) == ["registry.yml"]


def test_all_or_nothing(tmp_path: Path) -> None:
    """If one file cannot be written, the others are put back as they were."""
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "gone.md").write_text("stays")
    (tmp_path / "taken").write_text("a file where a folder is needed")
    files = {
        tmp_path / "a.md": b"new",
        tmp_path / "new/b.md": b"b",
        tmp_path / "taken/c.md": b"c",
    }

    with pytest.raises(OSError, match="taken"):
        write_all(files, [tmp_path / "gone.md"], tmp_path)

    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "a.md",
        "gone.md",
        "taken",
    ]
    assert (tmp_path / "a.md").read_text() == "old"


def test_symbolic_links_are_not_followed(place: Place, tmp_path: Path) -> None:
    """Neither to files nor to folders, nor for pictures."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "2025-01-01-plan.md").write_text(POST)
    (secret / "plan.png").write_bytes(b"plan")
    place.post(text=POST + "\n![Plan](plan.png) ![Up](../secret/plan.png)\n")
    (place.source / "linked").symlink_to(secret)
    (place.source / "2025-01-01-plan.md").symlink_to(secret / "2025-01-01-plan.md")
    (place.source / "plan.png").symlink_to(secret / "plan.png")
    report = place.run()

    assert len(report.entries) == 1
    assert report.entries[0].pictures == ()
    refused = [
        one.path for one in report.leftovers if "link in the file system" in one.why
    ]
    assert sorted(refused) == ["2025-01-01-plan.md", "linked", "plan.png"]
    outside = [
        one.why for one in report.leftovers if "lies outside the folder" in one.why
    ]
    assert len(outside) == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"---\ntitle: \xff\n---\n", "its letters cannot be read: save it as UTF-8"),
        (b"\x00\x01\x02", "it is no text"),
        (b"a" * 5_000_001, "it has 5.0 MB; an import reads files up to 5 MB"),
    ],
    ids=["Latin-1", "binary", "too large"],
)
def test_what_cannot_be_read_is_listed(place: Place, data: bytes, why: str) -> None:
    """And stops nothing else."""
    place.post()
    (place.source / "2025-01-01-bad.md").write_bytes(data)
    report = place.run()

    assert len(report.entries) == 1
    assert [str(one) for one in report.leftovers] == [f"2025-01-01-bad.md:1: {why}"]


def test_files_of_other_kinds_are_counted(place: Place) -> None:
    """So that nobody wonders where they are."""
    place.post()
    (place.source / "data").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (place.source / "data" / name).write_text("x")
    report = place.run()

    assert [str(one) for one in report.leftovers] == [
        "data:1: 2 files ending in .yaml cannot be imported this way"
    ]


def test_a_pipe_is_not_waited_for(place: Place) -> None:
    """Only ordinary files are read."""
    place.post()
    os.mkfifo(place.source / "2025-01-01-pipe.md")
    (place.source / "folder.png").mkdir()

    assert [str(one) for one in place.run().leftovers] == [
        "2025-01-01-pipe.md:1: it is no ordinary file"
    ]


def test_folders_of_programs_are_left_out(place: Place) -> None:
    """They hold thousands of files by others."""
    place.post()
    place.post("node_modules/pkg/2025-01-01-readme.md")
    place.post(".git/2025-01-01-hook.md")

    assert len(place.run().entries) == 1


def test_folders_beyond_reason_are_listed(place: Place) -> None:
    """A loop of folders never ends."""
    place.post("a/" * 45 + "2025-01-01-deep.md")

    assert [one.why for one in place.run().leftovers] == ["the folder lies too deep"]


def test_pictures_too_heavy_for_a_phone_are_listed(place: Place) -> None:
    """The policy's limit is two megabytes; a folder is no picture."""
    place.post(text=POST + "\n![A](a.png) ![B](b.png) ![C](~/c.png)\n")
    (place.source / "a.png").write_bytes(b"x" * 2_100_000)
    (place.source / "b.png").mkdir()

    assert [one.why.partition(": ")[2] for one in place.run().leftovers] == [
        "it has 2.1 MB; save it smaller, then add it by hand",
        "it is no file",
        "the file is not there; `--assets` names the folder that `~/` and `/` stand for",
    ]


def test_what_stands_there_and_cannot_be_read_is_in_nobodys_way(place: Place) -> None:
    """`check` reports it; an import does not stumble over it."""
    place.post()
    place.releases.mkdir(parents=True)
    (place.releases / "latin.md").write_bytes(b"---\nid: \xff\n---\n")
    (place.releases / "linked.md").symlink_to("latin.md")

    assert counts(place.run()) == (1, 0, 0, 0)


def test_versions_no_scheme_knows_are_ordered_naturally(place: Place) -> None:
    """So that `check` has nothing to say about them."""
    place.post(
        "CHANGELOG.md", "## r1 - 2020-01-01\n\n- a\n\n## 3.x - 2020-01-01\n\n- b\n"
    )
    place.run("keep-a-changelog")

    assert b"versions: natural" in place.files()["registry.yml"]


LOG = "## 1.1.0 - 2026-10-01\n\n- More.\n\n## 1.0.0 - 2026-09-01\n\n- First.\n"


def test_a_product_that_nothing_names_any_more_is_told(place: Place) -> None:
    """The same source under another product: the old row stays, a person may have edited it."""
    place.post("CHANGELOG.md", LOG)
    place.run("keep-a-changelog", "harbour")
    registry = place.content / "registry.yml"
    registry.write_text(registry.read_text("utf-8") + "  unused: {}\n", "utf-8")
    report = place.run("keep-a-changelog", "dock")

    assert counts(report) == (0, 2, 0, 0)
    assert (report.products, report.unnamed) == (("dock",), ("harbour",))
    assert "harbour: {}" in registry.read_text("utf-8")
    assert place.run("keep-a-changelog", "dock").unnamed == ()


@pytest.mark.parametrize("edited", [True, False])
def test_a_product_that_an_entry_still_names_is_not_told(
    place: Place, *, edited: bool
) -> None:
    """An entry that was edited and left alone, or one that was written by hand."""
    place.post("CHANGELOG.md", LOG)
    place.run("keep-a-changelog", "harbour")
    if edited:
        entry = place.releases / "harbour/harbour-1-0-0.md"
        entry.write_text(entry.read_text("utf-8") + "By hand.\n", "utf-8")
    else:
        own = "---\nid: own\nproducts: [harbour]\n---\nBy hand.\n"
        (place.releases / "own.md").write_text(own, "utf-8")

    assert place.run("keep-a-changelog", "dock").unnamed == ()
