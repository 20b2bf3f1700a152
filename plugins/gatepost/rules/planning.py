"""GP504 to GP512: advice on a release that is still being planned and prepared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from gatepost.model.release import Release
from gatepost.rules.case import Case
from gatepost.rules.rule import NOT_QUIET, PLANNED, Fault, rule

ENGINEERING = frozenset(
    {"eng_lead", "qa_lead", "devops", "on_call", "rollback_authority", "operations"}
)
"""Roles that look at a release from the inside."""
REVIEW_TIME = timedelta(days=3)
"""How long before the planned day sign-offs should be there."""
_VAGUE = re.compile(
    r"(?:misc(?:ellaneous)?|various|improvements?|stuff|etc|tbd|todo|bug ?fixes|clean ?up"
    r"|changes)\.?"
    r"|\d{4}-\d{2}(?:-\d{2})?|[A-Z][A-Z0-9]+-\d+|#\d+",
    re.IGNORECASE,
)


@rule("GP504", at="scope", level="advice", kinds=PLANNED, since="planning", alive=True,
      imports="off")  # fmt: skip
def vague_scope(case: Case) -> Iterator[Fault]:
    """The scope says what is in, in words, and what is left out on purpose.

    Why: what nobody excluded creeps in, and "various improvements" can be neither planned nor
    tested (L04).
    Fix: fill `in:` and `out:` under `scope:` with what customers get and do not get.
    """
    scope = case.release.scope
    if scope is None or not scope.in_:
        yield Fault(
            f"`{case.release.id}` does not say what is in its scope",
            "add `in:` under `scope:`",
        )
        return
    for number, item in enumerate(scope.in_):
        if _VAGUE.fullmatch(item.strip()):
            yield Fault(
                f'the scope item "{item}" does not say what customers get',
                "write what will work that does not work now",
                ("scope", "in", number),
            )
    if not scope.out:
        yield Fault(
            f"`{case.release.id}` leaves nothing out of its scope",
            "add `out:` under `scope:` with what somebody might expect and will not get",
        )


@rule("GP505", at="dates", level="advice", kinds=PLANNED, since="building", alive=True,
      imports="off")  # fmt: skip
def unconfirmed_date(case: Case) -> Iterator[Fault]:
    """A planned day is confirmed by engineering.

    Why: a date without those who do the work is a wish (L05).
    Fix: add a sign-off with `role: eng_lead` to `given:` under `approvals:`.
    """
    release = case.release
    if release.dates.planned is None or release.at_phase.released:
        return
    given = release.approvals.given if release.approvals else ()
    if not any(approval.role == "eng_lead" for approval in given):
        yield Fault(
            f"the planned day {release.dates.planned.day} is not confirmed by engineering",
            at=("dates", "planned"),
        )


@rule("GP506", at="dates", level="advice", alive=True)
def passed_date(case: Case) -> Iterator[Fault]:
    """A planned day that has passed is moved, or the release moves on.

    Why: dates nobody keeps up to date are dates nobody believes.
    Fix: move `planned:` to the new day, or advance the release to its next phase.
    """
    release = case.release
    planned = release.dates.planned
    if planned is None or release.at_phase.released or release.state == "on-hold":
        return
    if planned.day < case.index.book.as_of.date():
        yield Fault(
            f"the planned day {planned.day} has passed, but `{release.id}` is not out",
            at=("dates", "planned"),
        )


@rule("GP507", at="roles", level="advice", kinds=PLANNED, since="planning", alive=True,
      imports="off")  # fmt: skip
def engineering_only(case: Case) -> Iterator[Fault]:
    """A planned release has somebody beside engineering.

    Why: releases fail as often in support, sales and documentation as in code (L06).
    Fix: fill `pm`, `support_lead` or `product_marketing` under `roles:`.
    """
    filled = {role for role, handle in case.release.roles.items() if handle.strip()}
    if filled and filled <= ENGINEERING:
        yield Fault(f"only engineering has a role in `{case.release.id}`")


@rule("GP508", at="phase", level="advice", kinds=NOT_QUIET, since="preparing", alive=True,
      imports="off")  # fmt: skip
def no_support_plan(case: Case) -> Iterator[Fault]:
    """Support knows what is coming: what customers will ask and what to answer.

    Why: on release day support hears of the change from customers otherwise (L07).
    Fix: fill `summary:` and `faq:`, `symptoms:` or `macros:` under `support:`.
    """
    support = case.release.support
    if support is None:
        yield Fault(
            f"`{case.release.id}` has no plan for support", "add a `support:` block"
        )
    elif not (support.summary or support.faq or support.symptoms or support.macros):
        yield Fault("the plan for support has no words in it", at=("support",))


@rule("GP509", at="phase", level="advice", kinds=PLANNED, since="planning", alive=True,
      imports="off")  # fmt: skip
def no_guardrails(case: Case) -> Iterator[Fault]:
    """A planned release names what must not get worse.

    Why: a success on one figure is often paid for by another (L08).
    Fix: add `guardrails:` with `metric:` and `target:`, or a `window:` to a monitor.
    """
    release = case.release
    watched = any(monitor.window for monitor in release.monitors)
    if not release.guardrails and not watched:
        yield Fault(f"`{release.id}` does not say what must not get worse")


@rule(
    "GP510", at="channels", level="advice", since="preparing", alive=True, imports="off"
)
def kind_and_channels_disagree(case: Case) -> Iterator[Fault]:
    """Quiet releases stay quiet, and launches are heard.

    Why: announcing everything tires readers, and announcing nothing wastes the work (L10).
    Fix: change `kind:`, or the channels.
    """
    release = case.release
    loud = [
        one for one in _LOUD if one in {channel.channel for channel in release.channels}
    ]
    if release.kind == "quiet" and "channels" not in release.source.inherited:
        for name in loud:
            yield Fault(
                f"`{release.id}` is quiet, but is announced by `{name}`",
                "remove the channel, or set `kind: standard`",
            )
    if release.kind == "launch" and release.channels and not loud:
        yield Fault(
            f"`{release.id}` is a launch, but nobody hears of it",
            f"add one of the channels {', '.join(_LOUD)}, or set `kind: standard`",
            # The channels may be those of the registry, where there is nothing to mend.
            ("kind",),
        )


_LOUD = ("in_app", "email_digest", "campaign", "social", "key_accounts")
"""Channels that reach people who did not look for news."""


@rule("GP511", at="approvals", level="advice", alive=True, imports="off")
def waiting_sign_off(case: Case) -> Iterator[Fault]:
    """Sign-offs are there before the planned day.

    Why: an unanswered request is found on release day, when the one who must answer is away (L13).
    Fix: ask them, and add the answer to `given:` under `approvals:`.
    """
    release = case.release
    planned, approvals = release.dates.planned, release.approvals
    if approvals is None or planned is None or release.at_phase.released:
        return
    if case.index.book.as_of + REVIEW_TIME < planned.at:
        return
    given = {approval.role for approval in approvals.given}
    for number, role in enumerate(approvals.required):
        if role not in given:
            yield Fault(
                f"the sign-off of `{role}` is missing, and the planned day is {planned.day}",
                at=("approvals", "required", number),
            )


@rule("GP512", at="phase", level="advice", kinds=PLANNED, since="planning", alive=True,
      imports="off")  # fmt: skip
def no_goal(case: Case) -> Iterator[Fault]:
    """A planned release serves a goal.

    Why: work without a goal cannot be weighed against other work (L20).
    Fix: add `goal:` with the objective or roadmap theme it serves.
    """
    if not _has_goal(case.release):
        yield Fault(f"`{case.release.id}` does not say which goal it serves")


def _has_goal(release: Release) -> bool:
    theme = release.roadmap.theme if release.roadmap else ""
    return bool(release.goal.strip() or theme.strip())
