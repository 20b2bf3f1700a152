"""Which pages and files the internal site has of its own: one line for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.book import Book
from gatepost.model.finding import Finding
from gatepost.outputs.artifact import Artifact
from gatepost.outputs.calendar_desk import desk_calendar
from gatepost.outputs.calendar_page import calendar_pages
from gatepost.outputs.desk import Desk
from gatepost.outputs.edition import Site
from gatepost.outputs.flag_pages import flag_pages
from gatepost.outputs.gate_pages import gate_pages
from gatepost.outputs.insight import Insight
from gatepost.outputs.metrics_page import metrics_pages
from gatepost.outputs.support_search import support_pages
from gatepost.outputs.trail_page import trail_pages


def insight(site: Site, book: Book, findings: tuple[Finding, ...]) -> Insight:
    """Judge every release and give what colleagues see besides the site itself."""
    desk = Desk(site, book, findings)
    return Insight(
        doors=desk.summary(),
        links=desk.links(),
        pages=desk_pages(desk),
        appointments=desk_calendar(desk),
    )


def desk_pages(desk: Desk) -> Iterator[Artifact]:
    """Everything that only colleagues see."""
    yield from gate_pages(desk)
    yield from metrics_pages(desk)
    yield from trail_pages(desk)
    yield from flag_pages(desk)
    yield from calendar_pages(desk)
    yield from support_pages(desk)
