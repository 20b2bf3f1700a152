"""`gatepost serve`: preview one site while you write."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from gatepost.cli.command import (
    as_of_option,
    command,
    pick_site,
    root_option,
    site_option,
)
from gatepost.hosts.clock import VARIABLE
from gatepost.hosts.sites import SiteConfig, find_sites

_PATIENCE = 5
"""Seconds a server may take to end; now and then it waits for itself."""


@command(
    "serve",
    "gatepost serve",
    "gatepost serve --site internal",
    "gatepost serve --as-of 2026-12-01",
)
@root_option
@site_option("Preview this site; the public one when left out.")
@as_of_option
@click.pass_context
def serve_command(
    ctx: click.Context, root: Path, site: str | None, as_of: datetime
) -> None:
    """Preview one site while you write.

    The page in the browser is built again whenever an entry, a page or the configuration is saved.
    With --as-of you see the site as it will be on that day. Ctrl-C ends the preview.
    """
    sites = find_sites(root)
    chosen = pick_site(sites, site) if site else sites[0]
    said = ctx.get_parameter_source("as_of") is ParameterSource.COMMANDLINE
    fixed = as_of if said else None
    raise SystemExit(_preview(chosen, fixed))


def _preview(site: SiteConfig, as_of: datetime | None) -> int:
    """Run the generator's own server; its exit code."""
    # Material's notice about MkDocs 2 is for whoever runs mkdocs themselves.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    if as_of is not None:
        environment[VARIABLE] = str(int(as_of.timestamp()))
    call = [sys.executable, "-m", "mkdocs", "serve", "-f", str(site.path)]
    child = subprocess.Popen(call, env=environment, cwd=site.root)  # noqa: S603 - our own words
    try:
        return child.wait()
    except KeyboardInterrupt:
        return _ended(child)


def _ended(child: subprocess.Popen[bytes]) -> int:
    """Let the server close its sockets: the terminal told it too. One that hangs is stopped."""
    with suppress(KeyboardInterrupt):
        try:
            return child.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            pass
    child.kill()
    child.wait()
    return 0
