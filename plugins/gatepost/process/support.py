"""What support asks about a release: who had it when, and what it answers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from gatepost.model.moment import Moment
from gatepost.model.release import Release, State

ALL = 100
TAKEN_BACK: frozenset[State] = frozenset({"rolled-back", "withdrawn", "cancelled"})
_PATH = re.compile(r"/v\d+(?:/[\w{}:.~-]+)+")
_CODE = re.compile(r"`([^`\n]{2,80})`")
_NAME = re.compile(r"[\w.-]*[\w]")


@dataclass(frozen=True, slots=True)
class Held:
    """Who had a release from a moment on."""

    since: Moment
    share: int
    """Percent of accounts; 0 is nobody, or only those who were invited."""
    who: str
    """In words, such as `EU accounts` or `Invited accounts`; may be empty."""
    taken_back: bool = False
    """Whether it was rolled back or withdrawn at that moment."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a release at a moment."""

    at: Moment
    what: str


def history(release: Release, as_of: datetime) -> tuple[Held, ...]:
    """Who had the release since when, oldest first; nothing of it lies after *as_of*.

    The last of them says the same share as `exposure`. Before it is released at all, an invited
    circle may already have it.
    """
    back = release.state_on if release.state in TAKEN_BACK else None
    steps = [
        one
        for one in (*_invited(release), *_reached(release, as_of))
        if one.since.at <= as_of and not (back and one.since.at >= back.at)
    ]
    if steps and release.state in TAKEN_BACK:
        steps.append(Held(back or steps[-1].since, 0, "", taken_back=True))
    steps.sort(key=lambda one: one.since.at)
    return tuple(
        one
        for one, later in pairwise((*steps, None))
        if one is not None
        and (later is None or later.since.at > one.since.at or later.share < one.share)
    )


def _invited(release: Release) -> Iterator[Held]:
    for step in release.stages:
        if step.stage == "private-preview" and step.from_date:
            yield Held(step.from_date, 0, "Invited accounts")


def _reached(release: Release, as_of: datetime) -> Iterator[Held]:
    """Every step of the rollout that was reached."""
    dates = release.dates
    first = dates.exposed or dates.deployed or dates.published
    taken = release.state in TAKEN_BACK
    if not release.at_phase.released and not (taken and first):
        return
    rings = release.deployment.rings if release.deployment else ()
    reached = [ring for ring in rings if ring.on and ring.on.at <= as_of]
    last = first
    for ring in sorted(reached, key=lambda one: one.share):
        if ring.on is None:
            continue
        # A ring is dated by the day; the first customers may be known to the minute.
        same = first is not None and first.timed and first.day == ring.on.day
        last = first if same and first else ring.on
        yield Held(last, ring.share, ring.wording)
    full = any(ring.share == ALL for ring in reached)
    whole = not rings or (release.at_phase.column == "shipped" and not full)
    if whole and last and not (taken and rings):
        yield Held(last, ALL, "")


def happenings(release: Release) -> tuple[Happening, ...]:
    """Deployments and incidents of a release, oldest first."""
    return tuple(sorted(_happenings(release), key=lambda one: (one.at.at, one.what)))


def _happenings(release: Release) -> Iterator[Happening]:
    for record in release.deployments:
        version = f" of {record.version}" if record.version else ""
        result = record.result.replace("-", " ")
        yield Happening(record.at, f"deployment{version} to {record.env} {result}")
    for incident in release.incidents:
        yield Happening(incident.started_at, f"incident {incident.id} began")
        if incident.restored_at:
            yield Happening(incident.restored_at, f"incident {incident.id} was over")


def endpoints(release: Release) -> tuple[str, ...]:
    """Addresses of the API that the release's texts name, such as `/v1/invoices/{id}`."""
    return _found(_PATH, release)


def code_words(release: Release) -> tuple[str, ...]:
    """Names its texts set as code: fields, errors, settings. Addresses and flags are not among."""
    apart = {flag.key for flag in release.flags}
    return tuple(
        word
        for word in _found(_CODE, release)
        if "/" not in word and word not in apart and _NAME.search(word)
    )


def _found(pattern: re.Pattern[str], release: Release) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for text in _texts(release):
        for match in pattern.finditer(text):
            words[(match[1] if pattern.groups else match[0]).rstrip(".:")] = None
    return tuple(words)


def _texts(release: Release) -> Iterator[str]:
    yield from (release.title, release.summary, release.what, release.who)
    yield from (release.action, release.impact, release.body.whole)
    said = release.support
    if said:
        yield said.summary
        yield from said.symptoms
        for answer in said.faq:
            yield from (answer.q, answer.a)
    for issue in release.known_issues:
        yield from (issue.text, issue.workaround)
