"""GP177, GP530 and GP531: the runbook, the text that was rehearsed, and what a rollback teaches."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.content.runbook import is_project_file
from gatepost.model.parts import Incident
from gatepost.model.release import Release
from gatepost.rules.case import Case
from gatepost.rules.rule import NOT_QUIET, Fault, rule

LEAST_DIGITS = 12
"""Digits of a digest that are enough to tell two runbooks apart."""
SHOWN_DIGITS = 16
_PREFIX = "sha256:"


def hash_line(release: Release) -> str:
    """The line to add once the runbook was rehearsed as it stands."""
    return f"`runbook_hash: {digest_of(release)}`"


def digest_of(release: Release) -> str:
    """The digest of the runbook's text as it stands, as long as people write it."""
    digits = release.source.runbook.removeprefix(_PREFIX)[:SHOWN_DIGITS]
    return f"{_PREFIX}{digits}"


def runbook_changed(release: Release) -> bool | None:
    """Whether the runbook's text is another than the one that was rehearsed.

    Returns:
        None if nobody can tell: the text lies elsewhere, or no digest was noted.
    """
    plan, now = release.rollback, release.source.runbook
    if plan is None or not now or not plan.runbook_hash:
        return None
    noted = plan.runbook_hash.removeprefix(_PREFIX).strip().lower()
    enough = len(noted) >= LEAST_DIGITS
    return not (enough and now.removeprefix(_PREFIX).startswith(noted))


def post_mortems_owed(release: Release) -> tuple[Incident, ...]:
    """Incidents that ended in a rollback and whose post-mortem is not linked yet."""
    plan = release.rollback
    if plan is not None and not plan.post_mortem_required:
        return ()
    return tuple(
        incident
        for incident in release.incidents
        if incident.fix == "rollback" and not incident.postmortem
    )


@rule("GP177", at="rollback", kinds=NOT_QUIET, since="preparing", alive=True,
      imports="off")  # fmt: skip
def missing_runbook(case: Case) -> Iterator[Fault]:
    """A runbook that is named by its path lies in the project.

    Why: the address is looked up when nobody has time to search.
    Fix: correct the path, counted from the project's root, or write an address that begins with
    https.
    """
    plan = case.release.rollback
    if plan is None or case.release.source.runbook:
        return
    if is_project_file(plan.runbook):
        yield Fault(
            f"there is no readable runbook `{plan.runbook}` in the project",
            at=("rollback", "runbook"),
        )


@rule("GP530", at="rollback", level="advice", kinds=NOT_QUIET, since="preparing", alive=True,
      imports="off")  # fmt: skip
def other_text_rehearsed(case: Case) -> Iterator[Fault]:
    """The runbook still says what was rehearsed.

    Why: a step that was added afterwards has never been tried.
    Fix: rehearse it again, then write the date as `on:` under `tested:` and the new
    `runbook_hash:`.
    """
    release, plan = case.release, case.release.rollback
    if plan is None or plan.tested is None or not release.source.runbook:
        return
    line = hash_line(release)
    if not plan.runbook_hash:
        yield Fault(
            "nobody noted which text of the runbook was rehearsed",
            f"if it was the text of today, add {line} under `rollback:`",
            ("rollback", "tested"),
        )
    elif runbook_changed(release):
        yield Fault(
            f"the runbook `{plan.runbook}` was changed after it was rehearsed",
            f"rehearse it again, write the date as `on:` under `tested:`, and {line}",
            ("rollback", "runbook_hash"),
        )


@rule("GP531", at="incidents", level="advice", since="preparing", alive=True)
def unlearned_rollback(case: Case) -> Iterator[Fault]:
    """What was rolled back goes out again only after its post-mortem.

    Why: what was not understood happens again.
    Fix: add `postmortem:` with its address to the incident.
    """
    release = case.release
    for incident in post_mortems_owed(release):
        number = release.incidents.index(incident)
        yield Fault(
            f"`{release.id}` may not be deployed again: the post-mortem of `{incident.id}` is "
            "missing",
            at=("incidents", number),
        )
