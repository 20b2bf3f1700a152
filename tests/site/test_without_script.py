"""The public site where no script runs: nothing to read is missing, every way is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from page_kinds import EXAMPLES
from playwright.sync_api import Browser, Page, expect

PUBLIC = [path for site, path in EXAMPLES if site == "public"]
READ = """
() => {
  // Fields and buttons that only a script can answer are hidden until it runs.
  for (const one of document.querySelectorAll("form, [data-copy]")) one.remove();
  return document.querySelector(".md-content__inner").innerText;
}
"""


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    """A window in which no script runs."""
    window = browser.new_context(java_script_enabled=False)
    yield window.new_page()
    window.close()


@pytest.fixture(scope="module")
def read(browser: Browser, served: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """What stands on a page with scripts."""
    window = browser.new_context()
    page = window.new_page()

    def words(path: str) -> str:
        page.goto(served["public"] + path)
        return str(page.evaluate(READ))

    yield words
    window.close()


def lines(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_to_read_is_missing(
    still: Page, read: Callable[[str], str], served: dict[str, str], path: str
) -> None:
    """Line for line what a browser with scripts shows, and no field that does nothing."""
    still.goto(served["public"] + path)
    shown = still.locator(".md-content__inner").inner_text()

    assert lines(shown) == lines(read(path))
    assert still.locator(".md-content :is(form, button):visible").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_every_section_can_be_reached(
    browser: Browser, served: dict[str, str], width: int
) -> None:
    """By the tabs, and on a phone by the drawer behind its sign."""
    window = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page = window.new_page()
    page.goto(f"{served['public']}releases/retry-plan/")
    if width < 1000:
        page.locator(".md-header label[for=__drawer]").click()
    ways = page.locator(".md-tabs__link:visible, .md-nav__link:visible")
    names = [name.strip() for name in ways.all_inner_texts()]
    ways.filter(has_text="Roadmap").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roadmap")
    window.close()

    assert names == [
        "Home",
        "Changelog",
        "Upgrade",
        "Roadmap",
        "Known issues",
        "Deprecations",
        "Subscribe",
        "About",
    ]


def test_menus_open(still: Page, served: dict[str, str]) -> None:
    """They are the browser's own, and what is in them is links."""
    still.goto(f"{served['public']}changelog/")
    still.get_by_text("Product", exact=True).click()
    still.locator(".gp-pop a:visible").filter(has_text="Payouts").click()
    expect(still.get_by_role("heading", level=1)).to_have_text("Payouts")


def test_from_one_version_to_the_latest(still: Page, served: dict[str, str]) -> None:
    """Each product has a page to read down to one's own version."""
    still.goto(f"{served['public']}upgrade/")
    still.locator(".md-content").get_by_role("link", name="Billing").click()
    way = still.locator(".gp-index a").last
    assert urljoin(still.url, way.get_attribute("href")).startswith(still.url)
    way.click()
    assert "#" in still.url
