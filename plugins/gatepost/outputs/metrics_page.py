"""The metrics of the internal site: pages for three stretches of time and each product, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import Desk
from gatepost.outputs.json_text import json_text
from gatepost.outputs.metrics_cards import cards, summary
from gatepost.outputs.metrics_checks import records
from gatepost.outputs.metrics_sheet import Sheet, csv_bytes, json_rows
from gatepost.outputs.metrics_sheets import sheets
from gatepost.outputs.metrics_tables import METRICS, tables
from gatepost.outputs.metrics_views import (
    CardView,
    Stage,
    TableView,
)
from gatepost.outputs.templates import render
from gatepost.outputs.views import Chip
from gatepost.outputs.words import counted, plain
from gatepost.process.metrics import READERS, Definition, figures, within
from gatepost.process.spans import Window, last_days
from gatepost.process.survey import Survey, survey

JSON = "api/v1/metrics.json"
VIEWS = ((90, "", "90 days"), (30, "30-days/", "30 days"), (365, "year/", "Year"))
"""Days, the end of the address, the words; the first is the page itself."""


@dataclass(frozen=True, slots=True)
class Term:
    """A figure's name and what it means."""

    name: str
    guide: str
    text: str


@dataclass(frozen=True, slots=True)
class MetricsView:
    """A page of metrics."""

    title: str
    lead: str
    chips: tuple[Chip, ...]
    products: tuple[Chip, ...]
    csv: str
    json: str
    span: str
    note: str
    cards: tuple[CardView, ...]
    tables: tuple[TableView, ...]
    definitions: tuple[Term, ...]
    taken: str


def metrics_pages(desk: Desk) -> Iterator[Artifact]:
    """The pages, a CSV file for each table, and all of it as JSON."""
    facts = survey(desk.releases, desk.book)
    window = _window(facts, VIEWS[0][0])
    made = sheets(facts, window, records(desk.releases, desk.verdicts))
    keys = sorted({key for one in facts.deployments for key in one.products})
    names = {key: desk.book.registry.name_of(key) for key in keys}
    for product in ("", *keys):
        part = facts.only(product) if product else facts
        for days, _, _ in VIEWS:
            yield _page(desk, part, made if not product else (), names, (product, days))
    for sheet in made:
        yield FileArtifact(f"{METRICS}{sheet.name}.csv", partial(csv_bytes, sheet))
    yield FileArtifact(JSON, partial(metrics_json, facts, made, window))


def _window(facts: Survey, days: int) -> Window:
    return last_days(facts.as_of, days, facts.zone)


def _address(product: str, days: int) -> str:
    end = next(tail for length, tail, _ in VIEWS if length == days)
    return f"{METRICS}product/{product}/{end}" if product else f"{METRICS}{end}"


def _page(
    desk: Desk,
    facts: Survey,
    made: tuple[Sheet, ...],
    names: Mapping[str, str],
    about: tuple[str, int],
) -> PageArtifact:
    product, days = about
    window = _window(facts, days)
    found = figures(facts.deployments, window, facts.baseline)
    name = names.get(product, "")
    title = f"Delivery metrics: {name}" if name else "Delivery metrics"

    def draw() -> Markup:
        stage = Stage(facts, window, within(facts.deployments, window))
        view = MetricsView(
            title=title,
            lead=summary(found),
            chips=_chips(facts, product, days),
            products=_products(names, about),
            csv=f"{ROOT}{METRICS}figures.csv",
            json=f"{ROOT}{JSON}",
            span=_span(stage),
            note=plain(facts.no_history),
            cards=cards(found, stage),
            tables=tuple(tables(facts, made, stage)),
            definitions=tuple(_definition(definition) for definition, _ in READERS),
            taken=desk.taken,
        )
        return render("metrics.html", view)

    return PageArtifact(
        _address(product, days),
        title,
        summary(found),
        draw,
        METRICS,
        text="DORA deployment frequency lead time change failure rate recovery rework",
        wide=True,
    )


def _definition(one: Definition) -> Term:
    other = one.guide_name if one.guide_name != one.name else ""
    text = f"{one.means} Worked out from {plain(one.needs)}. Source: {one.source}."
    return Term(one.name, other, text)


def _chips(facts: Survey, product: str, days: int) -> tuple[Chip, ...]:
    def count(length: int) -> int:
        return len(within(facts.deployments, _window(facts, length)))

    return tuple(
        Chip(word, count(length), f"{ROOT}{_address(product, length)}", length == days)
        for length, _, word in sorted(VIEWS)
    )


def _products(names: Mapping[str, str], about: tuple[str, int]) -> tuple[Chip, ...]:
    product, days = about
    rows = (("", "All products"), *sorted(names.items(), key=lambda row: row[1]))
    return tuple(
        Chip(word, 0, f"{ROOT}{_address(key, days)}", key == product)
        for key, word in rows
    )


def _span(stage: Stage) -> str:
    window, facts = stage.window, stage.facts
    before = len(within(facts.deployments, window.before))
    count = counted(len(stage.rows), "deployment", "deployments")
    told = (
        f"{stage.day(window.since)} to {stage.day(facts.as_of)}, production, {count}. "
    )
    told += f"Compared with the {window.day_count} days before, "
    told += counted(before, "deployment.", "deployments.")
    if facts.baseline is None:
        told += (
            " No baseline is set: write baseline: {since: 2026-01-01, until: 2026-03-31} "
            "under policy: in the registry."
        )
    return told


def metrics_json(facts: Survey, made: tuple[Sheet, ...], window: Window) -> bytes:
    """Every table as JSON; the figures are about *window*."""
    return json_text(
        {
            "version": 1,
            "as_of": facts.as_of.isoformat(timespec="seconds"),
            "since": window.since.isoformat(timespec="seconds"),
            "until": facts.as_of.isoformat(timespec="seconds"),
            "baseline": _baseline(facts),
            "history": facts.no_history,
            **{sheet.name.replace("-", "_"): json_rows(sheet) for sheet in made},
        }
    ).encode()


def _baseline(facts: Survey) -> dict[str, object] | None:
    if facts.baseline is None:
        return None
    first, last = facts.baseline.days
    return {
        "since": first.isoformat(),
        "until": last.isoformat(),
        "note": facts.baseline_note,
    }
