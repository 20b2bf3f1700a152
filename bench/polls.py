"""Measure what polling a feed costs: real requests to a real nginx, scaled by arithmetic.

  python bench/polls.py build/public
  python bench/polls.py build/public --feed feeds/all.json --readers 500 --polls-a-day 100_000_000

A sample of readers polls a feed of a built site through one day, while it changes now and then.
Every byte of HTTP is counted on the socket, in both directions, without TCP and TLS.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

MIDDAY = 1_795_262_400
"""When the feed was written first, so that every run sends the same headers."""
_CONFIG = """
{user}
daemon off;
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{}}
http {{
  types {{ application/rss+xml rss.xml; application/atom+xml atom.xml; application/json json; }}
  default_type application/octet-stream;
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path {work}/body;
  proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi;
  scgi_temp_path {work}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {work}/site;
    gzip_static on;
    add_header Cache-Control "public, max-age=300";
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a reader asks."""

    name: str
    conditional: bool
    compressed: bool


MANNERS = (
    Manner("everything each time", conditional=False, compressed=False),
    Manner("everything each time, compressed", conditional=False, compressed=True),
    Manner("conditional", conditional=True, compressed=False),
    Manner("conditional, compressed", conditional=True, compressed=True),
)


@dataclass(slots=True)
class Reader:
    """A feed reader, and what it remembers of the last answer."""

    manner: Manner
    etag: str = ""
    modified: str = ""

    def request(self, path: str) -> bytes:
        """What it sends."""
        lines = [
            f"GET /{path} HTTP/1.1",
            "Host: changelog.example",
            "User-Agent: ExampleReader/1.0 (+https://reader.example/; 12 subscribers)",
            "Accept: application/rss+xml, application/atom+xml, application/feed+json",
        ]
        if self.manner.compressed:
            lines.append("Accept-Encoding: gzip")
        if self.manner.conditional and self.etag:
            lines += (
                f"If-None-Match: {self.etag}",
                f"If-Modified-Since: {self.modified}",
            )
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(slots=True)
class Count:
    """What a sample cost."""

    polls: int = 0
    full: int = 0
    """Answers with the whole feed."""
    unchanged: int = 0
    """Answers `304 Not Modified`."""
    asked_bytes: int = 0
    answered_bytes: int = 0
    seconds: float = 0.0

    def add(self, status: int, asked: int, answered: int) -> None:
        """Count one poll.

        Raises:
            SystemExit: The server answered anything else.
        """
        self.polls += 1
        if status == 200:  # noqa: PLR2004 - OK
            self.full += 1
        elif status == 304:  # noqa: PLR2004 - Not Modified
            self.unchanged += 1
        else:
            msg = f"the server answered {status}"
            raise SystemExit(msg)
        self.asked_bytes += asked
        self.answered_bytes += answered


@dataclass(slots=True)
class Line:
    """A connection that is kept, and the bytes that came and were not read yet."""

    held: socket.socket
    rest: bytearray = field(default_factory=bytearray)

    def ask(self, request: bytes) -> tuple[int, dict[str, str], int]:
        """Send a request; give status, headers and the size of the whole answer."""
        self.held.sendall(request)
        while (end := self.rest.find(b"\r\n\r\n")) < 0:
            self._more()
        head = self.rest[:end].decode("latin-1").split("\r\n")
        rows = (line.partition(": ") for line in head[1:])
        headers = {name.lower(): value for name, _, value in rows}
        size = end + 4 + int(headers.get("content-length", "0"))
        while len(self.rest) < size:
            self._more()
        del self.rest[:size]
        return int(head[0].split()[1]), headers, size

    def _more(self) -> None:
        came = self.held.recv(1 << 16)
        if not came:
            msg = "the server closed the connection"
            raise SystemExit(msg)
        self.rest += came


@contextmanager
def served(feed: Path, path: str) -> Iterator[tuple[int, Path]]:
    """Serve a copy of a feed with nginx on this machine; give the port and the copy."""
    named = os.environ.get("NGINX") or "nginx"
    program = shutil.which(named) or shutil.which("/usr/sbin/nginx")
    if program is None:
        msg = "nginx is not installed (Debian: apt-get install nginx-light)"
        raise SystemExit(msg)
    with tempfile.TemporaryDirectory(prefix="gatepost-polls-") as folder:
        work, port = Path(folder), _free_port()
        copy = work / "site" / path
        copy.parent.mkdir(parents=True)
        publish(copy, feed.read_bytes(), 0)
        # Workers of a server that root starts would be nobody, who may not read this folder.
        user = "user root root;" if os.getuid() == 0 else ""
        config = work / "nginx.conf"
        config.write_text(_CONFIG.format(work=work, port=port, user=user), "utf-8")
        server = subprocess.Popen((program, "-p", str(work), "-c", str(config)))
        try:
            _wait_for(port)
            yield port, copy
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    msg = "nginx did not begin to answer"
    raise SystemExit(msg)


def publish(copy: Path, content: bytes, number: int) -> None:
    """Write the feed as the change of that number leaves it, compressed beside it too."""
    told = content + b"\n" * number  # another size and day: another ETag
    for file, text in (
        (copy, told),
        (copy.with_name(f"{copy.name}.gz"), gzip.compress(told, 9, mtime=0)),
    ):
        file.write_bytes(text)
        os.utime(file, (MIDDAY + number, MIDDAY + number))


def day(
    port: int, path: str, copy: Path, manner: Manner, asked: argparse.Namespace
) -> Count:
    """Let the sample poll through one day; the first answer of each reader is not counted."""
    content = copy.read_bytes().rstrip(b"\n") + b"\n"
    publish(copy, content, 0)
    readers = [Reader(manner) for _ in range(asked.readers)]
    changes = [round(n * asked.rounds / asked.changes) for n in range(asked.changes)]
    count = Count()
    with socket.create_connection(("127.0.0.1", port)) as held:
        line = Line(held)
        for reader in readers:
            _poll(line, reader, path)
        begun = time.perf_counter()
        for at in range(asked.rounds):
            if at in changes:
                publish(copy, content, changes.index(at) + 1)
            for reader in readers:
                count.add(*_poll(line, reader, path))
        count.seconds = time.perf_counter() - begun
    return count


def _poll(line: Line, reader: Reader, path: str) -> tuple[int, int, int]:
    request = reader.request(path)
    status, headers, size = line.ask(request)
    if status == 200:  # noqa: PLR2004 - OK
        reader.etag = headers.get("etag", "")
        reader.modified = headers.get("last-modified", "")
    return status, len(request), size


@dataclass(frozen=True, slots=True)
class Scaled:
    """A day of all polls, from the sample by arithmetic."""

    manner: str
    full_share: float
    bytes_a_poll: float
    """Of answers."""
    gigabytes_a_day: float
    """Of answers; 1 GB is 1,000,000,000 bytes."""
    asked_gigabytes_a_day: float
    megabits_a_second: float
    """On average over the day."""
    polls_a_second: float
    """That the one worker answered to this one connection."""


def scaled(manner: str, count: Count, polls_a_day: int) -> Scaled:
    """What the sample means for so many polls a day."""
    each, asked = count.answered_bytes / count.polls, count.asked_bytes / count.polls
    return Scaled(
        manner=manner,
        full_share=count.full / count.polls,
        bytes_a_poll=each,
        gigabytes_a_day=each * polls_a_day / 1e9,
        asked_gigabytes_a_day=asked * polls_a_day / 1e9,
        megabits_a_second=each * 8 * polls_a_day / 86_400 / 1e6,
        polls_a_second=count.polls / count.seconds if count.seconds else 0.0,
    )


def table(rows: list[Scaled]) -> str:
    """A Markdown table."""
    lines = [
        "| readers ask | whole feed | bytes an answer | GB a day out | GB a day in | Mbit/s out |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.manner} | {row.full_share:.1%} | {row.bytes_a_poll:,.0f} "
        f"| {row.gigabytes_a_day:,.0f} | {row.asked_gigabytes_a_day:,.0f} "
        f"| {row.megabits_a_second:,.0f} |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Serve, poll, count, scale, print."""
    asked = _asked()
    feed = asked.site / asked.feed
    if not feed.is_file():
        msg = f"{feed} is not there: build a site first, with `gatepost build`"
        raise SystemExit(msg)
    rows: list[Scaled] = []
    with served(feed, asked.feed) as (port, copy):
        size, packed = copy.stat().st_size, copy.with_name(f"{copy.name}.gz").stat()
        for manner in MANNERS:
            count = day(port, asked.feed, copy, manner, asked)
            rows.append(scaled(manner.name, count, asked.polls_a_day))
    print(
        f"{asked.feed}: {size:,} bytes, {packed.st_size:,} compressed; {asked.readers} readers, "
        f"{asked.rounds} polls a day each, {asked.changes} changes a day; "
        f"scaled to {asked.polls_a_day:,} polls a day\n"
    )
    print(table(rows))
    slowest = min(row.polls_a_second for row in rows)
    print(f"\none nginx worker, one connection: at least {slowest:,.0f} polls a second")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, help="a built site, such as build/public")
    parser.add_argument("--feed", default="feeds/all.rss.xml")
    parser.add_argument("--readers", type=int, default=200, help="in the sample")
    parser.add_argument("--rounds", type=int, default=48, help="polls of each a day")
    parser.add_argument("--changes", type=int, default=4, help="of the feed, a day")
    parser.add_argument(
        "--polls-a-day", type=lambda text: int(text.replace("_", "")), default=10**8
    )
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
