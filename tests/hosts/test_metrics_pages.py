"""The internal site tells the metrics and every release's trail; the public one nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from git_repository import Repository

EXPORT = """\
products: [billing]
phase: rolling-out
version: "4.1"
roles: {pm: "@product-secretword"}
approvals: {required: [pm, qa_lead], given: [{role: pm, by: "@product-secretword", on: 2026-11-01}]}
deployments:
  - {env: production, version: "4.1", at: "2026-11-02T08:00:00Z", result: rolled-back}
  - {env: production, version: "4.1", at: "2026-11-03T08:00:00Z"}
incidents:
  - {id: INC-77, started_at: "2026-11-02T08:10:00Z", restored_at: "2026-11-02T08:40:00Z"}
"""


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    """One release that failed once, with a short history."""
    made = Repository(tmp_path)
    made.entry("export", "phase: preparing\nproducts: [billing]\n")
    made.commit("2026-11-01T08:00:00Z", "Prepare")
    made.entry("export", EXPORT)
    made.commit("2026-11-02T07:00:00Z", "Roll out")
    return made


def table(project: Repository, name: str) -> list[dict[str, str]]:
    """A CSV file of the metrics."""
    return list(
        csv.DictReader(io.StringIO(project.read(f"internal/metrics/{name}.csv")))
    )


def test_the_page_tells_the_figures(project: Repository) -> None:
    """Two deployments, one failed: 50 %; down from 08:10 to 08:40: 30 minutes.

    The first commit of the entry was at 08:00 the day before the first deployment: 24 hours.
    """
    project.build("internal")
    page = re.sub(r"<[^>]+>", "", project.read("internal/metrics/index.html"))
    for words in ("50%", "1 of 2", "30 minutes", "24 hours, median of 1"):
        assert words in " ".join(page.split())


def test_every_mark_and_row_leads_to_its_release(project: Repository) -> None:
    """Marks of the charts lead to a trail or to a row of the table beneath, which exists."""
    project.build("internal")
    page = project.read("internal/metrics/index.html")
    charts = re.findall(r'<svg class="gp-mx-chart".*?</svg>', page, re.DOTALL)
    targets = [
        href for chart in charts for href in re.findall(r'<a href="([^"]+)"', chart)
    ]
    assert len(charts) == 5
    assert "../releases/export/trail/" in targets
    for one in targets:
        anchor = one.partition("#")[2]
        assert (
            f'id="{anchor}"' in page if anchor else one == "../releases/export/trail/"
        )


def test_each_product_and_each_time_has_a_page(project: Repository) -> None:
    """Addresses that can be kept: `/metrics/30-days/`, `/metrics/product/billing/year/`."""
    project.build("internal")
    for view in ("", "30-days/", "year/", "product/billing/", "product/billing/year/"):
        assert "Delivery metrics" in project.read(f"internal/metrics/{view}index.html")


def test_tables_are_files(project: Repository) -> None:
    """CSV for a spreadsheet, JSON for scripts, with the releases behind each row."""
    project.build("internal")
    (failed,) = table(project, "failed-deployments")
    assert (failed["recovered min"], failed["releases"]) == ("30.0", "export")
    told = json.loads(project.read("internal/api/v1/metrics.json"))
    assert told["version"] == 1
    rates = {one["figure"]: one["value"] for one in told["figures"]}
    assert rates["change-failure-rate"] == 50.0
    assert [one["where"] for one in told["cycle_times"]] == ["preparing", "rolling-out"]
    assert {"months", "quarters", "predictions", "gaps", "checks"} <= told.keys()


def test_the_trail_is_a_page_and_one_file(project: Repository) -> None:
    """Phases by git, signatures by fields with their line, who still has to sign."""
    project.build("internal")
    page = project.read("internal/releases/export/trail/index.html")
    assert "Still to sign: qa lead." in page
    told = json.loads(project.read("internal/api/v1/trail/export.json"))
    assert told["waiting"] == ["qa_lead"]
    assert [(one["where"], one["days"]) for one in told["phases"]] == [
        ("preparing", 0.96),
        ("rolling-out", None),
    ]
    (signed,) = [one for one in told["events"] if one["kind"] == "approval"]
    source = project.root / signed["file"]
    assert "approvals:" in source.read_text().splitlines()[signed["line"] - 1]
    assert told["history"] == {"complete": True, "note": "", "shallow": False}


def test_the_public_site_has_none_of_it(project: Repository) -> None:
    """No page, no file, no name of a commit."""
    project.build()
    files = project.files("public")
    assert not [name for name in files if "metrics" in name or "trail" in name]
    commit = project.git("rev-parse", "HEAD").strip().encode()
    assert not [name for name, raw in files.items() if commit[:10] in raw]


def test_the_same_history_gives_the_same_bytes(project: Repository) -> None:
    """Twice the same; and what happened in git after the clock changes nothing."""
    project.build("internal")
    before = project.files("internal")
    project.commit("2026-11-30T08:00:00Z", "Later")
    project.build("internal")
    assert before == project.files("internal")


def test_without_git_the_site_is_built_and_says_so(
    project: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures that need no git stand; the page names what is missing."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    project.build("internal")
    assert "Git is not installed here" in project.read("internal/metrics/index.html")
    trail = project.read("internal/releases/export/trail/index.html")
    assert "Without git: git is not installed here" in trail


def test_the_baseline_stands_beside_each_figure(project: Repository) -> None:
    """One deployment in the two weeks from 5 October: 0.5 a week, marked in the chart."""
    project.write(
        "content/registry.yml",
        "zone: UTC\nproducts:\n  billing: {name: Billing}\n"
        "policy: {baseline: {since: 2026-10-05, until: 2026-10-18, note: Before}}\n",
    )
    project.entry("early", 'phase: done\ndates: {deployed: "2026-10-06T08:00:00Z"}\n')
    project.build("internal")
    page = project.read("internal/metrics/index.html")
    assert "Baseline, 5 Oct 2026 to 18 Oct 2026: 0.5 a week" in page
    assert 'class="gp-mx-base"' in page
    told = json.loads(project.read("internal/api/v1/metrics.json"))
    assert told["baseline"] == {
        "since": "2026-10-05",
        "until": "2026-10-18",
        "note": "Before",
    }


def test_a_shallow_copy_says_so_on_every_page(
    project: Repository, tmp_path: Path
) -> None:
    """The metrics and the trail; phases that began earlier are not timed."""
    copy = tmp_path / "copy"
    origin = project.root.as_uri()
    subprocess.run(["git", "clone", "--quiet", "--depth=1", origin, copy], check=True)
    (project.root / ".git").rename(tmp_path / "whole.git")
    (copy / ".git").rename(project.root / ".git")
    project.build("internal")
    assert "is shallow" in project.read("internal/metrics/index.html")
    told = json.loads(project.read("internal/api/v1/trail/export.json"))
    assert told["history"]["shallow"]
    assert [(one["where"], one["since"]) for one in told["phases"]] == [
        ("rolling-out", None)
    ]


def test_a_page_without_any_deployment(tmp_path: Path) -> None:
    """An empty book: every figure says why, nothing fails."""
    project = Repository(tmp_path)
    (project.root / "content/releases").mkdir()
    project.build("internal")
    page = project.read("internal/metrics/index.html")
    assert "No deployment to production is on record in this time." in page
    assert "nan" not in page.lower().replace("finance", "")
