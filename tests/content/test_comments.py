"""What a page does not show, but its source would: cut, with as many lines as before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.content.comments import without_comments

HIDDEN = {
    "a comment": "One <!-- secret --> two",
    "over lines": "One <!-- secret\nmore --> two",
    "never closed": "One <!-- secret\n\nmore",
    "closed with a mark of exclamation": "<!-- secret --!> two",
    "closed too early": "<!--> secret -->",
    "an instruction": "<?php secret ?> two",
    "an instruction never closed": "<?php secret\nmore",
    "a declaration": "<!DOCTYPE secret> two",
    "character data": "One <![CDATA[ secret > ]]> two",
    "a link nobody follows": "[//]: # (secret)",
    "another such link": '[comment]: <> "secret"',
    "a link with its title below": "[_]: #\n    (secret)",
    "halves of a comment": "<!-<!-- x -->- secret -->",
    "halves of halves": "<!-<!-<!-- x -->- x -->- secret -->",
    "with a fence inside": "<!-- secret\n```\n--> two\n```",
    "backticks in two blocks": "a `b\n<!-- secret -->\nc` d",
    "backticks in raw HTML": "<pre>\n`<!-- secret -->`\n</pre>",
    "a fence indented otherwise": "    ```\n<!-- secret -->\n    ```",
    "a fence never closed": "```\n<!-- secret -->",
    "a fence behind a hyphen": "- ```\n  <!-- secret -->\n  ```",
    "an escape": "\\<!-- secret -->",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_a_page_does_not_show_is_cut(text: str) -> None:
    """It is nowhere in the text, and everything in what was cut."""
    public, cuts = without_comments(text, 1)

    assert "secret" not in public
    assert public.count("\n") == text.count("\n")
    assert "secret" in "".join(cut.text for cut in cuts)


SHOWN = {
    "a code sample": "```html\n<!-- shown -->\n```",
    "with tildes": "~~~\n<!-- shown -->\n~~~",
    "in a quotation": "> ```\n> <!-- shown -->\n> ```",
    "in a list": "- a\n\n    ```\n    <!-- shown -->\n    ```",
    "in a line": "Write `<!-- shown -->` for a comment",
    "a comparison": "a < b and b <= c",
    "a generic type": "`Map<?>` and List<?> are shown",
    "an arrow": "a --> b <- c",
    "a link": '[shown]: https://example.com "A title"\n\n[shown]',
    "an anchor": "[top](#shown)",
    "a footnote": "[^1]: # shown",
    "entities": "&lt;!-- shown --&gt;",
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN.keys())
def test_what_readers_see_stays(text: str) -> None:
    """Code is shown as code; other brackets are text."""
    assert without_comments(text, 1) == (text, ())


def test_a_comment_of_too_many_halves_takes_everything_with_it() -> None:
    """Nobody writes such a thing by accident."""
    text = "<!-" * 30 + "<!-- x -->" + "- y -->" * 30 + "\nOpen"
    public, cuts = without_comments(text, 1)

    assert public == "\n"
    assert "Open" in cuts[-1].text


def test_a_cut_knows_its_line() -> None:
    """An audit can say where a leaked word came from."""
    _, cuts = without_comments("One\n\n<!-- a -->\n<!--\nb\n-->\n", 10)

    assert [(cut.text, cut.line) for cut in cuts] == [(" a ", 12), ("\nb\n", 13)]


HOSTILE = {
    "comments": "<!--" * 50_000,
    "comments that end at last": "<!--" * 50_000 + "-->",
    "instructions": "<?a " * 50_000,
    "declarations": "<!a" * 50_000,
    "character data": "<![CDATA[" * 50_000 + "]]>",
    "backticks": "`<!--" * 50_000,
    "a sample full of comments": "```\n" + "<!--" * 50_000 + "\n```\n-->",
    "links": "[]: #\n" * 50_000,
    "a link and spaces": "[x]: #" + " " * 200_000 + "x",
    "a link and brackets": "[x]: # (" + ")" * 200_000 + "x",
    "halves": "<!-" * 30_000 + "<!-- x -->" + "- y -->" * 30_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_cut_in_time(text: str) -> None:
    """The time grows with the length of the text, not with its square."""
    assert without_comments(text, 1)[0].count("\n") == text.count("\n")


@given(
    st.lists(
        st.sampled_from(
            ["<!--", "-->", "<!-", "-", ">", "`", "```\n", "\n", "x", "<?a", "?>"]
        )
    ).map("".join)
)
def test_no_comment_is_left(text: str) -> None:
    """Cutting never makes a comment of what was none."""
    public, _ = without_comments(text, 1)

    assert public.count("\n") == text.count("\n")
    assert without_comments(public, 1) == (public, ())
