"""The roadmap: what it says of dates that moved, plans that were dropped, and the quarters."""

from __future__ import annotations

import json
import re

import pytest
from small_project import Project

PLAN = """kind: standard
phase: {phase}
title: {title}
dates: {{}}
roadmap: {{show: true{more}}}
"""


def planned(
    project: Project, name: str, phase: str = "building", more: str = ""
) -> None:
    """An entry of the roadmap."""
    title = name.replace("-", " ").capitalize()
    project.entry(name, PLAN.format(phase=phase, title=title, more=more))


def table(project: Project) -> list[list[str]]:
    """The timeline, a row for each of its rows, without tags."""
    page = project.read("public/roadmap/index.html")
    found = re.search(r'class="gp-tl".*?</table>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", found[0], re.DOTALL) if found else []
    return [
        [
            " ".join(re.sub("<[^>]*>", " ", cell).split())
            for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def test_quarters_stand_across_and_products_down(project: Project) -> None:
    """Something late stands in the quarter that is running, a half year takes two columns."""
    planned(project, "late-thing", more=", target: 2026-Q2, confidence: low")
    planned(project, "next-thing", more=", target: 2027-01, confidence: high")
    planned(project, "wide-thing", more=", target: 2027-H1")
    planned(project, "some-day", "idea")
    project.build("public")
    rows = table(project)

    assert rows[0] == ["", "Q4 2026 Today 21 Nov 2026", "Q1 2027", "Q2 2027"]
    assert rows[1] == [
        "Billing",
        "Late thing Q2 2026 Low confidence",
        "Next thing Jan 2027 High confidence",
        "",
    ]
    assert rows[2] == ["", "Wide thing first half of 2027"]
    assert 'colspan="2"' in project.read("public/roadmap/index.html")


def test_what_lies_far_ahead_stands_in_the_last_column(project: Project) -> None:
    """Six columns at most: with more there is no room for words."""
    planned(project, "far-thing", more=", target: 2031-Q3")
    project.build("public")

    assert table(project)[0][-1] == "Q1 2028 and later"
    assert table(project)[1][-1] == "Far thing Q3 2031"


def test_without_a_target_there_is_no_timeline(project: Project) -> None:
    """Nor a button that leads to it."""
    planned(project, "some-day", "idea")
    project.build("public")

    assert table(project) == []
    assert "#timeline" not in project.read("public/roadmap/index.html")


@pytest.mark.parametrize(
    ("target", "was", "said"),
    [
        ("2026-12", "2026-11", "Dec 2026, was Nov"),
        ("2027-01", "2026-12", "Jan 2027, was Dec 2026"),
        ("2026-Q4", "2026-Q3", "Q4 2026, was Q3"),
        ("2027", "2026-Q4", "2027, was Q4 2026"),
    ],
)
def test_a_date_that_moved_shows_the_old_one(
    project: Project, target: str, was: str, said: str
) -> None:
    """The year is said once."""
    planned(project, "slow-thing", more=f", target: {target}, was: {was}")
    project.build("public")

    assert f">{said}<" in project.read("public/roadmap/index.html")


def test_a_site_may_keep_its_moves_to_itself(project: Project) -> None:
    """Neither the page nor the data tells the old date, and the page promises nothing."""
    project.configure("site_config.yml", "public")
    config = project.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + "    roadmap_moves: false\n", "utf-8")
    planned(project, "slow-thing", more=", target: 2026-12, was: 2026-11")
    project.build("public")
    page = project.read("public/roadmap/index.html")

    assert "was Nov" not in page
    assert "stays visible" not in page
    assert '"was"' not in project.read("public/api/v1/roadmap.json")


def test_what_was_dropped_says_so_and_why(project: Project) -> None:
    """On the page, in the data and once in the feed, under the item's own id."""
    planned(project, "cheque-refunds")
    project.build("public")
    before = json.loads(project.read("public/feeds/roadmap.json"))["items"]
    project.entry(
        "cheque-refunds",
        PLAN.format(phase="building", title="Cheque refunds", more="")
        + "state: cancelled\nstate_on: '2026-11-21T10:00:00Z'\n"
        "state_note: Too few asked for it.\n",
    )
    project.build("public")
    page = project.read("public/roadmap/index.html")
    after = json.loads(project.read("public/feeds/roadmap.json"))["items"]
    data = json.loads(project.read("public/api/v1/roadmap.json"))["items"]

    assert "No longer planned" in page
    assert "Too few asked for it." in page
    assert [one["id"] for one in after] == [one["id"] for one in before]
    assert after[0]["title"] == "Cancelled: Cheque refunds"
    assert after[0]["date_modified"] > before[0]["date_modified"]
    assert (data[0]["state"], data[0]["state_note"]) == (
        "cancelled",
        "Too few asked for it.",
    )
    assert "column" not in data[0]


def test_the_words_of_the_page_are_explained(project: Project) -> None:
    """Those it uses, and no others."""
    planned(project, "some-day", "idea", more="")
    project.build("public")
    page = project.read("public/roadmap/index.html")

    assert "<dt>Exploring</dt>" in page
    assert "<dt>Coming soon</dt>" not in page


def test_what_nobody_confirmed_says_so(project: Project) -> None:
    """By itself, after the days the registry allows; what was confirmed since does not."""
    planned(project, "old-plan", more=", confirmed: 2026-03-01")
    planned(project, "fresh-plan", more=", confirmed: 2026-11-10")
    project.build("public")
    page = project.read("public/roadmap/index.html")

    assert page.count("Not confirmed since") == 1
    assert "Not confirmed since 1 Mar 2026" in page


def test_what_ships_keeps_its_address(project: Project) -> None:
    """The item becomes the entry: same page, from the roadmap into the log."""
    planned(project, "slow-thing", more=", target: 2026-12")
    project.build("public")
    before = project.read("public/releases/slow-thing/index.html")
    project.entry(
        "slow-thing",
        "title: Slow thing\ndates: {published: 2026-11-20}\n"
        "roadmap: {show: true, target: 2026-12}\n",
    )
    project.build("public")
    after = project.read("public/releases/slow-thing/index.html")

    assert "Nothing on this page is live yet." in before
    assert "Nothing on this page is live yet." not in after
    assert "releases/slow-thing/" in project.read("public/changelog/index.html")
    assert 'id="shipped"' in project.read("public/roadmap/index.html")


def test_an_entry_may_stand_in_another_column(project: Project) -> None:
    """What heads a column is true of whatever its author put there; the card says how far it is."""
    why = (
        "decisions: [{what: Earlier, why: Customers ask, by: '@pm', on: 2026-11-01}]\n"
    )
    for name, phase, column in (
        ("soon", "building", "now"),
        ("idea", "planning", "next"),
    ):
        plan = PLAN.format(phase=phase, title=name, more=f", horizon: {column}")
        project.entry(name, plan + why)
    project.build("public")
    page = project.read("public/roadmap/index.html")

    assert "What we are bringing to you first." in page
    assert "What comes after that." in page
    assert "rolling out." not in page
    assert "Being built" not in page


def test_one_colour_for_how_far_something_is(project: Project) -> None:
    """What was rolled back and is being built again looks like all else that is being built."""
    planned(project, "new-thing")
    project.entry(
        "old-thing",
        "kind: standard\nphase: building\nversion: 4.1.0\n"
        "dates: {published: 2026-11-01}\nroadmap: {show: true}\n"
        "state: rolled-back\nstate_on: 2026-11-10\nstate_note: It was switched off.\n"
        "incidents: [{id: INC-1, started_at: 2026-11-10, fix: rollback}]\n",
    )
    project.build("public")
    page = project.read("public/roadmap/index.html")
    badges = re.findall(r'<span class="gp-b ([^"]+)">In development', page)

    assert len(badges) == 2
    assert len(set(badges)) == 1
