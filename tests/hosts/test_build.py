"""Both sites are built from one content folder, the same bytes every time, all or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import AS_OF, Project

from gatepost.hosts.build import build_sites
from gatepost.hosts.nav_check import DESK_SECTIONS, SECTIONS
from gatepost.hosts.sites import ContentFault
from gatepost.model.finding import GatepostError

BIN = Path(sys.executable).parent


def run(project: Project, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a site generator as its users do, in the project's folder."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(AS_OF.timestamp()))}
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=project.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def harbour(project: Project) -> Project:
    """Three entries: public with an internal block, internal, and planned."""
    project.write("content/pages/public/about.md", "# About\n\nWritten by hand.\n")
    project.entry(
        "faster-export",
        "goal: Objective Kumquat\n",
        "Exports finish in half the time. See [the limits](release:higher-limits).\n\n"
        "/// internal\nWatch the quince queue.\n///\n",
    )
    project.entry("higher-limits", "dates: {published: 2026-09-01}\n")
    project.entry("ledger-rework", "audience: internal\n", "Medlar tables are split.\n")
    project.entry(
        "usage-meters",
        "phase: building\ndates: {planned: 2027-02-01}\n"
        "roadmap: {show: true, target: 2027-Q1, confidence: medium}\n",
    )
    return project


def test_the_sections_of_a_site_are_those_that_check_knows(harbour: Project) -> None:
    """A `nav` may name each, and `gatepost check` calls none of them lost."""
    harbour.build()
    for site, known in (
        ("public", {*SECTIONS}),
        ("internal", {*SECTIONS, *DESK_SECTIONS}),
    ):
        by_hand = {"about/"}
        pages = {
            path.removesuffix("index.html")
            for path in harbour.files(site)
            if path.endswith("index.html") and path.count("/") <= 1
        }
        assert pages - by_hand == known


def test_one_file_becomes_a_page_on_each_site(harbour: Project) -> None:
    """Customers read the note; colleagues read the same note and what was marked internal."""
    harbour.build()

    public = harbour.read("public/releases/faster-export/index.html")
    internal = harbour.read("internal/releases/faster-export/index.html")
    assert "Exports finish in half the time" in public
    assert 'href="../../releases/higher-limits/"' in public
    assert "quince" not in public
    assert "Watch the quince queue" in internal


def test_every_promised_file_is_there(harbour: Project) -> None:
    """The addresses of the contract exist."""
    harbour.build()

    names = set(harbour.files("public"))
    feeds = {
        f"feeds/{key}.{ending}"
        for key in (
            "all",
            "product/billing",
            "type/added",
            "product/billing/type/added",
            "roadmap",
        )
        for ending in ("rss.xml", "atom.xml", "json")
    }
    pages = {
        "index.html",
        "about/index.html",
        "changelog/index.html",
        "changelog/product/billing/index.html",
        "changelog/type/added/index.html",
        "changelog/2026/index.html",
        "releases/faster-export/index.html",
        "releases/faster-export/index.md",
        "releases/usage-meters/index.html",
        "roadmap/index.html",
        "known-issues/index.html",
        "deprecations/index.html",
        "subscribe/index.html",
        "404.html",
        "sitemap.xml",
        "llms.txt",
        "api/v1/changelog.json",
        "api/v1/releases/faster-export.json",
        "api/v1/roadmap.json",
        "api/v1/deprecations.json",
        "search/search_index.json",
        "build-manifest.json",
    }
    assert feeds | pages <= names
    desk = {
        "readiness/index.html",
        "releases/faster-export/readiness/index.html",
        "flags/index.html",
    }
    assert desk <= set(harbour.files("internal"))
    assert not desk & names


def test_our_pages_are_searched_and_in_the_sitemap_and_out_of_the_navigation(
    harbour: Project,
) -> None:
    """The theme's own search and sitemap know every composed page; its menu lists only sections."""
    harbour.build()

    assert '"location":"releases/faster-export/"' in harbour.read(
        "public/search/search_index.json"
    )
    assert "https://public.harbour.example/releases/faster-export/<" in harbour.read(
        "public/sitemap.xml"
    )
    home = harbour.read("public/index.html")
    menu = home[home.index("<nav") : home.index("<article")]
    assert 'href="changelog/"' in menu
    assert "faster-export" not in menu


