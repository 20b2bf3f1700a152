"""A theme folder of the site's own is searched for what is internal, whatever lies in it."""

from __future__ import annotations

import pytest
from small_project import AS_OF, THEME, Project

from gatepost.hosts.folder import audit_folder
from gatepost.hosts.sites import ContentFault, find_sites

INSTALLED = "own/mkdocs_theme.yml"
"""What an installed theme has in its folder; a copied one has it too."""


@pytest.fixture
def harbour(project: Project) -> Project:
    """A public site with a theme folder of its own, and an entry with something to hide."""
    project.entry(
        "shown",
        "title_internal: Kumquatfish\n"
        "goal: Take over the medlarfish market\n"
        "flags: [{key: new-quince-flow, default: off}]\n",
    )
    project.write("own/partials/logo.html", "<b>Harbour</b>\n")
    place(project, "own")
    return project


def place(project: Project, folder: str) -> None:
    """Let the public site take its own templates from a folder."""
    config = project.root / "site_config.yml"
    text = config.read_text("utf-8").replace(THEME, f"{THEME}  custom_dir: {folder}\n")
    config.write_text(text, "utf-8")


@pytest.mark.parametrize("description", [True, False])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data.json", '{"aim": "medlarfish"}'),
        ("notes.txt", "medlarfish"),
        ("chart.svg", "<svg><title>medlarfish</title></svg>"),
        ("chart.png", "\x89PNG medlarfish"),
        ("assets/data.json", '{"aim": "medlarfish"}'),
        ("assets/chart.png", "\x89PNG medlarfish"),
        ("app.js", "show('kumquatfish')"),
        ("app.js", "if (flags['new-quince-flow']) show()"),
        ("app.js", "// take over the medlarfish market"),
        ("assets/app.js", "show('kumquatfish')"),
        ("assets/app.css", ".kumquatfish {}"),
        ("assets/app.js.map", '{"sources": ["new-quince-flow.ts"]}'),
    ],
)
def test_what_is_internal_is_found_in_its_files(
    harbour: Project, path: str, text: str, *, description: bool
) -> None:
    """Also if the folder looks like an installed theme, whose files are known to be no secret."""
    if description:
        harbour.write(INSTALLED, "{}\n")
    harbour.write(f"own/{path}", text)

    with pytest.raises(ContentFault, match="GP901") as stopped:
        harbour.build("public")
    assert {one.place.path for one in stopped.value.findings} == {path}


@pytest.mark.parametrize("folder", ["linked", "way/to/linked"])
def test_a_folder_that_is_reached_by_a_link(harbour: Project, folder: str) -> None:
    """It is the site's own under every name."""
    harbour.write(INSTALLED, "{}\n")
    harbour.write("own/assets/chart.png", "\x89PNG medlarfish")
    link = harbour.root / folder
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(harbour.root / "own", target_is_directory=True)
    harbour.configure("site_config.yml", "public")
    place(harbour, folder)

    with pytest.raises(ContentFault, match="GP901"):
        harbour.build("public")


def test_the_words_of_its_templates_are_open(harbour: Project) -> None:
    """They are written by hand, and stand on every page."""
    harbour.write(
        "own/main.html",
        '{% extends "base.html" %}{% block footer %}<p>The medlarfish people</p>'
        "{{ super() }}{% endblock %}\n",
    )
    harbour.build("public")

    assert "The medlarfish people" in harbour.read("public/index.html")


def test_a_script_of_others_is_no_leak(harbour: Project) -> None:
    """Its ordinary words happen to stand in internal text too; that proves nothing."""
    harbour.write("own/assets/vendor.js", "function market() { medlarfish() }\n")
    harbour.write("own/vendor/grid.css", ".medlarfish { display: grid }\n")
    harbour.build("public")

    assert "medlarfish" in harbour.read("public/assets/vendor.js")
    assert "medlarfish" in harbour.read("public/vendor/grid.css")


def test_a_page_in_the_place_of_a_file_is_a_page(harbour: Project) -> None:
    """Only what was copied is a script of others: a file of that name may be something else."""
    harbour.write("own/assets/app.js", "function calm() {}\n")
    harbour.write(
        "hook.py",
        "from pathlib import Path\n\n\n"
        "def on_post_build(config, **_):\n"
        "    Path(config.site_dir, 'assets/app.js').write_text('medlarfish')\n",
    )
    config = (harbour.root / "site_config.yml").read_text("utf-8")
    harbour.write("site_config.yml", f"{config}hooks: [hook.py]\n")

    with pytest.raises(ContentFault, match=r"assets/app\.js:1:1: GP901"):
        harbour.build("public")


def test_the_audit_of_a_folder_says_the_same(harbour: Project) -> None:
    """It finds what the build finds, in a folder that was built elsewhere."""
    harbour.write("own/assets/app.js", "function calm() {}\n")
    harbour.build("public")
    out = harbour.root / "build/public"
    site = find_sites(harbour.root)[0]
    assert audit_folder(site, out, AS_OF).clean

    harbour.write(INSTALLED, "{}\n")
    for file in (out / "assets/app.js", harbour.root / "own/assets/app.js"):
        file.write_text("show('kumquatfish')", "utf-8")
    found = audit_folder(site, out, AS_OF).leaks
    assert {(leak.path, leak.canary.field) for leak in found} == {
        ("assets/app.js", "title_internal")
    }
