"""`gatepost build` replaces the sites when everything is in order, and says where they are."""

from __future__ import annotations

import shutil

import pytest
from called_project import CalledProject


def test_what_was_built(project: CalledProject) -> None:
    """Both sites, how much is in them, and how to look at them."""
    project.entry("faster-export", "products: [reports]\n")
    done = project.call("build")
    public, internal, took, ledger, *look = done.out.splitlines()
    assert done.code == 0
    assert public.startswith("build/public    1 entry, ")
    assert internal.startswith("build/internal  1 entry, ")
    assert took.startswith("Built in ")
    assert ledger.startswith(
        "content/ledger.json now remembers 1 more entry: commit it"
    )
    assert look == [
        f"To look at {site}: python3 -m http.server -d build/{site} {port}, "
        f"then open http://localhost:{port}"
        for site, port in (("public", 8000), ("internal", 8001))
    ]
    assert (project.root / "build/public/index.html").is_file()
    assert (project.root / "build/internal/readiness/index.html").is_file()


def test_only_one_site(project: CalledProject) -> None:
    """The other folder is left alone."""
    project.entry("faster-export", "products: [reports]\n")
    done = project.call("build", "--site", "public")
    assert done.code == 0
    assert "internal" not in done.out
    assert not (project.root / "build/internal").exists()


