"""`gatepost serve`: preview one site while you write."""

from __future__ import annotations

import errno
import os
import socket
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
from gatepost.hosts.preview import ATTENDED
from gatepost.hosts.sites import SiteConfig, find_sites, make_page_folders
from gatepost.model.finding import GatepostError

_PATIENCE = 5
"""Seconds a server may take to end; now and then it waits for itself."""
_HERE = "127.0.0.1"
_FIRST, _LAST = 8000, 8019
"""Ports that are tried in turn."""
_HIGHEST = 65535


@command(
    "serve",
    "gatepost serve",
    "gatepost serve --site internal --port 8001",
    "gatepost serve --as-of 2026-12-01",
)
@root_option
@site_option("Preview this site; the public one when left out.")
@click.option(
    "--port",
    type=click.IntRange(1, _HIGHEST),
    help=f"Where the browser finds it. Without it, `dev_addr` of the site counts, "
    f"or the first port from {_FIRST} on that is free.",
)
@as_of_option
@click.pass_context
def serve_command(
    ctx: click.Context,
    root: Path,
    site: str | None,
    *,
    port: int | None,
    as_of: datetime,
) -> None:
    """Preview one site while you write.

    The page in the browser is built again whenever an entry, a page or the configuration is saved.
    With --as-of you see the site as it will be on that day. Ctrl-C ends the preview.
    """
    sites = find_sites(root)
    chosen = pick_site(sites, site) if site else sites[0]
    said = ctx.get_parameter_source("as_of") is ParameterSource.COMMANDLINE
    fixed = as_of if said else None
    make_page_folders((chosen,))
    raise SystemExit(_preview(chosen, _address(chosen, port), fixed))


def _address(site: SiteConfig, port: int | None) -> str:
    """Where to listen.

    Raises:
        GatepostError: Another program listens there already.
    """
    if port is None and not site.dev_addr:
        free = (one for one in range(_FIRST, _LAST + 1) if _is_free(_HERE, one))
        if found := next(free, 0):
            return f"{_HERE}:{found}"
        msg = (
            f"the ports {_FIRST} to {_LAST} are all taken: name another one with --port"
        )
        raise GatepostError(msg)
    address = site.dev_addr if port is None else f"{_HERE}:{port}"
    host, _, said = address.rpartition(":")
    if said.isdecimal() and not _is_free(host, int(said)):
        msg = (
            f"another program listens on port {said} already: "
            f"name another one, such as --port {min(int(said) + 1, _HIGHEST)}"
        )
        raise GatepostError(msg)
    return address


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            # Whatever else is wrong with an address, the server tells in its own words.
            return error.errno != errno.EADDRINUSE
    return True


def _preview(site: SiteConfig, address: str, as_of: datetime | None) -> int:
    """Run the generator's own server; its exit code."""
    # Material's notice about MkDocs 2 is for whoever runs mkdocs themselves.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", ATTENDED: "1"}
    if as_of is not None:
        environment[VARIABLE] = str(int(as_of.timestamp()))
    call = [sys.executable, "-m", "mkdocs", "serve", "-f", str(site.path)]
    call += ["--dev-addr", address]
    child = subprocess.Popen(call, env=environment, cwd=site.root)  # noqa: S603 - our own words
    try:
        code = child.wait()
    except KeyboardInterrupt:
        return _ended(child)
    if code == 1:
        click.echo("Mend this first, then type `gatepost serve` again.", err=True)
    return code


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
