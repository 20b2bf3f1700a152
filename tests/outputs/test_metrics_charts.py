"""Charts are finished geometry: within their frame, whatever the numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.outputs.metrics_charts import (
    WIDTH,
    Chart,
    Point,
    bars,
    dots,
    lengths,
    squares,
)

ENDS = ("24 Aug", "7 Oct", "20 Nov")
VALUES = st.lists(
    st.floats(0, 1e7, allow_nan=False, allow_infinity=False), min_size=1, max_size=60
)


def inside(chart: Chart) -> bool:
    """Whether all marks lie in the frame and lead somewhere."""
    return all(
        -1 <= one.x <= WIDTH and -1 <= one.y <= chart.height and one.href and one.says
        for one in chart.marks
    )


def points(values: list[float]) -> list[Point]:
    """A point for each value, spread over the time."""
    most = max(len(values) - 1, 1)
    return [
        Point(value, "/releases/export/trail/", f"{value:g}", at=n / most)
        for n, value in enumerate(values)
    ]


@given(VALUES)
def test_every_chart_keeps_to_its_frame(values: list[float]) -> None:
    """From nothing to millions, one or sixty."""
    made = points(values)
    assert inside(bars(made, ENDS, "says", (max(values), "baseline")))
    assert inside(dots(made, ENDS, "says", [(0.5, 1.0)], "median"))
    assert inside(squares(made, ENDS[:2], "says", "total"))
    assert inside(lengths(made, [("over", "behind")] * len(made), "says"))


def test_a_taller_bar_is_more() -> None:
    """Four deployments stand twice as high as two, and none has no bar."""
    chart = bars(points([2, 0, 4]), ENDS, "says")
    low, high = chart.marks
    assert high.height == pytest.approx(low.height * 2, abs=0.2)
    assert high.y + high.height == pytest.approx(low.y + low.height)


def test_the_scale_is_round() -> None:
    """Up to 5: lines at 0, 2, 4 and 6, as a person would draw them."""
    chart = bars(points([5]), ENDS, "says")
    assert ["0", "2", "4", "6"] == [one.text for one in chart.labels[:4]]


def test_a_failed_deployment_is_crossed() -> None:
    """Colour is never the only sign."""
    made = [
        Point(1, "#a", "went well", "quiet"),
        Point(1, "#b", "rolled back", "failed"),
    ]
    assert 1 == len(squares(made, ENDS[:2], "says", "1 of 2 failed").crosses)
