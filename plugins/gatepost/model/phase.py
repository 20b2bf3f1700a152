"""Phases as data: every question about a phase is answered by its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PhaseKey = Literal[
    "idea",
    "planning",
    "building",
    "testing",
    "preparing",
    "rolling-out",
    "monitoring",
    "reviewing",
    "done",
]
Column = Literal["now", "next", "later", "shipped"]


@dataclass(frozen=True, slots=True)
class Phase:
    """One row: what a phase is called, what readers are told, what its gate asks."""

    key: PhaseKey
    order: int
    label: str
    """For the internal site."""
    public_wording: str
    """For readers, while the release is not yet exposed to anyone."""
    column: Column
    """Where the roadmap puts it until everyone has it."""
    released: bool
    """True once the work is in production: the release may stand in the changelog."""
    exit_gate: str
    """What must hold before the next phase, in one line."""
    signers: tuple[str, ...]
    """Role keys that sign the exit."""


PHASES = (
    Phase(
        "idea",
        0,
        "Idea",
        "Exploring",
        "later",
        released=False,
        exit_gate="Need, goal and owner are named",
        signers=("pm",),
    ),
    Phase(
        "planning",
        1,
        "Planned",
        "Planned",
        "later",
        released=False,
        exit_gate="Scope, audience, criteria, risks and dates are agreed",
        signers=("pm", "release_manager"),
    ),
    Phase(
        "building",
        2,
        "Building",
        "In development",
        "next",
        released=False,
        exit_gate="Scope is frozen and flags are declared",
        signers=("eng_lead",),
    ),
    Phase(
        "testing",
        3,
        "Testing",
        "In development",
        "next",
        released=False,
        exit_gate="Tests and acceptance have evidence, no blocker is open",
        signers=("qa_lead",),
    ),
    Phase(
        "preparing",
        4,
        "Getting ready",
        "Coming soon",
        "now",
        released=False,
        exit_gate="Rollback is rehearsed, notes and docs are ready, support is trained",
        signers=("pm", "eng_lead", "qa_lead", "support_lead"),
    ),
    Phase(
        "rolling-out",
        5,
        "Rolling out",
        "Rolling out",
        "now",
        released=True,
        exit_gate="The right version is live and validated",
        signers=("devops", "qa_lead"),
    ),
    Phase(
        "monitoring",
        6,
        "Released",
        "Available",
        "shipped",
        released=True,
        exit_gate="Bedding-in is over, channels are sent, incidents are resolved",
        signers=("pm", "product_marketing", "on_call", "support_lead"),
    ),
    Phase(
        "reviewing",
        7,
        "In review",
        "Available",
        "shipped",
        released=True,
        exit_gate="Results are read, lessons are recorded",
        signers=("pm", "release_manager"),
    ),
    Phase(
        "done",
        8,
        "Reviewed",
        "Available",
        "shipped",
        released=True,
        exit_gate="Nothing more is asked",
        signers=(),
    ),
)
"""In the order a release goes through them."""

BY_KEY = {phase.key: phase for phase in PHASES}
KEYS: tuple[PhaseKey, ...] = get_args(PhaseKey)
