# ruff: noqa: E501 - source and result stand side by side, each on one line
"""Lists, tables and code keep their shape although Python-Markdown reads them another way."""

from __future__ import annotations

import pytest

from gatepost.integrations.layout import laid_out
from gatepost.integrations.own_markers import without_markers
from gatepost.markdown.render import Renderer


def shown(text: str, **more: bool | int) -> str:
    """The text, laid out."""
    return laid_out(text, **more)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "laid"),
    [
        ("Text:\n- a\n- b", "Text:\n\n- a\n- b"),
        ("- a\n  - b\n    - c\n- d", "- a\n    - b\n        - c\n- d"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("* a\n\n  text\n* b", "* a\n\n    text\n\n* b"),
        ("- a\n  ```sh\n  run\n  ```\n- b", "- a\n\n    ```sh\n    run\n    ```\n\n- b"),
        ("- ```sh\n  run\n  ```", "- ```sh\n    run\n    ```"),
        ("```sh\nrun\n ```\nText", "```sh\nrun\n```\n\nText"),
        ("A row\n| a | b |\n|---|---|\n| 1 | 2 |", "A row\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
        ("In 2020. It was\n2020. A year", "In 2020. It was\n2020. A year"),
        ("    - code, no list", "    - code, no list"),
        ("- a\nlazy text", "- a\n    lazy text"),
        ("* * *", "* * *"),
        ("<table>\n\t<tr>\n\t</tr>\n</table>\nText", "<table>\n    <tr>\n    </tr>\n</table>\n\nText"),
        ("a\n\n\n\nb", "a\n\nb"),
    ],
)  # fmt: skip
def test_commonmark_is_laid_out_for_python_markdown(source: str, laid: str) -> None:
    """An empty line before a list, four spaces a level, fences below each other."""
    assert shown(source) == laid


def test_nested_lists_come_out_nested() -> None:
    """As readers of the original saw them."""
    html = (
        Renderer()
        .render(shown("What:\n- a\n  - b\n  - c\n- d"), prefix="x", link=lambda _: None)
        .html
    )

    assert html.count("<ul>") == 2
    assert html.count("<li>") == 4


def test_tabs_in_code_stay_tabs() -> None:
    """Makefiles depend on them."""
    assert shown("```make\nall:\n\trun\n```") == "```make\nall:\n\trun\n```"


def test_indented_text_of_mdx_is_no_code() -> None:
    """Inside components authors indent as they like."""
    assert (
        shown("\t```ts\n\tlet a;\n\t```\n    Text", jsx=True)
        == "```ts\nlet a;\n```\n\nText"
    )


def test_headings_move_together() -> None:
    """The page has its own first-level heading; a release's sections begin at the second."""
    assert shown("# A\n\n## B") == "## A\n\n### B"
    assert shown("### A\n\n#### B", first_heading=2) == "## A\n\n### B"
    assert (
        shown("A\n===\n\nB\n---\n\nF# is a language", first_heading=2)
        == "## A\n\n### B\n\nF# is a language"
    )
    assert (
        shown("```sh\n# a comment\n```\n\n### A", first_heading=2)
        == "```sh\n# a comment\n```\n\n## A"
    )


def test_a_call_out_that_never_closes_ends_with_the_text() -> None:
    """And is reported."""
    assert laid_out("\ufdd0note|\nText") == ("!!! note\n    Text", False)


def test_a_thousand_call_outs_within_each_other_are_survived() -> None:
    """Nobody wrote that by hand."""
    text, _ = laid_out("\ufdd0note|\n" * 3000 + "Text")

    assert text.endswith("Text")


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("/// internal", "&#47;// internal"),
        ("- // internal", "- &#47;/ internal"),
        (
            "```rust\n/// A doc comment\nfn a() {}\n```",
            "```rust\n//\u200b/ A doc comment\nfn a() {}\n```",
        ),
        ("```js\n// internal\n```", "```js\n//\u200b internal\n```"),
    ],
)
def test_text_that_looks_like_our_own_marker_loses_that_look(
    source: str, kept: str
) -> None:
    """It reads the same, and code still is a comment."""
    assert without_markers(source) == (kept, 1)


def test_ordinary_addresses_are_left_alone() -> None:
    """Two strokes are no marker."""
    assert without_markers("See https://a.example // and more") == (
        "See https://a.example // and more",
        0,
    )
