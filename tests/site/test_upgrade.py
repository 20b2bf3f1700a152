"""What changes for me: the page reads as `gatepost diff` does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect
from small_project import Project

from gatepost.cli.diff import diff_command

GROUPS = {
    "must_do": "What you must do",
    "should_know": "What you should know",
    "new_for_you": "New for you",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser window; an error of a script fails the test."""
    errors: list[str] = []
    opened = browser.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def on_the_page(page: Page) -> dict[str, list[str]]:
    """Titles by group."""
    sections = page.locator(".gp-found section").all()
    return {
        one.locator("h2").inner_text(): one.locator(".gp-t").all_inner_texts()
        for one in sections
    }


def in_the_terminal(demo: Path, *call: str) -> dict[str, list[str]]:
    """The same, as the command says it."""
    words = [*call, "--root", str(demo), "--format", "json", "--as-of", "2026-11-21"]
    said = json.loads(CliRunner().invoke(diff_command, words).output)
    return {
        GROUPS[key]: [row["title"].replace("`", "") for row in said[key]]
        for key in GROUPS
        if said[key]
    }


def steps(demo: Path, product: str) -> tuple[str, str]:
    """Two versions of a product, or two days if it has none."""
    data = json.loads((demo / f"build/public/upgrade/{product}.json").read_text())
    known = data["versions"] or sorted(row[1] for row in data["rows"])
    return known[len(known) // 3], known[-1]


@pytest.mark.parametrize(
    "product", ["billing", "payments", "sdks", "api", "python-sdk"]
)
def test_the_page_says_what_the_command_says(
    page: Page, served: dict[str, str], demo: Path, product: str
) -> None:
    """Two readers of one question get one answer."""
    first, last = steps(demo, product)
    query = f"?product={product}&from={first}&to={last}"
    page.goto(f"{served['public']}upgrade/{query}")
    page.get_by_role("status").wait_for()

    found = on_the_page(page)
    assert found == in_the_terminal(demo, first, last, "--product", product)
    assert found
    assert page.url.endswith(query)


@pytest.mark.parametrize("product", ["api", "payments", "payouts", "dashboard"])
def test_only_what_concerns_a_plan(
    page: Page, served: dict[str, str], demo: Path, product: str
) -> None:
    """What another plan gets is left out, on the page as in the terminal."""
    first, last = "2024-01-01", "2026-11-21"
    plan = {"payouts": "starter"}.get(product, "growth")
    address = f"{served['public']}upgrade/?product={product}&from={first}&to={last}"
    page.goto(address)
    page.get_by_role("status").wait_for()
    everything = on_the_page(page)
    page.goto(f"{address}&plan={plan}")
    page.get_by_role("status").wait_for()
    call = [first, last, "--product", product, "--plan", plan]

    assert on_the_page(page) == in_the_terminal(demo, *call) != everything
    assert page.url.endswith(f"&plan={plan}")


@pytest.mark.parametrize("platform", ["ios", "android", "web"])
def test_only_what_concerns_a_platform(
    page: Page, served: dict[str, str], demo: Path, platform: str
) -> None:
    """What another platform gets is left out, on the page as in the terminal."""
    data = json.loads((demo / "build/public/upgrade/payments.json").read_text())
    first, last = data["versions"][0], data["versions"][-1]
    query = f"?product=payments&from={first}&to={last}&platform={platform}"
    page.goto(f"{served['public']}upgrade/{query}")
    page.get_by_role("status").wait_for()
    call = [first, last, "--product", "payments"]
    if platform in data["labels"]["platform"]:
        call += ["--platform", platform]

    assert on_the_page(page) == in_the_terminal(demo, *call)
    assert ("platform=" in page.url) == (platform in data["labels"]["platform"])


@pytest.fixture(scope="module")
def rolled_back(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> tuple[Path, str]:
    """A product whose 3.2 brought something to one plan only, after 3.1 was rolled back."""
    project = Project(tmp_path_factory.mktemp("harbour"))
    project.write(
        "content/registry.yml",
        "zone: UTC\nproducts: {billing: {name: Billing}}\n"
        "plans: {team: {}, enterprise: {}}\n",
    )
    project.entry(
        "tried",
        "title: Tried\nplans: [team, enterprise]\nversion: 3.1.0\n"
        "dates: {published: 2026-08-01}\nstate: rolled-back\nstate_on: 2026-08-20\n"
        "state_note: It failed.\nincidents: [{id: I-1, fix: rollback, "
        "started_at: 2026-08-20T10:00:00Z, postmortem: https://a.example/1}]\n",
    )
    project.entry(
        "sign-on",
        "title: Sign on\nplans: [enterprise]\nversion: 3.2.0\n"
        "dates: {published: 2026-09-01}\n",
    )
    project.entry("newest", "title: Newest\nversion: 4.0.0\n")
    project.build("public")
    return project.root, serve(project.root / "build/public")


@pytest.mark.parametrize("plan", ["", "team", "enterprise"])
@pytest.mark.parametrize(
    ("start", "known"), [("3.1.0", ["Tried"]), ("3.2.0", [])], ids=["had", "never had"]
)
def test_a_rollback_is_told_to_whoever_had_it(
    page: Page, rolled_back: tuple[Path, str], plan: str, start: str, known: list[str]
) -> None:
    """3.2 came out after it, for every plan, whichever plan it brought something to."""
    root, address = rolled_back
    narrow = f"&plan={plan}" if plan else ""
    page.goto(f"{address}upgrade/?product=billing&from={start}&to=4.0.0{narrow}")
    page.get_by_role("status").wait_for()
    call = [start, "4.0.0", "--product", "billing", *(["--plan", plan] if plan else [])]

    found = on_the_page(page)
    assert found == in_the_terminal(root, *call)
    assert found.get("What you should know", []) == known


@pytest.mark.parametrize("start", ["1.0.0", "4.9.0", "4.15.10", "4.17.99"])
def test_a_version_that_changed_nothing(
    page: Page, served: dict[str, str], demo: Path, start: str
) -> None:
    """Whoever has it is told everything since, not what the nearest listed version would be."""
    query = f"?product=billing&from={start}&to=4.18.0"
    page.goto(f"{served['public']}upgrade/{query}")
    page.get_by_role("status").wait_for()
    call = [start, "4.18.0", "--product", "billing"]

    assert on_the_page(page) == in_the_terminal(demo, *call)
    assert page.url.endswith(query)


def test_a_product_with_versions_by_day(
    page: Page, served: dict[str, str], demo: Path
) -> None:
    """Days in the address mean days; the reader may go back to versions."""
    query = "?product=payments&from=2026-01-01&to=2026-11-21"
    page.goto(f"{served['public']}upgrade/{query}")
    page.get_by_role("status").wait_for()
    call = ["2026-01-01", "2026-11-21", "--product", "payments"]

    assert on_the_page(page) == in_the_terminal(demo, *call)
    assert page.get_by_label("By day").is_checked()
    page.get_by_label("By day").uncheck()
    expect(page.get_by_role("status")).to_contain_text("to 4.")


def test_a_version_that_is_a_day_is_a_version(
    page: Page, served: dict[str, str], demo: Path
) -> None:
    """The API counts in days: those it has published are meant."""
    data = json.loads((demo / "build/public/upgrade/api.json").read_text())
    first, last = data["versions"][0], data["versions"][-1]
    page.goto(f"{served['public']}upgrade/?product=api&from={first}&to={last}")
    page.get_by_role("status").wait_for()

    assert not page.get_by_label("By day").is_checked()
    assert on_the_page(page) == in_the_terminal(demo, first, last, "--product", "api")


def test_a_reader_chooses(page: Page, served: dict[str, str]) -> None:
    """Product, then versions: the address follows, so that it can be sent to a colleague."""
    page.goto(f"{served['public']}upgrade/")
    page.get_by_role("combobox", name="Product").select_option(label="Payments")

    expect(page.get_by_role("status")).to_contain_text("to 4.")
    assert "?product=payments&from=" in page.url


def test_without_script_one_reads_down(
    browser: Browser, served: dict[str, str]
) -> None:
    """Every product has a page, newest version first, with what must be done above all."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{served['public']}upgrade/")
    assert page.locator("form.gp-ask").is_hidden()
    page.get_by_role("link", name="Billing").click()
    headings = page.locator(".gp-month > h2").all_inner_texts()

    assert headings[0].startswith("4.18.0")
    page.close()


@pytest.mark.parametrize(
    ("first", "last", "old", "new"),
    [
        ("4.18.0", "4.15.0", "4.15.0", "4.18.0"),
        ("4.18.0", "4.2.0", "4.2.0", "4.18.0"),
        ("v4.18.0", "v4.2.0", "4.2.0", "4.18.0"),
        ("2026-11-21", "2026-10-01", "2026-10-01", "2026-11-21"),
    ],
)
def test_versions_the_wrong_way_round(
    page: Page, served: dict[str, str], first: str, last: str, old: str, new: str
) -> None:
    """They are turned round, for all to see: never "nothing changes" between them."""
    address = f"{served['public']}upgrade/?product=billing&from="
    page.goto(f"{address}{first}&to={last}")
    expect(page.get_by_role("status")).to_contain_text(f"from {old} to {new}")
    turned = on_the_page(page)
    fields = [page.locator(f"[name={one}]:visible") for one in ("from", "to")]

    assert [one.input_value() for one in fields] == [old, new]
    assert page.url.endswith(f"?product=billing&from={old}&to={new}")
    page.goto(f"{address}{old}&to={new}")
    page.get_by_role("status").wait_for()
    assert turned == on_the_page(page) != {}


def test_a_reader_who_chooses_the_wrong_way_round(
    page: Page, served: dict[str, str]
) -> None:
    """The two fields change places."""
    page.goto(f"{served['public']}upgrade/?product=billing&from=4.2.0&to=4.15.2")
    page.get_by_role("combobox", name="From").select_option("4.18.0")

    expect(page.get_by_role("status")).to_contain_text("from 4.15.2 to 4.18.0")
    assert page.get_by_role("combobox", name="From").input_value() == "4.15.2"


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [
        ("product=billing&from=1&to=2", "1, 2"),
        ("product=billing&from=2&to=1", "1, 2"),
        ("product=billing&from=4.2.0&to=99", "99"),
        ("product=billing&from=newest&to=4.18.0", "newest"),
    ],
)
def test_a_version_the_log_does_not_know(
    page: Page, served: dict[str, str], asked: str, unknown: str
) -> None:
    """The page says so and what it knows, and does not claim that nothing changes."""
    page.goto(f"{served['public']}upgrade/?{asked}")
    said = page.get_by_role("status")

    expect(said).to_contain_text(
        f"Not in this log: {unknown}. It has: 3.30.0 – 4.18.0."
    )
    expect(said).not_to_contain_text("Nothing changes")


def test_a_question_without_its_product(page: Page, served: dict[str, str]) -> None:
    """Versions alone are asked of the product that is shown; an unknown one is named."""
    page.goto(f"{served['public']}upgrade/?from=1&to=2")
    expect(page.get_by_role("status")).to_contain_text("Not in this log")
    page.goto(f"{served['public']}upgrade/?product=ledger&from=1&to=2")

    expect(page.get_by_role("status")).to_contain_text(
        re.compile(r"Not in this log: ledger\. It has: .*Billing.*\.")
    )


def test_a_foreign_question_is_answered_with_what_there_is(
    page: Page, served: dict[str, str]
) -> None:
    """A version or product that does not exist leads to the form, never to an empty page."""
    page.goto(f"{served['public']}upgrade/?product=billing&from=%3Cb%3E&to=99")
    expect(page.get_by_role("status")).to_contain_text("from 4.")
    page.goto(f"{served['public']}upgrade/?product=unknown")

    expect(page.get_by_role("combobox", name="Product")).to_be_visible()
