"""The data of the changelog's filter: small, and in years once the log is long."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dated_book import DatedBook
from sites import site_over

from gatepost.model.book import Book
from gatepost.outputs.assemble import Bodies, make_edition
from gatepost.outputs.edition import Edition
from gatepost.outputs.filter_index import filter_files

LAST = date(2026, 11, 1)
NUMBERS = ("one", "two", "three", "four", "five", "six")


def edition(book: Book) -> Edition:
    """The public edition of a book."""
    return make_edition(site_over(book), book, Bodies())


def written(root: Path, count: int) -> dict[str, dict[str, Any]]:
    """The files over a log with an entry on each of the last *count* days."""
    book = DatedBook(root)
    for number in range(count):
        words = [NUMBERS[number // step % 6] for step in (1, 6, 36)]
        day = LAST - timedelta(days=number)
        book.entry(
            f"entry-{number:05}",
            f"title: Invoices of {' and '.join(words)} lines are sent\n"
            f"summary: An invoice with {', '.join(words)} lines used to wait for the next hour.\n"
            f"phase: done\ndates: {{published: {day.isoformat()}}}",
        )
    files = filter_files(edition(book.read()))
    return {one.path: json.loads(one.make()) for one in files}


def test_a_usual_log_is_one_file(tmp_path: Path) -> None:
    """Most changelogs never have more."""
    files = written(tmp_path, 30)

    assert [*files] == ["changelog/filter.json"]
    (only,) = files.values()
    assert (only["total"], only["older"], len(only["rows"])) == (30, [], 30)


def test_a_long_log_comes_in_years(tmp_path: Path) -> None:
    """Whole years, the newest first and at once; together every entry, each once, in order."""
    files = written(tmp_path, 2_100)
    first = files["changelog/filter.json"]

    assert first["older"] == ["2024", "2023", "2022", "2021"]
    assert [*files] == [
        "changelog/filter.json",
        *(f"changelog/filter-{year}.json" for year in first["older"]),
    ]
    rows = [row for file in files.values() for row in file["rows"]]
    assert first["total"] == len(rows) == 2_100
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)
    assert {row[1][:4] for row in first["rows"]} == {"2026", "2025"}
    for year in first["older"]:
        part = files[f"changelog/filter-{year}.json"]
        assert {row[1][:4] for row in part["rows"]} == {year}
        assert all(one < len(part["badges"]) for row in part["rows"] for one in row[9])


def test_an_entry_costs_little(tmp_path: Path) -> None:
    """At most 100 bytes compressed: 10,000 entries are less than 1 MB in all their files."""
    files = written(tmp_path, 2_100)
    sizes = [len(gzip.compress(json.dumps(one).encode(), 9)) for one in files.values()]

    assert sum(sizes) <= 100 * 2_100
    assert max(sizes) <= 100 * 2_100 / 2


def test_the_turn_of_the_year_in_several_offsets(tmp_path: Path) -> None:
    """An hour that is written in another offset opens no year a second time."""
    book = DatedBook(tmp_path)
    for number, hour in enumerate(
        ("2023-12-31T23:00Z", "2024-01-01T00:30+02:00", "2023-12-31T10:00Z")
    ):
        book.entry(f"turn-{number}", f"phase: done\ndates: {{published: {hour}}}")
    for number in range(2_000):
        book.entry(f"entry-{number:05}", "phase: done\ndates: {published: 2026-11-01}")
    files = [*filter_files(edition(book.read()))]
    rows = [row for one in files for row in json.loads(one.make())["rows"]]

    assert len({one.path for one in files}) == len(files)
    assert len(rows) == 2_003
