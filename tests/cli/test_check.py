"""`gatepost check` says everything that is wrong, at once, with the way out."""

from __future__ import annotations

import json

import pytest
from called_project import CalledProject

WRONG = """\
---
id: audit-log
titel: See who changed what
type: addded
products: [reports]
phase: idea
audience: internal
---
Admins can read a log.
"""


@pytest.fixture
def wrong(project: CalledProject) -> CalledProject:
    """One entry in order, one with three things wrong."""
    project.entry("faster-export", "products: [reports]\n")
    project.write("content/releases/2026/audit-log.md", WRONG)
    return project


def test_nothing_to_report(project: CalledProject) -> None:
    """It ends with 0 and says how much it read."""
    project.entry("faster-export", "products: [reports]\n")
    done = project.call("check")
    assert (done.code, done.out) == (0, "Nothing to report in 1 entry.\n")


def test_everything_at_once(wrong: CalledProject) -> None:
    """Every finding has its place, its sentence and a fix to type; the last line counts."""
    done = wrong.call("check")
    first, *_ = lines = done.out.splitlines()
    assert done.code == 1
    assert first.startswith(
        "content/releases/2026/audit-log.md:1:1: GP101 `title` is missing"
    )
    assert any("did you mean `title`?" in line for line in lines)
    assert any("did you mean `added`?" in line for line in lines)
    assert lines[-1].startswith("2 errors and 1 advice in 1 file;")
    assert lines[-1].endswith("`gatepost rule GP101` says why.")


def test_findings_are_in_order(wrong: CalledProject) -> None:
    """By file, line and column, however they were found."""
    rows = json.loads(wrong.call("check", "--format", "json").out)["findings"]
    places = [(row["path"], row["line"], row["column"], row["code"]) for row in rows]
    assert places == sorted(places)
    assert len(places) == len(set(places))


def test_the_same_words_twice(wrong: CalledProject) -> None:
    """Same content, same output."""
    assert wrong.call("check") == wrong.call("check")


def test_only_some_files(wrong: CalledProject) -> None:
    """A path shows what is wrong there; all files are read all the same."""
    assert wrong.call("check", "content/releases/faster-export.md").code == 0
    assert wrong.call("check", "content/releases/2026").code == 1
    assert wrong.call("check", ".").code == 1


def test_a_path_is_meant_as_it_is_typed(
    wrong: CalledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative to where one stands, while findings name files from the project's root."""
    monkeypatch.chdir(wrong.root / "content" / "releases")
    done = wrong.call("check", "2026/audit-log.md")
    assert done.code == 1
    assert done.out.startswith("content/releases/2026/audit-log.md:")


@pytest.mark.parametrize("path", ["content/releases/2025", "audit-log"])
def test_a_path_that_is_not_there(wrong: CalledProject, path: str) -> None:
    """A typing error is no clean bill of health."""
    done = wrong.call("check", path)
    assert (done.code, done.err) == (
        2,
        f"gatepost: there is no file or folder `{path}`\n",
    )


def test_a_path_that_is_not_checked(wrong: CalledProject) -> None:
    """Nor is a file that nobody looked at."""
    done = wrong.call("check", "site_config.yml")
    assert (done.code, done.out) == (2, "")
    assert (
        "`site_config.yml` is not checked: entries lie in content/releases" in done.err
    )


def test_advice_alone_is_no_failure_unless_asked(project: CalledProject) -> None:
    """`--strict` ends with 1 for advice too."""
    project.entry("faster-export", "products: [reports]\nfoo: bar\n")
    relaxed, strict = project.call("check"), project.call("check", "--strict")
    assert "1 advice in 1 file" in relaxed.out
    assert (relaxed.code, strict.code) == (0, 1)
    assert relaxed.out == strict.out


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif"])
def test_a_report_is_the_whole_output(wrong: CalledProject, form: str) -> None:
    """A pipeline can send it to a file; the exit code is the same."""
    done = wrong.call("check", "--format", form)
    assert (done.code, done.err) == (1, "")
    assert json.loads(done.out)


def test_github_annotations(wrong: CalledProject) -> None:
    """One line for each finding, and none when all is well."""
    done = wrong.call("check", "--format", "github")
    assert done.code == 1
    assert all(
        line.startswith(("::error file=", "::warning file="))
        for line in done.out.splitlines()
    )
    (wrong.root / "content/releases/2026/audit-log.md").unlink()
    assert wrong.call("check", "--format", "github").out == ""


def test_no_colours_in_a_pipe(wrong: CalledProject) -> None:
    """Escape sequences are for terminals."""
    assert "\x1b" not in wrong.call("check").out


def test_what_cannot_be_read_is_a_finding(project: CalledProject) -> None:
    """Bytes that are no text, a fence that is missing: reported with the rest."""
    project.write("content/releases/latin.md", b"---\nid: caf\xe9\n---\n")
    project.write("content/releases/open.md", "---\nid: open-fence\n")
    done = project.call("check")
    assert done.code == 1
    assert "content/releases/latin.md:2:8: GP002" in done.out
    assert "content/releases/open.md:" in done.out


def test_what_rendering_takes_away_is_a_finding(project: CalledProject) -> None:
    """What the pages would not show is said before they are built."""
    project.entry(
        "faster-export", "products: [reports]\n", "Look: <script>alert(1)</script>\n"
    )
    done = project.call("check")
    assert "content/releases/faster-export.md:" in done.out
    assert "script" in done.out


def test_the_clock_counts(project: CalledProject) -> None:
    """What is in order today may be overdue next year."""
    project.entry(
        "faster-export",
        "products: [reports]\nphase: idea\ndates: {planned: 2027-03-01}\n",
    )
    today = project.call("check").out
    later = project.call("check", "--as-of", "2028-01-01").out
    assert today != later


NAV = """nav:
  - Home: index.md
  - News:
      - All changes: changelog/index.md
      - Gone: gone.md
  - About: about.md
  - Status: https://status.example.com/
"""


def with_nav(project: CalledProject, nav: str, more: str = "") -> CalledProject:
    """Give the public site a `nav`, and one hand-written page."""
    config = project.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + more + nav, "utf-8")
    project.write("content/pages/public/about.md", "# About\n")
    project.entry("faster-export", "")
    return project