def test_building_twice_gives_the_same_bytes(harbour: Project) -> None:
    """Nothing but the input decides what is written."""
    harbour.build()
    first = {site: harbour.files(site) for site in ("public", "internal")}
    harbour.build()

    assert first == {site: harbour.files(site) for site in ("public", "internal")}


def test_mkdocs_builds_the_same_public_site(harbour: Project) -> None:
    """`mkdocs build -f site_config.yml` is `gatepost build --site public`, byte for byte."""
    harbour.build("public")
    ours = harbour.files("public")

    done = run(harbour, "mkdocs", "build", "-f", "site_config.yml", "--strict")

    assert done.returncode == 0, done.stderr
    assert harbour.files("public") == ours


def test_properdocs_builds_the_same_pages(harbour: Project) -> None:
    """The same code runs unchanged on ProperDocs; only its generator tag differs."""
    harbour.build("public")
    ours = harbour.files("public")

    done = run(harbour, "properdocs", "build", "-f", "site_config.yml", "--strict")

    assert done.returncode == 0, done.stderr
    theirs = harbour.files("public")
    assert set(theirs) == set(ours)
    changed = {
        name for name in ours if _untagged(ours[name]) != _untagged(theirs[name])
    }
    assert changed <= {"build-manifest.json"}


def _untagged(raw: bytes) -> bytes:
    at = raw.find(b'<meta name="generator"')
    return raw if at < 0 else raw[:at] + raw[raw.index(b">", at) :]


def test_an_error_leaves_the_last_build_alone(harbour: Project) -> None:
    """Nothing is replaced unless everything succeeded."""
    harbour.build()
    before = harbour.files("public")
    harbour.write(
        "content/releases/broken.md", "---\nid: broken\ntitle: [\n---\nText\n"
    )

    with pytest.raises(ContentFault) as caught:
        harbour.build()

    assert [one.place.path for one in caught.value.findings] == [
        "content/releases/broken.md"
    ]
    assert harbour.files("public") == before
    assert not list((harbour.root / "build").glob(".gatepost-*"))


def test_an_unknown_site_is_named(harbour: Project) -> None:
    """A wrong name is answered with the right ones."""
    with pytest.raises(
        GatepostError, match="there is no site `pubic`; there are public, internal"
    ):
        build_sites(harbour.root, sites=("pubic",), as_of=AS_OF)


def test_mkdocs_stops_on_a_fault_with_its_place(harbour: Project) -> None:
    """Plain MkDocs users get the finding, one clean error and no traceback."""
    harbour.write(
        "content/releases/broken.md", "---\nid: broken\ntitle: [\n---\nText\n"
    )

    done = run(harbour, "mkdocs", "build", "-f", "site_config.yml")

    assert done.returncode == 1
    assert "content/releases/broken.md:3:" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_ledger_remembers_what_was_published(harbour: Project) -> None:
    """An entry keeps its feed id and first day although nobody wrote them down."""
    harbour.entry("undated", "dates: {}\n")
    report = harbour.build()

    ledger = (harbour.root / "content/ledger.json").read_text("utf-8")
    assert report.ledger_rows == 4
    assert '"feed_id": "tag:public.harbour.example,2026:undated"' in ledger
    assert "ledger-rework" not in ledger


def test_pages_close_internal_sites_to_search_engines(harbour: Project) -> None:
    """Every internal page says noindex, hand-written ones too; no public page does."""
    harbour.write("content/pages/internal/howto.md", "# How\n\nText.\n")
    harbour.build()

    for name, raw in harbour.files("internal").items():
        if name.endswith("index.html"):
            assert b'content="noindex"' in raw, name
    assert b"noindex" not in harbour.files("public")["index.html"]


def test_what_a_killed_build_left_is_removed(harbour: Project) -> None:
    """It was never audited. What a build that is still running works on stays."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = harbour.write(f"build/.gatepost-{ended.pid}-x/public/index.html", "half")
    working = harbour.write(
        f"build/.gatepost-{os.getppid()}-x/public/index.html", "half"
    )
    other = harbour.write("build/.gatepost-notes-of-mine/index.html", "mine")
    harbour.build("public")

    assert [one.exists() for one in (left, working, other)] == [False, True, True]
