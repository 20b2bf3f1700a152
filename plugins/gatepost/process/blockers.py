"""What stands in the way of a release: errors of its file, its state, empty roles, open items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gatepost.model.finding import Finding, Place
from gatepost.model.item import Score
from gatepost.model.moment import Moment
from gatepost.model.phase import BY_KEY, Phase
from gatepost.model.release import Release
from gatepost.process.answer import Answer
from gatepost.process.edit import Edit, edit_of

_PLANNED = frozenset({"standard", "launch"})


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that stands in the way."""

    rule: str
    """Id of the item, code of the finding, `state` or `roles`."""
    what: str
    """What is missing or wrong, as a sentence without a full stop."""
    why: str
    owner: str
    """Team handle; empty if nobody is named."""
    field: str
    due: Moment | None
    fix: str
    """What to do, as a sentence without a full stop."""
    edit: Edit | None
    """The line to paste, where one line is enough."""
    place: Place
    score: Score


def of_findings(release: Release, findings: Iterable[Finding]) -> Iterator[Blocker]:
    """Errors that stop any build; advice stops nobody."""
    for one in findings:
        if one.level == "error":
            yield Blocker(
                rule=one.code,
                what=one.sentence,
                why="the build stops at it",
                owner=release.roles.get("pm", ""),
                field="",
                due=None,
                fix=one.fix,
                edit=None,
                place=one.place,
                score="business",
            )


def of_state(release: Release) -> Blocker:
    """The release was stopped by its state."""
    edit = replace(edit_of(release, ("state",), "on-track"), fact=True)
    return Blocker(
        rule="state",
        what=f"the release is {release.state.replace('-', ' ')}",
        why="nothing goes out in this state",
        owner=release.roles.get("pm", ""),
        field="state",
        due=None,
        fix=edit.words,
        edit=edit,
        place=edit.place,
        score="business",
    )


def of_roles(release: Release, phases: Iterable[Phase]) -> Iterator[Blocker]:
    """Roles that sign the exits of *phases* and that nobody fills."""
    if release.kind not in _PLANNED:
        return
    signs = {role: phase for phase in phases for role in phase.signers}
    for role, phase in signs.items():
        if release.roles.get(role, "").strip():
            continue
        edit = edit_of(release, ("roles", role), '"@team"')
        yield Blocker(
            rule="roles",
            what=f"nobody is `{role}`",
            why=f"signs before {phase.label} is left",
            owner="",
            field=f"roles.{role}",
            due=None,
            fix=edit.words,
            edit=edit,
            place=edit.place,
            score="business",
        )


def of_answer(one: Answer) -> Blocker:
    """An item that is due, blocks, and is not settled."""
    label = BY_KEY[one.item.phase].label
    return Blocker(
        rule=one.item.id,
        what=one.what,
        why=one.note or f"asked before {label} is left",
        owner=one.owner,
        field=one.field,
        due=one.by,
        fix=one.fix,
        edit=one.edit,
        place=one.place,
        score=one.item.score,
    )
