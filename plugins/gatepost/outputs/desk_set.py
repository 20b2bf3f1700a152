"""Which pages and files the internal site has of its own: one line for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.outputs.artifact import Artifact
from gatepost.outputs.desk import Desk


def desk_pages(desk: Desk) -> Iterator[Artifact]:
    """Everything that only colleagues see."""
    yield from desk.pages()
