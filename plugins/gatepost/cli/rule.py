"""`gatepost rule`: say what a rule wants, why, and how to fix it."""

from __future__ import annotations

from textwrap import fill

import click

from gatepost.cli.command import choose, command
from gatepost.content.flag_files.laws import LAWS as FLAG_FILE_LAWS
from gatepost.content.pack import shipped
from gatepost.model.finding import Law
from gatepost.model.item import Item
from gatepost.model.phase import BY_KEY
from gatepost.process.conditions.table import CIRCUMSTANCES, CONDITIONS
from gatepost.rules.flag_laws import LAWS as FLAG_LAWS
from gatepost.rules.table import RULES

_WIDTH = 88
_GATES = {"block": "required", "warn": "advised", "info": "optional"}
_ABOUT_FLAGS = frozenset({*FLAG_FILE_LAWS, *FLAG_LAWS})
"""Laws that `gatepost flags` holds: they stop no build."""


@command("rule", "gatepost rule GP103", "gatepost rule PRP-07", "gatepost rule")
@click.argument("code", required=False)
def rule_command(code: str | None) -> None:
    """Say what a rule wants, why, and how to fix it.

    CODE is what stands in a finding, such as GP103, or the id of a checklist item that the gate
    names, such as PRP-07. Without it, all rules are listed.
    """
    laws = {law.code: law for law in RULES}
    if code is not None and (item := shipped().get(code.strip().upper())):
        click.echo(explain_item(item))
        return
    if code is None:
        click.echo("\n".join(f"{law.code}  {law.law}" for law in laws.values()))
        return
    click.echo(explain(laws[choose(_code(code), laws, "rule", "gatepost rule")]))


def _code(said: str) -> str:
    """Take `gp103` and `103` for `GP103`."""
    word = said.strip().upper()
    return f"GP{word}" if word.isdecimal() else word


def explain_item(item: Item) -> str:
    """One item of the checklist in full, as it is shipped."""
    phase = BY_KEY[item.phase].label
    lines = [
        f"{item.id} {item.text}",
        "",
        f"{_GATES[item.gate].capitalize()} before {phase} is left",
        f"Asked of: {', '.join(item.kinds)}",
    ]
    if item.when:
        lines.append(f"Only if: {CIRCUMSTANCES[item.when][0]}")
    lines.append(f"Role: {item.owner}")
    if item.auto:
        lines.append(f"Done when: {CONDITIONS[item.auto].words}")
    else:
        tick = f'checklist: {{{item.id}: {{by: "@team", on: 2026-11-20}}}}'
        lines.append(f"Done when: somebody ticks it, with {tick}")
    lines += [f"Under {key}: {_GATES[gate]}" for key, gate in item.profiles.items()]
    lines.append("Your site may have changed it: see the page Checklists.")
    return "\n".join(
        fill(line, _WIDTH, subsequent_indent="  ") if line else "" for line in lines
    )


def explain(law: Law) -> str:
    """One rule in full."""
    stopped = "`gatepost flags`" if law in _ABOUT_FLAGS else "the build"
    stops = f"stops {stopped}" if law.level == "error" else "is advice"
    return "\n".join(
        (
            f"{law.code} {law.name} ({stops})",
            "",
            fill(law.law, _WIDTH),
            "",
            fill(f"Why: {law.why}", _WIDTH, subsequent_indent="     "),
            fill(f"Fix: {law.fix}", _WIDTH, subsequent_indent="     "),
        )
    )
