"""The pages that support and on call open in a hurry: what stands on them, whatever was written."""

from __future__ import annotations

import html
import json
import re

import pytest
from small_project import Project

FULL = """kind: standard
phase: preparing
title: Exports finish in half the time
version: 4.1.0
what: Exports take half the time.
who: Accounts on Team.
action: Nothing to do.
impact: Old links keep working.
dates: {planned: 2026-12-08}
roles: {on_call: "@sre", eng_lead: "@exports", support_lead: "@support"}
flags: [{key: fast-export, safe_value: "off", kill_switch: true}]
incident: {channel: "#incidents"}
monitors: [{name: Queue depth, threshold: above 5 minutes}]
known_issues:
  - {id: big, text: Large files stop, status: workaround, workaround: Split them, public: true}
  - {id: own, text: Our console is slow, status: open}
support:
  summary: Faster, same files
  faq:
    - {q: Do I lose data?, a: "No, nothing is lost.", public: true}
    - {q: May we promise it?, a: Not before launch.}
  macros: [M-1]
  symptoms: [export_queue_full]
  escalation: "@exports in #exports"
rollback:
  strategies:
    - {kind: feature_flag, flag: fast-export}
    - {kind: db_script, forward: db/1_up.sql, back: db/1_down.sql, data_loss: Queued files}
    - {kind: blue_green, standby: the green cluster}
    - {kind: redeploy, artifact: "sha256:0d1f"}
  triggers:
    - {metric: error_rate, op: ">", value: "5", unit: percent, for: 5m}
    - {severity: P0, confirmed: true}
  authority: {who: "@exports-lead", deputy: "@sre-lead"}
  executors:
    - {step: Turn it off, who: on_call, command: tw flags set fast-export --off, expect: "off"}
    - {step: Tell support, who: support_lead}
  tested: {on: 2026-11-10, by: "@sre", env: staging, duration: 4m}
  expected_duration: 10m
  verification: [No export waits]
  point_of_no_return: After 30 days
  public_sentence: We can go back within minutes.
"""


def words(text: str) -> str:
    """What a reader sees of a page's content."""
    content = text[text.index('id="gp-content"') :]
    content = re.sub(r"<svg.*?</svg>|<script.*?</script>", "", content, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content)).split())


def page(project: Project, kind: str, name: str = "faster-export") -> str:
    """A built internal page of a release."""
    return project.read(f"internal/releases/{name}/{kind}/index.html")


def test_a_rollback_page_says_everything_on_call_asks(project: Project) -> None:
    """When, who, how, how long, what is lost, how to tell, what customers hear."""
    project.entry("faster-export", FULL)
    project.build("internal")
    said = words(page(project, "rollback"))

    for asked in (
        "Roll back 4.1.0",
        "Took 4 minutes in the rehearsal.",
        "error_rate above 5% for 5 minutes",
        "P0 confirmed",
        "Decides, alone: @exports-lead",
        "If not reached: @sre-lead decides",
        "Does it: @sre, @support",
        "Turn it off @sre tw flags set fast-export --off Copy Expect: off",
        "Flag fast-export Safe value off Kill switch yes",
        "Script that goes back db/1_down.sql Data lost Queued files",
        "Traffic returns to the green cluster",
        "Version put back sha256:0d1f",
        "After 30 days",
        "Data: Queued files",
        "No export waits",
        "Queue depth: no longer above 5 minutes",
        "We can go back within minutes.",
        "Time allowed 10 minutes",
        "Last rehearsed 10 Nov 2026, in staging, by @sre",
        "link its post-mortem before it goes out again",
        "content/releases/faster-export.md, line",
    ):
        assert asked in said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1", "invoices", "at least 1 (invoices)"),
        ("2", "invoices", "at least 2 invoices"),
        ("1", "ms", "at least 1 ms"),
        ("1", "percent", "at least 1%"),
        ("1", "", "at least 1 for"),
    ],
)
def test_one_is_not_told_as_several(
    project: Project, value: str, unit: str, said: str
) -> None:
    """Whatever word the author counts in: nobody can say what one of them is called."""
    trigger = f'metric: errors, op: ">=", value: "{value}", unit: "{unit}", for: 5m'
    first = '{metric: error_rate, op: ">", value: "5", unit: percent, for: 5m}'
    assert first in FULL
    project.entry("faster-export", FULL.replace(first, f"{{{trigger}}}"))
    project.build("internal")

    assert f"errors {said}" in words(page(project, "rollback"))


