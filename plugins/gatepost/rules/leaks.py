"""GP4xx: words of the workshop that must not stand in public text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gatepost.rules.case import Case
from gatepost.rules.public_text import Sheet
from gatepost.rules.rule import Fault, rule
from gatepost.rules.suspects import (
    Hit,
    Suspects,
    branches,
    flag_keys,
    handles,
    likely_hosts,
    likely_tickets,
    own_hosts,
    own_tickets,
)

Search = Callable[[Sheet, Suspects], Iterator[Hit]]

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_NUMBER = re.compile(r"[A-Z][A-Z0-9]+-\d+|[0-9a-f]{7,40}|v?\d+(?:-\w+)?")
"""A ticket, a commit or a part of a version."""
_COMMIT_WORDS = frozenset(
    """
    a add added adjust all and branch bug bugfix bugfixes bugs build bump bumped chore ci clean
    cleanup code commit dependencies dependency deps dev develop feat feature fix fixed fixes
    fixing for from hotfix improvement improvements in into issue issues linting main master merge
    merged minor misc miscellaneous more of on other patch pr pull refactor refactored refactoring
    request revert review small some stuff test tests the this ticket tickets to tweak
    tweaks typo typos up update updated updates various wip with work
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""Words commit messages are made of; a sentence for readers has at least one other."""
_COMMIT_TALK = re.compile(r"[^\W\d_]|#\d")


def _faults(case: Case, search: Search, sentence: str, fix: str) -> Iterator[Fault]:
    """One fault for each different suspicious word on each line."""
    seen: set[tuple[str, str, int]] = set()
    for hit in search(case.sheet, case.index.suspects):
        place = case.sheet.place(hit.at)
        key = (hit.word, place.path, place.line)
        if key not in seen:
            seen.add(key)
            yield Fault(sentence.format(hit.word), fix.format(hit.word), place)


@rule("GP401", public=True)
def ticket_in_public(case: Case) -> Iterator[Fault]:
    """Public text contains no ticket ids of your own.

    Why: readers cannot open them, and their numbers tell how much you fix.
    Fix: say what changed instead, or move the id to `refs:`, which is internal.
    """
    yield from _faults(
        case,
        own_tickets,
        "the ticket `{}` stands in public text",
        "say what changed instead, or move `{}` to `refs:`",
    )
    policy, release = case.index.policy, case.release
    for prefix in policy.ticket_prefixes:
        if re.search(rf"(?:^|-){re.escape(prefix.strip(' -').lower())}-\d", release.id):
            yield Fault(
                f"the id `{release.id}` contains a ticket, and ids are public",
                "choose an id that says what changed, such as `faster-export`",
            )


@rule("GP402", public=True, imports="advice")
def likely_ticket_in_public(case: Case) -> Iterator[Fault]:
    """Public text contains nothing that looks like a ticket id.

    Why: readers cannot open tickets, and their numbers tell how much you fix.
    Fix: say what changed instead. If it is no ticket, list the word under `public_words`, or your
    own prefixes under `ticket_prefixes`, both under `policy` in `content/registry.yml`.
    """
    if case.index.suspects.tickets is None:
        yield from _faults(
            case,
            likely_tickets,
            "`{}` in public text looks like a ticket",
            "say what changed instead, or move it to `refs:`; if it is no ticket, add `{}` to "
            "`public_words` under `policy` in content/registry.yml",
        )


@rule("GP403", public=True, imports="advice")
def branch_in_public(case: Case) -> Iterator[Fault]:
    """Public text contains no names of branches.

    Why: they are of no use to readers and often carry code names.
    Fix: say what changed instead.
    """
    yield from _faults(
        case,
        branches,
        "the branch `{}` stands in public text",
        "say what changed instead; if `{}` is no branch, add it to `public_words` under `policy` "
        "in content/registry.yml",
    )


@rule("GP404", public=True, imports="advice")
def flag_in_public(case: Case) -> Iterator[Fault]:
    """Public text contains no keys of feature flags.

    Why: customers know a setting by its name; keys invite them to ask support for the switch.
    Fix: say what customers see, such as "being switched on for accounts in the EU".
    """
    yield from _faults(
        case,
        flag_keys,
        "the flag `{}` stands in public text",
        "write what customers see instead of `{}`",
    )


@rule("GP405", public=True)
def internal_host_in_public(case: Case) -> Iterator[Fault]:
    """Public text contains none of the hosts your policy calls internal.

    Why: readers cannot reach them, and they are a map of your network.
    Fix: link to a public page, or move the address to an internal block.
    """
    yield from _faults(
        case,
        own_hosts,
        "the internal host `{}` stands in public text",
        "link to a public page instead of `{}`, or move it between `/// internal` and `///`",
    )


@rule("GP406", public=True, imports="advice")
def private_address_in_public(case: Case) -> Iterator[Fault]:
    """Public text contains no addresses that only a private network can reach.

    Why: readers cannot reach them, and they are a map of your network.
    Fix: link to a public page. If the address is meant, list it under `public_words` under
    `policy` in `content/registry.yml`.
    """
    yield from _faults(
        case,
        likely_hosts,
        "`{}` in public text is an address of a private network",
        "link to a public page instead; if customers are meant to use `{}`, add it to "
        "`public_words` under `policy` in content/registry.yml",
    )


@rule("GP407", public=True)
def team_in_public(case: Case) -> Iterator[Fault]:
    """Public text contains no handles of your teams.

    Why: readers cannot write to them, and they tell how you are organised.
    Fix: write "our team", or link to support.
    """
    yield from _faults(
        case,
        handles,
        "the team `{}` stands in public text",
        'write "our team" or link to support instead of `{}`',
    )


@rule("GP408", at="title", public=True, since="preparing", imports="advice")
def says_nothing(case: Case) -> Iterator[Fault]:
    """Public text says what changed, in more than ticket ids and the words of commit messages.

    Why: "Bug fixes and improvements" tells readers nothing they could use.
    Fix: write one sentence with what works now and did not before.
    """
    release = case.release
    said = (release.summary, release.what, release.body.public)
    told = tuple(text for text in said if text.strip())
    if is_empty_talk(release.title):
        yield Fault(f'the title "{release.title}" does not say what changed')
    if told and all(is_empty_talk(text) for text in told):
        yield Fault(
            f"the text of `{release.id}` does not say what changed", at=("summary",)
        )


def is_empty_talk(text: str) -> bool:
    """Say whether a text is made of ticket ids, numbers and words of commit messages only."""
    words = (match.group() for match in _WORD.finditer(text))
    return _COMMIT_TALK.search(text) is not None and all(map(_is_talk, words))


def _is_talk(word: str) -> bool:
    return word.lower() in _COMMIT_WORDS or _NUMBER.fullmatch(word) is not None
