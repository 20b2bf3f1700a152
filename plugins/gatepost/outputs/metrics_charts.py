"""Small charts as plain geometry: the template only writes down what stands here.

Every mark leads to the release behind it, or to the row of the table beneath that lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

WIDTH = 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 424.0, 16.0, 138.0
_HEIGHT = 170
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40, 48, 50, 60, 72, 80)
_LINES = 3
_PER_ROW = 22
_CELL = 21.5
_ROW_HEIGHT = 34
_MOST_BARS = 6
_BAR_STEP = 54


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar, a square or a dot."""

    shape: str
    """`rect` or `circle`."""
    kind: str
    """`plain`, `base` in the baseline, `quiet`, or `failed`."""
    x: float
    y: float
    """Corner of a rectangle, centre of a circle."""
    width: float
    height: float
    href: str
    says: str
    """What the mark stands for, in words."""


@dataclass(frozen=True, slots=True)
class Label:
    """A word in the drawing."""

    x: float
    y: float
    anchor: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line: `axis` of the grid, `curve`, or `dash`."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `WIDTH` times `height`."""

    says: str
    """The whole chart in a sentence."""
    height: int
    lines: tuple[Line, ...]
    """Under the marks."""
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    crosses: tuple[str, ...] = ()
    """Paths over the marks."""


@dataclass(frozen=True, slots=True)
class Point:
    """A value with what it stands for."""

    value: float
    href: str
    says: str
    kind: str = "plain"
    at: float = 0.0
    """Where it lies between the start (0) and the end (1) of the time shown."""


def bars(
    points: Sequence[Point],
    ends: tuple[str, str, str],
    says: str,
    dashed: tuple[float, str] | None = None,
) -> Chart:
    """A bar for each stretch of time; *ends* are the words at its start, middle and end."""
    most = max([one.value for one in points] + ([dashed[0]] if dashed else []))
    scale = _Scale(most)
    step = (_RIGHT - _LEFT) / max(len(points), 1)
    width = max(2.0, min(20.0, step * 0.67))
    marks = tuple(
        Mark(
            "rect",
            one.kind,
            _near(_LEFT + step * n + (step - width) / 2),
            scale.y(one.value),
            _near(width),
            _near(_BOTTOM - scale.y(one.value)),
            one.href,
            one.says,
        )
        for n, one in enumerate(points)
        if one.value
    )
    return _framed(says, scale, marks, ends, dashed)


def dots(
    points: Sequence[Point],
    ends: tuple[str, str, str],
    says: str,
    curve: Iterable[tuple[float, float]],
    curve_word: str,
) -> Chart:
    """A dot for each event and a curve through stretches; positions run from 0 to 1."""
    path = tuple(curve)
    scale = _Scale(max(one.value for one in points))
    marks = tuple(
        Mark(
            "circle",
            "quiet",
            _across(one.at),
            scale.y(one.value),
            3,
            3,
            one.href,
            one.says,
        )
        for one in points
    )
    spots = [(_across(at), scale.y(value)) for at, value in path]
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in spots)
    lines = (Line("curve", line),) if len(spots) > 1 else ()
    end = spots[-1][1] + 4 if spots else 0
    word = Label(_RIGHT + 6, end, "start", curve_word, strong=True)
    words = (word,) if lines else ()
    drawn = _framed(says, scale, marks, ends, None)
    return replace(drawn, lines=(*drawn.lines, *lines), labels=(*drawn.labels, *words))


def squares(
    points: Sequence[Point], ends: tuple[str, str], says: str, total: str
) -> Chart:
    """A square for each event in order, failed ones crossed."""
    marks = tuple(
        Mark(
            "rect",
            one.kind,
            _near(4 + n % _PER_ROW * _CELL),
            34 + n // _PER_ROW * _ROW_HEIGHT,
            15,
            26,
            one.href,
            one.says,
        )
        for n, one in enumerate(points)
    )
    rows = max(1, -(-len(points) // _PER_ROW))
    bottom = 34 + rows * _ROW_HEIGHT
    labels = (
        Label(4, 22, "start", f"{ends[0]}, oldest first"),
        Label(4, bottom + 16, "start", f"{ends[1]}, newest last"),
        Label(WIDTH - 8, bottom + 16, "end", total, strong=True),
    )
    crosses = tuple(
        f"m{one.x + 4:g} {one.y + 9:g} 7 8m0-8-7 8"
        for one in marks
        if one.kind == "failed"
    )
    return Chart(says, bottom + 24, (), marks, labels, crosses)


def lengths(
    points: Sequence[Point], words: Sequence[tuple[str, str]], says: str
) -> Chart:
    """A lying bar for each event, newest ones only; *words* are what stands over and behind it."""
    shown = list(zip(points, words, strict=True))[-_MOST_BARS:]
    most = max((one.value for one, _ in shown), default=0) or 1
    marks, labels = [], []
    for n, (one, (over, behind)) in enumerate(shown):
        top, width = _BAR_STEP * n, max(2.0, one.value / most * (WIDTH - 110))
        labels.append(Label(4, top + 26, "start", over))
        says_it = f"{over}: {behind}"
        marks.append(
            Mark("rect", one.kind, 4, top + 34, _near(width), 16, one.href, says_it)
        )
        labels.append(Label(_near(width + 12), top + 46, "start", behind, strong=True))
    return Chart(says, _BAR_STEP * len(shown) + 10, (), tuple(marks), tuple(labels))


def _framed(
    says: str,
    scale: _Scale,
    marks: tuple[Mark, ...],
    ends: tuple[str, str, str],
    dashed: tuple[float, str] | None,
) -> Chart:
    lines = [Line("axis", f"M{_LEFT:g} {y:g}H{_RIGHT:g}") for y, _ in scale.ticks]
    labels = [Label(28, y + 4, "end", text) for y, text in scale.ticks]
    start, middle, end = ends
    labels += [Label(_LEFT, 160, "start", start), Label(_RIGHT, 160, "end", end)]
    labels += [Label((_LEFT + _RIGHT) / 2, 160, "middle", middle)] if middle else []
    if dashed:
        y = scale.y(dashed[0])
        lines.append(Line("dash", f"M{_LEFT:g} {y:g}H{_RIGHT:g}"))
        labels.append(Label(_RIGHT + 6, y + 4, "start", dashed[1], strong=True))
    return Chart(says, _HEIGHT, tuple(lines), marks, tuple(labels))


class _Scale:
    """From 0 up to a round number that is high enough, with a few lines on the way."""

    def __init__(self, most: float) -> None:
        step = _round_up(most / _LINES)
        self.top = step * _LINES
        self.ticks = tuple(
            (self.y(step * n), f"{step * n:g}") for n in range(_LINES + 1)
        )

    def y(self, value: float) -> float:
        return _near(_BOTTOM - value / self.top * (_BOTTOM - _TOP))


def _round_up(value: float) -> float:
    if value <= 0:
        return 1
    power = 1.0
    while value > _STEPS[-1] * power:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= value)


def _across(at: float) -> float:
    return _near(_LEFT + 6 + at * (_RIGHT - _LEFT - 12))


def _near(value: float) -> float:
    return round(value, 1)
