"""GP15x: titles and summaries that fit where they are shown, and text that says something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.rules.case import Case
from gatepost.rules.rule import Fault, rule

TITLE_LIMIT = 80
SUMMARY_LIMIT = 280
_MARKUP = (
    ("a line break", re.compile(r"\n")),
    ("a picture", re.compile(r"!\[[^\]]*\]\(")),
    ("a link", re.compile(r"(?<!!)\[[^\]]*\]\(|<https?:")),
    (
        "bold or italic marks",
        re.compile(r"(?<![\w*])(\*{1,3}|__)(?=\S)[^*_]+\1(?![\w*])"),
    ),
    ("an HTML tag", re.compile(r"</?[a-zA-Z][^<>]*>")),
    ("a heading mark", re.compile(r"^#{1,6} ")),
)
_CODE = re.compile(r"`[^`]*`")


@rule("GP150", at="title", imports="advice")
def long_title(case: Case) -> Iterator[Fault]:
    """A title has at most 80 characters.

    Why: lists, feeds, e-mail subjects and search results cut longer ones in the middle of a word.
    Fix: say what the reader gets, and leave the details to the summary.
    """
    length = len(case.release.title)
    if length > TITLE_LIMIT:
        yield Fault(
            f"the title has {length} characters; {TITLE_LIMIT} fit",
            f"shorten it by {length - TITLE_LIMIT} characters and move details to `summary`",
        )


@rule("GP151", at="title", imports="advice")
def marked_up_title(case: Case) -> Iterator[Fault]:
    """A title is plain text; only `code` marks are allowed.

    Why: feeds, mails and browser tabs show titles as they are, stars and brackets included.
    Fix: write the title without Markdown or HTML.
    """
    bare = _CODE.sub("", case.release.title)
    for name, pattern in _MARKUP:
        if pattern.search(bare):
            yield Fault(f"the title contains {name}", "write the title as plain text")


@rule("GP152", at="summary", imports="advice")
def long_summary(case: Case) -> Iterator[Fault]:
    """A summary has at most 280 characters.

    Why: it is shown under the title in lists, feeds and previews, where there is room for two
    sentences.
    Fix: keep the first two sentences and move the rest to the body.
    """
    length = len(case.release.summary)
    if length > SUMMARY_LIMIT:
        yield Fault(f"the summary has {length} characters; {SUMMARY_LIMIT} fit")
