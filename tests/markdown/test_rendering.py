"""A body in Markdown becomes HTML that a theme for MkDocs can style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gatepost.markdown.extensions import make_markdown
from gatepost.markdown.render import Heading, Rendered, Renderer


def no_link(_: str) -> None:
    """Leave every address as it is."""


def render(text: str, prefix: str = "faster-export") -> Rendered:
    """Render one body alone."""
    return Renderer().render(text, prefix=prefix, link=no_link)


def squeezed(html: str) -> str:
    """HTML without line breaks between its elements."""
    return re.sub(r"\s*\n\s*", "", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "**Exports** are *fast*.",
            "<p><strong>Exports</strong> are <em>fast</em>.</p>",
        ),
        ("Use `pip < 3`.", "<p>Use <code>pip &lt; 3</code>.</p>"),
        ("~~old~~ and H~2~O", "<p><del>old</del> and H~2~O</p>"),
        ("==new==", "<p><mark>new</mark></p>"),
        ("Term\n:   Meaning", "<dl><dt>Term</dt><dd>Meaning</dd></dl>"),
        (
            "CSV works.\n\n*[CSV]: comma-separated values",
            '<p><abbr title="comma-separated values">CSV</abbr> works.</p>',
        ),
        ("Wide.\n{ .wide lang=de }", '<p class="wide" lang="de">Wide.</p>'),
        ("Two  \nlines", "<p>Two<br>lines</p>"),
        ("> Quoted", "<blockquote><p>Quoted</p></blockquote>"),
        (
            "Write <help@a.example>.",
            '<p>Write <a href="mailto:help@a.example">help@a.example</a>.</p>',
        ),
        (
            'Press <kbd>Ctrl</kbd>, H<sub>2</sub>O, <span dir="rtl">שלום</span>',
            '<p>Press <kbd>Ctrl</kbd>, H<sub>2</sub>O, <span dir="rtl">שלום</span></p>',
        ),
        ("AT&T &copy; 5 < 6", "<p>AT&amp;T © 5 &lt; 6</p>"),
    ],
)
def test_text(text: str, html: str) -> None:
    """The ordinary means of writing."""
    rendered = render(text)

    assert squeezed(rendered.html) == html
    assert rendered.removed == ()


def test_admonition() -> None:
    """A note keeps the classes Material styles."""
    rendered = render('!!! warning "Read this"\n    Before you upgrade.')

    assert squeezed(rendered.html) == (
        '<div class="admonition warning"><p class="admonition-title">Read this</p>'
        "<p>Before you upgrade.</p></div>"
    )
    assert rendered.removed == ()


def test_details() -> None:
    """Details fold without JavaScript."""
    rendered = render('???+ tip "More"\n    Hidden at first.')

    assert squeezed(rendered.html) == (
        '<details class="tip" open=""><summary>More</summary>'
        "<p>Hidden at first.</p></details>"
    )
    assert rendered.removed == ()


def test_tabs() -> None:
    """Tabs keep their labels and switches; these belong to the entry."""
    rendered = render('=== "Cloud"\n\n    One.\n\n=== "Self-hosted"\n\n    Two.')

    assert squeezed(rendered.html) == (
        '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">'
        '<input checked="" id="faster-export___tabbed_1_1" '
        'name="faster-export___tabbed_1" type="radio">'
        '<input id="faster-export___tabbed_1_2" '
        'name="faster-export___tabbed_1" type="radio">'
        '<div class="tabbed-labels">'
        '<label for="faster-export___tabbed_1_1">Cloud</label>'
        '<label for="faster-export___tabbed_1_2">Self-hosted</label></div>'
        '<div class="tabbed-content"><div class="tabbed-block"><p>One.</p></div>'
        '<div class="tabbed-block"><p>Two.</p></div></div></div>'
    )
    assert rendered.removed == ()


def test_task_list() -> None:
    """Tick boxes show what is done; nobody can tick them, and each has a name."""
    rendered = render("- [x] Exports\n- [ ] Imports")

    assert squeezed(rendered.html) == (
        '<ul class="task-list">'
        '<li class="task-list-item"><label class="task-list-control">'
        '<input type="checkbox" disabled="" checked="" aria-label="Task">'
        '<span class="task-list-indicator"></span></label> Exports</li>'
        '<li class="task-list-item"><label class="task-list-control">'
        '<input type="checkbox" disabled="" aria-label="Task">'
        '<span class="task-list-indicator"></span></label> Imports</li></ul>'
    )
    assert rendered.removed == ()


def test_footnote() -> None:
    """A footnote and the way back to it; neither number nor arrow is part of the words."""
    rendered = render("Faster[^1].\n\n[^1]: Half the time.")

    assert squeezed(rendered.html) == (
        '<p>Faster<sup id="faster-export_fnref:1">'
        '<a class="footnote-ref" href="#faster-export_fn:1">1</a></sup>.</p>'
        '<div class="footnote"><hr><ol><li id="faster-export_fn:1">'
        '<p>Half the time.&nbsp;<a class="footnote-backref" '
        'href="#faster-export_fnref:1" title="Jump back to footnote 1 in the text">'
        "↩</a></p></li></ol></div>"
    )
    assert rendered.text == "Faster. Half the time."
    assert rendered.removed == ()


def test_table() -> None:
    """A table keeps its alignment and can be scrolled, with the keyboard too."""
    rendered = render("| Plan | Price |\n|---|--:|\n| Team | 10 |")

    assert squeezed(rendered.html) == (
        '<div class="gp-scroll" tabindex="0" role="region" aria-label="Table">'
        '<table><thead><tr><th>Plan</th><th style="text-align:right">Price</th></tr>'
        '</thead><tbody><tr><td>Team</td><td style="text-align:right">10</td></tr>'
        "</tbody></table></div>"
    )
    assert rendered.text == "Plan Price Team 10"
    assert rendered.removed == ()


def test_table_in_html() -> None:
    """A table written as HTML can be scrolled too; one inside another has no bar of its own."""
    rendered = render(
        "<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>"
    )

    assert rendered.html.count("gp-scroll") == 1
    assert rendered.html.rstrip().endswith("</table></div>")


def test_code() -> None:
    """Code has the classes of Pygments, a title, marked lines, and can be scrolled."""
    rendered = render('```py title="fees.py" hl_lines="2"\nx = 1\ny = 2\n```')

    assert rendered.html == (
        '<div class="highlight"><span class="filename">fees.py</span><pre><span></span>'
        '<code tabindex="0" role="group" aria-label="Code">'
        '<span class="n">x</span> <span class="o">=</span> <span class="mi">1</span>\n'
        '<span class="hll"><span class="n">y</span> <span class="o">=</span> '
        '<span class="mi">2</span>\n</span></code></pre></div>'
    )
    assert rendered.text == "fees.py x = 1 y = 2"
    assert rendered.removed == ()


def test_numbered_code() -> None:
    """Line numbers stand in attributes: they are not copied with the code."""
    rendered = render('```sh linenums="7"\nls\n```')

    assert '<span class="linenos" data-linenos="7 "></span>' in rendered.html
    assert rendered.text == "ls"
    assert rendered.removed == ()


def test_named_code() -> None:
    """A block of code may have a name and a class of its own."""
    rendered = render("``` { .json .short #answer }\n1\n```")

    assert '<div id="faster-export_answer" class="short highlight">' in rendered.html
    assert rendered.removed == ()


@pytest.mark.parametrize(
    "language", ["", "nosuchlanguage", "ts {2-4}", 'ts meta="a b" {1}']
)
def test_code_of_any_language(language: str) -> None:
    """A language nobody knows, or settings of another generator, are no reason to lose code."""
    rendered = render(f"```{language}\na < b\n```")

    assert rendered.html.startswith('<div class="highlight"><pre>')
    assert rendered.text == "a < b"


def test_indented_code() -> None:
    """Code may be indented too, and is never guessed at."""
    assert render("    x = 1").html == (
        '<div class="highlight"><pre><span></span>'
        '<code tabindex="0" role="group" aria-label="Code">x = 1\n</code></pre></div>'
    )


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("#", [2]),
        ("## #", [2, 2]),
        ("### #### ###", [2, 3, 2]),
        ("# ### ##### ## ###", [2, 3, 4, 3, 4]),
        ("## ### ##", [2, 3, 2]),
        ("# ## ### #### ##### ######", [2, 3, 4, 5, 6, 6]),
    ],
)
def test_headings_move_below_the_title(written: str, levels: list[int]) -> None:
    """The page's title is the only heading of level 1, and no level is skipped below it."""
    body = "\n\n".join(f"{marks} Part" for marks in written.split())

    html = render(body).html

    assert [int(level) for level in re.findall(r"<h(\d)", html)] == levels
    assert [int(level) for level in re.findall(r"</h(\d)", html)] == levels


