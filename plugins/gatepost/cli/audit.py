"""`gatepost audit`: prove that a built folder holds nothing its readers may not see."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gatepost.audience.audit import Report
from gatepost.cli.command import (
    as_of_option,
    command,
    pick_site,
    root_option,
    site_option,
)
from gatepost.cli.reports import closing, echo_findings
from gatepost.hosts.folder import audit_folder
from gatepost.hosts.proof import audit_findings
from gatepost.hosts.sites import SiteConfig, find_sites
from gatepost.model.finding import GatepostError


@command(
    "audit",
    "gatepost audit build/public",
    "gatepost audit /var/www/changelog --site public",
)
@click.argument(
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@root_option
@site_option("Whose readers the folder is for; known for the folders of a build.")
@as_of_option
def audit_command(
    *, folder: Path, root: Path, site: str | None, as_of: datetime
) -> None:
    """Prove that a built folder holds nothing its readers may not see.

    Every file of DIR is searched for every internal field, block, file name and attachment of the
    content as it is now, and compared with the list that the build wrote. Ends with 1 when
    something is found: do not publish the folder then.
    """
    chosen = _whose(folder, find_sites(root), site)
    report = audit_folder(chosen, folder, as_of)
    findings = audit_findings(report)
    echo_findings(findings)
    click.echo(_summary(report, chosen))
    if findings:
        click.echo(f"{closing(findings)} Do not publish {folder}.", err=True)
        raise SystemExit(1)


def _whose(folder: Path, sites: tuple[SiteConfig, ...], name: str | None) -> SiteConfig:
    """The site said, else the one that is built into *folder*."""
    if name:
        return pick_site(sites, name)
    whole = folder.resolve()
    for site in sites:
        if site.site_dir.resolve() == whole:
            return site
    known = " or ".join(site.name for site in sites)
    msg = f"{folder} is the folder of no site: say whose readers it is for, --site {known}"
    raise GatepostError(msg)


def _summary(report: Report, site: SiteConfig) -> str:
    more = "" if report.complete else " The search stopped here; there may be more."
    skipped = (
        f", {report.trusted:,} of them files of the theme" if report.trusted else ""
    )
    return (
        f"Searched {report.files:,} files{skipped}, for {report.canaries:,} texts that readers of "
        f"the {site.name} site may not see.{more}"
    )
