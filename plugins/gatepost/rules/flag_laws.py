"""GP602 to GP612: laws about flags that `gatepost flags` and the flag register hold.

They are no rules of `gatepost check`: whether a flag was left on at its provider is no fault of a
text, and must not stop a site.
"""

from __future__ import annotations

from gatepost.model.finding import Law


def undeclared_flag() -> None:
    """A flag of the provider is declared by a release.

    Why: a switch that no release knows has no owner, no safe value and no day of removal.
    Fix: declare it under `flags:` of the release it belongs to, or remove it at the provider.
    """


def flag_gone() -> None:
    """A flag that a release declares exists at the provider.

    Why: people who switch off a flag that is not there lose the minutes that count.
    Fix: correct the key, create the flag, or take it out of the entry.
    """


def switched_otherwise() -> None:
    """A flag is on or off at the provider as its release says.

    Why: readers, support and the rollback plan rely on what the release says.
    Fix: set the flag at the provider, or correct the rollout in the entry.
    """


def rolled_out_otherwise() -> None:
    """A flag reaches as many accounts as its release says.

    Why: customers are told the share that stands in the entry.
    Fix: set the share at the provider, or add the step to `rings` in the entry.
    """


def other_default() -> None:
    """A flag serves the declared default when no rule applies.

    Why: the default is what accounts get that nobody thought of.
    Fix: correct `default` in the entry, or the default at the provider.
    """


def other_safe_value() -> None:
    """A flag that is switched off serves the value that its release calls safe.

    Why: in an incident the flag is switched off, and what it serves then must be the safe value.
    Fix: correct `safe_value` in the entry, or the off value at the provider.
    """


def outstayed_flag() -> None:
    """A flag is gone by the day its release has promised.

    Why: switches nobody removes are the next outage's first suspects.
    Fix: remove the flag and its line in the entry, or set a new `remove_by`.
    """


def unended_flag() -> None:
    """A flag that everyone has had for long, or whose releases are finished, has an end.

    Why: a flag that no longer decides anything still costs a test for each of its values.
    Fix: remove the flag, or say by when with `remove_by`.
    """


def ownerless_flag() -> None:
    """A flag has an owner.

    Why: at night somebody must be asked before it is switched.
    Fix: add `owner` with a team handle to the flag.
    """


def flag_without_safe_value() -> None:
    """A flag says which value is safe.

    Why: in an incident nobody can ask which way is off.
    Fix: add `safe_value` to the flag.
    """


def contradictory_flag() -> None:
    """Releases that stand behind one flag say the same about it.

    Why: whoever reads only one of them acts on half of the truth.
    Fix: write the same value in all of them, or declare the flag in one alone.
    """


UNDECLARED = Law.of("GP602", undeclared_flag, "error")
GONE = Law.of("GP603", flag_gone, "error")
SWITCHED = Law.of("GP604", switched_otherwise, "error")
SHARE = Law.of("GP605", rolled_out_otherwise, "error")
DEFAULT = Law.of("GP606", other_default, "error")
SAFE_VALUE = Law.of("GP607", other_safe_value, "error")
PAST_DATE = Law.of("GP608", outstayed_flag, "error")
NO_END = Law.of("GP609", unended_flag, "advice")
NO_OWNER = Law.of("GP610", ownerless_flag, "advice")
NO_SAFE_VALUE = Law.of("GP611", flag_without_safe_value, "advice")
DISAGREEMENT = Law.of("GP612", contradictory_flag, "advice")

LAWS: tuple[Law, ...] = (
    UNDECLARED,
    GONE,
    SWITCHED,
    SHARE,
    DEFAULT,
    SAFE_VALUE,
    PAST_DATE,
    NO_END,
    NO_OWNER,
    NO_SAFE_VALUE,
    DISAGREEMENT,
)
"""In the order of their codes."""
