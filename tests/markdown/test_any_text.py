"""Whatever stands in a body, the result is safe, or the body is refused."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.markdown.render import Rendered, Renderer, RenderError
from gatepost.markdown.sanitise import TAGS

RENDERER = Renderer()
MARKS = r"""
<script>alert(1)</script>|<img src=x onerror=alert(1)>|<svg/onload=alert(1)>|<a href="|">|'|</a>
javascript:alert(1)|JAVA&#115;cript:|&Tab;|&#0;|data:text/html,x|//evil.example|gatepost:/x
release:x|https://a.example|<https://a|&amp;|&lt;script&gt;|字|ש|🎉|[x](|)|[|]|![|]:|[^1]|[^1]:
*[a]:|{ onclick=x }|{: .a #b style="x" }|{|}|{.a .b}|```|~~~|`|```html onclick="x" title="<b>"
hl_lines="1-9"|    |> |- |1. |- [ ] |# |## |---|===|=== "a"|!!! note "<b>"|??? tip|:   |a\|b
*|**|_|__|~~|==|<|>|<!--|-->|<?|?>|<![CDATA[|]]>|<div>|</div>|<p>|</p>|<table>|<td>|<style>
</style>|<math>|<mtext>|<mglyph>|<noscript>|<xmp>|<template>|<textarea>|</textarea>|<title>
<select>|<h1 id="a">|<b id=a>|<details open>|<input type=radio name=a>|<a name=a>|\
"""
PIECES = [
    *(mark for line in MARKS.strip("\n").split("\n") for mark in line.split("|")),
    *("|", " ", "\n", "\n\n", "\n    ", "\r\n", "\t", "\0", "\1", "\2", "\3", "\4"),
    *("\u2028", "\u202e", "\ufffd", "\u0085"),
]


class Unsafe(HTMLParser):
    """What a browser would run, follow or draw that it must not."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note unknown tags, handlers and addresses."""
        if tag not in TAGS:
            self.found.append(tag)
        for key, value in attrs:
            address = re.sub(r"[\0-\x20]", "", value or "").lower()
            if key.startswith("on"):
                self.found.append(key)
            if key in {"href", "src"} and re.match(
                r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:|[/\\]{2}", address
            ):
                self.found.append(address)
            if key == "style" and not re.fullmatch(r"text-align:\w+|", address):
                self.found.append(address)

    def handle_comment(self, data: str) -> None:
        """No comment survives."""
        self.found.append(data)


def result(text: str) -> Rendered | None:
    """The rendered body, or nothing if it is refused."""
    try:
        return RENDERER.render(text, prefix="x", link=lambda _: None)
    except RenderError:
        return None


def check(text: str) -> None:
    """Render, and look at the result as a browser does."""
    rendered = result(text)
    if rendered is None:
        return
    assert Unsafe(rendered.html).found == []
    assert "<script" not in rendered.html.lower()
    assert "gatepost:/" not in rendered.html
    ids = re.findall(r'<[^>]* id="([^"]*)"', rendered.html)
    assert len(ids) == len(set(ids))
    assert rendered.text == " ".join(rendered.text.split())


@given(st.text())
@settings(max_examples=300)
def test_any_characters(text: str) -> None:
    """Any characters at all."""
    check(text)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25))
@settings(max_examples=1_000)
def test_any_marks(pieces: list[str]) -> None:
    """Marks of Markdown and HTML in any order."""
    check("".join(pieces))


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
@settings(max_examples=300)
def test_twice(pieces: list[str]) -> None:
    """The same text gives the same result, whatever came between."""
    text = " ".join(pieces)
    once = result(text)
    check("".join(reversed(pieces)))

    assert result(text) == once
