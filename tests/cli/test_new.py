"""`gatepost new` writes an entry that passes `check`, and never over another."""

from __future__ import annotations

import re

import pytest
from called_project import CalledProject

from gatepost.model.release import Kind

KINDS: list[Kind] = ["quiet", "standard", "launch", "hotfix"]


def test_a_new_entry(project: CalledProject) -> None:
    """Six fields, explained in a word where there is a choice, and a sentence to replace."""
    done = project.call(
        "new", "Exports finish in half the time", "--product", "reports"
    )
    path = "content/releases/2026/exports-finish-in-half-the-time.md"
    assert (done.code, done.out.splitlines()) == (
        0,
        [path, f"Write your text there, then type: gatepost check {path}"],
    )
    assert project.source(path) == (
        "---\n"
        "id: exports-finish-in-half-the-time\n"
        "title: Exports finish in half the time\n"
        "type: added  # or changed, deprecated, removed, fixed, security, performance, "
        "known-issue, notice\n"
        "kind: quiet\n"
        "products: [reports]\n"
        "phase: idea  # next: planning\n"
        "audience: internal  # public, once customers may read it\n"
        "---\n"
        "What customers get, for whom, and what they have to do.\n"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_it_passes_check(project: CalledProject, kind: Kind) -> None:
    """Whatever its kind: nothing to report, not even advice."""
    project.call("new", "A gentler reminder", "--product", "billing", "--kind", kind)
    assert project.call("check", "--strict").out == "Nothing to report in 1 entry.\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rückerstattungen für alle", "ruckerstattungen-fur-alle"),
        ("Größere Änderungen für Übersicht", "grossere-anderungen-fur-ubersicht"),
        ("Smørrebrød på Ærø", "smorrebrod-pa-aero"),
        ("Łódź i Đorđe", "lodz-i-dorde"),
        ("Þórr", "thorr"),
        (
            "Exports: twice as fast – for “teams” #1",
            "exports-twice-as-fast-for-teams-1",
        ),
        ("100% of exports, *.csv files & more", "100-of-exports-csv-files-more"),
        ("  Spaces   around\tand\nwithin ", "spaces-around-and-within"),
        ("Yes", "yes"),
        ("@mentions work: {really} [now]", "mentions-work-really-now"),
        ("title: with a colon", "title-with-a-colon"),
    ],
)
def test_titles_people_write(project: CalledProject, title: str, name: str) -> None:
    """They make an address that can be read aloud, and come back as they were written."""
    done = project.call("new", title, "--product", "reports")
    assert (done.code, done.err) == (0, "")
    assert (project.root / f"content/releases/2026/{name}.md").is_file()
    found = project.call("check", "--format", "json")
    assert found.code == 0


@pytest.mark.parametrize(
    "title", ["أسرع تصدير", "导出速度提高一倍", "🎉🎉🎉", "Привет"]
)
def test_titles_without_a_latin_letter(project: CalledProject, title: str) -> None:
    """The id is made of the product and the day; a second one on that day gets another."""
    first, second = (
        project.call("new", title, "--product", "reports") for _ in range(2)
    )
    assert first.out.splitlines()[0] == "content/releases/2026/reports-2026-11-21.md"
    name = second.out.splitlines()[0]
    assert re.fullmatch(r"content/releases/2026/reports-2026-11-21-\w+\.md", name)
    assert title in project.source(name)
    assert project.call("check").code == 0


def test_a_long_title_makes_an_id_of_whole_words(project: CalledProject) -> None:
    """An id has at most 61 characters."""
    title = (
        "Scheduled exports of invoices are delivered to your own storage every night"
    )
    done = project.call("new", title, "--product", "reports")
    (path,) = re.findall(r"2026/(.+)\.md$", done.out.splitlines()[0])
    assert path == "scheduled-exports-of-invoices-are-delivered-to-your-own"


