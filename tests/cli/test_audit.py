"""`gatepost audit` proves what was built, here or elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from called_project import CalledProject
from small_project import AS_OF

NOW = AS_OF.isoformat()


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites of a project with one secret, built once."""
    project = CalledProject(tmp_path_factory.mktemp("once"))
    project.entry(
        "faster-export",
        "products: [reports]\ngoal: Objective Kumquat Meridian\n",
        "Exports finish sooner.\n\n/// internal\nWatch the quokka dashboard closely.\n///\n",
    )
    assert project.call("build", "--root", str(project.root), "--as-of", NOW).code == 0
    return project.root


@pytest.fixture
def built(project: CalledProject, once: Path) -> CalledProject:
    """A copy of it, to do harm to."""
    shutil.copytree(once, project.root, dirs_exist_ok=True)
    return project


def test_a_clean_folder(built: CalledProject) -> None:
    """It says what was looked at and for how much."""
    done = built.call("audit", "build/public")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Searched ")
    assert "readers of the public site may not see." in done.out


def test_the_internal_folder_is_for_its_readers(built: CalledProject) -> None:
    """Whose folder it is, is known from the configuration."""
    assert built.call("audit", "build/internal").code == 0


def test_an_internal_word(built: CalledProject) -> None:
    """It is found with the file and the place it comes from."""
    page = built.root / "build/public/index.html"
    page.write_text(
        page.read_text("utf-8") + "<p>Watch the quokka dashboard closely.</p>"
    )
    done = built.call("audit", "build/public")
    assert done.code == 1
    assert "index.html" in done.out
    assert "content/releases/faster-export.md" in done.out
    assert done.err.endswith("Do not publish build/public.\n")


def test_a_file_nobody_built(built: CalledProject) -> None:
    """A stranger in the folder is reported, whatever is in it."""
    (built.root / "build/public/notes.txt").write_text("nothing special")
    done = built.call("audit", "build/public")
    assert (done.code, "notes.txt" in done.out) == (1, True)


def test_the_wrong_folder_for_the_wrong_readers(built: CalledProject) -> None:
    """The internal site, about to be published."""
    done = built.call("audit", "build/internal", "--site", "public")
    assert done.code == 1
    assert "Do not publish build/internal." in done.err


def test_a_copy_elsewhere(built: CalledProject) -> None:
    """Say whose readers it is for."""
    shutil.copytree(built.root / "build/public", built.root / "www")
    unsaid, said = (
        built.call("audit", "www"),
        built.call("audit", "www", "--site", "public"),
    )
    assert (unsaid.code, said.code) == (2, 0)
    assert "say whose readers it is for, --site public or internal" in unsaid.err


def test_a_folder_that_is_not_there(project: CalledProject) -> None:
    """Nothing to audit is no proof."""
    done = project.call("audit", "build/public")
    assert (done.code, done.out) == (2, "")
    assert "Directory 'build/public' does not exist" in done.err


def test_an_empty_folder(project: CalledProject) -> None:
    """Nor is a folder without the list of what was built."""
    (project.root / "build/public").mkdir(parents=True)
    done = project.call("audit", "build/public")
    assert (done.code, "no manifest" in done.out) == (1, True)
