"""Cadence and slips of the internal calendar: two small drawings, and the tables beneath."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import median

from gatepost.model.moment import MONTHS
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.calendar_desk import Plan
from gatepost.outputs.calendar_views import Bar, Chart, MonthRow, MoveRow, SlipRow
from gatepost.outputs.calendar_words import long_day, working_name
from gatepost.outputs.views import Day, Link
from gatepost.outputs.words import counted
from gatepost.process.cadence import Slip, cadence, slips

WIDTH, HEIGHT = 340, 132
TOP, FOOT = 18, 20
"""Room above for the number of a bar, below for its label."""
MONTHS_SHOWN = 12
SLIPS_SHOWN = 24
LISTED = 12
FEW = 5
"""Fewer cases than this are too few for a trend."""


def release_link(release: Release) -> Link:
    """The readiness page of a release, by its working name."""
    return Link(working_name(release), f"{ROOT}releases/{release.id}/readiness/")


def month_rows(plan: Plan) -> tuple[tuple[MonthRow, ...], Chart | None]:
    """What went out in each of the last months, newest first, and the drawing of it."""
    as_of = plan.desk.book.as_of
    found = cadence(plan.desk.releases, plan.zone, as_of, months=MONTHS_SHOWN)
    rows = tuple(_month_row(plan, key, members) for key, members in reversed(found))
    total = sum(len(members) for _, members in found)
    if not total:
        return rows, None
    most = max(len(members) for _, members in found)
    bars = tuple(
        _bar(number, len(members), most, key, is_open=number == len(found) - 1)
        for number, (key, members) in enumerate(found)
    )
    says = (
        f"{counted(total, 'release', 'releases')} in {MONTHS_SHOWN} months, at most {most}"
        " in a month. The last month is not over."
    )
    base = HEIGHT - FOOT
    return rows, Chart(
        "cadence", "Releases by month", says, WIDTH, HEIGHT, base, HEIGHT - 4, bars
    )


def _bar(number: int, count: int, most: int, key: str, *, is_open: bool) -> Bar:
    step = WIDTH // MONTHS_SHOWN
    height = round((HEIGHT - TOP - FOOT) * count / most)
    month = MONTHS[int(key[5:]) - 1][:3]
    return Bar(
        x=number * step + 4,
        y=HEIGHT - FOOT - height,
        width=step - 8,
        height=height,
        middle=number * step + step // 2,
        value_y=HEIGHT - FOOT - height - 4,
        label=month,
        value=str(count),
        open=is_open,
        late=False,
    )


def _month_row(plan: Plan, key: str, members: tuple[Release, ...]) -> MonthRow:
    by_product = Counter(key for one in members for key in one.products)
    names = sorted(
        (-count, plan.registry.name_of(key)) for key, count in by_product.items()
    )
    more = len(members) - LISTED
    return MonthRow(
        label=f"{MONTHS[int(key[5:]) - 1]} {key[:4]}",
        count=len(members),
        products=", ".join(f"{name} {-count}" for count, name in names),
        releases=tuple(release_link(one) for one in members[:LISTED]),
        more=f"and {more:,} more" if more > 0 else "",
    )


def slip_rows(plan: Plan) -> tuple[tuple[SlipRow, ...], str, Chart | None]:
    """Planned against actual, newest plan first; the sentence about it; the drawing."""
    found = slips(plan.desk.releases, plan.zone, plan.desk.book.as_of)
    rows = tuple(_slip_row(one) for one in found[:SLIPS_SHOWN])
    out = [one for one in found if one.actual]
    if not out:
        return rows, "No release that went out had a planned day.", None
    late = sum(one.days > 0 for one in out)
    words = f"{late} of {counted(len(out), 'release', 'releases')} went out later than planned"
    if len(out) < FEW:
        return rows, f"{words}; too few to say more.", None
    middle = median(one.days for one in out)
    typical = "on the day"
    if middle:
        days = f"{abs(middle):g} {'day' if abs(middle) == 1 else 'days'}"
        typical = f"{days} {'late' if middle > 0 else 'early'}"
    return rows, f"{words}; the one in the middle went out {typical}.", _slip_chart(out)


def _slip_row(one: Slip) -> SlipRow:
    days = counted(abs(one.days), "day", "days")
    if one.actual is None:
        words = f"overdue by {days}"
    elif not one.days:
        words = "on the day"
    else:
        words = f"{days} late" if one.days > 0 else f"{days} early"
    return SlipRow(
        release=release_link(one.release),
        planned=Day(one.planned.isoformat(), long_day(one.planned)),
        actual=Day(one.actual.isoformat(), long_day(one.actual))
        if one.actual
        else None,
        words=words,
        late=one.days > 0,
    )


def _slip_chart(found: list[Slip]) -> Chart:
    """The last releases, oldest first: late above the line, early below it."""
    shown = list(reversed(found[:MONTHS_SHOWN]))
    most = max(1, *(max(0, one.days) for one in shown))
    least = max(0, *(max(0, -one.days) for one in shown))
    room = HEIGHT - TOP - FOOT
    base = TOP + round(room * most / (most + least))
    unit = room / (most + least)
    bars = tuple(_slip_bar(number, one, base, unit) for number, one in enumerate(shown))
    worst = max(shown, key=lambda one: one.days)
    says = f"The last {len(shown)} releases with a planned day, oldest first. " + (
        f"The slowest came {counted(worst.days, 'day', 'days')} after it."
        if worst.days > 0
        else "None came after it."
    )
    return Chart("slip", "Days late", says, WIDTH, HEIGHT, base, HEIGHT - 4, bars)


def _slip_bar(number: int, one: Slip, base: int, unit: float) -> Bar:
    step = WIDTH // MONTHS_SHOWN
    height = max(1, round(abs(one.days) * unit))
    month = MONTHS[one.planned.month - 1][:3]
    return Bar(
        x=number * step + 4,
        y=base - height if one.days > 0 else base,
        width=step - 8,
        height=height,
        middle=number * step + step // 2,
        value_y=(base - height if one.days > 0 else base) - 4,
        label=month,
        value=f"{one.days:+}" if one.days else "0",
        open=False,
        late=one.days > 0,
    )


def move_rows(plan: Plan) -> Iterator[MoveRow]:
    """Roadmap targets that moved, of what is not out."""
    for release in plan.desk.releases:
        said = release.roadmap
        if said and said.was and said.target and not release.at_phase.released:
            yield MoveRow(release_link(release), said.was.label, said.target.label)
