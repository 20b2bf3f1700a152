"""Ask git for the history of a folder: which commit changed which file, and the files' contents."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

MOST_BLOB_BYTES = 4 * 1024 * 1024
"""As for entries: a larger file is no entry."""
_FORMAT = "%x1e%H%x1f%at%x1f%an%x1f%s%x1f"
_ORIGIN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE")
"""Set by git in hooks; they would lead away from the folder that is asked about."""
_SETTINGS = (
    "core.quotePath=false",
    "log.showSignature=false",
    "log.follow=false",
    "diff.relative=false",
    "diff.renameLimit=20000",
    "protocol.allow=never",
)
"""No setting of the machine changes what is read, and nothing is fetched."""


class GitError(Exception):
    """Git cannot answer; the text says why, as git said it."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file in one commit."""

    status: str
    """`A`, `M`, `D`, `R` or `T`."""
    before: str
    """Name of the content before; starts with zeros if there was none."""
    after: str
    path: str
    """After the commit, relative to the folder that was asked about."""
    old_path: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit with the files it changed."""

    name: str
    at: datetime
    author: str
    subject: str
    files: tuple[FileChange, ...]


def shallow_edges(root: Path) -> frozenset[str]:
    """Names of the commits at which a shallow copy of a repository begins.

    Raises:
        GitError: Git is not there, or *root* lies in no repository it may read.
    """
    said = _ask(root, "rev-parse", "--is-shallow-repository", "--git-path", "shallow")
    is_shallow, _, path = said.decode("utf-8", "surrogateescape").partition("\n")
    if is_shallow.strip() != "true":
        return frozenset()
    return frozenset((root / path.strip()).read_text("ascii").split())


def commits(root: Path, folder: str) -> tuple[Commit, ...]:
    """Every commit that changed something below *folder*, newest first, merges included.

    Of a merge, only files that differ from both sides are told: the rest was told by the branch.

    Args:
        root: A folder in the repository; paths are relative to it.
        folder: Relative to *root*.

    Raises:
        GitError: Git cannot read the history.
    """
    said = _ask(
        root,
        "log",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-notes",
        "--encoding=UTF-8",
        "--author-date-order",
        "--raw",
        "-z",
        "--no-abbrev",
        "-c",
        "-M",
        "--relative",
        f"--format={_FORMAT}",
        "--",
        folder,
    )
    return tuple(_commits(iter(said.split(b"\0"))))


def _commits(tokens: Iterator[bytes]) -> Iterator[Commit]:
    head: list[str] = []
    files: list[FileChange] = []
    for token in tokens:
        word = token.lstrip(b"\n")
        if word.startswith(b"\x1e"):
            if head:
                yield _commit(head, files)
            head, files = _words(word[1:]).split("\x1f"), []
        elif word.startswith(b":"):
            files.append(_file(word, tokens))
    if head:
        yield _commit(head, files)


def _words(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _commit(head: list[str], files: list[FileChange]) -> Commit:
    name, seconds, author, subject = head[:4]
    return Commit(name, _moment(seconds), author, subject, tuple(files))


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        # A commit from a broken importer may carry any number; it is then older than all others.
        return datetime.fromtimestamp(0, UTC)


def _file(word: bytes, tokens: Iterator[bytes]) -> FileChange:
    """Read `:modes names status`, of a merge with one colon for each parent, and the paths."""
    parents = len(word) - len(word.lstrip(b":"))
    columns = word[parents:].decode("ascii").split(" ")
    names, status = columns[parents + 1 : -1], columns[-1][:1]
    first = next(tokens).decode("utf-8", "surrogateescape")
    moved = parents == 1 and status in {"R", "C"}
    path = next(tokens).decode("utf-8", "surrogateescape") if moved else first
    return FileChange(status, names[0], names[-1], path, first)


def contents(root: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The content of each blob of *names*, one at a time; what is missing or huge is left out.

    Raises:
        GitError: Git stops answering.
    """
    with tempfile.TemporaryFile() as asked:
        # From a file, not a pipe: git would wait for us to read while we wait for it.
        asked.write("".join(f"{name}\n" for name in names).encode())
        asked.seek(0)
        with subprocess.Popen(  # noqa: S603 - fixed words and our own paths
            _call(root, "cat-file", "--batch"),
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as git:
            stream = git.stdout
            while stream is not None and (head := stream.readline().split()):
                if len(head) != len(("name", "blob", "size")):
                    continue
                size = int(head[2])
                raw = stream.read(size + 1)[:size]
                if head[1] == b"blob" and size <= MOST_BLOB_BYTES:
                    yield head[0].decode(), raw


def _call(root: Path, *words: str) -> list[str]:
    settings = (word for setting in _SETTINGS for word in ("-c", setting))
    return ["git", "-C", str(root), "--no-pager", *settings, *words]


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in _ORIGIN}
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
    }


def _ask(root: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and our own paths
            _call(root, *words), capture_output=True, check=False, env=_environment()
        )
    except OSError as error:
        raise GitError(error.strerror or "git cannot be started") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(said or f"git {words[0]} failed")
    return done.stdout
