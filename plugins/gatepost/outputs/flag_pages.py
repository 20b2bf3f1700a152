"""The flag register: its page and views, a page for each flag, and the same as files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property, partial

from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.desk import Desk
from gatepost.outputs.flag_files import flags_csv, flags_json
from gatepost.outputs.flag_lines import VIEWS, FlagLine, here, there
from gatepost.outputs.flag_page import PURPOSES, flag_csv, flag_view, without_end
from gatepost.outputs.flag_views import FlagRow, FlagsView
from gatepost.outputs.templates import render
from gatepost.outputs.views import Callout, Chip, Link
from gatepost.outputs.words import counted, day, inline, plain
from gatepost.process.flag_drift import Comparison, compare
from gatepost.process.flag_record import days_over
from gatepost.process.flags import register

FLAGS = "flags/"
CSV, JSON = f"{FLAGS}flags.csv", "api/v1/flags.json"
MOST_ROWS = 500
"""Rows on one page; the files hold all."""
MOST_NOTES = 20
"""Faults of the provider's file on one page."""
_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_MARKED = re.compile(r".*-[0-9a-f]{8}")


def flag_slug(key: str) -> str:
    """The folder of a flag's page: stable, and safe in any address and on any disk.

    A key of small letters, digits and hyphens is its own folder. Any other key keeps its letters
    for people, with eight digits of its hash for machines: `Checkout.v2` and `checkout/v2` differ.
    """
    if _PLAIN.fullmatch(key) and not _MARKED.fullmatch(key) and key != "view":
        return key
    words = re.sub(r"[^a-z0-9]+", "-", key.lower())[:40].strip("-")
    mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{words or 'flag'}-{mark}"


def flag_href(key: str) -> str:
    """Where the page of a flag stands."""
    return f"{ROOT}{FLAGS}{flag_slug(key)}/"


def flag_pages(desk: Desk) -> Iterator[Artifact]:
    """The register, its views, a page for each flag, and the files."""
    pages = _FlagPages(desk)
    for name, label, shows in VIEWS:
        yield pages.list_page(name, label, shows)
    for line in pages.lines:
        yield from pages.flag_page(line)
    yield FileArtifact(CSV, lambda: flags_csv(pages.found).encode())
    yield FileArtifact(JSON, lambda: flags_json(pages.found).encode())


def compared(desk: Desk) -> Comparison:
    """The flags of the releases that colleagues of this site may see, beside the provider's.

    A flag that only a release they may not see declares is not called undeclared.
    """
    found = compare(register(desk.releases, desk.book.as_of), desk.book.provider)
    known = {flag.key for release in desk.book.releases for flag in release.flags}
    drifts = tuple(
        one for one in found.drifts if one.kind != "undeclared" or one.key not in known
    )
    return replace(found, drifts=drifts)


