"""Internal text is cut before anything reads the body; a doubtful marker stops the build."""

from __future__ import annotations

import pytest

from gatepost.content.body import split_internal


def test_an_internal_block_is_cut_and_lines_still_count() -> None:
    """Outsiders get empty lines in its place, colleagues a marked note."""
    body, findings = split_internal(
        "One\n\n/// internal\nSecret\n///\n\nTwo\n", 5, "e.md"
    )

    assert body.public == "One\n\n\n\n\n\nTwo\n"
    assert '!!! gp-internal "Internal"\n\n    Secret' in body.whole
    assert [(cut.text, cut.line) for cut in body.cuts] == [("Secret", 8)]
    assert findings == ()


def test_several_blocks_and_a_word_after_the_marker() -> None:
    """Each block is cut on its own."""
    text = "/// internal for support\nA\n///\nOpen\n/// internal\nB\n///\n"
    body, findings = split_internal(text, 1, "e.md")

    assert body.public.split() == ["Open"]
    assert [cut.text for cut in body.cuts] == ["for support\nA", "B"]
    assert findings == ()


def test_an_open_block_stops_and_hides_the_rest() -> None:
    """Nothing after an open marker is published."""
    body, findings = split_internal("One\n/// internal\nSecret\nMore\n", 1, "e.md")

    assert "Secret" not in body.public
    assert "More" not in body.public
    assert [str(one) for one in findings] == [
        "e.md:2:1: GP012 this internal block is not closed"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "///internal",
        "// internal",
        "//// internal",
        "/// Internal",
        "/// INTERNAL",
        "/// interal",
        "/// intern",
        "/// internal-only",
        " /// internal",
        "    /// internal",
        "- /// internal",
        "> /// internal",
        "1. /// internal",
        "/// private",
        "/// confidential",
        "/// note",
        "///",
        "////",
    ],
)
def test_a_marker_that_is_nearly_right_stops_the_build(line: str) -> None:
    """Text that was meant to be hidden is never published by a slip."""
    _, findings = split_internal(f"One\n{line}\nSecret\n///\n", 1, "e.md")

    assert findings
    assert findings[0].code == "GP013"
    assert findings[0].place.line == 2


@pytest.mark.parametrize(
    "line",
    [
        "See https://example.com/internal",
        "// a comment of a code sample",
        "// set the interval",
        "//integers = [1]",
        "a /// b",
        "The path //server/share",
        "https://example.com",
        "/ internal",
    ],
)
def test_other_slashes_are_left_alone(line: str) -> None:
    """Addresses, paths and comments in code are text."""
    body, findings = split_internal(f"{line}\n", 1, "e.md")

    assert body.public == f"{line}\n"
    assert findings == ()


def test_a_block_in_a_code_sample_is_cut_too() -> None:
    """A marker hides wherever it stands: code is no way out of it."""
    body, _ = split_internal("```\n/// internal\nSecret\n///\n```\n", 1, "e.md")

    assert "Secret" not in body.public


def test_a_block_in_a_block_is_told() -> None:
    """The inner marker would close nothing."""
    text = "/// internal\nA\n/// internal\nB\n///\n"
    body, findings = split_internal(text, 1, "e.md")

    assert [one.place.line for one in findings] == [3]
    assert body.public.strip() == ""


def test_comments_are_cut() -> None:
    """A browser shows the source of a page to everyone."""
    body, findings = split_internal("One <!-- Secret\nmore --> two\n", 4, "e.md")

    assert body.public == "One \n two\n"
    assert [cut.line for cut in body.cuts] == [4]
    assert findings == ()


def test_an_open_comment_hides_the_rest() -> None:
    """Browsers take it as open too."""
    body, _ = split_internal("One <!-- Secret\nMore\n", 1, "e.md")

    assert body.public == "One \n\n"


def test_a_comment_in_a_code_sample_is_code() -> None:
    """Readers see it, so its author meant them to."""
    text = "```html\n<!-- shown -->\n```\n"

    assert split_internal(text, 1, "e.md")[0].public == text


def test_a_sidecar_is_for_colleagues_only() -> None:
    """Long internal text stands in a file of its own."""
    body, _ = split_internal("One\n", 1, "e.md", sidecar="Secret\n\nMore\n")

    assert body.public == "One\n"
    assert "    Secret\n\n    More" in body.whole
    assert body.cuts[0].text == "Secret\n\nMore\n"
