"""Pages that come piece by piece: what a reader already sees stays where it is."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from layout_shift import NOTE_SHIFTS
from playwright.sync_api import Browser

PIECES = 25
BETWEEN = 0.03  # seconds: the browser draws what has come before the next piece does


class _Slow(http.server.SimpleHTTPRequestHandler):
    """A server that sends a page in pieces, and everything else at once."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:
        if not self.path.partition("?")[0].endswith("/"):
            return super().copyfile(source, outputfile)
        page = source.read()
        size = -(-len(page) // PIECES)
        for start in range(0, len(page), size):
            outputfile.write(page[start : start + size])
            outputfile.flush()
            time.sleep(BETWEEN)
        return None


@pytest.fixture(scope="module")
def slowly(demo: Path) -> Iterator[str]:
    """Both sites on one address of this machine."""
    handler = functools.partial(_Slow, directory=str(demo / "build"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "path",
    [
        "public/changelog/",  # filters that stand at the end of their row
        "public/changelog/?type=fixed",  # an answer in the place of the log
        "public/changelog/?q=nothing+like+this",
        "public/upgrade/?product=billing&from=4.10.0&to=4.18.0",
        "public/deprecations/",
        "internal/readiness/",  # a table wider than its words, group by group
        "internal/readiness/team/payouts/",
        "internal/releases/retry-plan/readiness/",  # steps, and a table per subject
        "internal/releases/retry-plan/support/",  # cards beside each other
        "internal/releases/retry-plan/trail/",
        "internal/flags/",
        "internal/metrics/product/billing/",  # charts beside each other
    ],
)
def test_what_is_seen_stays_while_the_rest_comes(
    browser: Browser, slowly: str, path: str, width: int
) -> None:
    """Columns do not find their widths, nor rows their place, under the reader's eyes."""
    window = browser.new_context(viewport={"width": width, "height": 900})
    page = window.new_page()
    page.add_init_script(NOTE_SHIFTS)

    page.goto(slowly + path)
    page.wait_for_load_state("networkidle")
    shifts = page.evaluate("window.shifts")
    window.close()

    assert shifts == []
