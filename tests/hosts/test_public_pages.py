"""What a reader finds on the public pages: where else to look, what came with it, what ends."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from small_project import Project

END = """type: deprecated
title: Version 1 of the export ends
action: Use version 2.
impact: Exports of version 1 stop.
dates: {published: 2026-10-23}
deprecation:
  notice_on: 2026-10-23
  sunset_on: 2027-03-31
  replacement: {relation: similar, targets: [version 2]}
"""
ISSUE = """known_issues:
  - {id: greek, text: Greek letters show boxes., status: %s, affected: Greece, public: true}
  - {id: inside, text: The queue is slow., status: open, public: false}
"""


def text(markup: str) -> str:
    """Markup as a reader sees it."""
    return " ".join(re.sub("<[^>]*>", " ", markup).split())


def page(project: Project, path: str) -> str:
    """A built page."""
    return project.read(f"public/{path}index.html")


def part(markup: str, begin: str, end: str) -> str:
    """What stands between two pieces of markup."""
    return markup.partition(begin)[2].partition(end)[0]


def test_the_index_leads_to_every_month_of_a_year(project: Project) -> None:
    """Also to those on other pages, with their counts; other years are one link each."""
    for number in range(25):
        month = 9 if number < 22 else 3
        project.entry(
            f"change-{number:02}",
            f"dates: {{published: 2026-{month:02}-{number % 28 + 1:02}}}\n",
        )
    project.entry("old-change", "dates: {published: 2025-01-05}\n")
    project.build("public")
    index = part(page(project, "changelog/"), 'class="gp-index"', "</nav>")

    assert text(index).startswith(
        'aria-label="Index of the changelog"> 2026 September 22'
    )
    assert 'href="../changelog/#2026-09"' in index
    assert 'href="../changelog/page/2/#2026-03"' in index
    assert 'href="../changelog/2025/"' in index
    assert 'id="2026-03"' in page(project, "changelog/page/2/")


def test_what_came_in_the_same_version(project: Project) -> None:
    """The page lists it, but not itself and nothing of another product's version."""
    for name, front in (
        ("first-change", "version: 4.1.0\n"),
        ("second-change", "version: 4.1.0\ntype: fixed\n"),
        ("third-change", "version: 4.2.0\n"),
    ):
        project.entry(name, front)
    project.build("public")
    also = part(page(project, "releases/first-change/"), 'id="also"', "</section>")

    assert text(also) == ">Also in 4.1.0 Fixed The title of second-change"
    assert 'id="also"' not in page(project, "releases/third-change/")


def test_after_the_newest_comes_the_roadmap(project: Project) -> None:
    """Before it stands the one before, with its day."""
    project.entry("old-change", "dates: {published: 2026-10-01}\n")
    project.entry("new-change", "dates: {published: 2026-11-01}\n")
    project.build("public")
    ways = part(page(project, "releases/new-change/"), 'class="gp-pn"', "</nav>")

    assert "Previous, 1 Oct 2026 The title of old-change" in text(ways)
    assert "Nothing newer. See the roadmap" in text(ways)


def test_who_waits_is_told_how_long(project: Project) -> None:
    """While some have it; afterwards there is nothing to wait for."""
    rings = (
        "deployment: {{rings: [{{name: a, share: 10, on: 2026-11-01}}, "
        "{{name: b, share: 100, on: {}, wording: Everyone}}]}}\n"
    )
    front = "phase: rolling-out\ndates: {published: 2026-11-01}\n"
    project.entry("slow-change", front + rings.format("2026-12-03"))
    project.entry("done-change", front + rings.format("2026-11-10"))
    project.build("public")

    assert (
        "Not seeing it yet? It reaches everyone it is meant for by 3 Dec 2026."
        in text(page(project, "releases/slow-change/"))
    )
    assert "Not seeing it yet?" not in page(project, "releases/done-change/")


