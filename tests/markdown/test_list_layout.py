"""Lists, tables and code are read the way editors and code hosts show them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from gatepost.markdown.layout import LayoutPreprocessor
from gatepost.markdown.render import Renderer


def settled(text: str) -> str:
    """A text as the step hands it on."""
    return "\n".join(LayoutPreprocessor(Markdown()).run(text.split("\n")))


def html(text: str) -> str:
    """A rendered body without line breaks."""
    rendered = Renderer().render(text, prefix="x", link=lambda _: None)
    return re.sub(r"\s*\n\s*", "", rendered.html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("New:\n- a\n- b", "<p>New:</p><ul><li>a</li><li>b</li></ul>"),
        ("New:\n* a\n* b", "<p>New:</p><ul><li>a</li><li>b</li></ul>"),
        ("Do:\n1. a\n2. b", "<p>Do:</p><ol><li>a</li><li>b</li></ol>"),
        ("| a |\n|---|\n| b |\n- c", "</table></div><ul><li>c</li></ul>"),
        ("Prices:\n| a |\n|---|\n| b |", '<p>Prices:</p><div class="gp-scroll"'),
    ],
)
def test_a_list_or_table_may_follow_a_sentence(text: str, expected: str) -> None:
    """No empty line is needed before it."""
    assert expected in html(text)


@pytest.mark.parametrize(
    "text",
    [
        "In the year\n2025. we began.",
        "From 10\n-5 degrees",
        "x *\n*y* z",
        "a -\nb",
        "Sum\n+ 3",
    ],
)
def test_a_sentence_is_no_list(text: str) -> None:
    """A number in the middle of a sentence, or a mark without a space, begins no list."""
    assert "<ol" not in html(text)
    assert "-5" not in text or "<ul" not in html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        (
            "- a\n  - b\n    - c\n- d",
            "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
        ),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("* a\n  1. b\n* c", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        ("- a\n  more\n- b", "<ul><li>amore</li><li>b</li></ul>"),
        ("- a\nmore\n- b", "<ul><li>amore</li><li>b</li></ul>"),
        ("- a\n\n  b\n\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n\nb", "<ul><li>a</li></ul><p>b</p>"),
        (
            '!!! note ""\n    New:\n    - a\n      - b',
            "<p>New:</p><ul><li>a<ul><li>b</li></ul></li></ul></div>",
        ),
        (
            '- a\n\n  !!! note ""\n      b\n- c',
            '<ul><li><p>a</p><div class="admonition note"><p>b</p></div></li>',
        ),
    ],
)
def test_two_spaces_are_enough(text: str, expected: str) -> None:
    """What stands below the words of an item belongs to it."""
    assert expected in html(text)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Run:\n```\nls\n```\nThen wait.", "<p>Run:</p>", "<p>Then wait.</p>"),
        (
            "- a\n  ```\n  ls\n  ```\n- b",
            "<ul><li><p>a</p>",
            "</li><li><p>b</p></li></ul>",
        ),
        (
            "- a\n\n  ```\n  ls\n  ```\n- b",
            "<ul><li><p>a</p>",
            "</li><li><p>b</p></li></ul>",
        ),
        (
            "1. a\n   ```\n   ls\n   ```\n2. b",
            "<ol><li><p>a</p>",
            "</li><li><p>b</p></li></ol>",
        ),
    ],
)
def test_code_stands_apart(text: str, before: str, after: str) -> None:
    """A block of code needs no empty lines around it and leaves no broken paragraph."""
    found = html(text)

    assert f'{before}<div class="highlight">' in found
    assert found.endswith(f"</code></pre></div>{after}")
    assert "<p></p>" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Text\n\n- a\n- b\n\n    para\n\n        code\n\n- c\n    - d\n        - e",
        "1. a\n\n    !!! note\n        text\n\n2. b",
        '=== "A"\n\n    text\n\n    - x\n        - y\n\n=== "B"\n\n    text',
        "    code - x\n    - y",
        "- - -\n\n* * *",
        "Term\n:   Meaning\n\n    - a\n    - b",
        "[^1]: Note\n\n    - a\n    - b",
        "> - a\n>   - b",
        "-   a\n\n    b\n-   c",
        "# Title\n\ntext",
        "???+ tip\n!!! note\n    text\n\n- a",
    ],
)
def test_what_was_right_stays(text: str) -> None:
    """A text written for Python-Markdown is handed on as it is."""
    assert settled(text) == text.replace("\n-   c", "\n\n-   c")


def test_real_changelog(corpus: Path) -> None:
    """No list mark is left standing in a paragraph of a real changelog."""
    renderer = Renderer()
    left = re.compile(r"<p>[^<]*\n- <strong>")

    for file in sorted((corpus / "cloudflare" / "changelog").rglob("*.mdx")):
        body = file.read_text("utf-8").partition("\n---\n")[2]
        rendered = renderer.render(body, prefix="x", link=lambda _: None)
        assert not left.search(rendered.html), file.name


@given(
    st.lists(
        st.sampled_from(["- a", "1. a", "a", "", "!!! note", "| a |", "> a"]).flatmap(
            lambda line: st.integers(0, 9).map(lambda width: " " * width + line)
        ),
        max_size=12,
    )
)
def test_nothing_is_lost(lines: list[str]) -> None:
    """Only margins and empty lines change."""
    text = "\n".join(lines)

    assert settled(text).split() == text.split()
