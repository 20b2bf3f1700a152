"""The internal site's own pages: readiness board, a readiness page per release, the flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from itertools import groupby

from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.model.moment import MONTHS, Moment
from gatepost.model.phase import PHASES
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.desk_tables import tables
from gatepost.outputs.edition import Site
from gatepost.outputs.templates import render
from gatepost.outputs.views import (
    ActRow,
    Badge,
    Blocker,
    BoardGroup,
    BoardRow,
    BoardView,
    FlagRow,
    FlagsView,
    Link,
    ReadinessView,
)
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.readiness import Answer, Dimension, Value, Verdict, verdict

READINESS = "readiness/"
FLAGS = "flags/"
VERDICTS: dict[Value, tuple[Badge, str]] = {
    "go": (Badge("go", "disc-tick", "Go"), "go"),
    "go-with-waivers": (Badge("warn", "triangle-alert", "Go with waivers"), "warn"),
    "no-go": (Badge("nogo", "octagon-x", "No-go"), "nogo"),
    "not-due": (Badge("line", "ring", "Not due"), "open"),
}
STATES = {
    "at-risk": Badge("warn", "triangle-alert", "At risk"),
    "blocked": Badge("red", "octagon-x", "Blocked"),
    "on-hold": Badge("grey", "dash", "On hold"),
    "rolled-back": Badge("red", "undo", "Rolled back"),
    "withdrawn": Badge("red", "undo", "Withdrawn"),
}
DIMENSIONS: tuple[tuple[Dimension, str], ...] = (
    ("technical", "Technical"),
    ("customer", "Customer"),
    ("business", "Business"),
)
_OVER = frozenset({"withdrawn", "cancelled", "done"})


class Desk:
    """Everything the internal pages are made of: the book, its findings, a verdict per release."""

    def __init__(self, site: Site, book: Book, findings: tuple[Finding, ...]) -> None:
        """Judge every release once."""
        self.site = site
        self.book = book
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.place.path, []).append(finding)
        groups = book.registry.seen_by(site.reader)
        self.releases = tuple(
            release for release in book.releases if groups & set(release.audience)
        )
        self.verdicts: Mapping[str, Verdict] = {
            release.id: verdict(
                release, book.registry, by_path.get(release.source.path, ()), book.as_of
            )
            for release in self.releases
        }

    def pages(self) -> Iterator[PageArtifact]:
        """The board, the flags, and a readiness page per release."""
        yield self.board()
        yield self.flags()
        for release in self.releases:
            yield self.readiness(release)

    def links(self) -> dict[str, tuple[Link, ...]]:
        """For each release page: where its readiness and its source stand."""
        return {release.id: self._links_of(release) for release in self.releases}

    def _links_of(self, release: Release) -> tuple[Link, ...]:
        readiness = Link("Readiness", f"{ROOT}releases/{release.id}/readiness/")
        source = self._release_file(release)
        return (readiness, *((source,) if source else ()))

    def _release_file(self, release: Release) -> Link | None:
        source = self.source(release.at("phase"))
        return replace(source, text="Release file") if source else None

    def source(self, place: Place) -> Link | None:
        """The exact line of the source file, if the site says where sources are."""
        if not self.site.source_url:
            return None
        href = self.site.source_url.replace("{path}", place.path)
        return Link(
            f"{place.path}:{place.line}", href.replace("{line}", str(place.line))
        )

    @property
    def upcoming(self) -> tuple[Release, ...]:
        """What is still on its way, soonest first, undated last."""
        found = [one for one in self.releases if self._is_upcoming(one)]
        return tuple(sorted(found, key=lambda one: (_planned(one), one.id)))

    def _is_upcoming(self, release: Release) -> bool:
        return release.at_phase.column != "shipped" and release.state not in _OVER

    def summary(self) -> tuple[Link, ...]:
        """Doors for the home page of the internal site."""
        counts = [self.verdicts[one.id].value for one in self.upcoming]
        stop = counts.count("no-go")
        flags = sum(len(one.flags) for one in self.releases)
        return (
            Link(
                "Readiness board",
                f"{ROOT}{READINESS}",
                f"{stop} of {len(counts)} blocked",
            ),
            Link("Flags", f"{ROOT}{FLAGS}", counted(flags, "flag", "flags")),
        )

    def board(self) -> PageArtifact:
        """Every upcoming release with its verdict, then who has to act."""
        rows = self.upcoming
        values = [self.verdicts[one.id].value for one in rows]
        go, stop = (
            values.count("go") + values.count("go-with-waivers"),
            values.count("no-go"),
        )
        groups = tuple(
            BoardGroup(label, counted(len(members), "release", "releases"), members)
            for label, members in (
                (label, tuple(self._row(one) for one in group))
                for label, group in groupby(rows, key=_month)
            )
        )
        acts = tuple(act for one in rows for act in self._acts(one))
        view = BoardView(
            title="Readiness board",
            lead="Nothing is on its way."
            if not rows
            else f"{go} of {counted(len(rows), 'release', 'releases')} can go, {stop} cannot. "
            f"{counted(len(acts), 'blocker stands', 'blockers stand')} in the way.",
            groups=groups,
            acts=acts,
            taken=self.taken,
            empty="" if rows else "No release is planned.",
        )
        draw = partial(render, "readiness_board.html", view)
        return PageArtifact(
            READINESS,
            view.title,
            view.lead,
            draw,
            READINESS,
            text="go no-go board",
            wide=True,
        )

    @property
    def taken(self) -> str:
        """When the data was taken."""
        at = self.book.as_of
        return f"As of {day(Moment(at), self.site.zone).text}, {at:%H:%M} UTC"

    def _row(self, release: Release) -> BoardRow:
        found = self.verdicts[release.id]
        due = [one for one in found.answers if one.due]
        left = len(found.blockers) + len(found.errors)
        planned = release.dates.planned
        return BoardRow(
            href=f"{ROOT}releases/{release.id}/readiness/",
            title=release.title_internal or plain(release.title),
            version=release.version,
            owner=release.roles.get("pm", "no owner"),
            verdict=self._badge(found),
            note=f"{left} of {len(due) + len(found.errors)} open",
            day=day(planned, self.site.zone) if planned else None,
            when=_distance(planned, self.book.as_of) if planned else "no date",
            phase=self._phase_label(release),
            step=release.at_phase.order + 1,
            steps=len(PHASES) - 1,
            scores=tuple(self._score(found, key, label) for key, label in DIMENSIONS),
            rollback=_rollback_word(release, self.site.zone),
            flags=counted(len(release.flags), "flag", "flags")
            if release.flags
            else "None",
            state=STATES.get(release.state),
        )

    def _phase_label(self, release: Release) -> str:
        own = self.book.registry.phases.get(release.phase)
        return (own.label if own else "") or release.at_phase.label

    def _badge(self, found: Verdict) -> Badge:
        badge, _ = VERDICTS[found.value]
        count = len(found.blockers) + len(found.errors)
        if found.value != "no-go" or not count:
            return badge
        return Badge(
            badge.kind, badge.icon, f"No-go, {counted(count, 'blocker', 'blockers')}"
        )

    def _score(
        self, found: Verdict, key: Dimension, label: str
    ) -> tuple[str, str, str]:
        done, asked = found.score(key)
        rows = [one for one in found.answers if one.check.dimension == key]
        blocked = any(one in found.blockers for one in rows)
        if not asked:
            return label, "n/a", "none"
        state = (
            "no" if blocked else "ok" if done == asked else "half" if done else "open"
        )
        return label, f"{done}/{asked}", state

    def _acts(self, release: Release) -> Iterator[ActRow]:
        found = self.verdicts[release.id]
        planned = release.dates.planned
        when = day(planned, self.site.zone) if planned else None
        link = Link(plain(release.title), f"{ROOT}releases/{release.id}/readiness/")
        for one in found.blockers:
            yield ActRow(
                one.owner,
                inline(f"{one.check.asks}: {one.check.fix}"),
                link,
                one.check.id,
                when,
            )
        for finding in found.errors:
            owner = release.roles.get("pm", "pm")
            yield ActRow(owner, inline(finding.sentence), link, finding.code, when)

    def readiness(self, release: Release) -> PageArtifact:
        """Go or no-go for one release, and the exact reasons."""
        found = self.verdicts[release.id]
        badge, tone = VERDICTS[found.value]
        planned = release.dates.planned
        products = ", ".join(
            self.book.registry.name_of(key) for key in release.products
        )
        facts = (release.version, products, release.roles.get("pm", ""))
        view = ReadinessView(
            crumb=Link("Readiness", f"{ROOT}{READINESS}"),
            title=release.title_internal or plain(release.title),
            sub=" · ".join(fact for fact in facts if fact),
            verdict=self._badge(found) if found.value == "no-go" else badge,
            tone=tone,
            sentence=self._sentence(release, found),
            day=day(planned, self.site.zone) if planned else None,
            when=_distance(planned, self.book.as_of) if planned else "no date",
            blockers=tuple(self._blockers(release, found)),
            steps=tuple(_steps(release)),
            public=Link("Release page", f"{ROOT}releases/{release.id}/"),
            source=self._release_file(release),
            tables=tables(release, self.site.zone, found),
            inherited=tuple(sorted(release.source.inherited.items())),
            taken=self.taken,
        )
        return PageArtifact(
            path=f"releases/{release.id}/readiness/",
            title=f"Readiness: {view.title}",
            description=view.sentence,
            draw=partial(render, "readiness.html", view),
            section=READINESS,
            text=f"{view.title} {release.id} readiness rollback flags",
        )

    def _sentence(self, release: Release, found: Verdict) -> str:
        done = sum(one.done or bool(one.waived) for one in found.answers)
        gate = release.at_phase.exit_gate
        state = (
            f" It is {release.state.replace('-', ' ')}."
            if release.state in STATES
            else ""
        )
        return f"{done} of {len(found.answers)} checks are done. This gate asks: {gate}.{state}"

    def _blockers(self, release: Release, found: Verdict) -> Iterator[Blocker]:
        for one in found.blockers:
            yield self._blocker(release, one, warn=False)
        for finding in found.findings:
            yield Blocker(
                what=inline(finding.sentence),
                why=f"{finding.code} at {finding.place}",
                fix=inline(finding.fix),
                owner=release.roles.get("pm", "pm"),
                rule=finding.code,
                source=self.source(finding.place),
                warn=finding.level != "error",
            )
        for one in found.answers:
            if one.due and one.waived and not one.done:
                yield self._blocker(release, one, warn=True)

    def _blocker(self, release: Release, one: Answer, *, warn: bool) -> Blocker:
        field = one.check.field.split(".")
        return Blocker(
            what=inline(
                f"Not shown yet: {one.check.asks[0].lower()}{one.check.asks[1:]}"
            ),
            why=one.waived or f"Asked before leaving {one.check.gate}",
            fix=inline(one.check.fix),
            owner=one.owner,
            rule=one.check.id,
            source=self.source(release.at(*field)),
            warn=warn,
        )

    def flags(self) -> PageArtifact:
        """Every flag that a release of the book stands behind."""
        holders: dict[str, list[Release]] = {}
        for release in self.releases:
            for flag in release.flags:
                holders.setdefault(flag.key, []).append(release)
        rows = tuple(self._flag(key, holders[key]) for key in sorted(holders))
        late = sum(bool(row.overdue) for row in rows)
        view = FlagsView(
            title="Flags",
            lead=f"{counted(len(rows), 'flag', 'flags')} in the releases, {late} past the date "
            "they should be gone.",
            rows=rows,
            empty="" if rows else "No release declares a flag.",
            taken=self.taken,
        )
        text = " ".join(row.key for row in rows)
        draw = partial(render, "flags.html", view)
        return PageArtifact(
            FLAGS, view.title, view.lead, draw, FLAGS, text=text, wide=True
        )

    def _flag(self, key: str, releases: list[Release]) -> FlagRow:
        flag = next(one for one in releases[-1].flags if one.key == key)
        until = flag.remove_by
        late = until is not None and until.at < self.book.as_of
        return FlagRow(
            key=key,
            anchor=f"flag-{key}",
            purpose=flag.purpose,
            owner=flag.owner or "no owner",
            default=flag.default,
            safe=flag.safe_value,
            kill_switch="Yes" if flag.kill_switch else "No",
            remove_by=day(until, self.site.zone) if until else None,
            overdue=_distance(until, self.book.as_of) if until and late else "",
            releases=tuple(
                Link(plain(one.title), f"{ROOT}releases/{one.id}/readiness/")
                for one in releases
            ),
        )


def _planned(release: Release) -> str:
    planned = release.dates.planned
    return planned.at.isoformat() if planned else "9999"


def _month(release: Release) -> str:
    planned = release.dates.planned
    return (
        f"{MONTHS[planned.day.month - 1]} {planned.day.year}"
        if planned
        else "No date yet"
    )


def _distance(moment: Moment, as_of: datetime) -> str:
    """`in 18 days`, `today`, `overdue by 3 days`: for colleagues only."""
    days = (moment.day - as_of.astimezone(moment.at.tzinfo).date()).days
    if days == 0:
        return "today"
    words = counted(abs(days), "day", "days")
    return f"in {words}" if days > 0 else f"overdue by {words}"


def _rollback_word(release: Release, zone: tzinfo) -> str:
    plan = release.rollback
    if plan is None:
        return "Not yet"
    if plan.tested is None:
        return "Not rehearsed"
    return f"Rehearsed {day(plan.tested.on, zone).text}"


def _steps(release: Release) -> Iterator[tuple[str, str, str]]:
    now = release.at_phase.order
    for phase in PHASES[:-1]:
        state = "d" if phase.order < now else "c" if phase.order == now else ""
        yield phase.label, state, "now" if state == "c" else ""
