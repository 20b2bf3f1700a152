"""The built folder behind a real web server: right types, and nothing sent twice."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

CONFIG = """
{user}
daemon off;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
  include {types};
  types {{ application/atom+xml atom.xml; text/markdown md; }}
  access_log off;
  client_body_temp_path {work}/body;
  proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    error_page 404 /404.html;
  }}
}}
"""
TYPES = (
    "/etc/nginx/mime.types",
    "/opt/homebrew/etc/nginx/mime.types",
    "/usr/local/etc/nginx/mime.types",
)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def address(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The public site behind nginx."""
    program = shutil.which(os.environ.get("NGINX", "nginx")) or shutil.which(
        "/usr/sbin/nginx"
    )
    assert program, "no nginx: sh tests/setup/machine.sh says how to get one"
    work, port = tmp_path_factory.mktemp("nginx"), free_port()
    # Workers of a server that root starts would be nobody, who may not read a test's folder.
    user = "user root root;" if os.getuid() == 0 else ""
    types = next(one for one in TYPES if Path(one).is_file())
    text = CONFIG.format(
        work=work, port=port, root=demo / "build/public", types=types, user=user
    )
    (work / "nginx.conf").write_text(text, "utf-8")
    server = subprocess.Popen(
        [program, "-p", str(work), "-c", str(work / "nginx.conf")]
    )
    try:
        wait_for(server, port, work / "error.log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return as soon as the server answers; without it every test here would fail strangely."""
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    said = log.read_text("utf-8") if log.is_file() else "it left no word"
    pytest.fail(f"nginx does not answer: {said}")


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a page."""
    sent = urllib.request.Request(
        url, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.urlopen(sent) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html"),
        ("changelog/", "text/html"),
        ("releases/retry-plan/", "text/html"),
        ("feeds/all.rss.xml", "text/xml"),
        ("feeds/all.json", "application/json"),
        ("api/v1/changelog.json", "application/json"),
        ("sitemap.xml", "text/xml"),
        ("llms.txt", "text/plain"),
    ],
)
def test_a_plain_server_is_enough(address: str, path: str, kind: str) -> None:
    """No rewriting, no program behind it: a folder of files."""
    status, headers, body = get(address + path)

    assert status == 200
    assert headers["Content-Type"].startswith(kind)
    assert body


def test_a_feed_is_not_sent_twice(address: str) -> None:
    """Readers poll; what has not changed costs a line."""
    _, headers, body = get(address + "feeds/all.atom.xml")
    status, _, again = get(
        address + "feeds/all.atom.xml", If_None_Match=headers["ETag"]
    )

    assert body
    assert (status, again) == (304, b"")


def test_a_lost_page_is_told_in_our_own_words(address: str) -> None:
    """The theme's own page for what is not there."""
    status, _, body = get(address + "releases/never-was/")

    assert status == 404
    assert b"Tidewater" in body
