# ruff: noqa: E501 - source and result stand side by side, each on one line
"""Markdown, MDX and Liquid of other generators become ours: nothing lost, nothing hidden."""

from __future__ import annotations

import pytest

from gatepost.integrations.destinations import Destinations
from gatepost.integrations.dialect import convert
from gatepost.integrations.layout import laid_out
from gatepost.integrations.rewriting import Converted, ForeignText


def converted(text: str, *, jsx: bool = True, site: str = "") -> Converted:
    """Convert a text that lies beside one picture."""
    pictures = {"cat.png": "/source/cat.png"}
    found = Destinations(
        site,
        lambda target: (
            pictures.get(target, ""),
            "" if target in pictures else "the file is not there",
        ),
    )
    return convert(ForeignText(text, "x.mdx", 1, jsx, found))


def body(text: str, *, jsx: bool = True, site: str = "") -> str:
    """The body an entry gets."""
    return laid_out(converted(text, jsx=jsx, site=site).text, jsx=jsx)[0]


def whys(text: str, *, jsx: bool = True) -> list[str]:
    """What is listed."""
    return [str(one) for one in converted(text, jsx=jsx).leftovers]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('import { Badge } from "~/components";\n\nText', "Text"),
        ('import {\n\tRender,\n} from "~/components"\n\nText', "Text"),
        ('### New <Badge text="Beta" variant="tip" />', "### New (Beta)"),
        ('<td><RuleID id="3a32" /></td>', "<td><code>3a32</code></td>"),
        ('<Tabs>\n<TabItem label="Core">\n\nText\n\n</TabItem>\n</Tabs>', "**Core**\n\nText"),
        ("<TypeScriptExample>\n\n```ts\nlet a: T;\n```\n\n</TypeScriptExample>", "```ts\nlet a: T;\n```"),
        ('<LinkCard title="Docs" href="/docs/" description="All of it" />', "[Docs](/docs/): All of it"),
        ('<DashButton url="/?to=/:account/ai" />', "[Open the dashboard](/?to=/:account/ai)"),
        ('<PackageManagers type="add" pkg="wrangler" dev />', "```sh\nnpm install --save-dev wrangler\n```"),
        ('<Details header="Older">\n\nText\n\n</Details>', '??? note "Older"\n    Text'),
        ('<Aside type="caution">\n\nMind the gap.\n\n</Aside>', "!!! warning\n    Mind the gap."),
        (":::note[Availability]\nText\n:::", '!!! note "Availability"\n    Text'),
        ("   :::caution\n   Text\n   :::", "!!! warning\n    Text"),
        ("> [!TIP]\n> Use it.\n\nText", "!!! tip\n    Use it.\n\nText"),
        ("<details>\n<summary>More <b>here</b></summary>\n\nText\n\n</details>", '??? note "More here"\n    Text'),
        ('Use {"curly"} text', "Use curly text"),
        ('<Card title="Soon">', "**Soon**"),
        ('<Card title="Soon" description="Text" />', "**Soon**: Text"),
        ('<Promo href="/x/" />', "[/x/](/x/)"),
        ('<YouTube id="a b" title="A tour" />', "[A tour](https://www.youtube.com/watch?v=a%20b)"),
        ('<Code lang="sh" code={`run`} />', "```sh\nrun\n```"),
        ('<PackageManagers type="create" pkg="app" args="--x" />', "```sh\nnpm create app -- --x\n```"),
        ('<iframe src="https://a.example/v" title="A tour"></iframe>', "[A tour](https://a.example/v)"),
        ("export it, import it", "export it, import it"),
        ("::::", ""),
        ("::: !", "::: !"),
        ("A lone </kbd> or </details> or </a> or <a href='x'>", "A lone &lt;/kbd> or &lt;/details> or &lt;/a> or &lt;a href='x'>"),
        ("`` a ` b `` and ` alone", "`` a ` b `` and ` alone"),
        ("```one line```", "```one line```"),
        ("````\nnever closed <T>", "````\nnever closed &lt;T>"),
        ("> [!NOTE]\n> Text", "!!! note\n    Text"),
        ("{/* a note to us */}Text", "Text"),
        ("{% raw %}`{{ x }}`{% endraw %}", "`{{ x }}`"),
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
        ("A <!-- more --> B", "A  B"),
        ('<p align="center">Text</p>', "Text"),
        ("<kbd>Ctrl</kbd> and H<sub>2</sub>O", "<kbd>Ctrl</kbd> and H<sub>2</sub>O"),
        (r"\<string>", "&lt;string>"),
        ("Pipeline<Record> and <APPLICATION>", "Pipeline&lt;Record> and &lt;APPLICATION>"),
        ("`<T>` and `{x}`", "`<T>` and `{x}`"),
        ("GET /zones/{id} {#anchor}", r"GET /zones/{id} \{#anchor}"),
        ("- [PERF]: TSDB: faster", r"- \[PERF]: TSDB: faster"),
    ],
)  # fmt: skip
def test_what_readers_of_the_original_saw(source: str, shown: str) -> None:
    """Each known construct becomes plain Markdown."""
    assert body(source) == shown


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('<Render file="a/b" />', "x.mdx:1: the component `<Render file=\"a/b\" />` could not be turned into text; it stands in the entry's internal block"),
        ("\n<Foo>inside</Foo>", "x.mdx:2: the component `<Foo>` is not known here; the text in it was kept, its tag was not"),
        ("{1 + 1} is two", "x.mdx:1: the expression `{1 + 1}` was kept as text: nothing computes it here"),
        ("{% data variables.product %}", "x.mdx:1: the template command `{% data variables.product %}` was kept as text: nothing runs it here"),
        ("[a](guide://x)", "x.mdx:1: the link to `guide://x` became plain text: `guide:` leads nowhere here"),
        ("[a](../b.md)", "x.mdx:1: the link to `../b.md` became plain text: the file it leads to is not imported; `--base-url` makes it an address"),
        ("[a](#nowhere)", "x.mdx:1: the link to `#nowhere` became plain text: the entry has no such heading"),
        ("[a](/releases/other/)", "x.mdx:1: the link to `/releases/other/` became plain text: addresses below `/releases/` are those of your own entries"),
        ("[a]()", "x.mdx:1: the link to `` became plain text: that is no address"),
        ("[a](https://[)", "x.mdx:1: the link to `https://[` became plain text: that is no address"),
        ("![A](https://[.png)", "x.mdx:1: the picture `https://[.png` was left out: that is no address"),
        ("![A](data:x.png)", "x.mdx:1: the picture `data:x.png` was left out: that is no address of a picture"),
        ('<img src="dog.png" alt="A dog">', "x.mdx:1: the picture `dog.png` was left out: the file is not there"),
        ("![A dog](dog.png)", "x.mdx:1: the picture `dog.png` was left out: the file is not there"),
        ("[x]: https://a.example", "x.mdx:1: the link address `[x]: https://a.example` is used nowhere"),
        ('<table style="width:100%"><tr><td>a</td></tr></table>', "x.mdx:1: `style` of `<table>` was left out: it only arranges the text"),
        ('<b onclick="run()">a</b>', "x.mdx:1: `onclick` of `<b>` was left out: run()"),
        ('<video src="https://a.example/v.mp4"></video>', "x.mdx:1: `<video>` became a link to https://a.example/v.mp4"),
        ("<script>run()</script>", "x.mdx:1: `<script>` was left out; it stands in the entry's internal block"),
        ("<math><msub><mi>a</mi><mi>k</mi></msub></math>", "x.mdx:1: a formula was kept as plain text"),
        ("a\x00b", "x.mdx:1: control characters were left out: U+0000"),
        ("<!-- for us alone -->", "x.mdx:1: a comment is never published; it stands in the entry's internal block"),
        ("export const x = 1", "x.mdx:1: a piece of program was left out; it stands in the entry's internal block"),
        (":::steps\nText\n:::", "x.mdx:1: `:::steps` is not known here; it became a note"),
    ],
)  # fmt: skip
def test_what_finds_no_place_is_listed_with_its_line(source: str, why: str) -> None:
    """File, line, what it is and what became of it."""
    assert whys(source) == [why]


