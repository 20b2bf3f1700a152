"""The eight ways in which filtering inside a published folder leaks; each is closed here."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from small_project import Project

from gatepost.hosts.build import build_sites
from gatepost.hosts.sites import ContentFault
from gatepost.hosts.written import discard
from gatepost.model.finding import GatepostError

SECRET = "kumquatfish"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763"
    "f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def holders(project: Project, word: str = SECRET) -> list[str]:
    """Every public file that holds the word, in its name or its bytes."""
    files = project.files("public")
    return [name for name, raw in files.items() if word in name or word.encode() in raw]


def test_1_without_the_plugin_there_are_no_entries(project: Project) -> None:
    """A site built without gatepost shows nothing rather than everything."""
    project.entry("hidden", "audience: internal\n", f"{SECRET}\n")
    config = (project.root / "site_config.yml").read_text("utf-8")
    head = config.partition("plugins:")[0]
    project.write("mkdocs.yml", head + "plugins: [search]\n")
    project.write("content/pages/public/index.md", "# Home\n")

    build(load_config(str(project.root / "mkdocs.yml")))

    assert (project.root / "build/public/index.html").is_file()
    assert holders(project) == []


def test_2_broken_front_matter_stops_the_build(project: Project) -> None:
    """MkDocs would publish it as text."""
    project.write(
        "content/releases/x.md", f"---\nid: x\ntitle: [{SECRET}\n---\n{SECRET}\n"
    )

    with pytest.raises(ContentFault):
        project.build()
    assert not (project.root / "build/public").exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"\n---\nid: x-y-z\naudience: internal\n---\nkumquatfish\n",
        b"----\nid: x-y-z\naudience: internal\n----\nkumquatfish\n",
        b"---\nid: x-y-z\naudience: internal\n...\nkumquatfish\n",
        b"---\n- kumquatfish\n---\n",
        b"kumquatfish\n",
    ],
)
def test_3_front_matter_that_two_readers_see_differently_stops_the_build(
    project: Project, raw: bytes
) -> None:
    """There is one reader, and what it does not know for sure it refuses."""
    project.write("content/releases/x.md", raw)

    with pytest.raises(ContentFault):
        project.build()
    assert not (project.root / "build/public").exists()


def test_3_a_byte_order_mark_hides_nothing(project: Project) -> None:
    """Editors on Windows write one; the front matter is still read."""
    text = (
        "---\nid: hidden\ntitle: Hidden\ntype: added\nproducts: [billing]\nphase: done\n"
        f"audience: internal\n---\n{SECRET}\n"
    )
    project.write("content/releases/x.md", b"\xef\xbb\xbf" + text.encode())
    project.build()

    assert holders(project) == []


def test_4_attachments_beside_an_internal_entry_stay(project: Project) -> None:
    """A file is published only if a published text refers to it."""
    front = "id: hidden\ntitle: Hidden\ntype: added\nproducts: [billing]\nphase: done\n"
    project.write(
        "content/releases/hidden/index.md",
        f"---\n{front}audience: internal\n---\n![A chart]({SECRET}.png)\n",
    )
    project.write(f"content/releases/hidden/{SECRET}.png", PIXEL)
    shown = front.replace("hidden", "shown-one")
    project.write(
        "content/releases/shown/index.md",
        f"---\n{shown}audience: public\ndates: {{published: 2026-10-01}}\n---\n"
        "![A dot](dot.png)\n\nSee the dot.\n",
    )
    project.write("content/releases/shown/dot.png", PIXEL)
    project.write(f"content/releases/shown/{SECRET}.csv", "not referred to\n")
    project.build()

    assert "releases/shown-one/dot.png" in project.files("public")
    assert holders(project) == []


def test_5_snippets_are_not_included(project: Project) -> None:
    """The line that includes another file is text like any other."""
    project.write("internal/secret.md", SECRET)
    project.entry("shown", "", 'A line.\n\n--8<-- "internal/secret.md"\n')
    project.build()

    assert holders(project) == []


def test_6_links_to_files_elsewhere_are_not_followed(project: Project) -> None:
    """A symbolic link in the place of an attachment or an entry stops the build."""
    outside = project.write("outside.png", PIXEL + SECRET.encode())
    front = "id: shown\ntitle: Shown\ntype: added\nproducts: [billing]\nphase: done\n"
    project.write(
        "content/releases/shown/index.md",
        f"---\n{front}audience: public\n---\n![A dot](dot.png)\n\nText.\n",
    )
    (project.root / "content/releases/shown/dot.png").symlink_to(outside)

    with pytest.raises(ContentFault) as caught:
        project.build()
    assert "dot.png" in str(caught.value)

    (project.root / "content/releases/shown/dot.png").unlink()
    (project.root / "content/releases/shown/index.md").unlink()
    linked = project.root / "content/releases/linked.md"
    linked.symlink_to(project.write("outside.md", SECRET))
    with pytest.raises(ContentFault, match="link to another file"):
        project.build()


def test_7_a_public_entry_may_not_name_an_internal_one(project: Project) -> None:
    """The name alone would tell."""
    project.entry(SECRET, "audience: internal\n")
    project.entry("shown", "", f"See [more](release:{SECRET}).\n")

    with pytest.raises(ContentFault) as caught:
        project.build()
    assert [str(one)[:37] for one in caught.value.findings] == [
        "content/releases/shown.md:10:5: GP303"
    ]
    assert not (project.root / "build/public").exists()


def test_8_comments_do_not_reach_pages_or_feeds(project: Project) -> None:
    """A comment is internal text."""
    project.entry("shown", "", f"Exports are faster. <!-- {SECRET} -->\n\nMore text.\n")
    project.build()

    assert holders(project) == []
    assert SECRET in (project.root / "content/releases/shown.md").read_text("utf-8")


def test_a_leak_by_any_other_way_is_found_and_nothing_is_published(
    project: Project,
) -> None:
    """A theme, a plugin or a hand-written page that repeats internal text fails the build."""
    project.entry("shown", f"goal: Take over the {SECRET} market\n")
    project.build()
    before = project.files("public")
    project.write(
        "hook.py", f"def on_post_page(output, **_):\n    return output + '{SECRET}'\n"
    )
    config = (project.root / "site_config.yml").read_text("utf-8")
    project.write("site_config.yml", f"{config}hooks: [hook.py]\n")

    with pytest.raises(ContentFault, match="GP901") as caught:
        build_sites(project.root, sites=("public",))

    assert "`goal` of content/releases/shown.md:" in str(caught.value)
    assert project.files("public") == before


def test_nothing_ever_names_the_folder_on_disk(project: Project) -> None:
    """Built files say nothing about the machine they were built on."""
    project.entry("shown", "")
    project.build()

    assert holders(project, str(project.root)) == []
    assert holders(project, str(Path.home())) == []


def test_an_output_that_is_not_ours_is_not_removed(project: Project) -> None:
    """Only a folder with our manifest is ever discarded."""
    other = project.write("precious/file.txt", "x").parent
    with pytest.raises(GatepostError, match="do not publish it"):
        discard(other)
    assert (other / "file.txt").is_file()


@pytest.mark.parametrize("docs_dir", ["content/pages/public", "pages"])
def test_an_entry_among_hand_written_pages_stops_the_build(
    project: Project, docs_dir: str
) -> None:
    """MkDocs would publish it whole, with whatever it hides."""
    project.configure("site_config.yml", "public", docs_dir=docs_dir)
    project.write(
        f"{docs_dir}/hidden.md",
        f"---\nid: hidden\ntype: added\naudience: internal\n---\n{SECRET}\n",
    )

    with pytest.raises(ContentFault) as stopped:
        project.build()
    assert "no entry is read here" in str(stopped.value)
    assert not (project.root / "build/public").exists()


def test_an_internal_block_on_a_hand_written_page_stops_the_build(
    project: Project,
) -> None:
    """Nothing is cut from such a page; colleagues may read what it holds."""
    page = f"# About\n\n/// internal\n{SECRET}\n///\n"
    project.write("content/pages/internal/about.md", page)
    project.build()

    project.write("content/pages/public/about.md", page)
    with pytest.raises(ContentFault) as stopped:
        project.build()
    assert "about.md:3:1: GP020" in str(stopped.value)
