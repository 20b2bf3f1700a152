"""`/readiness/`: every upcoming release with its verdict, then who has to act."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from markupsafe import Markup

from gatepost.model.phase import PHASES
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, Artifact, PageArtifact
from gatepost.outputs.board_cells import (
    flags_cell,
    freeze_notes,
    freezes_in,
    month_of,
    owners,
    rollback_cell,
    weekday,
)
from gatepost.outputs.board_files import BLOCKERS_CSV, CSV, JSON, board_files
from gatepost.outputs.board_teams import Mark, asked, marks, slugs, teams_of
from gatepost.outputs.calendar_public import CALENDAR
from gatepost.outputs.desk import READINESS, Desk
from gatepost.outputs.gate_views import ActRow, BoardGroup, BoardRow, BoardView
from gatepost.outputs.gate_words import STATES, badge_of, capital, distance
from gatepost.outputs.templates import render
from gatepost.outputs.views import Chip, Link
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.blockers import Blocker
from gatepost.process.verdict import Value, Verdict

NAMES: dict[Value, str] = {
    "no-go": "No-go",
    "go-with-waivers": "Waiver",
    "go": "Go",
    "not-due": "Not due",
}


def board_pages(desk: Desk) -> Iterator[Artifact]:
    """The board, a view of it for each verdict and each team, and the board as files."""
    board = _Board(desk)
    yield board.page(READINESS, "Readiness board", board.rows)
    for value, name in NAMES.items():
        rows = tuple(one for one in board.rows if board.values[one.id] == value)
        title = f"Readiness board: {name.lower()}"
        yield board.page(f"{READINESS}{value}/", title, rows)
    for handle, slug in board.slugs.items():
        rows = tuple(one for one in board.rows if handle in board.teams[one.id])
        title = f"Readiness board: {handle}"
        yield board.page(f"{READINESS}team/{slug}/", title, rows)
    yield from board_files(desk)


class _Board:
    """What all views of the board share."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.rows = desk, desk.upcoming
        self.verdicts = {one.id: desk.verdicts[one.id] for one in self.rows}
        self.values = {key: found.value for key, found in self.verdicts.items()}
        self.teams = {one.id: teams_of(one, self.verdicts[one.id]) for one in self.rows}
        self.slugs = slugs(one for found in self.teams.values() for one in found)
        self._marks = {one.id: self._marks_of(one) for one in self.rows}
        self.heads = tuple(
            one.head
            for number, one in enumerate(next(iter(self._marks.values()), ()))
            if any(row[number].state != "none" for row in self._marks.values())
        )
        self._drawn: dict[str, Markup] = {}
        self._drawn_acts: dict[ActRow, Markup] = {}
        self.acts = tuple(self._all_acts())
        self.notes = tuple(freeze_notes(desk))

    def _marks_of(self, release: Release) -> tuple[Mark, ...]:
        registry = self.desk.book.registry
        return marks(release, self.verdicts[release.id], registry.teams)

    def page(self, path: str, title: str, rows: tuple[Release, ...]) -> PageArtifact:
        """The board, or the part of it that a view shows."""
        lead = self._lead(rows if "/team/" in path else self.rows)
        draw = partial(self._draw, path, title, lead, rows)
        text = "go no-go board" if path == READINESS else ""
        return PageArtifact(path, title, lead, draw, READINESS, text=text, wide=True)

    def _draw(
        self, path: str, title: str, lead: str, rows: tuple[Release, ...]
    ) -> Markup:
        ids = {one.id for one in rows}
        view = BoardView(
            title=title,
            lead=lead,
            base=f"{ROOT}{READINESS}",
            chips=tuple(self._chips(path)),
            teams=tuple(self._team_chips(path)),
            links=(
                Link("Calendar", f"{ROOT}{CALENDAR}"),
                Link("CSV", f"{ROOT}{CSV}"),
                Link("JSON", f"{ROOT}{JSON}"),
            ),
            notes=self.notes,
            heads=self.heads,
            groups=tuple(self._groups(rows)),
            acts=tuple(self._act_of(one) for one in self.acts if one.id in ids),
            act_links=(Link("CSV", f"{ROOT}{BLOCKERS_CSV}"),),
            taken=self.desk.taken,
            empty="" if rows else self._empty(whole=path == READINESS),
        )
        return render("readiness_board.html", view)

    def _lead(self, rows: tuple[Release, ...]) -> str:
        if not rows:
            return "Nothing is on its way."
        values = [self.values[one.id] for one in rows]
        go = values.count("go") + values.count("go-with-waivers")
        stop = values.count("no-go")
        blockers = sum(len(self.verdicts[one.id].blockers) for one in rows)
        total = counted(len(rows), "release", "releases")
        if not stop:
            return f"{go} of {total} can go. No blockers."
        stands = counted(blockers, "blocker stands", "blockers stand")
        others = counted(stop, "other", "others")
        return f"{go} of {total} can go. {stands} in the way of {others}."

    def _empty(self, *, whole: bool) -> str:
        if self.rows and not whole:
            return "No release has this verdict now."
        return "No release is planned."

    def _chips(self, path: str) -> Iterator[Chip]:
        yield Chip("All", len(self.rows), f"{ROOT}{READINESS}", path == READINESS)
        values = list(self.values.values())
        for value, name in NAMES.items():
            at = f"{READINESS}{value}/"
            yield Chip(name, values.count(value), f"{ROOT}{at}", path == at)

    def _team_chips(self, path: str) -> Iterator[Chip]:
        if not self.slugs:
            return
        mine = "/team/" in path
        yield Chip("All teams", len(self.rows), f"{ROOT}{READINESS}", current=False)
        for handle, slug in self.slugs.items():
            count = sum(handle in found for found in self.teams.values())
            at = f"{READINESS}team/{slug}/"
            yield Chip(handle, count, f"{ROOT}{at}", mine and path == at)

    def _groups(self, rows: tuple[Release, ...]) -> Iterator[BoardGroup]:
        freezes = self.desk.book.registry.freezes
        for label, group in groupby(rows, key=month_of):
            members = tuple(group)
            yield BoardGroup(
                label,
                counted(len(members), "release", "releases"),
                freezes_in(members[0], freezes),
                tuple(self._row_of(one) for one in members),
            )

    def _row_of(self, release: Release) -> Markup:
        """Its row, drawn once for all views."""
        if release.id not in self._drawn:
            self._drawn[release.id] = render("board_row.html", self._row(release))
        return self._drawn[release.id]

    def _row(self, release: Release) -> BoardRow:
        desk, found = self.desk, self.verdicts[release.id]
        planned = release.dates.planned
        return BoardRow(
            id=release.id,
            href=f"{ROOT}releases/{release.id}/readiness/",
            title=release.title_internal or plain(release.title),
            version=release.version,
            owner=release.roles.get("pm", "no owner"),
            value=found.value,
            teams=" ".join(self.slugs[one] for one in sorted(self.teams[release.id])),
            verdict=badge_of(found),
            note=_open(release, found),
            owners=owners(found),
            day=weekday(planned, desk) if planned else None,
            when=distance(planned, desk.book.as_of) if planned else "no date",
            late=planned is not None and planned.day < desk.book.as_of.date(),
            phase=desk.phase_label(release),
            step=release.at_phase.order + 1,
            steps=len(PHASES) - 1,
            marks=tuple(
                (one.head, one.done, one.state)
                for one in self._marks[release.id]
                if one.head in self.heads
            ),
            rollback=rollback_cell(release, desk),
            flags=flags_cell(release, desk),
            state=STATES.get(release.state),
        )

    def _act_of(self, row: ActRow) -> Markup:
        """What somebody has to do, drawn once for all views."""
        if row not in self._drawn_acts:
            self._drawn_acts[row] = render("board_act.html", row)
        return self._drawn_acts[row]

    def _all_acts(self) -> Iterator[ActRow]:
        found = [
            (release, one)
            for release in self.rows
            for one in self.verdicts[release.id].blockers
        ]
        for release, one in sorted(found, key=_urgency):
            yield self._act(release, one)

    def _act(self, release: Release, one: Blocker) -> ActRow:
        desk, href = self.desk, f"{ROOT}releases/{release.id}/readiness/"
        return ActRow(
            id=release.id,
            owner=one.owner,
            what=inline(capital(one.what)),
            fix=inline(capital(one.fix)),
            release=Link(release.version or plain(release.title), href),
            rule=one.rule,
            source=desk.source(one.place),
            day=day(one.due, desk.site.zone) if one.due else None,
            late=one.due is not None and one.due.at < desk.book.as_of,
        )


def _urgency(row: tuple[Release, Blocker]) -> tuple[bool, float, str, str, str]:
    release, one = row
    due = one.due.at.timestamp() if one.due else 0.0
    return one.due is None, due, one.owner, release.id, one.rule


def _open(release: Release, found: Verdict) -> str:
    required = asked(release, found)
    left = sum(not one.settled for one in required)
    return f"{left} of {len(required)} open" if required else ""
