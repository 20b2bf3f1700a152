"""A field nobody understands does not hide what else is wrong with its entry."""

from __future__ import annotations

import json

import pytest
from called_project import CalledProject

ENTRY = """\
---
id: audit-log
{fields}
phase: rolling-out
audience: public
---
See ![the log](log.png), or ask JIRA-123.
"""
RIGHT = "title: See who changed what\ntype: added\nproducts: [reports]"


def codes(project: CalledProject, fields: str, *, body: str = "") -> list[str]:
    """The codes `check` reports for an entry with these fields, without those of other files."""
    text = ENTRY.format(fields=fields) + body
    project.write("content/releases/2026/audit-log.md", text)
    rows = json.loads(project.call("check", "--format", "json").out)["findings"]
    assert {row["path"] for row in rows} == {"content/releases/2026/audit-log.md"}
    return [row["code"] for row in rows]


@pytest.fixture
def of_the_rest(project: CalledProject) -> list[str]:
    """What the rules say of the entry when every field is understood."""
    return codes(project, RIGHT)


@pytest.mark.parametrize(
    ("fields", "own"),
    [
        ("title: T now\ntype: addded\nproducts: [reports]", ["GP103"]),
        ("title: T now\ntype: hurray\nproducts: [reports]", ["GP103"]),
        (f"{RIGHT}\nplans: {{pro: true}}", ["GP106"]),
        (f"{RIGHT}\ndates: {{planned: 2026-13-45}}", ["GP104"]),
        (f"{RIGHT}\nbreaking: perhaps", ["GP105"]),
        (f"{RIGHT}\npersonas: [admins, 7]\nimportance: huge", ["GP102", "GP103"]),
        (f"{RIGHT}\ndocs:\n- 5\n- url: https://docs.example/", ["GP101", "GP106"]),
        ("titel: T now\ntype: added\nproducts: [reports]", ["GP101", "GP102"]),
    ],
    ids=["near", "far", "list", "date", "truth", "several", "docs", "name"],
)
def test_the_rest_is_judged(
    project: CalledProject, of_the_rest: list[str], fields: str, own: list[str]
) -> None:
    """Picture, ticket and dates are reported together with the field that has to be mended."""
    found = codes(project, fields)

    assert set(own) <= set(found)
    assert set(of_the_rest) <= set(found)


def test_nothing_is_said_of_what_was_guessed(project: CalledProject) -> None:
    """A guess is no finding: an unreadable deprecation is not blamed for its dates as well."""
    found = codes(
        project,
        RIGHT.replace("added", "deprecated") + "\ndeprecation: {sunset_on: 2026-13-45}",
    )

    assert set(found) & {"GP104", "GP105", "GP106"}
    messages = project.call("check").out.splitlines()
    told = [line for line in messages if "deprecation" in line and "GP1" not in line]
    assert [line for line in told if not line.startswith("  fix:")] == []


@pytest.mark.parametrize(
    "fields", ["type: added\nproducts: [reports]", "x-title: T now"]
)
def test_what_cannot_be_guessed_is_left_alone(
    project: CalledProject, fields: str
) -> None:
    """Without a title or a type it is no entry: they are asked for, and no more is said."""
    assert {code[:3] for code in codes(project, fields)} == {"GP1"}


def test_a_guess_is_never_built(project: CalledProject) -> None:
    """The build stops, and an entry that links to the guessed one hears nothing about it."""
    project.entry("faster-export", "products: [reports]\nrelated: [audit-log]\n")
    found = codes(project, RIGHT.replace("added", "addded"))
    done = project.call("build")

    assert "GP103" in found
    assert done.code == 1
    assert not (project.root / "build/public/releases/audit-log").exists()


def test_a_component_with_a_fault_of_its_own(project: CalledProject) -> None:
    """Its name is known, its product is not: whoever takes it for a product is told so."""
    registry = project.source("content/registry.yml")
    broken = registry.replace(
        "{name: Exports, product: reports}", "{name: Exports, owner: [1]}"
    )
    project.write("content/registry.yml", broken)
    project.entry("audit-log", "products: [exports]\n")
    done = project.call("check")

    assert broken != registry
    assert "`exports` is a component" in done.out
    assert "components: [exports]" in done.out


def test_an_id_that_no_file_can_have(project: CalledProject) -> None:
    """The id that is proposed instead is taken."""
    text = ENTRY.format(fields=RIGHT).replace("id: audit-log", "id: CON")
    project.write("content/releases/a.md", text)
    assert "write con-entry" in project.call("check").out

    project.entry("con-entry", "products: [reports]\n")
    (project.root / "content/releases/a.md").unlink()
    assert project.call("check").code == 0
