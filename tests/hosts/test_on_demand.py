"""A file that waits for somebody to ask for it is the one of the last build, whoever asks when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from mkdocs.livereload import LiveReloadServer

from gatepost.hosts.preview import OnDemand

PATIENCE = 20
"""Seconds to wait for what must come."""


class Site:
    """A site of one page, behind MkDocs' server; its pages are written when asked for."""

    def __init__(self, out: Path) -> None:
        """Build it once."""
        self.out, self.text = out, "the first build"
        self.written: Queue[str] = Queue()
        self.on_demand = OnDemand()
        self.server = LiveReloadServer(self.build, "127.0.0.1", 0, str(out))
        self.on_demand.attend(self.server)
        self.server.builder()

    def build(self) -> None:
        """Wipe the folder, as MkDocs does."""
        shutil.rmtree(self.out)
        self.out.mkdir()
        self.on_demand.wait([("page/index.html", self.write)])

    def write(self) -> None:
        """Write the page."""
        (self.out / "page").mkdir(exist_ok=True)
        (self.out / "page/index.html").write_text(self.text, "utf-8")
        self.written.put(self.text)

    def ask(self) -> tuple[str, str]:
        """What a browser gets: the status and the page."""
        said: list[str] = []
        app: Any = self.server.get_app()
        body = app({"PATH_INFO": "/page/"}, lambda status, _: said.append(status))
        text = b"".join(body).decode()
        if close := getattr(body, "close", None):
            close()  # as a server does
        return said[-1], text


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The site."""
    (tmp_path / "out").mkdir()
    found = Site(tmp_path / "out")
    yield found
    found.server.server_close()


def test_a_page_is_written_once(site: Site) -> None:
    """However often it is asked for."""
    assert [site.ask(), site.ask()] == [("200 OK", "the first build")] * 2
    assert site.written.qsize() == 1


def test_a_page_asked_for_while_a_build_begins(site: Site) -> None:
    """The build takes away what was written for this browser: it gets the new page, no 404."""
    server = site.server
    server._wanted_epoch += 1  # noqa: SLF001 - a build is announced; whoever asks has to wait
    with ThreadPoolExecutor() as browsers:
        answer = browsers.submit(site.ask)
        assert site.written.get(timeout=PATIENCE) == "the first build"
        site.text = "the second build"
        server.builder()
        with server._epoch_cond:  # noqa: SLF001 - as its build loop does
            server._visible_epoch = server._wanted_epoch  # noqa: SLF001
            server._epoch_cond.notify_all()  # noqa: SLF001
        assert answer.result(PATIENCE) == ("200 OK", "the second build")


def test_a_page_that_is_not_there(site: Site) -> None:
    """The server says so itself."""
    site.on_demand.wait([])

    assert site.ask()[0].startswith("404")