def test_table_of_contents() -> None:
    """Headings down to level 4 are listed, with their words and anchors."""
    rendered = render("# For `admins`[^1]\n\n## A & B\n\n### C\n\n#### D\n\n[^1]: x")

    assert rendered.headings == (
        Heading(2, "faster-export_for-admins", "For admins"),
        Heading(3, "faster-export_a-b", "A & B"),
        Heading(4, "faster-export_c", "C"),
    )


def test_heading_in_html() -> None:
    """A heading written as HTML is one of the others."""
    rendered = render("<h1>Fixed</h1>\n\n### More")

    assert [(one.level, one.text) for one in rendered.headings] == [
        (2, "Fixed"),
        (3, "More"),
    ]


def test_heading_within_a_heading() -> None:
    """Only the inner one of two is a heading; the words of both stay."""
    rendered = render("<h2>Outer <div><h3>Inner</h3></div> end</h2>")

    assert [one.text for one in rendered.headings] == ["Inner"]
    assert rendered.text == "Outer Inner end"
    assert rendered.html.count("<h") == rendered.html.count("</h") == 1


def test_words() -> None:
    """The words for search: no markup, one space between, none inside a word."""
    rendered = render(
        "# Big\n\n- **ex**ports\n- [docs](https://a.example)\n\nA&amp;B\u00a0c"
    )

    assert rendered.text == "Big exports docs A&B c"


def test_empty() -> None:
    """An entry may have no body."""
    assert render("") == Rendered("", (), "", ())


def test_quick_questions_change_nothing(corpus: Path) -> None:
    """Skipping patterns that cannot match gives the same bytes as trying them all."""
    ours = make_markdown()
    stock = make_markdown()
    stock.treeprocessors.register(
        type(ours.treeprocessors["inline"]).__mro__[1](stock), "inline", 20
    )

    for file in sorted((corpus / "cloudflare" / "changelog").rglob("*.mdx"))[::7]:
        text = file.read_text("utf-8")
        assert ours.reset().convert(text) == stock.reset().convert(text), file.name
