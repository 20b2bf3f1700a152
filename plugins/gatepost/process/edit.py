"""The smallest edit that mends a gap: one line of YAML, and where it goes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from gatepost.model.finding import Place
from gatepost.model.release import PathInFile, Release

_LIST = re.compile(r"\[(.+)\]", re.DOTALL)
_ENDS = re.compile(r"[,\[\]{}]|: | #")
"""What ends an unquoted text in a block of one line, or makes it something else."""
_PLAIN = re.compile(r"[A-Za-z0-9@._/-]+")


ONCE_TRUE = "once it is true"
"""What stands before a line that records a fact: no gate is passed by writing what is not so."""
_FACT_KEYS = frozenset(
    ("digest", "kill_switch", "postmortem", "result", "runbook_hash", "signed_by")
) | {"state", "status"}
"""Fields that say how something is or what came of it."""
_DAY_OF_DOING = "{today}"
"""The blank for the day on which something was done; what is planned has a day of its own."""
_KEYS = re.compile(r"\b([a-z_]+): ")


@dataclass(frozen=True, slots=True)
class Edit:
    """One line to paste."""

    yaml: str
    """The line, without indentation."""
    under: str
    """The block it goes under, such as `rollback` or `approvals.given`; empty for the top."""
    place: Place
    """The line to go to."""
    replaces: bool = False
    """Whether it stands in for the line that is there."""
    instead: str = ""
    """A field that may be filled instead of ticking; may be empty."""
    fact: bool = False
    """Whether it tells of something that must have happened before anybody writes it."""

    @property
    def where(self) -> str:
        """Where the line goes, as a phrase: `add under `scope:``; of a fact, on what condition."""
        return f"{ONCE_TRUE}, {self._goes}" if self.fact else self._goes

    @property
    def _goes(self) -> str:
        if self.replaces:
            return "write"
        if self.yaml.startswith(("- ", "{")):
            return f"add to the list `{self.under}`"
        return f"add under `{self.under}:`" if self.under else "add"

    @property
    def words(self) -> str:
        """The edit as a phrase without a full stop."""
        told = f"{self.where} `{self.yaml}`"
        return f"{told}, or fill `{self.instead}`" if self.instead else told


@dataclass(frozen=True, slots=True)
class Blanks:
    """What stands for the blanks of an edit."""

    today: datetime
    owner: str

    def fill(self, text: str, release: Release) -> str:
        """Put the facts of a release into the blanks."""
        for blank, fact in _FACTS.items():
            if blank in text:
                text = text.replace(blank, fact(self, release))
        return text


def _day(blanks: Blanks, release: Release) -> str:
    planned = release.dates.planned
    return (planned.day if planned else blanks.today.date()).isoformat()


def _quotable(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


_FACTS: Mapping[str, Callable[[Blanks, Release], str]] = {
    "{today}": lambda blanks, _: blanks.today.date().isoformat(),
    "{day}": _day,
    "{owner}": lambda blanks, _: _quotable(blanks.owner or "@team"),
    "{version}": lambda _, release: _quotable(release.version or "1.0.0"),
}
"""What each blank stands for."""


def tells_a_fact(path: PathInFile, template: str) -> bool:
    """Say whether writing *template* at *path* records a fact rather than a plan or a text.

    The day an entry is published is no fact: it is published because it says so.
    """
    if path == ("dates", "published"):
        return False
    keys = {*_keys(template), *path[:1], *path[-1:]}
    return _DAY_OF_DOING in template or bool(keys & {*_FACT_KEYS, "deployments"})


@lru_cache(maxsize=1024)
def _keys(template: str) -> frozenset[str]:
    return frozenset(_KEYS.findall(template))


def key_text(key: str) -> str:
    """A key as it is written in YAML."""
    return key if _PLAIN.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def edit_of(release: Release, path: PathInFile, value: str) -> Edit:
    """The line that writes *value* at *path*.

    Args:
        release: What is written already decides how much of the path the line must say.
        path: Where, such as `("scope", "out")`.
        value: In YAML, in one line. A list is added to a list that is there.
    """
    places, depth = release.source.places, 0
    while depth < len(path) and path[: depth + 1] in places:
        depth += 1
    names = [str(part) for part in path[:depth] if not isinstance(part, int)]
    if depth == len(path):
        return _at_written(release, path, names, value)
    line = _in_braces(value) if path[depth + 1 :] else value
    for key in reversed(path[depth + 1 :]):
        line = f"{{{key_text(str(key))}: {line}}}"
    line = f"{key_text(str(path[depth]))}: {line}"
    place = release.at(*path[:depth]) if depth else release.at("phase")
    return Edit(line, ".".join(names), place)


def _in_braces(value: str) -> str:
    """A value that stands in a block of one line: there a comma would end it."""
    if value[:1] in {'"', "'", "[", "{"} or not _ENDS.search(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _at_written(
    release: Release, path: PathInFile, names: list[str], value: str
) -> Edit:
    """The field is there: add to a list or a block, or write another value."""
    place, under, places = release.at(*path), ".".join(names), release.source.places
    listed = _LIST.fullmatch(value)
    if listed and (first := places.get((*path, 0))):
        # In a list of one line an item has no dash.
        dash = "" if first.line == place.line else "- "
        return Edit(f"{dash}{listed[1]}", under, place)
    size = len(path)
    if value.startswith("{") and any(one[:size] == path != one for one in places):
        return _one_of(release, path, under, _fields(value[1:-1]))
    return Edit(f"{names[-1]}: {value}", ".".join(names[:-1]), place, replaces=True)


def _one_of(
    release: Release, path: PathInFile, under: str, fields: Mapping[str, str]
) -> Edit:
    """The first field a block lacks, or else another value for its first one."""
    places = release.source.places
    for key, line in fields.items():
        if (*path, key) not in places:
            return Edit(line, under, release.at(*path))
    key, line = next(iter(fields.items()))
    return Edit(line, under, release.at(*path, key), replaces=True)


def _fields(text: str) -> dict[str, str]:
    """The fields of a block in one line, each by its key: `a: 1, b: [2, 3]`."""
    lines, depth, quoted, before = [""], 0, False, ""
    for sign in text:
        quoted ^= sign == '"' and before != "\\"
        before = sign
        depth += 0 if quoted else (sign in "[{") - (sign in "]}")
        if sign == "," and not depth and not quoted:
            lines.append("")
        else:
            lines[-1] += sign
    return {line.strip().partition(":")[0]: line.strip() for line in lines}


def piece_edit(release: Release, path: PathInFile, line: str) -> Edit:
    """The line that is written into what stands at *path*, such as `state: delivered`."""
    last = path[-1] if path else ""
    names = [str(part) for part in path if not isinstance(part, int)]
    if line.partition(":")[0] == last and tuple(path) in release.source.places:
        return Edit(line, ".".join(names[:-1]), release.at(*path), replaces=True)
    if line.partition(":")[0] == last:
        names, path = names[:-1], path[:-1]
    return Edit(line, ".".join(names), release.at(*path))