def test_what_is_taken_out_is_kept_for_colleagues() -> None:
    """Its line and its text."""
    taken = converted("Text\n\n<!-- for us\nalone -->\n").taken_out

    assert taken == ((3, "<!-- for us\nalone -->"),)


def test_words_of_a_link_that_leads_nowhere_stay() -> None:
    """With code and bold in them."""
    assert (
        body("See [the **`run`** guide](guide://run) now")
        == "See the **`run`** guide now"
    )


def test_references_are_resolved_wherever_they_stand() -> None:
    """The address stands at the end of the entry that uses it."""
    text = "See [the docs][d] and [old][o].\n\n[d]: https://a.example 'Docs'\n[o]: old://x\n"

    assert body(text) == "See [the docs][d] and old.\n\n[d]: https://a.example 'Docs'"


def test_a_site_makes_links_absolute() -> None:
    """Root-relative, relative and protocol-relative ones."""
    text = "[a](/x/) [b](y.md) [c](//cdn.example/z)"
    shown = "[a](https://a.example/x/) [b](https://a.example/y.md) [c](https://cdn.example/z)"

    assert body(text, site="https://a.example") == shown


def test_links_within_a_text_follow_its_headings() -> None:
    """Our pages name anchors their own way."""
    text = "[up](#200-upgrade)\n\n## 2.0.0 upgrade\n"

    assert body(text).startswith("[up](#2-0-0-upgrade)")


