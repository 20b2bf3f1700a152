"""Which releases a group of readers may see, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from gatepost.model.book import Book
from gatepost.model.moment import Moment
from gatepost.model.phase import Column
from gatepost.model.registry import Ledger, Registry
from gatepost.model.release import Release, State, Type
from gatepost.rules.readers import withheld

ANNOUNCED_AHEAD: frozenset[Type] = frozenset({"deprecated", "known-issue", "notice"})
"""Types whose entry may stand in the changelog before the work is released."""
TAKEN_BACK: frozenset[State] = frozenset({"rolled-back", "withdrawn"})
"""States that keep an entry in the log although it is not in effect."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a visible release stands."""

    logged: bool
    """In the changelog and its feeds."""
    planned: bool
    """On the roadmap."""
    published: Moment | None
    """When the entry appeared, or will; None if nobody said and it is not released."""


def visible(release: Release, registry: Registry, reader: str, as_of: datetime) -> bool:
    """Say whether *reader* may know that the release exists at all.

    Outsiders never see an entry under embargo or an advisory before its disclosure.
    """
    if not registry.seen_by(reader) & set(release.audience):
        return False
    return registry.clearance(reader) != "public" or not withheld(release, as_of)


def standing(release: Release, ledger: Ledger, as_of: datetime) -> Standing:
    """Say where a release stands at *as_of*, whoever reads."""
    published = _published(release, ledger, as_of)
    ready = (
        release.at_phase.released
        or (release.type in ANNOUNCED_AHEAD and release.dates.published is not None)
        or (release.state in TAKEN_BACK and published is not None)
    )
    logged = (
        ready
        and release.state != "cancelled"
        and published is not None
        and published.at <= as_of
    )
    shown = release.roadmap is not None and release.roadmap.show
    return Standing(logged, shown, published)


def _published(release: Release, ledger: Ledger, as_of: datetime) -> Moment | None:
    """The date readers are given: what the entry says, else what the ledger remembers."""
    dates = release.dates
    if said := dates.published or dates.exposed or dates.deployed:
        return said
    row = ledger.rows.get(release.id)
    if row and row.first_published:
        return Moment(datetime.fromisoformat(row.first_published), timed=True)
    return (
        Moment(start_of_day(as_of), timed=True) if release.at_phase.released else None
    )


def start_of_day(as_of: datetime) -> datetime:
    """Midnight UTC: two builds of one day must agree about what nobody has dated."""
    return as_of.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def listed(release: Release, book: Book, reader: str) -> bool:
    """Say whether *reader* gets a page for the release.

    Insiders get one for every release they may see; outsiders only for what is in the log, on the
    roadmap, or was public before.
    """
    if not visible(release, book.registry, reader, book.as_of):
        return False
    if book.registry.clearance(reader) != "public":
        return True
    where = standing(release, book.ledger, book.as_of)
    return where.logged or where.planned or release.id in book.ledger.rows


def shown_ids(book: Book, reader: str) -> frozenset[str]:
    """The ids *reader* may come across."""
    return frozenset(
        release.id for release in book.releases if listed(release, book, reader)
    )


def column(release: Release, *, everyone: bool) -> Column:
    """The roadmap column: shipped once everyone has it, else what the phase's row says."""
    if release.roadmap and release.roadmap.horizon and not release.at_phase.released:
        return release.roadmap.horizon
    if release.at_phase.released and everyone:
        return "shipped"
    return "now" if release.at_phase.column == "shipped" else release.at_phase.column
