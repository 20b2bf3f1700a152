"""Items of a checklist: what is asked of a release, and how a site or an entry changes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from gatepost.model.field import Flag, Part, Text, internal_field
from gatepost.model.moment import Moment
from gatepost.model.phase import PhaseKey

Gate = Literal["block", "warn", "info"]
"""*block* stops the phase change, *warn* is shown, *info* is good practice."""
Score = Literal["technical", "customer", "business"]
"""The three readinesses of a release."""
Origin = Literal["shipped", "registry", "entry"]
ItemKind = Literal["quiet", "standard", "launch", "hotfix"]
Circumstance = Literal[
    "behind-flags",
    "documents-named",
    "incident-recorded",
    "rolled-back",
    "schema-changed",
]
"""A named circumstance without which an item is not asked."""
ConditionName = Literal[
    "accounts-told",
    "answers-prepared",
    "approvals-complete",
    "approvers-named",
    "assets-prepared",
    "audience-named",
    "bedded-in",
    "build-detailed",
    "channel-open",
    "channels-chosen",
    "colleagues-guided",
    "communication-planned",
    "compatibility-stated",
    "criteria-written",
    "day-confirmed",
    "day-shared",
    "dependencies-on-track",
    "deployed-everywhere",
    "deployment-tried",
    "documents-current",
    "documents-drafted",
    "documents-updated",
    "entry-published",
    "exclusions-written",
    "factors-weighed",
    "feedback-open",
    "flags-as-told",
    "flags-declared",
    "follow-ups-noted",
    "in-steps",
    "incident-planned",
    "incidents-settled",
    "lessons-written",
    "losses-named",
    "macros-ready",
    "messages-dated",
    "monitored",
    "need-named",
    "no-open-fault",
    "note-reviewed",
    "notes-out",
    "objectives-stated",
    "off-peak",
    "package-approved",
    "package-labelled",
    "path-chosen",
    "piloted",
    "post-mortem-written",
    "process-changed",
    "process-examined",
    "quality-signed",
    "results-read",
    "review-held",
    "right-version",
    "risks-answered",
    "risks-settled",
    "roadmap-computed",
    "sales-equipped",
    "scope-frozen",
    "scope-written",
    "scripts-paired",
    "smoke-passed",
    "staged",
    "stakeholders-current",
    "stakeholders-listed",
    "success-measurable",
    "support-briefed",
    "test-plan-written",
    "tested-afterwards",
    "tests-automated",
    "tests-evidenced",
    "tests-passed",
    "three-parts-told",
    "told-in-product",
    "tracker-linked",
    "users-accepted",
    "value-stated",
    "vision-shared",
    "watched-long-enough",
    "way-back-owned",
    "way-back-rehearsed",
    "window-set",
]
"""A named question over an entry that the gate can answer by itself."""

EVERY_KIND: tuple[ItemKind, ...] = ("quiet", "standard", "launch", "hotfix")
PLANNED_KINDS: tuple[ItemKind, ...] = ("standard", "launch")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a release is asked for before it leaves a phase."""

    id: str
    text: str
    """What is to be done, as a sentence without a full stop."""
    phase: PhaseKey
    """The phase whose exit asks for it."""
    owner: str
    """Role key."""
    gate: Gate
    score: Score
    kinds: tuple[ItemKind, ...] = PLANNED_KINDS
    when: Circumstance | None = None
    auto: ConditionName | None = None
    """The condition that answers it; without one a person does."""
    profiles: dict[str, Gate] = field(default_factory=dict)
    """Another gate under another way of working."""
    origin: Origin = "shipped"
    """Where it was written."""

    def gate_under(self, profile: str) -> Gate:
        """How much it counts under a way of working."""
        return self.profiles.get(profile, self.gate)


class EntryItem(Part):
    """An item that one release adds, changes or drops. Counts with `by`, `on` and `why`."""

    text: Text = internal_field("What is to be done; makes it an item of its own.", "")
    phase: Text = internal_field(
        "Key of the phase whose exit asks for it; preparing when left out.", ""
    )
    owner: Text = internal_field("Role key.", "")
    gate: Gate | None = internal_field("How much it counts.", None)
    drop: Flag = internal_field("Whether it is not asked any more.", default=False)
    by: Text = internal_field("Who decided that; a team handle.", "")
    on: Moment | None = internal_field("When.", None)
    why: Text = internal_field("Why.", "")


class ItemChange(EntryItem):
    """An item that the site adds, changes or drops, for all its releases."""

    score: Score | None = internal_field("Which readiness it counts for.", None)
    kinds: tuple[ItemKind, ...] | None = internal_field(
        "The kinds of release it is about.", None
    )
    when: Circumstance | None = internal_field(
        "A circumstance without which it is not asked.", None
    )
    auto: ConditionName | Literal["none"] | None = internal_field(
        "The condition that answers it; `none` lets a person tick it.", None
    )
