"""The board, the readiness page and the checklists of a built internal site."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from small_project import Project

from gatepost.content.pack import shipped
from gatepost.model.release import Kind
from gatepost.outputs.gate_words import kinds_text

REGISTRY = """\
zone: UTC
products:
  billing: {name: Billing}
teams:
  "@api": {name: API, roles: [security_lead]}
  "@pm": {name: Product}
freezes:
  - {name: Peak freeze, start: 2026-11-24, end: 2026-12-02, reason: "Flags may go <down>."}
checklist:
  PRP-10: {drop: true, by: "@sales", why: Nobody sells this}
  LAW-01: {text: "Ask the <b>lawyers</b>", phase: planning, gate: warn}
"""
BLOCKED = 'dependencies: [{team: "@api", what: A limit, state: blocked, needed_by: 2026-11-20}]\n'
WAY_BACK = """\
rollback:
  strategies: [{kind: redeploy, artifact: "4.1.0"}]
  triggers: [{metric: error_rate, op: ">", value: "5", unit: percent, for: 5m, action: call}]
  authority: {who: "@api", deputy: "@pm"}
  executors: [{step: Set the flag off, who: "@api", command: flags off}]
  tested: {on: 2026-11-10, by: "@api", env: staging, duration: 6m}
"""
ENTRIES = {
    "ready-one": f"phase: preparing\ndates: {{planned: 2026-11-23}}\n{WAY_BACK}",
    "stopped-one": f"phase: testing\ndates: {{planned: 2026-12-01}}\n{BLOCKED}",
    "some-idea": "phase: idea\ndates: {}\n",
    "waived-one": "phase: preparing\ndates: {planned: 2026-12-01}\n"
    "docs: [{title: Exports, state: drafted}]\n"
    "go_no_go: {waivers: [{rule: PRP-05, by: '@pm', on: 2026-11-20, reason: Soon, "
    "until: 2026-12-24}]}\n",
    "undone-one": "phase: building\nstate: cancelled\nstate_on: 2026-11-20\n"
    "state_note: Nobody needs it.\ndates: {}\n",
    "old-news": "phase: done\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Both sites of a project with a release in each verdict."""
    project = Project(tmp_path_factory.mktemp("gate"))
    project.write("content/registry.yml", REGISTRY)
    for name, front in ENTRIES.items():
        project.entry(name, f"roles: {{pm: '@pm'}}\n{front}")
    project.build()
    return project


def words(project: Project, path: str) -> str:
    """The text of a page of the internal site, in one line."""
    page = project.read(f"internal/{path}index.html")
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_the_board_tells_verdicts_apart(built: Project) -> None:
    """How many can go, which cannot, what blocks, whose it is and when it was due."""
    board = words(built, "readiness/")

    assert "2 of 4 releases can go. 1 blocker stands in the way of 1 other." in board
    for told in ("No-go, 1 blocker", "Go, 1 waiver", "Not due"):
        assert told in board
    assert "old-news" not in board
    assert (
        "@api @api is blocked: A limit Once it is true, write state: delivered" in board
    )
    assert "20 Nov 2026 , overdue" in board


def test_a_row_says_whose_the_work_is(built: Project) -> None:
    """In the row itself: who stands in the way, and how far each kind of team is."""
    page = built.read("internal/readiness/index.html")
    row = page[page.index('data-id="stopped-one"') :]
    row = " ".join(re.sub(r"<[^>]*>", " ", row[: row.index("</tr>")]).split())

    assert "No-go, 1 blocker waits for @api" in row
    assert "Tue 1 Dec in 10 days" in row
    assert "Product: ready 1/1" in row
    assert "Security: blocked 0/1" in row


def test_a_go_has_nothing_open(built: Project) -> None:
    """What gates after the go/no-go ask is not counted before they come."""
    board = words(built, "readiness/")

    assert re.search(r"ready-one .{0,20}@pm Go 0 of \d+ open", board)


def test_a_freeze_is_told_before_it_begins(built: Project) -> None:
    """In the words of the registry, which stay words."""
    assert (
        "Peak freeze from 24 Nov 2026 to 2 Dec 2026. Flags may go <down>. "
        "Only hotfixes may go out." in words(built, "readiness/")
    )


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["hotfix"], "hotfixes"),
        (["quiet", "hotfix"], "quiet releases and hotfixes"),
        (
            ["standard", "launch", "hotfix"],
            "standard releases, launches and hotfixes",
        ),
    ],
)
def test_kinds_are_told_in_plain_words(kinds: list[Kind], said: str) -> None:
    """As a person would list them."""
    assert kinds_text(kinds) == said


@pytest.mark.parametrize(
    ("view", "there"),
    [
        ("no-go", "stopped-one"),
        ("go", "ready-one"),
        ("go-with-waivers", "waived-one"),
        ("not-due", "some-idea"),
    ],
)
def test_each_verdict_has_a_view(built: Project, view: str, there: str) -> None:
    """A page of its own, so that the filter needs no script."""
    page = built.read(f"internal/readiness/{view}/index.html")
    main = page[page.index("<main") : page.index("</main>")]
    shown = set(re.findall(r"releases/([a-z-]+)/readiness/", main))

    assert shown == {there}
    assert main.count('aria-current="true"') == 1


