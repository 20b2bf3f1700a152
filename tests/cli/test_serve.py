"""`gatepost serve` previews one site until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.error import HTTPError
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
    child.serving = said[-1]
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


def until(port: int, path: str, *, holds: str) -> str:
    """The page once it holds these words."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        found = page(port, path)
        if holds in found:
            return found
        time.sleep(0.05)
    return pytest.fail(f"{path} never said: {holds}")


def test_a_saved_change_is_shown(project: CalledProject, port: int) -> None:
    """Again and again, on pages of folders that are made anew each time."""
    with served(project):
        for number in range(3):
            project.entry(
                "faster-export", f"products: [reports]\ntitle: Sooner {number}\n"
            )
            until(port, "changelog/", holds=f"Sooner {number}")
            assert f"Sooner {number}" in page(port, "releases/faster-export/")


@pytest.mark.parametrize(
    "path",
    [
        "feeds/all.json",
        "feeds/product/reports.rss.xml",
        "search/search_index.json",
        "api/v1/releases/faster-export.json",
        "releases/faster-export/index.md",
        "releases/faster-export",
        "changelog/product/reports/",
    ],
)
def test_files_are_made_when_somebody_asks(
    project: CalledProject, port: int, path: str
) -> None:
    """Feeds, data and pages nobody had looked at are those of the last saved text."""
    with served(project):
        project.entry("faster-export", "products: [reports]\ntitle: Soon enough\n")
        until(port, "changelog/", holds="Soon enough")
        assert "Soon enough" in page(port, path)


def test_a_page_that_went_is_gone(project: CalledProject, port: int) -> None:
    """Also when it was looked at before."""
    with served(project):
        assert "Exports finish sooner" in page(port, "releases/faster-export/")
        (project.root / "content/releases/faster-export.md").unlink()
        project.entry("other-export", "products: [reports]\ntitle: Another one\n")
        until(port, "changelog/", holds="Another one")
        with pytest.raises(HTTPError, match="404"):
            page(port, "releases/faster-export/")


def test_a_fault_is_shown_where_one_looks(project: CalledProject, port: int) -> None:
    """The last good text stays, with the line and the way out above it, until it is mended."""
    with served(project):
        project.entry(
            "faster-export", "products: [reports]\ntitle: Sooner\nphase: <b>dnoe\n"
        )
        broken = until(port, "releases/faster-export/", holds='role="alert"')
        assert "faster-export.md:" in broken
        assert "&lt;b&gt;dnoe" in broken
        assert "Exports finish sooner" in broken
        project.entry("faster-export", "products: [reports]\ntitle: Sooner\n")
        mended = until(port, "releases/faster-export/", holds="Sooner")
        assert 'role="alert"' not in mended


@pytest.fixture
def large(project: CalledProject, port: int) -> int:
    """So many entries that composing all of them takes longer than anybody likes to wait."""
    for number in range(300):
        front = "products: [reports]\ndates: {published: 2026-09-01}\n"
        project.entry(f"change-{number}", front)
    return port


def test_a_large_site_shows_the_saved_entry_first(
    project: CalledProject, large: int
) -> None:
    """Its page holds the new words; lists and feeds follow, with the same."""
    with served(project):
        project.entry("faster-export", "products: [reports]\ntitle: Sooner\n")
        until(large, "releases/faster-export/", holds="Sooner")
        until(large, "changelog/", holds="Sooner")
        assert "Sooner" in page(large, "feeds/all.json")
        assert "Sooner" in page(large, "releases/faster-export/")


def test_a_large_site_shows_a_fault_on_every_page(
    project: CalledProject, large: int
) -> None:
    """Wherever its author looks; once it is mended, nowhere."""
    with served(project):
        page(large, "releases/change-7/")
        project.entry("faster-export", "products: [reports]\nphase: dnoe\n")
        until(large, "releases/faster-export/", holds="did you mean `done`?")
        assert 'role="alert"' in page(large, "releases/change-7/")
        assert 'role="alert"' in page(large, "releases/change-8/")
        project.entry("faster-export", "products: [reports]\ntitle: Mended\n")
        until(large, "releases/faster-export/", holds="Mended")
        assert 'role="alert"' not in page(large, "releases/change-7/")
        until(large, "changelog/", holds="Mended")
        assert 'role="alert"' not in page(large, "changelog/")


