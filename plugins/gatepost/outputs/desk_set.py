"""Which pages and files the internal site has of its own: one line for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.outputs.artifact import Artifact
from gatepost.outputs.calendar_page import calendar_pages
from gatepost.outputs.desk import Desk
from gatepost.outputs.flag_pages import flag_pages
from gatepost.outputs.gate_pages import gate_pages
from gatepost.outputs.metrics_page import metrics_pages
from gatepost.outputs.support_search import support_pages
from gatepost.outputs.trail_page import trail_pages


def desk_pages(desk: Desk) -> Iterator[Artifact]:
    """Everything that only colleagues see."""
    yield from gate_pages(desk)
    yield from metrics_pages(desk)
    yield from trail_pages(desk)
    yield from flag_pages(desk)
    yield from calendar_pages(desk)
    yield from support_pages(desk)
