"""What the internal site's own pages are made of: the book, its findings, a verdict per release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar, cast

from gatepost.model.book import Book
from gatepost.model.finding import Finding, Place
from gatepost.model.moment import Moment
from gatepost.model.phase import Phase
from gatepost.model.release import Release
from gatepost.outputs.artifact import ROOT
from gatepost.outputs.edition import Site
from gatepost.outputs.views import Link
from gatepost.outputs.words import counted, day
from gatepost.process.terms import Terms
from gatepost.process.verdict import Verdict, is_upcoming, verdict

Shared = TypeVar("Shared")
READINESS = "readiness/"
FLAGS = "flags/"


class Desk:
    """Everything the internal pages are made of: the book, its findings, a verdict per release."""

    def __init__(self, site: Site, book: Book, findings: tuple[Finding, ...]) -> None:
        """Judge every release once."""
        self.site = site
        self.book = book
        self.terms = Terms.of(
            book.registry,
            book.as_of,
            releases=book.releases,
            provider=book.provider,
        )
        self._shared: dict[Callable[[Desk], object], object] = {}
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.place.path, []).append(finding)
        groups = book.registry.seen_by(site.reader)
        self.releases = tuple(
            release for release in book.releases if groups & set(release.audience)
        )
        self.verdicts: Mapping[str, Verdict] = {
            release.id: verdict(
                release, self.terms, by_path.get(release.source.path, ())
            )
            for release in self.releases
        }

    def shared(self, make: Callable[[Desk], Shared]) -> Shared:
        """What several pages are made of: made when it is first asked for, once."""
        if make not in self._shared:
            self._shared[make] = make(self)
        return cast("Shared", self._shared[make])

    def links(self) -> dict[str, tuple[Link, ...]]:
        """For each release page: where its readiness and its source stand."""
        return {release.id: self._links_of(release) for release in self.releases}

    def _links_of(self, release: Release) -> tuple[Link, ...]:
        here = f"{ROOT}releases/{release.id}/"
        source = self.release_file(release)
        return (
            Link("Readiness", f"{here}readiness/"),
            Link("Support brief", f"{here}support/"),
            Link("Rollback", f"{here}rollback/"),
            Link("Audit trail", f"{here}trail/"),
            *((source,) if source else ()),
        )

    def release_file(self, release: Release) -> Link | None:
        """The file a release is written in."""
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
        found = [one for one in self.releases if is_upcoming(one)]
        return tuple(sorted(found, key=lambda one: (_planned(one), one.id)))

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
            Link("Calendar", f"{ROOT}calendar/", "windows, freezes, collisions"),
            Link("Flags", f"{ROOT}{FLAGS}", counted(flags, "flag", "flags")),
            Link("Support", f"{ROOT}support/", "find a release by its symptom"),
            Link("Metrics", f"{ROOT}metrics/", "how often, how safely, how soon"),
            Link("Checklists", f"{ROOT}checklists/", "what the gate asks"),
        )

    @property
    def taken(self) -> str:
        """When the data was taken."""
        at = self.book.as_of
        return f"As of {day(Moment(at), self.site.zone).text}, {at:%H:%M} UTC"

    def phase_label(self, release: Release) -> str:
        """What the organisation calls the phase a release is in."""
        return self.label_of(release.at_phase)

    def label_of(self, phase: Phase) -> str:
        """What the organisation calls a phase."""
        own = self.book.registry.phases.get(phase.key)
        return (own.label if own else "") or phase.label


def _planned(release: Release) -> float:
    planned = release.dates.planned
    return planned.at.timestamp() if planned else float("inf")
