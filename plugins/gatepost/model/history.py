"""What version control remembers of the entries: facts, handed in by whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Change = Literal["added", "changed", "moved", "removed", "boundary"]
"""What a commit did to a file; *boundary*: it stands where a shallow copy of the history begins,
so the file may be older."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a file said about its release at one time, as far as it is followed."""

    phase: str = ""
    """As written; empty if it said nothing that can be read."""
    state: str = ""
    planned: str = ""
    """The planned date, as written."""
    scope: tuple[str, ...] = ()
    """What was in scope, as written."""
    frozen_on: str = ""
    """When the scope was closed, as written."""


NOTHING = Snapshot()


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit, as far as it touched one entry."""

    commit: str
    """Its full name."""
    at: datetime
    """When it was written (the author's time); aware, UTC."""
    author: str
    """The author's name, without an address."""
    subject: str
    """First line of the message."""
    path: str
    """Of the file after the commit, relative to the project's root."""
    change: Change
    before: Snapshot = NOTHING
    after: Snapshot = NOTHING
    fields: tuple[str, ...] = ()
    """Front-matter fields that differ, sorted; `body` for the text below."""


@dataclass(frozen=True, slots=True)
class History:
    """The revisions of every entry, or why there are none."""

    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    """By entry id, oldest first."""
    missing: str = ""
    """Why nothing could be read, as a sentence without a full stop; empty if it could."""
    fix: str = ""
    """What to do about it; also about a shallow copy."""
    shallow: bool = False
    """Whether older commits were left out when the repository was copied."""

    def of(self, release_id: str) -> tuple[Revision, ...]:
        """The revisions of one entry, oldest first."""
        return self.revisions.get(release_id, ())


UNREAD = History(missing="the history was not asked for")
