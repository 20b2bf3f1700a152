"""The internal site as colleagues use it: its tabs, its board, on a phone, on paper."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect


def opened(browser: Browser, address: str, **context: object) -> Page:
    """A page in a window of its own."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


def test_the_tabs_fit_into_one_line(browser: Browser, served: dict[str, str]) -> None:
    """At 1280 pixels each tab is seen; the pages of the open one stand above the page."""
    size = {"width": 1280, "height": 900}
    page = opened(browser, f"{served['internal']}checklists/", viewport=size)
    tabs = page.locator(".md-tabs__link")
    boxes = [tab.bounding_box() for tab in tabs.all()]

    assert len(boxes) <= 7
    assert len({box["y"] for box in boxes if box}) == 1
    assert all(box and box["x"] + box["width"] < 1280 for box in boxes)
    expect(page.locator(".md-tabs__item--active")).to_have_text("Readiness")
    beside = page.get_by_role("navigation", name="Readiness")
    expect(beside.get_by_role("link")).to_have_text(
        ["Board", "Checklists", "How we release"]
    )
    expect(beside.locator("[aria-current]")).to_have_text("Checklists")
    beside.get_by_role("link", name="Board").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Readiness board")


def test_on_a_phone_the_drawer_names_every_page(
    browser: Browser, served: dict[str, str]
) -> None:
    """The tabs and what stands in them are in the drawer; nothing sticks out."""
    size = {"width": 390, "height": 800}
    page = opened(browser, f"{served['internal']}readiness/", viewport=size)
    drawer = page.locator(".md-nav--primary")

    for name in ("Board", "Checklists", "Known issues", "Metrics", "Subscribe"):
        expect(drawer.get_by_role("link", name=name, exact=True)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
