"""`gatepost metrics` says the same as the page, with the releases behind each figure."""

from __future__ import annotations

import csv
import io
import json

import pytest
from called_project import CalledProject


@pytest.fixture
def metrics(project: CalledProject) -> CalledProject:
    """Three deployments of reports in the last 90 days, one of billing long ago."""
    record = "{env: production, version: %s, at: '%s', committed_at: '%s'%s}"
    rows = (
        ("quick", "reports", "1", "2026-11-02T08:00:00Z", "2026-11-01T08:00:00Z", ""),
        (
            "undone",
            "reports",
            "2",
            "2026-11-03T08:00:00Z",
            "2026-11-01T08:00:00Z",
            ", result: failed",
        ),
        ("again", "reports", "3", "2026-11-04T08:00:00Z", "2026-11-01T08:00:00Z", ""),
        ("old", "billing", "4", "2026-02-01T08:00:00Z", "2026-01-01T08:00:00Z", ""),
    )
    for name, product, *rest in rows:
        said = f"products: [{product}]\ndeployments: [{record % tuple(rest)}]\n"
        project.entry(name, said)
    return project


def test_text_for_people(metrics: CalledProject) -> None:
    """24, 48 and 72 hours: the median is 48; one of three failed; releases are named."""
    said = metrics.call("metrics")
    assert 0 == said.code
    assert "2026-08-24 to 2026-11-21, all products, 3 deployments" in said.out
    assert (
        "Change lead time (in older guides: Lead time for changes)\n"
        "  48 hours\n"
        "  releases: quick, undone, again\n"
    ) in said.out
    assert "  33.3%, 1 of 3\n" in said.out
    assert "  none: no failed deployment says when service was back\n" in said.out
    assert "to have it: add started_at:" in said.out


def test_from_a_day_and_for_a_product(metrics: CalledProject) -> None:
    """Since 1 January, billing deployed once."""
    said = metrics.call("metrics", "--since", "2026-01-01", "--product", "billing")
    assert "2026-01-01 to 2026-11-21, Billing, 1 deployment to" in said.out
    assert "releases: old" in said.out


def test_csv_and_json_for_scripts(metrics: CalledProject) -> None:
    """A row for each figure; every table as JSON."""
    rows = list(
        csv.DictReader(io.StringIO(metrics.call("metrics", "--format", "csv").out))
    )
    assert [row["figure"] for row in rows] == [
        "deployment-frequency",
        "lead-time",
        "change-failure-rate",
        "recovery-time",
        "rework-rate",
    ]
    told = json.loads(metrics.call("metrics", "--format", "json").out)
    assert (48.0, 4) == (told["figures"][1]["value"], len(told["deployments"]))
    assert {"item", "never_fails", "releases"} <= told["checks"][0].keys()


def test_without_a_repository_it_says_so(metrics: CalledProject) -> None:
    """And still tells what the entries tell."""
    said = metrics.call("metrics")
    assert "Git: The entries lie in no git repository." in said.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--product", "repots"), "did you mean `--product reports`?"),
        (("--since", "yesterday"), "is not a day: write --since 2026-07-01"),
        (("--since", "2027-01-01"), "lies ahead"),
        (("--format", "pdf"), "pdf"),
    ],
)
def test_a_wrong_call_says_what_to_type(
    metrics: CalledProject, words: tuple[str, ...], complaint: str
) -> None:
    """Exit code 2, one line."""
    said = metrics.call("metrics", *words)
    assert 2 == said.code
    assert complaint in said.err
