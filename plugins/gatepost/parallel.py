"""Map work over the machine's cores, where a process can be forked safely."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_PARENT_DEATH_SIGNAL = 1
LEAST = 150
"""With fewer items one process is as fast as several."""
_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""What forked workers inherit: closures and large indexes need not be sent to them."""


def cores() -> int:
    """How many processes can run at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def mapped(
    function: Callable[[_Item], _Result], items: Sequence[_Item], *, least: int = LEAST
) -> list[_Result]:
    """Apply *function* to every item, in order; in several processes if that is worth it.

    The results must be picklable; the function and the items need not be.
    """
    workers = cores()
    if len(items) < least or workers < 2 or not _may_fork():  # noqa: PLR2004 - one is no help
        return [function(item) for item in items]
    global _work  # noqa: PLW0603 - a fork inherits globals, nothing else
    _work = (function, items)
    # What the fork shares must not be walked by the children's collectors: each page they touch
    # would be copied.
    gc.freeze()
    try:
        context = multiprocessing.get_context("fork")
        with context.Pool(workers, _end_with, (os.getpid(),)) as pool:
            size = max(1, len(items) // (workers * 4))
            return pool.map(_apply, range(len(items)), chunksize=size)
    finally:
        gc.unfreeze()
        _work = None


def _end_with(parent: int) -> None:
    """Have the kernel end this worker when its parent is killed: it would wait for work for ever.

    Source: prctl(2), PR_SET_PDEATHSIG.
    """
    import ctypes  # noqa: PLC0415 - only a worker has a use for it

    ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, int(signal.SIGTERM))
    if os.getppid() != parent:
        os._exit(1)  # it was killed before the kernel was told


def started(function: Callable[[], _Result]) -> Callable[[], _Result]:
    """Begin *function* in a process beside this one; give what waits for its result.

    The result must be picklable. Where no process can be forked, or the forked one fails, the
    function is called when its result is asked for.
    """
    if cores() < 2 or not _may_fork():  # noqa: PLR2004 - one is no help
        return function
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(function, sender), daemon=True)
    process.start()
    sender.close()

    def result() -> _Result:
        try:
            found: _Result = receiver.recv()
        except EOFError:
            return function()
        finally:
            receiver.close()
            process.join()
        return found

    return result


def _send(function: Callable[[], Any], sender: Connection) -> None:
    with suppress(Exception):
        sender.send(function())
    sender.close()


def _apply(number: int) -> Any:
    assert _work is not None  # noqa: S101 - set before the fork
    function, items = _work
    return function(items[number])


def _may_fork() -> bool:
    """Forking beside running threads can hang; a preview has some, a build has none."""
    return sys.platform == "linux" and threading.active_count() == 1
