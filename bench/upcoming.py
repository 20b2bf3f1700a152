"""Generate releases that are on their way, with full front matter; same arguments, same bytes."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

from generate import WORDS

AS_OF = date(2026, 11, 21)
HORIZON = 180
"""Days over which they are spread."""
PHASES = (
    *("idea", "planning", "planning", "building", "building", "building"),
    *("testing", "testing", "preparing", "rolling-out"),
)
KINDS = ("standard", "standard", "launch", "launch", "hotfix")
TEAMS = tuple(f"@team-{number:02}" for number in range(1, 25))
PRODUCTS = tuple(f"product-{number:02}" for number in range(1, 13))
ROLES = (
    *("pm", "eng_lead", "qa_lead", "release_manager", "support_lead", "devops"),
    *("product_marketing", "on_call", "docs_owner", "sales", "customer_success"),
)
FREEZE = (date(2026, 12, 24), date(2027, 1, 3))


def write_upcoming(root: Path, count: int, seed: int = 11) -> None:
    """Write a project with *count* releases that are on their way, and a provider's file."""
    chance = random.Random(seed)  # noqa: S311 - the same bytes each time, no secret
    releases = root / "content/releases/2026"
    for folder in (
        releases,
        root / "content/pages/public",
        root / "content/pages/internal",
        root / "content/flags",
    ):
        folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (releases / f"coming-{number:04}.md").write_text(
            _entry(chance, number, count), "utf-8"
        )
    (root / "content/registry.yml").write_text(_REGISTRY, "utf-8")
    (root / "content/ledger.json").write_text("{}\n", "utf-8")
    (root / "content/flags/production.json").write_text(_provider(count), "utf-8")
    for audience, name in (
        ("public", "site_config"),
        ("internal", "site_config.internal"),
    ):
        (root / f"{name}.yml").write_text(_config(audience), "utf-8")


def _words(chance: random.Random, low: int, high: int) -> str:
    return " ".join(
        chance.choices(WORDS[:80], k=chance.randint(low, high))
    ).capitalize()


def _day(chance: random.Random) -> date:
    first, last = FREEZE
    while True:
        day = AS_OF + timedelta(days=chance.randint(1, HORIZON))
        if not first <= day <= last:
            return day


