"""What other tools, and our own pages, call the words of an entry.

Somebody who writes `type: New` has read it on a page, and `type: feature` is what many other
generators ask for; a bare list of our words would leave both to guess. Only words whose meaning is
sure stand here: `beta` may be a stage or a phase, and `breaking` says nothing about the type.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gatepost.model.phase import PHASES

_TYPES = {
    "added": "new add adds addition additions feature features feat introduced launch",
    "changed": "improved improve improves improvement improvements enhancement enhancements "
    "enhanced change changes update updates updated refactor refactored",
    "fixed": "fix fixes bug bugs bugfix bugfixes bug-fix bug-fixes hotfix patch resolved",
    "performance": "perf speed faster",
    "deprecated": "deprecate deprecation deprecations sunset",
    "removed": "remove removes removal removals deleted",
    "security": "vulnerability vulnerabilities advisory cve",
    "known-issue": "known-issues known-bug",
    "notice": "announcement announcements info information news note notes",
}
_PHASES = {
    "idea": "backlog proposed proposal exploring",
    "planning": "planned scheduled",
    "building": "development in-development developing in-progress wip started",
    "testing": "test qa",
    "preparing": "ready coming-soon",
    "rolling-out": "rollout roll-out rolling deploying",
    "monitoring": "released release shipped live launched available",
    "reviewing": "review retrospective",
    "done": "complete completed finished closed",
}
_LABELS: dict[str, str] = {phase.key: phase.label for phase in PHASES}


def _by_word(table: Mapping[str, str], labels: Mapping[str, str]) -> Mapping[str, str]:
    words = {word: ours for ours, said in table.items() for word in said.split()}
    shown = {_plain(label): ours for ours, label in labels.items()}
    return MappingProxyType(words | shown)


def _plain(word: str) -> str:
    return "-".join(word.lower().replace("_", " ").split())


_USUAL = {"type": _by_word(_TYPES, {}), "phase": _by_word(_PHASES, _LABELS)}


def usual_word(field: str, said: str) -> str:
    """Our word for what is said in a first field of an entry; empty if it is not sure."""
    return _USUAL.get(field, {}).get(_plain(said), "")
