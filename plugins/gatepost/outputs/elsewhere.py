"""Render bodies on any executor of `concurrent.futures`: threads, processes, another machine's."""

from __future__ import annotations

import importlib
import json
import logging
import os
from collections.abc import Collection, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

from gatepost.markdown.render import Rendered, Renderer, RenderError
from gatepost.model.finding import GatepostError
from gatepost.outputs.body_cache import Depends, sealed, unsealed

EXECUTOR = "GATEPOST_EXECUTOR"
"""Environment variable that names what makes the executor: `module:callable`.

It is no setting: who runs a build decides where it runs, not what is built."""
BATCH = 50
"""Bodies that are sent together: sending one takes about as long as rendering it."""

log = logging.getLogger(__name__)


def rendered_elsewhere(wanted: Collection[Depends]) -> dict[Depends, Rendered]:
    """Render on the executor that the environment names.

    Nothing that comes back is trusted: a body counts if its seal says that the same code and the
    same libraries made it of the same text. The others are left out, to be rendered here.

    Args:
        wanted: Everything each body depends on: the entry's id, its text, the addresses of its
            links, the sizes of its pictures.

    Returns:
        The bodies that came back in order; none if no executor is named.

    Raises:
        GatepostError: There is no such executor.
    """
    name = os.environ.get(EXECUTOR, "")
    if not name or not wanted:
        return {}
    made: dict[Depends, Rendered] = {}
    with _executor(name) as executor:
        for batch, answer in _answers(executor, [*wanted]):
            made |= _verified(batch, answer)
    if lost := len(wanted) - len(made):
        log.warning("%s: %d of %d texts are rendered here", name, lost, len(wanted))
    return made


def _executor(name: str) -> Executor:
    module, _, attribute = name.partition(":")
    example = "such as `concurrent.futures:ProcessPoolExecutor`"
    try:
        made = getattr(importlib.import_module(module), attribute)()
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        msg = (
            f"{EXECUTOR} is `{name}`, which cannot be used: {error}. Write `module:callable`, "
            f"{example}, of a module that Python finds"
        )
        raise GatepostError(msg) from None
    if not isinstance(made, Executor):
        msg = (
            f"{EXECUTOR} is `{name}`, which makes no executor: write `module:callable`, "
            f"{example}"
        )
        raise GatepostError(msg)
    return made


Batch = tuple[Depends, ...]


def _answers(
    executor: Executor, wanted: list[Depends]
) -> Iterator[tuple[Batch, bytes]]:
    """Every batch that was answered, in the order in which they were sent."""
    sent: list[tuple[Batch, Future[bytes]]] = []
    for first in range(0, len(wanted), BATCH):
        batch = tuple(wanted[first : first + BATCH])
        try:
            sent.append((batch, executor.submit(render_batch, batch)))
        except BrokenExecutor:
            break
    for batch, future in sent:
        if (fault := future.exception()) is None:
            yield batch, future.result()
        else:
            log.warning("an executor failed: %s", fault)


def render_batch(batch: Batch) -> bytes:
    """Render some bodies; called on the executor, wherever that is.

    Returns:
        JSON: for each body a record and its seal, or null if it is to be rendered at home.
    """
    renderer = Renderer()  # one for each batch: threads may not share it
    return json.dumps([_one(renderer, depends) for depends in batch]).encode()


class _Unknown(LookupError):
    """A link that the sender did not know of."""


def _one(renderer: Renderer, depends: Depends) -> tuple[str, str] | None:
    entry, text, links, sizes = depends
    known: dict[str, str | None] = dict(_pairs(links))
    size: dict[str, tuple[int, int]] = dict(_pairs(sizes))

    def link(target: str) -> str | None:
        if target not in known and not target.startswith("#"):
            raise _Unknown(target)
        # An anchor alone, such as that of a footnote, stays in its text.
        return known.get(target)

    try:
        body = renderer.render(
            str(text),
            prefix=str(entry),
            link=link,
            image=lambda target: size.get(link(target) or ""),
        )
    except (RenderError, _Unknown):
        return None
    return sealed(depends, body)


def _pairs(said: object) -> Iterator[tuple[str, Any]]:
    if isinstance(said, tuple):
        yield from said


def _verified(batch: Batch, answer: bytes) -> Iterator[tuple[Depends, Rendered]]:
    """The bodies of an answer whose seals fit."""
    try:
        rows = json.loads(answer)
    except ValueError:
        return
    for depends, row in zip(
        batch, rows if isinstance(rows, list) else (), strict=False
    ):
        match row:
            case [str(record), str(seal)]:
                if body := unsealed(depends, record, seal):
                    yield depends, body
