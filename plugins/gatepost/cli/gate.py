"""`gatepost gate`: go or no-go, what blocks, whose it is, and the smallest fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

import click

from gatepost.cli.command import as_of_option, choose, command, root_option
from gatepost.cli.flags import snapshot_of
from gatepost.cli.gate_text import markdown_report, text_report
from gatepost.content.flag_files.read import with_provider
from gatepost.hosts.press import read_book
from gatepost.hosts.sites import find_sites
from gatepost.model.book import Book
from gatepost.model.finding import Finding, GatepostError
from gatepost.model.phase import KEYS, PhaseKey
from gatepost.model.registry import Registry
from gatepost.model.release import Release
from gatepost.outputs.assemble import Bodies
from gatepost.outputs.examine import examine
from gatepost.outputs.gate_report import gate_json
from gatepost.process.terms import Terms
from gatepost.process.verdict import Verdict, is_upcoming, verdict

Rows = tuple[tuple[Release, Verdict], ...]


@command(
    "gate",
    "gatepost gate",
    "gatepost gate faster-export",
    "gatepost gate faster-export --for rolling-out --format markdown",
    "gatepost gate faster-export --flags exports/production.json",
    "gatepost gate --format json",
)
@click.argument("entry_id", metavar="[ID]", required=False)
@root_option
@click.option(
    "--for",
    "phase",
    metavar="PHASE",
    help="Ask whether it may enter this phase: rolling-out, for example. All that the gates before "
    "it ask must hold.",
)
@click.option(
    "--flags",
    "flags",
    metavar="FILE",
    help="Compare flags with this file or folder of the provider, not with the one that "
    "content/registry.yml names: for an export a pipeline has just made.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="text for people, json for scripts, markdown for a comment on a pull request.",
)
@as_of_option
def gate_command(
    *,
    entry_id: str | None,
    root: Path,
    phase: str | None,
    flags: str | None,
    form: str,
    as_of: datetime,
) -> None:
    """Say go or no-go, what blocks, and the smallest fix.

    Without ID all upcoming releases are judged. Ends with 0 when all of them may go, with 1 when
    one may not. A release that has nothing to show yet is not due, which is no fault.
    `gatepost schema gate` prints the shape of the json report.
    """
    court = Court.open(root, as_of, flags)
    # An empty word is a variable that was not set, in a script that waits for an answer.
    unasked = phase is None or court.unusable
    into = None if unasked else phase_of(phase or "", court.book.registry)
    chosen = court.upcoming() if entry_id is None else court.pick(entry_id)
    rows = tuple((release, court.judge(release, into)) for release in chosen)
    unread = court.unread(entry_id)
    if form == "json":
        click.echo(gate_json(rows, court.terms, unread), nl=False)
    elif form == "markdown":
        click.echo(markdown_report(rows, unread, court.terms.flags), nl=False)
    else:
        click.echo(text_report(rows, unread, court.terms.flags), nl=False)
    blocked = any(found.value == "no-go" for _, found in rows)
    raise SystemExit(int(blocked or bool(unread)))


@dataclass(frozen=True)
class Court:
    """A project's releases, and what they are judged by."""

    book: Book
    findings: tuple[Finding, ...]
    terms: Terms

    @classmethod
    def open(cls, root: Path, as_of: datetime, flags: str | None = None) -> Court:
        """Read and examine the content of a project.

        Args:
            root: Its folder.
            as_of: The clock.
            flags: A file of the provider other than the registry's.

        Raises:
            GatepostError: There is no such file.
        """
        site = find_sites(root)[0]
        book = with_provider(read_book(site, as_of, site.host), site.settings.content)
        known = book.provider if flags is None else snapshot_of(flags, root)
        terms = Terms.of(book.registry, as_of, releases=book.releases, provider=known)
        return cls(book, examine(book, Bodies()), terms)

    def judge(self, release: Release, into: PhaseKey | None = None) -> Verdict:
        """The verdict on one release."""
        found = self._by_path.get(release.source.path, ())
        return verdict(release, self.terms, found, into)

    @cached_property
    def _by_path(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for one in self.findings:
            found.setdefault(one.place.path, []).append(one)
        return found

    def upcoming(self) -> tuple[Release, ...]:
        """Every release that is still on its way, soonest first, undated last."""
        if self.unusable:
            return ()
        found = [one for one in self.book.releases if is_upcoming(one)]
        return tuple(sorted(found, key=_soonest))

    def pick(self, entry_id: str) -> tuple[Release, ...]:
        """The release of that id; nothing if its file, or the registry, cannot be used.

        Raises:
            GatepostError: There is none, with what was probably meant.
        """
        if not entry_id.strip():
            msg = "the id is empty: name a release, for example gatepost gate faster-export"
            raise GatepostError(msg)
        if self.unusable:
            return ()
        if release := self.book.by_id.get(entry_id):
            return (release,)
        if self.unread(entry_id):
            return ()
        choose(entry_id, self.book.by_id, "release", "gatepost gate")
        raise GatepostError(entry_id)

    @cached_property
    def unusable(self) -> tuple[Finding, ...]:
        """Errors of the registry: without it every other word about an entry misleads."""
        return tuple(
            one
            for one in self.findings
            if one.level == "error" and one.place.path == self.book.registry_path
        )

    def unread(self, entry_id: str | None) -> tuple[Finding, ...]:
        """Errors of files that no release could be made of: their verdict cannot be computed."""
        read = {release.source.path for release in self.book.releases}
        if self.unusable:
            return self.unusable
        return tuple(
            one
            for one in self.findings
            if one.level == "error"
            and one.place.path not in read
            and (entry_id is None or _names(one.place.path, entry_id))
        )


def _names(path: str, entry_id: str) -> bool:
    """Whether a file is probably the one of an id."""
    file = PurePosixPath(path)
    return entry_id in {file.stem, file.parent.name}


def _soonest(release: Release) -> tuple[float, str]:
    planned = release.dates.planned
    return planned.at.timestamp() if planned else float("inf"), release.id


def phase_of(said: str, registry: Registry) -> PhaseKey:
    """The phase of that name, the organisation's own names included.

    Raises:
        GatepostError: There is none, with those there are.
    """
    if not said.strip():
        msg = f"the phase is empty: write one of {', '.join(KEYS)}"
        raise GatepostError(msg)
    names: dict[str, PhaseKey] = {key: key for key in KEYS}
    for key, row in registry.phases.items():
        names |= dict.fromkeys((*_words(row.aliases), *_words((row.label,))), key)
    word = said.strip().casefold()
    return names[choose(word, names, "phase", "--for", listed=KEYS)]


def _words(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names if name)
