"""The words of a rollback page: ways back, reasons to go them, people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from gatepost.model.moment import Duration
from gatepost.model.parts import Incident, Rollback, Strategy, Trigger
from gatepost.model.release import Release
from gatepost.outputs.words import inline
from gatepost.rules.rollback import NEEDS

NOT_SAID = "not said"

KINDS: Mapping[str, str] = {
    "feature_flag": "Turn the flag off",
    "db_script": "Run the script that goes back",
    "blue_green": "Switch traffic back",
    "redeploy": "Put back the previous version",
    "none": "There is no way back",
}
_FIELDS: Mapping[str, str] = {
    "flag": "Flag",
    "forward": "Script that migrated",
    "back": "Script that goes back",
    "standby": "Traffic returns to",
    "artifact": "Version put back",
    "reason": "Why",
    "approved_by": "Accepted by",
}
_CODE = frozenset({"flag", "forward", "back"})
_OPS: Mapping[str, str] = {
    ">": "above",
    ">=": "at least",
    "<": "below",
    "<=": "at most",
    "==": "exactly",
}
_THEN: Mapping[str, str] = {
    "call": "Roll back at once",
    "decide": "The one who decides weighs it",
    "automatic": "It acts on its own",
}
_MANY = re.compile(r"[A-Za-z ]{3,}s")
"""A unit that is a word for several, such as `invoices`; `ms` is none."""
_UNITS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week"}

Way = tuple[str, tuple[tuple[str, Markup, bool], ...]]
"""What is done, and its facts: label, value, and whether the value is missing."""


def length_in_words(duration: Duration | None) -> str:
    """`10 minutes` for `10m`; nothing for nothing."""
    if duration is None:
        return ""
    number, unit = int(duration.text[:-1]), _UNITS[duration.text[-1]]
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def team(release: Release, who: str) -> str:
    """The team behind a role key; a handle stays as it is."""
    return release.roles.get(who, who)


def way(release: Release, strategy: Strategy) -> Way:
    """One way back, with what it cannot do without."""
    rows = [
        _fact(field, getattr(strategy, field), missing=not getattr(strategy, field))
        for field, _ in NEEDS[strategy.kind]
    ]
    flag = next((one for one in release.flags if one.key == strategy.flag), None)
    if strategy.kind == "feature_flag" and strategy.flag:
        safe = flag.safe_value if flag else ""
        rows.append(("Safe value", inline(safe or NOT_SAID), not safe))
        if flag and flag.kill_switch:
            rows.append(("Kill switch", Markup("yes, on call may use it"), False))
    if strategy.data_loss:
        rows.append(("Data lost", inline(strategy.data_loss), False))
    elif strategy.kind == "db_script":
        rows.append(("Data lost", inline(NOT_SAID), True))
    return KINDS[strategy.kind], tuple(rows)


def _fact(field: str, value: str, *, missing: bool) -> tuple[str, Markup, bool]:
    if missing:
        return _FIELDS[field], inline(NOT_SAID), True
    shown = Markup("<code>{}</code>").format(value) if field in _CODE else inline(value)
    return _FIELDS[field], shown, False


def in_short(plan: Rollback) -> str:
    """The way back in a sentence: `Turn the flag off, then put back the previous version`."""
    clauses = tuple(dict.fromkeys(KINDS[one.kind] for one in plan.strategies))
    first, *rest = clauses or ("Nobody wrote how",)
    tail = "".join(f", then {one[0].lower()}{one[1:]}" for one in rest)
    return f"{first}{tail}."


def reason(trigger: Trigger) -> tuple[str, str, str]:
    """Signal, threshold and what happens then."""
    then = _THEN[trigger.action]
    held = length_in_words(trigger.for_)
    if not trigger.metric:
        severity = trigger.severity or NOT_SAID
        return severity, "confirmed" if trigger.confirmed else "suspected", then
    limit = _limit(trigger)
    return trigger.metric, f"{limit} for {held}" if held else limit, then


def _limit(trigger: Trigger) -> str:
    if not trigger.value:
        return f"threshold {NOT_SAID}"
    unit = "%" if trigger.unit in {"percent", "%"} else f" {trigger.unit}"
    if trigger.value == "1" and _MANY.fullmatch(trigger.unit):
        # Nobody can say which word one of them is called by.
        unit = f" ({trigger.unit})"
    return f"{_OPS.get(trigger.op or '', '')} {trigger.value}{unit}".strip()


def people(release: Release, plan: Rollback) -> Iterator[tuple[str, str, bool]]:
    """Who decides, who stands in, who does it, who tells customers, and where they meet."""
    said = plan.authority
    role = said.role if said else "rollback_authority"
    decides = (said.who if said else "") or release.roles.get(role, "")
    yield "Decides, alone", decides or NOT_SAID, not decides
    deputy = said.deputy if said else ""
    yield "If not reached", f"{deputy} decides" if deputy else NOT_SAID, not deputy
    doers = dict.fromkeys(team(release, one.who) for one in plan.executors)
    yield "Does it", ", ".join(doers) or NOT_SAID, not doers
    if tells := release.roles.get("support_lead", ""):
        yield "Tells customers", tells, False
    if release.incident and release.incident.channel:
        yield "Meet in", release.incident.channel, False


def runbook_link(runbook: str) -> Markup:
    """An address to follow, or a path to look up."""
    if runbook.startswith(("https://", "http://")):
        return Markup('<a href="{}">{}</a>').format(runbook, runbook)
    return Markup("<code>{}</code>").format(runbook)


def owed(incidents: tuple[Incident, ...]) -> str:
    """What must be linked before a release goes out again."""
    names = ", ".join(one.id for one in incidents)
    what = (
        f"the post-mortem of {names}" if names else "an incident with its post-mortem"
    )
    return f"It may not be deployed again until {what} is linked."
