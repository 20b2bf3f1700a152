"""What changes for a reader, as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from gatepost.cli.command import MOST_SHOWN
from gatepost.process.diff import Change, Difference

_WIDTH = 88
GROUPS = (
    ("must_do", "Must do"),
    ("should_know", "Should know"),
    ("new_for_you", "New for you"),
)
_WORDS = {
    "rolled-back": "Rolled back",
    "withdrawn": "Withdrawn",
    "cancelled": "Cancelled",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What was asked."""

    product: str
    """Its name; empty for all."""
    start: str
    end: str
    plan: str
    base: str
    """Address of the site, with a slash at the end."""
    platform: str = ""

    @property
    def words(self) -> str:
        """The question in a line."""
        plan = f", plan {self.plan}" if self.plan else ""
        platform = f", platform {self.platform}" if self.platform else ""
        return f"{self.product} {self.start} → {self.end}{plan}{platform}".strip()

    def address(self, change: Change) -> str:
        """The entry's one address."""
        return f"{self.base}releases/{change.id}/"


def as_text(found: Difference, heading: Heading) -> str:
    """For a terminal."""
    lines = [heading.words]
    for name, title in GROUPS:
        changes = getattr(found, name)
        if changes:
            lines += ["", title.upper()]
        for change in changes:
            lines.append(_wrapped("- ", _title(change)))
            lines += (_wrapped("  ", line) for line in _details(change))
            lines.append(f"  {heading.address(change)}")
    lines += ("", *(_wrapped("", line, "") for line in _closing(found)))
    return "\n".join(lines).rstrip()


def _wrapped(margin: str, text: str, below: str = "  ") -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=below,
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_markdown(found: Difference, heading: Heading) -> str:
    """For a document or a pull request."""
    lines = [f"# {_literal(heading.words)}"]
    for name, title in GROUPS:
        changes = getattr(found, name)
        if changes:
            lines += ["", f"## {title}", ""]
        for change in changes:
            lines.append(f"- [{_literal(_title(change))}]({heading.address(change)})")
            lines += (f"  {_literal(line)}" for line in _details(change))
    return "\n".join([*lines, "", *_closing(found)]).rstrip()


def _literal(text: str) -> str:
    """Keep a title such as `*.csv files` from becoming emphasis, HTML or a link."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in text)


def as_json(found: Difference, heading: Heading) -> str:
    """One object: `version` 1, the question, and a list for each group, in order."""
    groups = {
        name: [_row(change, heading) for change in getattr(found, name)]
        for name in (*(name for name, _ in GROUPS), "left_out", "unplaced")
    }
    asked = {
        "product": heading.product,
        "plan": heading.plan,
        "platform": heading.platform,
        "from": heading.start,
        "to": heading.end,
    }
    whole = {"version": 1, **asked, **groups}
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _row(change: Change, heading: Heading) -> dict[str, Any]:
    due = change.due
    return {
        "id": change.id,
        "url": heading.address(change),
        "title": change.title,
        "summary": change.summary,
        "type": change.type,
        "breaking": change.breaking,
        "action": change.action,
        "due": due.iso if due else None,
        "version": change.version,
        "published": change.published.isoformat() if change.published else None,
        "taken_back": change.taken_back,
    }


def _title(change: Change) -> str:
    if change.taken_back:
        on = f" on {change.taken_back_on}" if change.taken_back_on else ""
        return f"{_WORDS[change.taken_back]}{on}: {change.title}"
    marks = [change.version, "breaking" if change.breaking else change.type]
    return f"{change.title} ({', '.join(mark for mark in marks if mark)})"


def _details(change: Change) -> Iterator[str]:
    if change.taken_back:
        yield from (note for note in (change.taken_back_note,) if note)
        return
    if change.deadline:
        yield f"By {change.deadline.iso}: {change.action or change.summary}"
    elif change.action and change.urgent:
        yield f"To do: {change.action}"
    elif change.summary:
        yield change.summary
    if change.sunset:
        yield f"Stops working on {change.sunset.iso}."


def _closing(found: Difference) -> Iterator[str]:
    if not found.total:
        yield "Nothing changes for you."
    if found.left_out:
        yield f"Left out, because replaced or taken back in between: {_ids(found.left_out)}."
    if found.unplaced:
        yield (
            f"Not compared, because without a version that can be read: {_ids(found.unplaced)}. "
            "Days can be compared too, such as 2026-10-01 2026-11-20."
        )


def _ids(changes: tuple[Change, ...]) -> str:
    shown = ", ".join(change.id for change in changes[:MOST_SHOWN])
    more = len(changes) - MOST_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


REPORTS: dict[str, Callable[[Difference, Heading], str]] = {
    "text": as_text,
    "md": as_markdown,
    "json": as_json,
}
