"""The chart of each figure, and the table of the same numbers beneath it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from gatepost.outputs.artifact import ROOT
from gatepost.outputs.metrics_charts import Chart, Point, bars, dots, lengths, squares
from gatepost.outputs.metrics_views import (
    CellView,
    RowView,
    Stage,
    TableView,
    amount,
    release_cell,
    said,
)
from gatepost.outputs.words import counted
from gatepost.process.deployment import Deployment
from gatepost.process.metrics import (
    FAILURES,
    FEW,
    FREQUENCY,
    LEAD,
    RECOVERY,
    REWORK,
    Figure,
)

MOST_SQUARES = 88
MOST_DOTS = 200


def _row(stage: Stage, *cells: str, ids: tuple[str, ...], anchor: str = "") -> RowView:
    words = (CellView(cell) for cell in cells)
    return RowView((*words, release_cell(stage.facts, ids)), anchor)


def _ids(rows: list[Deployment] | tuple[Deployment, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in row.releases))


def _anchor(figure: str, n: int) -> str:
    return f"{figure}-{n + 1}"


def _leads_to(ids: tuple[str, ...], anchor: str) -> str:
    """One release: its trail; several: the row that lists them."""
    return f"{ROOT}releases/{ids[0]}/trail/" if len(ids) == 1 else f"#{anchor}"


_Drawn = tuple[Chart | None, str, TableView | None]


def _stretches(
    one: Figure,
    stage: Stage,
    count: Callable[[Iterable[Deployment]], list[Deployment]],
    noun: tuple[str, str],
) -> _Drawn:
    """Bars: how many deployments of some sort in each week."""
    points, rows = [], []
    groups = stage.weeks()
    base = stage.facts.baseline
    for n, (window, all_of_it) in enumerate(groups):
        found = count(all_of_it)
        anchor, ids = _anchor(one.about.key, n), _ids(found)
        kind = "base" if base and base.holds(window.middle) else "plain"
        label = f"{stage.short(window.since)}: {counted(len(found), *noun)}"
        points.append(Point(len(found), _leads_to(ids, anchor), label, kind))
        rows.append(
            _row(
                stage, stage.day(window.since), str(len(found)), ids=ids, anchor=anchor
            )
        )
    most = max(point.value for point in points)
    many = len(points)
    says = (
        f"{one.about.name}: {many} stretches from {stage.ends[0]} to {stage.ends[2]}, "
    )
    says += f"at most {most:g} in one"
    span = "four weeks" if groups[-1][0].weeks > 1 else "week"
    dashed = None
    if one.about is FREQUENCY and one.baseline and one.baseline.value:
        per = one.baseline.value * groups[-1][0].weeks
        dashed = (per, "baseline")
    table = TableView(
        f"{one.about.key}-numbers",
        f"{one.about.name}, numbers",
        "",
        ("From", noun[1].capitalize(), "Releases"),
        tuple(rows),
    )
    note = f"{one.about.means.rstrip('.')}. Each bar is {'a ' if span == 'week' else ''}{span}."
    if any(point.kind == "base" for point in points):
        note += " Grey bars lie in the baseline."
    return bars(points, stage.ends, says, dashed), note, table


def _frequency(one: Figure, stage: Stage) -> _Drawn:
    def good(rows: Iterable[Deployment]) -> list[Deployment]:
        return [row for row in rows if row.result == "succeeded"]

    return _stretches(one, stage, good, ("deployment", "deployments"))


def _rework(one: Figure, stage: Stage) -> _Drawn:
    def again(rows: Iterable[Deployment]) -> list[Deployment]:
        return [row for row in rows if row.unplanned]

    return _stretches(one, stage, again, ("unplanned deployment", "unplanned"))


def _lead(one: Figure, stage: Stage) -> _Drawn:
    led = [(n, row) for n, row in enumerate(stage.rows) if row.lead is not None]
    led = led[-MOST_DOTS:]
    points, rows = [], []
    for n, row in led:
        hours = _hours_to(row)
        anchor = _anchor(one.about.key, n)
        label = f"{row.version or row.releases[0]}, {stage.day(row.at)}: "
        label += " ".join(said("hours", hours))
        href = _leads_to(row.releases, anchor)
        points.append(Point(hours, href, label, at=stage.across(row.at)))
        length = " ".join(said("hours", hours))
        cells = (stage.day(row.at), row.version, length, row.changed_by)
        rows.append(_row(stage, *cells, ids=row.releases, anchor=anchor))
    curve = []
    for window, group in stage.weeks():
        hours_of = [_hours_to(row) for row in group if row.lead is not None]
        if hours_of:
            curve.append((stage.across(window.middle), median(hours_of)))
    table = TableView(
        f"{one.about.key}-numbers",
        f"{one.about.name}, numbers",
        "",
        ("Deployed", "Version", "Lead time", "Known from", "Releases"),
        tuple(rows),
    )
    note = "From the oldest commit to production, in hours. Each dot is a deployment."
    if one.now.count < one.now.total:
        left = one.now.total - one.now.count
        note += f" {left} of {one.now.total} are not known."
    if len(led) < one.now.count:
        note += f" The newest {len(led)} are drawn."
    says = f"Lead time of {counted(len(points), 'deployment', 'deployments')} in hours"
    return dots(points, stage.ends, says, curve, "median"), note, table


def _hours_to(row: Deployment) -> float:
    """Lead time of a deployment in hours; 0 if it is not known."""
    return row.lead.total_seconds() / 3600 if row.lead else 0.0


def _failures(one: Figure, stage: Stage) -> _Drawn:
    points, rows = [], []
    drawn = stage.rows[-MOST_SQUARES:]
    for n, row in enumerate(drawn):
        anchor = _anchor(one.about.key, n)
        words = ", ".join(row.causes) or "went well"
        label = f"{row.version or row.releases[0]}, {stage.day(row.at)}: {words}"
        kind = "failed" if row.failed else "quiet"
        points.append(Point(1, _leads_to(row.releases, anchor), label, kind))
        cells = (stage.day(row.at), row.version, words)
        rows.append(_row(stage, *cells, ids=row.releases, anchor=anchor))
    told = f"{one.now.count} of {one.now.total} failed"
    table = TableView(
        f"{one.about.key}-numbers",
        f"{one.about.name}, numbers",
        "",
        ("Deployed", "Version", "What came of it", "Releases"),
        tuple(rows),
    )
    more = (one.now.count + 1) / (one.now.total or 1) * 100
    note = f"{one.about.means} One failure more would make it {amount(more)}%."
    if len(drawn) < len(stage.rows):
        note += f" The newest {len(drawn)} are drawn."
    ends = stage.short(drawn[0].at), stage.short(drawn[-1].at)
    return squares(points, ends, f"Deployments in order, {told}", told), note, table


def _recovery(one: Figure, stage: Stage) -> _Drawn:
    timed = [(row, back) for row in stage.rows if row.failed for back in row.recoveries]
    points, words, rows = [], [], []
    for row, back in timed:
        if back.minutes is None:
            continue
        length = " ".join(said("minutes", back.minutes))
        over = f"{stage.short(back.failed_at)}, {row.version}: {back.incident}"
        points.append(Point(back.minutes, _leads_to(row.releases, RECOVERY.key), over))
        words.append((over, length))
        cells = (stage.day(back.failed_at), back.incident, back.by, length)
        rows.append(_row(stage, *cells, ids=row.releases))
    if not points:
        return None, one.about.means, None
    table = TableView(
        f"{one.about.key}-numbers",
        f"{one.about.name}, numbers",
        "",
        ("Failed", "Incident", "Mended by", "After", "Releases"),
        tuple(rows),
    )
    few = " Too few cases for a trend." if len(points) < FEW else ""
    says = f"Recovery took {', '.join(behind for _, behind in words)}"
    return lengths(points, words, says), f"{one.about.means}{few}", table


DRAWN: dict[str, Callable[[Figure, Stage], _Drawn]] = {
    FREQUENCY.key: _frequency,
    LEAD.key: _lead,
    FAILURES.key: _failures,
    RECOVERY.key: _recovery,
    REWORK.key: _rework,
}
"""By the figure's key: its chart, a note, and the table."""
