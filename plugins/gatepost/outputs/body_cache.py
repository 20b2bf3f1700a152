"""Rendered bodies kept between builds: in `.cache/gatepost/`, safe to delete, to share, to lose."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from gatepost.markdown.headings import Heading
from gatepost.markdown.render import Rendered
from gatepost.resources import package_digest

SECRET = "GATEPOST_CACHE_SECRET"  # noqa: S105 - the name of the variable that holds it
"""Environment variable with a secret: records sealed without it are not used."""
MOST_BYTES = 256_000_000
"""Size of the file at which the half that was not used longest is dropped."""

Depends = tuple[object, ...]
"""Everything of the content a body depends on: texts, numbers, tuples of them, None."""

_FORMAT = 1
_LIBRARIES = ("markdown", "pymdown-extensions", "pygments", "nh3")
_TABLE = (
    "CREATE TABLE IF NOT EXISTS bodies "
    "(key BLOB PRIMARY KEY, record TEXT, seal BLOB, used INTEGER) WITHOUT ROWID"
)


class BodyCache:
    """Bodies by everything they depend on, sealed one by one.

    Whatever is wrong with the file costs time, never a byte of output: a record whose seal does
    not fit its key is not used, a file that is no such database is replaced, and where nothing can
    be written nothing is kept. Whoever can write to a cache and knows this code can seal a wrong
    record; where that must not be, set `GATEPOST_CACHE_SECRET` on the machines that share it.
    """

    def __init__(self, folder: Path) -> None:
        """Open the cache in *folder*, which need not exist."""
        self._file = folder / "bodies.sqlite"
        self._secret = _secret()
        self._base: sqlite3.Connection | None = None
        self._used: list[bytes] = []
        with contextlib.suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n", "utf-8")
            self._base = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return _connect(self._file)
        except sqlite3.OperationalError:
            raise  # another build writes just now, or the disk is full
        except sqlite3.DatabaseError:
            self._file.unlink()
            return _connect(self._file)

    def find(self, wanted: Iterable[Depends]) -> Iterator[tuple[Depends, Rendered]]:
        """The bodies that are there, each with what it depends on.

        Args:
            wanted: What each depends on.
        """
        try:
            for depends in wanted:
                key = _key(depends)
                for record, seal in self._rows(key):
                    if seal == _seal(key, record, self._secret):
                        yield depends, _read(record)
                        self._used.append(key)
        except (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError):
            self._replace()

    def _rows(self, key: bytes) -> Iterator[tuple[str, bytes]]:
        if self._base is not None:
            ask = "SELECT record, seal FROM bodies WHERE key = ?"
            yield from self._base.execute(ask, (key,))

    def keep(self, made: Iterable[tuple[Depends, Rendered]]) -> None:
        """Add bodies, each by what it depends on."""
        if self._base is None:
            return
        try:
            with self._base:
                self._store(self._base, made)
            self._shrink(self._base)
        except (OSError, sqlite3.Error):
            self._replace()

    def _store(
        self, base: sqlite3.Connection, made: Iterable[tuple[Depends, Rendered]]
    ) -> None:
        (last,) = base.execute("SELECT max(used) FROM bodies").fetchone()
        now = int(last or 0) + 1
        rows = ((_key(depends), _written(body)) for depends, body in made)
        base.executemany(
            "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?)",
            (
                (key, record, _seal(key, record, self._secret), now)
                for key, record in rows
            ),
        )
        base.executemany(
            "UPDATE bodies SET used = ? WHERE key = ?",
            ((now, key) for key in self._used),
        )

    def _shrink(self, base: sqlite3.Connection) -> None:
        if self._file.stat().st_size < MOST_BYTES:
            return
        with base:
            base.execute(
                "DELETE FROM bodies WHERE key IN (SELECT key FROM bodies ORDER BY used, key "
                "LIMIT (SELECT count(*) / 2 FROM bodies))"
            )
        base.execute("VACUUM")

    def _replace(self) -> None:
        """Begin anew with a file that cannot be read."""
        if self._base is not None:
            self._base.close()
        self._base = None
        with contextlib.suppress(OSError, sqlite3.Error):
            self._file.unlink()
            self._base = _connect(self._file)


def sealed(depends: Depends, body: Rendered) -> tuple[str, str]:
    """A body as a record and its seal, to be sent from one process to another."""
    record = _written(body)
    return record, _seal(_key(depends), record, _secret()).hex()


def unsealed(depends: Depends, record: str, seal: str) -> Rendered | None:
    """The body in a record, if the same code and libraries made it of the same text."""
    if seal != _seal(_key(depends), record, _secret()).hex():
        return None
    return _read(record)


def _secret() -> bytes:
    return os.environ.get(SECRET, "").encode()[:64]


def _seal(key: bytes, record: str, secret: bytes) -> bytes:
    content = key + record.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, key=secret, digest_size=20).digest()


def _connect(file: Path) -> sqlite3.Connection:
    # A preview composes in a thread of its own, one site at a time.
    base = sqlite3.connect(file, timeout=2, check_same_thread=False)
    # A crash may cost the cache, not the content.
    base.execute("PRAGMA synchronous = OFF")
    (form,) = base.execute("PRAGMA user_version").fetchone()
    if form not in (0, _FORMAT):
        base.close()
        msg = f"format {form}"
        raise sqlite3.DatabaseError(msg)
    base.execute(_TABLE)
    base.execute(f"PRAGMA user_version = {_FORMAT}")
    return base


def _key(depends: Depends) -> bytes:
    whole = f"{_tools()}\n{depends!r}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()


@cache
def _tools() -> str:
    """Everything else it depends on: our own code, the libraries and Python."""
    parts = (f"{name} {version(name)}" for name in _LIBRARIES)
    return "\n".join((package_digest(), sys.version, *parts))


def _written(body: Rendered) -> str:
    headings = [(one.level, one.id, one.text) for one in body.headings]
    return json.dumps([body.html, headings, body.text, list(body.removed)])


def _read(record: str) -> Rendered:
    html, headings, text, removed = json.loads(record)
    return Rendered(
        html, tuple(Heading(*heading) for heading in headings), text, tuple(removed)
    )
