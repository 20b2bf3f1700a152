"""What is wrong, where it stands, and the way out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "advice"]
"""An *error* stops the build; *advice* is reported, and stops it only under `--strict`."""

_SECTION = re.compile(r"^(Why|Fix):\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One character of a file, as an editor counts it."""

    path: str
    """Relative to the project's root, with forward slashes."""
    line: int = 1
    """From 1."""
    column: int = 1
    """From 1, in Unicode code points."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Law:
    """What a rule wants: one code, one sentence, why, and how to fix it."""

    code: str
    """`GP` and three digits; never reused."""
    name: str
    """A short name in words, from the function's name."""
    law: str
    """The law as one sentence."""
    why: str
    fix: str
    level: Level = "error"

    @classmethod
    def of(cls, code: str, function: Callable[..., object], level: Level) -> Law:
        """Read a law from a function's docstring.

        Raises:
            ValueError: The docstring lacks its sentence, `Why:` or `Fix:`.
        """
        head, *rest = _SECTION.split(inspect.cleandoc(function.__doc__ or ""))
        parts = dict(zip(rest[::2], rest[1::2], strict=True))
        if not head.strip() or {"Why", "Fix"} - parts.keys():
            msg = f"{code}: the docstring of {function.__name__} needs a law, `Why:` and `Fix:`"
            raise ValueError(msg)
        name = function.__name__.strip("_").replace("_", " ")
        law, why, fix = (
            " ".join(text.split()) for text in (head, parts["Why"], parts["Fix"])
        )
        return cls(code, name, law, why, fix, level)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. Sorts by place, then code."""

    place: Place
    code: str
    sentence: str
    """What is wrong, naming the culprit, as one sentence without a full stop."""
    fix: str
    """The way out, in words a product manager can follow."""
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.sentence}"


class GatepostError(Exception):
    """A caller's mistake: a wrong option, a missing folder. Content faults are findings."""
