"""Verdicts for people: in a terminal, and as a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatepost.cli.reports import visible
from gatepost.model.finding import Finding
from gatepost.model.release import Release
from gatepost.outputs.words import counted, plain
from gatepost.process.answer import Answer
from gatepost.process.blockers import Blocker
from gatepost.process.flag_facts import FlagFacts
from gatepost.process.verdict import Value, Verdict

Rows = Iterable[tuple[Release, Verdict]]
WORDS: dict[Value, str] = {
    "go": "GO",
    "go-with-waivers": "GO-WITH-WAIVERS",
    "no-go": "NO-GO",
    "not-due": "NOT DUE",
}
_MOST_AHEAD = 8
"""Items of the next gate that are named."""


def text_report(
    rows: Rows, unread: tuple[Finding, ...], flags: FlagFacts | None = None
) -> str:
    """Each release with its verdict and what blocks it; of several also the sum.

    Args:
        rows: Releases and their verdicts.
        unread: What kept files from being read.
        flags: What flags were compared with; said if the checklist asks for it.
    """
    rows = tuple(rows)
    blocks = [_block(_release(release, found)) for release, found in rows]
    blocks += [_block(_unread(one)) for one in unread]
    if len(blocks) != 1:
        blocks.append(_sum(rows, unread))
    if told := _compared(rows, flags):
        blocks.append(_block([told]))
    return "\n\n".join(blocks) + "\n"


def _compared(rows: Rows, flags: FlagFacts | None) -> str:
    """What flags were compared with, if that is asked of any release."""
    behind = any(found.compares_flags for _, found in rows)
    return f"{flags.words}." if flags and behind else ""


def _block(lines: Iterable[str]) -> str:
    """Lines in which no text of an entry begins a line of its own or steers the terminal."""
    return "\n".join(visible(line.replace("\n", " ")) for line in lines)


def _sum(rows: tuple[tuple[Release, Verdict], ...], unread: tuple[Finding, ...]) -> str:
    if not rows and not unread:
        return "No release is on its way."
    values = [found.value for _, found in rows]
    go = values.count("go") + values.count("go-with-waivers")
    told = (
        f"{counted(go, 'release', 'releases')} can go, {values.count('no-go')} cannot, "
        f"{values.count('not-due')} not due"
    )
    files = len({one.place.path for one in unread})
    if files:
        told += (
            f"; {counted(files, 'file', 'files')} could not be read, which is a no-go"
        )
    return f"{told}."


def _release(release: Release, found: Verdict) -> Iterator[str]:
    yield f"{WORDS[found.value]}  {release.id}: {plain(release.title)}"
    yield f"  {_line(release, found)}"
    for number, one in enumerate(found.blockers, 1):
        yield from _blocker(number, one)
    for answer in found.waived:
        yield f"  ! {answer.item.id}  {_capital(answer.note)}"
    for answer in found.warnings:
        yield f"  ! {answer.item.id}  {_capital(answer.what)}{_whose(answer.owner)}"
    if found.ahead:
        yield f"  next: {_ahead(found.ahead)}"


def _line(release: Release, found: Verdict) -> str:
    planned = release.dates.planned
    when = f", planned {planned.day}" if planned else ""
    scores = ", ".join(f"{name} {done}/{asked}" for name, done, asked in _scores(found))
    return f"{release.phase} to {found.into}{when}; {scores}"


def _scores(found: Verdict) -> Iterator[tuple[str, int, int]]:
    yield ("technical", *found.score("technical"))
    yield ("customer", *found.score("customer"))
    yield ("business", *found.score("business"))


def _blocker(number: int, one: Blocker) -> Iterator[str]:
    due = f", by {one.due.day}" if one.due else ""
    yield f"  {number}. {one.rule}  {_capital(one.what)} ({one.owner or 'no owner'}{due})"
    if one.why:
        yield f"     {_capital(one.why)}"
    yield f"     {one.place}: {one.fix}"


def _whose(owner: str) -> str:
    return f" ({owner})" if owner else ""


def _ahead(ahead: tuple[Answer, ...]) -> str:
    names = [one.item.id for one in ahead[:_MOST_AHEAD]]
    more = len(ahead) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _unread(one: Finding) -> Iterator[str]:
    yield f"NO-GO  {one.place.path}: the verdict cannot be computed"
    yield f"  {one}"
    yield f"  fix: {one.fix}"


def markdown_report(
    rows: Rows, unread: tuple[Finding, ...], flags: FlagFacts | None = None
) -> str:
    """The same as Markdown, with what is to be pasted in code."""
    rows = tuple(rows)
    parts = [_as_markdown(release, found) for release, found in rows]
    parts += [
        f"### NO-GO: {_safe(one.place.path)}\n\n{_safe(str(one))}. {_safe(_capital(one.fix))}.\n"
        for one in unread
    ]
    if len(parts) != 1:
        parts.append(f"{_sum(rows, unread)}\n")
    if told := _compared(rows, flags):
        parts.append(f"{_safe(told)}\n")
    return "\n".join(parts)


_HEADS = (
    "| Check | What blocks | Owner | Due | Fix |\n| --- | --- | --- | --- | --- |\n"
)


def _as_markdown(release: Release, found: Verdict) -> str:
    title, line = _safe(plain(release.title)), _safe(_line(release, found))
    text = f"### {WORDS[found.value]}: {title}\n\n{line}.\n"
    if found.blockers:
        text += f"\n{_HEADS}" + "".join(_table_row(one) for one in found.blockers)
    if found.waived:
        rows = (f"- {one.item.id}: {_safe(one.note)}\n" for one in found.waived)
        text += "\n" + "".join(rows)
    return text


def _table_row(one: Blocker) -> str:
    due = one.due.day.isoformat() if one.due else ""
    fix = f"{one.fix} ({one.place.path}:{one.place.line})"
    cells = (one.rule, _capital(one.what), one.owner or "no owner", due, fix)
    return f"| {' | '.join(_safe(cell) for cell in cells)} |\n"


def _safe(text: str) -> str:
    """A text in which nothing of an entry becomes a table, a mention of HTML or a link."""
    kept = text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
    return kept.replace("<", "&lt;").replace("[", "\\[").replace("](", "\\](")
