"""`gatepost serve` previews one site until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import pytest
from called_project import CalledProject


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def served(project: CalledProject, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command in a terminal of its own, ready to answer."""
    code = "from gatepost.cli import main; main()"
    child = subprocess.Popen(
        [sys.executable, "-c", code, "serve", *words],
        cwd=project.root,
        env={key: os.environ[key] for key in os.environ if key != "SOURCE_DATE_EPOCH"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stderr is not None
    said = []
    for line in child.stderr:
        said.append(line)
        if "Serving on" in line:
            break
    else:
        pytest.fail("".join(said))
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stderr.close()


def page(port: int, path: str) -> str:
    """What the browser gets."""
    with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as answer:
        text: str = answer.read().decode()
    return text


@pytest.fixture
def port(project: CalledProject) -> int:
    """An embargoed entry, on two sites that are served at a free port."""
    number = free_port()
    for name in ("public", "internal"):
        file = "site_config.yml" if name == "public" else f"site_config.{name}.yml"
        address = f"127.0.0.1:{number}"
        project.configure(file, name, dev_addr=address, site_url=f"http://{address}/")
    project.entry(
        "surprise",
        "products: [reports]\ntitle: A surprise\nembargo_until: 2099-12-01\n"
        "dates: {published: 2026-10-01}\n",
    )
    project.entry(
        "faster-export", "products: [reports]\ntitle: Exports finish sooner\n"
    )
    return number


def test_the_public_site_by_default_until_ctrl_c(
    project: CalledProject, port: int
) -> None:
    """What colleagues see is not in it; Ctrl-C ends it without a complaint."""
    with served(project) as child:
        home = page(port, "changelog/")
        os.killpg(child.pid, signal.SIGINT)
        assert child.wait(timeout=30) == 0
        assert child.stderr is not None
        rest = child.stderr.read()
    assert "Exports finish sooner" in home
    assert "A surprise" not in home
    assert "Traceback" not in rest


def test_the_internal_site(project: CalledProject, port: int) -> None:
    """With `--site internal`."""
    with served(project, "--site", "internal"):
        assert "A surprise" in page(port, "changelog/")


def test_the_site_as_it_will_be(project: CalledProject, port: int) -> None:
    """With `--as-of`, the embargo has ended."""
    with served(project, "--as-of", "2099-12-01"):
        assert "A surprise" in page(port, "changelog/")
