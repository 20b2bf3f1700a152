"""What a `kep.yaml` and the readiness approvals beside it say: facts, not yet fields of ours.

Source: https://github.com/kubernetes/enhancements/tree/master/keps/NNNN-kep-template
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from gatepost.integrations.foreign_keys import ForeignKeys
from gatepost.integrations.foreign_yaml import whole_front_matter
from gatepost.integrations.planned import Leftover, Tree
from gatepost.model.phase import PhaseKey
from gatepost.rules.nearest import Names

APPROVALS = "prod-readiness"
STATUSES: Mapping[str, tuple[PhaseKey, str]] = {
    "provisional": ("planning", ""),
    "implementable": ("building", ""),
    "implemented": ("done", ""),
    "deferred": ("planning", "on-hold"),
    "rejected": ("planning", "cancelled"),
    "withdrawn": ("building", "cancelled"),
    "replaced": ("building", "cancelled"),
}
"""Their status to our phase and state: what is `implementable` is agreed and may be built."""
_ROLES = (("approvers", "approves"), ("reviewers", "reviews"), ("authors", "writes it"))
_NOBODY = frozenset({"", "tbd", "n/a", "na", "none"})
_VERSION = re.compile(r"v?(\d+\.\d+(?:\.\d+)?)")
_NO_VERSION = frozenset({"0.0", "0.0.0"})


class Record:
    """One `kep.yaml` with its approvals; keys are taken one by one until none is left."""

    def __init__(self, path: str, text: str, approvals: str) -> None:
        """Read both texts; nothing but what it is given.

        Args:
            path: Of the `kep.yaml`, for what is listed.
            text: The `kep.yaml`.
            approvals: The file with the readiness approvals; empty without one.
        """
        self.path = path
        front = whole_front_matter(text)
        self._keys, self._approvals = ForeignKeys(front), approvals
        self.leftovers = [Leftover(path, line, why) for line, why in front.faults]

    def leave(self, why: str, key: str = "") -> None:
        """List something that found no place, by the line of its key."""
        line = self._keys.line(key) if key else 1
        self.leftovers.append(Leftover(self.path, line, why))

    @cached_property
    def title(self) -> str:
        """May be empty."""
        return self._keys.one(("title",))[0]

    @cached_property
    def number(self) -> str:
        """Number of the proposal; may be empty."""
        return self._keys.one(("kep-number",))[0]

    @cached_property
    def group(self) -> str:
        """The group that owns it, without `@`; may be empty."""
        return self._keys.one(("owning-sig",))[0].removeprefix("@")

    @cached_property
    def standing(self) -> tuple[PhaseKey, str]:
        """Phase and state, by its status."""
        said = self._keys.one(("status",))[0]
        known = Names.of(STATUSES)
        name = next((word for word in said.lower().split() if word in known), "")
        if not name:
            name = known.nearest(said.lower()) or "provisional"
            self.leave(f"the status `{said}` was read as `{name}`", "status")
        return STATUSES[name]

    @cached_property
    def stage(self) -> str:
        """Their word for the stage that is reached or worked on; may be empty."""
        return self._keys.one(("stage",))[0].lower()

    @cached_property
    def milestones(self) -> Mapping[str, str]:
        """Stage to the version in which it was reached, or is to be; in their order."""
        said = self._take("milestone")
        rows = said.items() if isinstance(said, Mapping) else ()
        found = {name: version_of(str(value)) for name, value in rows}
        return {name: version for name, version in found.items() if version}

    @cached_property
    def latest(self) -> str:
        """The last version anybody worked on it for; may be empty."""
        return version_of(self._keys.one(("latest-milestone",))[0])

    @cached_property
    def version(self) -> str:
        """The version of the recorded stage; may be empty."""
        latest, dated = self.latest, self.milestones.get(self.stage, "")
        if latest and dated and latest != dated:
            why = f"the latest milestone is {latest}, and {self.stage} is of {dated}"
            self.leave(f"{why}: the entry says {dated}", "latest-milestone")
        return dated or latest

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """Names of its feature gates."""
        said = self._take("feature-gates")
        rows = said if isinstance(said, list) else []
        names = (str(row.get("name", "")) for row in rows if isinstance(row, Mapping))
        return tuple(one.strip() for one in names if one.strip().lower() not in _NOBODY)

    @cached_property
    def can_go_back(self) -> bool | None:
        """Whether it can be switched off again; None if it does not say."""
        return self._keys.switch("disable-supported")

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """Metrics by which operators see how it does."""
        return tuple(one for one in self._keys.many(("metrics",)) if one)

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Handle to what they do in it; who does several things, the weightiest."""
        found: dict[str, str] = {}
        for key, role in _ROLES:
            for name in self._keys.many((key,)):
                if name.lower() not in _NOBODY:
                    found.setdefault(handle(name), role)
        return found

    @cached_property
    def approved(self) -> Mapping[str, str]:
        """Stage to the handle of who approved it for production."""
        rows = whole_front_matter(self._approvals).values.items()
        return {
            stage: handle(str(row.get("approver", "")))
            for stage, row in rows
            if isinstance(row, Mapping) and row.get("approver")
        }

    def rest(self) -> Iterator[tuple[str, Tree]]:
        """Everything nobody took, as `x-` fields; asked last."""
        fields, listed = self._keys.rest(self.path)
        self.leftovers += listed
        yield from fields

    def _take(self, name: str) -> Tree:
        for key, value in self._keys.among((name,)):
            self._keys.take(key)
            return value
        return ""


def handle(name: str) -> str:
    """A name as a handle; empty if there is none."""
    bare = name.strip().removeprefix("@")
    return f"@{bare}" if bare else ""


def version_of(text: str) -> str:
    """`v1.33` without its letter; empty for what is no version, `0.0` included."""
    match = _VERSION.fullmatch(text.strip())
    return match[1] if match and match[1] not in _NO_VERSION else ""


def approvals_path(path: str) -> str:
    """Where the readiness approvals of a `kep.yaml` stand, seen from the imported folder.

    Returns:
        The path; empty if the folders do not say which group and number it is.
    """
    *above, group, folder, _ = ("", "", *path.split("/"))
    number = folder.partition("-")[0]
    if not (group and number.isdigit()):
        return ""
    return "/".join((*filter(None, above), APPROVALS, group, f"{number}.yaml"))
