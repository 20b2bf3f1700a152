"""Import enhancement proposals: a folder for each, with `kep.yaml`, README and approvals.

What is read is what the process itself keeps: stages, milestones and feature gates, who approved
which stage for production, goals, criteria, and the answers about the way back. What the process
does not ask stays empty, so that the gate can say so.

Source: https://github.com/kubernetes/enhancements/tree/master/keps/NNNN-kep-template
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gatepost.integrations.destinations import Destinations
from gatepost.integrations.dialect import convert
from gatepost.integrations.internal_block import internal_block
from gatepost.integrations.kep_readme import Readme, points
from gatepost.integrations.kep_record import APPROVALS, Record, handle
from gatepost.integrations.layout import laid_out
from gatepost.integrations.naming import (
    entry_names,
    fingerprint,
    product_key,
    short_title,
)
from gatepost.integrations.own_markers import without_markers
from gatepost.integrations.planned import (
    Leftover,
    NamedProduct,
    Origin,
    PlannedEntry,
    Tree,
)
from gatepost.integrations.rewriting import ForeignText
from gatepost.model.phase import BY_KEY

FORMAT = "kep"
FILE = "kep.yaml"
STAGES: Mapping[str, str] = {
    "alpha": "experimental",
    "beta": "public-preview",
    "stable": "ga",
    "deprecated": "deprecated",
    "disabled": "retired",
    "removed": "retired",
}
"""Their stage of maturity to ours."""
_TYPES = {"deprecated": "deprecated", "disabled": "removed", "removed": "removed"}
_BY_DEFAULT = {"alpha": False, "stable": True}
"""Whether a feature gate is on by the stage alone; in beta that differs from gate to gate."""
_CRITERIA = {"stable": ("ga", "stable")}
MOST_POINTS = 100
"""Items of one list that are taken over."""
_NO_TEXT = "The imported proposal has no summary."


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as its files tell it."""

    path: str
    """Of its `kep.yaml`, relative to the imported folder."""
    text: str
    source: str
    """What `imported.source` will say."""
    readme: str = ""
    readme_path: str = ""
    approvals: str = ""
    """Text of the file with the readiness approvals; empty without one."""
    approvals_path: str = ""
    product: str = ""
    """Product every entry belongs to; the owning group if empty."""
    destinations: Destinations = field(default_factory=Destinations)


def read_proposal(proposal: Proposal) -> tuple[PlannedEntry, tuple[Leftover, ...]]:
    """Plan the entry of one proposal; reads nothing but what it is given."""
    reader = _Reader(proposal)
    entry = reader.entry()
    return entry, tuple(sorted(reader.record.leftovers))


