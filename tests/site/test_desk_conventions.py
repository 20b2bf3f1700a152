"""What every page of the internal site has: a band, its source, its time, its files."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest

RELEASE = "releases/apple-pay-subscriptions/"
KINDS = (
    "readiness/",
    "readiness/no-go/",
    "readiness/team/payouts/",
    f"{RELEASE}readiness/",
    f"{RELEASE}rollback/",
    f"{RELEASE}support/",
    f"{RELEASE}trail/",
    "flags/",
    "flags/view/drift/",
    "flags/apple-pay-recurring/",
    "calendar/",
    "metrics/",
    "metrics/year/",
    "checklists/",
    "support/",
)
"""One page of each kind that only the internal site has."""
WITHOUT_TABLE = {f"{RELEASE}rollback/", f"{RELEASE}support/"}
COMPUTED = {"metrics/", "metrics/year/", "checklists/"}
"""Figures over many entries: each leads to releases, which lead to their lines."""
_BLOB = "https://git.tidewater.example/releases/blob/main/"


def page_of(demo: Path, path: str) -> str:
    """The main part of a page."""
    text = (demo / "build/internal" / path / "index.html").read_text("utf-8")
    return text[text.index("<main") : text.index("</main>")]


def linked(demo: Path, path: str, ending: str) -> list[Path]:
    """The files with that ending a page leads to."""
    found = re.findall(rf'href="([^"]+\.{ending})"', page_of(demo, path))
    return [
        demo / "build/internal" / urljoin(f"/{path}", one).lstrip("/") for one in found
    ]


def test_every_page_says_that_it_is_internal(demo: Path) -> None:
    """By a band and to search engines, the page for wrong addresses too; no public page does."""
    pages = sorted((demo / "build/internal").rglob("*.html"))
    assert len(pages) > 300
    for page in pages:
        text = page.read_text("utf-8")
        assert '<p class="gp-band"><strong>Internal.</strong>' in text, page
        assert '<meta name="robots" content="noindex">' in text, page
    for page in (demo / "build/public").rglob("*.html"):
        assert "gp-band" not in page.read_text("utf-8"), page


@pytest.mark.parametrize("path", KINDS)
def test_every_page_says_when_its_data_was_taken(demo: Path, path: str) -> None:
    """With the time and its zone."""
    assert "As of 21 Nov 2026, 12:00 UTC" in page_of(demo, path)


@pytest.mark.parametrize("path", [one for one in KINDS if one not in COMPUTED])
def test_every_page_leads_to_lines_of_the_source(demo: Path, path: str) -> None:
    """Each link names a file that is there, and a line that it has."""
    links = re.findall(
        rf'href="{re.escape(_BLOB)}([^"#]+)#L(\d+)"', page_of(demo, path)
    )
    assert links
    for file, line in links:
        text = (demo / unescape(file)).read_text("utf-8")
        assert 1 <= int(line) <= len(text.splitlines())


def test_a_flag_leads_to_the_line_that_declares_it(demo: Path) -> None:
    """Not to the top of its file."""
    page = page_of(demo, "flags/")
    row = page[page.index("smart-retries") :]
    found = re.search(rf'href="{re.escape(_BLOB)}([^"#]+)#L(\d+)"', row)
    assert found
    lines = (demo / found[1]).read_text("utf-8").splitlines()
    assert "key: smart-retries" in lines[int(found[2]) - 1]


@pytest.mark.parametrize("path", [one for one in KINDS if one not in WITHOUT_TABLE])
def test_every_table_is_a_file(demo: Path, path: str) -> None:
    """As CSV with rows of one width and no formula in them; as JSON with the time of the data."""
    sheets, objects = linked(demo, path, "csv"), linked(demo, path, "json")
    assert sheets
    assert objects
    for file in sheets:
        rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1, file
        cells = [cell for row in rows[1:] for cell in row]
        assert not [one for one in cells if re.match(r"[=+\t]|-\D|@\w+\(", one)], file
    for file in objects:
        assert "as_of" in json.loads(file.read_text("utf-8")), file


def test_a_file_says_what_its_page_says(demo: Path) -> None:
    """The calendar's dependencies: a row for each, with what is owed and the line."""
    page = page_of(demo, "calendar/")
    part = page[page.index('id="waits"') : page.index('id="cadence"')]
    shown = [unescape(one) for one in re.findall(r'<th scope="row">([^<]+)', part)]
    text = (demo / "build/internal/calendar/waits.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [row["Team"].lstrip("'") for row in rows] == shown
    assert all(re.search(r"\.md:\d+$", row["Source"]) for row in rows)
