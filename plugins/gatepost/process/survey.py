"""Everything the metrics are made of, worked out once; each product's share is cut from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from gatepost.model.book import Book
from gatepost.model.phase import PHASES
from gatepost.model.release import Release
from gatepost.process.deliveries import deployments
from gatepost.process.deployment import Deployment, Gap
from gatepost.process.outcomes import Reckoning, reckonings
from gatepost.process.phase_times import (
    ScopeChange,
    Stay,
    all_phase_stays,
    date_stays,
    late_scope,
    stage_stays,
)
from gatepost.process.spans import Window, baseline_window

SIGNERS = next(row for row in reversed(PHASES) if not row.released).signers
"""Roles the last gate before production asks for."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Which of the roles that sign the go/no-go a release has filled."""

    release: str
    filled: tuple[str, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The facts under all figures."""

    as_of: datetime
    zone: tzinfo
    baseline: Window | None
    baseline_note: str
    titles: dict[str, str]
    """Id to title, of every release."""
    products: dict[str, tuple[str, ...]]
    """Id to its products and components."""
    deployments: tuple[Deployment, ...]
    """Oldest first."""
    gaps: tuple[Gap, ...]
    phases: tuple[Stay, ...]
    stages: tuple[Stay, ...]
    dates: tuple[Stay, ...]
    outcomes: tuple[Reckoning, ...]
    scope: tuple[ScopeChange, ...]
    owners: tuple[Ownership, ...]
    no_history: str
    """Why git tells nothing, or not all, as sentences; empty if it tells all."""

    def only(self, product: str) -> Survey:
        """The share of one product or component."""
        ids = {one for one, keys in self.products.items() if product in keys}
        return replace(
            self,
            products={one: self.products[one] for one in self.products if one in ids},
            deployments=tuple(
                one for one in self.deployments if not ids.isdisjoint(one.releases)
            ),
            gaps=tuple(one for one in self.gaps if one.release in ids),
            phases=tuple(one for one in self.phases if one.release in ids),
            stages=tuple(one for one in self.stages if one.release in ids),
            dates=tuple(one for one in self.dates if one.release in ids),
            outcomes=tuple(one for one in self.outcomes if one.release in ids),
            scope=tuple(one for one in self.scope if one.release in ids),
            owners=tuple(one for one in self.owners if one.release in ids),
        )


def survey(releases: Iterable[Release], book: Book) -> Survey:
    """Gather the facts of *releases* as of the book's clock."""
    known = tuple(releases)
    policy, zone = book.registry.policy, book.registry.clock.zone
    rows, gaps = deployments(known, book.history, book.as_of)
    base = policy.baseline
    return Survey(
        as_of=book.as_of,
        zone=zone,
        baseline=baseline_window(base, zone) if base else None,
        baseline_note=base.note if base else "",
        titles={one.id: one.title_internal or one.title for one in known},
        products={one.id: (*one.products, *one.components) for one in known},
        deployments=rows,
        gaps=gaps,
        phases=tuple(all_phase_stays(known, book.history, book.registry)),
        stages=tuple(stay for one in known for stay in stage_stays(one)),
        dates=tuple(stay for one in known for stay in date_stays(one)),
        outcomes=tuple(reckonings(known)),
        scope=tuple(
            row for one in known for row in late_scope(one, book.history.of(one.id))
        ),
        owners=tuple(_ownership(one) for one in known if _is_owned(one)),
        no_history=_no_history(book),
    )


def _is_owned(release: Release) -> bool:
    """Small changes need no full cast."""
    return release.kind in {"standard", "launch"}


def _ownership(release: Release) -> Ownership:
    filled = tuple(role for role in SIGNERS if release.roles.get(role))
    empty = tuple(role for role in SIGNERS if role not in filled)
    return Ownership(release.id, filled, empty)


def _no_history(book: Book) -> str:
    history = book.history
    if history.missing:
        words = history.missing[:1].upper() + history.missing[1:]
        return (
            f"{words}. To have the history, {history.fix}."
            if history.fix
            else f"{words}."
        )
    if history.shallow:
        return (
            "This copy of the repository is shallow: older commits are missing from it. "
            f"To have them, {history.fix}."
        )
    return ""
