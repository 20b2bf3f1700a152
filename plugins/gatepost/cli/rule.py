"""`gatepost rule`: say what a rule wants, why, and how to fix it."""

from __future__ import annotations

from textwrap import fill

import click

from gatepost.cli.command import choose, command
from gatepost.content.flag_files.laws import LAWS as FLAG_FILE_LAWS
from gatepost.model.finding import Law
from gatepost.rules.flag_laws import LAWS as FLAG_LAWS
from gatepost.rules.table import RULES

_WIDTH = 88
_ABOUT_FLAGS = frozenset({*FLAG_FILE_LAWS, *FLAG_LAWS})
"""Laws that `gatepost flags` holds: they stop no build."""


@command("rule", "gatepost rule GP103", "gatepost rule")
@click.argument("code", required=False)
def rule_command(code: str | None) -> None:
    """Say what a rule wants, why, and how to fix it.

    CODE is what stands in a finding, such as GP103. Without it, all rules are listed.
    """
    laws = {law.code: law for law in RULES}
    if code is None:
        click.echo("\n".join(f"{law.code}  {law.law}" for law in laws.values()))
        return
    click.echo(explain(laws[choose(_code(code), laws, "rule", "gatepost rule")]))


def _code(said: str) -> str:
    """Take `gp103` and `103` for `GP103`."""
    word = said.strip().upper()
    return f"GP{word}" if word.isdecimal() else word


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
