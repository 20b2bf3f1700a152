"""The calendars of a site, of what its edition knows: windows, deprecations, target quarters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from urllib.parse import unquote

from gatepost.audience.entry import Entry, Named, Plan
from gatepost.model.moment import MONTHS, Moment
from gatepost.model.span import Span, as_utc
from gatepost.outputs.artifact import FileArtifact
from gatepost.outputs.calendar_ics import (
    UNDATED,
    Appointment,
    Status,
    calendar_bytes,
)
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.tongue import N_
from gatepost.outputs.views import Link
from gatepost.outputs.words import CONFIDENCE, plain

CALENDAR = "calendar/"
ALL = f"{CALENDAR}releases.ics"
_DATED_COLUMNS = frozenset({"now", "next"})
"""Columns of the roadmap that say when; the others promise nothing."""
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_Row = tuple[str, Span, str, str]
"""Track, time, summary, category."""


def calendar_files(
    edition: Edition, more: tuple[Appointment, ...] = ()
) -> Iterator[FileArtifact]:
    """`/calendar/releases.ics`, and one calendar for each product.

    Args:
        edition: What the site's readers may see.
        more: What only colleagues see; empty on sites for outsiders.
    """
    site = edition.site
    rows = (*public_appointments(edition), *more)
    dates = site.tongue.gettext(
        "Dates of {name}: maintenance, deprecations and planned releases."
    )
    about = dates.format(name=site.name)
    yield _file(site, ALL, site.name, about, rows)
    for product in calendar_products(edition):
        own = tuple(
            one for one in rows if product.key in one.products or not one.products
        )
        name = f"{site.name}: {product.label}"
        about = dates.format(name=product.label)
        yield _file(site, product_path(product.key), name, about, own)


def _file(
    site: Site, path: str, name: str, about: str, rows: tuple[Appointment, ...]
) -> FileArtifact:
    url = f"{site.url}{path}" if site.url else ""
    return FileArtifact(path, partial(calendar_bytes, name, about, url, rows))


def product_path(key: str) -> str:
    """Address of a product's calendar, below the site's root."""
    return f"{CALENDAR}product/{key}.ics"


def calendar_products(edition: Edition) -> tuple[Named, ...]:
    """Every product of the log and of the roadmap, by name.

    One that has no dates has a calendar too: a subscription must not break when the last one goes.
    """
    found = {
        named.key: named
        for entry in (*edition.log, *edition.plans)
        for named in entry.products
    }
    return tuple(
        sorted(found.values(), key=lambda named: (named.label.casefold(), named.key))
    )


def calendar_links(edition: Edition) -> tuple[Link, ...]:
    """The calendars to subscribe to, absolute, for the page that lists them.

    The note of each is the address that calendar programs open by themselves.
    """
    rows = [(edition.site.tongue.gettext("All dates"), ALL)]
    rows += [
        (named.label, product_path(named.key)) for named in calendar_products(edition)
    ]
    return tuple(
        Link(name, f"{edition.site.url}{path}", _webcal(edition.site, path))
        for name, path in rows
    )


def _webcal(site: Site, path: str) -> str:
    """The address that opens the reader's calendar program; empty without a host."""
    scheme, mark, rest = site.url.partition("://")
    return f"webcal://{rest}{path}" if mark and scheme in {"http", "https"} else ""


def public_appointments(edition: Edition) -> Iterator[Appointment]:
    """Every date the edition's readers may know of, each once."""
    for entry in edition.entries:
        if not entry.unlisted:
            yield from _appointments(entry, edition.site)


def _appointments(entry: Entry, site: Site) -> Iterator[Appointment]:
    status: Status = "CONFIRMED"
    if entry.taken_back in {"withdrawn", "cancelled"}:
        status = "CANCELLED"
    stamped, revision = _stamp(entry, site.as_of)
    url = f"{site.url}{entry.href}" if site.url else ""
    for track, span, summary, category in _rows(entry, site):
        tentative = track == "target" and status == "CONFIRMED"
        yield Appointment(
            uid=uid(entry.id, track, entry.feed_id),
            span=span,
            summary=summary,
            description=_description(entry, site, url),
            url=url,
            category=category,
            status="TENTATIVE" if tentative else status,
            stamped=stamped,
            revision=revision,
            products=frozenset(named.key for named in entry.products),
        )


def uid(release: str, track: str, feed_id: str) -> str:
    """The permanent name of an event: what it is of which release, at the host of its feed id.

    The host is the one the ledger keeps, so that moving the site does not double every event.
    """
    authority = feed_id.removeprefix("tag:").partition(",")[0]
    return f"{release}.{track}@{unquote(authority)}".replace(" ", "-")


