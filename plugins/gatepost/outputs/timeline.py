"""The roadmap by quarter: a row for each product, a column for each quarter, and today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gatepost.audience.entry import Entry, Named
from gatepost.model.moment import Moment, quarter_of
from gatepost.outputs.edition import Edition
from gatepost.outputs.tongue import N_, Tongue
from gatepost.outputs.views import Lane, RoadmapItem, Slot, Timeline

LEAST, MOST = 3, 6
"""Columns: with fewer there is no line to read along, with more no room for words."""
_MONTHS = 3
_QUARTERS = 4
_OTHER = Named("", N_("Other"))


@dataclass(frozen=True, slots=True)
class _Bar:
    item: RoadmapItem
    first: int
    """Column it begins in, from 0."""
    last: int


def timeline(
    edition: Edition,
    dated: tuple[Entry, ...],
    shipped: tuple[Entry, ...],
    items: Mapping[str, RoadmapItem],
) -> Timeline | None:
    """Lay out what has a target, and what shipped in the quarter that is running.

    Args:
        edition: The site and its clock.
        dated: What stands under Now and Next, the soonest first.
        shipped: What stands under Shipped, the newest first.
        items: The roadmap's item of each of them, by id.

    Returns:
        None if nothing has a target.
    """
    today = edition.site.as_of.astimezone(edition.site.zone).date()
    start = _number(quarter_of(today))
    placed = [(one, one.plan.quarters) for one in dated if one.plan]
    if not any(quarters for _, quarters in placed):
        return None
    ends = max(_number(quarters[-1]) for _, quarters in placed if quarters)
    size = min(max(ends - start + 1, LEAST), MOST)
    lanes: dict[Named, list[_Bar]] = {}
    for entry, quarters in placed:
        if quarters:
            # What is late stands in the quarter we are in: it can come no earlier.
            first, last = (
                min(max(_number(one) - start, 0), size - 1)
                for one in (quarters[0], quarters[-1])
            )
            lanes.setdefault(_area(entry), []).append(
                _Bar(items[entry.id], first, last)
            )
    for entry in shipped:
        if entry.published and _number(quarter_of(entry.published.day)) == start:
            lanes.setdefault(_area(entry), []).append(_Bar(items[entry.id], 0, 0))
    tongue = edition.site.tongue
    return Timeline(
        quarters=tuple(
            _label(start + at, tongue, last=at == MOST - 1) for at in range(size)
        ),
        lanes=tuple(
            Lane(_lane(named, tongue), tuple(_rows(bars, size)))
            for named, bars in sorted(lanes.items(), key=_by_name)
        ),
        today=edition.site.day(Moment(edition.site.as_of)),
        place=round(100 * _share(today) / size, 1),
    )


def _by_name(row: tuple[Named, list[_Bar]]) -> tuple[bool, str, str]:
    named, _ = row
    return named == _OTHER, named.label.casefold(), named.key


def _area(entry: Entry) -> Named:
    return entry.products[0] if entry.products else _OTHER


def _rows(bars: list[_Bar], size: int) -> Iterator[tuple[Slot, ...]]:
    """One row for what fits into a quarter, and one for each item that takes several."""
    short = [one for one in bars if one.first == one.last]
    if short:
        yield tuple(
            Slot(1, tuple(one.item for one in short if one.first == at))
            for at in range(size)
        )
    for one in bars:
        if one.first < one.last:
            before = (Slot(1, ()),) * one.first
            after = (Slot(1, ()),) * (size - 1 - one.last)
            wide = Slot(one.last - one.first + 1, (one.item,))
            yield (*before, wide, *after)


def _number(quarter: str) -> int:
    year, _, part = quarter.partition("-Q")
    return int(year) * _QUARTERS + int(part) - 1


def _lane(named: Named, tongue: Tongue) -> str:
    return tongue.gettext(named.label) if named == _OTHER else named.label


def _label(number: int, tongue: Tongue, *, last: bool) -> str:
    year, part = divmod(number, _QUARTERS)
    said = tongue.quarter(f"{year:04}-Q{part + 1}")
    later = tongue.gettext("{quarter} and later")
    return later.format(quarter=said) if last else said


def _share(today: date) -> float:
    """How much of its quarter has passed: 0 on the first day."""
    first = today.replace(month=(today.month - 1) // _MONTHS * _MONTHS + 1, day=1)
    over = first.month + _MONTHS > _MONTHS * _QUARTERS
    following = date(first.year + over, 1 if over else first.month + _MONTHS, 1)
    return (today - first).days / (following - first).days
