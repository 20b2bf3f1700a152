"""A hostile text is refused, or rendered in reasonable time; it never takes the build down."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gatepost.markdown.limits import LONGEST, LONGEST_PARAGRAPH
from gatepost.markdown.render import Renderer, RenderError

LENGTH = 100_000
SECONDS = 20.0
"""Processor time; most texts here take less than a second."""


def render(text: str) -> str:
    """Render one body."""
    return Renderer().render(text, prefix="x", link=lambda _: None).html


def refusal(text: str) -> str:
    """Why a body is refused; empty if it is rendered."""
    try:
        render(text)
    except RenderError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[a](", "[a](b", "[a](<", "[a][", "](", "(", "[[a]", "[^1]", "[^1]: a\n",
        "*", "*a ", "a*", "**_", "_a", "~~a", "==a ", "*a_b", "**a*b", "***a",
        "`", "` ", "`a``b", "``a`", "```a", "```\n", "```\na\n```\n", "~~~\n", '``` a="" ',
        "<", "<a ", '<a "', "<!--", "<!-- a -->\n", "<?", "<![CDATA[", "<b>", "<b>a\n\n",
        "<div>", "<div>\n\n", "<table><tr><td>", "<h1>", "<svg>", "<select>", "<title>",
        "<http://a", "<a@", "&a", "&#", "&amp;", "\\", "\\*",
        ">", "> ", "> - ", "- ", "- a\n", "- a\n\n", "1. a\n", "    ", "a\n: b\n",
        "# a\n", "#", "a\n=\n", "---\n", "***\n", "* * ***\n", "> - \n",
        "!!! note\n", "??? a\n    b\n", '=== "a"\n',
        "|", "|a", "|a|b|\n|-|-|\n", "*[a]: b\n", "[a]: b\n", "- [ ] a\n", "a {", "# a { .b }\n",
        "a", "a ", "a\n", "a\n\n", " ", "\n", "\t", "\r\n", "a  \n", "字", "\u0301", "\u200d",
        "\0", "\1wzxhzdk:0\4", "\2wzxhzdk:0\3", "\2klzzwxh:0000\3", "\2amp\3",
    ],
)  # fmt: skip
def test_repeated(piece: str) -> None:
    """Any mark, a hundred thousand characters of it."""
    started = time.process_time()
    refusal((piece * LENGTH)[:LENGTH])

    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("    " * depth + "- a" for depth in range(39)),
        "\n".join("    " * depth + "!!! note\n" for depth in range(150)),
        "\n".join("    " * depth + '=== "a"\n' for depth in range(150)),
        ">" * 39 + " a\n",
        "<div>" * 5_000 + "\n",
        "<b>" * 5_000,
        "[" * 240 + "a" * 7_000,
        "<a " * 100 + "a " * 9_000,
        "`a``" * 800,
        "# a\n" * 900 + "a " * 3_000,
        "<b>_a<!-- a -->\n" * 150,
        "``` " + 'a="" ' * 11 + '"\n',
        "```py " + 'a="x" ' * 11 + "{\n",
        "``` " + "a='' b=\"\" " * 5 + "=\n",
        "[^1]: a\n\n" + "[^1] " * 490,
        "".join(f"*[a{number}]: b\n" for number in range(190)) + "\na1 " * 3_000,
        "```json\n" + "[" * 20_000 + "\n```\n",
        "```python\n" + "def f(x): return 1\n" * 5_000 + "```\n",
        '```py hl_lines="1-999999999"\nx\n```\n',
        "```py linenums='" + "9" * 6_000 + "'\nx\n```\n",
    ],
    ids=lambda text: text[:20].strip(),
)
def test_just_below_the_limits(text: str) -> None:
    """What is not refused is rendered, or refused because the library gives up."""
    started = time.process_time()
    why = refusal(text)

    assert not why or "too deep or too long" in why
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\n" * LONGEST, "it is longer than 300,000 characters"),
        ("a" * (LONGEST_PARAGRAPH + 1), "a paragraph is longer than 20,000 characters"),
        (
            "[" * 10_000,
            "a long paragraph has many brackets, tags or ` that are not closed",
        ),
        ("> " * 2_000, "it has quotes inside quotes, 40 deep"),
        ("a" * 3_000 + "\n" + " " * 400 + "- a", "it has lists inside lists, 40 deep"),
        ("```\n" * 2_000, "it has more than 1,000 lines of ``` or ~~~"),
        ("[^1] " * 600, "it has more than 500 footnote marks"),
        ("*[a]: b\n" * 500, "it has more than 200 abbreviations"),
        ("<b>" * 11_000, "it has more than 10,000 tags"),
        ("<a <a\n" * 5_000, "it has many `<` without a `>`"),
        ("<b>_a<!-- a -->\n" * 1_000, "it has many comments and many tags"),
        ("a\n\n" * 30_000, "it has more than 20,000 paragraphs"),
        (
            "# a\n" * 3_000,
            "it has many headings, notes or definitions without empty lines between them",
        ),
        (
            "[a]: b\ntext\n" * 3_000,
            "it has many headings, notes or definitions without empty lines between them",
        ),
        ("\r```" + "a=b " * 30, "a block of code has 12 settings or more"),
        ("``\2`" + "a=b " * 30, "a block of code has 12 settings or more"),
        ("``` " + "a=b " * 30, "a block of code has 12 settings or more"),
    ],
    ids=lambda value: value[:20].strip(),
)
def test_refused(text: str, why: str) -> None:
    """The author reads what there is too much of."""
    with pytest.raises(RenderError) as raised:
        render(text)

    assert str(raised.value) == why


def test_what_the_library_gives_up_on() -> None:
    """A text on which the library fails is refused in words, not with its own exception."""
    assert refusal("a\n: b\n" * 490) == (
        "its lists, quotes or definitions are too deep or too long"
    )


def test_after_a_refusal() -> None:
    """A text that breaks the library's run leaves nothing behind for the next one."""
    renderer = Renderer()
    good = "Text[^1] CSV\n\n[^1]: Note\n\n*[CSV]: values"
    expected = Renderer().render(good, prefix="x", link=lambda _: None)

    for bad in (
        "*[CSV]: wrong\n\n" + "a\n: b\n" * 480,
        "- a\n\n    " + "[" * 10_000,
        "*[CSV]: wrong\n\n" + "a" * 30_000,
    ):
        with pytest.raises(RenderError):
            renderer.render(bad, prefix="x", link=lambda _: None)

        assert renderer.render(good, prefix="x", link=lambda _: None) == expected


def test_code_may_have_long_lines() -> None:
    """The limits are for prose: a long line of code is coloured as any other."""
    assert "highlight" in render("```js\n" + "f(1);" * 10_000 + "\n```")


def test_whole_changelogs_are_within_the_limits(corpus: Path) -> None:
    """The longest real files, all versions in one, can be rendered."""
    files = sorted((corpus / "changelogs").rglob("*.md"))
    sizes = {file: file.stat().st_size for file in files}

    for file in sorted(files, key=lambda file: -sizes[file])[:6]:
        assert render(file.read_text("utf-8"))