def test_the_same_title_again(project: CalledProject) -> None:
    """The first file stays as it is; the message says what to do instead."""
    project.call("new", "Faster exports", "--product", "reports")
    path = "content/releases/2026/faster-exports.md"
    project.write(path, project.source(path) + "\nWritten by hand.\n")
    done = project.call("new", "Faster exports", "--product", "reports")
    assert (done.code, done.out) == (2, "")
    assert f"the id `faster-exports` is taken by {path}: edit that file, or" in done.err
    assert "--id faster-exports-2" in done.err
    assert "Written by hand." in project.source(path)


def test_an_id_of_one_s_own(project: CalledProject) -> None:
    """When the one made from the title will not do."""
    done = project.call(
        "new", "Faster exports", "--product", "reports", "--id", "exports-2026"
    )
    assert done.out.splitlines()[0] == "content/releases/2026/exports-2026.md"


@pytest.mark.parametrize(
    "name", ["A B", "../../evil", "/etc/passwd", "x", "ID", "a/b", "-abc"]
)
def test_an_id_that_may_not_be(project: CalledProject, name: str) -> None:
    """It becomes part of an address and of a path: nothing is written anywhere."""
    before = sorted(project.root.parent.rglob("*"))
    done = project.call("new", "Faster exports", "--product", "reports", f"--id={name}")
    assert (done.code, done.out) == (2, "")
    assert f"`{name}` cannot be an id" in done.err
    assert before == sorted(project.root.parent.rglob("*"))


def test_an_id_that_was_published_once(project: CalledProject) -> None:
    """Subscribers have it already, under its permanent feed id."""
    row = '{"faster-exports": {"feed_id": "tag:example.com,2025:faster-exports"}}\n'
    project.write("content/ledger.json", row)
    done = project.call("new", "Faster exports", "--product", "reports")
    assert done.code == 2
    assert "was published before and may not come back" in done.err


def test_a_file_that_is_in_the_way(project: CalledProject) -> None:
    """Another entry under that name is not overwritten."""
    project.entry("other", "")
    file = project.root / "content/releases/other.md"
    (project.root / "content/releases/2026").mkdir()
    moved = project.root / "content/releases/2026/faster-exports.md"
    file.rename(moved)
    before = moved.read_text("utf-8")
    done = project.call("new", "Faster exports", "--product", "reports")
    assert (done.code, moved.read_text("utf-8")) == (2, before)
    assert "faster-exports.md is there already" in done.err


def test_which_product(project: CalledProject) -> None:
    """With several products it asks for one, with what to type."""
    done = project.call("new", "Faster exports")
    assert done.code == 2
    assert (
        "say which product it is about: there are billing, reports. "
        'Type, for example: gatepost new "Faster exports" --product billing'
    ) in done.err


def test_a_title_a_shell_would_read_is_not_repeated(project: CalledProject) -> None:
    """What is printed can be pasted as it stands."""
    done = project.call("new", "Pay $5 less")
    assert 'gatepost new "..." --product billing' in done.err


def test_a_component_brings_its_product(project: CalledProject) -> None:
    """It is written under its own field, for it is no product."""
    done = project.call("new", "Faster exports", "--product", "exports")
    assert (done.code, done.err) == (0, "")
    text = project.source("content/releases/2026/faster-exports.md")
    assert "\nproducts: [reports]\ncomponents: [exports]\n" in text
    assert project.call("check", "--strict").code == 0


def test_a_component_beside_its_product(project: CalledProject) -> None:
    """The product is written once."""
    words = ("--product", "reports", "--product", "exports")
    project.call("new", "Faster exports", *words)
    text = project.source("content/releases/2026/faster-exports.md")
    assert "\nproducts: [reports]\ncomponents: [exports]\n" in text