def _rows(entry: Entry, site: Site) -> Iterator[_Row]:
    title, zone, gettext = plain(entry.title), site.zone, site.tongue.gettext

    def entitled(word: str, title: str) -> str:
        return gettext("{word}: {title}").format(word=gettext(word), title=title)

    down = entry.downtime
    if down and down.kind != "none" and (start := down.start or down.end):
        kind, span = N_("Maintenance"), Span.of(start, down.end or start, zone)
        word = kind if down.kind == "window" else N_("Reduced service")
        yield "downtime", span, entitled(word, title), gettext(kind)
    if ends := entry.deprecation:
        dates = (
            ("notice", N_("Deprecated"), ends.notice_on),
            ("sunset", N_("Ends"), ends.sunset_on),
        )
        for track, word, moment in dates:
            if moment:
                yield (
                    track,
                    Span.of(moment, moment, zone),
                    entitled(word, title),
                    gettext("Deprecation"),
                )
    deadline = entry.migration.deadline if entry.migration else None
    if deadline:
        yield (
            "deadline",
            Span.of(deadline, deadline, zone),
            entitled(N_("Act by today"), title),
            gettext("Deadline"),
        )
    yield from _steps(entry, title, site)
    plan = entry.plan if entry.column in _DATED_COLUMNS and not entry.logged else None
    if plan and (span_planned := target_span(plan, site)):
        yield "target", span_planned, _planned(plan, title, site), gettext("Planned")


def _planned(plan: Plan, title: str, site: Site) -> str:
    gettext = site.tongue.gettext
    target = site.tongue.target(plan.target) if plan.target else ""
    words = gettext("Planned for {target}").format(target=target)
    if plan.confidence:
        sure = gettext(CONFIDENCE[plan.confidence])
        words = gettext("{said}, {confidence}").format(said=words, confidence=sure)
    return gettext("{word}: {title}").format(word=words, title=title)


def _steps(entry: Entry, title: str, site: Site) -> Iterator[_Row]:
    """Steps of a rollout that were told with a day and in words; colleagues get every step."""
    if entry.taken_back or site.insider:
        return
    steps = {(share, who): when for share, who, when, _ in entry.rollout.steps if who}
    for (share, who), when in steps.items():
        if when:
            span = Span.of(when, when, site.zone)
            gettext = site.tongue.gettext
            said = gettext("{word}: {title}").format(word=who, title=title)
            yield f"step {share} {who}", span, said, gettext("Rollout")


def target_span(plan: Plan, site: Site) -> Span | None:
    """The days of a roadmap target, such as all of a quarter; None if there is none."""
    if not plan.quarters or plan.quarters[0].startswith("0000"):
        return None
    word, _, year = plan.target.label.partition(" ") if plan.target else ("", "", "")
    if word in _SHORT_MONTHS:
        first = last = date(int(year), _SHORT_MONTHS[word], 1)
    else:
        first, last = (_quarter(plan.quarters[0])[0], _quarter(plan.quarters[-1])[1])
    return Span.of_days(first, _month_end(last), site.zone)


def _quarter(text: str) -> tuple[date, date]:
    """First day of the first and of the last month of `2026-Q4`."""
    year, _, number = text.partition("-Q")
    month = 3 * int(number)
    return date(int(year), month - 2, 1), date(int(year), month, 1)


def _month_end(day: date) -> date:
    if day.month == 12:  # noqa: PLR2004 - December
        return day.replace(day=31)
    return day.replace(month=day.month + 1) - timedelta(days=1)


def _description(entry: Entry, site: Site, url: str) -> str:
    rows = [plain(entry.summary)]
    if entry.taken_back:
        rows.insert(0, plain(entry.taken_back_note))
    if entry.action:
        todo = site.tongue.gettext("What to do: {action}")
        rows.append(todo.format(action=plain(entry.action)))
    if entry.downtime and entry.downtime.wording:
        rows.append(plain(entry.downtime.wording))
    return "\n\n".join(row for row in (*rows, url) if row)


def _stamp(entry: Entry, as_of: datetime) -> tuple[datetime, int]:
    """When the entry's dates last changed, and how often, as far as it says so itself."""
    said: list[Moment | None] = [entry.published, entry.taken_back_on]
    said += [update.on for update in entry.updated]
    if entry.plan:
        said.append(entry.plan.confirmed)
    if entry.deprecation:
        said.append(entry.deprecation.notice_on)
    moved = bool(entry.plan and entry.plan.was)
    return stamp([one for one in said if one], as_of, moved=moved)


def stamp(
    said: list[Moment], as_of: datetime, *, moved: bool = False
) -> tuple[datetime, int]:
    """The newest of the dates that are not ahead, and a number that grows with it.

    The number is the days from the year 2000 to that date, and one for each date: it never gets
    smaller when a date is added, and needs no memory of earlier builds.
    """
    now = as_utc(as_of)
    past = [at for at in (as_utc(one.at) for one in said) if UNDATED <= at <= now]
    newest = max(past, default=UNDATED)
    return newest.astimezone(UTC), (newest - UNDATED).days + len(past) + moved
