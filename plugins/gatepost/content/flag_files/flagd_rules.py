"""Targeting rules of flagd: whether they are well formed, and how many accounts they reach.

Source: https://flagd.dev/schema/v0/targeting.json
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gatepost.content.fences import short
from gatepost.content.flag_files.sheet import (
    Fault,
    Sheet,
    as_text,
    kind_of,
    number,
    quoted,
)
from gatepost.model.flag_snapshot import OFF, ON, Share
from gatepost.model.release import PathInFile

FRACTIONAL = ("fractional", "fractionalEvaluation")
"""Today's name, and the one of old files."""
OPERATORS = frozenset(
    {
        *("!", "!!", "!=", "!==", "%", "*", "+", "-", "/"),
        *("<", "<=", "==", "===", ">", ">="),
        *(
            "all",
            "and",
            "cat",
            "ends_with",
            "filter",
            "if",
            "in",
            "map",
            "max",
            "merge",
            "min",
        ),
        *(
            "missing",
            "missing_some",
            "none",
            "or",
            "reduce",
            "some",
            "starts_with",
            "substr",
        ),
        *("var", "sem_ver", "$ref", *FRACTIONAL),
    }
)
COMPARISONS = ("=", "!=", ">", "<", ">=", "<=", "~", "^")
_OWN_VARIABLES = ("$flagd.timestamp", "$flagd.flagKey")
_VERSION = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?"
)
_ANY = Share(OFF.least, ON.most)
_OPERANDS = {"starts_with": 2, "ends_with": 2, "sem_ver": 3}


def is_rule(tree: Mapping[str, Any]) -> bool:
    """Whether a whole file is one rule, without flags."""
    return len(tree) == 1 and not OPERATORS.isdisjoint(tree)


def faults(
    sheet: Sheet, rule: object, where: PathInFile, key: str = ""
) -> Iterator[Fault]:
    """Everything that is malformed in a rule, in the order it is written."""
    waiting = [(rule, where)]
    while waiting:
        node, at = waiting.pop()
        if isinstance(node, list):
            waiting += [(one, (*at, place)) for place, one in enumerate(node)][::-1]
        elif isinstance(node, dict):
            for name, value in node.items():
                here = (*at, name)
                if name not in OPERATORS:
                    sentence = f"`{short(name)}` is no operation of a targeting rule"
                    yield sheet.fault(sentence, *here, key=key, fix="correct its name")
                else:
                    yield from _operation(sheet, name, value, here, key)
                    waiting.append((value, here))
        elif at == where and node is not None:
            yield sheet.fault(
                f"the targeting is {kind_of(node)}, not a rule", *at, key=key
            )


def _operation(
    sheet: Sheet, name: str, value: object, at: PathInFile, key: str
) -> Iterator[Fault]:
    if name in FRACTIONAL:
        yield from _buckets(sheet, value, at, key, old=name != FRACTIONAL[0])
    elif name == "var":
        said = value[0] if isinstance(value, list) and value else value
        if (
            isinstance(said, str)
            and said.startswith("$flagd.")
            and said not in _OWN_VARIABLES
        ):
            fix = f"write {' or '.join(_OWN_VARIABLES)}"
            yield sheet.fault(f"flagd knows no `{short(said)}`", *at, key=key, fix=fix)
    elif name in _OPERANDS:
        yield from _operands(sheet, name, value, at, key)


def _operands(
    sheet: Sheet, name: str, value: object, at: PathInFile, key: str
) -> Iterator[Fault]:
    wanted = _OPERANDS[name]
    if not isinstance(value, list) or len(value) != wanted:
        yield sheet.fault(f"`{name}` takes {wanted} values", *at, key=key)
        return
    for place, one in enumerate(value):
        if isinstance(one, dict):
            continue
        if name != "sem_ver" and not isinstance(one, str):
            sentence = f"`{name}` compares texts, and {quoted(one)} is none"
            yield sheet.fault(sentence, *at, place, key=key, fix="write it in quotes")
        elif name == "sem_ver" and place == 1 and one not in COMPARISONS:
            fix = f"write one of {' '.join(COMPARISONS)}"
            yield sheet.fault(
                f"{quoted(one)} is no comparison", *at, place, key=key, fix=fix
            )
        elif name == "sem_ver" and place != 1 and not _VERSION.fullmatch(as_text(one)):
            sentence = f"{quoted(one)} is no version of three numbers"
            yield sheet.fault(
                sentence, *at, place, key=key, fix="write one such as 2.0.0"
            )