@pytest.mark.parametrize("title", ["null", "True", "false", "2026", "1e5"])
def test_a_title_that_yaml_reads_otherwise(project: CalledProject, title: str) -> None:
    """Title and id stay what was typed."""
    done = project.call("new", title, "--product", "reports")
    text = project.source(f"content/releases/2026/{title.lower()}.md")
    assert (done.code, done.err) == (0, "")
    assert f'\nid: "{title.lower()}"\n' in text
    assert f'\ntitle: "{title}"\n' in text
    assert project.call("check").code == 0


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
def test_an_id_that_windows_keeps(project: CalledProject, name: str) -> None:
    """No colleague on Windows could have the file, and the message says so."""
    done = project.call("new", "Faster exports", "--product", "reports", f"--id={name}")
    assert (done.code, done.out) == (2, "")
    assert "Windows keeps that name for itself" in done.err
    assert f"write --id {name}-entry" in done.err


def test_a_title_that_windows_keeps(project: CalledProject) -> None:
    """The id made from it is another."""
    done = project.call("new", "Aux", "--product", "reports")
    assert done.out.startswith("content/releases/2026/aux-entry.md")


def test_the_only_product_need_not_be_said(project: CalledProject) -> None:
    """It asks nothing that it can know."""
    project.write("content/registry.yml", "products: {reports: {name: Reports}}\n")
    project.call("new", "Faster exports")
    assert "products: [reports]" in project.source(
        "content/releases/2026/faster-exports.md"
    )


def test_a_misspelt_product(project: CalledProject) -> None:
    """It says which one was probably meant, else which there are."""
    near = project.call("new", "Faster exports", "--product", "reprots")
    far = project.call("new", "Faster exports", "--product", "zzz")
    assert (
        "there is no product `reprots`: did you mean `--product reports`?" in near.err
    )
    assert "there is no product `zzz`: there are billing, exports, reports" in far.err


def test_a_broken_registry(project: CalledProject) -> None:
    """It is what has to be mended first."""
    project.write("content/registry.yml", "products: [\n")
    done = project.call("new", "Faster exports", "--product", "reports")
    assert (done.code, done.out) == (2, "")
    assert "content/registry.yml:" in done.err
    assert "Mend it first" in done.err


@pytest.mark.parametrize("title", ["", "   ", "\n"])
def test_an_empty_title(project: CalledProject, title: str) -> None:
    """A title says what customers get."""
    done = project.call("new", title, "--product", "reports")
    assert (done.code, done.out) == (2, "")
    assert "a title says what customers get" in done.err


@pytest.mark.parametrize(
    ("title", "why"),
    [("x" * 100, "80 fit"), ("**Bold** exports", "write the title as plain text")],
)
def test_a_title_that_would_not_pass(
    project: CalledProject, title: str, why: str
) -> None:
    """Nothing is left behind, and the message says how to mend the call."""
    done = project.call("new", title, "--product", "reports")
    assert (done.code, done.out) == (2, "")
    assert "nothing was written" in done.err
    assert why in done.err
    assert list((project.root / "content/releases").rglob("*.md")) == []


def test_other_entries_do_not_matter(project: CalledProject) -> None:
    """A colleague's broken entry does not stop mine."""
    project.write("content/releases/broken.md", "---\nid: [\n")
    assert project.call("new", "Faster exports", "--product", "reports").code == 0


def test_the_year_is_that_of_the_registry_s_zone(project: CalledProject) -> None:
    """On New Year's Eve, Auckland is a year ahead."""
    registry = project.source("content/registry.yml")
    project.write("content/registry.yml", f"zone: Pacific/Auckland\n{registry}")
    when = "2026-12-31T12:00:00Z"
    done = project.call(
        "new", "Faster exports", "--product", "reports", "--as-of", when
    )
    assert done.out.startswith("content/releases/2027/")


def test_a_registry_that_is_missing_from_another_folder(project: CalledProject) -> None:
    """A site may keep its content elsewhere: what is wrong with the registry there is told."""
    for name in ("site_config.yml", "site_config.internal.yml"):
        config = project.root / name
        config.write_text(config.read_text("utf-8") + "    content: notes\n", "utf-8")
    (project.root / "notes/releases").mkdir(parents=True)
    done = project.call("new", "Exports finish sooner", "--root", str(project.root))

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "gatepost: notes/registry.yml:1:1: GP016 there is no registry. Mend it first: "
    )
