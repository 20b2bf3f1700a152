# ruff: noqa: E501 - source and result stand side by side, each on one line
"""A dated post of another generator becomes one entry; what has no place is kept or listed."""

from __future__ import annotations

from typing import Any

import pytest

from gatepost.integrations.front_matter import ForeignFile, Reading, read_file
from gatepost.integrations.planned import PlannedEntry


def reading(
    text: str, path: str = "waf/2025-01-06-new-rules.mdx", **more: Any
) -> Reading:
    """Read one file."""
    return read_file(ForeignFile(path, text, f"changelog/{path}", **more))


def entry(
    text: str, path: str = "waf/2025-01-06-new-rules.mdx", **more: Any
) -> PlannedEntry:
    """The entry that is planned."""
    found = reading(text, path, **more).entry
    assert found is not None
    return found


def whys(text: str, path: str = "waf/2025-01-06-new-rules.mdx") -> list[str]:
    """What is listed, with its line."""
    return [f"{one.line}: {one.why}" for one in reading(text, path).leftovers]


def test_a_post_with_products_and_a_folder() -> None:
    """The folder is a product too, and the id has no date that may slip."""
    made = entry(
        "---\ntitle: New rules\ndescription: Two rules are new.\nproducts:\n  - rules\n"
        "date: 2025-01-07\nhidden: false\n---\n\nText\n"
    )

    assert made.names[0] == "new-rules"
    assert (made.title, made.summary, made.body) == (
        "New rules",
        "Two rules are new.",
        "Text",
    )
    assert [product.key for product in made.products] == ["waf", "rules"]
    assert (made.published, made.released, made.type) == ("2025-01-07", True, "added")
    assert made.origin.key == "waf/new-rules"
    assert made.extra == ()


def test_the_title_may_be_the_first_heading() -> None:
    """It is taken out of the body, where it would stand twice."""
    made = entry(
        "---\napplied_at: '2019-10-23'\napplies_to: [api]\nis_impactful: true\n"
        "is_new_feature: true\ncollapse: true\nrelease_source_url: https://a.example/r\n---\n\n"
        "# Java SDK `v2.29.0` released\n\nShort.\n\n<!-- more -->\n\nLong.\n",
        "2019/10-23-java-sdk-v2290-release.md",
    )

    assert made.title == "Java SDK `v2.29.0` released"
    assert (made.version, made.type, made.importance) == ("2.29.0", "added", "high")
    assert made.body == "Short.\n\nLong."
    assert made.summary == ""  # six characters are no summary
    assert made.refs == (("https://a.example/r", "Source"),)
    assert made.extra == (("x-collapse", True),)
    assert made.origin.key == "java-sdk-v2290-release"


def test_an_excerpt_becomes_the_summary() -> None:
    """If it is one paragraph of text."""
    made = entry(
        "---\ntitle: A\n---\nThe first paragraph says it.\n\n<!-- more -->\n\nMore.\n"
    )

    assert made.summary == "The first paragraph says it."


def test_a_category_is_a_tag_and_no_product() -> None:
    """The folder is called after it."""
    made = entry(
        "---\ntitle: Node.js 24.9.0 (Current)\ndate: '2025-09-25T19:49:30.271Z'\n"
        "category: release\nlayout: blog-post\nauthor: A Person\n---\nText\n",
        "release/v24.9.0.md",
        home="nodejs",
    )

    assert made.names[0] == "nodejs-24-9-0"
    assert (made.version, made.published) == ("24.9.0", "2025-09-25T19:49:30Z")
    assert made.tags == ("release",)
    assert [product.key for product in made.products] == ["nodejs"]
    assert made.extra == (("x-layout", "blog-post"), ("x-author", "A Person"))


def test_keys_of_any_case_and_empty_ones() -> None:
    """`Order:` says nothing, so nothing is kept of it but a line in the list."""
    text = "---\nOrder:\nTOCTitle: June\nPageTitle: Code 0.3.0\nDate: 2023-7-6\n---\nText\n"
    made = entry(text, "v0_3_0.md", home="code")

    assert (made.title, made.version, made.published) == (
        "Code 0.3.0",
        "0.3.0",
        "2023-07-06",
    )
    assert whys(text, "v0_3_0.md") == [
        "2: `Order` is empty and was left out",
        "3: `TOCTitle` has no place in an entry; it was kept as `x-toctitle`",
    ]


def test_products_in_one_text_are_parted() -> None:
    """`product: "Workflows, Workers"` is the mistake people make."""
    made = entry(
        '---\ntitle: A\nproduct: "Workflows, Workers AI"\n---\nText\n',
        "2025-01-06-a.md",
    )

    assert [(one.key, one.name) for one in made.products] == [
        ("workflows", "Workflows"),
        ("workers-ai", "Workers AI"),
    ]


def test_the_callers_product_comes_first() -> None:
    """And the source's own names stay."""
    made = entry("---\ntitle: A\nproducts: [b]\n---\nText\n", product="Suite")

    assert [one.key for one in made.products] == ["suite", "waf", "b"]


