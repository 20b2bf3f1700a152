"""The words of the internal calendar: tracks, days, times and what is in the way."""

from __future__ import annotations

from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from gatepost.model.moment import MONTHS
from gatepost.model.registry import Freeze, Registry
from gatepost.model.release import Release
from gatepost.model.span import Span, in_zone, zone_named
from gatepost.outputs.gate_words import kinds_text
from gatepost.outputs.views import Day
from gatepost.outputs.words import plain
from gatepost.process.schedule import Event, Track
from gatepost.process.waits import Waiting
from gatepost.rules.collisions import Closing, Shared

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TRACK_WORDS: dict[Track, str] = {
    "window": "Goes out",
    "step": "Rollout step",
    "bedding-in": "Bedding-in",
    "announcement": "Announcement",
    "publication": "Publication",
    "downtime": "Downtime",
    "deadline": "Customers must act",
    "notice": "Deprecation notice",
    "sunset": "Sunset",
    "scope-freeze": "Scope freeze",
    "freeze": "Freeze",
    "blackout": "Blackout",
}
"""What each track is called."""
WAITING_WORDS: dict[Waiting, tuple[str, str]] = {
    "delivered": ("Delivered", ""),
    "blocked": ("Blocked", ""),
    "given-up": ("Given up", "the release it comes with is withdrawn or cancelled"),
    "circular": ("Circle", "each waits for the other"),
    "later": ("Too late", "comes after this release"),
    "too-late": ("Too late", "due after this release goes out"),
    "overdue": ("Overdue", ""),
    "not-done": ("Missing", "the go/no-go is due"),
    "open": ("On its way", ""),
}
"""How a dependency stands: the word of its badge, and why."""


def short_day(one: date) -> str:
    """`Tue 8 Dec`: the internal site names the weekday."""
    return f"{WEEKDAYS[one.weekday()]} {one.day} {MONTHS[one.month - 1][:3]}"


def week_words(first: date, last: date) -> str:
    """`16 to 22 Nov`, `30 Nov to 6 Dec`."""
    month = MONTHS[first.month - 1][:3]
    begins = f"{first.day} {month}" if first.month != last.month else f"{first.day}"
    return f"{begins} to {last.day} {MONTHS[last.month - 1][:3]}"


def long_day(one: date) -> str:
    """`8 Dec 2026`."""
    return f"{one.day} {MONTHS[one.month - 1][:3]} {one.year}"


def name_of(event: Event) -> str:
    """What an event is called: the release's working name, or the freeze's."""
    return working_name(event.release) if event.release else event.name


def working_name(release: Release) -> str:
    """The name colleagues use."""
    return release.title_internal or plain(release.title)


def span_day(span: Span, zone: tzinfo, *, own: str = "") -> Day:
    """`Tue 8 Dec`, `Tue 24 Nov to Wed 2 Dec`, `Thu 10 Dec, 13:00 to 15:00`.

    Args:
        span: The time.
        zone: The site's zone.
        own: The zone people of that window speak of; said as well when it differs.
    """
    if not span.timed:
        words = short_day(span.first)
        if span.last > span.first:
            words += f" to {short_day(span.last)}"
        return Day(span.first.isoformat(), words)
    words = _times(span, zone)
    other = zone_named(own)
    if other and _hours(span, other) != _hours(span, zone):
        begins = in_zone(span.start, zone).date()
        words += f" ({_times(span, other, known=begins)} {own})"
    return Day(span.start.isoformat(), words)


def _hours(span: Span, zone: tzinfo) -> tuple[str, str]:
    start, end = in_zone(span.start, zone), in_zone(span.end, zone)
    return f"{start:%H:%M}", f"{end:%H:%M}"


def _times(span: Span, zone: tzinfo, *, known: date | None = None) -> str:
    """Day and hours; a day that was said already is left out."""
    start, end = in_zone(span.start, zone), in_zone(span.end, zone)
    begins = f"{start:%H:%M}"
    if start.date() != known:
        begins = f"{short_day(start.date())}, {begins}"
    if span.is_point:
        return begins
    if start.date() == end.date():
        return f"{begins} to {end:%H:%M}"
    return f"{begins} to {short_day(end.date())}, {end:%H:%M}"


def zone_words(zone: tzinfo) -> str:
    """`Europe/Amsterdam`: the zone of all times of the page."""
    return zone.key if isinstance(zone, ZoneInfo) else "UTC"


def shared_words(shared: Shared, registry: Registry) -> str:
    """`component Node SDK`, `flag checkout-v2`, `support team @support-tier2`."""
    name = shared.key
    if shared.kind in {"component", "product"}:
        name = registry.name_of(shared.key)
    elif shared.kind == "audience":
        persona = registry.personas.get(shared.key)
        group = registry.audiences.get(shared.key)
        name = (persona.label if persona else group.label if group else "") or name
    return f"{shared.kind} {name}"


def closing_words(row: Closing, registry: Registry) -> str:
    """What a freeze stops: `Nothing goes out but hotfixes. Payments only.`."""
    if isinstance(row.row, Freeze):
        allows = row.row.allows
        but = f" but {kinds_text(allows)}" if allows else ""
        words = f"Nothing goes out{but}."
    else:
        words = "Nothing goes out and nothing is announced."
    if row.row.products:
        names = ", ".join(registry.name_of(key) for key in row.row.products)
        words += f" {names} only."
    return f"{words} {row.row.reason}".strip()
