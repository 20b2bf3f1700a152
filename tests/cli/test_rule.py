"""`gatepost rule` says what a rule wants, why, and how to fix it."""

from __future__ import annotations

import pytest
from called_project import CalledProject

from gatepost.content.pack import shipped
from gatepost.rules.table import RULES


def test_all_rules(project: CalledProject) -> None:
    """One line for each, in the order of the codes."""
    done = project.call("rule")
    lines = done.out.splitlines()
    assert done.code == 0
    assert lines == sorted(lines)
    assert [line[:5] for line in lines] == [law.code for law in RULES]


@pytest.mark.parametrize("said", ["GP103", "gp103", "103", " GP103 "])
def test_one_rule(project: CalledProject, said: str) -> None:
    """Its law, the reason and the remedy, however the code is typed."""
    done = project.call("rule", said)
    assert done.code == 0
    assert done.out.startswith("GP103 ")
    assert ["", "Why: ", "Fix: "] == [
        word for word in ("", "Why: ", "Fix: ") if f"\n{word}" in done.out
    ]


def test_it_says_whether_a_rule_stops_the_build(project: CalledProject) -> None:
    """An error does, advice does not."""
    error = next(law for law in RULES if law.level == "error")
    advice = next(law for law in RULES if law.level == "advice")
    assert "(stops the build)" in project.call("rule", error.code).out
    assert "(is advice)" in project.call("rule", advice.code).out


def test_it_needs_no_project(
    project: CalledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule can be looked up anywhere."""
    monkeypatch.chdir(project.root.parent)
    assert project.call("rule", "GP103").code == 0


@pytest.mark.parametrize("said", ["GP999", "title", "", "10 3"])
def test_no_such_rule(project: CalledProject, said: str) -> None:
    """It names some that there are."""
    done = project.call("rule", said)
    assert (done.code, done.out) == (2, "")
    assert "there is no rule `" in done.err


@pytest.mark.parametrize("said", ["PRP-11", "prp-11"])
def test_an_item_of_the_checklist(project: CalledProject, said: str) -> None:
    """What the gate names can be looked up too: when it is asked, of whom, and when it is done."""
    done = project.call("rule", said)

    assert done.code == 0
    assert done.out == (
        "PRP-11 Try the whole deployment where nothing can break\n"
        "\n"
        "Required before Getting ready is left\n"
        "Asked of: standard, launch\n"
        "Role: devops\n"
        "Done when: this version was deployed outside production\n"
        "Under continuous: advised\n"
        "Your site may have changed it: see the page Checklists.\n"
    )


@pytest.mark.parametrize("item", shipped())
def test_every_item_can_be_looked_up(project: CalledProject, item: str) -> None:
    """Those that a person ticks show the line to write."""
    told = project.call("rule", item).out

    assert told.startswith(f"{item} {shipped()[item].text[:30]}")
    by_hand = f"checklist: {{{item}:" in " ".join(told.split())
    assert by_hand == (shipped()[item].auto is None)
