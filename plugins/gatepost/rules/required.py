"""GP158 and GP501: what an entry must say from which phase on, as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gatepost.model.phase import BY_KEY, PhaseKey
from gatepost.model.release import Kind, Release
from gatepost.rules.case import Case
from gatepost.rules.rule import EVERY_KIND, NOT_QUIET, PLANNED, Fault, rule

LAUNCH: tuple[Kind, ...] = ("launch",)
_HEADING = re.compile(r"^(?:#{1,6}\s+|\*\*)(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement."""

    fields: tuple[str, ...]
    """Any one of these will do: a field, `field.part`, or `body`."""
    since: PhaseKey
    kinds: tuple[Kind, ...]
    ask: str
    """What is missing, after "does not say"."""
    write: str
    """What to type."""
    public: bool = False
    """Whether only entries that readers outside may read must say it."""
    headings: tuple[str, ...] = ()
    """Words in a heading of the body that show it is said there."""


READER_ROWS = (
    Row(
        ("body", "summary", "what"),
        "preparing",
        EVERY_KIND,
        "what changed",
        "write one sentence below the second `---` that says what the reader gets",
    ),
    Row(
        ("what", "body"),
        "preparing",
        NOT_QUIET,
        "what changed",
        "add `what:` with what is new, in words customers use",
        public=True,
    ),
    Row(
        ("who",),
        "preparing",
        PLANNED,
        "who has it and who notices",
        "add `who:`, such as `who: Admins on Team and Enterprise`",
        public=True,
        headings=("who",),
    ),
    Row(
        ("action",),
        "preparing",
        PLANNED,
        "what the reader must do",
        "add `action:`, or `action: Nothing to do.`",
        public=True,
        headings=("to do", "action", "upgrade", "migrat", "get started"),
    ),
)
"""What readers are told. Missing, it leaves a hole in the page, so it is an error."""

PROCESS_ROWS = (
    Row(("success_criteria", "objectives"), "planning", PLANNED,
        "how success is measured", "add `success_criteria:` with a metric and a target"),
    Row(("roles.pm", "roles.release_manager"), "planning", NOT_QUIET,
        "who is responsible for it", "add `pm:` with a team handle under `roles:`"),
    Row(("stakeholders",), "planning", LAUNCH,
        "who has a say in it", "add `stakeholders:` with `who` and `role`"),
    Row(("risks",), "planning", LAUNCH,
        "what could go wrong", "add `risks:` with `text` and `mitigation`, or `risks: []`"),
    Row(("dependencies",), "planning", LAUNCH,
        "what other teams must deliver",
        "add `dependencies:` with `team` and `what`, or `dependencies: []`"),
    Row(("approvals.required",), "planning", LAUNCH,
        "who must sign", "add `required:` with role keys under `approvals:`"),
    Row(("go_no_go.criteria",), "planning", LAUNCH,
        "what the go/no-go decision rests on", "add `criteria:` under `go_no_go:`"),
    Row(("dates.planned", "dates.deployed", "dates.exposed"), "building", PLANNED,
        "when it is meant to go out", "add `planned:` with a date under `dates:`"),
    Row(("roles.eng_lead",), "building", NOT_QUIET,
        "who leads the engineering", "add `eng_lead:` with a team handle under `roles:`"),
    Row(("scope.frozen_on", "dates.scope_frozen"), "testing", PLANNED,
        "when its scope was closed", "add `scope_frozen:` with a date under `dates:`"),
    Row(("roles.qa_lead",), "testing", NOT_QUIET,
        "who answers for its quality", "add `qa_lead:` with a team handle under `roles:`"),
    Row(("compatibility", "impact"), "preparing", PLANNED,
        "whether existing use keeps working",
        "add `compatibility: {backward: yes}`, or `impact:` with what changes for existing use"),
    Row(("downtime",), "preparing", NOT_QUIET,
        "whether anyone notices the deployment",
        "add `downtime: {kind: none}`, or `degraded` or `window` with the times"),
    Row(("deployment.path",), "preparing", NOT_QUIET,
        "how it reaches customers",
        "add `path:` under `deployment:`: big-bang, push, pull or phased"),
    Row(("docs",), "preparing", PLANNED,
        "which help articles it needs",
        "add `docs:` with `title` and `state`, or `state: none-needed`"),
    Row(("monitors", "guardrails"), "preparing", NOT_QUIET,
        "what is watched after it goes out", "add `monitors:` with `name` and `threshold`"),
    Row(("incident",), "preparing", PLANNED,
        "whom to call when it goes wrong", "add `incident:` with `channel` and `on_call`"),
    Row(("roles.support_lead",), "preparing", PLANNED,
        "who answers for support", "add `support_lead:` with a team handle under `roles:`"),
    Row(("enablement",), "preparing", LAUNCH,
        "what sales and customer success get", "add `enablement:` with `internal_guide`"),
    Row(("dates.deployed", "deployments"), "rolling-out", NOT_QUIET,
        "when it reached production", "add `deployed:` with a date under `dates:`"),
    Row(("dates.exposed",), "monitoring", NOT_QUIET,
        "when the first customers had it", "add `exposed:` with a date under `dates:`"),
    Row(("feedback",), "monitoring", LAUNCH,
        "where readers can answer", "add `feedback:` with `url`"),
    Row(("reviewing.held_on",), "done", NOT_QUIET,
        "when it was looked back on", "add `held_on:` with a date under `reviewing:`"),
)  # fmt: skip
"""What the process asks for. Missing, it is advice here and a reason for NO-GO at the gate."""


