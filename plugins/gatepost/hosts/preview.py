"""A preview makes a page when somebody looks at it: a saved change shows without the others."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from gatepost.hosts.sites import ContentFault
from gatepost.model.finding import Finding, GatepostError

if TYPE_CHECKING:
    # It brings a web server along, which a build has no use for.
    from mkdocs.livereload import LiveReloadServer

    from gatepost.hosts.press import Order, Press

ATTENDED = "GATEPOST_ATTENDED"
"""Environment variable by which `gatepost serve` says that its server will ask for each file;
`mkdocs serve` has a mode in which nobody would."""

Write = Callable[[], object]
"""Writes one file of the site."""


class Ready(NamedTuple):
    """What came of composing a site ahead of the build that shows it."""

    order: Order
    result: Press | Exception


class OnDemand:
    """The files of a preview that wait for somebody to ask for them."""

    def __init__(self) -> None:
        self.active = False
        """Whether a server asks; until then every file has to be written."""
        self._waiting: dict[str, Write] = {}
        self.lock = Lock()
        """Held by whoever changes what there is to be seen."""

    def attend(
        self, server: LiveReloadServer, is_due: Callable[[], bool] = lambda: True
    ) -> None:
        """Write what a browser asks for before *server* looks for it, and never amid a build.

        When the server wants to build and it *is_due* no more, its browsers only load again.
        """
        build = server.builder

        def builder() -> None:
            with self.lock:
                if is_due():
                    build()

        def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            path = _path(environ, server.mount_path)
            self._write(path)
            answer = _Answer(server.serve_request, environ)
            while self._waits(path):
                # A build that the server had to wait for has taken the file away again.
                answer.close()
                self._write(path)
                answer = _Answer(server.serve_request, environ)
            start(*answer.head)
            return answer.body

        server.builder = builder
        server.set_app(app)
        self.active = True

    def wait(self, files: Iterable[tuple[str, Write]]) -> None:
        """Take the files of a new build, by their path below the site."""
        self._waiting = dict(files)

    def again(self, files: Iterable[tuple[str, Write]]) -> None:
        """Take files whose content has changed since then."""
        self._waiting |= files

    def _waits(self, path: str) -> bool:
        return any(name in self._waiting for name in _names(path))

    def _write(self, path: str) -> None:
        with self.lock:
            for name in _names(path):
                if write := self._waiting.pop(name, None):
                    write()


class _Answer:
    """What a server would send, as long as nobody has been sent it."""

    def __init__(self, serve: Callable[..., Iterable[bytes]], asked: Any) -> None:
        self.head: tuple[Any, ...] = ()
        self.body = serve(asked, self._start)

    def _start(self, *head: Any) -> None:
        self.head = head

    def close(self) -> None:
        """Let go of the file."""
        if close := getattr(self.body, "close", None):
            close()


def _names(path: str) -> tuple[str, str]:
    return path, posixpath.join(path, "index.html")


def _path(environ: dict[str, Any], mount: str) -> str:
    asked = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
    below = asked.removeprefix(mount).lstrip("/")
    return posixpath.normpath(f"/{below}").lstrip("/")


def may_call(server: LiveReloadServer) -> bool:
    """Whether this server has what `call` needs: MkDocs has no public way, others may differ."""
    return hasattr(server, "_rebuild_cond") and hasattr(server, "_want_rebuild")


def call(server: LiveReloadServer) -> None:
    """Have a server call its builder, then its browsers, as if it had seen a file change."""
    with server._rebuild_cond:  # noqa: SLF001 - see `may_call`
        server._want_rebuild = True  # noqa: SLF001
        server._rebuild_cond.notify_all()  # noqa: SLF001


def _to_mend(fault: GatepostError) -> tuple[GatepostError | Finding, ...]:
    """What keeps a saved text from being shown; advice would only hide it."""
    if not isinstance(fault, ContentFault):
        return (fault,)
    errors = tuple(one for one in fault.findings if one.level == "error")
    return errors or fault.findings


def fault_text(fault: GatepostError) -> str:
    """What a preview says in the terminal while an entry is not in order."""
    lines = (
        f"{one}\n  fix: {one.fix}" if isinstance(one, Finding) else str(one)
        for one in _to_mend(fault)
    )
    return "\n".join(("not shown yet, this has to be mended first", *lines))


def notice(fault: GatepostError) -> str:
    """What a preview shows above each page while an entry is not in order."""
    rows = (
        f"<li><code>{escape(str(one))}</code>"
        + (f"<br>{escape(one.fix)}" if isinstance(one, Finding) else "")
        for one in _to_mend(fault)
    )
    return (
        '<div class="gp" style="margin-bottom:1rem"><div class="gp-note gp-red" role="alert">'
        "<p><strong>Not shown yet: this has to be mended first.</strong></p>"
        f"<ul>{''.join(rows)}</ul></div></div>"
    )


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