def test_what_is_missing_is_said_on_the_page(project: Project) -> None:
    """A gap on paper is found before it is needed."""
    project.entry(
        "faster-export",
        "kind: quiet\nphase: preparing\ndates: {}\n"
        "rollback: {strategies: [{kind: db_script}], triggers: [{metric: error_rate}]}\n",
    )
    project.entry("no-plan-yet", "kind: quiet\nphase: preparing\ndates: {}\n")
    project.build("internal")
    said = words(page(project, "rollback"))

    assert "Decides, alone: not said" in said
    assert "If not reached: not said" in said
    assert "error_rate threshold not said" in said
    assert "Script that goes back not said Data lost not said" in said
    assert "never rehearsed" in said
    assert "Nobody wrote down how" in words(page(project, "rollback", "no-plan-yet"))


def test_a_changed_runbook_is_said_on_the_page(project: Project) -> None:
    """On call learns it before the first step, not at the fourth."""
    project.write("content/runbooks/export.md", "1. Put it back.\n2. Tell support.\n")
    plan = FULL.replace(
        "  tested:",
        "  runbook: content/runbooks/export.md\n"
        '  runbook_hash: "sha256:5de0b1c7aa904f13"\n  tested:',
    )
    project.entry("faster-export", plan)
    project.build("internal")
    said = words(page(project, "rollback"))

    assert "The runbook was changed after it was rehearsed." in said
    assert said.index("The runbook was changed") < said.index("Steps")


def test_a_brief_answers_what_support_asks(project: Project) -> None:
    """Who has it, whom to ask, how it is switched off, what to paste."""
    project.entry("faster-export", FULL)
    project.build("internal")
    raw = page(project, "support")
    said = words(raw)

    for asked in (
        "Faster, same files",
        "Nobody has it yet",
        "Ask @exports in #exports",
        "Incident channel #incidents",
        "Turn the flag off fast-export",
        "Decides, alone @exports-lead",
        "If not reached @sre-lead decides",
        "Large files stop",
        "Workaround: Split them",
        "What changed Exports take half the time.",
        "For whom Accounts on Team.",
        "export_queue_full",
    ):
        assert asked in said
    assert "../rollback/" in raw or "releases/faster-export/rollback/" in raw
    assert "releases/faster-export/readiness/" in raw


def test_only_public_answers_are_offered_to_copy(project: Project) -> None:
    """What is for colleagues is marked, and has no button."""
    project.entry("faster-export", FULL)
    project.build("internal")
    raw = page(project, "support")

    assert re.findall(r'data-copy="([^"]*)"', raw) == [
        "Split them",
        "No, nothing is lost.",
    ]
    assert "May we promise it? For colleagues only Not before launch." in words(raw)


LIMITS = """scope:
  limitations:
    - {text: At most 50 columns, public: true}
    - {text: Our own console stops at ten thousand rows}
"""


def test_a_limit_that_is_ours_is_marked(project: Project) -> None:
    """What customers may not hear is not told as what they see."""
    project.entry("faster-export", FULL + LIMITS)
    project.build("internal")
    said = words(page(project, "support"))

    assert "Limit At most 50 columns Our own console" in said
    assert "Our own console stops at ten thousand rows For colleagues only" in said


HOSTILE = "</code></pre><script>alert(1)</script><img src=x onerror=alert(2)>"
ARABIC = "تصدير أسرع للفواتير"


def test_what_authors_write_stays_text(project: Project) -> None:
    """In commands, steps, answers and symptoms, and in the index of the search."""
    bad = json.dumps(HOSTILE)
    project.entry(
        "faster-export",
        f"kind: quiet\nphase: preparing\ndates: {{}}\naudience: internal\n"
        f"support: {{symptoms: [{bad}], escalation: {bad}, faq: [{{q: {bad}, a: {bad}}}]}}\n"
        f"rollback:\n  executors: [{{step: {bad}, who: {bad}, command: {bad}, expect: {bad}}}]\n"
        f"  runbook: https://x.example/{HOSTILE.replace(' ', '%20')}\n",
    )
    project.build("internal")

    for kind in ("rollback", "support"):
        raw = page(project, kind)
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw
        assert "alert(1)" in words(raw)
    assert "<script>alert" not in project.read("internal/support/index.html")
    index = project.read("internal/support/index.js")
    rows = json.loads(index[index.index(",") + 1 : -3])
    assert rows[0]["errors"] == [HOSTILE]
    assert index.isascii()


