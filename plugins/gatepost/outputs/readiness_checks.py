"""The checks of a readiness page: every item by phase, what came of it, the line that answers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from gatepost.model.phase import BY_KEY
from gatepost.model.release import Release
from gatepost.outputs.desk import Desk
from gatepost.outputs.gate_views import CheckGroup, CheckRow
from gatepost.outputs.gate_words import capital
from gatepost.outputs.views import Badge, Link
from gatepost.outputs.words import inline
from gatepost.process.answer import Answer, State
from gatepost.process.conditions.table import CONDITIONS
from gatepost.process.verdict import Verdict

MARKS: dict[State, tuple[str, str]] = {
    "done": ("ok", "Done"),
    "not-applicable": ("none", "Does not apply"),
    "waived": ("waived", "Waived"),
    "open": ("open", "Open"),
    "failing": ("no", "Failing"),
}
"""Mark and word of each state."""
_ORDER = ("failing", "open", "waived", "done", "not-applicable")
_GATES = {"block": "", "warn": "advised", "info": "optional"}


def check_groups(desk: Desk, release: Release, found: Verdict) -> Iterator[CheckGroup]:
    """The items of each phase, what blocks first."""
    for key, group in groupby(found.answers, key=lambda one: one.item.phase):
        rows = sorted(group, key=_rank)
        required = [one for one in rows if one.gate == "block"]
        done = sum(one.settled for one in required)
        blocking = sum(one.blocks for one in rows)
        badge = Badge("nogo", "octagon-x", f"{blocking} block") if blocking else None
        yield CheckGroup(
            label=desk.label_of(BY_KEY[key]),
            count=f"{done} of {len(required)} done",
            badge=badge,
            open=bool(blocking) or key == release.phase,
            rows=tuple(_check(desk, release, one) for one in rows),
        )


def _rank(one: Answer) -> tuple[bool, int]:
    return not one.blocks, _ORDER.index(one.state)


def _check(desk: Desk, release: Release, one: Answer) -> CheckRow:
    state, word = MARKS[one.state]
    return CheckRow(
        state="no" if one.blocks else state,
        word=word,
        text=one.item.text,
        note=_note(one),
        owner=one.owner or one.item.owner,
        rule=one.item.id,
        gate=_GATES[one.gate],
        source=_evidence(desk, release, one),
    )


def _note(one: Answer) -> Markup:
    told = one.what if one.state == "failing" else ""
    return inline(capital(". ".join(part for part in (told, one.note) if part)))


def _evidence(desk: Desk, release: Release, one: Answer) -> Link | None:
    """The line that answers it, if the entry says anything about it."""
    path: tuple[str | int, ...] = one.path if one.state == "failing" else ()
    if one.state == "waived":
        path = ("go_no_go", "waivers")
    elif one.note:
        path = ("checklist", one.item.id)
    elif one.done and one.item.auto:
        path = tuple(CONDITIONS[one.item.auto].field.split("."))
    if path[:1] and path[:1] in release.source.places:
        return desk.source(release.at(*path))
    return None
