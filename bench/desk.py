"""How long the internal site takes over hundreds of releases that are on their way."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from gatepost.content.flag_files.read import with_provider
from gatepost.hosts.press import Order, Readings, site_of
from gatepost.hosts.sites import Languages, SiteConfig, read_site
from gatepost.model.book import Book
from gatepost.model.finding import Finding
from gatepost.outputs.artifact import Artifact, FileArtifact, PageArtifact
from gatepost.outputs.board import board_pages
from gatepost.outputs.calendar_desk import desk_calendar
from gatepost.outputs.calendar_page import calendar_pages
from gatepost.outputs.checklists_page import checklist_pages
from gatepost.outputs.desk import Desk
from gatepost.outputs.flag_pages import flag_pages
from gatepost.outputs.gate_report import gate_json
from gatepost.outputs.metrics_page import metrics_pages
from gatepost.outputs.readiness_page import readiness_pages
from gatepost.outputs.support_search import support_pages
from gatepost.outputs.trail_page import trail_pages
from upcoming import AS_OF, write_upcoming

COUNTED = ("gate", "board", "calendar")
TOGETHER = "gate, board and calendar"
"""May take three seconds for 500 releases."""
CLOCK = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 12, tzinfo=UTC)
Made = TypeVar("Made")


class Read(NamedTuple):
    """Content that was read and judged."""

    config: SiteConfig
    book: Book
    findings: tuple[Finding, ...]


class Spent(NamedTuple):
    """Seconds by the clock on the wall, and on the processor."""

    wall: float
    cpu: float


def read(root: Path) -> Read:
    """Read and judge the content of the internal site; nothing of that is counted."""
    config = read_site(root / "site_config.internal.yml")
    reading = Readings(cache=False).of(config, CLOCK, "bench.example")
    book = with_provider(reading.book, config.settings.content)
    return Read(config, book, reading.findings)


def _desk(content: Read) -> Desk:
    order = Order(
        content.config,
        name="Bench",
        url="https://bench.example/",
        description="",
        languages=Languages("en", ()),
        host="bench.example",
    )
    site = site_of(order, content.book)
    return Desk(site, content.book, content.findings)


def _gate(content: Read) -> tuple[Desk, str]:
    """The verdicts, and all of them as JSON."""
    desk = _desk(content)
    rows = [(one, desk.verdicts[one.id]) for one in desk.upcoming]
    return desk, gate_json(rows, desk.terms)


def drawn(artifacts: Iterable[Artifact]) -> int:
    """Draw pages and make files; give their number."""
    count = 0
    for one in artifacts:
        count += 1
        if isinstance(one, PageArtifact):
            one.draw()
        elif isinstance(one, FileArtifact):
            one.make()
    return count


def measure(content: Read) -> Iterator[tuple[str, Spent]]:
    """Each part of the internal site with the seconds it took, on one core."""
    (desk, _), spent = _timed(lambda: _gate(content))
    yield "gate", spent
    yield "board", _timed(lambda: drawn(board_pages(desk)))[1]
    yield (
        "calendar",
        _timed(lambda: (drawn(calendar_pages(desk)), desk_calendar(desk)))[1],
    )
    yield "readiness pages", _timed(lambda: drawn(readiness_pages(desk)))[1]
    yield "checklists", _timed(lambda: drawn(checklist_pages(desk)))[1]
    yield "flags", _timed(lambda: drawn(flag_pages(desk)))[1]
    yield "support and rollback", _timed(lambda: drawn(support_pages(desk)))[1]
    yield "metrics", _timed(lambda: drawn(metrics_pages(desk)))[1]
    yield "audit trails", _timed(lambda: drawn(trail_pages(desk)))[1]


def _timed(make: Callable[[], Made]) -> tuple[Made, Spent]:
    wall, cpu = time.perf_counter(), time.process_time()
    made = make()
    return made, Spent(time.perf_counter() - wall, time.process_time() - cpu)


def main() -> None:
    """Generate, read, measure, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, default=Path("build/bench-desk.json"))
    asked = parser.parse_args()
    runs: dict[str, list[Spent]] = {}
    with tempfile.TemporaryDirectory(prefix="gatepost-bench-") as folder:
        write_upcoming(Path(folder), asked.releases)
        content = read(Path(folder))
        for _ in range(asked.rounds):
            round_ = dict(measure(content))
            round_[TOGETHER] = _sum(round_[name] for name in COUNTED)
            for name, spent in round_.items():
                runs.setdefault(name, []).append(spent)
    report = {name: _median(rows) for name, rows in runs.items()}
    print(f"{asked.releases} releases on their way, medians of {asked.rounds}\n")
    print("| part | wall s | CPU s |\n| --- | ---: | ---: |")
    for name, spent in report.items():
        print(f"| {name} | {spent.wall:.2f} | {spent.cpu:.2f} |")
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    rows = {name: spent._asdict() for name, spent in report.items()}
    asked.json.write_text(json.dumps({"releases": asked.releases, **rows}, indent=1))


def _sum(parts: Iterable[Spent]) -> Spent:
    rows = list(parts)
    return Spent(sum(one.wall for one in rows), sum(one.cpu for one in rows))


def _median(rows: list[Spent]) -> Spent:
    return Spent(
        statistics.median(one.wall for one in rows),
        statistics.median(one.cpu for one in rows),
    )


if __name__ == "__main__":
    main()
