"""The demonstration, really built once, and looked at as its readers do."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from gatepost.hosts.build import build_sites

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOURCES = ("content", "site_config.yml", "site_config.internal.yml")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """A copy of the demonstration with both sites built in `build/`."""
    root = tmp_path_factory.mktemp("demo")
    for name in SOURCES:
        source = checkout / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    build_sites(root, as_of=AS_OF)
    return root


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: a failing test says enough."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on this machine until the last test is done; each gets an address."""
    with ExitStack() as opened:

        def begin(folder: Path) -> str:
            handler = functools.partial(_Quiet, directory=str(folder))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            opened.callback(server.server_close)
            opened.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}/"

        yield begin


@pytest.fixture(scope="session")
def served(demo: Path, serve: Callable[[Path], str]) -> dict[str, str]:
    """The address of each built site, on this machine."""
    return {site: serve(demo / "build" / site) for site in ("public", "internal")}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser without a window."""
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    program = next(
        (found for name in names if name and (found := shutil.which(name))), None
    )
    assert program, "no browser: sh tests/setup/machine.sh says how to get one"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield opened
        opened.close()
