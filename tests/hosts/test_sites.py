"""Which sites a project has, and which layouts are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.hosts.sites import find_sites
from gatepost.model.finding import GatepostError


def write(root: Path, name: str, text: str) -> None:
    """Write one configuration file."""
    (root / name).write_text(text, "utf-8")


PUBLIC = """site_name: Harbour
docs_dir: content/pages/public
site_dir: build/public
plugins:
  gatepost:
    audience: public
"""
INTERNAL = """INHERIT: site_config.yml
docs_dir: content/pages/internal
site_dir: build/internal
plugins:
  gatepost:
    audience: internal
    page_size: 5
"""


def test_sites_are_named_after_their_files(tmp_path: Path) -> None:
    """The main file is `public`; what stands between the dots names the others."""
    write(tmp_path, "site_config.yml", PUBLIC)
    write(tmp_path, "site_config.internal.yml", INTERNAL)

    sites = find_sites(tmp_path)

    assert [site.name for site in sites] == ["public", "internal"]
    assert [site.settings.page_size for site in sites] == [20, 5]
    assert sites[1].site_name == "Harbour"


def test_a_folder_without_sites_says_what_it_looked_for(tmp_path: Path) -> None:
    """A command in the wrong folder names the file it needs."""
    with pytest.raises(GatepostError, match=r"no site_config\.yml in"):
        find_sites(tmp_path)


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("", "it says nothing"),
        ("    audience: !ENV SITE_AUDIENCE\n", "it says `!ENV`"),
        ("    audience: [public]\n", "it says nothing"),
    ],
)
def test_an_audience_is_written_out(tmp_path: Path, audience: str, said: str) -> None:
    """Who reads a site is never left to the environment or to chance."""
    write(
        tmp_path,
        "site_config.yml",
        f"plugins:\n  gatepost:\n    page_size: 20\n{audience}",
    )

    with pytest.raises(GatepostError, match="audience must be written out") as caught:
        find_sites(tmp_path)
    assert said in str(caught.value)


def test_an_inherited_audience_is_not_enough(tmp_path: Path) -> None:
    """A second site that forgets its audience would be a copy of the first."""
    write(tmp_path, "site_config.yml", PUBLIC)
    write(
        tmp_path,
        "site_config.internal.yml",
        "INHERIT: site_config.yml\nsite_dir: build/x\n",
    )

    with pytest.raises(
        GatepostError, match=r"site_config\.internal\.yml: the audience must"
    ):
        find_sites(tmp_path)


def test_all_wrong_options_are_named_at_once(tmp_path: Path) -> None:
    """Nobody mends options one build at a time."""
    text = PUBLIC + "    page_size: none\n    feed_sise: 10\n"
    write(tmp_path, "site_config.yml", text)

    with pytest.raises(GatepostError) as caught:
        find_sites(tmp_path)
    assert "`page_size`" in str(caught.value)
    assert "`feed_sise`: there is no such option" in str(caught.value)


@pytest.mark.parametrize(
    ("folder", "other"),
    [
        ("build", "build/internal"),
        ("build/public", "build/public/internal"),
        ("build/a", "build/a"),
    ],
)
def test_nested_outputs_are_refused(tmp_path: Path, folder: str, other: str) -> None:
    """An output inside another would publish or wipe it."""
    write(tmp_path, "site_config.yml", PUBLIC.replace("build/public", folder))
    write(
        tmp_path, "site_config.internal.yml", INTERNAL.replace("build/internal", other)
    )

    with pytest.raises(GatepostError, match="site_dir lies inside"):
        find_sites(tmp_path)


def test_entries_in_a_docs_dir_are_refused(tmp_path: Path) -> None:
    """MkDocs publishes whatever lies in its docs_dir."""
    (tmp_path / "content/releases").mkdir(parents=True)
    write(
        tmp_path, "site_config.yml", PUBLIC.replace("content/pages/public", "content")
    )

    with pytest.raises(GatepostError, match="docs_dir holds content/releases"):
        find_sites(tmp_path)


def test_two_audiences_in_one_site_are_refused(tmp_path: Path) -> None:
    """Two instances would replace each other's pages."""
    text = "plugins:\n  - gatepost: {audience: public}\n  - gatepost: {audience: internal}\n"
    write(tmp_path, "site_config.yml", text)

    with pytest.raises(GatepostError, match="stands twice"):
        find_sites(tmp_path)


def test_a_configuration_is_read_as_data(tmp_path: Path) -> None:
    """Tags that run code in MkDocs are not run by reading."""
    tag = "!!python/object/apply:os.system ['touch ran']"
    write(tmp_path, "site_config.yml", PUBLIC + f"extra:\n  emoji: {tag}\n")

    assert find_sites(tmp_path)[0].name == "public"
    assert not Path("ran").exists()


@pytest.mark.parametrize(
    "text", ["", "- a list\n", "site_name: [\n", "\tsite_name: x\n"]
)
def test_an_unreadable_configuration_is_named(tmp_path: Path, text: str) -> None:
    """Whatever is wrong with the file, the message begins with its name."""
    write(tmp_path, "site_config.yml", text)

    with pytest.raises(GatepostError, match=r"^site_config\.yml"):
        find_sites(tmp_path)
