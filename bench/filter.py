"""Filter a built changelog in a real browser: how soon the answer stands, what it weighs.

    python bench/filter.py build/public

Give the folder of a built public site; `generate.py` and `gatepost build --site public` make one
of any size. Needs a browser, as the tests do.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHOICES = (
    ("a type", "?type=security"),
    ("a product", "?product=product-01"),
    ("two types, two products", "?product=product-01,product-02&type=added,fixed"),
    ("since a date", "?since=2026-06-01"),
    ("for whom and a type", "?for=admins&type=deprecated"),
)
WORDS = ("a", "an", "ba", "bala", "invoice", "invoice p", "payment report", "zzz")
ROUNDS = 9

_TYPE = """
async (words) => {
  const field = document.querySelector(".gp-filters [name=q]");
  const found = document.querySelector(".gp-found");
  const answered = new Promise((done) => {
    new MutationObserver((_, self) => { self.disconnect(); done(); })
      .observe(found, { childList: true });
  });
  const start = performance.now();
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await answered;
  found.getBoundingClientRect();  // The layout is part of the answer.
  return performance.now() - start;
}
"""
"""Milliseconds from a key to the answer, laid out."""

_OPEN = """
() => new Promise((done) => {
  const line = () => document.querySelector(".gp-found [role=status]");
  const look = () => (line() ? done(performance.now()) : setTimeout(look, 1));
  look();
})
"""
"""Milliseconds from the beginning of the navigation to the answer."""


_WHOLE = """
() => {
  const line = document.querySelector(".gp-found [role=status]");
  return line && !line.textContent.includes("…");
}
"""
"""Whether the older years have come."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def main() -> None:
    """Open, choose and type; print the least and the median: what else runs is in the latter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path)
    site: Path = parser.parse_args().site
    weights(site)
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/changelog/"
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        sys.exit("no browser: CHROMIUM=/path/to/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        page = browser.new_page()
        print(
            "\n| asked | least ms | median ms | CPU ms |\n| --- | ---: | ---: | ---: |"
        )
        for name, address in CHOICES:
            row(f"open: {name}", [opened(page, base + address) for _ in range(ROUNDS)])
        page.goto(base)
        cpu = browser_time(page)
        page.goto(base)
        row("first key, first file fetched", [page.evaluate(_TYPE, "first")])
        page.wait_for_load_state("networkidle")
        page.wait_for_function(_WHOLE)
        for words in WORDS:
            spent = cpu()
            times = [page.evaluate(_TYPE, words) for _ in range(ROUNDS)]
            row(f"type `{words}`", times, (cpu() - spent) / ROUNDS)
        browser.close()
    server.shutdown()


def opened(page: Page, address: str) -> float:
    """Open an address with a filter in a page that has the files already."""
    page.goto(address)
    return float(page.evaluate(_OPEN))


def weights(site: Path) -> None:
    """Say what travels."""
    print("| file | bytes | compressed |\n| --- | ---: | ---: |")
    for file in sorted(site.glob("changelog/filter*.json")):
        raw = file.read_bytes()
        print(f"| {file.name} | {len(raw):,} | {len(gzip.compress(raw, 9)):,} |")
    first = json.loads((site / "changelog/filter.json").read_text("utf-8"))
    print(f"\n{first['total']:,} entries, {len(first['rows']):,} in the first file")


def browser_time(page: Page) -> Callable[[], float]:
    """Give what tells the page's own CPU time in ms, which other programs do not lengthen."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        named = {one["name"]: one["value"] for one in metrics}
        return float(named["TaskDuration"]) * 1000

    return spent


def row(name: str, times: list[float], cpu: float | None = None) -> None:
    """Print one row."""
    own = "" if cpu is None else f"{cpu:.0f}"
    print(f"| {name} | {min(times):.0f} | {statistics.median(times):.0f} | {own} |")


if __name__ == "__main__":
    main()
