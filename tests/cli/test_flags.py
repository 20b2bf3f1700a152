"""`gatepost flags` lists every flag, and ends with 1 when one is late or differs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from called_project import CalledProject

FLAG = (
    'flags: [{key: checkout, owner: "@a", safe_value: "off", remove_by: 2027-03-01}]\n'
)
LATE = FLAG.replace("2027-03-01", "2026-09-10")
STEPS = (
    "phase: rolling-out\ndeployment: {rings: [{name: a, share: 40, on: 2026-11-01}]}\n"
)


def flagd(share: int, key: str = "checkout") -> str:
    """A provider's file in which the flag reaches that share."""
    return f"""{{"flags": {{
  "{key}": {{
    "state": "ENABLED",
    "variants": {{"on": true, "off": false}},
    "defaultVariant": "off",
    "targeting": {{"fractional": [["on", {share}], ["off", {100 - share}]]}}
  }}
}}}}
"""


def test_a_flag_in_a_line(project: CalledProject) -> None:
    """What it is, what it does now, whose it is, until when."""
    project.entry("checkout", STEPS + FLAG)
    done = project.call("flags")
    assert (done.code, done.err) == (0, "")
    head, row, closing = done.out.splitlines()
    assert head.split() == ["FLAG", "PURPOSE", "NOW", "OWNER", "REMOVE", "BY", "STATUS"]
    assert row.split() == [
        "checkout",
        "release",
        "40%",
        "@a",
        "2027-03-01",
        "in",
        "step",
    ]
    assert closing == "1 flag, 0 past the day of removal."


def test_no_flag_at_all(project: CalledProject) -> None:
    """Is no fault."""
    assert project.call("flags").out == "0 flags, 0 past the day of removal.\n"


def test_a_late_flag_ends_with_one(project: CalledProject) -> None:
    """And it says since when, with the way out; earlier it was none."""
    project.entry("checkout", STEPS + LATE)
    done = project.call("flags")
    assert done.code == 1
    assert (
        "GP608 the flag `checkout` was to be removed by 2026-09-10, 72 days ago"
        in done.out
    )
    assert "fix: remove the flag" in done.out
    assert project.call("flags", "--as-of", "2026-09-09").code == 0


def test_what_is_only_advice_ends_with_zero(project: CalledProject) -> None:
    """A flag without an owner is reported."""
    project.entry("checkout", "flags: [{key: checkout}]\n")
    done = project.call("flags")
    assert (done.code, "GP610" in done.out) == (0, True)


@pytest.mark.parametrize(("share", "code"), [(40, 0), (80, 1)])
def test_drift_against_the_file_of_the_registry(
    project: CalledProject, share: int, code: int
) -> None:
    """`--drift` alone reads what the registry names; without it nothing is compared."""
    project.entry("checkout", STEPS + FLAG)
    project.write("content/flags/production.json", flagd(share))
    registry = project.source("content/registry.yml")
    project.write(
        "content/registry.yml", f"{registry}flags: {{file: flags/production.json}}\n"
    )
    done = project.call("flags", "--drift")
    assert done.code == code
    assert ("(content/flags/production.json:2:3)" in done.out) is bool(code)
    assert project.call("flags").code == 0


def test_drift_against_a_file(project: CalledProject) -> None:
    """Named on the command line, in any place."""
    project.entry("checkout", STEPS + FLAG)
    project.write("exports/now.json", flagd(40, "other"))
    done = project.call("flags", "--drift", "exports/now.json")
    assert done.code == 1
    assert "exports/now.json:2:3: GP602 the flag `other`" in done.out
    assert "GP603 the flag `checkout` is declared" in done.out
    assert done.out.splitlines()[-1] == (
        "1 flag, 0 past the day of removal, 2 different from exports/now.json (1 flag)."
    )


def test_a_file_that_cannot_be_read_ends_with_one(project: CalledProject) -> None:
    """At its line and column; no flag is called gone for it."""
    project.entry("checkout", STEPS + FLAG)
    project.write("now.json", '{"flags":\n  nope}\n')
    done = project.call("flags", "--drift", "now.json")
    assert done.code == 1
    assert "now.json:2:3: GP601 `nope` stands where a value should be" in done.out
    assert "GP603" not in done.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--drift"], "no provider's file is known"),
        (["--drift", "nothing.json"], "there is no file or folder `nothing.json`"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--provider-format", "flagd"], "add --drift FILE"),
        (["--drift", "--provider-format", "flags"], "'flags' is not one of"),
    ],
)
def test_wrong_calls(project: CalledProject, words: list[str], message: str) -> None:
    """End with 2 and say what to type."""
    done = project.call("flags", *words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_file_outside_the_project_is_not_read_by_configuration(
    project: CalledProject,
) -> None:
    """A registry comes by pull request: it may not reach into the machine."""
    registry = project.source("content/registry.yml")
    project.write(
        "content/registry.yml", f"{registry}flags: {{file: ../../secret.json}}\n"
    )
    done = project.call("flags", "--drift")
    assert done.code == 1
    assert "content/registry.yml:" in done.out
    assert "`../../secret.json` lies outside the project" in done.out


def test_a_link_among_the_folders_leads_nowhere(project: CalledProject) -> None:
    """Neither does it get a registry out of the project."""
    (project.root / "content/elsewhere").symlink_to("/etc")
    registry = project.source("content/registry.yml")
    project.write(
        "content/registry.yml", f"{registry}flags: {{file: elsewhere/passwd}}\n"
    )
    done = project.call("flags", "--drift")
    assert (done.code, "lies outside the project" in done.out) == (1, True)


def test_json_holds_the_register(project: CalledProject) -> None:
    """With problems, drift and both places; nothing else is printed."""
    project.entry("checkout", STEPS + LATE)
    project.write("now.json", flagd(80))
    done = project.call("flags", "--drift", "now.json", "--format", "json")
    found = json.loads(done.out)
    assert (done.code, done.err, found["version"], found["count"]) == (1, "", 1, 1)
    (flag,) = found["flags"]
    assert (flag["key"], flag["share"], flag["provider_share"]) == (
        "checkout",
        40,
        "80%",
    )
    assert ["past-date"] == [one["kind"] for one in flag["problems"]]
    (one,) = found["drift"]
    assert (one["kind"], one["here"], one["there"]) == (
        "share",
        "content/releases/checkout.md:10:15",
        "now.json:2:3",
    )


def test_csv_holds_the_register(project: CalledProject) -> None:
    """One line for each flag; no cell is a formula."""
    key = '=HYPERLINK("http://evil")'
    project.entry("checkout", f"flags: [{{key: '{key}', owner: \"@a\"}}]\n")
    done = project.call("flags", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert (row["key"], row["owner"]) == (f"'{key}", "'@a")
    assert (row["share"], row["problems"]) == ("100", "no-end no-safe-value")


def test_a_key_cannot_steer_the_terminal(project: CalledProject) -> None:
    """Keys are names from elsewhere."""
    project.write("now.json", flagd(40, "\\u001b[2Jgone"))
    done = project.call("flags", "--drift", "now.json")
    assert "\x1b" not in done.out
    assert "[2Jgone" in done.out


def test_a_text_for_people_is_no_flag_file(project: CalledProject) -> None:
    """Front matter would not make it one: what can be read is listed."""
    project.write("README.md", "# Harbour\n\nOur changelog.\n")
    done = project.call("flags", "--drift", "README.md")

    assert done.code == 1
    assert "README.md:1:1: GP601 this is no flag file" in done.out
    assert "flagd flag definitions (JSON or YAML)" in done.out
    assert "GP004" not in done.out
