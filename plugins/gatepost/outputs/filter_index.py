"""The index that combined filters of the changelog search in the browser: one row per entry."""

from __future__ import annotations

from collections.abc import Iterable

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


def filter_file(edition: Edition) -> FileArtifact:
    """`/changelog/filter.json`."""
    return FileArtifact(INDEX, lambda: json_text(_content(edition)).encode())


def _content(edition: Edition) -> dict[str, object]:
    log = edition.log
    shown: dict[Badge, int] = {}
    rows = [row_of(edition, entry, shown) for entry in log]
    plans = {one.key: one.label for entry in log for one in entry.plans}
    return {
        "version": _VERSION,
        "labels": {
            "product": _labels(edition.products),
            "type": type_views(edition.site.tongue),
            "for": _labels(edition.personas),
            "plan": dict(sorted(plans.items())),
        },
        # A badge is drawn once, like every text of a page, and named by its number.
        "badges": [render("badge.html", badge) for badge in shown],
        "rows": rows,
    }


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
