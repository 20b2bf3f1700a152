"""Findings as GitHub, GitLab, SARIF readers and scripts expect them, and as people read them."""

from __future__ import annotations

import json

import click
import jsonschema
import pytest

from gatepost.cli import reports
from gatepost.model.finding import Finding, Place
from gatepost.rules.table import RULES

UNDATED = Finding(
    Place("content/releases/2026/audit-log.md", 7, 3),
    "GP103",
    "`audit-log` is released but has no date",
    "add `exposed: 2026-11-20` under `dates:`",
)
VAGUE = Finding(
    Place("content/releases/2026/audit-log.md", 12),
    "GP503",
    "`audit-log` says nothing of what is out",
    "add `out:` under `scope:`",
    "advice",
)
BOTH = (UNDATED, VAGUE)


def test_text() -> None:
    """The place as editors understand it, the sentence, then the way out."""
    assert click.unstyle(reports.text(BOTH)).splitlines() == [
        "content/releases/2026/audit-log.md:7:3: GP103 `audit-log` is released but has no date",
        "  fix: add `exposed: 2026-11-20` under `dates:`",
        "content/releases/2026/audit-log.md:12:1: GP503 `audit-log` says nothing of what is out",
        "  fix: add `out:` under `scope:`",
    ]


def test_text_in_colours() -> None:
    """An error is not the colour of advice; the code tells them apart without colours too."""
    red, yellow = "\x1b[31m", "\x1b[33m"
    error, advice = (reports.text((finding,)) for finding in BOTH)
    assert (red in error, yellow in error) == (True, False)
    assert (red in advice, yellow in advice) == (False, True)


def test_text_that_would_steer_the_terminal() -> None:
    """A title or a file name from a pull request cannot hide a line or forge another."""
    hostile = Finding(
        Place("content/\x1b]0;x\x07.md"),
        "GP101",
        "is `\x1b[2K\rall is well\u202e`",
        "\n",
    )
    said = click.unstyle(reports.text((hostile,)))
    assert [line for line in said.splitlines() if "GP101" not in line] == ["  fix: �"]
    assert not set("\x1b\x07\r\u202e") & set(said)


@pytest.mark.parametrize(
    ("findings", "entries", "line"),
    [
        ((), 0, "Nothing to report in 0 entries."),
        ((), 1, "Nothing to report in 1 entry."),
        (
            BOTH,
            34,
            "1 error and 1 advice in 1 file; 34 entries read. `gatepost rule GP103` says why.",
        ),
        (
            (VAGUE,),
            2,
            "1 advice in 1 file; 2 entries read. `gatepost rule GP503` says why.",
        ),
        (
            (UNDATED, UNDATED),
            None,
            "2 errors in 1 file. `gatepost rule GP103` says why.",
        ),
    ],
)
def test_the_last_line(
    findings: reports.Findings, entries: int | None, line: str
) -> None:
    """How much is wrong, and what to type next."""
    assert line == reports.closing(findings, entries)


def test_json() -> None:
    """A version, counts, and every finding with its parts."""
    found = json.loads(reports.as_json(BOTH))
    assert (found["version"], found["errors"], found["advice"]) == (1, 1, 1)
    assert found["findings"][0] == {
        "path": "content/releases/2026/audit-log.md",
        "line": 7,
        "column": 3,
        "code": "GP103",
        "level": "error",
        "sentence": "`audit-log` is released but has no date",
        "fix": "add `exposed: 2026-11-20` under `dates:`",
    }


def test_github() -> None:
    """An error and a warning beside their lines."""
    first, second = reports.github(BOTH).splitlines()
    assert first == (
        "::error file=content/releases/2026/audit-log.md,line=7,col=3,title=GP103::"
        "`audit-log` is released but has no date. Fix: add `exposed: 2026-11-20` under `dates:`"
    )
    assert second.startswith("::warning file=")


