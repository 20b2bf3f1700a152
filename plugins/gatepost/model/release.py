"""One release: its front matter in full, its body, and where each was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic.json_schema import SkipJsonSchema

from gatepost.model import parts
from gatepost.model.field import (
    Flag,
    Part,
    Slug,
    Text,
    Texts,
    internal_field,
    item_field,
    reader_field,
    restricted_field,
)
from gatepost.model.finding import Place
from gatepost.model.item import EntryItem
from gatepost.model.moment import Duration, Moment
from gatepost.model.phase import BY_KEY, Phase, PhaseKey

Type = Literal[
    "added",
    "changed",
    "deprecated",
    "removed",
    "fixed",
    "security",
    "performance",
    "known-issue",
    "notice",
]
Kind = Literal["quiet", "standard", "launch", "hotfix"]
State = Literal[
    "on-track",
    "at-risk",
    "blocked",
    "on-hold",
    "rolled-back",
    "withdrawn",
    "cancelled",
    "done",
]
Stage = Literal[
    "concept",
    "experimental",
    "private-preview",
    "public-preview",
    "ga",
    "deprecated",
    "retired",
]
Tree = Mapping[str, object]
PathInFile = tuple[str | int, ...]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class FrontMatter(Part):
    """Everything an entry's front matter may say."""

    id: Slug = reader_field("Never changes once published; part of the address.")
    title: Text = reader_field(
        "What the customer gets, as a sentence without a full stop."
    )
    title_internal: Text = internal_field("Working name; a code name is fine here.", "")
    summary: Text = reader_field(
        "One or two sentences; the body's first sentence when left out.", ""
    )
    type: Type = reader_field("What sort of change it is.", "notice")
    breaking: Flag = reader_field(
        "Whether somebody must act. Needs `action`.", default=False
    )
    kind: Kind = internal_field("How deep the checklist goes.", "quiet")
    importance: Literal["low", "normal", "high", "critical"] = reader_field(
        "How much it matters.", "normal"
    )
    highlight: Flag = reader_field("Shown large, with its picture.", default=False)
    phase: PhaseKey = internal_field("Where the work is.")
    state: State = internal_field(
        "How it goes; rolled-back and withdrawn are told in public.", "on-track"
    )
    state_on: Moment | None = reader_field(
        "Since when it is rolled back, withdrawn or cancelled.", None
    )
    state_note: Text = reader_field("What customers are told about it.", "")
    stage: Stage | None = reader_field("How mature the feature is.", None)
    stages: tuple[parts.StageStep, ...] = reader_field("How it matured.", ())
    audience: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = internal_field(
        "Reader groups; internal when left out.", ("internal",)
    )
    embargo_until: Moment | None = restricted_field(
        "Hidden from the public until then.", None
    )
    for_: Texts = reader_field("Personas of the registry.", (), alias="for")
    products: Texts = reader_field("Products of the registry.", ())
    components: Texts = reader_field("Components of the registry.", ())
    plans: Texts = reader_field("Plans of the registry.", ())
    regions: Texts = reader_field("Regions of the registry.", ())
    platforms: Texts = reader_field("Platforms of the registry.", ())
    hosting: Texts = reader_field(
        "Cloud, self-hosted and the like, from the registry.", ()
    )
    version: Text = reader_field("The version it is in.", "")
    affects_versions: Texts = reader_field(
        "Versions a fix, advisory or issue is about.", ()
    )
    tags: Texts = reader_field("Free words.", ())
    lang: Text = reader_field(
        "Language of the text when it is not the site's, such as `ar`.", ""
    )
    what: Text = reader_field("What changed.", "")
    who: Text = reader_field("Who has it, who notices.", "")
    action: Text = reader_field("What the reader must do, and by when.", "")
    impact: Text = reader_field("What it does to existing use.", "")
    compatibility: parts.Compatibility | None = reader_field(
        "Whether existing use keeps working.", None
    )
    downtime: parts.Downtime | None = reader_field(
        "Whether anyone notices the deployment.", None
    )
    migration: parts.Migration | None = reader_field(
        "The way to the new behaviour.", None
    )
    supersedes: Texts = reader_field("Ids this entry replaces.", ())
    superseded_by: Texts = reader_field("Ids that replace this entry.", ())
    related: Texts = reader_field("Ids worth reading too.", ())
    fixes: Texts = reader_field("Ids whose problems this entry fixes.", ())
    deprecation: parts.Deprecation | None = reader_field(
        "From notice to removal.", None
    )
    security: parts.Security | None = reader_field(
        "The advisory; public once disclosed.", None
    )
    known_issues: tuple[parts.KnownIssue, ...] = item_field(
        "What does not work yet.", ()
    )
    media: tuple[parts.Media, ...] = reader_field("Pictures and videos.", ())
    docs: tuple[parts.Doc, ...] = item_field("Help articles and guides.", ())
    refs: tuple[parts.Reference, ...] = item_field(
        "Pull requests, commits, tickets.", ()
    )
    feedback: parts.Feedback | None = reader_field("Where readers can answer.", None)
    dates: parts.Dates = item_field("Planned and real dates.", parts.Dates())
    bedding_in: Duration | None = internal_field(
        "How long before campaigns may begin.", None
    )
    roadmap: parts.Roadmap | None = reader_field("What the roadmap says.", None)
    goal: Text = internal_field("The objective it serves.", "")
    value: Text = internal_field("What it is worth.", "")
    problem: Text = internal_field("What it solves.", "")
    decision_factors: parts.DecisionFactors | None = internal_field(
        "Why this, why now.", None
    )
    objectives: tuple[parts.Measure, ...] = internal_field("Objectives.", ())
    success_criteria: tuple[parts.Measure, ...] = internal_field(
        "How success is measured.", ()
    )
    guardrails: tuple[parts.Measure, ...] = internal_field(
        "What must not get worse.", ()
    )
    scope: parts.Scope | None = internal_field("What is in, what is out.", None)
    roles: Mapping[str, Text] = internal_field("Role key to team handle.", {})
    stakeholders: tuple[parts.Stakeholder, ...] = internal_field("Who has a say.", ())
    dependencies: tuple[parts.Dependency, ...] = internal_field(
        "What others must deliver.", ()
    )
    risks: tuple[parts.Risk, ...] = internal_field("What could go wrong.", ())
    approvals: parts.Approvals | None = internal_field("Sign-offs.", None)
    changes: tuple[parts.Change, ...] = internal_field("Change-management records.", ())
    tests: parts.Tests | None = internal_field("Test evidence.", None)
    deployment: parts.Deployment | None = internal_field(
        "How it reaches production.", None
    )
    deployments: tuple[parts.DeploymentRecord, ...] = internal_field(
        "What pipelines deployed.", ()
    )
    flags: tuple[parts.FeatureFlag, ...] = internal_field(
        "Switches it stands behind.", ()
    )
    rollback: parts.Rollback | None = internal_field("The way back.", None)
    monitors: tuple[parts.Monitor, ...] = internal_field("What to watch.", ())
    incident: parts.IncidentPlan | None = internal_field(
        "What happens when it goes wrong.", None
    )
    incidents: tuple[parts.Incident, ...] = internal_field("What went wrong.", ())
    support: parts.Support | None = internal_field("What support needs.", None)
    enablement: parts.Enablement | None = restricted_field(
        "What sales and customer success need.", None
    )
    channels: tuple[parts.Channel, ...] = internal_field("How people are told.", ())
    go_no_go: parts.GoNoGo | None = internal_field("What the decision rests on.", None)
    decisions: tuple[parts.Decision, ...] = internal_field("Decisions on record.", ())
    checklist: Mapping[str, parts.Tick] = internal_field(
        "Checklist items that were done or do not apply, by their ids.", {}
    )
    items: Mapping[str, EntryItem] = internal_field(
        "Checklist items this release adds, changes or drops, by their ids.", {}
    )
    reviewing: parts.Review | None = internal_field("Looking back.", None)
    imported: parts.Imported | None = internal_field(
        "Where it was imported from.", None
    )
    noindex: Flag = reader_field("Keep search engines away.", default=False)
    unlisted: Flag = reader_field(
        "Built, but in no listing, feed, sitemap or index.", default=False
    )
    pin: Flag = reader_field("Stays at the top of the home page.", default=False)


