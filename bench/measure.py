"""Build once and say what it cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from cases import Case, Setting
from projects import GATEPOST

EPOCH = "1795269600"
"""The clock of every build: a day after the last entry."""
CACHE = ".cache"
_ASIDE = "aside"
_EVERY_S = 0.1
"""Between two looks at the memory: looking stops the processes for some milliseconds."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one build cost."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    """Of all processes together, each shared page counted once."""
    files: int
    mib: float
    """Size of what was written."""


def measure(case: Case, setting: Setting, *, memory: bool = False) -> Run:
    """Build once.

    With *memory*, all processes are watched, which takes time: such a build counts for its memory
    only. Without it the memory is that of the largest process, and all there is for one that has
    no others.

    Raises:
        SystemExit: The build failed.
    """
    home = setting.root / case.folder
    if not (case.forgets or setting.settled):
        _timed(case, home, memory=False)
    if case.change:
        case.change(setting)
    if case.fresh:
        _put_aside(home, case.out)
    if case.forgets:
        _put_aside(home, (CACHE,))
    wall, cpu, peak = _timed(case, home, memory=memory)
    files = [path for out in case.out for path in (home / out).rglob("*")]
    sizes = [path.stat().st_size for path in files if path.is_file()]
    if case.undo:
        case.undo(setting)
    if case.folder == GATEPOST:
        setting.settled = case.undo is None
    return Run(wall, cpu, peak, len(sizes), sum(sizes) / 2**20)


def _timed(case: Case, home: Path, *, memory: bool) -> tuple[float, float, float]:
    """Wall time, CPU time and memory of a build and all it starts."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": EPOCH}
    os.sync()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            case.command, cwd=home, env=environment, stdout=said, stderr=said
        )
        peak = _watch(process) if memory else 0.0
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode(errors="replace")
    if process.returncode:
        print(words[-2_000:])
        msg = f"{case.name}: {' '.join(case.command)} ended with {process.returncode}"
        raise SystemExit(msg)
    return wall, used.ru_utime + used.ru_stime, peak or used.ru_maxrss / 1024


def _put_aside(home: Path, names: tuple[str, ...]) -> None:
    """Move what an earlier build left out of the way.

    It is not deleted now: some file systems are slow to make files for minutes after many were
    deleted, and the next build, whichever it is, would pay for it.
    """
    for name in names:
        if (home / name).exists():
            (home / _ASIDE).mkdir(exist_ok=True)
            (home / name).rename(Path(tempfile.mkdtemp(dir=home / _ASIDE)) / "old")


def clear_up(root: Path) -> None:
    """Delete what was put aside; between rounds, when nothing is measured."""
    for folder in root.glob(f"*/{_ASIDE}"):
        shutil.rmtree(folder)
    os.sync()


def _watch(process: subprocess.Popen[bytes]) -> float:
    """Greatest memory of the process and its children together, in MiB."""
    peak = 0
    while not _ended(process.pid):
        peak = max(peak, sum(_proportional(pid) for pid in _family(process.pid)))
        time.sleep(_EVERY_S)
    return peak / 1024


def _ended(pid: int) -> bool:
    """Whether a child has ended; it still waits for us then, and its number stays its own."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


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


def _proportional(pid: int) -> int:
    """The memory of a process in KiB: a page that three share counts a third."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        return 0
    return 0
