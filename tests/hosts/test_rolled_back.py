"""`state: rolled-back` turns everything that should turn, on really built sites."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from small_project import Project

ATOM = "public/feeds/all.atom.xml"
NOTE = "It was switched off because totals were wrong. You do not need to do anything."
LIVE = """kind: standard
phase: monitoring
title: Exports finish in half the time
what: Exports take half the time.
who: Everyone.
action: Nothing to do.
version: 4.1.0
dates:
  deployed: "2026-11-01T08:00:00Z"
  exposed: "2026-11-01T09:00:00Z"
  published: "2026-11-01T09:00:00Z"
roadmap: {show: true, target: 2026-Q4, confidence: high, blurb: Month ends without waiting.}
flags: [{key: fast-export, safe_value: "off"}]
rollback:
  strategies: [{kind: feature_flag, flag: fast-export}]
  tested: {on: 2026-10-20}
"""
BACK = f"""state: rolled-back
state_on: "2026-11-10T09:52:00Z"
state_note: {NOTE}
"""
INCIDENT = """incidents:
  - {id: INC-7, started_at: "2026-11-10T09:00:00Z", fix: rollback%s}
"""
LINKED = ", postmortem: 'https://wiki.harbour.example/7'"


def built(project: Project, front: str) -> None:
    """Both sites, with the one release and another that stays as it is."""
    project.entry("other-change", "dates: {published: 2026-10-05}\n")
    project.entry("faster-export", front)
    project.build()


def again(front: str) -> str:
    """The same release on its way back into production."""
    return front.replace("phase: monitoring", "phase: preparing")


def entries(project: Project) -> dict[str, tuple[str, str]]:
    """Id of each entry of the feed, with title and time of the last change."""
    text = project.read(ATOM)
    rows = re.findall(r"<entry>(.*?)</entry>", text, re.DOTALL)
    inside: Callable[[str, str], str] = lambda row, tag: re.findall(  # noqa: E731
        rf"<{tag}[^>]*>(.*?)</{tag}>", row, re.DOTALL
    )[0]
    return {
        inside(row, "id"): (inside(row, "title"), inside(row, "updated"))
        for row in rows
    }


def test_readers_are_told_on_the_page_and_in_the_log(project: Project) -> None:
    """The address stays, the notice is dated, the title is struck through."""
    built(project, LIVE)
    before = project.read("public/releases/faster-export/index.html")
    built(project, LIVE + BACK + INCIDENT % "")
    page = project.read("public/releases/faster-export/index.html")
    log = project.read("public/changelog/index.html")

    assert "Rolled back" not in before
    assert "Rolled back on 10 Nov 2026." in page
    assert NOTE in page
    assert "Rolled back" in log
    assert "gp-gone" in log


def test_programs_are_told_in_the_same_words(project: Project) -> None:
    """List for machines, twin and data do not tell of it as if it were there, or being built."""
    built(project, again(LIVE) + BACK + INCIDENT % "")
    title = "Exports finish in half the time"
    page = project.read("public/releases/faster-export/index.html")
    twin = project.read("public/releases/faster-export/index.md")
    listed = project.read("public/llms.txt")
    rows = json.loads(project.read("public/api/v1/changelog.json"))["entries"]
    said = {row["id"]: row["availability"] for row in rows}

    assert "Off for all accounts" in page
    assert "- Availability: Off for all accounts" in twin
    assert said == {
        "faster-export": "Off for all accounts",
        "other-change": "All accounts",
    }
    assert f"- [Rolled back: {title}](" in listed
    assert f"index.md): {NOTE}" in listed
    assert f"[{title}]" not in listed
    assert "[The title of other-change]" in listed


def test_subscribers_get_one_update_and_nothing_twice(project: Project) -> None:
    """The same id with a new time and a marked title; the other entry does not move."""
    built(project, LIVE)
    before = entries(project)
    built(project, LIVE + BACK + INCIDENT % "")
    after = entries(project)
    changed = {key for key in after if after[key] != before[key]}

    assert after.keys() == before.keys()
    assert len(changed) == 1
    title, updated = after[changed.pop()]
    assert title == "Rolled back: Exports finish in half the time"
    assert updated.startswith("2026-11-10T09:52:00")
    assert len(re.findall("<entry>", project.read(ATOM))) == len(before)


def test_the_update_is_given_once(project: Project) -> None:
    """Days later, and with the post-mortem linked, the feed is the same to the byte."""
    built(project, LIVE + BACK + INCIDENT % "")
    first = project.read(ATOM)
    built(project, LIVE + BACK + INCIDENT % LINKED)

    assert project.read(ATOM) == first


def test_the_roadmap_item_is_open_again(project: Project) -> None:
    """What is with nobody is not shipped."""
    built(project, LIVE)
    before = json.loads(project.read("public/api/v1/roadmap.json"))
    built(project, LIVE + BACK + INCIDENT % "")
    after = json.loads(project.read("public/api/v1/roadmap.json"))

    assert _columns(before)["faster-export"] == "shipped"
    assert _columns(after)["faster-export"] != "shipped"
    assert "Exports finish in half the time" in project.read(
        "public/roadmap/index.html"
    )


def _columns(roadmap: dict[str, object]) -> dict[str, str]:
    rows = roadmap["items"]
    assert isinstance(rows, list)
    return {row["id"]: row["column"] for row in rows}


@pytest.mark.parametrize("back", [BACK, ""], ids=["rolled-back", "on-track"])
def test_it_goes_out_again_only_after_its_post_mortem(
    project: Project, back: str
) -> None:
    """The sheet, the gate and the rules say what is owed, even if the state is mended first."""
    built(project, again(LIVE + back + INCIDENT % ""))
    owed, no = sheet(project), blockers(project)
    built(project, again(LIVE + back + INCIDENT % LINKED))
    free, yes = sheet(project), blockers(project)

    assert "until the post-mortem of INC-7 is linked" in owed
    assert "until the post-mortem" not in free
    assert "EVA-09" in no
    assert "EVA-09" not in yes


def sheet(project: Project) -> str:
    """The rollback page."""
    return project.read("internal/releases/faster-export/rollback/index.html")


def blockers(project: Project) -> set[str]:
    """Ids of what blocks the next phase."""
    text = project.read("internal/api/v1/gate/faster-export.json")
    return {row["rule"] for row in json.loads(text)["releases"][0]["blockers"]}


def test_support_is_told_what_to_say(project: Project) -> None:
    """The brief has the public sentence to paste, and nobody has it any more."""
    built(project, LIVE + BACK + INCIDENT % "")
    brief = project.read("internal/releases/faster-export/support/index.html")

    assert f'data-copy="{NOTE}"' in brief
    assert "Rolled back" in brief
    assert "Nobody any more" in brief


def test_nobody_outside_gets_these_pages(project: Project) -> None:
    """No page, no index, no script, no runbook, no command of it leaves the house."""
    project.write("content/runbooks/export.md", "Turn the kumquatfish off.\n")
    plan = LIVE.replace("  tested:", "  runbook: content/runbooks/export.md\n  tested:")
    built(project, plan + BACK + INCIDENT % "")
    files = project.files("public")
    ours = [name for name in files if not name.startswith("assets/javascripts/")]

    assert [
        name for name in ours if re.search("rollback|support|runbook|desk", name)
    ] == []
    assert [name for name, raw in files.items() if b"kumquatfish" in raw] == []
    assert [name for name, raw in files.items() if b"fast-export" in raw] == []
