"""Whose the open work of a release is: a mark for each kind of team, and the teams by handle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gatepost.model.phase import BY_KEY
from gatepost.model.registry import Team
from gatepost.model.release import Release
from gatepost.process.answer import Answer
from gatepost.process.verdict import GO_NO_GO, Verdict

KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Product", frozenset({"pm", "release_manager"})),
    (
        "Eng",
        frozenset({"eng_lead", "devops", "on_call", "dba_on_call", "operations"}),
    ),
    ("QA", frozenset({"qa_lead"})),
    ("Support", frozenset({"support_lead", "customer_success"})),
    ("Mktg", frozenset({"product_marketing", "sales", "docs_owner"})),
    ("Security", frozenset({"security_lead"})),
    ("Other", frozenset()),
)
"""Head of each column of the board, and the roles that belong to it."""
_KIND = {role: head for head, roles in KINDS for role in roles}
_OTHER = KINDS[-1][0]
_LEADS = ("pm", "eng_lead")
"""Roles by which a release is a team's own."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one kind of team is."""

    head: str
    done: str
    """`5/7`; `n/a` if nothing is asked of it."""
    state: str
    """`ok`, `half`, `open`, `no` or `none`, as marks are drawn."""


def asked(release: Release, found: Verdict) -> tuple[Answer, ...]:
    """The required items up to the go/no-go, or to the release's own gate once that is behind it.

    What later gates ask says nothing about whether it may go today.
    """
    last = max(release.at_phase.order, GO_NO_GO)
    return tuple(
        one
        for one in found.answers
        if one.gate == "block" and BY_KEY[one.item.phase].order <= last
    )


def marks(
    release: Release, found: Verdict, teams: Mapping[str, Team]
) -> tuple[Mark, ...]:
    """A mark for each kind of team, in the order of `KINDS`."""
    rows: dict[str, list[bool]] = {head: [] for head, _ in KINDS}
    for one in asked(release, found):
        rows[_kind(one.owner, one.item.owner, release, teams)].append(one.settled)
    items = {one.item.id: one.item.owner for one in found.answers}
    stopped = {
        _kind(one.owner, items.get(one.rule, "pm"), release, teams)
        for one in found.blockers
    }
    return tuple(_mark(head, rows[head], head in stopped) for head, _ in KINDS)


def _mark(head: str, settled: list[bool], stopped: bool) -> Mark:  # noqa: FBT001 - one of three facts
    done = sum(settled)
    count = f"{done}/{len(settled)}" if settled else "n/a"
    if stopped:
        return Mark(head, count if settled else "stopped", "no")
    if not settled:
        return Mark(head, count, "none")
    state = "ok" if done == len(settled) else "half" if done else "open"
    return Mark(head, count, state)


def _kind(owner: str, role: str, release: Release, teams: Mapping[str, Team]) -> str:
    """The column of an item: that of its role, unless another team owes it."""
    if owner in teams and owner != release.roles.get(role):
        found = next((one for one in teams[owner].roles if one in _KIND), "")
        return _KIND.get(found, _OTHER)
    return _KIND.get(role, _OTHER)


def teams_of(release: Release, found: Verdict) -> frozenset[str]:
    """Who leads a release, and who stands in its way: handles."""
    leads = {release.roles.get(role, "") for role in _LEADS}
    return frozenset({*leads, *(one.owner for one in found.blockers)} - {""})


def slugs(handles: Iterable[str]) -> dict[str, str]:
    """A folder for each handle, sorted by handle; no two share one."""
    made: dict[str, str] = {}
    for handle in sorted(set(handles)):
        word = re.sub(r"[^a-z0-9]+", "-", handle.lower()).strip("-") or "team"
        made[handle] = next(one for one in _tries(word) if one not in made.values())
    return made


def _tries(word: str) -> Iterator[str]:
    yield word
    number = 2
    while True:
        yield f"{word}-{number}"
        number += 1
