"""`gatepost build`: check everything, then build every site."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import count as count_from
from pathlib import Path

import click
from click.core import ParameterSource

from gatepost.cli.command import as_of_option, command, root_option, site_option
from gatepost.cli.reports import closing, count, echo_findings
from gatepost.hosts.build import BuildReport, BuiltSite, build_sites
from gatepost.hosts.sites import ContentFault
from gatepost.model.moment import MONTHS
from gatepost.model.span import in_zone

_KILO = 1000
_PORT = 8000


@command(
    "build",
    "gatepost build",
    "gatepost build --site public --strict",
    "gatepost build --as-of 2026-11-20",
)
@root_option
@site_option("Build this site only, such as public or internal.")
@click.option("--strict", is_flag=True, help="Let advice stop the build, as errors do.")
@click.option(
    "--cache/--no-cache",
    default=True,
    help="Use what earlier builds kept in .cache/gatepost/, and keep more. On by default.",
)
@as_of_option
@click.pass_context
def build_command(
    ctx: click.Context,
    root: Path,
    site: str | None,
    *,
    strict: bool,
    cache: bool,
    as_of: datetime,
) -> None:
    """Check everything, then build every site.

    The folders in `build/` change only if all of it succeeded: every entry is in order, every site
    was built, and the audit found nothing in a public folder that its readers may not see.

    With --as-of a day to come, you see the sites as they will be; content/ledger.json stays as it
    is, because no reader has seen them yet.
    """
    said = ctx.get_parameter_source("as_of") is ParameterSource.COMMANDLINE
    ahead = said and as_of.date() > datetime.now(UTC).date()
    sites = (site,) if site else None
    try:
        report = build_sites(
            root,
            sites=sites,
            as_of=as_of,
            strict=strict,
            cache=cache,
            remember=not ahead,
            say=_say,
        )
    except ContentFault as fault:
        echo_findings(fault.findings)
        click.echo(f"{closing(fault.findings)} Nothing was built.", err=True)
        raise SystemExit(1) from None
    click.echo(summary(report, Path.cwd()))
    if ahead:
        click.echo(
            f"This is how it will be on {as_of:%Y-%m-%d}: do not publish it before. "
            "content/ledger.json was left as it is."
        )


def _say(line: str) -> None:
    click.echo(line, err=True)


def summary(report: BuildReport, here: Path) -> str:
    """What was built, where it is, and how to look at it."""
    folders = [os.path.relpath(built.folder, here) for built in report.sites]
    wide = max(len(folder) for folder in folders)
    lines = [
        f"{folder:<{wide}}  {_contents(built)}"
        for folder, built in zip(folders, report.sites, strict=True)
    ]
    lines.append(f"Built in {report.seconds:.1f} s.")
    if report.ledger_rows:
        more = count(report.ledger_rows, "more entry", "more entries")
        lines.append(
            f"content/ledger.json now remembers {more}: commit it, "
            "so that subscribers never get an entry twice."
        )
    if report.waiting:
        lines.append(_waits(report))
    if report.advice:
        lines.append(f"{len(report.advice)} advice: type `gatepost check` to read it.")
    lines += (
        f"To look at {built.name}: python3 -m http.server -d {folder} {port}, "
        f"then open http://localhost:{port}"
        for port, folder, built in zip(count_from(_PORT), folders, report.sites)
    )
    return "\n".join(lines)


def _waits(report: BuildReport) -> str:
    """What the next build with a later clock will show; a date alone publishes nothing."""
    first, number = report.waiting[0], len(report.waiting)
    local = in_zone(first.at, report.zone)
    day = f"{local.day} {MONTHS[local.month - 1][:3]} {local.year}"
    whose = "waits for its time" if number == 1 else "wait for their time"
    return (
        f"{count(number, 'entry', 'entries')} {whose}: the next is `{first.id}` on "
        f"{day} at {local:%H:%M} ({report.zone}). Build again then."
    )


def _contents(built: BuiltSite) -> str:
    entries = count(built.entries, "entry", "entries")
    return f"{entries}, {built.files} files, {_size(built.size_bytes)}"


def _size(size_bytes: int) -> str:
    """In decimal units, as file managers show it."""
    if size_bytes < _KILO * _KILO:
        return f"{size_bytes / _KILO:.0f} kB"
    return f"{size_bytes / _KILO / _KILO:.1f} MB"