def test_an_end_is_told_to_programs_too(project: Project) -> None:
    """The headers of RFC 9745 and RFC 8594: on the page, and in the data."""
    project.entry("export-1-ends", END)
    project.build("public")
    row = json.loads(project.read("public/api/v1/deprecations.json"))["deprecations"][0]
    headers = row["headers"]
    shown = text(part(page(project, "deprecations/"), 'id="headers"', "</section>"))

    assert re.fullmatch(r"@\d+", headers["Deprecation"])
    began = datetime.fromtimestamp(int(headers["Deprecation"][1:]), UTC)
    ends = parsedate_to_datetime(headers["Sunset"])
    assert (began.date().isoformat(), ends.date().isoformat()) == (
        "2026-10-23",
        "2027-03-31",
    )
    assert headers["Sunset"].endswith(" GMT")
    assert (
        headers["Link"].count(
            "<https://public.harbour.example/releases/export-1-ends/>;"
        )
        == 2
    )
    assert "Sunset: Wed, 31 Mar 2027" in shown


def test_an_end_without_a_day_has_no_headers(project: Project) -> None:
    """Nothing is promised that nobody said."""
    project.entry(
        "export-1-ends", END.replace("sunset_on: 2027-03-31", "removal_version: 5.0.0")
    )
    project.build("public")

    assert 'id="headers"' not in page(project, "deprecations/")
    assert "headers" not in project.read("public/api/v1/deprecations.json")


def test_a_known_issue_is_told_once_and_once_more_when_it_is_fixed(
    project: Project,
) -> None:
    """Its item keeps its id; an internal issue is in neither feed nor data."""
    project.entry("new-invoice", ISSUE % "open")
    project.build("public")
    before = json.loads(project.read("public/feeds/known-issues.json"))["items"]
    project.entry("new-invoice", ISSUE % "fixed")
    project.build("public")
    after = json.loads(project.read("public/feeds/known-issues.json"))["items"]
    data = json.loads(project.read("public/api/v1/known-issues.json"))["known_issues"]

    assert [one["title"] for one in before] == ["Greek letters show boxes."]
    assert [one["title"] for one in after] == ["Fixed: Greek letters show boxes."]
    assert before[0]["id"] == after[0]["id"]
    assert before[0]["url"].endswith("/releases/new-invoice/#new-invoice-greek")
    assert [(one["id"], one["status"]) for one in data] == [("greek", "fixed")]


FIX = """type: fixed
version: 4.18.1
phase: %s
dates: {%s}
"""


@pytest.mark.parametrize(
    ("phase", "dates", "said"),
    [
        ("preparing", "planned: 2026-11-23", "Fix planned in"),
        ("done", "published: 2026-11-20", "Fixed in"),
        ("done", "published: 2026-11-23", "Fix planned in"),
    ],
    ids=["being prepared", "out", "out later"],
)
def test_a_fix_that_is_not_out_is_a_plan(
    project: Project, phase: str, dates: str, said: str
) -> None:
    """Page, entry, twin, feed, data and support brief say the same, each day anew."""
    other = "Fixed in" if said == "Fix planned in" else "Fix planned in"
    issue = ISSUE.replace("public: true", "fixed_in: 4.18.1, public: true", 1)
    project.entry("new-invoice", issue % "workaround")
    project.entry("greek-fix", FIX % (phase, dates))
    project.build()
    data = json.loads(project.read("public/api/v1/known-issues.json"))["known_issues"]

    for place in (
        "public/known-issues/index.html",
        "public/releases/new-invoice/index.html",
        "public/releases/new-invoice/index.md",
        "public/feeds/known-issues.json",
        "internal/releases/new-invoice/support/index.html",
    ):
        text = project.read(place).casefold()
        assert said.casefold() in text, place
        assert other.casefold() not in text, place
    assert data[0]["fix_released"] is (said == "Fixed in")


def test_a_fix_that_only_colleagues_read_of_is_a_plan(project: Project) -> None:
    """One word more would tell customers of a release they may not know."""
    issue = ISSUE.replace("public: true", "fixed_in: 4.18.1, public: true", 1)
    project.entry("new-invoice", issue % "workaround")
    out = FIX % ("done", "published: 2026-11-20")
    project.entry("greek-fix", f"{out}audience: internal\n")
    project.build("public")

    assert "Fix planned in" in project.read("public/known-issues/index.html")