def test_two_hundred_steps_are_all_there_and_in_order(project: Project) -> None:
    """A long plan is long on paper too, but nothing of it is lost."""
    steps = "".join(
        f"    - {{step: Do thing {n}, who: on_call, command: tw run {n}}}\n"
        for n in range(200)
    )
    project.entry(
        "faster-export",
        f"kind: quiet\nphase: preparing\ndates: {{}}\nrollback:\n  executors:\n{steps}",
    )
    project.build("internal")
    raw = page(project, "rollback")

    found = [int(one) for one in re.findall(r"Do thing (\d+)", raw)]
    assert found == list(range(200))
    assert raw.count("gp-tick") == 200


def test_other_scripts_keep_their_direction(project: Project) -> None:
    """Text turns by its own letters, commands never do."""
    project.entry(
        "faster-export",
        f"title: {ARABIC}\nkind: quiet\nphase: preparing\ndates: {{}}\nlang: ar\n"
        f"support: {{summary: {ARABIC}, faq: [{{q: {ARABIC}, a: {ARABIC}}}]}}\n"
        f"rollback: {{executors: [{{step: {ARABIC}, who: on_call, command: tw off}}]}}\n",
    )
    project.build("internal")

    assert f'<span dir="auto">{ARABIC}</span>' in page(project, "rollback")
    assert '<pre dir="ltr"' in page(project, "rollback")
    assert f'<h1 dir="auto">{ARABIC}</h1>' in page(project, "support")
    index = project.read("internal/support/index.js")
    assert json.loads(index[index.index(",") + 1 : -3])[0]["title"] == ARABIC


def test_the_table_names_every_current_release_under_its_products(
    project: Project,
) -> None:
    """Without script it is the page: what people may be asked about today, and nothing else."""
    project.write(
        "content/registry.yml",
        "zone: UTC\nproducts:\n  billing: {name: Billing}\n  reports: {name: Reports}\n",
    )
    now = "phase: monitoring\ndates: {published: 2026-11-10, exposed: 2026-11-10}\n"
    old = "phase: done\ndates: {published: 2025-11-10, exposed: 2025-11-10}\n"
    issue = "known_issues: [{id: x, text: Slow, status: open}]\n"
    project.entry("of-both", now + "products: [billing, reports]\n")
    project.entry("long-ago", old)
    project.entry("old-but-open", old + issue)
    project.entry("not-yet", "phase: building\ndates: {}\n")
    project.entry("of-none", now + "products: []\n")
    project.build("internal")
    said = words(project.read("internal/support/index.html"))

    assert said.index("Billing 2") < said.index("Reports 1") < said.index("Other 1")
    assert said.count("The title of of-both") == 2
    assert said.count("The title of old-but-open") == 1
    assert "long-ago" not in said
    assert "not-yet" not in said
    assert "1 known issue" in said


def test_a_large_index_is_split_by_year_and_grows_by_the_entry(
    project: Project,
) -> None:
    """Twice the entries are twice the bytes; the newest year is loaded first."""

    def size(number: int) -> tuple[int, list[str]]:
        for n in range(number):
            year = 2020 + n % 7
            project.entry(
                f"entry-{n}",
                f"phase: done\ndates: {{published: {year}-03-01, exposed: {year}-03-01}}\n"
                f"support: {{summary: {'words ' * 1500}, symptoms: [error_{n}]}}\n",
            )
        project.build("internal")
        parts = re.findall(
            r'data-parts="([^"]+)"', project.read("internal/support/index.html")
        )[0].split()
        return (
            sum(len(project.read(f"internal/support/{one}")) for one in parts),
            parts,
        )

    small, whole = size(28)
    large, split = size(112)

    assert whole == ["index.js"]
    assert split == [f"index-{year}.js" for year in range(2026, 2019, -1)]
    assert 3.8 < large / small < 4.2