def _entry(chance: random.Random, number: int, count: int) -> str:
    planned = _day(chance)
    phase = chance.choice(PHASES)
    team, other = chance.sample(TEAMS, 2)
    rehearsed = AS_OF - timedelta(days=chance.randint(1, 140))
    later = planned + timedelta(days=7)
    asked = AS_OF + timedelta(days=chance.randint(-3, 30))
    needs = f"coming-{chance.randrange(count):04}" if number % 3 == 0 else ""
    signed = "\n".join(
        f'    - {{role: {role}, by: "{chance.choice(TEAMS)}", on: 2026-11-1{at}}}'
        for at, role in enumerate(chance.sample(ROLES[:6], chance.randint(0, 5)))
    )
    roles = ", ".join(f'{role}: "{chance.choice(TEAMS)}"' for role in ROLES)
    return f"""---
id: coming-{number:04}
title: {_words(chance, 3, 7)}
summary: {_words(chance, 9, 18)}.
type: {chance.choice(("added", "changed", "performance"))}
kind: {chance.choice(KINDS)}
phase: {phase}
state: {chance.choice(("on-track", "on-track", "on-track", "at-risk", "blocked"))}
audience: internal
for: [{chance.choice(("admins", "developers"))}]
products: [{chance.choice(PRODUCTS)}]
version: 5.{number}.0
what: {_words(chance, 6, 12)}.
who: {_words(chance, 3, 6)}.
action: {_words(chance, 5, 9)}.
impact: {_words(chance, 5, 9)}.
compatibility: {{backward: "yes"}}
downtime: {{kind: none}}
docs:
  - {{title: {_words(chance, 2, 4)}, url: "https://docs.example/{number}", state: {chance.choice(("drafted", "updated"))}}}
known_issues:
  - {{id: issue-{number}, text: {_words(chance, 5, 9)}, status: {chance.choice(("open", "workaround"))}, workaround: {_words(chance, 3, 6)}}}
dates: {{planned: {planned}, scope_frozen: 2026-11-01, announce: {later}}}
bedding_in: 2d
goal: {_words(chance, 5, 9)}
value: {_words(chance, 5, 9)}
problem: {_words(chance, 5, 9)}
success_criteria:
  - {{metric: {_words(chance, 3, 5)}, target: over 90 percent, baseline: 80 percent}}
guardrails:
  - {{metric: {_words(chance, 3, 5)}, target: under 1 percent}}
scope:
  in: [{_words(chance, 2, 4)}, {_words(chance, 2, 4)} too]
  out: [{_words(chance, 2, 4)}]
  frozen_on: 2026-11-01
roles: {{{roles}}}
dependencies:
  - {{team: "{other}", what: {_words(chance, 3, 6)}, needed_by: {asked}, state: {chance.choice(("open", "agreed", "delivered"))}{f", ref: {needs}" if needs else ""}}}
risks:
  - {{text: {_words(chance, 5, 9)}, likelihood: low, impact: {chance.choice(("low", "high"))}, mitigation: {_words(chance, 3, 6)}, owner: "{team}", state: open}}
approvals:
  required: [{", ".join(ROLES[:6])}]
  given:{f"{chr(10)}{signed}" if signed else " []"}
tests:
  unit: {{result: passed, on: 2026-11-18, evidence_url: "https://ci.example/{number}"}}
  integration: {{result: {chance.choice(("passed", "running", "failed"))}, on: 2026-11-18}}
  planning: {_words(chance, 3, 6)}
deployment:
  path: phased
  rings:
    - {{name: first, share: 10, criteria: {_words(chance, 3, 5)}, on: {planned}}}
    - {{name: everyone, share: 100, wording: Everyone, on: {later}}}
  environments: [staging, production]
flags:
  - {{key: flag-{number:04}, provider: flagd, purpose: release, default: "off", safe_value: "off", owner: "{team}", introduced: 2026-10-01, remove_by: 2027-09-30, kill_switch: true}}
rollback:
  strategies:
    - {{kind: feature_flag, flag: flag-{number:04}}}
  triggers:
    - {{metric: error_rate, op: ">", value: "5", unit: percent, for: 5m, action: call}}
  authority: {{role: rollback_authority, who: "{team}", deputy: "{other}"}}
  executors:
    - {{step: {_words(chance, 4, 7)}, who: on_call, command: tool flags set flag-{number:04} off}}
    - {{step: {_words(chance, 4, 7)}, who: "{team}"}}
  tested: {{on: {rehearsed}, by: "{team}", env: staging, duration: 6m}}
  expected_duration: 10m
  verification: [{_words(chance, 3, 6)}]
monitors:
  - {{name: {_words(chance, 2, 3)}, url: "https://monitors.example/{number}", threshold: above 1 percent, window: 1d}}
incident: {{channel: "#incidents", on_call: "{other}"}}
support:
  summary: {_words(chance, 5, 9)}
  faq:
    - {{q: "{_words(chance, 4, 7)}?", a: {_words(chance, 4, 7)}.}}
  macros: [M-{number}]
  symptoms: [{_words(chance, 2, 4)}]
  escalation: "{team}"
  tier: second
  trained_on: 2026-11-12
channels:
  - {{channel: changelog, at: {later}, state: planned}}
  - {{channel: in_app, at: {later}, state: {chance.choice(("planned", "drafted"))}}}
go_no_go:
  criteria: [{_words(chance, 3, 5)}]
---
{_words(chance, 20, 40)}.
"""  # noqa: E501 - lists as authors write them


def _provider(count: int) -> str:
    flags = {
        f"flag-{number:04}": {
            "state": "ENABLED",
            "variants": {"on": True, "off": False},
            "defaultVariant": "off",
        }
        for number in range(count)
    }
    return json.dumps({"flags": flags}, indent=1) + "\n"


_REGISTRY = "\n".join(
    (
        "zone: UTC",
        "products:",
        *(f"  {key}: {{name: {key.title()}}}" for key in PRODUCTS),
        "personas:",
        "  admins: {label: Admins}",
        "  developers: {label: Developers}",
        "teams:",
        *(f'  "{handle}": {{name: {handle[1:].title()}}}' for handle in TEAMS),
        "freezes:",
        f"  - {{name: Year-end freeze, start: {FREEZE[0]}, end: {FREEZE[1]}}}",
        "flags: {file: flags/production.json}",
        "",
    )
)


def _config(audience: str) -> str:
    source = "\n    source_url: https://git.example/{path}#L{line}"
    return f"""site_name: Bench
site_url: https://bench.example/
docs_dir: content/pages/{audience}
site_dir: build/{audience}
theme:
  name: material
  font: false
  features: [navigation.tabs]
plugins:
  search: {{}}
  gatepost:
    audience: {audience}{source if audience == "internal" else ""}
"""
