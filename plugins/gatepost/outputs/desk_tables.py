"""The tables of a readiness page: what the release says about itself, as it says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from gatepost.model.moment import Moment
from gatepost.model.parts import Scale
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.desk import FLAGS, Desk
from gatepost.outputs.flag_pages import flag_href
from gatepost.outputs.gate_views import FactCell, FactTable
from gatepost.outputs.views import Badge, Link
from gatepost.outputs.words import day

_GREEN = {"sent": "check", "approved": "check", "delivered": "check"}
_STATES: dict[str, Badge] = {
    "drafted": Badge("info", "half-disc", "Drafted"),
    "agreed": Badge("info", "half-disc", "Agreed"),
    "planned": Badge("line", "ring", "Planned"),
    "open": Badge("line", "ring", "Open"),
    "blocked": Badge("red", "octagon-x", "Blocked"),
    "skipped": Badge("grey", "dash", "Skipped"),
    **{key: Badge("go", icon, key.capitalize()) for key, icon in _GREEN.items()},
}
_IMPACTS: dict[Scale, Badge] = {
    "high": Badge("red", "triangle-alert", "Severe"),
    "medium": Badge("warn", "triangle-alert", "Moderate"),
    "low": Badge("grey", "", "Minor"),
}
_SIGNED, _WAITING = (
    Badge("go", "disc-tick", "Signed"),
    Badge("line", "ring-dashed", "Waiting"),
)
Row = tuple[FactCell, ...]


def tables(desk: Desk, release: Release) -> tuple[FactTable, ...]:
    """Every table with at least one row."""
    return tuple(table for table in _tables(desk, release) if table.rows)


def _tables(desk: Desk, release: Release) -> Iterator[FactTable]:
    made = _Maker(desk, release)
    zone = desk.site.zone
    yield made.table(
        "Flags",
        (
            "Flag",
            "Purpose",
            "Default",
            "Safe value",
            "Owner",
            "Kill switch",
            "Remove by",
        ),
        _flags(release, zone),
        note="State in the release file.",
        more=(Link("Compare with the provider", f"{ROOT}{FLAGS}"),),
    )
    yield made.table(
        "Risks",
        ("Risk", "Likelihood", "Impact", "What we do", "Owner", "State"),
        _risks(release),
    )
    yield made.table(
        "Dependencies", ("What", "Team", "Needed by", "State"), _needs(release, zone)
    )
    yield made.table(
        "Success metrics and guardrails",
        ("Metric", "Kind", "Before", "Goal", "Result"),
        _measures(release),
        field="success_criteria",
    )
    yield made.table(
        "Communication",
        ("When", "Channel", "Audience", "State"),
        _channels(release, zone),
        field="channels",
    )
    yield made.table(
        "Sign-offs",
        ("Role", "Decision", "By", "When", "Note"),
        _signatures(release, zone),
        field="approvals",
        note="Named by team; the record is the commit that added the line.",
    )
    yield made.table(
        "Decisions", ("Decision", "By", "When", "Why"), _decisions(release, zone)
    )


class _Maker:
    """Makes the tables of one release."""

    def __init__(self, desk: Desk, release: Release) -> None:
        self._desk, self._release = desk, release

    def table(
        self,
        caption: str,
        heads: tuple[str, ...],
        rows: Iterable[Row],
        *,
        field: str = "",
        note: str = "",
        more: tuple[Link, ...] = (),
    ) -> FactTable:
        key = caption.lower().replace(" ", "-")
        source = self._desk.source(self._release.at(field or key))
        return FactTable(
            id=key,
            caption=caption,
            heads=heads,
            rows=tuple(rows),
            note=note,
            links=(*more, *((line_link(source),) if source else ())),
        )


def line_link(source: Link) -> Link:
    """The link to a line of the file in two words."""
    return Link(f"line {source.text.rpartition(':')[2]}", source.href, source.text)


def _text(*cells: str) -> Row:
    return tuple(FactCell(cell) for cell in cells)


def _badge(state: str) -> FactCell:
    badge = _STATES.get(state, Badge("grey", "", state.capitalize()))
    return FactCell(badge.text, badge=badge)


def _on(moment: Moment | None, zone: tzinfo) -> str:
    return day(moment, zone).text if moment else ""


def _flags(release: Release, zone: tzinfo) -> Iterator[Row]:
    for one in release.flags:
        yield (
            FactCell(one.key, flag_href(one.key)),
            *_text(one.purpose.capitalize(), one.default, one.safe_value, one.owner),
            *_text("Yes" if one.kill_switch else "No", _on(one.remove_by, zone)),
        )


def _risks(release: Release) -> Iterator[Row]:
    for one in release.risks:
        badge = _IMPACTS[one.impact]
        yield (
            *_text(one.text, one.likelihood.capitalize()),
            FactCell(badge.text, badge=badge),
            *_text(one.mitigation, one.owner, one.state.capitalize()),
        )


def _needs(release: Release, zone: tzinfo) -> Iterator[Row]:
    for one in release.dependencies:
        yield (*_text(one.what, one.team, _on(one.needed_by, zone)), _badge(one.state))


def _measures(release: Release) -> Iterator[Row]:
    kinds = (
        ("Objective", release.objectives),
        ("Success", release.success_criteria),
        ("Guardrail", release.guardrails),
    )
    for kind, rows in kinds:
        for one in rows:
            yield _text(one.metric, kind, one.baseline, one.target, one.result)


def _channels(release: Release, zone: tzinfo) -> Iterator[Row]:
    for one in release.channels:
        name = one.channel.replace("_", " ").capitalize()
        when = _on(one.at, zone) or "no date"
        yield (*_text(when, name, one.audience), _badge(one.state))


def _signatures(release: Release, zone: tzinfo) -> Iterator[Row]:
    if release.approvals is None:
        return
    given = {one.role for one in release.approvals.given}
    for one in release.approvals.given:
        yield (
            FactCell(_role(one.role)),
            FactCell(_SIGNED.text, badge=_SIGNED),
            *_text(one.by, _on(one.on, zone), one.ref),
        )
    for role in release.approvals.required:
        if role not in given:
            who = release.roles.get(role, "")
            waiting = FactCell(_WAITING.text, badge=_WAITING)
            yield (FactCell(_role(role)), waiting, *_text(who, "", ""))


def _role(key: str) -> str:
    words = key.replace("_", " ")
    return words.upper() if len(words) <= 2 else words.capitalize()  # noqa: PLR2004 - PM, QA


def _decisions(release: Release, zone: tzinfo) -> Iterator[Row]:
    for one in release.decisions:
        yield _text(one.what, one.by, _on(one.on, zone), one.why)


def terms(
    release: Release, zone: tzinfo
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Dates, and roles with the teams that fill them: lists with at least one row."""
    roles = tuple((_role(key), who) for key, who in release.roles.items())
    made = (("Dates", tuple(_dates(release, zone))), ("Roles", roles))
    return tuple(one for one in made if one[1])


def _dates(release: Release, zone: tzinfo) -> Iterator[tuple[str, str]]:
    dates = release.dates
    rows = (
        ("Planned", dates.planned),
        ("Scope frozen", dates.scope_frozen),
        ("Deployed", dates.deployed),
        ("First customers had it", dates.exposed),
        ("Published", dates.published),
        ("Announced", dates.announce),
    )
    yield from ((label, _on(moment, zone)) for label, moment in rows if moment)