def test_pictures_lie_beside_the_entry() -> None:
    """Markdown, HTML and component alike, copied once."""
    text = 'import cat from "cat.png";\n\n![A cat](cat.png)\n<img src="cat.png" width="9">\n<Image src={cat} alt="Tom" />\n'
    done = converted(text)

    assert done.text.split() == [
        "![A",
        "cat](cat.png)",
        "<img",
        'src="cat.png"',
        'width="9"',
        'alt="Cat">',
        "![Tom](cat.png)",
    ]
    assert [(one.name, one.source) for one in done.pictures] == [
        ("cat.png", "/source/cat.png")
    ]
    assert [one.why for one in done.leftovers] == [
        "the picture `cat.png` had no words; it got “Cat”"
    ]


def test_pictures_on_the_web_stay_there() -> None:
    """With a site, those of its own too; a reference works as well."""
    assert body("![A](//cdn.example/a.png)") == "![A](https://cdn.example/a.png)"
    assert (
        body("![A](/a.png)", site="https://a.example")
        == "![A](https://a.example/a.png)"
    )
    assert body("![A][pic]\n\n[pic]: https://a.example/a.png").startswith(
        "![A](https://a.example/a.png)"
    )


def test_a_lost_picture_leaves_its_words() -> None:
    """They often say what the paragraph is about."""
    assert body("![The new *menu*](menu.png)") == "*The new menu*"


def test_code_is_never_touched() -> None:
    """Components, comments and braces in it are what readers came for."""
    text = "```mdx title=\"x\"\nimport a from 'b';\n<Foo/> {x} <!-- c --> [a](b)\n:::note\n```"

    assert body(text) == text
    assert whys(text) == []


def test_a_comment_that_never_closes_is_text() -> None:
    """A browser would swallow the rest of the page."""
    assert body("a <!-- b") == "a &lt;!-- b"
    assert whys("a <!-- b") == []


def test_our_own_marks_cannot_be_smuggled_in() -> None:
    """Neither internal blocks nor the marks the walk uses itself."""
    assert body("/// internal\nText\n///") == "&#47;// internal\nText\n&#47;//"
    assert "\ufdd0" not in body("a\ufdd0note|x")


def test_the_excerpt_ends_at_its_mark() -> None:
    """What stands before it may serve as a summary."""
    done = converted("Short.\n\n<!-- more -->\n\nLong.")

    assert done.text[: done.excerpt_end or 0].strip() == "Short."
