"""A line that may be meant as a marker of internal text is never passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.content.body import split_internal

NEARLY = {
    "no space": "///internal",
    "two spaces": "///  internal",
    "a space that does not break": "///\u00a0internal",
    "four slashes": "//// internal",
    "two slashes": "// internal",
    "two slashes and more words": "// internal notes",
    "spaces between the slashes": "/ / / internal",
    "a capital": "/// Internal",
    "capitals": "/// INTERNAL",
    "a letter missing": "/// interal",
    "letters swapped": "/// intrenal",
    "another language": "/// interne",
    "an accent": "/// intérnal",
    "a digit": "/// 1nternal",
    "a colon": "/// internal: for support",
    "a hyphen": "/// internal-only",
    "quotes": '/// "internal"',
    "brackets": "/// [internal]",
    "emphasis": "/// **Internal**",
    "indented": "  /// internal",
    "indented by a tab": "\t/// internal",
    "in a list": "- /// internal",
    "in a numbered list": "1. /// internal",
    "in a task list": "- [ ] /// internal",
    "in a quotation": "> > /// internal",
    "in a table": "| /// internal |",
    "in a heading": "## /// internal",
    "in a footnote": "[^1]: /// internal",
    "in HTML": "<div>/// internal",
    "in a comment": "<!-- /// internal -->",
    "behind other words": "For support /// internal",
    "behind other slashes": "a // b /// internal",
    "another word": "/// private",
    "a block of another tool": "/// details",
    "a word in Russian": "/// внутреннее",
    "a closing line": "///",
    "a closing line with four": "////",
    "a closing line with a word": "/// end",
    "full-width slashes": "\uff0f\uff0f\uff0f internal",
    "slashes of mathematics": "\u2215\u2215\u2215 internal",
    "backslashes": "\\\\\\ internal",
    "a mark nobody sees before it": "\u200b/// internal",
    "a mark nobody sees in it": "/// inter\u00adnal",
    "an admonition": '!!! internal "Internal"',
    "an admonition as we write it": '!!! gp-internal "Internal"',
    "a folding block": "??? internal",
    "a container": "::: internal",
}
"""Each of these lines could stand above a secret."""


@pytest.mark.parametrize("line", NEARLY.values(), ids=NEARLY.keys())
def test_a_line_that_is_nearly_a_marker_stops_the_build(line: str) -> None:
    """There is no closing line here that could be noticed instead."""
    _, findings = split_internal(f"One\n{line}\nSecret\n", 7, "e.md")

    assert [(one.code, one.level, one.place.line) for one in findings] == [
        ("GP013", "error", 8)
    ]
    assert findings[0].fix


TEXT = {
    "an address": "See https://example.com/internal",
    "a file address": "Open file:///internal/notes",
    "an address without a scheme": "![logo](//cdn.example.com/internal.png)",
    "a path": "The folder //server/share",
    "a comment": "// set the interval",
    "code": "//integers = [1]",
    "a sentence": "Use /// to begin a comment",
    "one slash": "/ internal",
    "a fraction": "1 / 2 / 3 internal users",
    "the marker, shown": "Put `/// internal` above the text",
    "the marker, shown first": "`/// internal` opens a block",
    "slashes that are meant": "&#47;// internal",
    "slashes that are meant, in code": "//\u200b/ internal",
    "an admonition": '!!! note "International"',
    "emphasis": "**Internal** links work again",
    "a backslash": "\\\\server\\internal-share is gone",
}


@pytest.mark.parametrize("line", TEXT.values(), ids=TEXT.keys())
def test_other_slashes_are_text(line: str) -> None:
    """What nobody would take for a marker stays as it is."""
    body, findings = split_internal(f"{line}\n", 1, "e.md")

    assert (findings, body.public, body.cuts) == ((), f"{line}\n", ())


@pytest.mark.parametrize(
    "sample",
    [
        "/// Returns the list.\n///\n/// # Errors\nfn list() {}",
        "/// <summary>\n/// A list.\n/// </summary>",
        "/// Internal helper of the parser.",
        "/// Interval",
        "// internal state\nint x;",
    ],
    ids=["Rust", "C#", "a word that is no marker", "a word like it", "C"],
)
def test_documentation_in_a_code_sample_is_code(sample: str) -> None:
    """Several languages begin documentation with three slashes."""
    text = f"```rust\n{sample}\n```\n"

    body, findings = split_internal(text, 1, "e.md")

    assert (findings, body.public) == ((), text)


@pytest.mark.parametrize("line", ["/// interal", "/// Internal", "// internal"])
def test_a_lone_marker_in_a_code_sample_is_doubtful_all_the_same(line: str) -> None:
    """Code is no way around the reader."""
    _, findings = split_internal(f"```\n{line}\nSecret\n```\n", 1, "e.md")

    assert [str(one)[:16] for one in findings] == ["e.md:2:1: GP013 "]


@pytest.mark.parametrize(
    "line",
    ["////", "//", "  ///", "> ///", "/// end", "///.", "/ / /", "\uff0f\uff0f\uff0f"],
)
def test_a_line_that_nearly_closes_keeps_everything_internal(line: str) -> None:
    """What stands below may be meant for readers; only its author can tell."""
    body, findings = split_internal(
        f"/// internal\nSecret\n{line}\nPublic?\n", 1, "e.md"
    )

    assert body.public.strip() == ""
    assert [(one.place.line, one.code) for one in findings] == [
        (1, "GP012"),
        (3, "GP013"),
    ]


def test_the_finding_names_the_line_and_what_to_type() -> None:
    """A product manager reads it and knows."""
    (finding,) = split_internal("One\n  /// Internal\n", 9, "e.md")[1]

    assert str(finding) == (
        "e.md:10:3: GP013 `/// Internal` is nearly a marker of internal text"
    )
    assert finding.fix == "write `/// internal` alone, at the start of the line"


HOSTILE = {
    "empty tags": "<!>" * 50_000 + "x/// internal",
    "open brackets": "<" * 200_000 + "x///",
    "open footnotes": "[^" * 50_000 + "x///",
    "numbers": "1." * 50_000 + "x///",
    "colons": ":" * 200_000,
    "stars": "*" * 200_000 + "!!!",
    "marks of exclamation": "!" * 200_000,
    "slashes apart": "/ " * 100_000 + "x",
    "slashes and words": "// a " * 50_000,
    "backslashes": "\\" * 200_000,
    "underscores": "///" + "_" * 200_000,
    "a long word": "/// " + "internal" * 25_000,
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("opened", ["", "/// internal\n"], ids=["outside", "inside"])
def test_a_hostile_line_is_read_in_time(opened: str, line: str) -> None:
    """The time grows with the length of the line, not with its square."""
    body, _ = split_internal(f"{opened}{line}\n", 1, "e.md")

    assert body.public.endswith("\n")


_BEFORE = st.sampled_from(
    ["", " ", "    ", "- ", "> ", "1) ", "# ", "\u200b", "**", "| "]
)
_SLASHES = st.sampled_from(
    ["///", "////", "/ //", "//\u200d/", "\uff0f\uff0f\uff0f", "///////"]
)
_BETWEEN = st.sampled_from(["", " ", "  ", "\t", "\u00a0", "-", ":", "_", ' "', " ["])
_WORD = st.sampled_from(
    [
        "internal",
        "Internal",
        "INTERNAL",
        "intern",
        "inernal",
        "internall",
        "\u0131nternal",
    ]
)
_AFTER = st.sampled_from(["", " ", ":", " for support", "]", '"', "**", " ///"])


@given(_BEFORE, _SLASHES, _BETWEEN, _WORD, _AFTER)
def test_no_spelling_of_the_marker_publishes(
    before: str, slashes: str, between: str, word: str, after: str
) -> None:
    """Whatever somebody makes of the marker: the text is cut, or the build stops."""
    line = f"{before}{slashes}{between}{word}{after}"
    body, findings = split_internal(f"One\n\n{line}\nSecret\n", 1, "e.md")

    assert findings or "Secret" not in body.public
