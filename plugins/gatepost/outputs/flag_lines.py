"""A line of the flag register: both sides of one flag, and what is wrong between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from gatepost.model.flag_snapshot import ProviderFlag
from gatepost.outputs.flag_views import Level
from gatepost.outputs.views import Badge
from gatepost.process.flag_drift import Drift, says
from gatepost.process.flag_record import FlagRecord

_LAST = "9999"
PROBLEMS = {
    "no-owner": Badge("x", "triangle-alert", "No owner"),
    "no-safe-value": Badge("warn", "triangle-alert", "No safe value"),
    "disagreement": Badge("warn", "triangle-alert", "Releases disagree"),
}
STALE = Badge("x", "clock", "Stale")
DRIFT = Badge("nogo", "differ", "Drift")
UNDECLARED = Badge("nogo", "differ", "No release")


@dataclass(frozen=True)
class FlagLine:
    """A flag with both its sides: at least one of them is there."""

    key: str
    record: FlagRecord | None
    theirs: ProviderFlag | None
    drifts: tuple[Drift, ...]

    @property
    def owner(self) -> str:
        """Team handle; empty if nobody is named."""
        return self.record.owner if self.record else ""

    @property
    def badges(self) -> tuple[Badge, ...]:
        """What is wrong, the worst first."""
        return tuple(self._badges())

    def _badges(self) -> Iterator[Badge]:
        if self.record is None:
            yield UNDECLARED if self.is_bad else replace(UNDECLARED, kind="warn")
        elif self.drifts:
            yield DRIFT
        if self.record and self.record.stale:
            yield STALE
        for kind, badge in PROBLEMS.items():
            if self.record and any(one.kind == kind for one in self.record.problems):
                yield badge

    @property
    def is_bad(self) -> bool:
        """Whether it differs from the provider in a way somebody must mend."""
        return any(one.level == "error" for one in self.drifts)

    @property
    def order(self) -> tuple[int, str, str]:
        """Problems first, then by the day of removal, then by key."""
        record = self.record
        late = record is not None and record.has("past-date")
        rank = 0 if self.is_bad else 1 if late else 2 if self.badges else 3
        until = record.remove_by if record else None
        return rank, until.at.isoformat() if until else _LAST, self.key


VIEWS: tuple[tuple[str, str, Callable[[FlagLine], bool]], ...] = (
    ("", "All", lambda _: True),
    ("drift", "Drift", lambda one: bool(one.drifts)),
    ("stale", "Stale", lambda one: bool(one.record and one.record.stale)),
    ("no-owner", "No owner", lambda one: bool(one.record and not one.owner)),
    (
        "kill-switch",
        "Kill switch",
        lambda one: bool(one.record and one.record.kill_switch),
    ),
)
"""Folder below `/flags/view/`, name, and which flags it shows."""


def here(record: FlagRecord | None) -> Level:
    """What the entries say."""
    if record is None:
        return Level("none")
    if record.share is None:
        return Level(says(record) or "not said")
    return Level(says(record) if record.share else "Off", str(record.share))


def there(line: FlagLine) -> Level:
    """What the provider says."""
    theirs = line.theirs
    differs = any(one.kind != "safe-value" for one in line.drifts)
    if theirs is None or theirs.removed:
        return Level("removed" if theirs else "not there", differs=differs)
    if line.record is not None and line.record.share is None:
        own = line.record.default
        said = own if own in theirs.default else "".join(theirs.default[:1])
        return Level(said or "not said", "", differs)
    if theirs.share is None:
        return Level(theirs.default[0] if theirs.default else "by rule", "", differs)
    text = str(theirs.share) if theirs.share.most else "Off"
    return Level(text, f"{theirs.share.most:g}" if theirs.share.exact else "", differs)
