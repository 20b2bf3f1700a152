"""Render on a Dask cluster: an example of an executor for `GATEPOST_EXECUTOR`.

  pip install distributed
  PYTHONPATH=bench GATEPOST_EXECUTOR=cluster:dask gatepost build

Without more it starts a cluster of this machine's own; `DASK_SCHEDULER=tcp://host:8786` takes the
one that is there. Its workers need the same gatepost, the same libraries and the same Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from typing import Any

from distributed import Client, LocalCluster


class DaskExecutor(Executor):
    """A Dask client that ends with the executor, and its cluster if it is our own."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at *address*; without one, start a cluster here."""
        self._held = ExitStack()
        where: object = address or self._held.enter_context(
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
        )
        client = self._held.enter_context(Client(where))
        self._executor = client.get_executor(pure=False)
        workers = client.scheduler_info()["workers"]
        print(f"dask: {len(workers)} workers", file=sys.stderr)
        self._sent = 0

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **named: Any
    ) -> Future[Any]:
        """Run on any worker."""
        self._sent += 1
        future: Future[Any] = self._executor.submit(fn, *args, **named)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """End the connection, and the cluster if it is our own."""
        del wait, cancel_futures
        print(f"dask: {self._sent} batches", file=sys.stderr)
        self._held.close()


def dask() -> Executor:
    """The executor that `GATEPOST_EXECUTOR=cluster:dask` names."""
    return DaskExecutor(os.environ.get("DASK_SCHEDULER", ""))
