"""`gatepost import`: make entries of a changelog or notes kept elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from gatepost.cli.command import choose, command, find_root
from gatepost.cli.reports import count
from gatepost.hosts.sites import find_sites
from gatepost.integrations.run import (
    FORMATS,
    Report,
    Wish,
    import_source,
    known_audiences,
)
from gatepost.model.finding import GatepostError
from gatepost.model.registry import REGISTRY_FILE

_FEW = 5
_READS = {
    "front-matter": "dated Markdown or MDX: name the folder that holds the posts",
    "keep-a-changelog": "a changelog with a heading for each release, such as "
    "`## 1.2.0 - 2026-11-20`: name that file",
    "kep": "a kep.yaml: name the folder that holds the proposals",
}
"""What each format looks for, when there is none of it."""


@command(
    "import",
    "gatepost import keep-a-changelog ../api/CHANGELOG.md --product api",
    "gatepost import kep ../enhancements/keps",
    "gatepost import front-matter ../old/content/changelog --base-url https://example.com",
)
@click.argument("format_name", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@click.argument(
    "source", metavar="SOURCE", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--into",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the entries; the project's own when left out. The registry lies above it.",
)
@click.option(
    "--audience",
    metavar="A",
    default="internal",
    show_default=True,
    help="Who may read what is imported.",
)
@click.option(
    "--product", metavar="P", default="", help="The product the entries are about."
)
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="Address of the site the texts were written for; makes its links absolute.",
)
@click.option(
    "--assets",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that `~/` and `/` stand for in addresses of pictures.",
)
def import_command(
    *,
    format_name: str,
    source: Path,
    into: Path | None,
    audience: str,
    product: str,
    base_url: str,
    assets: Path | None,
) -> None:
    """Make entries of a changelog or notes kept elsewhere.

    FORMAT `keep-a-changelog` reads a changelog file, or every one in a folder, and makes one entry
    per release; `front-matter` reads a folder of dated Markdown or MDX from another generator;
    `kep` reads enhancement proposals with their stages, feature gates and readiness approvals.
    Entries are internal unless you say otherwise. Products they name are added to the registry.
    Whatever found no place is listed with its line. A second import changes nothing, and leaves
    what you edited alone. Ends with 1 when the source holds nothing to import.
    """
    begun = time.perf_counter()
    releases = into.resolve() if into else _own_releases()
    choose(audience, known_audiences(releases), "audience", "--audience")
    wish = Wish(source, releases, audience, product, base_url, assets)
    try:
        report = import_source(format_name, wish)
    except OSError as error:
        msg = f"nothing was imported, the disk refused: {error}"
        raise GatepostError(msg) from None
    for line in _lines(report, source, releases):
        click.echo(line)
    if not report.entries:
        click.echo(f"nothing in {source} is {_READS[format_name]}")
    click.echo(_summary(report, time.perf_counter() - begun))
    raise SystemExit(int(not report.entries))


def _own_releases() -> Path:
    return find_sites(find_root(None))[0].content_dir / "releases"


def _lines(report: Report, source: Path, releases: Path) -> Iterator[str]:
    home = source if source.is_dir() else source.parent
    for one in report.leftovers:
        yield f"{(home / one.path).as_posix()}:{one.line}: {one.why}"
    for file in report.landing.kept:
        yield f"{_shown(file, releases)}: you edited it since the last import; it was left alone"
    for file in report.landing.gone:
        yield f"{_shown(file, releases)}: the source does not have it any more; it was left alone"
    registry = _shown(releases.parent / REGISTRY_FILE, releases)
    if report.products:
        yield f"products added to {registry}: {_first(report.products)}"
    if report.unnamed:
        yield (
            f"products of {registry} that no entry names any more: "
            f"{_first(report.unnamed)}; left alone"
        )
    if report.entries:
        kinds = ", ".join(f"{count} {name}" for name, count in report.types.items())
        yield f"types, guessed from headings and titles: {kinds}; change `type:` where one is wrong"


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{', '.join(names[:_FEW])}{more}"


def _shown(file: Path, releases: Path) -> str:
    return file.relative_to(releases.parent.parent).as_posix()


def _summary(report: Report, seconds: float) -> str:
    landing = report.landing
    read = count(len(report.entries), "entry", "entries")
    files = count(report.files, "file", "files")
    left = f"{count(len(report.leftovers), 'leftover', 'leftovers')} listed"
    return (
        f"{read} from {files}: {len(landing.new)} new, "
        f"{len(landing.updated)} updated, {landing.unchanged} unchanged, {len(landing.kept)} kept, "
        f"{left}; {seconds:.1f} s"
    )
