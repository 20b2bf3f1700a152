"""Ids are stable and never empty, titles fit, languages are told by script."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.integrations.ids import choose_ids
from gatepost.integrations.naming import (
    entry_names,
    language_of_name,
    language_of_text,
    product_key,
    product_of_folders,
    short_summary,
    short_title,
)
from gatepost.integrations.planned import Origin, PlannedEntry

ID = re.compile(r"^[a-z0-9][a-z0-9-]{2,60}$")


def entry(*names: str) -> PlannedEntry:
    """An entry with ids to choose from."""
    return PlannedEntry(Origin("f", names[-1], "k", 1), names, "T", "b")


def test_the_best_name_comes_first() -> None:
    """The file's own name, then the longer ones."""
    names = entry_names("waf-release", "waf-release 2025-01-06", whole="waf/x.mdx")

    assert names[:2] == ("waf-release", "waf-release-2025-01-06")


def test_titles_in_other_scripts_neither_vanish_nor_collide() -> None:
    """They have no Latin letters to make an id of."""
    first, second = (
        entry_names("修复", whole="a.md")[0],
        entry_names("新增", whole="b.md")[0],
    )

    assert first != second
    assert first.startswith("entry-")


def test_long_names_end_at_a_word() -> None:
    """61 characters are allowed."""
    name = entry_names("-".join(["support"] * 12), whole="x")[0]

    assert name == "support-support-support-support-support-support-support"


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4), st.text())
def test_every_name_is_a_valid_id(words: list[str], whole: str) -> None:
    """Whatever the source is called."""
    assert all(ID.match(name) for name in entry_names(*words, whole=whole))


def test_rivals_both_get_their_second_choice() -> None:
    """So that the order of the files does not matter."""
    entries = [
        entry("release", "release-1"),
        entry("release", "release-2"),
        entry("other", "x-3"),
    ]

    assert choose_ids(entries, {}, set()) == ("release-1", "release-2", "other")


def test_ids_of_others_are_left_to_them() -> None:
    """An id that was published once is never used again."""
    assert choose_ids([entry("faster", "faster-x1")], {}, {"faster"}) == ("faster-x1",)


def test_entries_that_are_alike_in_everything_are_numbered() -> None:
    """The last resort."""
    first, second = choose_ids([entry("a-a"), entry("a-a")], {}, set())

    assert first != second
    assert ID.match(first)
    assert ID.match(second)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Exports are **faster**.", "Exports are faster"),
        ("`npm i` works", "`npm i` works"),
        ("Support for <Suspense>", "Support for `<Suspense>`"),
        ("Tom &amp; [Ann](https://a.example)", "Tom & Ann"),
        ("More to come...", "More to come..."),
        (
            "More flexible fallback handling — Custom Errors now support fetching assets with 4xx",
            "More flexible fallback handling",
        ),
    ],
)
def test_titles_are_short_plain_text(written: str, shown: str) -> None:
    """A clause that ends in time is a better end than the middle of a sentence."""
    assert short_title(written) == shown


@given(st.text(max_size=400))
def test_titles_and_summaries_always_fit(text: str) -> None:
    """80 and 280 characters."""
    assert len(short_title(text)) <= 80
    assert len(short_summary(text)) <= 280


def test_a_summary_ends_with_a_sentence() -> None:
    """If one ends in time."""
    text = "The first sentence stands alone. " + "word " * 80

    assert short_summary(text) == "The first sentence stands alone."


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["إضافة خدمة جديدة لحساب أوقات الصلوات"], "ar"),
        (["گزینه‌های جدید برای پیکربندی"], "fa"),
        (["修复了一个问题 `Table`"], "zh"),
        (["テーブルを修正しました"], "ja"),
        (["표를 수정했습니다"], "ko"),
        (["Fixed the 表 component in English text"], ""),
    ],
)
def test_a_script_tells_the_language(texts: list[str], language: str) -> None:
    """Names of people in commit lists do not."""
    assert language_of_text(texts) == language


def test_a_file_name_tells_the_language() -> None:
    """`CHANGELOG.zh-CN.md`, but not `v1.2.md`."""
    assert language_of_name("docs/CHANGELOG.zh-CN.md") == "zh-CN"
    assert language_of_name("CHANGELOG.es.md") == "es"
    assert language_of_name("notes/v1.2.md") == ""


def test_a_product_is_found_among_folders() -> None:
    """Dates, languages and words such as `docs` name no product."""
    assert product_of_folders("2024", "docs", "owner__project") == "project"
    assert product_of_folders("release-notes", "vscode") == "vscode"
    assert product_of_folders("en", "blog") == ""


def test_product_keys_fit_the_registry() -> None:
    """Also for names in other scripts."""
    assert product_key("Workers AI") == "workers-ai"
    assert re.fullmatch(r"product-[0-9a-f]{8}", product_key("日历"))