def test_a_long_title_is_cut_and_stands_whole_above_the_text() -> None:
    """Nothing of it is lost."""
    title = "Match requests by zone — the field cf.zone is now supported in every kind of rule you have"
    made = entry(f'---\ntitle: "{title}"\n---\nText\n')

    assert made.title == "Match requests by zone"
    assert made.body == f"**{title}**\n\nText"


def test_a_long_description_is_cut_and_stands_whole_above_the_text() -> None:
    """So does one with links in it, which a summary cannot have."""
    words = "Read [the docs](/docs/) first."
    made = entry(f'---\ntitle: A\ndescription: "{words}"\n---\nText\n')

    assert made.summary == "Read the docs first."
    assert made.body == f"{words}\n\nText"


@pytest.mark.parametrize("line", ["draft: true", "published: false"])
def test_a_draft_is_not_released(line: str) -> None:
    """It has no date of publication either."""
    made = entry(f"---\ntitle: A\n{line}\n---\nText\n")

    assert (made.released, made.published) == (False, "")


def test_a_hidden_post_is_unlisted() -> None:
    """Built, but in no list."""
    assert entry("---\ntitle: A\nhidden: true\n---\nText\n").unlisted


def test_without_any_date_it_is_unlisted_and_listed() -> None:
    """A wrong date would put it at the top of the log."""
    text = "---\ntitle: A\n---\nText\n"

    assert entry(text, "a.md", home="x").unlisted
    assert whys(text, "a.md") == [
        "1: it has no date; the entry is unlisted until `dates.published` is given"
    ]


def test_a_date_that_can_be_read_two_ways_is_listed() -> None:
    """The date of the file name stands in for it."""
    text = "---\ntitle: A\ndate: 03/04/2025\n---\nText\n"

    assert entry(text).published == "2025-01-06"
    assert whys(text) == [
        "3: `date: 03/04/2025` is no date, or one that can be read two ways"
    ]


def test_the_language_is_told() -> None:
    """By key, by file name or by script; English is assumed anyway."""
    assert entry("---\ntitle: A\nlang: de\n---\nText\n").lang == "de"
    assert entry("---\ntitle: 修复了问题\n---\n修复了一个问题\n").lang == "zh"
    assert entry("---\ntitle: A\nlocale: en-US\n---\nText\n").lang == ""


def test_a_text_without_words_says_so() -> None:
    """A page may not be blank."""
    assert entry("---\ntitle: A\n---\n").body == "The imported file has no text."


def test_a_file_that_is_no_entry_is_listed() -> None:
    """A README has neither front matter nor a date."""
    found = reading("# Read me\n", "README.md")

    assert found.entry is None
    assert str(found.leftovers[0]) == (
        "README.md:1: it has neither a front matter nor a date in its name, so it is no entry"
    )


def test_comments_and_components_go_to_the_internal_block() -> None:
    """Where colleagues find them, and nobody else."""
    made = entry(
        '---\ntitle: A\n---\nText\n\n<!-- ask legal -->\n\n<Render file="x" />\n'
    )

    assert made.body == (
        "Text\n\n/// internal\nLeft out when `waf/2025-01-06-new-rules.mdx` was imported:\n\n"
        '```text\nline 6: <!-- ask legal -->\nline 8: <Render file="x" />\n```\n///'
    )


def test_a_folder_with_an_index_is_one_post() -> None:
    """Its name is the folder's."""
    made = entry(
        "---\ntitle: A\n---\nText\n", "2025/01/06/faster-exports/index.md", home="x"
    )

    assert (made.names[0], made.published) == ("faster-exports", "2025-01-06")


def test_without_any_title_the_file_name_is_one() -> None:
    """And that is listed."""
    text = "---\ndate: 2025-01-06\n---\nText\n"

    assert entry(text, "faster-exports.md").title == "Faster exports"
    assert whys(text, "faster-exports.md") == [
        "1: it has no title; its file name became one: “Faster exports”"
    ]


def test_an_underlined_title_is_a_title() -> None:
    """With its line."""
    made = entry("---\ndate: 2025-01-06\n---\nFaster\n======\n\nText\n", "a.md")

    assert (made.title, made.body) == ("Faster", "Text")


def test_a_kind_of_change_in_the_source_is_the_type() -> None:
    """If we know it; else it is kept."""
    assert entry("---\ntitle: New\ntype: bugfix\n---\nText\n").type == "fixed"
    assert entry("---\ntitle: New\ntype: gossip\n---\nText\n").extra == (
        ("x-type", "gossip"),
    )


def test_values_of_every_shape_are_kept() -> None:
    """Lists, blocks, words for yes; a key without letters is listed."""
    made = entry(
        "---\ntitle: A\npublished: true\nimages: [{src: a}]\n'???': b\ntags: {a: b}\n---\nText\n"
    )

    assert made.extra == (("x-images", [{"src": "a"}]), ("x-tags", {"a": "b"}))
    assert made.published == "2025-01-06"


def test_open_call_outs_and_foreign_markers_are_listed() -> None:
    """They change the shape of the text."""
    text = "---\ntitle: A\n---\n:::note\nText\n\n```rust\n/// doc\n```\n"

    assert [why.partition(": ")[2] for why in whys(text)] == [
        "1 lines looked like a marker of internal text; a sign nobody sees was put into them",
        "a call-out is not closed; it ends with the text",
    ]
