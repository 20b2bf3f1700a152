"""Both sites in a real browser: readable with and without script, on a phone, in the dark."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

PUBLIC = (
    "",
    "changelog/",
    "changelog/page/2/",
    "changelog/product/billing/",
    "changelog/type/breaking/",
    "releases/retry-plan/",
    "releases/parallel-invoices/",
    "upgrade/",
    "upgrade/billing/",
    "roadmap/",
    "known-issues/",
    "deprecations/",
    "subscribe/",
    "about/",
    "404.html",
)


@dataclass
class Visit:
    """What a browser notices while a page is open."""

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def visit(browser: Browser, address: str, path: str, **context: object) -> Visit:
    """Open a page and listen."""
    opened = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    seen = Visit(opened)
    opened.on(
        "console",
        lambda said: seen.errors.append(said.text) if said.type == "error" else None,
    )
    opened.on("pageerror", lambda error: seen.errors.append(str(error)))
    opened.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((address, "data:", "blob:"))
            else seen.elsewhere.append(sent.url)
        ),
    )
    opened.goto(address + path)
    opened.wait_for_load_state("networkidle")
    return seen


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_reads_without_script(
    browser: Browser, served: dict[str, str], path: str
) -> None:
    """Every page is a document first."""
    seen = visit(browser, served["public"], path, java_script_enabled=False)
    words = seen.page.locator("h1").inner_text()
    seen.page.context.close()

    assert words
    assert seen.elsewhere == []


def test_on_a_phone_headings_keep_their_distance(
    browser: Browser, served: dict[str, str]
) -> None:
    """On the home page the next part begins well below the link that ends the one before."""
    size = {"width": 390, "height": 800}
    page = visit(browser, served["public"], "", viewport=size).page
    link = page.get_by_role("link", name="All changes", exact=True).last.bounding_box()
    heading = page.get_by_role("heading", name="What is next").bounding_box()

    assert link is not None
    assert heading is not None
    assert heading["y"] - (link["y"] + link["height"]) >= 32


def test_the_dark_scheme_is_dark(browser: Browser, served: dict[str, str]) -> None:
    """The reader's own choice of colours is followed."""
    shown = []
    for scheme in ("light", "dark"):
        seen = visit(browser, served["public"], "changelog/", color_scheme=scheme)
        shown.append(
            seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        )
        seen.page.context.close()

    assert shown == ["rgb(255, 255, 255)", "rgb(15, 19, 25)"]


def test_the_search_finds_an_entry_by_its_words(
    browser: Browser, served: dict[str, str]
) -> None:
    """The theme's own search knows the pages it did not draw."""
    seen = visit(browser, served["public"], "")
    seen.page.locator(".md-search__input").click()
    seen.page.locator(".md-search__input").type("network tokens")
    found = seen.page.locator(".md-search-result__link").first
    found.wait_for()
    address = found.get_attribute("href") or ""
    seen.page.context.close()

    assert "releases/network-tokens-default/" in address


def test_internal_pages_say_what_they_are(
    browser: Browser, served: dict[str, str]
) -> None:
    """A band on every page, and nothing that looks like the public site."""
    seen = visit(browser, served["internal"], "readiness/")
    band = seen.page.locator(".md-banner").inner_text()
    header = seen.page.evaluate(
        "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
    )
    seen.page.context.close()

    assert band.startswith("Internal.")
    assert header == "rgb(19, 24, 32)"
