"""The page of one flag: what is wrong, what it does now, and which releases stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from markupsafe import Markup, escape

from gatepost.model.finding import Finding, Place
from gatepost.model.flag_snapshot import ProviderFlag
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.desk import Desk
from gatepost.outputs.desk_files import Sheet, stacked_csv
from gatepost.outputs.flag_views import BehindRow, FlagFact, FlagView, Level, StepRow
from gatepost.outputs.views import Badge, Callout, Link
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.exposure import told
from gatepost.process.flag_drift import Drift
from gatepost.process.flag_record import Declaration, FlagRecord, Purpose, days_over

PURPOSES: dict[Purpose, str] = {
    "release": "Release",
    "ops": "Operations",
    "experiment": "Experiment",
    "permission": "Permission",
}
"""What people call the purposes of flags."""


def flag_view(
    desk: Desk,
    record: FlagRecord | None,
    drifts: tuple[Drift, ...],
    *,
    levels: tuple[Level, Level | None],
    theirs: ProviderFlag | None,
    badges: tuple[Badge, ...],
    key: str,
    files: tuple[Link, ...],
) -> FlagView:
    """Everything known about one flag.

    Args:
        desk: The internal site.
        record: What releases say; None if none declares it.
        drifts: Where releases and provider differ.
        levels: How much of it is on by the releases, and by the provider.
        theirs: What the provider says.
        badges: What is wrong, in words.
        key: Its key.
        files: The page as files.
    """
    place = record.declarations[0].at() if record else theirs.place if theirs else None
    return FlagView(
        crumb=Link("Feature flags", f"{ROOT}flags/"),
        key=key,
        sub=_sub(record),
        badges=badges,
        source=desk.source(place) if place else None,
        files=files,
        problems=tuple(_problems(desk, record, drifts)),
        facts=tuple(_facts(desk, record, levels, theirs)),
        releases=tuple(_behind(desk, record)),
        steps=tuple(_steps(record, desk.site.zone)),
        nobody=""
        if record
        else "No release declares this flag, so it has no owner, no safe value and no end.",
        taken=desk.taken,
    )


def flag_csv(view: FlagView) -> bytes:
    """Every table of the page."""
    behind = tuple(
        (
            one.release.text,
            one.phase,
            one.exposed,
            one.readers,
            one.source.text if one.source else "",
        )
        for one in view.releases
    )
    steps = tuple(
        (one.share, one.who, one.day.iso if one.day else "", one.state)
        for one in view.steps
    )
    facts = tuple(
        (one.label, one.value.striptags() or (one.level.text if one.level else ""))
        for one in view.facts
    )
    heads = ("Release", "Phase", "Accounts", "Readers are told", "Declared")
    return stacked_csv(
        (
            Sheet("Now", ("What", "Value"), facts),
            Sheet("Releases behind it", heads, behind),
            Sheet("Rollout", ("Share", "Who", "Day", "State"), steps),
        )
    )


def _sub(record: FlagRecord | None) -> str:
    if record is None:
        return "Known to the provider alone"
    parts = (PURPOSES[record.purpose], record.provider, record.owner or "no owner")
    return " · ".join(part for part in parts if part)


def _problems(
    desk: Desk, record: FlagRecord | None, drifts: tuple[Drift, ...]
) -> Iterator[Callout]:
    for drift in drifts:
        places = [place for place in (drift.here, drift.there) if place]
        yield _callout(desk, drift.finding, drift.sentence, places)
    for problem in record.problems if record else ():
        yield _callout(desk, problem.finding, problem.sentence, [problem.place])


def _callout(
    desk: Desk, finding: Finding, sentence: str, places: list[Place]
) -> Callout:
    red = finding.level == "error"
    head = sentence[:1].upper() + sentence[1:]
    at = "" if desk.site.source_url else f" At {', '.join(map(str, places))}."
    return Callout(
        tone="red" if red else "amber",
        icon="octagon-x" if red else "triangle-alert",
        lead_html=inline(f"{head}."),
        text_html=inline(f"Fix: {finding.fix}. {finding.code}.{at}"),
        links=tuple(link for place in places if (link := desk.source(place))),
    )


def _facts(
    desk: Desk,
    record: FlagRecord | None,
    levels: tuple[Level, Level | None],
    theirs: ProviderFlag | None,
) -> Iterator[FlagFact]:
    zone = desk.site.zone
    yield _fact("Release file", "", levels[0])
    if levels[1] is not None:
        yield _fact("Provider", "", levels[1])
    if theirs and theirs.default:
        yield _fact("Default at the provider", theirs.default[0])
    if theirs and theirs.off:
        yield _fact("Off means", theirs.off[0])
    if record is None:
        return
    yield _fact("Safe value", record.safe_value or "not said")
    yield _fact("Default", record.default or "not said")
    yield _fact("Kill switch", "Yes" if record.kill_switch else "No")
    yield _fact("Owner", record.owner or "no owner")
    if record.introduced:
        yield _fact("Introduced", day(record.introduced, zone).text)
    until = record.remove_by
    over = days_over(until, desk.book.as_of) if until else 0
    late = f", {counted(over, 'day', 'days')} over" if over > 0 else ""
    yield _fact(
        "Remove by", f"{day(until, zone).text}{late}" if until else without_end(record)
    )


def without_end(record: FlagRecord | None) -> str:
    """What to say of a flag that has no day of removal."""
    return "permanent" if record and record.share is None else "no date"


def _fact(label: str, value: str, level: Level | None = None) -> FlagFact:
    return FlagFact(label, Markup(escape(value)), level)  # noqa: S704 - escaped here


def _behind(desk: Desk, record: FlagRecord | None) -> Iterator[BehindRow]:
    registry = desk.book.registry
    for one in record.declarations if record else ():
        release = one.release
        own = registry.phases.get(release.phase)
        regions = [
            (row.label if (row := registry.regions.get(key)) else "") or key
            for key in release.regions
        ]
        yield BehindRow(
            release=Link(
                release.title_internal or plain(release.title),
                f"{ROOT}releases/{release.id}/",
                release.version,
            ),
            phase=(own.label if own else "") or release.at_phase.label,
            exposed=_exposed(one, desk.site.zone),
            readers=_readers(one, tuple(regions), desk.site.zone)
            if release.at_phase.released
            else "Nothing yet",
            rollback=_rollback(one),
            source=desk.source(one.at()),
        )


def _readers(one: Declaration, regions: tuple[str, ...], zone: tzinfo) -> str:
    """Who has it, in the words of the public page."""
    if one.taken_back:
        return "Off for all accounts"
    if one.exposed.everyone:
        return "All accounts"
    since = day(one.since, zone).text if one.since else ""
    return told(one.exposed.share, one.exposed.who, regions, since)


def _exposed(one: Declaration, zone: tzinfo) -> str:
    since = f" since {day(one.since, zone).text}" if one.since else ""
    return f"{one.exposed.share}%{since}"


def _rollback(one: Declaration) -> Link | None:
    plan = one.release.rollback
    if plan is None or all(way.flag != one.flag.key for way in plan.strategies):
        return None
    who = plan.authority.who if plan.authority else ""
    return Link(
        "How to switch it off", f"{ROOT}releases/{one.release.id}/rollback/", who
    )


def _steps(record: FlagRecord | None, zone: tzinfo) -> Iterator[StepRow]:
    if record is None or record.share is None:
        return
    for step in record.leading.exposed.steps:
        state = "Reached" if step.reached else "Planned" if step.on else "No date"
        when = day(step.on, zone) if step.on else None
        yield StepRow(f"{step.share}%", step.who, when, state)
