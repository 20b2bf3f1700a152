"""GP190: rules that a site holds stricter or looser, and those it may not loosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from gatepost.content.laws import LAWS as READING_LAWS
from gatepost.model.finding import Finding
from gatepost.rules.case import Index
from gatepost.rules.nearest import Names, did_you_mean
from gatepost.rules.rendered import DEAD_ANCHOR, LOST_PAGE
from gatepost.rules.rendered import LAWS as RENDERING_LAWS
from gatepost.rules.rule import Fault, book_rule

Overrides = Mapping[str, Literal["error", "advice", "off"]]

_FIXED = frozenset(
    {"GP190", *(law.code for law in (*READING_LAWS, *RENDERING_LAWS))}
) - {DEAD_ANCHOR.code, LOST_PAGE.code}


def is_fixed(code: str) -> bool:
    """Say whether a law holds everywhere: what cannot be read, and what would leak."""
    return code in _FIXED or code.startswith(("GP0", "GP4"))


def overridden(finding: Finding, rules: Overrides) -> Finding | None:
    """Give a finding the level its site wants; None if the site switched its rule off."""
    wanted = rules.get(finding.code)
    if wanted is None or (wanted != "error" and is_fixed(finding.code)):
        return finding
    if wanted == "off":
        return None
    return finding if wanted == finding.level else replace(finding, level=wanted)


@book_rule("GP190")
def forbidden_override(index: Index) -> Iterator[Fault]:
    """A site may switch off rules of taste and process, but not what keeps it whole and discreet.

    Why: an entry that cannot be read, or a leak, is no matter of taste.
    Fix: remove the line from `rules` in `content/registry.yml`; for single words use
    `public_words` under `policy`.
    """
    known = Names.of(index.laws)
    for code, wanted in index.registry.rules.items():
        at = ("rules", code)
        if code not in known:
            near = known.nearest(code)
            yield Fault(
                f"there is no rule `{code}`{did_you_mean(near)}",
                "look the code up with `gatepost rule`, or remove the line",
                at,
            )
        elif wanted != "error" and is_fixed(code):
            name = index.laws[code].name
            yield Fault(f"the rule {code} ({name}) cannot be set to `{wanted}`", at=at)