def test_folders_are_named_from_where_one_stands(
    project: CalledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the line to look at it can be typed as it is."""
    monkeypatch.chdir(project.root / "content")
    assert "-d ../build/public 8000" in project.call("build", "--site", "public").out


def test_content_at_fault(project: CalledProject) -> None:
    """Every finding, exit 1, and the sites that were built before stay as they were."""
    project.entry("faster-export", "products: [reports]\n")
    project.call("build")
    before = project.files("public") | project.files("internal")
    project.write("content/releases/open.md", "---\nid: open-fence\n")
    done = project.call("build")
    assert done.code == 1
    assert "content/releases/open.md:" in done.out
    assert done.err.endswith("says why. Nothing was built.\n")
    assert before == project.files("public") | project.files("internal")


def test_advice_stops_a_strict_build(project: CalledProject) -> None:
    """It is read with `check`, and is no wrong call."""
    project.entry("faster-export", "products: [reports]\nfoo: bar\n")
    relaxed, strict = project.call("build"), project.call("build", "--strict")
    assert relaxed.code == 0
    assert "advice: type `gatepost check` to read it." in relaxed.out
    assert strict.code == 1
    assert "content/releases/faster-export.md:" in strict.out


def test_the_clock_is_as_of(project: CalledProject) -> None:
    """An embargo that ends later keeps an entry out; one that has ended does not."""
    project.entry("surprise", "products: [reports]\nembargo_until: 2026-12-01\n")
    page = project.root / "build/public/releases/surprise/index.html"
    project.call("build", "--site", "public")
    assert not page.exists()
    project.call("build", "--site", "public", "--as-of", "2026-12-01")
    assert page.exists()


SOON = "products: [reports]\n"


def waits(project: CalledProject, *words: str) -> list[str]:
    """What a build says about entries that wait."""
    done = project.call("build", "--as-of", "2026-11-21", *words)
    assert done.code == 0
    return [line for line in done.out.splitlines() if "wait" in line]


@pytest.mark.parametrize(
    "front",
    [
        "embargo_until: 2026-12-01T09:00:00+01:00\n",
        "dates: {published: 2026-12-01T08:00:00Z}\n",
        "dates: {exposed: 2026-12-01T08:00:00Z}\n",
        "embargo_until: 2026-12-01T08:00:00Z\ndates: {published: 2026-11-25}\n",
    ],
)
def test_what_waits_for_its_time_is_named(project: CalledProject, front: str) -> None:
    """With the day, in the zone of the registry: nothing is published by a date alone."""
    registry = project.source("content/registry.yml")
    project.write("content/registry.yml", f"zone: Europe/Berlin\n{registry}")
    project.entry("surprise", SOON + front)
    (said,) = waits(project)

    assert said == (
        "1 entry waits for its time: the next is `surprise` on 1 Dec 2026 at 09:00 "
        "(Europe/Berlin). Build again then."
    )
    later = project.call("build", "--as-of", "2026-12-01T08:00:00Z").out
    assert "waits for its time" not in later
    assert (project.root / "build/public/releases/surprise/index.html").is_file()


def test_the_soonest_of_several_is_named(project: CalledProject) -> None:
    """And how many there are."""
    project.entry("later", f"{SOON}embargo_until: 2027-01-10\n")
    project.entry("sooner", f"{SOON}embargo_until: 2026-11-30\n")

    assert waits(project)[0].startswith(
        "2 entries wait for their time: the next is `sooner` on 30 Nov 2026 at "
    )


@pytest.mark.parametrize(
    "front",
    [
        "dates: {published: 2026-11-01}\n",
        "embargo_until: 2026-11-01\n",
        "audience: internal\nembargo_until: 2026-12-01\n",
        "kind: quiet\nphase: building\ndates: {planned: 2026-12-01}\n",
        "kind: quiet\nphase: building\nembargo_until: 2026-12-01\ndates: {}\n",
    ],
    ids=["out", "embargo over", "for colleagues", "being built", "built in secret"],
)
def test_what_waits_for_more_than_time_is_not(
    project: CalledProject, front: str
) -> None:
    """No day brings it out by itself."""
    project.entry("quiet-thing", SOON + front)

    assert waits(project) == []


def test_colleagues_wait_for_nothing(project: CalledProject) -> None:
    """Their site shows it already."""
    project.entry("surprise", f"{SOON}embargo_until: 2026-12-01\n")

    assert waits(project, "--site", "internal") == []


def test_a_wrong_configuration(project: CalledProject) -> None:
    """Every wrong option, in the call's own exit code."""
    config = project.source("site_config.yml").replace(
        "audience: public", "audience: public\n    page_sise: 20\n    feed_size: many"
    )
    project.write("site_config.yml", config)
    done = project.call("build")
    assert (done.code, done.out) == (2, "")
    assert "page_sise" in done.err
    assert "feed_size" in done.err


def test_a_fresh_checkout_has_no_folder_without_pages(project: CalledProject) -> None:
    """Git keeps no empty folder; a site needs no hand-written page."""
    shutil.rmtree(project.root / "content/pages")
    project.entry("faster-export", "products: [reports]\n")

    assert project.call("build").code == 0
    assert (project.root / "build/internal/releases/faster-export/index.html").is_file()


def test_a_dead_link_on_a_hand_written_page_is_told(project: CalledProject) -> None:
    """The generator notices it; the build goes on, as it would under `mkdocs build`."""
    project.write("content/pages/public/about.md", "# About\n\n[Gone](gone.md)\n")
    done = project.call("build")

    assert done.code == 0
    assert "site_config.yml: Doc file 'about.md' contains a link 'gone.md'" in done.err


@pytest.mark.parametrize("command", ["check", "build"])
def test_readers_nobody_knows(project: CalledProject, command: str) -> None:
    """A misspelt audience would build a site without an entry."""
    project.configure("site_config.yml", "pubic")
    done = project.call(command)

    assert done.code != 0
    assert (
        "site_config.yml: there are no readers `pubic`. Did you mean `public`?"
        in done.err
    )


def test_a_look_ahead_promises_nothing(project: CalledProject) -> None:
    """What is built as of a day to come was seen by nobody: the ledger does not learn of it."""
    project.entry("surprise", "products: [reports]\nembargo_until: 2099-12-01\n")
    done = project.call("build", "--as-of", "2099-12-02")

    assert (project.root / "build/public/releases/surprise/index.html").is_file()
    assert "This is how it will be on 2099-12-02: do not publish it before." in done.out
    assert project.source("content/ledger.json") == "{}\n"
