"""Support in a real browser: from a symptom or a time to the release, and a plan on one sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

RETRIES = "See every payment retry before it happens, and move it"
PARALLEL = "Invoices finalise in parallel"


def opened(browser: Browser, address: str, **context: object) -> Page:
    """A page, once its script and its index are there."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


def asked(page: Page, text: str) -> list[str]:
    """Type a question; titles of the releases found, best first."""
    page.locator("#gp-find-q").fill(text)
    page.locator("#gp-find-q").press("Enter")
    return page.locator(".gp-hit h2 a").all_inner_texts()


@pytest.fixture
def search(browser: Browser, served: dict[str, str]) -> Page:
    """The search of the demonstration."""
    return opened(browser, served["internal"] + "support/")


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        ("retry_window_passed", RETRIES, "Error or sign: retry_window_passed"),
        (
            "[error] 2026 worker-7: retry_window_passed (id 81)",
            RETRIES,
            "Error or sign: retry_window_passed",
        ),
        (
            "12:00:01 WARN checkout: the retry it asked for cannot have been moved, sorry",
            RETRIES,
            "Error or sign: retry cannot be moved",
        ),
        ("409 on patch", RETRIES, "Error or sign: 409 on PATCH of a retry"),
        (
            "/v1/invoices/inv_77/retries/1",
            RETRIES,
            "Endpoint: /v1/invoices/inv_2041/retries/2",
        ),
        (
            "PATCH https://api.tidewater.example/v1/invoices/inv_9/retries/3 failed",
            RETRIES,
            "Endpoint: /v1/invoices/inv_2041/retries/2",
        ),
        ("smart-retries", RETRIES, "Flag: smart-retries"),
        ("gap in invoice numbers", PARALLEL, "Error or sign: gap in invoice numbers"),
        (
            "GET /v1/payout_batches/pb_12",
            "Payouts of the same day arrive as one bank transfer",
            "Endpoint: /v1/payout_batches/{id}",
        ),
    ],
)
def test_a_symptom_leads_to_its_release(
    search: Page, text: str, title: str, reason: str
) -> None:
    """The best candidate comes first and says why it is there."""
    found = asked(search, text)
    first = search.locator(".gp-hit").first.inner_text()
    search.context.close()

    assert found[0] == title
    assert reason in first


def test_a_product_lists_its_releases(search: Page) -> None:
    """A name of the registry finds everything that belongs to it, of no other product."""
    found = asked(search, "Webhooks")
    reasons = search.locator(".gp-hit .gp-why").all_inner_texts()
    search.context.close()

    assert len(found) >= 3
    assert all("Webhooks" in one or "webhook" in one.lower() for one in reasons)


@pytest.mark.parametrize(
    ("time", "had"),
    [
        ("2026-11-19 14:00", "At that time: 60% of accounts, since 18 Nov 2026"),
        ("2026-11-12 08:00", "At that time: 10% of accounts, since 11 Nov 2026"),
        (
            "2026-11-05",
            "At that time: Preview accounts, 1% of accounts, since 4 Nov 2026",
        ),
        ("2026-11-04 10:00", "At that time: Invited accounts, since 4 Aug 2026"),
    ],
)
def test_a_time_tells_who_had_it_then(search: Page, time: str, had: str) -> None:
    """The exposure is that of the time, not of today; today's stands beside it."""
    found = asked(search, f"smart-retries {time}")
    first = search.locator(".gp-hit").first.inner_text()
    search.context.close()

    assert found[0] == RETRIES
    assert had in first
    assert "Now: 60% of accounts" in first


def test_a_time_alone_finds_what_had_just_changed(search: Page) -> None:
    """21 October, 11:30 in Amsterdam: the release that was on for 38 minutes is first."""
    local = asked(search, "2026-10-21 11:30")
    said = search.locator(".gp-hit").first.inner_text()
    universal = asked(search, "2026-10-21 09:30 UTC")
    offset = asked(search, "2026-10-21T05:30:00-04:00")
    search.context.close()

    assert local[0] == PARALLEL
    assert "At that time: 10% of accounts" in said
    assert "Now: Rolled back" in said
    assert "Changed shortly before" in said
    assert local == universal == offset


def test_yesterday_is_a_date(browser: Browser, served: dict[str, str]) -> None:
    """By the reader's clock: on 12 November, yesterday is the day of the second step."""
    page = browser.new_context().new_page()
    page.clock.set_fixed_time("2026-11-12T08:00:00Z")
    page.goto(served["internal"] + "support/")
    page.wait_for_load_state("networkidle")
    asked(page, "smart-retries yesterday 14:00")
    said = page.locator(".gp-hit").first.inner_text()
    page.context.close()

    assert "At that time: 10% of accounts, since 11 Nov 2026" in said
    assert "Changed shortly before: 10% of accounts" in said


