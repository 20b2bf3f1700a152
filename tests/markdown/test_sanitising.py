"""Nothing an author writes can run in a reader's browser, and what is lost is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.markdown.render import Rendered, Renderer
from gatepost.markdown.sanitise import sanitise


def render(text: str) -> Rendered:
    """Render one body; no address leads anywhere else."""
    return Renderer().render(text, prefix="x", link=lambda _: None)


@pytest.mark.parametrize(
    ("text", "gone", "removed"),
    [
        ("<script>alert(1)</script>", "alert", "the tag <script>"),
        ("a <script>alert(1)</script>", "alert", "the tag <script>"),
        ("<SCRIPT SRC=//evil.example/x></SCRIPT>", "evil", "the tag <script>"),
        ('<iframe src="https://evil.example"></iframe>', "iframe", "the tag <iframe>"),
        ("<style>body{display:none}</style>", "display", "the tag <style>"),
        ('<svg onload="alert(1)"></svg>', "onload", "the tag <svg>"),
        ("<svg><path d='M0'/></svg>", "path", "the tag <svg>"),
        ("<math><mi>x</mi></math>", "math", "the tag <math>"),
        ("<form action=/x><button>Go</button></form>", "button", "the tag <form>"),
        ("<object data=x></object>", "object", "the tag <object>"),
        ("<base href=//evil.example>", "base", "the tag <base>"),
        ("<meta http-equiv=refresh content=0>", "meta", "the tag <meta>"),
        ("<link rel=stylesheet href=x.css>", "stylesheet", "the tag <link>"),
        (
            "[x](javascript:alert(1))",
            "javascript",
            "the address javascript:alert(1)",
        ),
        ("[x](JaVaScRiPt:alert(1))", "cript:", "the address JaVaScRiPt:alert(1)"),
        (
            "[x](&#106;avascript:alert(1))",
            "avascript",
            "the address javascript:alert(1)",
        ),
        (
            "[x][y]\n\n[y]: javascript:alert(1)",
            "javascript",
            "the address javascript:alert(1)",
        ),
        (
            "<javascript://%0aalert(1)>",
            'href="',
            "the address javascript://%0aalert(1)",
        ),
        (
            '<a href="java\nscript:alert(1)">x</a>',
            "script:",
            "the address java script:alert(1)",
        ),
        (
            "[x](data:text/html;base64,PHM+)",
            "data:",
            "the address data:text/html;base64,PHM+",
        ),
        ("![x](data:image/svg+xml,x)", "<img", "the address data:image/svg+xml,x"),
        ("[x](vbscript:x)", "vbscript", "the address vbscript:x"),
        ("[x](file:///etc/passwd)", "etc", "the address file:///etc/passwd"),
        ("[x](//evil.example/x)", "evil", "the address //evil.example/x"),
        ("![x](//evil.example/x.png)", "evil", "the address //evil.example/x.png"),
        (r'<a href="/\evil.example">x</a>', "evil", r"the address /\evil.example"),
        (r'<a href="\\evil.example">x</a>', "evil", r"the address \\evil.example"),
        (
            "![x](y.png){ onerror=alert(1) }",
            "onerror",
            "the attribute onerror on <img>",
        ),
        ("# H { onclick=alert(1) }", "onclick", "the attribute onclick on <h1>"),
        ("x\n{: onclick=alert(1) }", "onclick", "the attribute onclick on <p>"),
        ("*x*{ style=position:fixed }", "fixed", "the attribute style on <em>"),
        (
            "<div markdown onclick=alert(1)>\n\n*x*\n\n</div>",
            "onclick",
            "the attribute onclick on <div>",
        ),
        (
            '<td style="text-align:left;position:fixed">',
            "fixed",
            "the tag <td>",
        ),
        (
            '<table><tr><td style="text-align:left;position:fixed">x',
            "fixed",
            "the attribute style on <td>",
        ),
        ("x <!-- internal note -->", "internal", "the comment <!-- internal note -->"),
        ("<!-- internal\n\nnote -->", "internal", "the comment <!-- internal note -->"),
        ("<?php secret() ?>", "secret", "the comment <!-- php secret() ? -->"),
        ("<table><tr><td><![if secret]>", "secret", "the comment <!-- [if secret] -->"),
        (
            "<div><![CDATA[secret]]></div>",
            "secret",
            "the comment <!-- [CDATA[secret]] -->",
        ),
        ("<!DOCTYPE secret>", "secret", "the comment <!-- DOCTYPE secret -->"),
        ("Use <YOUR_TOKEN> here", "YOUR", "the tag <your_token>"),
        ('<input type="text" value=x>', "input", "the attribute type on <input>"),
        (
            '<div class="gp-scroll" tabindex=0>x</div>',
            "tabindex",
            "the attribute tabindex on <div>",
        ),
        (
            '<img src=x srcset="//evil.example 2x">',
            "srcset",
            "the attribute srcset on <img>",
        ),
        ("<a href=x target=other>x</a>", "other", "the attribute target on <a>"),
    ],
)
def test_attack(text: str, gone: str, removed: str) -> None:
    """The attack is gone, its name is in the report."""
    rendered = render(text)

    assert gone not in rendered.html
    assert gone not in rendered.text.replace("javascript://%0aalert(1)", "")
    assert removed in rendered.removed


@pytest.mark.parametrize(
    "text",
    [
        "/// html | script\nalert(1)\n///",
        '--8<-- "../secret.txt"',
        ":material-lock: :smile:",
        "{{ config.secret }} {% include 'x' %}",
    ],
)
def test_extensions_that_are_not_there(text: str) -> None:
    """Blocks of HTML, included files, pictures of emoji and templates are plain text."""
    rendered = render(text)

    assert "<script" not in rendered.html
    assert "<img" not in rendered.html
    assert rendered.text == " ".join(text.split())
    assert rendered.removed == ()


def test_each_thing_is_reported_once() -> None:
    """Ten equal mistakes are one finding; different ones are listed in order."""
    rendered = render("<u-x>a</u-x> <blink>b</blink> <u-x>c</u-x>")

    assert rendered.removed == ("the tag <u-x>", "the tag <blink>")


def test_long_quotes_are_cut() -> None:
    """A comment of a page is not repeated in full."""
    removed = render(f"<!-- {'word ' * 100} -->").removed

    assert len(removed) == 1
    assert len(removed[0]) < 90


@pytest.mark.parametrize(
    "html",
    [
        "<P CLASS=a>x</P>",
        "<p class='a'>x",
        "<table><tr><td>x</td></table>",
        '<table><tr><td style="text-align: left;">x</td></table>',
        '<a title="a &gt; b &amp; c > d" href="x?a=1&b=2">x</a>',
        '<input type="checkbox" disabled checked="checked"/>',
        "<details open><summary>a</summary></details>",
        "<p>a<br/>b<br >c</p>",
        "<b><i>x</b></i>",
        "<ul><li>a<li>b</ul>",
        '<img alt="x" src=" y.png ">',
        "&nbsp;&hellip;&#8217;",
        '<a href="https://a.example/%7Ex?q=ü">x</a>',
    ],
)
def test_another_way_to_write_is_no_loss(html: str) -> None:
    """What the cleaner writes differently, but keeps, is not reported."""
    assert sanitise(html)[1] == ()


def test_real_changelog(corpus: Path) -> None:
    """On a real changelog, only components of its own generator and styled tables are lost."""
    renderer = Renderer()
    files = sorted((corpus / "cloudflare" / "changelog").rglob("*.mdx"))
    lost = {
        one
        for file in files
        for one in renderer.render(
            file.read_text("utf-8").partition("\n---\n")[2],
            prefix="x",
            link=lambda _: None,
        ).removed
    }

    tags = {one for one in lost if one.startswith("the tag")}
    assert len(files) > 600
    assert lost - tags == {
        "the attribute style on <table>",
        "the attribute header on <details>",
    }
    assert "the tag <ruleid>" in tags
