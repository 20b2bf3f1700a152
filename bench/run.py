"""Build generated changelogs with gatepost and with plain MkDocs + Material, taking turns."""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from generate import write_project

BIN = Path(sys.executable).parent
EPOCH = "1795269600"


@dataclass(frozen=True, slots=True)
class Case:
    """One way to build."""

    name: str
    command: tuple[str, ...]
    folder: str
    out: tuple[str, ...]
    warm: bool = False
    """Whether it may use what the case before it has kept."""


CASES = (
    Case(
        "public",
        (str(BIN / "gatepost"), "build", "--site", "public"),
        ".",
        ("build/public",),
    ),
    Case(
        "public, warm",
        (str(BIN / "gatepost"), "build", "--site", "public"),
        ".",
        ("build/public",),
        warm=True,
    ),
    Case(
        "both",
        (str(BIN / "gatepost"), "build"),
        ".",
        ("build/public", "build/internal"),
    ),
    Case(
        "mkdocs-material",
        (str(BIN / "mkdocs"), "build", "-q", "-f", "mkdocs.yml"),
        "plain",
        ("plain/site",),
    ),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one build cost."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    files: int
    mib: float


def measure(case: Case, root: Path) -> Run:
    """Build once, cold unless the case says otherwise, and say what it cost."""
    _put_aside(root, case.out if case.warm else (*case.out, ".cache"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": EPOCH}
    process = subprocess.Popen(
        case.command, cwd=root / case.folder, env=environment, stdout=subprocess.DEVNULL
    )
    peak = _watch(process)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        msg = f"{case.name}: {' '.join(case.command)} ended with {process.returncode}"
        raise SystemExit(msg)
    files = [
        path for out in case.out for path in (root / out).rglob("*") if path.is_file()
    ]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(path.stat().st_size for path in files) / 2**20
    return Run(wall, cpu, peak, len(files), size)


def _put_aside(root: Path, names: tuple[str, ...]) -> None:
    """Move what an earlier build left out of the way.

    It is not deleted: some file systems are slow to make files for minutes after many were
    deleted, and the next build, whichever it is, would pay for it.
    """
    for name in names:
        if (root / name).exists():
            (root / name).rename(Path(tempfile.mkdtemp(dir=root)) / "old")


def _watch(process: subprocess.Popen[bytes]) -> float:
    """Greatest sum of the resident memory of the process and its children, in MiB."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(0.02)
    return peak / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [
                one for child in task.read_text().split() for one in _family(int(child))
            ]
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    except OSError:
        return 0
    return 0


def main() -> None:
    """Generate, build in turns, print the medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"))
    asked = parser.parse_args()
    runs: dict[str, list[Run]] = {case.name: [] for case in CASES}
    with tempfile.TemporaryDirectory(prefix="gatepost-bench-") as folder:
        root = Path(folder)
        write_project(root, asked.entries)
        for _ in range(asked.rounds):
            for case in CASES:
                runs[case.name].append(measure(case, root))
    report = {name: _median(rows) for name, rows in runs.items()}
    plain = report["mkdocs-material"].wall_s
    print(f"{asked.entries} entries, medians of {asked.rounds}\n")
    print("| build | wall s | of MkDocs + Material | CPU s | peak MiB | files | MiB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, row in report.items():
        print(
            f"| {name} | {row.wall_s:.2f} | {row.wall_s / plain:.2f} | {row.cpu_s:.2f} "
            f"| {row.peak_mib:.0f} | {row.files} | {row.mib:.1f} |"
        )
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(
        json.dumps(
            {"entries": asked.entries, **{n: asdict(r) for n, r in report.items()}},
            indent=1,
        )
    )


def _median(rows: list[Run]) -> Run:
    return Run(
        *(
            statistics.median(getattr(row, name) for row in rows)
            for name in Run.__slots__
        )
    )


if __name__ == "__main__":
    main()
