"""`gatepost flags`: the register, and where it differs from the provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from gatepost.cli.command import (
    as_of_option,
    command,
    root_option,
)
from gatepost.cli.reports import count, echo_findings, visible
from gatepost.content.flag_files.read import FORMATS, read_flag_files, with_provider
from gatepost.hosts.press import read_book
from gatepost.hosts.sites import SiteConfig, find_sites
from gatepost.model.book import Book
from gatepost.model.finding import GatepostError
from gatepost.model.flag_snapshot import Snapshot
from gatepost.outputs.flag_files import flags_csv, flags_json
from gatepost.process.flag_drift import Comparison, compare, says
from gatepost.process.flag_record import FlagRecord
from gatepost.process.flags import register

_MACHINE_REPORTS = {"json": flags_json, "csv": flags_csv}
_CONFIGURED = ""
"""What `--drift` without a file says: the one the registry names."""
_COLUMNS = ("FLAG", "PURPOSE", "NOW", "OWNER", "REMOVE BY", "STATUS")


@command(
    "flags",
    "gatepost flags",
    "gatepost flags --drift",
    "gatepost flags --drift exports/production.json --format json",
    "gatepost flags --format csv > flags.csv",
)
@root_option
@click.option(
    "--drift",
    "file",
    is_flag=False,
    flag_value=_CONFIGURED,
    metavar="[FILE]",
    help="Compare with the provider's file, or folder of files; with the one that "
    "content/registry.yml names under `flags:` when FILE is left out.",
)
@click.option(
    "--provider-format",
    "form",
    type=click.Choice(sorted(one.name for one in FORMATS)),
    help="How FILE is written; told from the file when left out.",
)
@click.option(
    "--environment",
    default="",
    metavar="NAME",
    help="Which environment of FILE counts; production when left out.",
)
@click.option(
    "--format",
    "report",
    type=click.Choice(["text", *_MACHINE_REPORTS]),
    default="text",
    help="text for people; json and csv hold the whole register.",
)
@as_of_option
def flags_command(
    root: Path,
    file: str | None,
    form: str | None,
    environment: str,
    report: str,
    as_of: datetime,
) -> None:
    """List every flag, and where it differs from its provider.

    Ends with 1 when a flag is past its day of removal or, with --drift, differs from the
    provider's file or the file cannot be read; with 0 otherwise.
    """
    if file is None and (form or environment):
        msg = "--provider-format and --environment say how to read a file: add --drift FILE"
        raise GatepostError(msg)
    config = find_sites(root)[0]
    book = read_book(config, as_of, config.host)
    provider = None
    if file is not None:
        provider = _provider(config, book, file, form or "", environment)
    found = compare(register(book.releases, as_of), provider)
    if report == "text":
        _echo(found)
    else:
        click.echo(_MACHINE_REPORTS[report](found), nl=False)
    raise SystemExit(int(_is_wrong(found)))


def _provider(
    config: SiteConfig, book: Book, file: str, form: str, environment: str
) -> Snapshot:
    if file != _CONFIGURED:
        return snapshot_of(file, config.root, form=form, environment=environment)
    said = book.registry.flags
    if said is None:
        msg = (
            "no provider's file is known: name one with --drift FILE, or write "
            "`flags: {file: flags/production.json}` into content/registry.yml"
        )
        raise GatepostError(msg)
    own = {
        "format": form or said.format,
        "environment": environment or said.environment,
    }
    flags = said.model_copy(update=own)
    registry = book.registry.model_copy(update={"flags": flags})
    known = with_provider(replace(book, registry=registry), config.settings.content)
    return known.provider or Snapshot(said.file, said.format)


def snapshot_of(
    file: str, root: Path, *, form: str = "", environment: str = ""
) -> Snapshot:
    """What a provider's file or folder says that somebody typed.

    Raises:
        GatepostError: There is none.
    """
    if not file.strip() or not Path(file).exists():
        msg = (
            f"there is no file or folder `{file}`: name the export of your provider, "
            "or leave it out for the one that content/registry.yml names"
        )
        raise GatepostError(msg)
    folder, path = _below(Path(file), root)
    return read_flag_files(folder, path, form=form, environment=environment)


def _below(file: Path, root: Path) -> tuple[Path, str]:
    """A file of the project as findings write it; any other by the name that was typed."""
    whole = file.resolve()
    if whole.is_relative_to(root):
        return root, whole.relative_to(root).as_posix()
    return Path.cwd(), file.as_posix()


def _is_wrong(found: Comparison) -> bool:
    """Whether anything is an error: advice is for the day, not for the gate."""
    return any(one.level == "error" for one in found.findings)


def _echo(found: Comparison) -> None:
    differing = {one.key for one in found.drifts}
    rows = [_COLUMNS, *(_row(one, differing) for one in found.register.flags)]
    if found.register.flags:
        click.echo("\n".join(_table(rows)))
    if found.findings:
        click.echo()
        echo_findings(found.findings)
    click.echo(_closing(found, len(differing)))


def _row(record: FlagRecord, differing: set[str]) -> tuple[str, ...]:
    until = record.remove_by
    return (
        record.key,
        record.purpose,
        says(record) or "?",
        record.owner or "no owner",
        str(until.day) if until else "",
        ", ".join(_status(record, differing)) or "in step",
    )


def _status(record: FlagRecord, differing: set[str]) -> Iterator[str]:
    if record.key in differing:
        yield "drift"
    if record.stale:
        yield "stale"
    yield from (
        one.kind.replace("-", " ")
        for one in record.problems
        if one.kind not in {"past-date", "no-end"}
    )


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    shown = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _closing(found: Comparison, differing: int) -> str:
    flags, provider = found.register.flags, found.provider
    late = sum(one.has("past-date") for one in flags)
    parts = [count(len(flags), "flag", "flags"), f"{late} past the day of removal"]
    if provider is not None:
        there = count(len(provider.flags), "flag", "flags")
        parts.append(f"{differing} different from {visible(provider.path)} ({there})")
    return f"{', '.join(parts)}."
