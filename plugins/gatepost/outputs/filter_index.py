"""The index that combined filters of the changelog search in the browser: one row per entry.

A long log is split: the newest years come first and are answered from at once, every older year
has a file of its own, which the browser fetches meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from gatepost.audience.entry import Entry, Named
from gatepost.outputs.artifact import FileArtifact
from gatepost.outputs.card import badges
from gatepost.outputs.edition import Edition
from gatepost.outputs.json_text import json_text
from gatepost.outputs.log import CHANGELOG, type_keys, type_views
from gatepost.outputs.templates import render
from gatepost.outputs.views import Badge
from gatepost.outputs.words import plain

INDEX = f"{CHANGELOG}filter.json"
LISTS = ("product", "type", "for", "plan")
"""Filters with several values, as they stand in an address: `?product=api,sdks&type=fixed`."""
_VERSION = 1
_SUMMARY = 160
_TOGETHER, _AT_ONCE = 2_000, 500
"""Entries up to which a log is one file, and entries that the first file of a longer one has."""


def filter_files(edition: Edition) -> Iterator[FileArtifact]:
    """`/changelog/filter.json`, and for a long log `/changelog/filter-2024.json` and the like."""
    first, older = _split(edition.log)
    years = [year for year, _ in older]
    yield FileArtifact(INDEX, partial(_first, edition, first, years))
    for year, entries in older:
        path = INDEX.replace(".json", f"-{year}.json")
        yield FileArtifact(path, partial(_part, edition, entries))


def _split(
    log: Sequence[Entry],
) -> tuple[Sequence[Entry], list[tuple[str, list[Entry]]]]:
    """The entries of the first file, and those of each older year, newest first."""
    if len(log) <= _TOGETHER:
        return log, []
    by_year: dict[str, list[Entry]] = {}
    for entry in log:
        by_year.setdefault(_year(entry), []).append(entry)
    # An offset may put the last hour of one year behind the first of the next.
    years = sorted(by_year.items(), reverse=True)
    first: list[Entry] = []
    while years and len(first) < _AT_ONCE:
        first += years.pop(0)[1]
    return first, years


def _year(entry: Entry) -> str:
    return f"{entry.published.day.year}" if entry.published else "undated"


def _part(edition: Edition, entries: Sequence[Entry]) -> bytes:
    return json_text(_rows(edition, entries)).encode()


def _rows(edition: Edition, entries: Sequence[Entry]) -> dict[str, object]:
    shown: dict[Badge, int] = {}
    rows = [row_of(edition, entry, shown) for entry in entries]
    # A badge is drawn once, like every text of a page, and named by its number in this file.
    return {"badges": [render("badge.html", badge) for badge in shown], "rows": rows}


def _first(edition: Edition, entries: Sequence[Entry], older: Sequence[str]) -> bytes:
    log = edition.log
    plans = {one.key: one.label for entry in log for one in entry.plans}
    content = {
        "version": _VERSION,
        "total": len(log),
        "older": older,
        "labels": {
            "product": _labels(edition.products),
            "type": type_views(edition.site.tongue),
            "for": _labels(edition.personas),
            "plan": dict(sorted(plans.items())),
        },
        **_rows(edition, entries),
    }
    return json_text(content).encode()


def row_of(edition: Edition, entry: Entry, shown: dict[Badge, int]) -> list[object]:
    """Id, day, title, summary, version, the keys of each of `LISTS`, and its badges."""
    summary = plain(entry.summary)
    if len(summary) > _SUMMARY:
        summary = f"{summary[:_SUMMARY].rpartition(' ')[0]} …"
    return [
        entry.id,
        entry.published.day.isoformat() if entry.published else "",
        plain(entry.title),
        summary,
        entry.version,
        [one.key for one in entry.products],
        list(type_keys(entry)),
        [one.key for one in entry.personas],
        [one.key for one in entry.plans],
        [shown.setdefault(badge, len(shown)) for badge in badges(entry, edition.site)],
    ]


def _labels(named: Iterable[Named]) -> dict[str, str]:
    return {one.key: one.label for one in named}
