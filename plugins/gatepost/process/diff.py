"""What changes for a reader between two versions or two days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gatepost.model.moment import Moment
from gatepost.model.registry import Scheme
from gatepost.model.release import Type
from gatepost.process.versions import Key, version_key

NEWS: frozenset[Type] = frozenset({"added", "performance", "fixed"})
"""Types that are good to have and ask for nothing."""
URGENT: frozenset[Type] = frozenset({"removed", "security"})
"""Types that ask for something even when they do not say what."""
_NO_ACTION = ("nothing to do", "no action", "nothing is needed", "none")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry, as far as comparing looks at it."""

    id: str
    title: str
    summary: str
    type: Type
    breaking: bool
    action: str
    version: str
    products: frozenset[str]
    """Keys of products and components."""
    plans: frozenset[str]
    """Keys; empty for all plans."""
    published: date | None
    deadline: Moment | None
    """When something stops working unless the reader acts."""
    sunset: Moment | None
    """When something deprecated stops working."""
    taken_back: str
    """`rolled-back`, `withdrawn`, `cancelled` or empty."""
    taken_back_on: date | None
    taken_back_note: str
    replaces: frozenset[str]
    """Ids of entries this one stands for."""
    replaced_by: frozenset[str]
    platforms: frozenset[str] = frozenset()
    """Keys; empty for all platforms."""

    @property
    def urgent(self) -> bool:
        """Whether somebody must do something."""
        asked = self.action.strip().casefold()
        return (
            self.breaking
            or self.type in URGENT
            or self.deadline is not None
            or bool(asked and not asked.startswith(_NO_ACTION))
        )

    @property
    def due(self) -> Moment | None:
        """The day that matters, if there is one."""
        return self.deadline or self.sunset


@dataclass(frozen=True, slots=True)
class Selection:
    """Entries sorted into what lies in a range and what came before it."""

    inside: tuple[Change, ...]
    earlier: tuple[Change, ...]
    unplaced: tuple[Change, ...]
    """Entries whose version or date is missing or cannot be read."""
    since: date | None
    """From when something that was taken back is news."""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes, in the order in which it matters."""

    must_do: tuple[Change, ...]
    """Deadlines first; an action that was already asked for is not repeated."""
    should_know: tuple[Change, ...]
    new_for_you: tuple[Change, ...]
    left_out: tuple[Change, ...]
    """Replaced or taken back within the range: it never concerns the reader."""
    unplaced: tuple[Change, ...]

    @property
    def total(self) -> int:
        """Entries told."""
        return len(self.must_do) + len(self.should_know) + len(self.new_for_you)


def concerning(
    changes: Iterable[Change],
    *,
    products: frozenset[str],
    plan: str,
    platform: str = "",
) -> tuple[Change, ...]:
    """Keep what concerns a reader.

    Args:
        changes: Every entry the reader may see.
        products: Keys of the products and components in use; empty for all.
        plan: Key of the reader's plan; empty for all.
        platform: Key of the reader's platform; empty for all.
    """
    return tuple(
        change
        for change in changes
        if (not products or products & change.products)
        and (not plan or not change.plans or plan in change.plans)
        and (not platform or not change.platforms or platform in change.platforms)
    )


def between_versions(
    changes: Iterable[Change],
    start: str,
    end: str,
    scheme: Scheme,
    *,
    of_others: Iterable[Change] = (),
) -> Selection:
    """Select what came after version *start*, up to and with version *end*.

    Args:
        changes: What concerns the reader.
        start: The version the reader has.
        end: The version the reader goes to.
        scheme: How the product counts.
        of_others: What else the same versions brought, to readers with another plan or platform:
            it tells when *start* came out.

    Raises:
        ValueError: A version cannot be read, or *end* comes before *start*.
    """
    first, last = version_key(start, scheme), version_key(end, scheme)
    if last < first:
        msg = f"{end} comes before {start}: write the older version first"
        raise ValueError(msg)
    placed, unplaced = _placed(changes, scheme)
    # Of two versions of one day the newer comes first: on both, sorting is stable.
    placed.sort(key=lambda row: row[1].id)
    placed.sort(key=lambda row: row[0], reverse=True)
    inside = [change for key, change in placed if first < key <= last]
    earlier = [change for key, change in placed if key <= first]
    # Whoever runs *start* has had everything before it since the day it came out.
    others, _ = _placed(of_others, scheme)
    before = (*earlier, *(one for key, one in others if key <= first))
    since = max((one.published for one in before if one.published), default=None)
    return Selection(tuple(inside), tuple(earlier), tuple(unplaced), since)


def _placed(
    changes: Iterable[Change], scheme: Scheme
) -> tuple[list[tuple[Key, Change]], list[Change]]:
    """Changes with the key of their version, and those whose version cannot be read."""
    placed, unplaced = [], []
    for change in changes:
        try:
            placed.append((version_key(change.version, scheme), change))
        except ValueError:
            unplaced.append(change)
    return placed, unplaced


def between_days(changes: Iterable[Change], first: date, last: date) -> Selection:
    """Select what was published from the day *first* to the day *last*, both included.

    Raises:
        ValueError: *last* comes before *first*.
    """
    if last < first:
        msg = f"{last} comes before {first}: write the earlier day first"
        raise ValueError(msg)
    known = sorted(changes, key=lambda change: change.id)
    dated = [change for change in known if change.published]
    return Selection(
        tuple(one for one in dated if one.published and first <= one.published <= last),
        tuple(one for one in dated if one.published and one.published < first),
        tuple(one for one in known if not one.published),
        first,
        last,
    )


def difference(chosen: Selection) -> Difference:
    """Leave out what was undone within the range and group the rest by what readers must do."""
    standing = [one for one in chosen.inside if not _taken_back(one, chosen)]
    kept = _unreplaced(standing)
    undone = [one for one in chosen.earlier if _news(one, chosen)]
    must = [one for one in kept if one.urgent]
    rest = [one for one in kept if not one.urgent]
    return Difference(
        must_do=_asked_once(_in_order(must)),
        should_know=_in_order(
            [*(one for one in rest if one.type not in NEWS), *undone]
        ),
        new_for_you=_in_order(one for one in rest if one.type in NEWS),
        left_out=tuple(one for one in chosen.inside if one not in kept),
        unplaced=chosen.unplaced,
    )


def _taken_back(change: Change, chosen: Selection) -> bool:
    if not change.taken_back:
        return False
    on, until = change.taken_back_on, chosen.until
    return on is None or until is None or on <= until


def _news(change: Change, chosen: Selection) -> bool:
    """Whether something the reader had was taken back since."""
    on, until = change.taken_back_on, chosen.until
    if not change.taken_back or on is None or chosen.since is None:
        return False
    return on >= chosen.since and (until is None or on <= until)


def _unreplaced(changes: list[Change]) -> list[Change]:
    ids = {change.id for change in changes}
    gone = {old for change in changes for old in change.replaces}
    return [
        change
        for change in changes
        if change.id not in gone and not change.replaced_by & ids
    ]


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Deadlines first, then what breaks, then the newest; else the order in which they come."""
    return tuple(sorted(changes, key=_rank))


def _rank(change: Change) -> tuple[bool, float, bool, int]:
    due = change.due
    day = change.published.toordinal() if change.published else 0
    return (
        due is None,
        due.at.timestamp() if due else 0.0,
        not change.breaking,
        -day,
    )


def _asked_once(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    asked: set[str] = set()
    told = []
    for change in changes:
        words = " ".join(change.action.casefold().split())
        told.append(replace(change, action="") if words in asked else change)
        asked.add(words)
    return tuple(told)
