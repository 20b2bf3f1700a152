"""Spread work over the machine's cores, where a process can be forked safely.

A forked process shares what its parent holds until one of them touches it: each object that is
looked at is copied with its page. So there are no more processes than cores, the parent being one
of them; and what a process found goes through a file, so that it need not live until it is asked.
"""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from multiprocessing.process import BaseProcess
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_PARENT_DEATH_SIGNAL = 1
_MOST_PARTS = 255
"""Numbers of one byte, which no two processes can take at once."""
LEAST = 150
"""With fewer items one process is as fast as several."""


def cores() -> int:
    """How many processes can run at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def mapped(
    function: Callable[[_Item], _Result], items: Sequence[_Item], *, least: int = LEAST
) -> Iterator[_Result]:
    """Apply *function* to every item; in several processes if that is worth it.

    The results come in the order of the items, and must be picklable; the function and the items
    need not be. They are read one part at a time, so that they need not all be held.
    """
    workers = cores()
    if len(items) < least or workers < 2 or not _may_fork():  # noqa: PLR2004 - one is no help
        return map(function, items)
    size = -(-len(items) // min(workers * 4, _MOST_PARTS))
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    works = [partial(_each, function, part) for part in parts]
    with ExitStack() as stack:
        files = [stack.enter_context(TemporaryFile()) for _ in works]
        _share(lambda at: _put(works[at](), files[at]), len(works), workers)
        return _gathered(stack.pop_all(), files, works)


def _each(
    function: Callable[[_Item], _Result], items: Sequence[_Item]
) -> list[_Result]:
    return [function(item) for item in items]


def _gathered(
    open_files: ExitStack,
    files: Sequence[IO[bytes]],
    works: Sequence[Callable[[], list[_Result]]],
) -> Iterator[_Result]:
    with open_files:
        for file, work in zip(files, works, strict=True):
            yield from _taken(file, work)


def _share(work: Callable[[int], None], count: int, workers: int) -> None:
    """Call *work* once with each number below *count*, in so many processes."""
    numbers, pen = os.pipe()
    os.write(pen, bytes(range(count)))
    os.close(pen)

    def part() -> None:
        while number := os.read(numbers, 1):
            work(number[0])

    # What the fork shares must not be walked by the children's collectors: each page they touch
    # would be copied.
    gc.freeze()
    others = [_forked(part) for _ in range(min(workers, count) - 1)]
    try:
        part()
    except BaseException:
        for other in others:
            other.terminate()
        raise
    finally:
        for other in others:
            other.join()
        os.close(numbers)
        gc.unfreeze()


def started(function: Callable[[], _Result]) -> Callable[[], _Result]:
    """Begin *function* in a process beside this one; give what waits for its result.

    The result must be picklable. Where no process can be forked, the function is called when its
    result is asked for; where one can, nothing of it is held until then.

    Raises:
        OSError: On asking, if the process was killed. What the function raises is raised as well.
    """
    if cores() < 2 or not _may_fork():  # noqa: PLR2004 - one is no help
        return function
    file = TemporaryFile()  # noqa: SIM115 - closed when its result was taken
    process = _forked(lambda: _put(_tried(function), file))

    def result() -> _Result:
        process.join()
        with file:
            found, fault = _taken(file, _killed)
        if fault is not None:
            raise fault
        kept: _Result = found
        return kept

    return result


def _tried(function: Callable[[], _Result]) -> tuple[_Result | None, Exception | None]:
    try:
        return function(), None
    except Exception as fault:  # noqa: BLE001 - it is raised where the result is asked for
        fault.add_note(traceback.format_exc())
        return None, fault


def _killed() -> tuple[Any, Exception | None]:
    said = "it ended a process of this build: free some memory, and build again"
    raise ChildProcessError(errno.ECHILD, said, "this machine")


def _forked(function: Callable[[], None]) -> BaseProcess:
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_run, args=(function, os.getpid()), daemon=True)
    process.start()
    return process


def _run(function: Callable[[], None], parent: int) -> None:
    """Call *function*, and have the kernel end this process when its parent is killed.

    Source: prctl(2), PR_SET_PDEATHSIG.
    """
    import ctypes  # noqa: PLC0415 - only a worker has a use for it

    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, int(signal.SIGTERM))
    if os.getppid() != parent:
        os._exit(1)  # it was killed before the kernel was told
    try:
        function()
    except BaseException:  # noqa: BLE001 - its parent does the same again, and is told then
        os._exit(1)


def _put(found: object, file: IO[bytes]) -> None:
    pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
    file.flush()


def _taken(file: IO[bytes], again: Callable[[], _Result]) -> _Result:
    """What a process has put there; made again if it came to grief before it had."""
    file.seek(0)
    try:
        found: _Result = pickle.load(file)  # noqa: S301 - of our own process
    except (EOFError, pickle.UnpicklingError):
        return again()
    return found


def _may_fork() -> bool:
    """Forking beside running threads can hang; a preview has some, a build has none."""
    return sys.platform == "linux" and threading.active_count() == 1
