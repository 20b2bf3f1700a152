"""The go/no-go of one release: a pure function of its facts, checklist, flags and a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from gatepost.content.pack import entry_pack
from gatepost.model.finding import Finding
from gatepost.model.item import ConditionName, Gate, Item, Score
from gatepost.model.moment import Moment
from gatepost.model.phase import BY_KEY, PHASES, Phase, PhaseKey
from gatepost.model.release import PathInFile, Release
from gatepost.process.answer import Answer, Reply, edit_for, reply
from gatepost.process.blockers import (
    Blocker,
    of_answer,
    of_findings,
    of_roles,
    of_state,
)
from gatepost.process.conditions.condition import Facts, Gap
from gatepost.process.conditions.table import CIRCUMSTANCES
from gatepost.process.due import due_of
from gatepost.process.terms import Terms

Value = Literal["go", "go-with-waivers", "no-go", "not-due"]
STOPPED = frozenset({"blocked", "on-hold"})
"""States in which nothing goes anywhere."""
OVER = frozenset({"withdrawn", "cancelled", "done"})
"""States after which no gate is ahead."""
GO_NO_GO = max(phase.order for phase in PHASES if not phase.released)
"""Order of the last phase before anything is live: its exit is the go/no-go."""
LAST = PHASES[-1].order
COMPARES: ConditionName = "flags-as-told"
"""The condition that puts an entry beside what the provider of flags says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Go, no-go or not due, with everything it rests on."""

    value: Value
    into: PhaseKey
    """The phase the question is about: may the release enter it?"""
    answers: tuple[Answer, ...]
    """Every item that concerns the release, in the order of the phases."""
    findings: tuple[Finding, ...]
    """What the rules say about the release's file."""
    blockers: tuple[Blocker, ...]
    """What stands in the way, in the order of the phases; findings first."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that stop any build."""
        return tuple(one for one in self.findings if one.level == "error")

    @property
    def warnings(self) -> tuple[Answer, ...]:
        """Items that are owed and may be left open."""
        return tuple(one for one in self.answers if one.warns)

    @property
    def waived(self) -> tuple[Answer, ...]:
        """Items that would block, were they not waived."""
        return tuple(one for one in self.answers if _is_waived(one))

    @property
    def ahead(self) -> tuple[Answer, ...]:
        """What is still open of what the gate into `into` and the one after it ask."""
        orders = (BY_KEY[self.into].order - 1, BY_KEY[self.into].order)
        return tuple(
            one
            for one in self.answers
            if BY_KEY[one.item.phase].order in orders
            and one.gate != "info"
            and not one.due
            and not one.settled
        )

    @property
    def compares_flags(self) -> bool:
        """Whether the checklist asks what the provider of flags says."""
        return any(one.item.auto == COMPARES for one in self.answers)

    def score(self, score: Score) -> tuple[int, int]:
        """Required items settled, and required items, of one readiness."""
        rows = [
            one
            for one in self.answers
            if one.item.score == score and one.gate == "block"
        ]
        return sum(one.settled for one in rows), len(rows)


def is_upcoming(release: Release) -> bool:
    """Whether a release is still on its way to everybody."""
    return release.at_phase.column != "shipped" and release.state not in OVER


def verdict(
    release: Release,
    terms: Terms,
    findings: Iterable[Finding] = (),
    into: PhaseKey | None = None,
) -> Verdict:
    """Decide whether a release may go on.

    Without *into* the question is how the release stands today. It owes what earlier gates asked;
    in the last phase before it is live, what the go/no-go asks; and at any time it is bad news
    that a fact says no. *Not due* means that nothing is owed and the go/no-go is still ahead, or
    that no gate is ahead any more.

    Args:
        release: The release.
        terms: The checklist, the way of working, the promises, the provider's flags and the clock.
        findings: What the rules say about its file.
        into: Ask whether it may enter this phase: everything that gates before it ask is due.
    """
    found = tuple(sorted(findings))
    asked = _Asked(release, terms, into)
    answers = tuple(asked.answers())
    blockers = tuple(asked.blockers(answers, found))
    value = asked.value(answers, blocked=bool(blockers))
    return Verdict(value, asked.into, answers, found, blockers)