class _FlagPages:
    """The pages of one site."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.found = compared(desk)

    @cached_property
    def lines(self) -> tuple[FlagLine, ...]:
        records = self.found.register.by_key
        keys = (*records, *self.found.undeclared)
        lines = (
            FlagLine(
                key,
                records.get(key),
                self.found.theirs.get(key),
                self.found.drifts_of(key),
            )
            for key in keys
        )
        return tuple(sorted(lines, key=lambda one: one.order))

    def list_page(
        self, name: str, label: str, shows: Callable[[FlagLine], bool]
    ) -> PageArtifact:
        view = self._list_view(name, label, shows)
        path = f"{FLAGS}view/{name}/" if name else FLAGS
        text = "" if name else " ".join(one.key for one in self.lines[:MOST_ROWS])
        return PageArtifact(
            path=path,
            title=view.title,
            description=view.lead,
            draw=partial(render, "flags.html", view),
            section=FLAGS,
            text=text,
            wide=True,
        )

    def _list_view(
        self, name: str, label: str, shows: Callable[[FlagLine], bool]
    ) -> FlagsView:
        lines = [one for one in self.lines if shows(one)]
        rows = tuple(self._row(one) for one in lines[:MOST_ROWS])
        return FlagsView(
            title=f"Feature flags: {label.lower()}" if name else "Feature flags",
            lead=self._lead,
            files=(Link("CSV", f"{ROOT}{CSV}"), Link("JSON", f"{ROOT}{JSON}")),
            chips=tuple(self._chips(name)),
            notes=tuple(self._notes()),
            source=self._source,
            compared=self.found.provider is not None,
            rows=rows,
            shown=f"{len(rows):,} of {len(lines):,} shown; the files hold all."
            if len(lines) > len(rows)
            else "",
            empty="" if rows else self._empty(name, label),
            searchable=len(rows) > 1,
            taken=self.desk.taken,
        )

    @cached_property
    def _lead(self) -> str:
        records = self.found.register.flags
        late = sum(one.has("past-date") for one in records)
        ownerless = sum(not one.owner for one in records)
        differing = sum(bool(one.drifts) for one in self.lines)
        parts = (
            f"{differing} differ from the provider" if self.found.provider else "",
            f"{late} past the day of removal",
            f"{ownerless} without an owner",
        )
        said = ", ".join(part for part in parts if part)
        return f"{counted(len(self.lines), 'flag', 'flags')}: {said}."

    def _chips(self, current: str) -> Iterator[Chip]:
        for name, label, shows in VIEWS:
            href = f"{ROOT}{FLAGS}view/{name}/" if name else f"{ROOT}{FLAGS}"
            count = sum(map(shows, self.lines))
            yield Chip(label, count, href, current=name == current)

    def _notes(self) -> Iterator[Callout]:
        findings = self.found.provider.findings if self.found.provider else ()
        for one in findings[:MOST_NOTES]:
            link = self.desk.source(one.place)
            yield Callout(
                tone="amber",
                icon="triangle-alert",
                lead_html=inline(f"{one.place}: {one.sentence}."),
                text_html=inline(f"Fix: {one.fix}."),
                links=(link,) if link else (),
            )
        more = len(findings) - MOST_NOTES
        if more > 0:
            words = inline("`gatepost flags --drift` lists all.")
            yield Callout("amber", "triangle-alert", inline(f"{more:,} more."), words)

    @cached_property
    def _source(self) -> str:
        provider = self.found.provider
        if provider is None:
            return "No provider's file is configured, so nothing is compared."
        form = f" ({provider.format})" if provider.format else ""
        count = counted(len(provider.flags), "flag", "flags")
        return f"Provider: {provider.path}{form}, {count}. Problems first, then by removal date."

    def _empty(self, name: str, label: str) -> str:
        if not self.lines:
            return "No release declares a flag. Declare one under flags: in its entry."
        return f"No flag here: {label.lower()}." if name else ""

    def _row(self, line: FlagLine) -> FlagRow:
        record, zone = line.record, self.desk.site.zone
        until = record.remove_by if record else None
        over = days_over(until, self.desk.book.as_of) if until else 0
        releases = [one.release for one in record.declarations] if record else []
        return FlagRow(
            key=line.key,
            href=flag_href(line.key),
            about=plain(releases[0].title) if releases else "",
            purpose=PURPOSES[record.purpose] if record else "",
            here=here(record),
            source=self._source_of(line),
            there=there(line) if self.found.provider else None,
            owner=line.owner,
            releases=tuple(
                Link(
                    one.version or plain(one.title),
                    f"{ROOT}releases/{one.id}/readiness/",
                )
                for one in releases
            ),
            kill_switch="Yes" if record and record.kill_switch else "No",
            remove_by=day(until, zone) if until else None,
            no_date=without_end(record),
            over=f"{counted(over, 'day', 'days')} over" if over > 0 else "",
            badges=line.badges,
            tone="bad" if line.is_bad else "hot" if line.badges else "",
        )

    def _source_of(self, line: FlagLine) -> Link | None:
        record = line.record
        return self.desk.source(record.declarations[0].at()) if record else None

    def flag_page(self, line: FlagLine) -> Iterator[Artifact]:
        path = f"{FLAGS}{flag_slug(line.key)}/"
        file = f"{path}flag.csv"
        view = flag_view(
            self.desk,
            line.record,
            line.drifts,
            levels=(here(line.record), there(line) if self.found.provider else None),
            theirs=line.theirs,
            badges=line.badges,
            key=line.key,
            files=(Link("CSV", f"{ROOT}{file}"), Link("JSON", f"{ROOT}{JSON}")),
        )
        yield FileArtifact(file, partial(flag_csv, view))
        yield PageArtifact(
            path=path,
            title=f"Flag {line.key}",
            description=view.sub,
            draw=partial(render, "flag.html", view),
            section=FLAGS,
            wide=True,
            text=f"{line.key} {view.sub} flag",
        )