def _buckets(
    sheet: Sheet, value: object, at: PathInFile, key: str, *, old: bool
) -> Iterator[Fault]:
    if not isinstance(value, list) or not value:
        yield sheet.fault("a split has no shares", *at, key=key)
        return
    for place, one in enumerate(value):
        here = (*at, place)
        if place == 0 and isinstance(one, dict | str if old else dict):
            continue  # what accounts are told apart by; in old files its bare name
        if not isinstance(one, list) or not 1 <= len(one) <= 2:  # noqa: PLR2004 - name, weight
            sentence = f"{quoted(one)} is no share: a variant and its weight"
            yield sheet.fault(
                sentence, *here, key=key, fix='write, for example, ["on", 40]'
            )
        elif (
            len(one) > 1
            and not isinstance(one[1], dict)
            and not _is_weight(one[1], typed=sheet.typed)
        ):
            sentence = f"the weight of {quoted(one[0])} is {quoted(one[1])}"
            fix = "write a whole number from 0, without quotes"
            yield sheet.fault(sentence, *here, 1, key=key, fix=fix)


def _is_weight(value: object, *, typed: bool) -> bool:
    """A whole number; our YAML reader hands numbers over as text."""
    found = None if typed and isinstance(value, str) else number(value)
    return found is not None and found >= 0 and found.is_integer()


def reach(
    rule: object,
    on: Mapping[str, Share],
    fallback: Share,
    evaluators: Mapping[str, Any],
) -> Share:
    """How many accounts a rule gives a variant that is on.

    Args:
        rule: The rule, or the name of a variant.
        on: For each variant: everybody if it means on, else nobody.
        fallback: What counts where the rule gives nothing.
        evaluators: Rules that others refer to.
    """
    return _Reach(on, fallback, evaluators).of(rule)


@dataclass(slots=True)
class _Reach:
    """Follows the rule of one flag; each rule that others refer to is followed once."""

    on: Mapping[str, Share]
    fallback: Share
    evaluators: Mapping[str, Any]
    followed: dict[str, Share] = field(default_factory=dict)

    def of(self, rule: Any) -> Share:
        if rule is None or rule == {}:
            return self.fallback
        if not isinstance(rule, dict):
            return self.on.get(as_text(rule), self.fallback)
        name, value = next(iter(rule.items()))
        if name == "$ref" and isinstance(value, str) and value in self.evaluators:
            return self._referred(value)
        if name == "if" and isinstance(value, list):
            # condition, then, condition, then, ..., else
            last = value[-1:] if len(value) % 2 and len(value) > 1 else [None]
            return _either([self.of(one) for one in (*value[1::2], *last)])
        if name in FRACTIONAL and isinstance(value, list):
            return self._split(value)
        return _ANY

    def _referred(self, name: str) -> Share:
        if name not in self.followed:
            # Whatever leads back here while it is followed could be anything.
            self.followed[name] = _ANY
            self.followed[name] = self.of(self.evaluators[name])
        return self.followed[name]

    def _split(self, value: list[Any]) -> Share:
        rows = [one for one in value if isinstance(one, list) and one]
        shares = [self.of(one[0]) for one in rows]
        weights = [number(one[1]) if len(one) > 1 else 1.0 for one in rows]
        known = [weight for weight in weights if weight is not None]
        total = sum(known)
        if not rows:
            return self.fallback
        if len(known) < len(weights) or not total:
            return _either(shares)
        pairs = tuple(zip(shares, known, strict=True))
        return Share(
            round(sum(share.least * weight for share, weight in pairs) / total, 2),
            round(sum(share.most * weight for share, weight in pairs) / total, 2),
        )


def _either(shares: list[Share]) -> Share:
    return Share(min(one.least for one in shares), max(one.most for one in shares))