def test_a_second_fault_on_a_large_site(project: CalledProject, large: int) -> None:
    """Mending it leaves the first one told; and no page is found twice for all the telling."""
    front = "products: [reports]\ndates: {published: 2026-09-01}\n"
    with served(project):
        project.entry("faster-export", "products: [reports]\nphase: dnoe\n")
        until(large, "changelog/", holds="did you mean `done`?")
        project.entry("change-7", f"{front}phase: wnoe\n")
        both = until(large, "changelog/", holds="change-7.md:")
        assert "faster-export.md:" in both
        index = page(large, "search/search_index.json")
        project.entry("change-7", f"{front}title: Mended\n")
        mended = until(large, "releases/change-7/", holds="Mended")
        assert "faster-export.md:" in mended
        project.entry("change-8", f"{front}phase: xnoe\n")
        until(large, "releases/change-8/", holds="change-8.md:")
        again = page(large, "search/search_index.json")
        assert again.count('"location"') == index.count('"location"')


def test_many_entries_saved_at_once(project: CalledProject, large: int) -> None:
    """As after another branch was checked out: all of them are shown."""
    front = "products: [reports]\ndates: {published: 2026-09-01}\n"
    with served(project):
        for number in range(100):
            project.entry(f"change-{number}", f"{front}title: Other {number}x\n")
        for number in (99, 50, 0):
            words = f"Other {number}x"
            until(large, f"releases/change-{number}/", holds=words)


def test_a_new_entry_on_a_large_site(project: CalledProject, large: int) -> None:
    """It comes with the rest, on its page and in the lists."""
    with served(project):
        project.entry("brand-new", "products: [reports]\ntitle: Brand new\n")
        until(large, "changelog/", holds="Brand new")
        assert "Brand new" in page(large, "releases/brand-new/")


def test_the_pages_beside_the_entries(project: CalledProject, large: int) -> None:
    """A hand-written page, and the registry, which every page depends on."""
    project.write("content/pages/public/help.md", "# Help\n\nBefore.\n")
    with served(project):
        project.write("content/pages/public/help.md", "# Help\n\nAfterwards.\n")
        until(large, "help/", holds="Afterwards")
        registry = project.source("content/registry.yml")
        renamed = registry.replace("name: Reports", "name: Statements")
        project.write("content/registry.yml", renamed)
        until(large, "changelog/", holds="Statements")


def test_the_generators_own_server_without_reloading(
    project: CalledProject, port: int
) -> None:
    """`mkdocs serve --no-livereload` asks for nothing: every file is there."""
    call = [sys.executable, "-m", "mkdocs", "serve", "--no-livereload"]
    child = subprocess.Popen(
        [*call, "-f", "site_config.yml"], cwd=project.root, stderr=subprocess.DEVNULL
    )
    try:
        ends = time.monotonic() + 60
        found = ""
        while not found and time.monotonic() < ends:
            with suppress(OSError):
                found = page(port, "releases/faster-export/")
    finally:
        child.kill()
        child.wait()
    assert "Exports finish sooner" in found


def test_another_program_on_the_port(project: CalledProject, port: int) -> None:
    """A port that is named must be free; the sentence names the next one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = project.call("serve")
        other = project.call("serve", "--port", str(port))

    said = f"another program listens on port {port} already"
    assert (done.code, other.code) == (2, 2)
    assert said in done.err
    assert f"--port {port + 1}" in other.err


def test_the_next_free_port(project: CalledProject) -> None:
    """Where no port is named, a second preview does not get into the way of the first."""
    project.entry("faster-export", "products: [reports]\n")
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # somebody else's server is as good
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        with served(project) as child:
            assert "127.0.0.1:8000/" not in child.serving
            assert "127.0.0.1:80" in child.serving


def test_a_fault_from_the_start(project: CalledProject) -> None:
    """There is no good text to show yet: the fault is told, and what to do."""
    project.entry("faster-export", "products: [reports]\nphase: dnoe\n")
    called = [sys.executable, "-c", "from gatepost.cli import main; main()", "serve"]
    done = subprocess.run(
        called, cwd=project.root, stderr=subprocess.PIPE, text=True, check=False
    )

    assert done.returncode == 1
    assert "did you mean `done`?" in done.stderr
    assert done.stderr.endswith("Mend this first, then type `gatepost serve` again.\n")