class _Reader:
    """One proposal on its way to an entry."""

    def __init__(self, proposal: Proposal) -> None:
        self.it = proposal
        self.record = Record(proposal.path, proposal.text, proposal.approvals)
        self.readme = Readme(proposal.readme)

    def entry(self) -> PlannedEntry:
        """The entry; what found no place is listed in the record afterwards."""
        record, folder = self.record, (("", *self.it.path.split("/"))[-2])
        title = record.title or folder or "Untitled"
        number = record.number or folder.partition("-")[0] or fingerprint(title)
        phase, state = record.standing
        return PlannedEntry(
            origin=Origin(FORMAT, self.it.source, number, 1),
            names=entry_names(f"kep-{folder or number}", title, whole=self.it.source),
            title=short_title(title),
            body=self._body(),
            summary=self.readme.first_words("Summary"),
            type=_TYPES.get(record.stage, "added"),
            products=(self._product(),),
            phase=phase,
            released=BY_KEY[phase].released,
            state=state,
            version=record.version,
            blocks=tuple((key, value) for key, value in self._blocks() if value),
            extra=tuple(self._extra()),
        )

    def _product(self) -> NamedProduct:
        name = self.it.product or self.record.group or "proposals"
        key = product_key(name)
        return NamedProduct(key, "" if name == key else name)

    def _blocks(self) -> Iterator[tuple[str, Tree]]:
        record, team = self.record, handle(self.record.group)
        yield "kind", "standard"
        yield "stage", STAGES.get(record.stage, "")
        yield "stages", list(self._stages())
        yield "problem", self.readme.first_words("Motivation")
        yield "scope", self._scope()
        yield "roles", dict.fromkeys(("pm", "eng_lead"), team) if team else {}
        people = record.people.items()
        yield "stakeholders", [{"who": who, "role": role} for who, role in people]
        yield "approvals", self._approvals()
        yield "tests", self._test_plan()
        yield "docs", self._documents()
        yield "flags", list(self._flags(team))
        yield "rollback", self._rollback()
        yield "monitors", [{"name": name} for name in record.metrics]
        yield "go_no_go", self._criteria()

    def _extra(self) -> Iterator[tuple[str, Tree]]:
        yield from self.record.rest()
        # Our rehearsal has a day, and their answer has none.
        if tried := self.readme.answer("Were upgrade and rollback tested"):
            yield "x-rollback-tested", tried

    def _stages(self) -> Iterator[Mapping[str, Tree]]:
        """Up to the recorded one: what comes after it is a plan, and listed as such."""
        record = self.record
        dated = dict(record.milestones)
        if record.stage:
            dated.setdefault(record.stage, record.version)
        names = list(dated)
        last = names.index(record.stage) + 1 if record.stage else 0
        for name in names[:last]:
            if name in STAGES:
                row: dict[str, Tree] = {"stage": STAGES[name]}
                row |= {"from_version": dated[name]} if dated[name] else {}
                row |= {"default": _BY_DEFAULT[name]} if name in _BY_DEFAULT else {}
                yield row
        if plans := ", ".join(f"{name} in {dated[name]}" for name in names[last:]):
            record.leave(f"planned, so no stage of the entry yet: {plans}", "milestone")

    def _scope(self) -> Tree:
        found = {"in": self._points("Goals"), "out": self._points("Non-Goals")}
        return {key: items for key, items in found.items() if items}

    def _points(self, title: str, *below: str) -> list[Tree]:
        """The items below a heading, as many as an entry can hold; more are listed."""
        readme = self.readme
        found = readme.below(title, *below) if below else readme.section(title)
        items = points(found.text) if found else ()
        if found and len(items) > MOST_POINTS:
            why = f"of {len(items)} items below “{found.title}” the first {MOST_POINTS} were taken"
            self.record.leftovers.append(Leftover(self.it.readme_path, found.line, why))
        return list(items[:MOST_POINTS])

    def _approvals(self) -> Tree:
        record, where = self.record, self.it.approvals_path
        if not record.approved:
            place = where or f"{APPROVALS}/<group>/<number>.yaml"
            record.leave(f"no readiness approval was found at {place}")
        if not record.stage:
            return {}
        given = record.approved.items()
        return {
            "required": [_role(record.stage)],
            "given": [
                {"role": _role(stage), "by": who, "ref": where} for stage, who in given
            ],
        }

    def _test_plan(self) -> Tree:
        if not self.readme.ticked("Test plan is in place"):
            return {}
        return {"planning": f"Section “Test Plan” of {self.it.readme_path}"}

    def _documents(self) -> Tree:
        done = self.readme.ticked("User-facing documentation has been created")
        if done is None:
            return []
        state = "updated" if done else "needed"
        return [{"title": "User-facing documentation", "state": state}]

    def _flags(self, team: str) -> Iterator[Mapping[str, Tree]]:
        on = _BY_DEFAULT.get(self.record.stage)
        for name in self.record.gates:
            row: dict[str, Tree] = {"key": name, "provider": "feature gates"}
            row |= {"owner": team} if team else {}
            row |= {"default": "on" if on else "off"} if on is not None else {}
            if self.record.can_go_back:
                row |= {"safe_value": "off", "kill_switch": True}
            yield row

    def _rollback(self) -> Tree:
        record, asked = self.record, "Can the feature be disabled once it has been"
        if record.can_go_back is None:
            return {}
        if not record.can_go_back:
            why = self.readme.answer(asked) or "`disable-supported` is false"
            by = record.approved.get(record.stage, "")
            row: dict[str, Tree] = {"kind": "none", "reason": why}
            row |= {"approved_by": by} if by else {}
            return {"possible": False, "strategies": [row]}
        signals = self.readme.metrics("What specific metrics should inform a rollback")
        ways = [{"kind": "feature_flag", "flag": name} for name in record.gates]
        plan: dict[str, Tree] = {"strategies": ways} if ways else {}
        plan |= {"triggers": [{"metric": one} for one in signals]} if signals else {}
        return plan

    def _criteria(self) -> Tree:
        stage = self.record.stage
        begins = _CRITERIA.get(stage, (stage,))
        items = self._points("Graduation Criteria", *begins) if stage else []
        return {"criteria": items} if items else {}

    def _body(self) -> str:
        """The section “Summary”, in our dialect."""
        found, path = self.readme.section("Summary"), self.it.readme_path
        if found is None:
            self.record.leave("there is no section “Summary” in a README.md beside it")
            return _NO_TEXT
        where = self.it.destinations
        done = convert(ForeignText(found.text, path, found.line, destinations=where))
        self.record.leftovers += done.leftovers
        text, _ = without_markers(laid_out(done.text)[0])
        block = internal_block(path, done.taken_out)
        return "\n\n".join(filter(None, (text, block))) or _NO_TEXT


def _role(stage: str) -> str:
    """The role that signs a stage for production."""
    return f"readiness_{stage}"