def test_a_version_of_another_product_fixes_nothing(project: Project) -> None:
    """4.18.1 of Payouts is out; the issue waits for 4.18.1 of Billing."""
    project.write(
        "content/registry.yml",
        "zone: UTC\nproducts:\n  billing: {name: Billing}\n  payouts: {name: Payouts}\n",
    )
    issue = ISSUE.replace("public: true", "fixed_in: 4.18.1, public: true", 1)
    project.entry("new-invoice", issue % "open")
    out = FIX % ("done", "published: 2026-11-20")
    project.entry("payouts-fix", f"{out}products: [payouts]\n")
    project.build("public")

    assert "Fix planned in 4.18.1" in page(project, "known-issues/")


def test_their_pages_name_their_own_feeds(project: Project) -> None:
    """Also while there is nothing in them: whoever follows early misses nothing."""
    project.build("public")
    for name in ("known-issues", "deprecations"):
        assert f"feeds/{name}.rss.xml" in page(project, f"{name}/")
        assert json.loads(project.read(f"public/feeds/{name}.json"))["items"] == []


def test_search_knows_type_and_product(project: Project) -> None:
    """As words of their own, which weigh most, and as text, never as markup."""
    project.write(
        "content/registry.yml",
        "zone: UTC\nproducts:\n  billing: {name: Billing <&> Tax}\n",
    )
    project.entry(
        "late-fix",
        "type: fixed\ntitle_internal: Kumquat\nbreaking: false\n",
        "Totals are right.\n\n/// internal\nAsk the kumquat team.\n///\n",
    )
    project.build("public")
    index = json.loads(project.read("public/search/search_index.json"))
    row = next(one for one in index["docs"] if one["location"] == "releases/late-fix/")

    assert row["tags"] == ["Fixed", "Billing &lt;&amp;&gt; Tax"]
    assert "Totals are right." in row["text"]
    assert "umquat" not in json.dumps(index)


@pytest.mark.parametrize("site", ["public", "internal"])
def test_what_is_pinned_says_why_it_stands_on_top(project: Project, site: str) -> None:
    """An older entry above newer ones is marked; a page without one has no mark."""
    project.entry("new-thing", "dates: {published: 2026-11-18}\n")
    project.entry("old-notice", "type: notice\ndates: {published: 2026-11-09}\n")
    project.build(site)
    assert "Pinned" not in project.read(f"{site}/index.html")
    project.entry(
        "old-notice", "type: notice\npin: true\ndates: {published: 2026-11-09}\n"
    )
    project.build(site)
    home = text(project.read(f"{site}/index.html"))
    order = ["Pinned", "The title of old-notice", "Newest first", "of new-thing"]

    assert sorted(order, key=home.index) == order
    assert home.count("The title of old-notice") == 1


def test_what_came_along_is_one_line(project: Project) -> None:
    """Minor changes of the same version and day follow their major one; others stand alone."""
    on = "dates: {published: 2026-11-18}\n"
    project.entry("a-fix", f"type: fixed\nversion: 4.18.0\n{on}")
    project.entry("b-launch", f"highlight: true\nversion: 4.18.0\n{on}")
    project.entry("c-fix", f"type: fixed\nversion: 4.18.0\n{on}")
    project.entry("d-fix", f"type: fixed\nversion: 4.18.1\n{on}")
    project.entry("old-fix", "type: fixed\nversion: 4.18.0\n")
    project.build("public")
    log = page(project, "changelog/")
    shown = re.findall(r'<article class="gp-entry[^>]* id="([^"]*)"', log)
    along = re.findall(r'<div class="gp-along">\s*<article[^>]* id="([^"]*)"', log)

    assert shown == ["b-launch", "a-fix", "c-fix", "d-fix", "old-fix"]
    assert along == ["a-fix", "c-fix"]


def test_an_empty_log_asks_for_nothing(project: Project) -> None:
    """No filter without something to filter, and a next step."""
    project.build("public")
    log = page(project, "changelog/")

    assert "gp-filters" not in log
    assert "Nothing released yet." in log
    assert 'href="../roadmap/"' in log