def test_github_cannot_be_talked_into_another_command() -> None:
    """A file name or a title from a pull request stays text: no new line, no new property."""
    hostile = Finding(
        Place("content/a,b:c%.md"),
        "GP101",
        "title is `100%\n::set-output name=x::y\r`",
        "write `::stop-commands::`",
    )
    line = reports.github((hostile,))
    assert line == (
        "::error file=content/a%2Cb%3Ac%25.md,line=1,col=1,title=GP101::"
        "title is `100%25%0A::set-output name=x::y%0D`. Fix: write `::stop-commands::`"
    )
    assert len(line.splitlines()) == 1


def test_gitlab() -> None:
    """What the Code Quality widget asks of every entry."""
    error, advice = json.loads(reports.gitlab(BOTH))
    assert error["location"] == {
        "path": "content/releases/2026/audit-log.md",
        "lines": {"begin": 7},
    }
    assert (error["check_name"], error["severity"]) == ("GP103", "major")
    assert advice["severity"] == "minor"


def test_a_gitlab_finding_stays_the_same_when_its_line_moves() -> None:
    """Else every edit above would close it and open another."""
    moved = Finding(
        Place(UNDATED.place.path, 99), UNDATED.code, UNDATED.sentence, UNDATED.fix
    )
    before, after = (
        json.loads(reports.gitlab((finding,)))[0] for finding in (UNDATED, moved)
    )
    assert before["fingerprint"] == after["fingerprint"]


def test_two_alike_gitlab_findings_are_two() -> None:
    """The same sentence twice in one file."""
    rows = json.loads(reports.gitlab((UNDATED, UNDATED)))
    assert len({row["fingerprint"] for row in rows}) == 2


SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "required": ["tool", "results"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                "tool": {
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "required": ["name"],
                            "properties": {
                                "rules": {
                                    "type": "array",
                                    "uniqueItems": True,
                                    "items": {"required": ["id"]},
                                }
                            },
                        }
                    },
                },
            },
        },
        "result": {
            "required": ["message"],
            "properties": {
                "message": {"required": ["text"]},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "locations": {
                    "type": "array",
                    "items": {
                        "properties": {
                            "physicalLocation": {
                                "required": ["artifactLocation"],
                                "properties": {
                                    "region": {
                                        "properties": {
                                            "startLine": {
                                                "type": "integer",
                                                "minimum": 1,
                                            },
                                            "startColumn": {
                                                "type": "integer",
                                                "minimum": 1,
                                            },
                                        }
                                    }
                                },
                            }
                        }
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 asks of the parts we write."""


def test_sarif() -> None:
    """It has the shape, and each result points at its rule."""
    log = json.loads(reports.MACHINE_REPORTS["sarif"](BOTH))
    jsonschema.validate(log, SARIF, cls=jsonschema.Draft202012Validator)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[row["ruleIndex"]]["id"] for row in run["results"]] == [
        "GP103",
        "GP503",
    ]
    assert [row["level"] for row in run["results"]] == ["error", "warning"]


def test_sarif_explains_its_rules() -> None:
    """Code hosts show the law, the reason and the remedy beside the result."""
    law = RULES[0]
    finding = Finding(Place("content/a.md"), law.code, "is wrong", "mend it")
    log = json.loads(reports.MACHINE_REPORTS["sarif"]((finding,)))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"]["text"]) == (law.code, law.law)
    assert law.fix in rule["help"]["text"]


def test_a_sarif_path_is_an_address() -> None:
    """Spaces and other letters are escaped as in any address."""
    finding = Finding(Place("content/Ankündigung 1.md"), "GP001", "is wrong", "mend it")
    log = json.loads(reports.MACHINE_REPORTS["sarif"]((finding,)))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/Ank%C3%BCndigung%201.md"


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif"])
def test_no_findings_are_still_a_report(form: str) -> None:
    """A pipeline that collects the report finds one."""
    assert json.loads(reports.MACHINE_REPORTS[form](())) is not None
