"""Internal text is cut before anything reads the body; a doubtful marker stops the build."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_line_of_code_does_not_close_a_block() -> None:
    """A sample in internal text may hold a line `///`; what follows it stays internal."""
    text = "/// internal\n```rust\n/// Doc\n///\n/// Secret\n```\n///\nOpen\n"
    body, findings = split_internal(text, 1, "e.md")

    assert findings == ()
    assert body.public.split() == ["Open"]
    assert "Secret" in body.cuts[0].text


def test_a_sample_without_an_end_keeps_the_block_open() -> None:
    """Nobody can tell whether the closing line belongs to the sample."""
    text = "/// internal\n```\nSecret\n///\nOpen?\n"
    body, findings = split_internal(text, 1, "e.md")

    assert body.public.strip() == ""
    assert [str(one) for one in findings] == [
        "e.md:1:1: GP012 this internal block is not closed: the ``` inside it has no end"
    ]


def test_words_behind_the_marker_are_internal_text() -> None:
    """They are where an author wrote them, for colleagues only."""
    body, _ = split_internal("/// internal Ask @ops first\nSecret\n///\n", 5, "e.md")

    assert "Ask" not in body.public
    assert "    Ask @ops first\n\n    Secret" in body.whole
    assert [(cut.text, cut.line) for cut in body.cuts] == [
        ("Ask @ops first\nSecret", 5)
    ]


def test_an_open_comment_in_a_block_hides_nothing_below_it() -> None:
    """Colleagues read the rest of the text."""
    body, findings = split_internal("/// internal\nA <!-- b\n///\nOpen\n", 1, "e.md")

    assert findings == ()
    assert body.public.strip() == "Open"
    assert body.whole.strip().endswith("Open")


def test_a_marker_in_a_comment_is_a_marker() -> None:
    """The block begins there, whatever stands around it."""
    body, findings = split_internal("<!--\n/// internal\nA\n///\n-->\nB\n", 1, "e.md")

    assert findings == ()
    assert body.public.split() == ["B"]


def test_every_place_of_a_long_body_is_right() -> None:
    """Cut lines count on, so that a finding below them points at its line."""
    text = "One\n/// internal\nA\n///\n<!-- b\nc -->\n/// Internal\n"
    _, (finding,) = split_internal(text, 40, "e.md")

    assert finding.place.line == 46


_LINES = st.lists(
    st.sampled_from(
        [
            "/// internal",
            "///",
            "```",
            "~~~",
            "",
            "Secret",
            "text",
            "<!--",
            "-->",
            "> ```",
        ]
    )
)


@given(_LINES)
def test_internal_text_is_never_public(lines: list[str]) -> None:
    """Each line between two markers is secret: none of it is public, or the build stops."""
    inside, said = False, []
    for line in lines:
        inside = line != "///" and (inside or line == "/// internal")
        said.append(
            "Secret" if inside and line == "text" else line.replace("Secret", "")
        )
    body, findings = split_internal("\n".join(said), 1, "e.md")

    assert body.public.count("\n") == max(len(said) - 1, 0)
    assert findings or "Secret" not in body.public


@pytest.mark.parametrize(
    "text",
    [
        "/// internal\n" * 20_000,
        "///\n" * 20_000,
        "/// internal\n///\n" * 20_000,
        "/" * 200_000,
    ],
    ids=["open", "close", "both", "slashes"],
)
def test_a_hostile_body_is_cut_in_time(text: str) -> None:
    """The time grows with the length of the text, not with its square."""
    body, _ = split_internal(text, 1, "e.md")

    assert body.public.count("\n") == text.count("\n")
