"""Links and pictures of a body are resolved by the caller, and only by the caller."""

from __future__ import annotations

import re

import pytest

from gatepost.markdown.render import Rendered, Renderer

TARGETS = {
    "release:faster-export": "gatepost:/releases/faster-export/",
    "../old.md#fees": "gatepost:/releases/old/#fees",
    "shot.png": 'gatepost:/releases/x/shot.png?a="b"&c',
    "a&b.md": "gatepost:/releases/a-b/",
    "notes (1).md": "gatepost:/releases/notes/",
}


def render(text: str) -> Rendered:
    """Render one body with the targets above; `shot.png` is 640 by 360."""
    return Renderer().render(
        text,
        prefix="x",
        link=TARGETS.get,
        image=lambda target: (640, 360) if target == "shot.png" else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "[new](release:faster-export)",
        "[new][1]\n\n[1]: release:faster-export",
        '<a href="release:faster-export">new</a>',
        "<p>\n<a href='release:faster-export'>new</a>\n</p>",
        "<a\nhref=release:faster-export>new</a>",
        "- [ ] [new](release:faster-export)",
        "| a |\n|---|\n| [new](release:faster-export) |",
        "Term\n:   [new](release:faster-export)",
        '!!! note "See [new](release:faster-export)"\n    x',
    ],
)
def test_link(text: str) -> None:
    """Wherever it stands, however it is written."""
    rendered = render(text)

    assert '<a href="gatepost:/releases/faster-export/">new</a>' in rendered.html
    assert rendered.removed == ()


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("[x](../old.md#fees)", "gatepost:/releases/old/#fees"),
        ("[x](a&b.md)", "gatepost:/releases/a-b/"),
        ("[x](a&amp;b.md)", "gatepost:/releases/a-b/"),
        ("[x](<notes (1).md>)", "gatepost:/releases/notes/"),
        ("[x](shot.png)", "gatepost:/releases/x/shot.png?a=&quot;b&quot;&amp;c"),
        ("[x](https://a.example/?b=1&c=2)", "https://a.example/?b=1&amp;c=2"),
        ("[x](other.md)", "other.md"),
        ("[x](/pricing/)", "/pricing/"),
        ("[x](#fees)", "#x_fees"),
        ("[x](#x_fees)", "#x_fees"),
        ("[x](#)", "#"),
        ("[x](mailto:help@tidewater.example)", "mailto:help@tidewater.example"),
        ("<https://a.example>", "https://a.example"),
    ],
)
def test_address(text: str, href: str) -> None:
    """The caller's answer is used; without one the address stays."""
    rendered = render(text)

    assert f' href="{href}"' in rendered.html
    assert rendered.removed == ()


def test_picture() -> None:
    """A picture has its size, so that nothing jumps, and waits until it is seen."""
    assert render("![Export](shot.png)").html == (
        '<p><img alt="Export" src="gatepost:/releases/x/shot.png?a=&quot;b&quot;&amp;c" '
        'width="640" height="360" loading="lazy" decoding="async"></p>'
    )


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("![a](shot.png)", {'width="640"', 'height="360"', 'loading="lazy"'}),
        ("![a](shot.png){ width=320 height=180 }", {'width="320"', 'height="180"'}),
        ("![a](shot.png){ loading=eager }", {'loading="eager"', 'width="640"'}),
        ("![a](other.png)", {'src="other.png"', 'loading="lazy"', 'decoding="async"'}),
        ('<img src="other.png">', {'src="other.png"', 'loading="lazy"'}),
        (
            "[![a](shot.png)](https://a.example)",
            {'href="https://a.example"', 'width="640"'},
        ),
    ],
)
def test_facts_of_a_picture(text: str, facts: set[str]) -> None:
    """What an author says about it counts more than what its file says."""
    html = render(text).html

    assert facts <= set(re.findall(r'\w+="[^"]*"', html))


def test_one_side_is_enough() -> None:
    """With only a width, the browser works out the height."""
    html = render("![a](shot.png){ width=320 }").html

    assert 'width="320"' in html
    assert "height" not in html


@pytest.mark.parametrize(
    "text",
    [
        "[x](gatepost:/releases/secret/)",
        "[x](GatePost:/releases/secret/)",
        "![x](gatepost:/secret.png)",
        '<a href="gate\tpost:/releases/secret/">x</a>',
        "<gatepost://releases/secret/>",
    ],
)
def test_addresses_inside_the_site_are_not_for_authors(text: str) -> None:
    """An author writes `release:` or a file's name; `gatepost:` in a body is taken away."""
    rendered = render(text)

    assert "href=" not in rendered.html
    assert "src=" not in rendered.html
    assert rendered.removed[0].lower().startswith("the address gate")


@pytest.mark.parametrize(
    "text",
    [
        "See gatepost:/x",
        "`gatepost:/x`",
        "[x](?gatepost:/x)",
        "[x](#gatepost:/x)",
        '*x*{ title="gatepost:/x" }',
    ],
)
def test_the_name_of_the_scheme_is_no_address(text: str) -> None:
    """Words that look like an address of the site are not turned into one later."""
    rendered = render(text)

    assert "gatepost:/" not in rendered.html
    assert rendered.removed == ()


def test_release_that_does_not_resolve() -> None:
    """The caller reports why; here the link only must not survive."""
    rendered = render("[x](release:unknown)")

    assert rendered.html == "<p><a>x</a></p>"
    assert rendered.removed == ("the address release:unknown",)


def test_every_address_is_asked_for() -> None:
    """As written, entities resolved, in order: links and pictures, Markdown and HTML."""
    asked: list[str] = []

    Renderer().render(
        '[a](b.md "t") ![c](d.png) <a href="e&amp;f">g</a> [h][i] <img src=j>\n\n[i]: k',
        prefix="x",
        link=asked.append,
    )

    assert asked == ["b.md", "d.png", "e&f", "k", "j"]


def test_a_mistake_of_the_caller_is_not_hidden() -> None:
    """What the callback raises reaches the caller."""

    def broken(_: str) -> str:
        raise NotADirectoryError

    with pytest.raises(NotADirectoryError):
        Renderer().render("[a](b)", prefix="x", link=broken)
