"""`gatepost check`: say everything that is wrong, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

import click

from gatepost.cli.command import as_of_option, command, root_option
from gatepost.cli.reports import MACHINE_REPORTS, Findings, closing, echo_findings
from gatepost.hosts.nav_check import nav_findings
from gatepost.hosts.press import Reading, Readings, page_findings
from gatepost.hosts.sites import SiteConfig, find_sites
from gatepost.model.book import Book
from gatepost.model.finding import Finding, GatepostError


@command(
    "check",
    "gatepost check",
    "gatepost check content/releases/2026/faster-export.md",
    "gatepost check --format github",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *MACHINE_REPORTS]),
    default="text",
    help="text for people, json for scripts; github, gitlab and sarif show findings beside the "
    "lines of a pull request.",
)
@click.option("--strict", is_flag=True, help="End with 1 for advice too.")
@as_of_option
def check_command(
    paths: tuple[Path, ...], root: Path, form: str, *, strict: bool, as_of: datetime
) -> None:
    """Say everything that is wrong, and the way out.

    All files are read, because entries speak of each other; with PATH only findings in those files
    or folders are shown. Ends with 0 when there is no error, with 1 when there is one.

    The json report is one object: version, errors, advice, and findings, each with path, line,
    column, code, level, sentence and fix.
    """
    sites = find_sites(root)
    below = tuple(_below(path, root, sites) for path in paths)
    readings = Readings()
    books = {
        site.content_dir: readings.of(site, as_of, site.host)
        for site in _contents(sites)
    }
    read = books.values()
    on_sites = (_of_site(site, books[site.content_dir].book) for site in sites)
    findings = _found(read, chain.from_iterable(on_sites), below)
    if form == "text":
        echo_findings(findings)
        click.echo(closing(findings, _entries(read, below)))
    elif findings or form != "github":
        click.echo(MACHINE_REPORTS[form](findings))
    levels = {finding.level for finding in findings}
    raise SystemExit(int("error" in levels or (strict and bool(levels))))


def _of_site(site: SiteConfig, book: Book) -> Iterator[Finding]:
    yield from page_findings(site, book)
    yield from nav_findings(site, book)


def _contents(sites: Iterable[SiteConfig]) -> list[SiteConfig]:
    """One site for each content folder: sites usually share it."""
    return list({site.content_dir: site for site in reversed(tuple(sites))}.values())


def _below(path: Path, root: Path, sites: Iterable[SiteConfig]) -> str:
    """*path* as findings write it.

    Raises:
        GatepostError: Nothing is there, or nothing that is checked.
    """
    if not path.exists():
        msg = f"there is no file or folder `{path}`"
        raise GatepostError(msg)
    whole = path.resolve()
    contents = [site.content_dir.resolve() for site in sites]
    if any(_related(whole, content) for content in contents):
        return whole.relative_to(root).as_posix() if whole != root else ""
    msg = f"`{path}` is not checked: entries lie in {contents[0].relative_to(root)}/releases"
    raise GatepostError(msg)


def _related(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _found(
    read: Iterable[Reading], on_sites: Iterable[Finding], below: tuple[str, ...]
) -> Findings:
    found = {finding for one in read for finding in one.findings} | {*on_sites}
    return tuple(sorted(one for one in found if _within(one.place.path, below)))


def _entries(read: Iterable[Reading], below: tuple[str, ...]) -> int:
    paths = {release.source.path for one in read for release in one.book.releases}
    return sum(_within(path, below) for path in paths)


def _within(path: str, below: tuple[str, ...]) -> bool:
    return not below or any(
        not one or path == one or path.startswith(f"{one}/") for one in below
    )
