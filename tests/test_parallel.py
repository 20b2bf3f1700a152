"""Work that is spread over processes ends with the build that asked for it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

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
