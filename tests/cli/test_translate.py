"""`gatepost translate` begins a translation, and never writes over one."""

from __future__ import annotations

import pytest
from called_project import CalledProject

ENTRY = """---
id: exports
title: "Exports: twice as fast"
type: performance
products: [reports]
phase: idea
audience: internal
action: |
  Nothing
  to do.
known_issues:
  - {id: rows, text: Rows are counted twice., status: open, public: true}
  - {id: queue, text: The queue stands still., status: open}
---
Exports finish sooner.
"""
PATH = "content/releases/2026/exports.de.md"


@pytest.fixture
def written(project: CalledProject) -> CalledProject:
    """A project with one entry."""
    file = project.root / "content/releases/2026/exports.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(ENTRY, "utf-8")
    return project


def test_a_place_for_every_public_text(written: CalledProject) -> None:
    """The original's words stand above each; what is internal is not there."""
    done = written.call("translate", "exports", "de")
    text = written.source(PATH)

    assert (done.code, done.out.splitlines()[0]) == (0, PATH)
    assert text.splitlines()[:7] == [
        "---",
        "# Exports: twice as fast",
        'title: ""',
        "# Nothing to do.",
        'action: ""',
        "texts:",
        '  Rows are counted twice.: ""',
    ]
    assert "queue" not in text


def test_it_is_whole_once_every_place_is_filled(written: CalledProject) -> None:
    """The check then has nothing more to say, not even that it is old."""
    written.call("translate", "exports", "de")
    unfinished = written.call("check", PATH).out
    text = written.source(PATH).replace('""', "Etwas auf Deutsch.")
    (written.root / PATH).write_text(f"{text}Exporte sind früher fertig.\n", "utf-8")

    assert "GP552 `title` is not translated" in unfinished
    assert "GP554 `Rows are counted twice.` is not translated" in unfinished
    assert written.call("check", "--strict").out == "Nothing to report in 1 entry.\n"


def test_a_text_of_any_length(written: CalledProject) -> None:
    """YAML takes no long text before a colon unless it is marked."""
    long = "Rows " * 400
    file = written.root / "content/releases/2026/exports.md"
    file.write_text(ENTRY.replace("Rows are counted twice.", long), "utf-8")
    assert written.call("translate", "exports", "de").code == 0

    assert "GP00" not in written.call("check").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("exprts", "de"), "did you mean `gatepost translate exports`?"),
        (("exports", "xx"), "`xx` is no language"),
        (("exports", "../../x"), "is no language"),
    ],
)
def test_a_wrong_call(
    written: CalledProject, words: tuple[str, str], said: str
) -> None:
    """One line says what is wrong; nothing is written."""
    before = {*written.root.parent.rglob("*")}
    done = written.call("translate", *words)

    assert done.code == 2
    assert said in done.err
    assert {*written.root.parent.rglob("*")} == before


def test_nothing_is_written_over(written: CalledProject) -> None:
    """What a translator has written stays."""
    (written.root / PATH).write_text("mine", "utf-8")
    done = written.call("translate", "exports", "de")

    assert (done.code, written.source(PATH)) == (2, "mine")
    assert "is there already" in done.err


def test_the_language_of_the_original_is_refused(written: CalledProject) -> None:
    """There is nothing to translate; the message says what to type."""
    done = written.call("translate", "exports", "en")

    assert (done.code, done.out) == (2, "")
    assert "exports.md is written in en already" in done.err
    assert "gatepost translate exports de" in done.err
    assert not (written.root / "content/releases/2026/exports.en.md").exists()


def test_the_language_an_entry_says_counts(written: CalledProject) -> None:
    """An entry in German may be translated into the language of the site."""
    file = written.root / "content/releases/2026/exports.md"
    file.write_text(ENTRY.replace("phase:", "lang: de\nphase:"), "utf-8")

    assert written.call("translate", "exports", "en").code == 0
    assert "written in de already" in written.call("translate", "exports", "de").err


def test_it_says_where_the_text_below_the_fields_stands(written: CalledProject) -> None:
    """The original's words are above the fields; its text is not copied."""
    written.call("translate", "exports", "de")

    assert written.source(PATH).splitlines()[-2:] == [
        "# Below the next line: the text of exports.md in your language.",
        "---",
    ]
