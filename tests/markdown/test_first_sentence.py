"""A summary is the first sentence of a text, in any language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.markdown.text import LIMIT, first_sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Exports are fast. Nothing to do.", "Exports are fast."),
        ("Exports are fast", "Exports are fast"),
        ("Fast exports!\nMore.", "Fast exports!"),
        ("Is it fast? Yes.", "Is it fast?"),
        ("One line\ngoes on. Next.", "One line goes on."),
        ("Some formats, e.g. CSV, are new. More.", "Some formats, e.g. CSV, are new."),
        ("The U.S. Treasury agreed. More.", "The U.S. Treasury agreed."),
        ("Ask Dr. Who. More.", "Ask Dr. Who."),
        ("Plan A vs. Plan B. More.", "Plan A vs. Plan B."),
        ("We moved to v1.2.3 today. More.", "We moved to v1.2.3 today."),
        ("It needs version 2. More.", "It needs version 2."),
        ("See https://a.example/b.c?d=1. More.", "See https://a.example/b.c?d=1."),
        ("Open config.yml. More.", "Open config.yml."),
        ("Wait... what? More.", "Wait... what?"),
        ("It ended (at last!). More.", "It ended (at last!)."),
        ('"It works." More.', '"It works."'),
        ("Yahoo! is back. More.", "Yahoo! is back."),
        ("导出现在更快了。还有更多。", "导出现在更快了。"),
        ("他说:“好。”", "他说:“好。”"),
        ("「はい。」と言った。次。", "「はい。」と言った。"),
        ("新機能!次。", "新機能!次。"),
        ("هل هو أسرع؟ نعم.", "هل هو أسرع؟"),
        ("यह तेज़ है। और भी।", "यह तेज़ है।"),
        ("סיימנו. הבא.", "סיימנו."),
    ],
)
def test_sentence(text: str, sentence: str) -> None:
    """A full stop in a short form, a version, an address or a name ends no sentence."""
    assert first_sentence(text) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# Title\n\nText. More.", "Text."),
        ("Title\n=====\n\nText. More.", "Text."),
        ("Title\n---\nText. More.", "Text."),
        ("***\n\nText.", "Text."),
        ("![Shot](a.png)\n\nText.", "Text."),
        ("```\ncode. More.\n```\nText.", "Text."),
        ("~~~~\n```\ncode.\n~~~~\nText.", "Text."),
        ("    code.\n\nText.", "Text."),
        ("| a |\n|---|\n\nText.", "Text."),
        ("<table>\n<tr><td>a.</td></tr>\n</table>\n\nText.", "Text."),
        ("- First item. More.\n- Second", "First item."),
        ("1. First\n2. Second", "First"),
        ("- [x] Done. More.", "Done."),
        ("> Quoted. More.", "Quoted."),
        ('!!! note "Title"\n    Inside.\n\nOutside.', "Outside."),
        ('!!! note "Title"\n    Inside. More.', "Inside."),
        ("[a]: https://a.example\n\nText.", "Text."),
        ("<!-- secret\n\nsecret -->\nText.", "Text."),
        ("<!-- secret\n\nsecret", ""),
        ("{: .wide }\nText.", "Text."),
        ("# Title", ""),
        ("", ""),
    ],
)
def test_prose_alone(text: str, sentence: str) -> None:
    """Headings, code, tables, pictures and comments are passed over."""
    assert first_sentence(text) == sentence


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Fast** *and* _easy_ ~~slow~~ ==new==", "Fast and easy slow new"),
        ("a snake_case_name and 2 * 3 * 4", "a snake_case_name and 2 * 3 * 4"),
        ("the `__init__` of `a*b`", "the __init__ of a*b"),
        ("[docs](https://a.example/x_(y)) and [more][1]", "docs and more"),
        ("[![shot](a.png)](b) text", "text"),
        ("<https://a.example> and <b>bold</b>", "https://a.example and bold"),
        ("noted[^1] here", "noted here"),
        (r"\*not bold\* &amp; 5 &lt; 6", "*not bold* & 5 < 6"),
        ("wide{ .wide } text", "wide text"),
    ],
)
def test_no_markup(text: str, plain: str) -> None:
    """Links keep their words, code keeps its text, the rest of the markup goes."""
    assert first_sentence(text) == plain


def test_long_sentence() -> None:
    """A long sentence is cut at a word and says so."""
    found = first_sentence("word " * 100)

    assert found == "word " * 55 + "word…"
    assert len(found) == LIMIT


@pytest.mark.parametrize(
    ("piece", "whole"),
    [("字", "字"), ("é", "é"), ("e\u0301", "e\u0301"), ("👩\u200d🚀", "👩\u200d🚀")],
)
def test_long_sentence_without_spaces(piece: str, whole: str) -> None:
    """Text without spaces is cut between characters, never within one."""
    found = first_sentence(piece * 300)

    assert LIMIT - 10 < len(found) <= LIMIT
    assert found.rstrip("…").replace(whole, "") == ""


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]))
    | st.text("ab. \n*_`[](){}<>!|#-")
)
def test_any_text(text: str) -> None:
    """One line, not too long, the same again."""
    found = first_sentence(text)

    assert len(found) <= LIMIT
    assert found == " ".join(found.split())


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "`", "``a`", "*", "_a", "> ", "- ", "<", "<!--", "{", "a.", "\\"],
)
def test_hostile_text(piece: str) -> None:
    """A hundred thousand marks are no reason to wait."""
    assert len(first_sentence(piece * 100_000)) <= LIMIT


def test_real_changelog(corpus: Path) -> None:
    """Nearly every entry of a real changelog begins with a sentence."""
    files = sorted((corpus / "cloudflare" / "changelog").rglob("*.mdx"))
    bodies = [file.read_text("utf-8").partition("\n---\n")[2] for file in files]
    found = [first_sentence(body) for body in bodies]

    assert sum(map(bool, found)) > 0.98 * len(files)
    assert not [one for one in found if "](" in one or "**" in one]
