"""GP301 to GP304: entries that name other entries."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.model.release import PathInFile, Release
from gatepost.rules.case import Case
from gatepost.rules.nearest import did_you_mean
from gatepost.rules.rule import Fault, rule

LISTS = ("supersedes", "superseded_by", "related", "fixes")
"""Fields that hold ids of other entries."""


def _named(release: Release) -> Iterator[tuple[PathInFile, str]]:
    for field in LISTS:
        for number, name in enumerate(getattr(release, field)):
            yield (field, number), name


@rule("GP301")
def unknown_id(case: Case) -> Iterator[Fault]:
    """Ids that an entry names belong to entries that exist.

    Why: a reference to nothing is left out of the page, and with it what its author wanted to say.
    Fix: correct the id, or remove it.
    """
    for at, name in _named(case.release):
        if name not in case.index.ids:
            near = case.index.ids.nearest(name)
            fix = (
                f"write `{near}`"
                if near
                else f"remove `{name}`, or write the entry it means"
            )
            fix = case.index.mend_first(name) or fix
            yield Fault(f"there is no entry `{name}`{did_you_mean(near)}", fix, at)


@rule("GP302", imports="advice")
def link_to_no_entry(case: Case) -> Iterator[Fault]:
    """Links to other entries lead to entries that exist.

    Why: readers who follow a link want to arrive.
    Fix: write the link as `[words](release:the-id)`, with an id that exists.
    """
    for one in case.links:
        link, place, _, name = one
        if meant := case.meant_entry(one):
            mark = "".join(link.target.partition("#")[1:])
            yield Fault(
                f"`{link.target}` is the id of an entry, but no address",
                f"write `(release:{meant}{mark})`",
                place,
            )
        if name is None or case.find_entry(name):
            continue
        bare = name.rpartition("/")[2].removesuffix(".md")
        near = case.index.ids.nearest(bare)
        fix = f"write `(release:{near})`" if near else "correct the link, or remove it"
        yield Fault(
            f"`{link.target}` leads to no entry{did_you_mean(near and f'release:{near}')}",
            case.index.mend_first(bare) or fix,
            place,
        )


@rule("GP303", public=True)
def names_hidden_entry(case: Case) -> Iterator[Fault]:
    """An entry does not name entries that some of its readers may not know of.

    Why: an id in an address or a link is enough to tell what you are working on.
    Fix: remove the reference, or say it without naming it, such as "an upcoming change".
    """
    for at, name in _named(case.release):
        if _hidden(name, case):
            yield Fault(
                f"`{name}` is hidden from readers of this entry",
                f'remove `{name}`; say "an upcoming change" if it must be mentioned',
                at,
            )
    for _, place, public, entry in case.links:
        if public and entry and (hidden := _hidden(entry, case)):
            yield Fault(
                f"the link leads to `{hidden}`, which is hidden from readers of this entry",
                'remove the link; say "an upcoming change" if it must be mentioned',
                place,
            )


def _hidden(name: str, case: Case) -> str:
    """The id of the entry that is meant, if some reader of this one may not know of it."""
    target = case.find_entry(name)
    hidden = target is not None and case.index.hides(target, case.release)
    return target.id if target is not None and hidden else ""


@rule("GP304")
def names_itself(case: Case) -> Iterator[Fault]:
    """An entry does not name itself among others.

    Why: a release that replaces itself would disappear from every comparison.
    Fix: remove the id from the list.
    """
    for at, name in _named(case.release):
        if name == case.release.id:
            yield Fault(
                f"`{name}` names itself in `{at[0]}`", "remove it from the list", at
            )
