"""A small project in a real git repository whose commits are dated by the test."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from small_project import AS_OF, Project

from gatepost.content.load import load
from gatepost.hosts.git_history import read_history
from gatepost.model.book import Book
from gatepost.model.history import History

RELEASES = "content/releases"


class Repository(Project):
    """Writes entries and commits them on a day."""

    def __init__(self, root: Path) -> None:
        """Begin a repository with the project's own files outside its history."""
        super().__init__(root)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Release desk")
        self.git("config", "user.email", "desk@harbour.example")

    def git(self, *words: str, at: str = "2026-01-01T00:00:00Z") -> str:
        """Call git at a time."""
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        call = ["git", "-C", str(self.root), *words]
        done = subprocess.run(
            call,
            capture_output=True,
            check=True,
            env={**os.environ, **dates, "GIT_CONFIG_GLOBAL": os.devnull},
        )
        return done.stdout.decode("utf-8", "replace")

    def commit(self, at: str, subject: str = "Work") -> None:
        """Commit everything there is below the content folder."""
        self.git("add", "--all", "content")
        self.git("commit", "--quiet", "--allow-empty", "-m", subject, at=at)

    def history(self, root: Path | None = None, as_of: datetime = AS_OF) -> History:
        """What is read from it, or from a copy of it."""
        return read_history(root or self.root, RELEASES, as_of=as_of)

    def book(self, as_of: datetime = AS_OF, *, history: bool = True) -> Book:
        """The entries, with their history unless told otherwise."""
        found = load(self.root, "content", as_of=as_of, host="harbour.example")
        assert found.findings == ()
        return replace(found, history=self.history(as_of=as_of)) if history else found


def utc(text: str) -> datetime:
    """A time in UTC, such as `2026-11-04T08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
