"""The gate for machines: verdicts as JSON, and the schema they follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from gatepost.model.finding import Finding
from gatepost.model.flag_snapshot import Snapshot
from gatepost.model.item import Gate, Score
from gatepost.model.moment import Moment
from gatepost.model.phase import PhaseKey
from gatepost.model.release import Kind, Release
from gatepost.model.release import State as ReleaseState
from gatepost.outputs.json_text import json_text
from gatepost.outputs.words import plain
from gatepost.process.answer import Answer, State
from gatepost.process.blockers import Blocker
from gatepost.process.edit import Edit
from gatepost.process.terms import Terms
from gatepost.process.verdict import Value, Verdict

VERSION: Literal[1] = 1
"""Version of the report's shape: raised when a key goes or changes its meaning."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCORES: tuple[Score, ...] = ("technical", "customer", "business")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """One line to paste."""

    yaml: Annotated[str, Field(description="The line, without indentation.")]
    under: Annotated[
        str, Field(description="The block it goes under; empty for the top.")
    ]
    path: Annotated[str, Field(description="The file.")]
    line: Annotated[int, Field(description="The line to go to, from 1.")]
    replaces: Annotated[
        bool, Field(description="Whether it stands in for the line there.")
    ]
    fact: Annotated[
        bool,
        Field(description="Whether it records what must be so before it is written."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockerRow:
    """What stands in the way."""

    rule: Annotated[
        str, Field(description="Id of the item, code of a finding, `state` or `roles`.")
    ]
    what: Annotated[str, Field(description="What is missing or wrong.")]
    why: Annotated[
        str, Field(description="Who asks for it, or what was said about it.")
    ]
    owner: Annotated[str, Field(description="Team handle; empty if nobody is named.")]
    field: Annotated[str, Field(description="The field it is about; may be empty.")]
    due: Annotated[
        str, Field(description="Day or time it is due; empty if no date says.")
    ]
    fix: Annotated[str, Field(description="What to do.")]
    edit: Annotated[
        EditRow | None, Field(description="The line to paste, where one is enough.")
    ]
    path: Annotated[str, Field(description="The file.")]
    line: Annotated[int, Field(description="The line, from 1.")]
    score: Annotated[Score, Field(description="The readiness it counts for.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item of the checklist and what came of it."""

    id: Annotated[str, Field(description="Id of the item.")]
    text: Annotated[str, Field(description="What is asked.")]
    phase: Annotated[PhaseKey, Field(description="The phase whose exit asks for it.")]
    role: Annotated[str, Field(description="The role that is asked.")]
    owner: Annotated[
        str, Field(description="Team handle; empty if nobody fills the role.")
    ]
    gate: Annotated[Gate, Field(description="How much it counts.")]
    score: Annotated[Score, Field(description="The readiness it counts for.")]
    state: Annotated[State, Field(description="What came of it.")]
    due: Annotated[bool, Field(description="Whether it is owed now.")]
    by: Annotated[
        str, Field(description="Day or time it is due; empty if no date says.")
    ]
    note: Annotated[str, Field(description="Who ticked or waived it, when and why.")]
    what: Annotated[
        str, Field(description="What is missing or wrong; empty if nothing is.")
    ]
    fix: Annotated[str, Field(description="What to do; empty if nothing is missing.")]
    origin: Annotated[
        Literal["shipped", "registry", "entry"],
        Field(description="Where the item was written."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """Required items of one readiness."""

    done: Annotated[int, Field(ge=0, description="Done, waived or not applicable.")]
    required: Annotated[int, Field(ge=0, description="All of them.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """The verdict on one release."""

    id: Annotated[str, Field(description="Its id.")]
    title: Annotated[str, Field(description="Its title.")]
    kind: Annotated[Kind, Field(description="How deep its checklist goes.")]
    phase: Annotated[PhaseKey, Field(description="Where it is.")]
    state: Annotated[ReleaseState, Field(description="How it goes.")]
    into: Annotated[PhaseKey, Field(description="The phase the question is about.")]
    planned: Annotated[str, Field(description="Planned day; empty if there is none.")]
    verdict: Annotated[Value, Field(description="The answer.")]
    scores: Annotated[
        dict[Score, ScoreRow], Field(description="The three readinesses.")
    ]
    blockers: Annotated[list[BlockerRow], Field(description="What stands in the way.")]
    ahead: Annotated[
        list[str], Field(description="Ids of items the next gates will ask.")
    ]
    items: Annotated[
        list[ItemRow], Field(description="Every item that concerns the release.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """Something wrong in a file."""

    at: Annotated[str, Field(description="File, line and column.")]
    what: Annotated[str, Field(description="What is wrong.")]
    fix: Annotated[str, Field(description="What to do.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """The provider's file that flags were compared with."""

    path: Annotated[str, Field(description="The file or folder.")]
    format: Annotated[str, Field(description="How it is written.")]
    flags: Annotated[int, Field(ge=0, description="How many flags were read.")]
    faults: Annotated[list[FaultRow], Field(description="What could not be read.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """What `gatepost gate --format json` prints, and `/api/v1/gate/<id>.json` holds."""

    version: Annotated[Literal[1], Field(description="Version of this shape.")]
    as_of: Annotated[str, Field(description="The clock, RFC 3339 in UTC.")]
    profile: Annotated[str, Field(description="The way of working in force.")]
    flag_snapshot: Annotated[
        SnapshotRow | None,
        Field(
            description="What flags were compared with; null if the registry names no file."
        ),
    ]
    unread: Annotated[
        list[FaultRow],
        Field(
            description="What could not be read, so that no verdict can be computed: a no-go."
        ),
    ]
    releases: Annotated[list[ReleaseRow], Field(description="Soonest first.")]


_LF, _END = "\n", "\n}\n"
_REPORT, _ROW = TypeAdapter(GateReport), TypeAdapter(ReleaseRow)
_FAULTS = TypeAdapter(list[FaultRow])
_SNAPSHOT = TypeAdapter[SnapshotRow | None](SnapshotRow | None)


def gate_json(
    rows: Iterable[tuple[Release, Verdict]],
    terms: Terms,
    unread: Iterable[Finding] = (),
) -> str:
    """Verdicts as JSON, with a line for each release, and what kept files from being judged."""
    at = f"{terms.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    found = _snapshot(terms.flags.snapshot)
    head = json_text(
        {
            "version": VERSION,
            "as_of": at,
            "profile": terms.profile_key,
            "flag_snapshot": _SNAPSHOT.dump_python(found, mode="json"),
            "unread": _FAULTS.dump_python(_faults(unread), mode="json"),
        }
    )
    # The rows are tens of thousands of objects: their own serialiser is several times as fast.
    lines = (_ROW.dump_json(_release(one, found)).decode() for one, found in rows)
    told = ",\n".join(lines)
    return f'{head.removesuffix(_END)},\n"releases": [{told and f"{_LF}{told}{_LF}"}]{_END}'


def gate_schema() -> dict[str, Any]:
    """JSON Schema of the report."""
    schema = _REPORT.json_schema(mode="serialization")
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            part["additionalProperties"] = False
    return {"$schema": DIALECT, **schema, "title": "A verdict of gatepost's gate"}


def _snapshot(found: Snapshot | None) -> SnapshotRow | None:
    if found is None:
        return None
    return SnapshotRow(
        path=found.path,
        format=found.format,
        flags=len(found.flags),
        faults=_faults(found.findings),
    )


def _faults(found: Iterable[Finding]) -> list[FaultRow]:
    return [
        FaultRow(at=str(one.place), what=one.sentence, fix=one.fix) for one in found
    ]


def _release(release: Release, found: Verdict) -> ReleaseRow:
    scores = {score: found.score(score) for score in SCORES}
    return ReleaseRow(
        id=release.id,
        title=plain(release.title),
        kind=release.kind,
        phase=release.phase,
        state=release.state,
        into=found.into,
        planned=_on(release.dates.planned),
        verdict=found.value,
        scores={
            score: ScoreRow(done=done, required=asked)
            for score, (done, asked) in scores.items()
        },
        blockers=[_blocker(one) for one in found.blockers],
        ahead=[one.item.id for one in found.ahead],
        items=[_item(one) for one in found.answers],
    )


def _blocker(one: Blocker) -> BlockerRow:
    return BlockerRow(
        rule=one.rule,
        what=one.what,
        why=one.why,
        owner=one.owner,
        field=one.field,
        due=_on(one.due),
        fix=one.fix,
        edit=_edit(one.edit),
        path=one.place.path,
        line=one.place.line,
        score=one.score,
    )


def _edit(edit: Edit | None) -> EditRow | None:
    if edit is None:
        return None
    return EditRow(
        yaml=edit.yaml,
        under=edit.under,
        path=edit.place.path,
        line=edit.place.line,
        replaces=edit.replaces,
        fact=edit.fact,
    )


def _item(one: Answer) -> ItemRow:
    return ItemRow(
        id=one.item.id,
        text=one.item.text,
        phase=one.item.phase,
        role=one.item.owner,
        owner=one.owner,
        gate=one.gate,
        score=one.item.score,
        state=one.state,
        due=one.due,
        by=_on(one.by),
        note=one.note,
        what=one.what,
        fix=one.fix,
        origin=one.item.origin,
    )


def _on(moment: Moment | None) -> str:
    return moment.iso if moment else ""
