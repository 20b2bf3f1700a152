"""Give every planned entry its id: the one it had before, or a free one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from gatepost.integrations.planned import PlannedEntry


def choose_ids(
    entries: Sequence[PlannedEntry], known: Mapping[int, str], taken: Collection[str]
) -> tuple[str, ...]:
    """Choose ids that do not depend on the order of the entries.

    Args:
        entries: What is to be written.
        known: Position in *entries* to the id an earlier import gave it.
        taken: Ids of other entries, past and present.

    Returns:
        One id per entry. When two entries would like the same one, neither gets it: both get
        their next choice.
    """
    chosen = dict(known)
    used = {*taken, *known.values()}
    open_ = {position: 0 for position in range(len(entries)) if position not in known}
    while open_:
        wished = {
            position: _choice(entries[position], at) for position, at in open_.items()
        }
        rivals = Counter(wished.values())
        settled = {
            p for p, name in wished.items() if rivals[name] == 1 and name not in used
        }
        if not settled and all(
            at >= len(entries[p].names) + 1 for p, at in open_.items()
        ):
            settled = _in_order(wished, used)
        for position in settled:
            chosen[position] = wished[position]
            used.add(wished[position])
            del open_[position]
        open_ = {position: at + 1 for position, at in open_.items()}
    return tuple(chosen[position] for position in range(len(entries)))


def _choice(entry: PlannedEntry, at: int) -> str:
    """The *at*-th name to try; after the last one, the last one with a number."""
    if at < len(entry.names):
        return entry.names[at]
    number = at - len(entry.names) + 2
    return f"{entry.names[-1][:57].rstrip('-')}-{number}"


def _in_order(wished: Mapping[int, str], used: Collection[str]) -> set[int]:
    """Let the first of several that are alike in everything have its wish."""
    first: dict[str, int] = {}
    for position, name in sorted(wished.items()):
        if name not in used:
            first.setdefault(name, position)
    return set(first.values())
