"""Anchors belong to their entry: many entries stand on one page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.markdown.headings import slug
from gatepost.markdown.render import Renderer

EVERYTHING = """
# Fixed
## Fixed { #fixed }
## Fixed
Text[^1] and again[^1], see [above](#fixed) and [below](#table).

=== "A"

    a

=== "B"

    b

- [x] done

| a |
|---|
| b |
{ #table }

<h3 id="table">Table</h3> <a name="old"></a> <b id="old">x</b> <i id="a b">x</i>

[^1]: Note
"""


class Names(HTMLParser):
    """Every id, and everything that refers to one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.groups: set[str] = set()
        self.targets: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the names on one tag."""
        facts = {key: value or "" for key, value in attrs}
        self.ids += [facts["id"]] if "id" in facts else []
        self.groups |= {facts["name"]} if tag == "input" and "name" in facts else set()
        self.targets |= {facts["for"]} if "for" in facts else set()
        if facts.get("href", "").startswith("#"):
            self.targets.add(facts["href"][1:])


def names(renderer: Renderer, text: str, prefix: str) -> Names:
    """The names in one rendered body."""
    return Names(renderer.render(text, prefix=prefix, link=lambda _: None).html)


def test_two_entries_on_one_page() -> None:
    """No id occurs twice, no two groups of tabs share a switch, and every link finds its place."""
    renderer = Renderer()
    one = names(renderer, EVERYTHING, "export")
    other = names(renderer, EVERYTHING, "export-csv")

    ids = one.ids + other.ids
    assert len(ids) == len(set(ids)) > 20
    assert not one.groups & other.groups
    assert one.targets <= set(one.ids)
    assert other.targets <= set(other.ids)


def test_an_id_is_no_beginning_of_another() -> None:
    """`export` with a heading "CSV limits" and `export-csv` with "Limits" do not meet."""
    renderer = Renderer()

    assert names(renderer, "# CSV limits", "export").ids == ["export_csv-limits"]
    assert names(renderer, "# Limits", "export-csv").ids == ["export-csv_limits"]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Upgrade steps", "upgrade-steps"),
        ("What's new in 2.4.0?", "whats-new-in-2-4-0"),
        ("`export()` & friends", "export-friends"),
        ("导出变快了", "导出变快了"),
        ("ما الجديد؟", "ما-الجديد"),
        ("חדש בגרסה 2", "חדש-בגרסה-2"),
        ("हिन्दी में", "हिन्दी-में"),
        ("Größe", "größe"),
        ("🎉", "section"),
        ("—", "section"),
    ],
)
def test_anchor_of_a_heading(heading: str, anchor: str) -> None:
    """Any script gives an anchor, and none is empty."""
    assert names(Renderer(), f"# {heading}", "x").ids == [f"x_{anchor}"]


def test_equal_headings() -> None:
    """The second and third of a name are numbered, around names that authors gave."""
    body = "# 新功能\n\n# 新功能\n\n# 新功能\n\n# Other { #新功能-2 }"

    assert names(Renderer(), body, "x").ids == [
        "x_新功能",
        "x_新功能-3",
        "x_新功能-4",
        "x_新功能-2",
    ]


def test_a_name_given_twice() -> None:
    """The second element of a name is numbered; the link leads to the first."""
    found = names(Renderer(), "# A { #x }\n\n# B { #x }\n\n[a](#x)", "e")

    assert found.ids == ["e_x", "e_x-2"]
    assert found.targets == {"e_x"}


@given(st.text(max_size=40))
def test_slug_of_any_text(text: str) -> None:
    """Never empty, no spaces, no quotes, and the same again."""
    found = slug(text)

    assert found
    assert not set(found) & set(" \t\n\"'<>&#/?%")
    assert slug(text) == found
