"""The history of every entry, read from git once for a build of the internal site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from gatepost.hosts.entry_versions import EMPTY, Version, differing, read_version
from gatepost.hosts.git_log import (
    Commit,
    FileChange,
    GitError,
    commits,
    contents,
    shallow_edges,
)
from gatepost.model.history import Change, History, Revision

MOST_SUBJECT_CHARS = 120
_SUFFIX = ".md"
_CHANGES: dict[str, Change] = {"A": "added", "D": "removed", "R": "moved"}
_REASONS = (
    ("no such file", "git is not installed here", "install git to get the history"),
    (
        "not a git repository",
        "the entries lie in no git repository",
        "keep the project in git, or copy its `.git` folder beside it",
    ),
    (
        "dubious ownership",
        "the repository belongs to another account, so git does not read it",
        "type `git config --global --add safe.directory` and the folder",
    ),
    (
        "does not have any commits",
        "nothing was committed yet",
        "commit the entries to begin their history",
    ),
    (
        "not allowed",
        "the copy of the repository leaves out the contents of old files",
        "type `git fetch --refetch --no-filter`",
    ),
    (
        "promisor",
        "the copy of the repository leaves out the contents of old files",
        "type `git fetch --refetch --no-filter`",
    ),
)
"""What git says, what it means, and what to do."""
_PROMISED = "the promisor keeps the contents"
UNSHALLOW = "type `git fetch --unshallow`, or clone with `fetch-depth: 0`"


def read_history(root: Path, folder: str, *, as_of: datetime) -> History:
    """Read what git remembers of the entries below *folder*.

    Three processes however long the history is; nothing is fetched and nothing is written. An
    entry is followed by its id, and where an old version has none, by its path through renames.

    Args:
        root: The project's root.
        folder: Where entries lie, relative to *root*, such as `content/releases`.
        as_of: The clock of this build; commits after it have not happened yet.

    Returns:
        The revisions, or why there are none. Never an exception: a build does not depend on git.
    """
    try:
        edges = shallow_edges(root)
        log = [one for one in commits(root, folder) if one.at <= as_of]
        rows = [
            (commit, _texts(commit.files))
            for commit in log
            if any(file.path.endswith(_SUFFIX) for file in commit.files)
        ]
        versions = _versions(root, (file for _, files in rows for file in files))
    except (GitError, OSError, UnicodeError) as error:
        return _missing(str(error))
    if not rows:
        return _missing("does not have any commits")
    revisions = _Trails(versions, edges).follow(rows)
    return History(revisions, shallow=bool(edges), fix=UNSHALLOW if edges else "")


def _texts(files: Iterable[FileChange]) -> tuple[FileChange, ...]:
    return tuple(file for file in files if file.path.endswith(_SUFFIX))


def _versions(root: Path, files: Iterable[FileChange]) -> dict[str, Version]:
    names = {name for file in files for name in (file.before, file.after)}
    wanted = sorted(name for name in names if name.strip("0"))
    found = {name: read_version(raw) for name, raw in contents(root, wanted)}
    if wanted and not found:
        raise GitError(_PROMISED)
    return found


def _missing(said: str) -> History:
    low = said.lower()
    for sign, meaning, fix in _REASONS:
        if sign in low:
            return History(missing=meaning, fix=fix)
    words = " ".join(said.split()).removeprefix("fatal: ").rstrip(".")
    return History(
        missing=f"git says: {words[:MOST_SUBJECT_CHARS]}",
        fix="type `git log -- content` in the project's folder to see why",
    )


class _Trails:
    """Follows entries from the newest commit back: an id or a path leads to the id of today."""

    def __init__(self, versions: dict[str, Version], edges: frozenset[str]) -> None:
        self._versions, self._edges = versions, edges
        self._id_of: dict[str, str] = {}
        """Earlier ids, and paths, of an entry: to the id it has today."""
        self._found: dict[str, list[Revision]] = {}

    def follow(
        self, rows: Iterable[tuple[Commit, tuple[FileChange, ...]]]
    ) -> dict[str, tuple[Revision, ...]]:
        for commit, files in rows:
            for file in self._joined(files):
                self._take(commit, file)
        return {key: tuple(reversed(rows)) for key, rows in sorted(self._found.items())}

    def _joined(self, files: tuple[FileChange, ...]) -> Iterator[FileChange]:
        """The files of a commit; one that left and one that came with its id are one that moved."""
        gone = {
            self._version(file.before).id: file for file in files if file.status == "D"
        }
        gone.pop("", None)
        came = {
            self._version(file.after).id: file for file in files if file.status == "A"
        }
        moved = gone.keys() & came.keys()
        for file in files:
            one = self._version(file.before if file.status == "D" else file.after).id
            if file.status == "D" and one in moved:
                continue
            if file.status == "A" and one in moved:
                left = gone[one]
                yield FileChange("R", left.before, file.after, file.path, left.path)
            else:
                yield file

    def _version(self, name: str) -> Version:
        return self._versions.get(name, EMPTY)

    def _take(self, commit: Commit, file: FileChange) -> None:
        before, after = self._version(file.before), self._version(file.after)
        key = self._key(before, after, file)
        if not key:
            return
        for alias in (before.id, after.id):
            if alias:
                self._id_of.setdefault(alias, key)
        self._id_of[f"/{file.old_path}"] = key
        self._found.setdefault(key, []).append(
            Revision(
                commit=commit.name,
                at=commit.at,
                author=commit.author,
                subject=commit.subject[:MOST_SUBJECT_CHARS],
                path=file.path,
                change=self._change(commit, file),
                before=before.snapshot,
                after=after.snapshot,
                fields=() if file.status == "A" else differing(before, after),
            )
        )
        if file.status == "A":
            # An older file of the same name was another entry.
            self._id_of.pop(f"/{file.path}", None)

    def _key(self, before: Version, after: Version, file: FileChange) -> str:
        said = after.id or before.id
        if said:
            return self._id_of.get(said, said)
        return self._id_of.get(f"/{file.path}", "")

    def _change(self, commit: Commit, file: FileChange) -> Change:
        if file.status == "A" and commit.name in self._edges:
            return "boundary"
        return _CHANGES.get(file.status, "changed")
