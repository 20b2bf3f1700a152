"""The flag register as colleagues use it: whole without script, filtered by a word with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROWS = ".gp-flags tbody tr:visible"
DEMONSTRATED = 14
"""Flags of the demonstration, the provider's own included."""


def opened(browser: Browser, address: str, **context: object) -> Page:
    """A page in a window of its own."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.goto(address)
    return page


def test_a_word_narrows_the_rows(browser: Browser, served: dict[str, str]) -> None:
    """By key, owner or release; the address keeps the word, and opens the same view again."""
    page = opened(browser, f"{served['internal']}flags/")
    expect(page.locator(ROWS)).to_have_count(DEMONSTRATED)
    page.get_by_label("Filter by flag or owner").fill("@payouts")
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text(f"2 of {DEMONSTRATED} match.")
    assert page.url.endswith("flags/?find=%40payouts")

    again = opened(browser, page.url)
    expect(again.locator(ROWS)).to_have_count(2)
    assert not again.locator("#__search").is_checked()


def test_a_word_stays_when_a_view_is_chosen(
    browser: Browser, served: dict[str, str]
) -> None:
    """The view keeps the word, Back brings the view before it."""
    page = opened(browser, f"{served['internal']}flags/?find=%40payouts")
    expect(page.locator(ROWS)).to_have_count(2)
    page.get_by_role("link", name="Drift").click()
    expect(page).to_have_url(f"{served['internal']}flags/view/drift/?find=%40payouts")
    expect(page.locator(ROWS)).to_have_count(1)

    page.go_back()
    expect(page.get_by_label("Filter by flag or owner")).to_have_value("@payouts")
    expect(page.locator(ROWS)).to_have_count(2)


def test_without_script(browser: Browser, served: dict[str, str]) -> None:
    """Every row is there, the views are links, and no field waits that does nothing."""
    page = opened(browser, f"{served['internal']}flags/", java_script_enabled=False)
    assert page.locator(ROWS).count() == DEMONSTRATED
    assert not page.get_by_label("Filter by flag or owner").is_visible()
    page.get_by_role("link", name="Stale").click()
    assert page.locator(f"{ROWS} code").all_inner_texts() == [
        "legacy-invoice-numbering"
    ]


@pytest.mark.parametrize("path", ["flags/", "flags/payouts-batch-v2/"])
def test_on_a_phone_nothing_sticks_out(
    browser: Browser, served: dict[str, str], path: str
) -> None:
    """At 390 and at 320 pixels."""
    for width in (390, 320):
        size = {"width": width, "height": 800}
        page = opened(browser, served["internal"] + path, viewport=size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_flag_reaches_the_public_site(demo: Path) -> None:
    """Neither a key nor the register, its script or its files."""
    public = demo / "build/public"
    names = {file.relative_to(public).as_posix() for file in public.rglob("*")}
    assert [name for name in names if "flags" in name] == []
    told = (public / "releases/retry-plan/index.html").read_text("utf-8")
    assert "Rolling out: about 60% of accounts, as of 18 Nov 2026" in told
    assert "smart-retries" not in told
