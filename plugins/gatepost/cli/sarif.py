"""Findings as SARIF 2.1.0, which code hosts and editors read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from gatepost import __version__
from gatepost.model.finding import Finding, Law, Level
from gatepost.rules.table import RULES

_LEVELS: dict[Level, str] = {"error": "error", "advice": "warning"}


def sarif(findings: tuple[Finding, ...]) -> str:
    """One run with every rule that was broken, and every finding."""
    codes = sorted({finding.code for finding in findings})
    laws = {law.code: law for law in RULES}
    run = {
        "tool": {
            "driver": {
                "name": "gatepost",
                "version": __version__,
                "rules": [_rule(code, laws.get(code)) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, codes.index(finding.code)) for finding in findings
        ],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(code: str, law: Law | None) -> dict[str, Any]:
    if law is None:
        return {"id": code}
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in law.name.split()),
        "shortDescription": {"text": law.law},
        "fullDescription": {"text": f"{law.law} {law.why}"},
        "help": {"text": f"Why: {law.why}\nFix: {law.fix}"},
        "defaultConfiguration": {"level": _LEVELS[law.level]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    place = finding.place
    region = {"startLine": place.line, "startColumn": place.column}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": f"{finding.sentence}. Fix: {finding.fix}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": quote(place.path),
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": region,
                }
            }
        ],
    }
