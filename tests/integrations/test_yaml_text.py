"""What an importer writes is what the strict reader reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.content.front_matter import read
from gatepost.integrations.planned import Tree
from gatepost.integrations.yaml_text import block, scalar

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), max_size=60
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Exports are faster", "Exports are faster"),
        ("Fix: x", '"Fix: x"'),
        ("1.10", '"1.10"'),
        ("1.10.2", "1.10.2"),
        ("2026-01-07", "2026-01-07"),
        ("no", '"no"'),
        ("# one", '"# one"'),
        ("修复", "修复"),
        (7, "7"),
        (True, "true"),
    ],
)
def test_quotes_stand_only_where_they_are_needed(
    value: str | int, written: str
) -> None:
    """Other YAML readers would take `1.10` for a number and `no` for false."""
    assert scalar(value) == written


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z_-]{0,20}", fullmatch=True),
        WORDS | st.lists(WORDS),
        max_size=5,
    )
)
def test_every_text_comes_back_as_it_was(tree: dict[str, Tree]) -> None:
    """Colons, quotes, emoji, other scripts."""
    parsed = read(f"---\nid: x\n{block(tree)}---\n".encode(), "x.md")

    assert not parsed.findings
    assert {key: parsed.tree[key] for key in tree} == _as_read(tree)


def _as_read(tree: dict[str, Tree]) -> dict[str, object]:
    return {
        key: list(value) if isinstance(value, list) else value
        for key, value in tree.items()
    }


def test_blocks_and_lists_of_blocks() -> None:
    """Two spaces a level."""
    tree: dict[str, Tree] = {
        "dates": {"published": "2026-01-07"},
        "refs": [{"url": "https://a.example", "title": "A, b"}],
    }

    assert block(tree) == (
        "dates:\n  published: 2026-01-07\nrefs:\n"
        '  - url: "https://a.example"\n    title: A, b\n'
    )


def test_lists_that_mix_texts_lists_and_blocks() -> None:
    """An `x-` field may hold anything."""
    assert block({"x-a": ["b", ["c", "d"], {"e": "f"}, {}]}) == (
        "x-a:\n  - b\n  - [c, d]\n  - e: f\n  - {}\n"
    )
