"""The public site without a mouse: every stop can be seen, in the order of reading; no trap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

STOP = """
async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  await Promise.all(document.getAnimations().map((moving) => moving.finished));
  await frame();
  const one = document.activeElement;
  // Switches of the theme and of tabs are drawn by their labels.
  const seen = one.matches(".md-option") ? one.nextElementSibling
    : one.matches(".tabbed-set > input") ? one.parentElement.querySelector(".tabbed-labels")
    : one;
  const box = seen.getBoundingClientRect();
  const style = getComputedStyle(seen);
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  // A film is several stops of one name; whatever else comes twice is a trap.
  const again = one.classList.contains("walked") && !one.matches("video");
  one.classList.add("walked");
  return {
    what: (one.ariaLabel || one.textContent || one.name || "").trim().replace(/\\s+/g, " "),
    // The field of the search opens it; the browser marks the buttons inside a film.
    marked: style.outlineStyle !== "none" || one.matches(".md-search__input, video"),
    there: box.width > 0 && box.height > 0 && box.x >= -1 && box.right <= innerWidth + 1
      && box.y >= -1 && box.bottom <= innerHeight + 1,
    free: Boolean(top) && (seen.contains(top) || top.contains(seen)),
    last: one === document.body,
    again,
  };
}
"""
"""What has the focus: whether a ring marks it, it is on the screen, and nothing lies over it."""


@pytest.fixture(params=[1440, 390])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window, wide and narrow: a narrow one is also a wide one at 400 %."""
    size = {"width": request.param, "height": 900}
    window = browser.new_context(viewport=size, reduced_motion="reduce")
    yield window.new_page()
    window.close()


def walk(page: Page, most: int = 400) -> list[dict[str, object]]:
    """Press Tab to the end of the page; every stop on the way."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["last"]:
            return stops
        assert not stop["again"], f"the focus comes back to {stop['what']}"
        stops.append(stop)
    pytest.fail(f"no end after {most} stops: {stops[-3:]}")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(STOP)["what"].startswith(wanted):
            return
    pytest.fail(f"Tab never comes to {wanted}")


@pytest.mark.parametrize(
    "path", ["", "changelog/", "releases/retry-plan/", "upgrade/", "roadmap/"]
)
def test_every_stop_can_be_seen(page: Page, served: dict[str, str], path: str) -> None:
    """A ring, on the screen, nothing over it. Source: WCAG 2.2, 2.4.7 and 2.4.11."""
    page.goto(served["public"] + path)
    page.wait_for_load_state("networkidle")
    stops = walk(page)

    bad = [one for one in stops if not (one["marked"] and one["there"] and one["free"])]

    assert len(stops) > 20
    assert [str(one) for one in bad] == []


def test_the_way_leads_down_the_page(page: Page, served: dict[str, str]) -> None:
    """Skip link, search, subscribe, what must be done, filters, then the entries."""
    page.goto(f"{served['public']}changelog/")
    page.wait_for_load_state("networkidle")
    names = [str(one["what"]) for one in walk(page)]
    wanted = (
        "Skip to content",
        "Search",
        "Subscribe",
        "charge.source is gone",
        "All 38",
        "Product",
        "q",
        "See every payment retry",
        "Page 2",
    )
    places = [
        # The header leads to a page of feeds; the menu of that name stands on this page.
        max(at for at, name in enumerate(names) if name == one)
        if one == "Subscribe"
        else next(at for at, name in enumerate(names) if name.startswith(one))
        for one in wanted
    ]

    assert places == sorted(places)


def test_the_skip_link_skips(page: Page, served: dict[str, str]) -> None:
    """One key later the reader is past the header."""
    page.goto(f"{served['public']}changelog/")
    tab_to(page, "Skip to content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate(STOP)["what"] == "Subscribe"
    assert page.url.endswith("#gp-content")


def test_the_subscribe_menu(page: Page, served: dict[str, str]) -> None:
    """Enter opens it, Tab goes in, Escape closes it and returns; Tab beyond its end closes it."""
    page.goto(f"{served['public']}changelog/#gp-content")
    tab_to(page, "Subscribe")
    page.keyboard.press("Enter")
    feed = page.get_by_role("link", name="RSS", exact=False).first
    expect(feed).to_be_visible()
    page.keyboard.press("Tab")
    expect(feed).to_be_focused()
    page.keyboard.press("Escape")
    expect(feed).to_be_hidden()
    assert page.evaluate(STOP)["what"] == "Subscribe"

    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(feed).to_be_hidden()


def test_the_filter(page: Page, served: dict[str, str]) -> None:
    """A product from the menu, a type by Enter, words; each is taken away by Enter too."""
    page.goto(f"{served['public']}changelog/#gp-content")
    tab_to(page, "Product")
    page.keyboard.press("Space")
    tab_to(page, "Billing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/changelog/product/billing/")
    tab_to(page, "New ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/changelog/?product=billing&type=added")
    tab_to(page, "q")
    page.keyboard.type("retry")
    expect(page.get_by_role("status")).to_have_text("1 of 38 changes")
    tab_to(page, "Remove New")
    page.keyboard.press("Enter")
    page.wait_for_url("**/changelog/?product=billing&q=retry")
    tab_to(page, "See every payment retry")
    page.keyboard.press("Enter")
    page.wait_for_url("**/releases/retry-plan/")


def test_the_upgrade_form(page: Page, served: dict[str, str]) -> None:
    """Product and versions by the arrow keys; the answer is a link away."""
    page.goto(f"{served['public']}upgrade/")
    page.locator("[name=product]").wait_for()
    page.locator("[name=product]").press("ArrowDown")
    expect(page.get_by_role("status")).to_contain_text("change")
    answered = page.url
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_url(lambda url: url != answered)
    # The list of an answer stands right after the form.
    page.locator(".gp-found a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/releases/*/")
