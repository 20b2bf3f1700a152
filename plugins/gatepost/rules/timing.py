"""GP160 to GP163: dates in the order in which things happen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from gatepost.model.moment import Moment
from gatepost.model.release import PathInFile, Release, Type
from gatepost.model.span import days_later
from gatepost.rules.case import Case
from gatepost.rules.rule import Fault, rule

ANNOUNCED_AHEAD: frozenset[Type] = frozenset({"notice", "deprecated", "known-issue"})
"""Types whose entry may appear before anybody has the change."""
ORDERED = (
    ("dates.scope_frozen", "dates.deployed"),
    ("dates.deployed", "dates.exposed"),
    ("downtime.start", "downtime.end"),
    ("deployment.window.start", "deployment.window.end"),
    ("deprecation.notice_on", "deprecation.sunset_on"),
)
"""Pairs of dates of which the first comes first."""
Dated = tuple[PathInFile, Moment]


def before(one: Moment, other: Moment) -> bool:
    """Say whether *one* is earlier; a date without a time is the same as any time of its day."""
    if one.timed and other.timed:
        return one.at < other.at
    return one.day < other.day


def _moment(release: Release, dotted: str) -> Moment | None:
    value: object = release
    for name in dotted.split("."):
        value = getattr(value, name, None)
    return value if isinstance(value, Moment) else None


def _pairs(release: Release) -> Iterator[tuple[Dated, Dated]]:
    for first, second in ORDERED:
        early, late = _moment(release, first), _moment(release, second)
        if early and late:
            yield (tuple(first.split(".")), early), (tuple(second.split(".")), late)
    for row in _sequences(release):
        yield from pairwise(row)


def _sequences(release: Release) -> Iterator[list[Dated]]:
    """Lists of dates that only ever grow."""
    for number, incident in enumerate(release.incidents):
        steps = ("started_at", "detected_at", "restored_at")
        yield _dated(("incidents", number), incident, steps)
    for number, flag in enumerate(release.flags):
        yield _dated(("flags", number), flag, ("introduced", "remove_by"))
    if release.dates.updated:
        published = release.dates.published
        first: list[Dated] = [(("dates", "published"), published)] if published else []
        updates = enumerate(release.dates.updated)
        yield first + [
            (("dates", "updated", n, "on"), update.on) for n, update in updates
        ]
    if release.deployment:
        rings = sorted(
            enumerate(release.deployment.rings), key=lambda one: one[1].share
        )
        yield [
            (("deployment", "rings", n, "on"), ring.on) for n, ring in rings if ring.on
        ]


def _dated(at: PathInFile, part: object, names: tuple[str, ...]) -> list[Dated]:
    moments = ((name, getattr(part, name)) for name in names)
    return [((*at, name), moment) for name, moment in moments if moment]


def _called(path: PathInFile) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


@rule("GP160", at="dates")
def dates_out_of_order(case: Case) -> Iterator[Fault]:
    """Dates stand in the order in which things happen.

    Why: an end before its beginning makes nonsense of calendars, metrics and notices.
    Fix: correct whichever of the two dates is wrong.
    """
    for (early_at, early), (late_at, late) in _pairs(case.release):
        if before(late, early):
            yield Fault(
                f"`{_called(late_at)}` ({late.iso}) is before `{_called(early_at)}` ({early.iso})",
                at=late_at,
            )


@rule("GP161", at="dates")
def published_before_exposed(case: Case) -> Iterator[Fault]:
    """A change is not announced before somebody has it.

    Why: readers go and look, find nothing, and ask support.
    Fix: set `dates.published` to the day of `dates.exposed` or later; notices, deprecations and
    known issues may come first.
    """
    release = case.release
    published, exposed = release.dates.published, release.dates.exposed
    if published is None or exposed is None or release.type in ANNOUNCED_AHEAD:
        return
    if before(published, exposed):
        yield Fault(
            f"it is published on {published.iso}, before anybody has it on {exposed.iso}",
            f"set `published:` to {exposed.iso} or later",
            ("dates", "published"),
        )


@rule("GP162", at="dates", alive=True)
def early_campaign(case: Case) -> Iterator[Fault]:
    """Campaigns wait until the release has bedded in.

    Why: a campaign for something that is rolled back the next day costs more trust than it won.
    Fix: move the campaign, or set `bedding_in:` to what was decided, such as `1d`.
    """
    release = case.release
    exposed = release.dates.exposed or release.dates.planned
    if exposed is None:
        return
    ready = days_later(exposed.day, _bedding_in(case))
    for at, moment in _campaigns(release):
        if moment.day < ready:
            yield Fault(
                f"the campaign begins on {moment.day}, but bedding-in ends on {ready}",
                f"move it to {ready} or later, or set `bedding_in:` to what was decided",
                at,
            )


def _bedding_in(case: Case) -> timedelta:
    release = case.release
    if release.bedding_in is not None:
        return release.bedding_in.delta
    if release.type == "security":
        return timedelta(0)
    return timedelta(days=case.index.policy.bedding_in_days)


def _campaigns(release: Release) -> Iterator[Dated]:
    if release.dates.announce:
        yield ("dates", "announce"), release.dates.announce
    for number, channel in enumerate(release.channels):
        ahead = channel.state not in {"sent", "skipped"}
        if channel.channel == "campaign" and channel.at and ahead:
            yield ("channels", number, "at"), channel.at


@rule("GP163", at="downtime", since="preparing", public=True)
def unexplained_downtime(case: Case) -> Iterator[Fault]:
    """An interruption that customers notice is announced in words, and a window with its times.

    Why: an announced interruption is a plan; an unannounced one is an incident.
    Fix: add `wording:` under `downtime:`, and `start:` and `end:` for a window.
    """
    downtime = case.release.downtime
    if downtime is None or downtime.kind == "none":
        return
    if not downtime.wording:
        yield Fault(
            f"the downtime is `{downtime.kind}`, but customers are not told in words",
            "add `wording:` under `downtime:`, such as `wording: Exports pause for an hour`",
        )
    if downtime.kind == "window" and not (downtime.start and downtime.end):
        yield Fault(
            "the downtime window does not say when it begins and ends",
            "add `start:` and `end:` under `downtime:`",
        )
