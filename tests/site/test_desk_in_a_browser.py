"""The internal site as colleagues use it: its tabs, its board, on a phone, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

ROWS = ".gp-board tr[data-id]:visible"


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


def test_verdict_and_team_narrow_the_board_together(
    browser: Browser, served: dict[str, str]
) -> None:
    """The address keeps both, opens the same again, and Back takes one away."""
    board = f"{served['internal']}readiness/"
    page = opened(browser, board)
    everything = page.locator(ROWS).count()
    page.get_by_role("link", name="No-go", exact=False).first.click()
    expect(page).to_have_url(f"{board}no-go/")
    stopped = page.locator(ROWS).count()
    page.locator(".gp-verdicts summary").click()
    page.get_by_role("link", name="@payouts").click()
    expect(page).to_have_url(f"{board}?verdict=no-go&team=payouts")
    expect(page.get_by_role("status").first).to_have_text(
        "2 releases: no-go, for @payouts."
    )
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator("section:has(#acts) tbody tr:visible")).to_have_count(4)
    address = page.url

    page.go_back()
    expect(page).to_have_url(f"{board}no-go/")
    expect(page.locator(ROWS)).to_have_count(stopped)
    expect(opened(browser, address).locator(ROWS)).to_have_count(2)
    page.goto(address)
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(ROWS)).to_have_count(everything)


def test_the_board_without_script(browser: Browser, served: dict[str, str]) -> None:
    """Chips and the menu of teams are links to finished pages."""
    page = opened(browser, f"{served['internal']}readiness/", java_script_enabled=False)
    page.locator(".gp-verdicts summary").click()
    page.get_by_role("link", name="@sre-oncall").click()
    assert page.url.endswith("/readiness/team/sre-oncall/")
    assert page.locator(ROWS).count() == 1
    assert not page.get_by_role("link", name="Clear").is_visible()


@pytest.mark.parametrize(
    "path",
    [
        "readiness/",
        "releases/apple-pay-subscriptions/readiness/",
        "releases/apple-pay-subscriptions/trail/",
        "calendar/",
        "checklists/",
        "metrics/",
    ],
)
def test_on_a_phone_nothing_sticks_out(
    browser: Browser, served: dict[str, str], path: str
) -> None:
    """At 390 and at 320 pixels, with everything unfolded."""
    for width in (390, 320):
        size = {"width": width, "height": 800}
        page = opened(browser, served["internal"] + path, viewport=size)
        page.evaluate(
            "document.querySelectorAll('.gp details').forEach((one) => { one.open = true; })"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_command_is_copied_by_a_button_of_its_own(
    browser: Browser, served: dict[str, str]
) -> None:
    """On the readiness page and on the sheet; without script no button waits."""
    path = f"{served['internal']}releases/apple-pay-subscriptions/"
    for name in ("readiness/", "rollback/"):
        allowed = ["clipboard-read", "clipboard-write"]
        page = opened(browser, path + name, permissions=allowed)
        button = page.get_by_role("button", name="Copy the command of step 2")
        step = page.locator("li", has=button)
        button.click()
        expect(page.locator("#gp-status")).to_have_text("Copied")
        held = page.evaluate("navigator.clipboard.readText()")
        assert held == step.locator("pre").inner_text().strip() != ""
        still = opened(browser, path + name, java_script_enabled=False)
        assert not still.locator("[data-copy]").first.is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_ways_to_switch_off_stand_beneath_one_another(
    browser: Browser, served: dict[str, str], width: int
) -> None:
    """Two ways share one label: the second does not stand where labels do."""
    address = f"{served['internal']}releases/retry-plan/support/"
    page = opened(browser, address, viewport={"width": width, "height": 900})
    ways = page.locator("section:has(> #off) dl > div", has_text="How").locator("dd")
    boxes = [way.bounding_box() for way in ways.all()]

    assert len(boxes) == 2
    assert len({box["x"] for box in boxes if box}) == 1
