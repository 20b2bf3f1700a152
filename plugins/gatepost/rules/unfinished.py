"""Texts that wait for their author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.rules.case import Case
from gatepost.rules.rule import Fault, rule

PLACEHOLDER = "What customers get, for whom, and what they have to do."
"""The text of a new entry, until somebody writes another one."""
_NOTES = ("TODO", "FIXME", "TBD", "XXX")
"""Words by which authors mark what is left to write: they are looked for in entries."""
_ONE_OF = "|".join(_NOTES)
_UNFINISHED = re.compile(
    rf"(?m:^[ \t>*+-]*)(?P<begin>{_ONE_OF})\b|\b(?P<note>{_ONE_OF}):"
    rf"|\b(?P<filler>(?i:lorem ipsum))\b|(?P<new>{re.escape(PLACEHOLDER)})"
)


@rule("GP409", public=True, imports="advice")
def unfinished_text(case: Case) -> Iterator[Fault]:
    """Public text is finished: no note to its author, no filler, not the text of a new entry.

    Why: it is published as it is, and readers wonder what else was forgotten. Samples
    of code are left alone.
    Fix: write what readers get, or delete the line.
    """
    sheet = case.sheet
    text = sheet.text
    if "lorem ipsum" not in text.lower() and not any(
        one in text for one in (*_NOTES, PLACEHOLDER)
    ):
        return
    for match in _UNFINISHED.finditer(text):
        kind = match.lastgroup or ""
        if sheet.coded(match.start(kind)):
            continue
        place = sheet.place(match.start(kind))
        if kind == "new":
            yield Fault(
                "the text is still the one a new entry begins with",
                "write what readers get, for whom, and what they have to do",
                place,
            )
        else:
            yield Fault(
                f"`{match[kind]}` in public text says that it is not finished", at=place
            )
