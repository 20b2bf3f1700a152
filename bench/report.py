"""What a run measured: JSON, a Markdown table, and a picture of cost against size."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from measure import Run

HUGO, PLAIN = "hugo", "mkdocs-material"
"""The rows that the others are compared with."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case at one size."""

    name: str
    median: Run
    of_hugo: float | None
    """Wall time as a part of Hugo's in the same round, the median of all rounds."""
    of_plain: float | None
    """The same for plain MkDocs with Material."""
    ms_per_entry: float


@dataclass(frozen=True, slots=True)
class Size:
    """All cases at one size."""

    entries: int
    rounds: int
    rows: tuple[Row, ...]


def summed_up(
    entries: int, runs: Mapping[str, Sequence[Run]], memory: Mapping[str, float]
) -> Size:
    """Medians, and ratios within rounds.

    Args:
        entries: Entries that were built.
        runs: Name of the case to its runs, one a round, in the order of the rounds.
        memory: Name to peak memory, of the cases that were watched for it; in MiB.
    """
    rows = tuple(
        Row(
            name,
            _median(mine, memory.get(name)),
            _paired(mine, runs.get(HUGO, ())),
            _paired(mine, runs.get(PLAIN, ())),
            statistics.median(run.wall_s for run in mine) * 1_000 / entries,
        )
        for name, mine in runs.items()
    )
    return Size(entries, max(map(len, runs.values())), rows)


def _median(runs: Sequence[Run], peak: float | None) -> Run:
    wall, cpu, most, files, mib = (
        statistics.median(getattr(run, name) for run in runs) for name in Run.__slots__
    )
    return Run(wall, cpu, most if peak is None else peak, round(files), mib)


def _paired(mine: Sequence[Run], theirs: Sequence[Run]) -> float | None:
    """The median of the ratios of each round: what slows a round down slows both of a pair."""
    ratios = [
        one.wall_s / other.wall_s for one, other in zip(mine, theirs, strict=False)
    ]
    return statistics.median(ratios) if ratios else None


def table(sizes: Iterable[Size]) -> str:
    """A Markdown table for each size."""
    return "\n".join(line for size in sizes for line in _lines(size))


def _lines(size: Size) -> Iterator[str]:
    yield f"{size.entries:,} entries, medians of {size.rounds}:\n"
    yield (
        "| build | wall s | of Hugo | of MkDocs + Material | CPU s | ms an entry "
        "| peak MiB | files | MiB |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in size.rows:
        run = row.median
        yield (
            f"| {row.name} | {run.wall_s:.2f} | {_ratio(row.of_hugo)} | {_ratio(row.of_plain)} "
            f"| {run.cpu_s:.2f} | {row.ms_per_entry:.2f} | {run.peak_mib:.0f} "
            f"| {run.files:,} | {run.mib:.1f} |"
        )
    yield ""


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def write_json(file: Path, sizes: Iterable[Size], about: Mapping[str, object]) -> None:
    """Everything, for whoever wants to compare."""
    content = {**about, "sizes": [asdict(size) for size in sizes]}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


_WIDE, _HIGH = 800, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 270, 24, 48
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7f7f7f", "#b8860b", "#56b4e9")
"""Told apart on white and on black, and by those who see fewer colours."""
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#444}"
    ".g{stroke:#8884;stroke-width:1}.l{fill:none;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#ccc}}"
)
_NEAR = 15
"""Least distance of two lines of words, in pixels."""


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    points: tuple[tuple[int, float], ...]
    """Entries and seconds."""


def picture(sizes: Sequence[Size]) -> str:
    """Wall time against entries as SVG, both axes by powers of ten; readable in light and dark."""
    lines = [*_drawn_lines(sizes)]
    points = [point for line in lines for point in line.points]
    if not points:
        return ""
    across = _axis([entries for entries, _ in points], _LEFT, _WIDE - _RIGHT)
    upward = _axis([seconds for _, seconds in points], _HIGH - _BOTTOM, _TOP)
    title = "Wall time of a build by number of entries"
    return "\n".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" role="img" '
                f'aria-labelledby="t"><title id="t">{title}</title><style>{_STYLE}</style>'
            ),
            *_grid(across, upward),
            *_curves(lines, across, upward),
            "</svg>\n",
        )
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    low: int
    high: float
    """Powers of ten."""
    start: float
    end: float
    """In pixels."""

    def at(self, value: float) -> float:
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.low, math.floor(self.high) + 1)]


def _axis(values: Sequence[float], start: float, end: float) -> _Axis:
    low = math.floor(math.log10(min(values)))
    high = max(low + 1, math.log10(max(values)))
    return _Axis(low, high, start, end)


def _drawn_lines(sizes: Sequence[Size]) -> Iterator[_Line]:
    names = dict.fromkeys(row.name for size in sizes for row in size.rows)
    for name in names:
        found = [
            (size.entries, row.median.wall_s)
            for size in sizes
            for row in size.rows
            if row.name == name
        ]
        yield _Line(name, tuple(sorted(found)))


def _grid(across: _Axis, upward: _Axis) -> Iterator[str]:
    for value in across.ticks:
        x = across.at(value)
        yield f'<path class="g" d="M{x} {_TOP}V{_HIGH - _BOTTOM}"/>'
        yield _words(x, _HIGH - _BOTTOM + 18, f"{value:,.0f}", "middle")
    for value in upward.ticks:
        y = upward.at(value)
        yield f'<path class="g" d="M{_LEFT} {y}H{_WIDE - _RIGHT}"/>'
        yield _words(_LEFT - 8, y + 4, f"{value:g} s", "end")
    yield _words((_LEFT + _WIDE - _RIGHT) / 2, _HIGH - 10, "entries", "middle")


def _curves(lines: Sequence[_Line], across: _Axis, upward: _Axis) -> Iterator[str]:
    ends = {line.name: upward.at(line.points[-1][1]) for line in lines}
    beside = _apart(ends)
    for number, line in enumerate(lines):
        colour = _COLOURS[number % len(_COLOURS)]
        dashes = ' stroke-dasharray="5 4"' if number >= len(_COLOURS) else ""
        spots = [(across.at(one), upward.at(other)) for one, other in line.points]
        path = "L".join(f"{x} {y}" for x, y in spots)
        yield f'<path class="l" stroke="{colour}"{dashes} d="M{path}"/>'
        yield from (
            f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in spots
        )
        x, y = _WIDE - _RIGHT + 10, beside[line.name]
        yield f'<path stroke="{colour}" d="M{x} {y - 4}h12" class="l"{dashes}/>'
        yield _words(x + 17, y, line.name, "start")


def _apart(wanted: Mapping[str, float]) -> dict[str, float]:
    """Where each name stands: beside the end of its line, no two on each other."""
    placed: dict[str, float] = {}
    floor = _TOP + 6.0
    for name in sorted(wanted, key=lambda name: wanted[name]):
        floor = max(floor, wanted[name] + 4)
        placed[name] = round(floor, 1)
        floor += _NEAR
    return placed


def _words(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