@dataclass(frozen=True, slots=True)
class Cut:
    """An internal block that was cut out of a body."""

    text: str
    line: int
    """Line of the file on which the block's first line of text stands, from 1."""


@dataclass(frozen=True, slots=True)
class Body:
    """An entry's text, with its internal blocks already apart."""

    public: str
    """Markdown without internal blocks. Cut lines stay as empty lines, so that lines count on."""
    whole: str
    """Markdown with the text of internal blocks in place, marked for internal readers."""
    first_line: int
    """Line of the file on which the body begins, from 1."""
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a release was written."""

    path: str
    """Relative to the project's root, with forward slashes."""
    folder: str
    """The entry's own folder for `<id>/index.md`, where its attachments lie; else empty."""
    places: Mapping[PathInFile, Place] = field(default_factory=dict)
    """Where each key was written; inherited keys point into the registry."""
    inherited: Mapping[str, str] = field(default_factory=dict)
    """Field to the registry row it came from, such as `products.billing`."""
    extra: Tree = field(default_factory=dict)
    """The organisation's own `x-` fields, and unknown fields. Internal."""
    original: str = ""
    """The file of the entry that this is a translation of; empty for an original."""
    runbook: str = ""
    """`sha256:` and the digest of the runbook's text as it stands, if it is a file of the project
    that can be read; else empty."""

    def at(self, *path: str | int) -> Place:
        """Where *path* was written, or the nearest thing above it."""
        for end in range(len(path), 0, -1):
            if place := self.places.get(tuple(path[:end])):
                return place
        return Place(self.path)


class Release(FrontMatter):
    """A release as one file tells it."""

    source: SkipJsonSchema[Source]
    body: SkipJsonSchema[Body]

    @property
    def at_phase(self) -> Phase:
        """The row of the phase it is in."""
        return BY_KEY[self.phase]

    def at(self, *path: str | int) -> Place:
        """Where *path* was written."""
        return self.source.at(*path)
