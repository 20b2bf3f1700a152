"""One renderer for a whole site: no entry leaves anything behind for the next."""

from __future__ import annotations

import gc
from weakref import ref

from hypothesis import given
from hypothesis import strategies as st

from gatepost.markdown.finish import Finish
from gatepost.markdown.render import Rendered, Renderer

ONE = """
# Title { #same }

[link][ref] Text[^1] CSV

=== "A"

    a

```py
x = 1
```

[ref]: https://a.example
[^1]: Note
*[CSV]: values
"""
OTHER = '# Title\n\n[link][ref] Text[^1] CSV `x`\n\n    x = 1\n\n- [ ] a\n\n=== "B"\n\n    b'
PIECES = [
    ONE,
    OTHER,
    "[^1]: x",
    "[ref]: y",
    "*[CSV]: z",
    "```",
    "**",
    "<div>",
    "- a\n  - b",
]


def render(renderer: Renderer, text: str, prefix: str = "x") -> Rendered:
    """Render one body."""
    return renderer.render(text, prefix=prefix, link=lambda _: None)


def test_again() -> None:
    """The same text gives the same bytes, also after another one."""
    renderer = Renderer()
    one, other = render(renderer, ONE), render(renderer, OTHER)

    assert render(renderer, OTHER) == other
    assert render(renderer, ONE) == one
    assert render(Renderer(), ONE) == one
    assert render(Renderer(), OTHER) == other


def test_nothing_of_a_body_waits_to_be_found() -> None:
    """A build does without Python's search for circles, which would have to find each body."""
    gc.disable()
    try:
        done = Finish(
            "<h1>Title</h1>", prefix="x", link=lambda _: None, image=lambda _: None
        )
        watched = ref(done)
        del done
    finally:
        gc.enable()

    assert watched() is None


def test_definitions_end_with_their_entry() -> None:
    """References, footnotes, abbreviations and tab numbers of one are unknown to the next."""
    renderer = Renderer()
    render(renderer, ONE)

    html = render(renderer, OTHER).html

    assert "[link][ref]" in html
    assert "[^1]" in html
    assert "<abbr" not in html
    assert 'id="x___tabbed_1_1"' in html


def test_only_the_prefix_differs() -> None:
    """The same text in two entries differs by its anchors alone."""
    one = render(Renderer(), ONE, "one")
    other = render(Renderer(), ONE, "other")

    assert one.html != other.html
    assert one.html.replace("one_", "other_") == other.html
    assert one.text == other.text


@given(st.lists(st.sampled_from(PIECES), max_size=4), st.sampled_from(PIECES))
def test_any_order(before: list[str], text: str) -> None:
    """Whatever was rendered before."""
    renderer = Renderer()
    for one in before:
        render(renderer, one)

    assert render(renderer, text) == render(Renderer(), text)
