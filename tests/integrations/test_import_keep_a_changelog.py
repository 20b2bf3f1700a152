# ruff: noqa: E501 - source and result stand side by side, each on one line
"""A changelog becomes one entry per release, and every line of it is accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.integrations.changelog_parts import Changelog, take_apart
from gatepost.integrations.keep_a_changelog import (
    ChangelogFile,
    ChangelogReading,
    read_changelog,
)


def reading(
    text: str, path: str = "CHANGELOG.md", product: str = "api"
) -> ChangelogReading:
    """Read one changelog."""
    return read_changelog(ChangelogFile(path, text, f"api/{path}", product))


def whys(text: str) -> list[str]:
    """What is listed, with its line."""
    return [f"{one.line}: {one.why}" for one in reading(text).leftovers]


def owners(changelog: Changelog) -> list[int]:
    """How many releases and stretches each line belongs to."""
    counted = [0] * len(changelog.rows)
    spans = [(part.first, part.end) for part in changelog.releases]
    spans += [(part.first, part.end) for part in changelog.stretches]
    for first, end in spans:
        for line in range(first, end):
            counted[line - 1] += 1
    return counted


KEEP = """# Changelog

The format is based on Keep a Changelog.

## [Unreleased]

## [1.1.0] - 2026-02-11

### Added

- Retries.

### Fixed

- Crash, see [the report][bug].

## [1.0.1] - 2025-11-30 [YANKED]

Withdrawn because it lost data.

## [1.0.0] - 2025-11-18

- First.

