"""GP164 to GP169: what must be said when customers lose something or have to act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gatepost.model.span import days_later
from gatepost.rules.case import Case
from gatepost.rules.rule import Fault, rule


@rule("GP164", at="breaking", imports="off")
def breaking_without_way_out(case: Case) -> Iterator[Fault]:
    """A breaking change says what readers must do, what it does to them, and by when.

    Why: "breaking" alone is an alarm without an exit.
    Fix: add `action:` and `impact:`, and `deadline:` or `no_deadline: true` under `migration:`.
    """
    release = case.release
    if not release.breaking:
        return
    if not release.action:
        yield Fault(
            f"`{release.id}` is breaking but does not say what readers must do",
            "add `action:` with what to do and by when",
        )
    if not release.impact:
        yield Fault(
            f"`{release.id}` is breaking but does not say what it does to existing use",
            "add `impact:` with what stops working, and for whom",
        )
    migration = release.migration
    if migration is None or not (migration.deadline or migration.no_deadline):
        yield Fault(
            f"`{release.id}` is breaking but does not say by when readers must act",
            "add `deadline:` with a date under `migration:`, or `no_deadline: true`",
        )


@rule("GP165", at="type", since="preparing", imports="advice")
def deprecation_without_dates(case: Case) -> Iterator[Fault]:
    """A deprecation says since when and until when.

    Why: "deprecated" without an end date is either ignored or feared.
    Fix: add `notice_on:` and `sunset_on:` (or `removal_version:`) under `deprecation:`.
    """
    release, said = case.release, case.release.deprecation
    if release.type != "deprecated":
        return
    if said is None or not (said.sunset_on or said.removal_version):
        yield Fault(
            f"`{release.id}` is a deprecation but does not say when it ends",
            "add `sunset_on:` with a date under `deprecation:`, or `removal_version:`",
        )
    if said is not None and said.notice_on is None:
        yield Fault(
            f"`{release.id}` is a deprecation but does not say since when customers know",
            "add `notice_on:` with a date under `deprecation:`",
            ("deprecation",),
        )


@rule("GP166", at="deprecation")
def short_notice(case: Case) -> Iterator[Fault]:
    """Between the notice of a deprecation and its end lies at least the time the policy promises.

    Why: customers plan their work by that promise.
    Fix: move `sunset_on` back, or change `deprecation_notice_days` in `content/registry.yml`.
    """
    release, said = case.release, case.release.deprecation
    if said is None or said.notice_on is None or said.sunset_on is None:
        return
    if release.security is not None or release.type == "security":
        return
    promised = case.index.policy.deprecation_notice_days
    given = (said.sunset_on.day - said.notice_on.day).days
    if 0 <= given < promised:
        earliest = days_later(said.notice_on.day, timedelta(days=promised))
        yield Fault(
            f"customers get {given} days of notice, but the policy promises {promised}",
            f"move `sunset_on:` to {earliest} or later",
            ("deprecation", "sunset_on"),
        )


@rule("GP167", at="type", public=True, imports="off")
def removal_without_notice(case: Case) -> Iterator[Fault]:
    """What is removed was announced before, in an entry with `deprecation`.

    Why: something that vanishes without notice breaks what customers built on it.
    Fix: name the entry that announced it under `related:`, or give this entry's `deprecation:`
    the date of the notice.
    """
    release, index = case.release, case.index
    if release.type != "removed" or release.security is not None:
        return
    if release.deprecation and release.deprecation.notice_on:
        return
    named = {*release.related, *release.supersedes, *release.fixes}
    announced = release.id in index.announced or not named.isdisjoint(index.notice_ids)
    versions = {(product, release.version) for product in release.products}
    if not announced and versions.isdisjoint(index.removals):
        yield Fault(
            f"`{release.id}` removes something no earlier entry announced",
            "add the id of the entry with the `deprecation:` notice under `related:`",
        )


@rule("GP168", at="type", since="preparing", imports="advice")
def security_without_advisory(case: Case) -> Iterator[Fault]:
    """A security entry says how bad it is and when it may be read.

    Why: nothing of it is shown outside before `disclosed_on`, and admins sort their work by
    `severity`.
    Fix: add `security:` with `severity:` and `disclosed_on:`.
    """
    release = case.release
    if release.type != "security":
        return
    if release.security is None:
        yield Fault(f"`{release.id}` is a security entry without a `security:` block")
    elif release.security.severity is None:
        yield Fault(
            f"`{release.id}` does not say how bad it is",
            "add `severity:` under `security:`: low, moderate, high or critical",
            ("security",),
        )