@pytest.mark.parametrize(
    "text",
    ["2026-13-45 99:99", "zzzz no such thing qqqq", "(((", "\\", "*", "%", "🦉"],
)
def test_nonsense_is_answered_with_a_sentence(search: Page, text: str) -> None:
    """Nothing is found, nothing breaks, and the table is there to look through."""
    errors: list[str] = []
    search.on("pageerror", lambda error: errors.append(str(error)))
    found = asked(search, text)
    said = search.locator(".gp-find [role=status]").inner_text()
    table = search.locator(".gp-find-all").is_visible()
    search.context.close()

    assert (found, errors, table) == ([], [], True)
    assert said.startswith("No release matches.")


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=document.title='owned'> retry_window_passed", "retry " * 5000],
)
def test_what_is_typed_stays_text(search: Page, text: str) -> None:
    """Markup and a pasted log do no harm, and the words in them still count."""
    found = asked(search, text)
    title = search.title()
    pictures = search.locator(".gp-find img").count()
    search.context.close()

    assert RETRIES in found
    assert "owned" not in title
    assert pictures == 0


def test_a_question_is_an_address(browser: Browser, served: dict[str, str]) -> None:
    """It can be sent to a colleague, and Back still leads back."""
    address = f"{served['internal']}support/?find=retry_window_passed"
    page = opened(browser, address)
    page.locator(".gp-hit").first.wait_for()
    found = page.locator(".gp-hit h2 a").all_inner_texts()
    page.locator(".gp-hit h2 a").first.click()
    brief = page.locator("h1").inner_text()
    page.go_back()
    page.locator(".gp-hit").first.wait_for()
    page.locator("#gp-find-q").fill("")
    page.wait_for_function("!location.search")
    table = page.locator(".gp-find-all").is_visible()
    page.context.close()

    assert found[0] == RETRIES
    assert brief == RETRIES
    assert table


def test_without_script_the_table_stands_there(
    browser: Browser, served: dict[str, str]
) -> None:
    """No field that does nothing: every current release by product, with its brief."""
    page = opened(browser, f"{served['internal']}support/", java_script_enabled=False)
    form = page.locator(".gp-find-form").is_visible()
    groups = page.locator(".gp-find .gp-grp").all_inner_texts()
    page.get_by_role("link", name=RETRIES).first.click()
    brief = page.locator("h1").inner_text()
    page.context.close()

    assert not form
    assert any(one.startswith("Billing") for one in groups)
    assert brief == RETRIES


def test_it_works_from_a_disk(browser: Browser, demo: Path) -> None:
    """Opened as a file, without any server: the index is a script, so nothing is fetched."""
    page = opened(browser, (demo / "build/internal/support/index.html").as_uri())
    found = asked(page, "retry_window_passed")
    page.context.close()

    assert found[0] == RETRIES


def test_the_search_fits_a_phone_and_asks_nobody_else(
    browser: Browser, served: dict[str, str]
) -> None:
    """No sideways scrolling, no request to another host, with results on the page."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith(served["internal"])
            else elsewhere.append(sent.url)
        ),
    )
    for path in (
        "support/?find=2026-11-19%2014:00",
        "releases/retry-plan/support/",
        "releases/apple-pay-subscriptions/rollback/",
    ):
        page.goto(served["internal"] + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()

    assert elsewhere == []


def test_an_answer_is_copied_with_one_button(
    browser: Browser, served: dict[str, str]
) -> None:
    """What lies on the clipboard is the sentence, without markup."""
    allowed = ["clipboard-read", "clipboard-write"]
    page = opened(
        browser,
        f"{served['internal']}releases/retry-plan/support/",
        permissions=allowed,
    )
    answer = page.locator(".gp-paste", has_text="Does moving a retry count")
    answer.get_by_role("button", name="Copy").click()
    page.wait_for_function("document.getElementById('gp-status')")
    held = page.evaluate("navigator.clipboard.readText()")
    page.context.close()

    assert held == "No. There are never more than four retries per invoice."


@pytest.mark.parametrize(
    "name",
    ["apple-pay-subscriptions", "retry-plan", "parallel-invoices", "vault-move"],
)
def test_a_rollback_page_is_one_sheet_of_paper(
    browser: Browser, served: dict[str, str], name: str
) -> None:
    """A4, with room for time and name after each step, and nothing to click."""
    page = opened(browser, f"{served['internal']}releases/{name}/rollback/")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    page.emulate_media(media="print")
    shown = {
        part: page.locator(part).first.is_visible()
        for part in (".gp-tick", ".md-banner", ".md-header", ".gp-noprint")
    }
    page.context.close()

    assert sheets == 1
    assert shown == {
        ".gp-tick": True,
        ".md-banner": True,
        ".md-header": False,
        ".gp-noprint": False,
    }


def test_the_print_button_comes_with_the_script(
    browser: Browser, served: dict[str, str]
) -> None:
    """Without script the browser's own menu prints; a dead button would only be in the way."""
    address = f"{served['internal']}releases/retry-plan/rollback/"
    shown = []
    for script in (True, False):
        page = opened(browser, address, java_script_enabled=script)
        shown.append(page.get_by_role("button", name="Print").is_visible())
        page.context.close()

    assert shown == [True, False]
