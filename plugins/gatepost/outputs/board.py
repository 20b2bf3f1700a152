"""`/readiness/`: every upcoming release with its verdict, then who has to act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from itertools import groupby

from markupsafe import escape

from gatepost.model.moment import MONTHS, Moment
from gatepost.model.phase import PHASES
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import READINESS, Desk
from gatepost.outputs.gate_views import ActRow, BoardGroup, BoardRow, BoardView
from gatepost.outputs.gate_words import (
    CHECKLISTS,
    STATES,
    VERDICTS,
    badge_of,
    csv_bytes,
    distance,
    rollback_word,
    score_marks,
)
from gatepost.outputs.templates import render
from gatepost.outputs.views import Callout, Chip, Link
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.blockers import Blocker
from gatepost.process.verdict import Value, Verdict

CSV = f"{READINESS}board.csv"
SOON = timedelta(days=14)
"""How long before it begins a freeze is told."""
_NAMES: dict[Value, str] = {
    "no-go": "No-go",
    "go-with-waivers": "Waiver",
    "go": "Go",
    "not-due": "Not due",
}


def board_pages(desk: Desk) -> Iterator[Artifact]:
    """The board, a view of it for each verdict, and the board as a file."""
    board = _Board(desk)
    yield board.page("")
    for value in _NAMES:
        yield board.page(value)
    yield FileArtifact(CSV, board.csv)


class _Board:
    """What all views of the board share."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.rows = desk, desk.upcoming
        self.values = {one.id: desk.verdicts[one.id].value for one in self.rows}

    def page(self, value: Value | str) -> PageArtifact:
        """The board, or only the releases with one verdict."""
        rows = [one for one in self.rows if value in {"", self.values[one.id]}]
        view = BoardView(
            title="Readiness board",
            lead=self._lead(),
            chips=tuple(self._chips(value)),
            links=(
                Link("Checklists", f"{ROOT}{CHECKLISTS}"),
                Link("CSV", f"{ROOT}{CSV}"),
            ),
            notes=tuple(self._notes()),
            groups=tuple(self._groups(rows)),
            acts=tuple(self._acts(rows)),
            taken=self.desk.taken,
            empty="" if rows else self._empty(value),
        )
        path = f"{READINESS}{value}/" if value else READINESS
        title = view.title if not value else f"{view.title}: {_NAMES[value].lower()}"  # type: ignore[index]
        text = "" if value else "go no-go board"
        draw = partial(render, "readiness_board.html", view)
        return PageArtifact(
            path, title, view.lead, draw, READINESS, text=text, wide=True
        )

    def _lead(self) -> str:
        if not self.rows:
            return "Nothing is on its way."
        values = list(self.values.values())
        go = values.count("go") + values.count("go-with-waivers")
        stop = values.count("no-go")
        blockers = sum(len(self.desk.verdicts[one.id].blockers) for one in self.rows)
        total = counted(len(self.rows), "release", "releases")
        if not stop:
            return f"{go} of {total} can go. No blockers."
        stands = counted(blockers, "blocker stands", "blockers stand")
        others = counted(stop, "other", "others")
        return f"{go} of {total} can go. {stands} in the way of {others}."

    def _empty(self, value: str) -> str:
        if value and self.rows:
            return "No release has this verdict now."
        return "No release is planned."

    def _chips(self, current: str) -> Iterator[Chip]:
        yield Chip("All", len(self.rows), f"{ROOT}{READINESS}", not current)
        for value, name in _NAMES.items():
            count = list(self.values.values()).count(value)
            href = f"{ROOT}{READINESS}{value}/"
            yield Chip(name, count, href, current == value)

    def _notes(self) -> Iterator[Callout]:
        """Freezes that are on or begin soon."""
        book, zone = self.desk.book, self.desk.site.zone
        for one in sorted(book.registry.freezes, key=lambda one: one.start):
            end = one.end.at
            if not one.end.timed:
                end = datetime.combine(one.end.day, time.max, one.end.at.tzinfo)
            if one.start.at - book.as_of > SOON or book.as_of > end:
                continue
            span = f"{day(one.start, zone).text} to {day(one.end, zone).text}"
            allowed = f"Only {', '.join(one.allows)} may go out." if one.allows else ""
            yield Callout(
                "amber",
                "lock",
                escape(f"{one.name} from {span}."),
                escape(" ".join(part for part in (one.reason, allowed) if part)),
            )

    def _groups(self, rows: list[Release]) -> Iterator[BoardGroup]:
        for label, group in groupby(rows, key=_month):
            members = tuple(self._row(one) for one in group)
            count = counted(len(members), "release", "releases")
            yield BoardGroup(label, count, members)

    def _row(self, release: Release) -> BoardRow:
        desk, found = self.desk, self.desk.verdicts[release.id]
        planned = release.dates.planned
        flags = release.flags
        return BoardRow(
            href=f"{ROOT}releases/{release.id}/readiness/",
            title=release.title_internal or plain(release.title),
            version=release.version,
            owner=release.roles.get("pm", "no owner"),
            verdict=badge_of(found),
            note=_open(found),
            day=day(planned, desk.site.zone) if planned else None,
            when=distance(planned, desk.book.as_of) if planned else "no date",
            phase=desk.phase_label(release),
            step=release.at_phase.order + 1,
            steps=len(PHASES) - 1,
            scores=score_marks(found),
            rollback=rollback_word(release, desk.terms, desk.site.zone),
            flags=counted(len(flags), "flag", "flags") if flags else "None",
            state=STATES.get(release.state),
        )

    def _acts(self, rows: list[Release]) -> Iterator[ActRow]:
        found = [
            (release, one)
            for release in rows
            for one in self.desk.verdicts[release.id].blockers
        ]
        for release, one in sorted(found, key=_urgency):
            yield self._act(release, one)

    def _act(self, release: Release, one: Blocker) -> ActRow:
        desk, href = self.desk, f"{ROOT}releases/{release.id}/readiness/"
        return ActRow(
            owner=one.owner,
            what=inline(_capital(one.what)),
            fix=inline(_capital(one.fix)),
            release=Link(release.version or plain(release.title), href),
            rule=one.rule,
            day=day(one.due, desk.site.zone) if one.due else None,
            late=one.due is not None and one.due.at < desk.book.as_of,
        )

    def csv(self) -> bytes:
        """The board as a table."""
        heads = (
            *("Id", "Title", "Version", "Lead", "Verdict", "Blockers", "Planned"),
            *("Phase", "State", "Technical", "Customer", "Business"),
        )
        return csv_bytes(heads, (self._cells(one) for one in self.rows))

    def _cells(self, release: Release) -> tuple[str, ...]:
        found, planned = self.desk.verdicts[release.id], release.dates.planned
        return (
            release.id,
            plain(release.title),
            release.version,
            release.roles.get("pm", ""),
            VERDICTS[found.value][0].text,
            ", ".join(one.rule for one in found.blockers),
            planned.iso if planned else "",
            self.desk.phase_label(release),
            release.state,
            *(done for _, done, _ in score_marks(found)),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _urgency(row: tuple[Release, Blocker]) -> tuple[bool, float, str, str, str]:
    release, one = row
    due = one.due.at.timestamp() if one.due else 0.0
    return one.due is None, due, one.owner, release.id, one.rule


def _open(found: Verdict) -> str:
    required = [one for one in found.answers if one.gate == "block"]
    left = sum(not one.settled for one in required)
    return f"{left} of {len(required)} open" if required else ""


def _month(release: Release) -> str:
    planned: Moment | None = release.dates.planned
    if planned is None:
        return "No date yet"
    return f"{MONTHS[planned.day.month - 1]} {planned.day.year}"