[unreleased]: https://a.example/compare/v1.1.0...HEAD
[1.1.0]: https://a.example/compare/v1.0.1...v1.1.0
[bug]: https://a.example/issues/7
"""


def test_keep_a_changelog_to_the_letter() -> None:
    """Versions, dates, sections as headings, references resolved, comparison as internal link."""
    newest, yanked, first = reading(KEEP).entries

    assert (newest.title, newest.version, newest.published) == (
        "api 1.1.0",
        "1.1.0",
        "2026-02-11",
    )
    assert newest.names[0] == "api-1-1-0"
    assert newest.body == (
        "## Added\n\n- Retries.\n\n## Fixed\n\n- Crash, see [the report][bug].\n\n"
        "[bug]: https://a.example/issues/7"
    )
    assert newest.refs == (("https://a.example/compare/v1.0.1...v1.1.0", "Comparison"),)
    assert (newest.origin.key, newest.origin.line) == ("1.1.0", 7)
    assert (yanked.state, yanked.state_note) == (
        "withdrawn",
        "Withdrawn because it lost data.",
    )
    assert first.body == "- First."


def test_what_is_no_release_is_listed_with_its_lines() -> None:
    """The introduction, an empty section, an address nobody uses."""
    assert whys(KEEP) == [
        "1: this stands before the first release: “# Changelog” and 1 more lines",
        "5: nothing stands below “Unreleased” yet",
        "25: the link address `[unreleased]: https://a.example/compare/v1.1.0...HEAD` is used nowhere",
    ]


def test_unreleased_changes_are_being_built() -> None:
    """They have no date and no version."""
    (made,) = reading("## [Unreleased]\n\n- Soon.\n").entries

    assert (made.released, made.published, made.version) == (False, "", "")
    assert made.title == "api unreleased changes"
    assert made.names[0] == "api-unreleased"


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("TBD\n===\nSoon.\n\n2.0 (2026-01-02)\n=====\nText\n", ["", "2.0"]),
        ("History\n=======\n\ndev\n---\n\n- x\n\n1.1.0 (2020-01-02)\n-----\n\n- y\n", ["", "1.1.0"]),
        ("pkg-1.1.0 (2020-01-02)\n\n  * x\n\npkg-1.0.0 (2020-01-01)\n\n  * y\n", ["1.1.0", "1.0.0"]),
        ("v1.1.0 - August 21, 2026\n\n* x\n\nv1.0.0 - July 1, 2026\n\n* y\n", ["1.1.0", "1.0.0"]),
        ("# v2.0.0\n\n## Features\n\n- x\n\n# v1.0.0\n\nText\n", ["2.0.0", "1.0.0"]),
        ("# 2.0.0 (2020-01-02)\n### Bug Fixes\n* a\n### [1.9.1](u) (2020-01-01)\n### Bug Fixes\n* b\n", ["2.0.0", "1.9.1"]),
        ("## 1.1.0\n\n`2020-01-02`\n\n- x\n\n## 1.0.0\n\n*2020-01-01*\n\n- y\n", ["1.1.0", "1.0.0"]),
        ("# 2.x\n\n## 2.1.0\n\n- x\n\n# Older\n\n## 1.0.0\n\n- y\n", ["2.x", "2.1.0", "1.0.0"]),
        ("\ufeff### نسخة v4.0.1\n\n- x\n", ["4.0.1"]),
        ("## 1.0.0\r\n\r\n- x\r\n", ["1.0.0"]),
    ],
    ids=["underlined", "underlined deeper", "plain", "plain with month", "top level", "mixed levels",
         "date below", "groups", "Arabic", "CRLF"],
)  # fmt: skip
def test_the_forms_of_headings(text: str, versions: list[str]) -> None:
    """Every shape met in real files."""
    assert [entry.version for entry in reading(text).entries] == versions


def test_a_date_below_the_heading_is_the_releases_date() -> None:
    """And not a line of its text."""
    (made,) = reading("## 1.1.0\n\nNovember 19, 2020\n\n- x\n").entries

    assert (made.published, made.body) == ("2020-11-19", "- x")


def test_a_section_of_its_own_rank_ends_a_release() -> None:
    """An upgrade guide at the end belongs to no release."""
    text = "## 1.0.0 - 2020-01-01\n\n- x\n\n## Upgrade Guide\n\n### From 1.0.0 to 1.1.0\n\nText\n"

    assert reading(text).entries[0].body == "- x"
    assert whys(text) == [
        "5: this belongs to no release: “## Upgrade Guide” and 2 more lines"
    ]


def test_a_section_below_its_release_stays_with_it() -> None:
    """Even if no other release has it."""
    text = "# 3.5.0 (2024-09-03)\n\n## Aggregated list\n\nText\n\n## [3.4.0](u) (2024-01-01)\n\n### Fixes\n\n- a\n"

    assert reading(text).entries[0].body == "## Aggregated list\n\nText"


def test_a_changelog_inside_a_block_of_code() -> None:
    """A worked example is a changelog too."""
    text = "# How to\n\n```markdown\n# Changelog\n\n## 1.1.0\n\n- x, see [d]\n\n## 1.0.0\n\n- y\n\n[d]: https://a.example\n```\n\nMore\n"

    assert [entry.version for entry in reading(text).entries] == ["1.1.0", "1.0.0"]
    assert "[d]: https://a.example" in reading(text).entries[0].body
    assert set(owners(reading(text).changelog)) == {1}


def test_releases_without_a_date_are_unlisted() -> None:
    """And listed in one line if they are many."""
    text = "".join(f"## 1.{n}.0\n\n- x\n\n" for n in range(5))

    assert all(entry.unlisted for entry in reading(text).entries)
    assert whys(text) == [
        "1: 5 releases down to line 17 have no date; they are unlisted until `dates.published` is given"
    ]


def test_a_version_that_stands_twice_gives_two_entries() -> None:
    """Their keys differ, so a second import finds both."""
    made = reading("## 1.0.0\n\n- x\n\n## 1.0.0\n\n- y\n").entries

    assert [entry.origin.key for entry in made] == ["1.0.0", "1.0.0#2"]


def test_a_release_about_which_nothing_is_said() -> None:
    """The entry says so, because a page may not be blank."""
    text = "## v1.0.1 - 2020-01-01\n\n## v1.0.0 - 2020-01-01\n\n- x\n"

    assert (
        reading(text).entries[0].body
        == "The changelog says nothing about this version."
    )
    assert "nothing stands below" in whys(text)[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("### Fixed\n- a", "fixed"),
        ("### 🐛 Bug Fixes\n- a", "fixed"),
        ("### Added\n- a\n### Fixed\n- b", "changed"),
        ("### Security\n- a", "changed"),
        ("- [BUGFIX] a\n- [BUGFIX] b", "fixed"),
        ("**Performance**\n- a", "performance"),
        ("  * Fixed a\n  * Fixed b", "fixed"),
        ("  * Fixed a\n  * The b", "changed"),
        ("Just text", "changed"),
    ],
)
def test_the_type_is_guessed_from_sections(text: str, kind: str) -> None:
    """One kind of section gives its type; anything else is a change."""
    assert reading(f"## 1.0.0\n\n{text}\n").entries[0].type == kind


def test_twins_in_two_languages_get_two_ids() -> None:
    """The file's name tells the language."""
    (made,) = reading("## 1.0.0\n\n- x\n", "CHANGELOG.fa.md").entries

    assert (made.lang, made.names[0]) == ("fa", "api-1-0-0-fa")


