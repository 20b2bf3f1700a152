"""Links and pictures are found where their authors wrote them, and nowhere else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.content.links import Link, find_links, read_marks, scheme_of, targets_of


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](b)", ("b",)),
        ("[a]( b )", ("b",)),
        ("[a](b \"title\") [c](d 'title') [e](f (title))", ("b", "d", "f")),
        ("[a](<b c>)", ("b c",)),
        ("[a](b(c)d)", ("b(c)d",)),
        ("[a]()", ("",)),
        ("[a]\n(b)", ()),
        ("[![picture](p.png)](page)", ("page", "p.png")),
        ("[a [b] c](d)", ("d",)),
        ("<https://example.com/a>", ("https://example.com/a",)),
        ("<mailto:help@example.com>", ("mailto:help@example.com",)),
        ('<a class="x" href="b">c</a>', ("b",)),
        ("<A HREF='b'>c</A>", ("b",)),
        ("<a href=b>c</a>", ("b",)),
        ("<a\n  href='b'>c</a>", ("b",)),
        ('<img src="p.png">', ("p.png",)),
        ("<abbr title='x'>c</abbr> <a name='x'></a>", ()),
        ("[a](java&#115;cript:alert)", ("javascript:alert",)),
        (r"[a](b\_c)", ("b_c",)),
        ("[Ärger](ä.md) [日本](日本.md)", ("ä.md", "日本.md")),
    ],
)
def test_targets(text: str, targets: tuple[str, ...]) -> None:
    """Each way to write a link leads where its author meant."""
    assert targets == targets_of(text)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a][r]\n\n[r]: b", ("b",)),
        ("[R][]\n\n[r]: b", ("b",)),
        ("[r]\n\n[r]: <b c> 'title'", ("b c",)),
        ("[the  Words]\n\n[the words]: b", ("b",)),
        ("![p][r]\n\n[r]: b.png", ("b.png",)),
        ("[r]\n\n[r]: first\n[r]: second", ("first",)),
        ("[a][missing] and [ ] a task", ()),
        ("[^1]\n\n[^1]: a note, not an address", ()),
        ("[r]: never-used", ()),
    ],
)
def test_reference_style(text: str, targets: tuple[str, ...]) -> None:
    """A link may name its address further down; names that lead nowhere are plain text."""
    assert targets == targets_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b)`",
        "``[a](b) ` ``",
        "```\n[a](b)\n```",
        "~~~ python\n[a](b)\n~~~",
        "- one\n\n    ```\n    [a](b)\n    ```",
        "> ```\n> [a](b)\n> ```",
        "````\n```\n[a](b)\n```\n````",
        "<!-- [a](b) -->",
        "<!--\n\n<img src=p.png>\n-->",
        r"\[a](b)",
        r"[a\](b)",
    ],
)
def test_no_links_in_code(text: str) -> None:
    """Code, comments and escaped brackets hold no links."""
    assert find_links(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "```\n[a](b)",
        "` [a](b)",
        "``[a](b)`",
        "one ` two\n\n[a](b) ` three",
        "<!-- [a](b)",
        "[[[[ [a](b)",
    ],
)
def test_open_marks_hide_nothing(text: str) -> None:
    """A mark that is never closed is plain text, so the links behind it count."""
    assert targets_of(text) == ("b",)


def test_place_of_a_link() -> None:
    """Line and column count from 1, in characters, at the link's first mark."""
    text = "é [one](a)\n\n😀😀 ![two](b) `x` <https://c>\n"

    assert [(link.target, link.line, link.column) for link in find_links(text)] == [
        ("a", 1, 3),
        ("b", 3, 4),
        ("https://c", 3, 18),
    ]


def test_words_of_pictures() -> None:
    """A picture says what it shows, or has no words at all; an empty `alt` is a decision."""
    text = (
        "![a list](1) ![](2) ![ ](3) <img src=4> <img src=5 alt=''> <img alt='x' src=6>"
    )

    alts = [link.alt for link in find_links(text) if link.image]

    assert alts == ["a list", None, None, None, "", "x"]


def test_link_in_full() -> None:
    """A link knows its words and that it is no picture."""
    expected = Link("b", "`code`", 1, 1, image=False, alt=None)

    assert (expected,) == find_links("[`code`](b)")


def test_code_is_found_too() -> None:
    """The same pass says where code is, fenced or inside a line."""
    text = "a `b` c\n\n```\nd\n```\n"

    marks = read_marks(text)

    assert [text[start:end] for start, end in marks.code] == ["`b`"]
    assert [text[start:end] for start, end in marks.fences] == ["```\nd\n```"]


@pytest.mark.parametrize(
    ("target", "scheme"),
    [
        ("https://example.com", "https"),
        ("JavaScript:alert(1)", "javascript"),
        (" java\nscript:alert(1)", "javascript"),
        ("\x01javascript:alert(1)", "javascript"),
        ("//example.com", "//"),
        ("/\\example.com", "//"),
        ("/help/a:b", ""),
        ("page.md#a:b", ""),
        ("#a", ""),
        ("", ""),
        ("?q=a:b", ""),
    ],
)
def test_scheme(target: str, scheme: str) -> None:
    """A scheme is what a browser takes for one."""
    assert scheme == scheme_of(target)


HOSTILE = (
    *(
        "[",
        "]",
        "[]",
        "![",
        "[](",
        "[](<",
        "[](a (x",
        '[](a "x',
        "[](a 'x",
        "[a][",
        "[a]:",
    ),
    *(
        "`",
        "`a\n",
        "`\n\n",
        "```a\n",
        "``` ",
        "~~~a\n",
        "<",
        "<a ",
        "<a href='",
        "<!--",
        "<a:",
    ),
    *("\\", "\n", "a", "<img alt ", "[x]: a\n", "/// internal\n", "((", "[](\\"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_stays_fast(piece: str) -> None:
    """No repeated mark makes the time grow faster than the text."""
    text = piece * (100_000 // len(piece))

    start = time.process_time()
    find_links(text)

    assert time.process_time() - start < 2


def test_growing_runs_stay_fast() -> None:
    """Neither do marks that are each a little longer or shorter than the last."""
    rising = "".join("`" * number + "a\n" for number in range(1, 500))
    falling = "".join("`" * number + " " for number in range(500, 0, -1))

    start = time.process_time()
    find_links(f"[{rising}")
    find_links(f"[{falling}")

    assert time.process_time() - start < 2


@given(st.text(alphabet="[]()<>!`~\\\"' \n:/ab#=hrefimgsc-", max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, every link found begins at one of its marks."""
    lines = text.split("\n")
    for link in find_links(text):
        assert lines[link.line - 1][link.column - 1] in "[!<"
