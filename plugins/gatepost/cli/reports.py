"""Findings as text for people and machines; each report is a function of findings alone."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable

import click

from gatepost.cli.sarif import sarif
from gatepost.model.finding import Finding, Level

Findings = tuple[Finding, ...]
_STEERING = re.compile("[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOURS: dict[Level, str] = {"error": "red", "advice": "yellow"}


def text(findings: Findings) -> str:
    """For people: `path:line:column: GP### sentence`, then the fix. In terminal colours."""
    return "\n".join(_paragraph(finding) for finding in findings)


def _paragraph(finding: Finding) -> str:
    code = click.style(finding.code, fg=_COLOURS[finding.level], bold=True)
    where = click.style(f"{visible(str(finding.place))}:", bold=True)
    return f"{where} {code} {visible(finding.sentence)}\n  fix: {visible(finding.fix)}"


def visible(text: str) -> str:
    """Show what would steer a terminal, or turn text around, instead of obeying it."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def echo_findings(findings: Findings) -> None:
    """Print findings for people, in colours only on a terminal that wants them."""
    if findings:
        click.echo(text(findings), color=False if os.environ.get("NO_COLOR") else None)


def closing(findings: Findings, entries: int | None = None) -> str:
    """The last line: how much is wrong, and in how many files.

    Args:
        findings: All of them, sorted.
        entries: How many entries were read, if that is worth saying.
    """
    read = "" if entries is None else count(entries, "entry", "entries")
    if not findings:
        return f"Nothing to report in {read}."
    levels = Counter(finding.level for finding in findings)
    wrong = " and ".join(
        phrase
        for phrase in (
            count(levels["error"], "error", "errors") if levels["error"] else "",
            f"{levels['advice']} advice" if levels["advice"] else "",
        )
        if phrase
    )
    files = count(len({finding.place.path for finding in findings}), "file", "files")
    all_read = f"; {read} read" if read else ""
    return f"{wrong} in {files}{all_read}. `gatepost rule {findings[0].code}` says why."


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


def as_json(findings: Findings) -> str:
    """One object: `version` 1, `errors` and `advice` as counts, and `findings` in order.

    A finding has `path`, `line` and `column` (from 1, in characters), `code`, `level`, `sentence`
    and `fix`. Fields may be added; `version` changes when one changes its meaning.
    """
    levels = Counter(finding.level for finding in findings)
    rows = [
        {
            "path": finding.place.path,
            "line": finding.place.line,
            "column": finding.place.column,
            "code": finding.code,
            "level": finding.level,
            "sentence": finding.sentence,
            "fix": finding.fix,
        }
        for finding in findings
    ]
    found = {
        "version": 1,
        "errors": levels["error"],
        "advice": levels["advice"],
        "findings": rows,
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def github(findings: Findings) -> str:
    """Workflow commands that GitHub shows beside the lines of a pull request.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "\n".join(_annotation(finding) for finding in findings)


def _annotation(finding: Finding) -> str:
    kind = "error" if finding.level == "error" else "warning"
    place = finding.place
    properties = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": finding.code,
    }
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{kind} {said}::{_data(f'{finding.sentence}. Fix: {finding.fix}')}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def gitlab(findings: Findings) -> str:
    """A Code Quality report.

    A fingerprint does not depend on the line, so that a finding stays the same one when text is
    added above it.

    Source: https://docs.gitlab.com/ci/testing/code_quality/
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    rows = []
    for finding in findings:
        key = (finding.place.path, finding.code, finding.sentence)
        seen[key] += 1
        rows.append(
            {
                "description": f"{finding.sentence}. Fix: {finding.fix}",
                "check_name": finding.code,
                "fingerprint": fingerprint(*key, str(seen[key])),
                "severity": "major" if finding.level == "error" else "minor",
                "location": {
                    "path": finding.place.path,
                    "lines": {"begin": finding.place.line},
                },
            }
        )
    return json.dumps(rows, indent=2, ensure_ascii=False)


def fingerprint(*parts: str) -> str:
    """The same 64 digits for the same parts, everywhere and always."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


MACHINE_REPORTS: dict[str, Callable[[Findings], str]] = {
    "json": as_json,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
}
"""Reports that hold findings and nothing else."""
