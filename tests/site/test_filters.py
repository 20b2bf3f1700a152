"""Combined filters of the changelog: in the browser, in the address, over one small index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser window; an error of a script fails the test."""
    errors: list[str] = []
    opened = browser.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def titles(page: Page) -> list[str]:
    """What is shown, from the top."""
    return page.locator(".gp-found .gp-t").all_inner_texts()


def rows(demo: Path) -> list[list[object]]:
    """The index as it was built."""
    index = json.loads((demo / "build/public/changelog/filter.json").read_text())
    return list(index["rows"])


def test_two_filters_come_together(
    page: Page, served: dict[str, str], demo: Path
) -> None:
    """On the view of one product a type narrows it; the address says both."""
    page.goto(f"{served['public']}changelog/product/billing/")
    page.get_by_role("link", name="New 1").click()
    wanted = [row[2] for row in rows(demo) if "billing" in row[5] and "added" in row[6]]

    expect(page.get_by_role("status")).to_have_text(
        f"{len(wanted)} of {len(rows(demo))} changes"
    )
    assert page.url.endswith("changelog/?product=billing&type=added")
    assert titles(page) == wanted
    assert page.locator("[data-log]").is_hidden()


KINDS = ("changed", "performance")


def test_who_chooses_a_badge_gets_all_that_wear_it(
    page: Page, served: dict[str, str], demo: Path
) -> None:
    """Badge, chip, title of the view and feed say "Improved"; speed alone is a part of it."""
    wanted = [row[2] for row in rows(demo) if {*KINDS} & {*row[6]}]
    faster = [row[2] for row in rows(demo) if "performance" in row[6]]
    page.goto(f"{served['public']}changelog/")
    page.get_by_role("link", name=f"Improved {len(wanted)}", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Improved")
    shown = page.locator(".gp-entry .gp-b", has_text="Improved")

    assert shown.count() == len(wanted) > len(faster) > 0
    page.get_by_role("link", name=f"Improved speed {len(faster)}", exact=True).click()
    # Both are chosen now, and one holds the other.
    expect(page.get_by_role("status")).to_contain_text(f"{len(wanted)} of")
    feeds = demo / "build/public/feeds/type"
    told = [json.loads((feeds / f"{one}.json").read_text()) for one in KINDS]
    assert [one["title"].partition(": ")[2] for one in told] == [
        "Improved",
        "Improved speed",
    ]
    page.goto(f"{served['public']}changelog/?type=changed")
    expect(page.get_by_role("status")).to_contain_text(f"{len(wanted)} of")


def test_words_narrow_while_one_types(page: Page, served: dict[str, str]) -> None:
    """Every word must be there; the address keeps them."""
    page.goto(f"{served['public']}changelog/")
    page.get_by_label("Filter by word").press_sequentially("retry payment")

    expect(page.locator(".gp-found .gp-t").first).to_have_text(
        "See every payment retry before it happens, and move it"
    )
    assert page.url.endswith("?q=retry%20payment")


def test_words_in_an_address_are_for_the_filter(
    page: Page, served: dict[str, str]
) -> None:
    """The theme's own search, which listens to the same word, stays closed."""
    address = f"{served['public']}changelog/?product=billing&q=retry"
    page.goto(address)

    expect(page.locator(".gp-found .gp-t")).to_have_count(1)
    expect(page.get_by_label("Filter by word")).to_have_value("retry")
    assert page.url == address
    assert not page.locator("#__search").is_checked()


def test_back_brings_the_filter_again(page: Page, served: dict[str, str]) -> None:
    """A reader who looked into an entry returns to what they had chosen."""
    page.goto(f"{served['public']}changelog/?type=security&product=webhooks")
    page.locator(".gp-found .gp-t a").first.click()
    page.get_by_role("heading", level=1).wait_for()
    page.go_back()

    expect(page.locator(".gp-found .gp-chip")).to_have_text(
        ["Webhooks \u00d7", "Security \u00d7"]
    )
    chip = page.locator(".gp-chips a", has_text="Security")
    assert chip.get_attribute("aria-current") == "true"


def test_a_filter_is_taken_away(page: Page, served: dict[str, str]) -> None:
    """Each has a cross; without any the whole log stands there again."""
    page.goto(f"{served['public']}changelog/?since=2026-10-01&type=fixed")
    page.get_by_role("link", name="Remove since 2026-10-01").click()
    page.get_by_role("link", name="Remove Fixed").click()

    expect(page.locator("[data-log]")).to_be_visible()
    assert page.url.endswith("changelog/")


def test_the_matching_feed_is_there(page: Page, served: dict[str, str]) -> None:
    """A product and a type have a feed together, so the list offers it."""
    page.goto(f"{served['public']}changelog/?product=payments&type=added")
    feed = page.get_by_role("link", name="Feed of this selection").get_attribute("href")

    assert feed == f"{served['public']}feeds/product/payments/type/added.atom.xml"
    assert page.request.get(feed).ok


def test_what_matches_nothing_says_so(page: Page, served: dict[str, str]) -> None:
    """An unknown product or a word nobody wrote is no empty page; markup stays text."""
    page.goto(
        f"{served['public']}changelog/?product=%3Cimg%20src=x%20onerror=alert(1)%3E&q=zz"
    )

    expect(page.locator(".gp-empty").last).to_contain_text("Nothing matches")
    assert page.locator(".gp-found img").count() == 0


def test_without_script_links_lead_to_views(
    browser: Browser, served: dict[str, str]
) -> None:
    """No field that does nothing is shown; every chip is a page."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served['public']}changelog/?q=retry")

    assert page.get_by_placeholder("Filter by word").is_hidden()
    page.get_by_role("link", name="Security", exact=False).first.click()
    assert page.url.endswith("changelog/type/security/")
    page.close()


@pytest.mark.parametrize(
    ("query", "feeds"),
    [
        ("product=billing&q=invoice", ["product/billing"]),
        ("product=billing,payouts", ["product/billing", "product/payouts"]),
        ("product=payments,api&type=fixed,breaking&since=2024-01-01", None),
        ("type=security&for=developers", ["type/security"]),
        ("since=2026-10-01", ["all"]),
        ("q=nothinglikethis", []),
    ],
)
def test_without_a_feed_of_its_own_the_nearest_are_there(
    page: Page, served: dict[str, str], query: str, feeds: list[str] | None
) -> None:
    """Each holds part of what is shown, together all of it, and none leads nowhere."""
    page.goto(f"{served['public']}changelog/?{query}")
    page.get_by_role("status").wait_for()
    found = [
        link.get_attribute("href") or ""
        for link in page.locator(".gp-found a[href*='/feeds/']").all()
    ]
    if feeds is not None:
        assert found == [f"{served['public']}feeds/{one}.atom.xml" for one in feeds]
    else:
        assert found
    held = "".join(page.request.get(address).text() for address in found)
    assert all(page.request.get(address).ok for address in found)
    assert all(title in held for title in titles(page))


def test_a_year_is_not_all(page: Page, served: dict[str, str]) -> None:
    """On the view of a year no chip is on; on the second page of the log `All` is."""
    page.goto(f"{served['public']}changelog/2025/")
    page.locator(".gp-filters form").wait_for()
    assert page.locator(".gp-chips [aria-current]").count() == 0
    page.goto(f"{served['public']}changelog/page/2/")
    expect(page.locator(".gp-chips [aria-current]")).to_contain_text("All")


def test_a_day_and_a_plan_are_asked_for_in_a_menu(
    page: Page, served: dict[str, str], demo: Path
) -> None:
    """They have no pages of their own; what names no plan is for every plan."""
    page.goto(f"{served['public']}changelog/?type=added")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Since").fill("2025-06-01")
    page.wait_for_url("**/changelog/?type=added&since=2025-06-01")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Plan").select_option("enterprise")
    page.wait_for_url("**/changelog/?type=added&plan=enterprise&since=2025-06-01")
    page.get_by_role("status").wait_for()
    wanted = [
        row[2]
        for row in rows(demo)
        if "added" in row[6]
        and str(row[1]) >= "2025-06-01"
        and (not row[8] or "enterprise" in row[8])
    ]

    assert titles(page) == wanted
    assert any(not row[8] for row in rows(demo) if row[2] in wanted)
    page.get_by_text("More", exact=True).click()
    assert page.locator("[name=since]").input_value() == "2025-06-01"


def test_the_menu_fits_a_phone(browser: Browser, served: dict[str, str]) -> None:
    """Open, it leaves no part of the page outside."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{served['public']}changelog/")
    page.get_by_text("More", exact=True).click()

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