def test_front_matter_of_a_changelog_is_listed() -> None:
    """It is about the file, not about a release."""
    text = "---\norder: 6\n---\n\n## 1.0.0\n\n- x\n"

    assert whys(text)[0] == "1: the file's front matter says `order`; it is no release"
    assert set(owners(reading(text).changelog)) == {1}


def test_a_file_without_releases_is_listed_whole() -> None:
    """Nothing is guessed into it."""
    assert reading("# Notes\n\nText\n").entries == ()
    assert whys("# Notes\n\nText\n") == [
        "1: there is no heading of a release: “# Notes” and 1 more lines"
    ]


LINES = st.sampled_from(
    ["", "text", "## 1.0.0", "## [1.1.0] - 2020-01-02", "# A", "### Fixed", "- a", "---", "===", "```",
     "~~~", "[x]: https://a.example", "[y][x]", "<details>", "</details>", "<!-- c -->", "2020-01-01",
     "pkg-1.2.3 (2020-01-01)", "/// internal", ":::note", ":::", "| a |", "|---|", "> q", "Unreleased"]
)  # fmt: skip


@given(st.lists(LINES, max_size=40))
def test_every_line_belongs_to_exactly_one_part(lines: list[str]) -> None:
    """Whatever the file looks like."""
    assert set(owners(take_apart("\n".join(lines)))) == {1}


@given(st.lists(LINES, max_size=40))
def test_any_text_can_be_read(lines: list[str]) -> None:
    """It may give no entry, but never an error."""
    assert reading("\n".join(lines)).changelog is not None


def test_an_address_that_is_given_twice_differently_is_listed() -> None:
    """The first one counts, as everywhere."""
    text = "## 1.0.0 - 2020-01-01\n\n[a]\n\n[a]: https://a.example\n[a]: https://b.example\n"

    assert whys(text) == [
        "6: `[a]` stands twice; the first address was used, not https://b.example"
    ]


def test_comments_of_a_program_are_not_taken_for_our_markers() -> None:
    """Rust writes its documentation so."""
    text = "## 1.0.0 - 2020-01-01\n\n```rust\n/// doc\n```\n"

    assert "looked like a marker" in whys(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "### Breaking changes\n\n- Tokens end after a day\n",
        "### \u26a0 BREAKING CHANGES\n\nTokens end after a day.\n",
        "**Breaking**\n\n- Tokens end after a day\n\n**Fixed**\n\n- Speed\n",
        "Backwards incompatible API changes:\n\n- Tokens end after a day\n",
        "### Breaking changes in the client\n\n- Tokens end after a day\n",
        "### Changed\n\n- **Breaking:** tokens end after a day\n",
        "- breaking: tokens end after a day\n- fix: speed\n",
        "- [BREAKING] Tokens end after a day\n",
        "1. _Breaking change_ - tokens end after a day\n",
    ],
)
def test_what_breaks_is_breaking(text: str) -> None:
    """However a changelog marks it: whoever compares two versions must be told first."""
    (entry,) = reading(f"## 2.0.0 - 2026-01-01\n\n{text}").entries

    assert entry.breaking


@pytest.mark.parametrize(
    "text",
    [
        "### Breaking changes\n\nNone.\n",
        "### Breaking changes\n\n- No known breaking changes\n\n### Fixed\n\n- Speed\n",
        "### Breaking changes\n\n### Fixed\n\n- Speed\n",
        "### No breaking changes\n\n- Speed\n",
        "### Non-breaking changes\n\n- Speed\n",
        "### Fixed\n\n- Breaking a line twice no longer hangs\n- Fix breaking: a typo\n",
        "### Fixed\n\n```\n- breaking: an example\n```\n",
    ],
)
def test_what_does_not_break(text: str) -> None:
    """An empty section, the word in passing, and samples of code."""
    (entry,) = reading(f"## 2.0.0 - 2026-01-01\n\n{text}").entries

    assert not entry.breaking
