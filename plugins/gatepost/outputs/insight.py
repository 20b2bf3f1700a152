"""What only colleagues see of a site, as far as composing it asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gatepost.outputs.artifact import Artifact
from gatepost.outputs.calendar_ics import Appointment
from gatepost.outputs.views import Link


@dataclass(frozen=True, slots=True)
class Insight:
    """Finished pages, doors to them, and dates. Sites for outsiders have none."""

    doors: tuple[Link, ...] = ()
    """On the home page."""
    links: Mapping[str, tuple[Link, ...]] | None = None
    """On each release page, by id."""
    pages: Iterable[Artifact] = ()
    appointments: tuple[Appointment, ...] = ()
    """In the calendars."""


NOTHING = Insight()