def test_a_page_that_nav_names_and_nobody_has(project: CalledProject) -> None:
    """It is told where it stands; the build still goes through, with a link to nowhere."""
    with_nav(project, NAV)
    line = project.source("site_config.yml").split("\n").index("      - Gone: gone.md")
    done = project.call("check", "--root", str(project.root))

    assert done.code == 0
    assert done.out.split("\n")[:2] == [
        (
            f"site_config.yml:{line + 1}:15: GP312 `nav` names `gone.md`, "
            "which is no page of ours and not in content/pages/public"
        ),
        "  fix: put the page into content/pages/public/, or take the line out",
    ]
    assert done.out.count("GP312") == 2, "the finding, and where to read about it"
    strict = project.call("check", "--strict", "--root", str(project.root))
    assert strict.code == 1


@pytest.mark.parametrize(
    ("named", "fix"),
    [
        ("chagelog/index.md", "did you mean `changelog/index.md`?"),
        ("roadmap/", "did you mean `roadmap/index.md`?"),
        ("abuot.md", "did you mean `about.md`?"),
        (
            "readiness/index.md",
            "take the line out: only sites for colleagues have that page",
        ),
        (
            "../internal/secret.md",
            "put the page into content/pages/public/, or take the line out",
        ),
    ],
)
def test_what_nav_probably_means(project: CalledProject, named: str, fix: str) -> None:
    """A page of ours, a page of theirs, or one that other readers have."""
    project.write("content/pages/internal/secret.md", "# Secret\n")
    with_nav(project, f"nav: [index.md, {named}]\n")
    done = project.call("check", "--root", str(project.root))

    assert f"  fix: {fix}\n" in done.out


@pytest.mark.parametrize(
    "nav",
    [
        "nav: [about.md, ./changelog/index.md, /elsewhere/, mailto:a@example.com]\n",
        "nav:\n  - Empty:\n  - Set: !ENV [DOOR, index.md]\n  - 404\n",
        "",
    ],
)
def test_a_nav_that_leads_somewhere(project: CalledProject, nav: str) -> None:
    """Pages that are there, addresses elsewhere, and what cannot be known here."""
    with_nav(project, nav)

    assert "GP312" not in project.call("check", "--root", str(project.root)).out


@pytest.mark.parametrize(
    "more",
    [
        "hooks: [hook.py]\n",
        "  awesome-nav: {}\n",
    ],
)
def test_a_nav_whose_pages_others_may_bring(project: CalledProject, more: str) -> None:
    """A plugin or hook may make the page when the site is built."""
    with_nav(project, NAV, more)

    assert "GP312" not in project.call("check", "--root", str(project.root)).out


def test_a_nav_of_colleagues(project: CalledProject) -> None:
    """Their site has more pages; it may take its `nav` from a file it builds on."""
    with_nav(project, "nav: [index.md, readiness/index.md, gone.md]\n")
    project.write(
        "site_config.internal.yml",
        "INHERIT: site_config.yml\nsite_url: https://internal.harbour.example/\n"
        "docs_dir: content/pages/internal\nsite_dir: build/internal\n"
        "plugins: {gatepost: {audience: internal}}\n",
    )
    done = project.call("check", "--root", str(project.root), "--format", "json")
    found = [(one["path"], one["sentence"]) for one in json.loads(done.out)["findings"]]

    assert found == [
        (
            "site_config.yml",
            f"`nav` names `{named}`, which is no page of ours and not in {home}",
        )
        for named, home in (
            ("readiness/index.md", "content/pages/public"),
            ("gone.md", "content/pages/internal"),
            ("gone.md", "content/pages/public"),
        )
    ]


def test_a_site_may_switch_it_off(project: CalledProject) -> None:
    """As any rule of taste."""
    with_nav(project, NAV)
    project.write(
        "content/registry.yml",
        project.source("content/registry.yml") + 'rules: {GP312: "off"}\n',
    )

    done = project.call("check", "--root", str(project.root))
    assert done.out == "Nothing to report in 1 entry.\n"
