"""Measure a preview: from saving an entry to the page that a browser has loaded again.

  python bench/preview.py --entries 5000 --rounds 5

A generated changelog is served by `gatepost serve`; a reader does what the script of live reload
does in a browser: it waits for the server's word, then loads the page again.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from generate import samples
from projects import GATEPOST, entry_file, write_projects

CLOCK = "2026-11-21"
ALERT = 'role="alert"'
PATIENCE = 300
"""Seconds."""
REST = 10
"""Seconds between two saves, in which the rest of the site is composed."""
_RELOAD = re.compile(r"livereload\((\d+), \d+\)")
_MARK = "Seen at round {number}."


@dataclass(frozen=True, slots=True)
class Browser:
    """A page that is open in a browser."""

    server: str
    path: str

    def load(self, path: str = "") -> str:
        """A page of the site; the open one when left out."""
        try:
            address = f"{self.server}/{path or self.path}"
            with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
                text: str = answer.read().decode()
        except (URLError, ConnectionError):
            return ""
        return text

    def until(self, is_there: Callable[[str], bool]) -> float:
        """Seconds until the open page is as it should be."""
        begun, page = time.perf_counter(), self.load()
        while not is_there(page):
            epoch = _RELOAD.search(page)
            if epoch:
                self.load(f"livereload/{epoch[1]}/1")
            page = self.load()
            if time.perf_counter() - begun > PATIENCE:
                msg = "the preview never showed what was saved"
                raise SystemExit(msg)
        return time.perf_counter() - begun


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The preview of a project; its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    call = ["-c", "from gatepost.cli import main; main()", "serve"]
    child = subprocess.Popen(
        [sys.executable, *call, "--port", str(port), "--as-of", CLOCK],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def measure(file: Path, browser: Browser, rounds: int) -> Iterator[tuple[str, float]]:
    """Save, break and mend an entry, and give the seconds of each."""
    yield "started", browser.until(lambda page: "</html>" in page)
    good = file.read_text("utf-8")
    for number in range(rounds):
        mark = _MARK.format(number=number)
        file.write_text(f"{good}\n\n{mark}\n", "utf-8")
        yield "saved, its page", browser.until(lambda page, mark=mark: mark in page)
        time.sleep(REST)
        file.write_text(good.replace("\nphase: ", "\nphase: x", 1), "utf-8")
        yield "broken, the finding", browser.until(lambda page: ALERT in page)
        time.sleep(REST)
        file.write_text(good, "utf-8")
        yield "mended, its page", browser.until(lambda page: page and ALERT not in page)
        time.sleep(REST)


def main() -> None:
    """Generate, serve, measure, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    runs: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="gatepost-bench-") as folder:
        entries = tuple(samples(asked.entries))
        write_projects(Path(folder), entries)
        middle = entries[len(entries) // 2]
        root = Path(folder) / GATEPOST
        file = entry_file(root / "content/releases", middle)
        with served(root) as address:
            browser = Browser(address, f"releases/{middle.id}/")
            for name, seconds in measure(file, browser, asked.rounds):
                runs.setdefault(name, []).append(seconds)
    print(f"{asked.entries:,} entries, {asked.rounds} rounds\n")
    print("| from | median s | longest s |\n| --- | ---: | ---: |")
    for name, rows in runs.items():
        print(f"| {name} | {statistics.median(rows):.2f} | {max(rows):.2f} |")


if __name__ == "__main__":
    main()
