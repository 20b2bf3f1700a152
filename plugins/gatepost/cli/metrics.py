"""`gatepost metrics`: the delivery figures, with the releases behind each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click

from gatepost.cli.command import as_of_option, choose, command, root_option
from gatepost.content.flag_files.read import with_provider
from gatepost.hosts.press import read_book, with_history
from gatepost.hosts.sites import SiteConfig, find_sites
from gatepost.model.book import Book
from gatepost.model.finding import GatepostError
from gatepost.outputs.metrics_cards import summary
from gatepost.outputs.metrics_checks import records
from gatepost.outputs.metrics_delivery_sheets import figure_sheet
from gatepost.outputs.metrics_page import metrics_json
from gatepost.outputs.metrics_sheet import csv_bytes
from gatepost.outputs.metrics_sheets import sheets
from gatepost.outputs.metrics_views import reading_words
from gatepost.outputs.words import counted, plain
from gatepost.process.metrics import Figure, figures
from gatepost.process.quiet_checks import CheckRecord
from gatepost.process.spans import Window, last_days, since_day
from gatepost.process.survey import Survey, survey
from gatepost.process.terms import Terms
from gatepost.process.verdict import verdict

DAYS = 90
"""Length of the time told when nobody says from when."""
FORMATS = ("text", "json", "csv")


@command(
    "metrics",
    "gatepost metrics",
    "gatepost metrics --product reports --since 2026-07-01",
    "gatepost metrics --format json",
)
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="text for people, json with every table for scripts, csv with one row for each figure.",
)
@click.option("--product", metavar="P", help="Only this product or component.")
@click.option(
    "--since",
    metavar="DATE",
    help="From this day on, such as 2026-07-01; the last 90 days when left out.",
)
@as_of_option
def metrics_command(
    *, root: Path, form: str, product: str | None, since: str | None, as_of: datetime
) -> None:
    """Say how often, how fast and how safely releases go out.

    Every figure stands beside the same length of time before it and the baseline of the registry,
    with the releases behind it. A figure that cannot be worked out says why, and what to write
    where. Everything comes from the entries and their git history. For colleagues only: the figures
    are made of internal fields.
    """
    book = _book(find_sites(root), as_of)
    facts = survey(book.releases, book)
    if product:
        known = {**book.registry.products, **book.registry.components}
        facts = facts.only(choose(product, known, "product", "--product"))
    window = _window(since, facts)
    name = book.registry.name_of(product) if product else "all products"
    if form == "json":
        made = sheets(facts, window, _checks(book, facts))
        click.echo(metrics_json(facts, made, window), nl=False)
    elif form == "csv":
        found = figures(facts.deployments, window, facts.baseline)
        click.echo(csv_bytes(figure_sheet(found)), nl=False)
    else:
        click.echo("\n".join(_text(facts, window, name)))


def _book(sites: tuple[SiteConfig, ...], as_of: datetime) -> Book:
    """What colleagues know: the internal site's content if there is one."""
    internal = [one for one in sites if one.settings.audience == "internal"]
    site = (internal or list(sites))[0]
    book = with_provider(read_book(site, as_of, site.host), site.settings.content)
    return with_history(site, book)


def _checks(book: Book, facts: Survey) -> tuple[CheckRecord, ...]:
    """The record of the checklist over the releases that are told about."""
    terms = Terms.of(
        book.registry, book.as_of, releases=book.releases, provider=book.provider
    )
    mine = [one for one in book.releases if one.id in facts.products]
    return records(mine, {one.id: verdict(one, terms) for one in mine})


def _window(since: str | None, facts: Survey) -> Window:
    """The time to tell about.

    Raises:
        GatepostError: *since* is no day, or not over.
    """
    if since is None:
        return last_days(facts.as_of, DAYS, facts.zone)
    try:
        first = date.fromisoformat(since.strip())
    except ValueError:
        msg = f"`--since {since}` is not a day: write --since 2026-07-01"
        raise GatepostError(msg) from None
    if first > facts.as_of.astimezone(facts.zone).date():
        today = facts.as_of.astimezone(UTC).date()
        msg = f"`--since {since}` lies ahead: it is {today} here. See --as-of"
        raise GatepostError(msg)
    return since_day(first, facts.as_of, facts.zone)


def _text(facts: Survey, window: Window, name: str) -> Iterator[str]:
    first, last = window.days
    rows = sum(window.holds(one.at) for one in facts.deployments)
    found = figures(facts.deployments, window, facts.baseline)
    count = counted(rows, "deployment", "deployments")
    yield f"{first} to {last}, {name}, {count} to production"
    yield summary(found)
    for one in found:
        yield ""
        yield from _figure(one)
    if facts.no_history:
        yield ""
        yield f"Git: {plain(facts.no_history)}"
    if facts.gaps:
        yield ""
        missing = counted(len(facts.gaps), "thing is", "things are")
        yield f"{missing} not on record; `--format json` lists them as gaps."


def _figure(one: Figure) -> Iterator[str]:
    guide = one.about.guide_name
    other = f" (in older guides: {guide})" if guide and guide != one.about.name else ""
    yield f"{one.about.name}{other}"
    if one.why_not:
        yield f"  none: {one.why_not}"
        if one.now.total or not one.now.releases:
            yield f"  to have it: {plain(one.about.fix)}"
    else:
        yield f"  {reading_words(one.now, one.about)}"
    if one.before.value is not None:
        yield f"  before: {reading_words(one.before, one.about)} ({_TREND[one.trend]})"
    if one.baseline is not None and one.baseline.value is not None:
        yield f"  baseline: {reading_words(one.baseline, one.about)}"
    if one.now.releases:
        yield f"  releases: {', '.join(one.now.releases)}"


_TREND = {
    "better": "better",
    "worse": "worse",
    "same": "no clear change",
    "too-few": "too few to compare",
    "none": "nothing to compare",
}
