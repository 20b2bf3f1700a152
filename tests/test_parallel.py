"""Work that is spread over processes gives what one process gives, and ends with its build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gatepost import parallel

WAITING = """
import os, threading
from gatepost import parallel

parallel.cores = lambda: 2  # of however many there are

def work(number):
    os.write(1, f"{os.getpid()}\\n".encode())
    threading.Event().wait()

parallel.mapped(work, range(2), least=2)
"""


def is_running(process: int) -> bool:
    """Whether the process is there, and is not merely waiting to be buried."""
    try:
        said = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return said.rpartition(")")[2].split()[0] != "Z"


# Elsewhere a build is never spread (`_may_fork`): there is no worker that could be left behind.
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux spreads a build")
def test_a_killed_build_leaves_no_process() -> None:
    """Its workers waited for work for ever, each with the whole build in its memory."""
    child = subprocess.Popen([sys.executable, "-c", WAITING], stdout=subprocess.PIPE)
    assert child.stdout is not None
    workers = [int(child.stdout.readline()) for _ in range(2)]
    child.kill()
    child.wait()
    child.stdout.close()
    ends = time.monotonic() + 20
    while any(map(is_running, workers)) and time.monotonic() < ends:
        time.sleep(0.02)
    assert not any(map(is_running, workers))


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> int:
    """The process that asks, on a machine with two cores, however many there are.

    Threads of other tests in this process wait for something, and hold nothing meanwhile.
    """
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    monkeypatch.setattr(parallel, "_may_fork", lambda: True)
    return os.getpid()


@pytest.mark.usefixtures("two_cores")
@pytest.mark.parametrize("count", [2, 7, 8, 9, 500])
def test_results_come_in_the_order_of_what_they_are_of(count: int) -> None:
    """Whichever process is done first."""
    found = parallel.mapped(lambda number: f"{number}!", range(count), least=2)

    assert [*found] == [f"{number}!" for number in range(count)]


def test_what_a_killed_worker_leaves_is_done_again(two_cores: int) -> None:
    """A machine that is short of memory kills the largest process: a build takes longer then."""

    def fragile(number: int) -> int:
        if os.getpid() != two_cores:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert [*parallel.mapped(fragile, range(8), least=2)] == [*range(8)]


def test_a_killed_process_is_told_of(two_cores: int) -> None:
    """What it was to do may be gone by then: the build ends, with a word on what to do."""

    def fragile() -> None:
        if os.getpid() != two_cores:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ChildProcessError, match="free some memory"):
        parallel.started(fragile)()


@pytest.mark.usefixtures("two_cores")
def test_a_fault_is_the_one_that_one_process_meets() -> None:
    """Wherever it came up."""

    def share(number: int) -> float:
        return 1 / (number - 5)

    with pytest.raises(ZeroDivisionError):
        [*parallel.mapped(share, range(8), least=2)]
    with pytest.raises(ZeroDivisionError):
        parallel.started(lambda: share(5))()
