# ruff: noqa: E501 - source and result stand side by side, each on one line
"""Front matter of other generators is understood, whatever its dialect, and nothing of it is lost."""

from __future__ import annotations

import pytest

from gatepost.integrations.foreign_yaml import split_front_matter


def test_every_key_knows_its_line() -> None:
    """Values stay text, and each key can be pointed at."""
    front = split_front_matter(
        "---\ntitle: Faster\nversion: 1.10\nproducts:\n  - a\n  - b\n---\nBody\n"
    )

    assert front.values == {
        "title": "Faster",
        "version": "1.10",
        "products": ["a", "b"],
    }
    assert front.lines == {"title": 2, "version": 3, "products": 4}
    assert (front.body, front.body_line) == ("Body\n", 8)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\ntitle: x\n---\nBody",
        "---\r\ntitle: x\r\n---\r\nBody",
        "\n\n---\ntitle: x\n---\nBody",
        "---   \ntitle: x\n---  \nBody",
        "---\ntitle: x\n...\nBody",
        '+++\ntitle = "x"\n+++\nBody',
    ],
    ids=[
        "byte order mark",
        "CRLF",
        "empty lines first",
        "spaces behind",
        "three dots",
        "TOML",
    ],
)
def test_shapes_that_other_readers_stumble_over(text: str) -> None:
    """A mark, a line end or an empty line in front is no reason to lose an entry."""
    front = split_front_matter(text)

    assert front.values == {"title": "x"}
    assert front.body == "Body"


def test_a_line_drawn_above_a_text_is_no_front_matter() -> None:
    """`---` is also a rule."""
    text = "---\n\nOlder notes live elsewhere.\n\n---\n\nText\n"

    assert split_front_matter(text).body == text
    assert not split_front_matter(text).found


def test_broken_yaml_is_read_line_by_line_and_says_so() -> None:
    """`title: Fix: x` is a common slip that no author notices elsewhere."""
    front = split_front_matter("---\ntitle: Fix: x\ntags:\n- a\n- 'b c'\n---\n")

    assert front.values == {"title": "Fix: x", "tags": ["a", "b c"]}
    assert [line for line, _ in front.faults] == [2]
    assert "read line by line" in front.faults[0][1]


def test_a_key_that_stands_twice_keeps_its_first_value_and_lists_the_second() -> None:
    """Neither value vanishes."""
    front = split_front_matter("---\nproduct: a\nproduct: b\n---\n")

    assert front.values == {"product": "a"}
    assert front.faults == (
        (3, "`product` stands there twice; the second was left out: b"),
    )


def test_front_matter_that_never_closes_is_body_and_says_so() -> None:
    """Nothing is guessed about where it ends."""
    front = split_front_matter("---\ntitle: x\nText goes on.\n")

    assert not front.found
    assert "never closed" in front.faults[0][1]


@pytest.mark.parametrize(
    "block",
    [
        "a: &x [1]\nb: *x",
        "a: " + "[" * 50 + "]" * 50,
        "a: " + "[" * 40_000,
        "? [a]\n: b",
        "- a\n- b",
    ],
    ids=["alias", "deep", "very deep", "list as key", "a list"],
)
def test_hostile_yaml_neither_crashes_nor_explodes(block: str) -> None:
    """What is refused is still read as far as lines can be."""
    front = split_front_matter(f"---\nkey: v\n{block}\n---\n")

    assert front.faults


def test_toml_keeps_every_value_as_text() -> None:
    """Dates, numbers, lists and blocks alike."""
    front = split_front_matter(
        '+++\ntitle = "x"\ndate = 2025-01-06\nweight = 3\ndraft = false\ntags = ["a", "b"]\n[params]\nb = 1\n+++\n'
    )

    assert front.values == {
        "title": "x",
        "date": "2025-01-06",
        "weight": "3",
        "draft": "false",
        "tags": ["a", "b"],
        "params": {"b": "1"},
    }
    assert front.lines["tags"] == 6


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ("+++\ntitle = \n+++\n", "no valid TOML"),
        ("---\n[a, b]\n---\n", "no list of `key: value` lines"),
        ("---\na: b\x01\n---\n", "characters YAML does not allow"),
        (f"---\na: [{'b, ' * 20_001}]\n---\n", "absurdly long"),
    ],
)
def test_what_cannot_be_read_says_why(block: str, why: str) -> None:
    """With the line it begins on."""
    ((line, said),) = split_front_matter(block).faults

    assert line == 2
    assert why in said
