"""A preview makes a page when somebody looks at it: a saved change shows without the others."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

if TYPE_CHECKING:
    # It brings a web server along, which a build has no use for.
    from mkdocs.livereload import LiveReloadServer

Write = Callable[[], object]
"""Writes one file of the site."""


class OnDemand:
    """The files of a preview that wait for somebody to ask for them."""

    def __init__(self) -> None:
        self.active = False
        """Whether a server asks; until then every file has to be written."""
        self._waiting: dict[str, Write] = {}
        self._lock = Lock()

    def attend(self, server: LiveReloadServer) -> None:
        """Write what a browser asks for before *server* looks for it, and never amid a build."""
        build = server.builder

        def builder() -> None:
            with self._lock:
                build()

        def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            self._write(_path(environ, server.mount_path))
            return server.serve_request(environ, start)

        server.builder = builder
        server.set_app(app)
        self.active = True

    def wait(self, files: Iterable[tuple[str, Write]]) -> None:
        """Take the files of a new build, by their path below the site."""
        self._waiting = dict(files)

    def _write(self, path: str) -> None:
        with self._lock:
            for name in (path, posixpath.join(path, "index.html")):
                if write := self._waiting.pop(name, None):
                    write()


def _path(environ: dict[str, Any], mount: str) -> str:
    asked = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
    below = asked.removeprefix(mount).lstrip("/")
    return posixpath.normpath(f"/{below}").lstrip("/")


class Compiled(BytecodeCache):
    """Templates of the theme as they were compiled for another site or build, in memory."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that has not changed."""
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
