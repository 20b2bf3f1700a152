"""What a benchmark says: medians of pairs, a table, and a picture."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

from measure import Run
from report import Size, picture, summed_up, table


def _size(entries: int, **seconds: tuple[float, ...]) -> Size:
    runs = {
        name.replace("_", "-"): [Run(one, one, 50, 10, 1.5) for one in given]
        for name, given in seconds.items()
    }
    return summed_up(entries, runs, {"public": 123})


def test_a_ratio_is_taken_within_a_round() -> None:
    """A slow round slows both of a pair: 2/1, 20/10 and 3/1 are 2 in the median, not 3/1."""
    size = _size(100, hugo=(1, 10, 1), public=(2, 20, 3))

    (_, public) = size.rows

    assert (public.of_hugo, public.of_plain) == (2, None)


def test_memory_comes_from_the_build_that_was_watched() -> None:
    """A timed build is not watched, so its own figure is that of one process only."""
    size = _size(100, hugo=(1,), public=(2,))

    assert [50, 123] == [row.median.peak_mib for row in size.rows]


def test_the_table_names_what_was_not_compared() -> None:
    """Without Hugo there is no ratio to it."""
    text = table([_size(1000, mkdocs_material=(4,), public=(1,))])

    assert "1,000 entries, medians of 1:" in text
    assert "| public | 1.00 | - | 0.25 | 1.00 | 1.00 | 123 | 10 | 1.5 |" in text


def test_the_picture_is_an_image_with_every_row_named() -> None:
    """An SVG that a reader without eyes can use too: a title, and a word for each line."""
    drawn = picture(
        [
            _size(100, hugo=(0.2,), public=(0.9,)),
            _size(5000, hugo=(5,), public=(7,), mkdocs_material=(40,)),
        ]
    )

    root = ET.fromstring(drawn)
    said = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"hugo", "public", "mkdocs-material", "entries", "1,000"} <= {*said}
    assert "prefers-color-scheme:dark" in drawn


def test_names_in_the_picture_do_not_lie_on_each_other() -> None:
    """Two lines that end at the same height still have two readable names."""
    drawn = picture([_size(100, hugo=(1,), public=(1,), both=(1.01,))])

    root = ET.fromstring(drawn)
    heights = [
        float(one.get("y", ""))
        for one in root.iter("{http://www.w3.org/2000/svg}text")
        if one.text in {"hugo", "public", "both"}
    ]
    assert min(low - high for high, low in pairwise(sorted(heights))) >= 12