def test_each_team_has_a_view(built: Project) -> None:
    """What it leads, and what waits for it; its name is its folder."""
    page = built.read("internal/readiness/team/api/index.html")
    main = page[page.index("<main") : page.index("</main>")]

    assert set(re.findall(r"releases/([a-z-]+)/readiness/", main)) == {"stopped-one"}
    assert "0 of 1 release can go. 1 blocker stands in the way" in main
    assert 'href="../../../readiness/team/api/" aria-current="true">@api' in main


def test_what_stands_in_the_way_is_a_table_too(built: Project) -> None:
    """With the line of the file to go to; the same in JSON."""
    raw = (built.root / "build/internal/readiness/blockers.csv").read_bytes()
    [row] = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    told = json.loads(built.read("internal/api/v1/board.json"))

    assert (row["Release"], row["Check"]) == ("stopped-one", "PLN-11")
    text = (built.root / row["File"]).read_text("utf-8")
    assert "dependencies:" in text.splitlines()[int(row["Line"]) - 1]
    assert told["blockers"][0]["line"] == row["Line"]
    assert [one["id"] for one in told["releases"]][:1] == ["ready-one"]


def test_the_board_is_a_table_for_spreadsheets(built: Project) -> None:
    """One row a release; no cell is a formula."""
    raw = (built.root / "build/internal/readiness/board.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    assert [row["Id"] for row in rows] == [
        "ready-one",
        "stopped-one",
        "waived-one",
        "some-idea",
    ]
    assert rows[1]["Blockers"] == "PLN-11"
    assert rows[1]["Lead"] == "'@pm"


def test_a_readiness_page_says_why(built: Project) -> None:
    """Verdict, blocker, line to paste, scores, and every check by phase."""
    page = words(built, "releases/stopped-one/readiness/")

    assert "No-go: 1 blocker" in page
    assert "Tue 1 Dec 2026 in 10 days" in page
    assert "@api is blocked: A limit" in page
    assert "Once it is true, write state: delivered" in page
    assert "PLN-11, by 20 Nov 2026 , overdue" in page
    assert "Failing: Find what other teams must deliver" in page


def test_a_readiness_page_shows_the_way_back(built: Project) -> None:
    """When, how, who and how long, in one card; the sheet to print is one click away."""
    page = words(built, "releases/ready-one/readiness/")
    card = page[page.index("Roll back when") :]

    assert "error_rate above 5% for 5 minutes Roll back at once" in card
    assert "Set the flag off @api" in card
    assert "Decides, alone @api" in card
    assert "Last rehearsed 10 Nov 2026, 11 days ago" in card
    assert "Open to print" in card


def test_a_line_of_phases_says_when(built: Project) -> None:
    """What is next is due on the planned day; what was stopped says so in its place."""
    page = words(built, "releases/ready-one/readiness/")
    stopped = words(built, "releases/undone-one/readiness/")

    assert "Getting ready now Rolling out due 23 Nov" in page
    assert "Cancelled 20 Nov" in stopped


def test_a_readiness_page_is_a_file_too(built: Project) -> None:
    """Every table of the page, named in its first column."""
    path = "build/internal/releases/stopped-one/readiness/readiness.csv"
    raw = (built.root / path).read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))

    assert len({len(row) for row in rows}) == 1
    assert {row[0] for row in rows[1:]} >= {"Checks", "Dependencies", "Dates", "Roles"}
    [need] = [row for row in rows if row[:2] == ["Dependencies", "A limit"]]
    assert need[2:5] == ["'@api", "20 Nov 2026", "Blocked"]


def test_a_waived_item_is_told(built: Project) -> None:
    """With who, until when, and why."""
    page = words(built, "releases/waived-one/readiness/")

    assert "Go with 1 waiver" in page
    assert "Waived by @pm until 2026-12-24: Soon" in page


def test_the_checklists_list_every_item(built: Project) -> None:
    """With what the site added and what it does not ask; texts stay texts."""
    page = words(built, "checklists/")

    assert "101 items, 83 of them answered by the entry itself." in page
    for item in shipped().values():
        assert (item.text in page) == (item.id != "PRP-10")
    assert "Ask the <b>lawyers</b> LAW-01, added here" in page
    assert "PRP-10 @sales: Nobody sells this" in page


def test_each_release_has_its_verdict_as_json(built: Project) -> None:
    """By the schema beside it, also for what is done."""
    schema = json.loads(built.read("internal/api/v1/gate-schema.json"))
    told = {}
    for name in ENTRIES:
        report = json.loads(built.read(f"internal/api/v1/gate/{name}.json"))
        assert list(Draft202012Validator(schema).iter_errors(report)) == []
        told[name] = report["releases"][0]["verdict"]

    assert told == {
        "ready-one": "go",
        "stopped-one": "no-go",
        "some-idea": "not-due",
        "waived-one": "go-with-waivers",
        "undone-one": "not-due",
        "old-news": "not-due",
    }


def test_nothing_of_it_is_public(built: Project) -> None:
    """No page, no file, no word."""
    public = built.root / "build" / "public"
    names = {path.relative_to(public).as_posix() for path in public.rglob("*")}

    assert not [name for name in names if "gate/" in name or "readiness" in name]
    assert not [name for name in names if "checklist" in name]
    for file in public.rglob("*.html"):
        assert "No-go" not in Path(file).read_text("utf-8")
