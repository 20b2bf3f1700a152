"""The demonstration in Arabic and German, looked at as its readers do."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gatepost.hosts.build import build_sites

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOURCES = ("content", "site_config.yml", "site_config.internal.yml")
LANGUAGE = """INHERIT: site_config.yml
site_url: https://changelog.tidewater.example/{0}/
site_dir: build/{0}
theme: {{language: {0}}}
plugins: {{gatepost: {{audience: public}}}}
"""
PAGES = (
    *("", "changelog/", "roadmap/", "known-issues/", "deprecations/", "subscribe/"),
    *("upgrade/", "upgrade/billing/", "releases/retry-plan/"),
    "releases/faster-invoice-pdfs/",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: a failing test says enough."""


@pytest.fixture(scope="module")
def spoken(
    tmp_path_factory: pytest.TempPathFactory, checkout: Path
) -> Iterator[dict[str, str]]:
    """The address of the demonstration in each language, on this machine."""
    root = tmp_path_factory.mktemp("spoken")
    for name in SOURCES:
        source = checkout / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    servers = {}
    for language in ("ar", "de"):
        (root / f"site_config.{language}.yml").write_text(LANGUAGE.format(language))
        build_sites(root, sites=(language,), as_of=AS_OF)
        handler = functools.partial(_Quiet, directory=str(root / "build" / language))
        servers[language] = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=servers[language].serve_forever, daemon=True).start()
    yield {
        language: f"http://127.0.0.1:{one.server_port}/"
        for language, one in servers.items()
    }
    for one in servers.values():
        one.shutdown()
        one.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that keeps what goes wrong on it."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_arabic_runs_from_right_to_left(
    page: Page, spoken: dict[str, str], width: int
) -> None:
    """Every kind of page, on a phone and on a desk: nothing sticks out, nothing goes wrong."""
    wrong: list[str] = []
    page.on(
        "console", lambda one: wrong.append(one.text) if one.type == "error" else None
    )
    page.on(
        "response", lambda one: wrong.append(one.url) if one.status >= 400 else None
    )
    page.on(
        "request",
        lambda one: (
            None
            if one.url.startswith(("http://127", "data:"))
            else wrong.append(one.url)
        ),
    )
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(spoken["ar"] + path)
        content = "getComputedStyle(document.getElementById('gp-content')).direction"
        assert page.evaluate(content) == "rtl", path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert wrong == []


def test_english_inside_arabic_keeps_its_direction(
    page: Page, spoken: dict[str, str]
) -> None:
    """What is not translated is read from left to right, what is from right to left."""
    direction = "one => getComputedStyle(one).direction"
    page.goto(f"{spoken['ar']}releases/retry-plan/")
    assert page.locator("h1").evaluate(direction) == "ltr"
    assert page.get_by_text("لم يُترجم هذا النص بعد").is_visible()
    page.goto(f"{spoken['ar']}releases/faster-invoice-pdfs/")
    assert page.locator("h1").evaluate(direction) == "rtl"
    assert page.get_by_text("يصبح ملف PDF جاهزًا").is_visible()


def test_the_script_speaks_too(page: Page, spoken: dict[str, str]) -> None:
    """Counts, dates and what can be taken away are in the language of the page."""
    page.goto(f"{spoken['de']}changelog/?type=fixed&q=invoice.updated")
    expect(page.get_by_text("1 von 38 Änderungen")).to_be_visible()
    assert page.locator(".gp-found h2").inner_text() == "November 2026"
    expect(page.get_by_label("„invoice.updated“ entfernen")).to_be_visible()
    page.goto(f"{spoken['ar']}changelog/?type=fixed")
    said = page.locator(".gp-found [role=status]")
    expect(said).to_have_text(re.compile("من 38 تغييرًا$"))


def test_what_changes_for_me_speaks_too(page: Page, spoken: dict[str, str]) -> None:
    """The answer of the form, its groups and its dates."""
    page.goto(f"{spoken['de']}upgrade/?product=billing&from=4.15.0&to=4.18.0")
    expect(page.get_by_role("heading", name="Neu für Sie")).to_be_visible()
    said = page.locator(".gp-found [role=status]")
    expect(said).to_contain_text("von 4.15.0 bis 4.18.0")
