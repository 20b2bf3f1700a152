"""`gatepost diff`: say what changes for me between two versions or dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from gatepost.audience.entry import Entry
from gatepost.cli.command import (
    as_of_option,
    choose,
    command,
    pick_site,
    root_option,
    site_option,
)
from gatepost.cli.diff_reports import REPORTS, Heading
from gatepost.hosts.press import read_book
from gatepost.hosts.sites import SiteConfig, find_sites
from gatepost.model.finding import GatepostError
from gatepost.model.registry import Registry, Scheme
from gatepost.outputs.assemble import make_entries
from gatepost.outputs.upgrade import change_of
from gatepost.process.diff import (
    Change,
    Selection,
    between_days,
    between_versions,
    concerning,
    difference,
)

PUBLIC = "public"


@command(
    "diff",
    "gatepost diff 3.2 4.1 --product reports",
    "gatepost diff 2026-10-01 2026-11-20 --plan team",
    "gatepost diff 3.2 4.1 --product reports --format md",
)
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@root_option
@click.option("--product", metavar="P", help="Only this product or component.")
@click.option("--plan", metavar="P", help="Only what this plan gets.")
@click.option("--platform", metavar="P", help="Only what concerns this platform.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="text",
    help="text for a terminal, md for a document, json for scripts.",
)
@site_option("As the readers of this site see it; the public when left out.")
@as_of_option
def diff_command(  # noqa: PLR0913 - each is a word of the call
    *,
    start: str,
    end: str,
    root: Path,
    product: str | None,
    plan: str | None,
    platform: str | None,
    form: str,
    site: str | None,
    as_of: datetime,
) -> None:
    """Say what changes for me between two versions or dates.

    FROM is the version you have, TO the one you go to. Or both are days, such as 2026-10-01, and
    both count. Everything in between is merged: what was replaced or taken back on the way is left
    out, and what you must do comes first, by deadline.
    """
    sites = find_sites(root)
    chosen = pick_site(sites, site) if site else sites[0]
    book = read_book(chosen, as_of, chosen.host)
    reader = chosen.settings.audience if site else PUBLIC
    entries = {
        entry.id: entry for entry in make_entries(book, reader) if _listed(entry)
    }
    reach = _Reach(product or "", plan or "", platform or "")
    mine, everything = _concerning(entries.values(), book.registry, reach)
    about = product or _only_product(mine, start, end, book.registry)
    found = difference(_selected(mine, everything, start, end, about, book.registry))
    name = book.registry.name_of(about) if about else ""
    heading = Heading(name, start, end, plan or "", _base(chosen), platform or "")
    click.echo(REPORTS[form](found, heading))


def _listed(entry: Entry) -> bool:
    return entry.logged and not entry.unlisted


def _base(site: SiteConfig) -> str:
    return f"{site.site_url.rstrip('/')}/"


@dataclass(frozen=True, slots=True)
class _Reach:
    """Whom it is to concern; empty for all."""

    product: str
    plan: str
    platform: str


def _concerning(
    entries: Iterable[Entry], registry: Registry, reach: _Reach
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What concerns the reader, and what is in the same products for everybody."""
    product = reach.product
    products = frozenset[str]()
    if product:
        known = {**registry.products, **registry.components}
        choose(product, known, "product", "--product")
        parts = (
            key for key, row in registry.components.items() if row.product == product
        )
        products = frozenset((product, *parts))
    if reach.plan:
        choose(reach.plan, registry.plans, "plan", "--plan")
    if reach.platform:
        choose(reach.platform, registry.platforms, "platform", "--platform")
    everything = concerning(map(change_of, entries), products=products, plan="")
    mine = concerning(
        everything, products=products, plan=reach.plan, platform=reach.platform
    )
    return mine, everything


def _selected(
    changes: tuple[Change, ...],
    everything: tuple[Change, ...],
    start: str,
    end: str,
    product: str,
    registry: Registry,
) -> Selection:
    rows = {**registry.components, **registry.products}
    try:
        if not product or _are_days(start, end, everything, rows[product].versions):
            return between_days(
                changes, date.fromisoformat(start), date.fromisoformat(end)
            )
        scheme = rows[product].versions
        return between_versions(changes, start, end, scheme, of_others=everything)
    except ValueError as error:
        raise GatepostError(str(error)) from None


def _are_days(
    start: str, end: str, changes: tuple[Change, ...], scheme: Scheme
) -> bool:
    """Whether both are days. A product whose versions look like days may mean those.

    Raises:
        GatepostError: One is a day and the other a version.
    """
    versions = {change.version for change in changes}
    if scheme == "calver" and {start, end} & versions:
        return False
    if _is_day(start) != _is_day(end):
        msg = f"`{start}` and `{end}` are a day and a version: write two days, or two versions"
        raise GatepostError(msg)
    return _is_day(start)


def _is_day(text: str) -> bool:
    """Whether it is a day written in full; `2026-10` may be a version."""
    try:
        return bool(date.fromisoformat(text)) and len(text) == len("2026-10-01")
    except ValueError:
        return False


def _only_product(
    changes: tuple[Change, ...], start: str, end: str, registry: Registry
) -> str:
    """The only product that has versions; nothing when days are compared.

    Raises:
        GatepostError: Several have versions, or none.
    """
    if _is_day(start) and _is_day(end):
        return ""
    rows = {**registry.components, **registry.products}
    versioned = (change for change in changes if change.version)
    having = sorted({key for one in versioned for key in one.products & rows.keys()})
    if len(having) == 1:
        return having[0]
    if not having:
        msg = "no entry has a version: compare days, such as 2026-10-01 2026-11-20"
        raise GatepostError(msg)
    msg = f"say whose versions these are: --product {' or '.join(having)}"
    raise GatepostError(msg)
