"""GP153 to GP157: names that stand in the registry, and versions that can be ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from packaging.version import InvalidVersion, Version

from gatepost.model.registry import BUILT_IN_INSIDERS, Registry, Scheme
from gatepost.model.release import PathInFile, Release
from gatepost.rules.case import Case, Index
from gatepost.rules.nearest import Names, did_you_mean
from gatepost.rules.rule import Fault, book_rule, rule
from gatepost.rules.vocabulary import USUAL_AUDIENCES, bare_handle

SECTIONS = (
    ("products", "product", "products"),
    ("components", "component", "components"),
    ("plans", "plan", "plans"),
    ("regions", "region", "regions"),
    ("platforms", "platform", "platforms"),
    ("hosting", "way of hosting", "hosting"),
    ("for", "persona", "personas"),
    ("audience", "audience", "audiences"),
)
"""Field of an entry, what its values are called, section of the registry that lists them."""

_BUILT_IN = ("public", *BUILT_IN_INSIDERS)
_SEPARATOR = re.compile(r"[,;]")
_SEVERAL = 2
_FEW = 12
"""Names in one message."""
_SEMVER = re.compile(
    r"v?(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){0,2}"
    r"(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
_CALVER = re.compile(
    r"v?(?:20)?\d{2}[.-]\d{1,4}(?:[.-]\d+)*(?:[.-]?[A-Za-z][0-9A-Za-z.-]*)?"
)
_EXAMPLES: Mapping[Scheme, str] = {
    "semver": "2.4.0 or 2.4.0-beta.1",
    "calver": "2026.11 or 2026.11.2",
    "pep440": "2.4.0 or 2.4.0rc1",
    "natural": "one with a number in it, such as R23",
}


def _values(release: Release, field: str) -> tuple[str, ...]:
    values: tuple[str, ...] = release.__dict__["for_" if field == "for" else field]
    return values


@rule("GP153")
def unknown_name(case: Case) -> Iterator[Fault]:
    """Products, plans, audiences and other names an entry uses stand in the registry.

    Why: a misspelt product gets its own empty page and feed, and a misspelt audience hides the
    entry from everyone it was written for.
    Fix: correct the name, or add it to `content/registry.yml`.
    """
    for field, word, section in SECTIONS:
        values = _values(case.release, field)
        if not values:
            continue
        known = case.index.known[section]
        for number, value in enumerate(values):
            if value not in known:
                at = (field, number)
                yield (
                    _listed_as_text(value, at, values)
                    or _elsewhere(value, at, case)
                    or _unknown(value, at, word, section, known)
                )


def _listed_as_text(
    value: str, at: PathInFile, values: tuple[str, ...]
) -> Fault | None:
    """`products: reporting, billing` is one text; brackets make a list of it."""
    names = [one.strip() for one in _SEPARATOR.split(value) if one.strip()]
    if len(names) < _SEVERAL:
        return None
    number = at[-1]
    parts = ([one] if place != number else names for place, one in enumerate(values))
    line = _line(str(at[0]), chain.from_iterable(parts))
    return Fault(f"`{value}` is one name and no list", f"write `{line}`", at)


def _elsewhere(value: str, at: PathInFile, case: Case) -> Fault | None:
    """A name that the registry has in another section, with the lines to write.

    Never an audience: moving it would change who reads the entry.
    """
    field, index = str(at[0]), case.index
    rows = (row for row in SECTIONS if row[0] != field and value in index.known[row[2]])
    row = next(rows, None)
    if row is None or "audience" in {field, row[0]}:
        return None
    there, word, _ = row
    moved = [
        one for one in _values(case.release, field) if _moves(one, field, there, index)
    ]
    kept = [one for one in _values(case.release, field) if one not in moved]
    if there == "components":
        # A row with a fault of its own is known by name only.
        sound = (index.registry.components.get(one) for one in moved)
        kept = [*kept, *(one.product for one in sound if one and one.product)]
    lines = [_line(field, kept)] if kept else []
    lines.append(_line(there, (*_values(case.release, there), *moved)))
    article = "an" if word[0] in "aeiou" else "a"
    fix = f"write {' and '.join(f'`{line}`' for line in lines)}"
    return Fault(
        f"`{value}` is {article} {word}, so it does not belong in `{field}`", fix, at
    )


def _moves(name: str, field: str, there: str, index: Index) -> bool:
    sections = {row[0]: row[2] for row in SECTIONS}
    return (
        name not in index.known[sections[field]]
        and name in index.known[sections[there]]
    )


def _line(field: str, names: Iterable[str]) -> str:
    return f"{field}: [{', '.join(dict.fromkeys(names))}]"


def _unknown(
    value: str, at: PathInFile, word: str, section: str, known: Names
) -> Fault:
    fix = f"add `{value}:` under `{section}:` in content/registry.yml"
    near = known.nearest(value)
    if at[0] == "audience" and near in {"", *_BUILT_IN}:
        # `external` is spelt much like `internal`, of all words.
        near = USUAL_AUDIENCES.get(value.casefold(), near)
    if near:
        fix = f"write `{near}`, or {fix}"
    elif at[0] == "audience" and len(known.known) <= _FEW:
        fix = f"write one of {', '.join(sorted(known.known))}, or {fix}"
    return Fault(f"`{value}` is no {word} of the registry{did_you_mean(near)}", fix, at)


@rule("GP154", at="roles")
def unknown_team(case: Case) -> Iterator[Fault]:
    """Roles are filled by teams of the registry.

    Why: a handle nobody answers to looks like an owner and is none.
    Fix: correct the handle, or add the team to `teams` in `content/registry.yml`.
    """
    teams = case.index.known["teams"]
    if not teams.known:
        return
    for role, handle in case.release.roles.items():
        if handle.strip() and bare_handle(handle) not in teams:
            near = teams.nearest(bare_handle(handle))
            question = did_you_mean(near and f"@{near}")
            yield Fault(
                f"`{handle}` is no team of the registry{question}", at=("roles", role)
            )


@rule("GP155", at="roles")
def misspelt_role(case: Case) -> Iterator[Fault]:
    """A role is spelt as the checklists spell it.

    Why: under a misspelt role the real one counts as empty, and the gate stays shut.
    Fix: correct the spelling; roles of your own are fine under names of their own.
    """
    roles = case.index.known["roles"]
    for role in case.release.roles:
        if role in roles:
            continue
        near = roles.nearest(role)
        if near:
            yield Fault(
                f"`{role}` is no role{did_you_mean(near)}",
                f"write `{near}:`",
                ("roles", role),
            )


@rule("GP156", at="version", imports="advice")
def unreadable_version(case: Case) -> Iterator[Fault]:
    """A version can be read by its product's scheme.

    Why: "what changes from 3.2 to 4.1" needs to know which versions lie in between.
    Fix: write the version the product's way, or set `versions:` of the product in
    `content/registry.yml` to `semver`, `calver`, `pep440` or `natural`.
    """
    release, registry = case.release, case.index.registry
    if not release.version:
        return
    schemes = tuple(dict.fromkeys(_schemes(release, registry)))
    if schemes and not any(readable(release.version, scheme) for scheme in schemes):
        example = _EXAMPLES[schemes[0]]
        yield Fault(
            f"`{release.version}` cannot be put in order: the registry says `{schemes[0]}`",
            f"write one such as {example}, or change `versions:` of the product in "
            "content/registry.yml",
        )


def _schemes(release: Release, registry: Registry) -> Iterator[Scheme]:
    for key in release.components:
        if row := registry.components.get(key):
            yield row.versions
    for key in release.products:
        if product := registry.products.get(key):
            yield product.versions


def readable(version: str, scheme: Scheme) -> bool:
    """Say whether a version can be put in order by its scheme.

    Source: SemVer 2.0.0 (parts left out count as 0), calver.org, PEP 440.
    """
    if scheme == "semver":
        return _SEMVER.fullmatch(version) is not None
    if scheme == "calver":
        return _CALVER.fullmatch(version) is not None
    if scheme == "natural":
        return any(character.isdigit() for character in version)
    try:
        Version(version)
    except InvalidVersion:
        return False
    return True


@book_rule("GP157")
def dangling_registry_row(index: Index) -> Iterator[Fault]:
    """Rows of the registry name other rows that exist.

    Why: a component of a product that is not there appears on no page, and an audience that sees
    a group that is not there sees nothing.
    Fix: correct the name in `content/registry.yml`, or add the row it means.
    """
    registry = index.registry
    products, groups = index.known["products"], index.known["audiences"]
    for key, component in registry.components.items():
        if component.product and component.product not in products:
            yield _dangling(component.product, products, "components", key, "product")
    for key, audience in registry.audiences.items():
        for number, group in enumerate(audience.sees):
            if group not in groups:
                yield _dangling(group, groups, "audiences", key, "sees", number)
    profiles = index.known["profiles"]
    if registry.profile not in profiles:
        yield _dangling(registry.profile, profiles, "profile")


def _dangling(name: str, known: Names, *at: str | int) -> Fault:
    question = did_you_mean(known.nearest(name))
    return Fault(
        f"the registry names `{name}`, which it does not have{question}", at=at
    )
