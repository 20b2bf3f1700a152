"""What the verdicts tell of each checklist item, over all releases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gatepost.model.release import Release
from gatepost.process.quiet_checks import Asked, CheckRecord, State, check_records
from gatepost.process.verdict import Verdict


def records(
    releases: Iterable[Release], verdicts: Mapping[str, Verdict]
) -> tuple[CheckRecord, ...]:
    """The record of every item that the gate of any release asks or asked for."""
    asked: dict[str, list[Asked]] = {}
    words: dict[str, str] = {}
    for release in releases:
        for answer in verdicts[release.id].answers:
            if not answer.asked or answer.state == "not-applicable":
                continue
            item = answer.item.id
            state = _state(done=answer.done, waived=answer.state == "waived")
            asked.setdefault(item, []).append(Asked(release.id, state))
            words[item] = answer.item.text
    return check_records(asked, words)


def _state(*, done: bool, waived: bool) -> State:
    if done:
        return "held"
    return "waived" if waived else "open"