def _rows(rows: tuple[Row, ...], case: Case) -> Iterator[Row]:
    order = case.release.at_phase.order
    for row in rows:
        if case.release.kind not in row.kinds or BY_KEY[row.since].order > order:
            continue
        if not row.public or case.public:
            yield row


def missing(rows: tuple[Row, ...], case: Case) -> Iterator[Fault]:
    """What the rows ask of this entry and it does not say."""
    release = case.release
    for row in _rows(rows, case):
        told = any(
            # What only colleagues read tells customers nothing.
            bool(release.body.public.strip())
            if field == "body" and case.public
            else said(release, field)
            for field in row.fields
        )
        if not told and not _headed(release, row):
            yield Fault(f"`{release.id}` does not say {row.ask}", row.write, ("phase",))


def said(release: Release, field: str) -> bool:
    """Say whether an entry fills a field; an empty list that was written out counts.

    Args:
        release: The entry.
        field: A field, `field.part`, or `body`.
    """
    if field == "body":
        return bool(release.body.whole.strip())
    value: object = release
    path = tuple(field.split("."))
    for name in path:
        value = (
            value.get(name)
            if isinstance(value, Mapping)
            else getattr(value, name, None)
        )
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value) or (value == () and path in release.source.places)


def _headed(release: Release, row: Row) -> bool:
    if not row.headings:
        return False
    heads = (match.group(1).lower() for match in _HEADING.finditer(release.body.public))
    return any(word in head for head in heads for word in row.headings)


@rule("GP158", at="phase", alive=True, imports="advice")
def missing_words(case: Case) -> Iterator[Fault]:
    """An entry says what changed, and a planned release whom it concerns and what to do.

    Why: readers ask these three questions of every release, and a page that leaves one open sends
    them to support.
    Fix: add the field the finding names.
    """
    yield from missing(READER_ROWS, case)


@rule("GP501", at="phase", level="advice", kinds=NOT_QUIET, alive=True, imports="off")
def missing_preparation(case: Case) -> Iterator[Fault]:
    """A planned release fills the fields its phase asks for.

    Why: each of them answers a question somebody asks on release day, when there is no time to
    look for the answer.
    Fix: add the field the finding names; small releases are spared all this with `kind: quiet`.
    """
    yield from missing(PROCESS_ROWS, case)