class _Asked:
    """One question about one release."""

    def __init__(self, release: Release, terms: Terms, into: PhaseKey | None) -> None:
        self.release, self.terms, self.said = release, terms, into
        following = min(release.at_phase.order + 1, LAST)
        self.into = into or PHASES[following].key
        self.over = release.state in OVER or release.at_phase.order == LAST
        self.facts = Facts(
            release,
            terms.profile,
            terms.policy,
            terms.zone,
            terms.as_of,
            terms.waits.get(release.id, {}),
            terms.flags,
        )

        self.days: dict[PhaseKey, Moment | None] = {}

    def answers(self) -> Iterator[Answer]:
        """Every item that concerns the release."""
        for item in entry_pack(self.terms.pack, self.release).values():
            if self._concerns(item):
                yield self._answer(item)

    def _concerns(self, item: Item) -> bool:
        if self.release.kind not in item.kinds:
            return False
        return item.when is None or CIRCUMSTANCES[item.when][1](self.release)

    def _answer(self, item: Item) -> Answer:
        release, found, phase = (
            self.release,
            reply(item, self.facts),
            BY_KEY[item.phase],
        )
        gap, missing = found.gap, found.state in {"open", "failing"}
        owner = (gap.owner if gap else "") or release.roles.get(item.owner, "")
        by = (gap.due if gap else None) or self._day(item.phase)
        path: PathInFile = ()
        edit, fix = None, ""
        # Nobody mends today what a later gate will ask.
        if missing and phase.order <= BY_KEY[self.into].order:
            if gap and gap.fix:
                path, fix = gap.path, gap.fix
            else:
                path, edit = edit_for(item, found, release, owner, self.terms.as_of)
                fix = edit.words
        return Answer(
            item=item,
            gate=self._gate(item),
            state=found.state,
            asked=phase.order <= release.at_phase.order,
            due=self._due(phase, found, by),
            owner=owner,
            what=_missing(item, gap) if missing else "",
            note=found.note,
            by=by,
            path=path,
            edit=edit,
            fix=fix,
            place=edit.place if edit else release.at(*(path or ("phase",))),
        )

    def _gate(self, item: Item) -> Gate:
        own = self.terms.profile.gates.get(item.id)
        return own or item.gate_under(self.terms.profile_key)

    def _day(self, phase: PhaseKey) -> Moment | None:
        if phase not in self.days:
            self.days[phase] = due_of(self.release, phase, self.terms.policy)
        return self.days[phase]

    def _due(self, phase: Phase, found: Reply, by: Moment | None) -> bool:
        if self.said:
            return phase.order < BY_KEY[self.said].order
        now = self.release.at_phase.order
        if self.over or phase.order > now:
            return False
        late = by is not None and by.at < self.terms.as_of
        return phase.order < now or now == GO_NO_GO or found.state == "failing" or late

    def value(self, answers: tuple[Answer, ...], *, blocked: bool) -> Value:
        """The verdict in a word."""
        if blocked:
            return "no-go"
        early = self.release.at_phase.order < GO_NO_GO
        if not self.said and (self.over or early):
            return "not-due"
        return "go-with-waivers" if any(map(_is_waived, answers)) else "go"

    def blockers(
        self, answers: tuple[Answer, ...], findings: tuple[Finding, ...]
    ) -> Iterator[Blocker]:
        """Everything that stands in the way."""
        if self.over and not self.said:
            return
        release, said = self.release, self.said
        yield from of_findings(release, findings)
        if release.state in STOPPED or (said and release.state in OVER):
            yield of_state(release)
        due = (phase for phase in PHASES if self._due(phase, Reply("open"), None))
        yield from of_roles(release, due)
        yield from (of_answer(one) for one in answers if one.blocks)


def _missing(item: Item, gap: Gap | None) -> str:
    if gap:
        return gap.what
    return f"not shown yet: {item.text[:1].lower()}{item.text[1:]}"


def _is_waived(one: Answer) -> bool:
    return one.due and one.gate == "block" and one.state == "waived"
