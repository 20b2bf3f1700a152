"""What changes for me: a page per product to read down to one's own version, and its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import cast

from markupsafe import Markup

from gatepost.audience.entry import Entry, Named
from gatepost.model.registry import Scheme
from gatepost.outputs.artifact import ROOT, Artifact, FileArtifact, PageArtifact
from gatepost.outputs.card import due_rows
from gatepost.outputs.edition import Edition
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.filter_index import row_of
from gatepost.outputs.json_text import json_text
from gatepost.outputs.log import month_of, newer, numbered, older, paged, placed
from gatepost.outputs.templates import render
from gatepost.outputs.tongue import N_, Tongue
from gatepost.outputs.views import Badge, Due, Link, Month
from gatepost.outputs.words import changes, plain
from gatepost.process.diff import NEWS, Change
from gatepost.process.versions import Key, version_key

UPGRADE = "upgrade/"
_PAGE = 100
_VERSION = 1


@dataclass(frozen=True, slots=True)
class ProductDoor:
    """A product on the front page."""

    link: Link
    said: str
    """`12 versions, newest 4.18.0`."""


@dataclass(frozen=True, slots=True)
class UpgradeView:
    """`/upgrade/`. Template: upgrade.html."""

    title: str
    lead: str
    doors: tuple[ProductDoor, ...]
    products: tuple[tuple[str, str], ...]
    """Address of the data and name, for the form."""
    releases_href: str
    empty: str


@dataclass(frozen=True, slots=True)
class ProductUpgradeView:
    """`/upgrade/<product>/`. Template: upgrade_product.html."""

    title: str
    lead: str
    crumb: Link
    due: tuple[Due, ...]
    versions: tuple[Link, ...]
    """Where each version begins, newest first."""
    groups: tuple[Month, ...]
    """Cards by version, or by month where there are no versions."""
    newer: Link | None
    older: Link | None
    position: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """The entries of a product in the order of its versions, newest first."""

    named: Named
    scheme: Scheme | None
    """None for what runs as a service and has no versions."""
    entries: tuple[Entry, ...]
    keys: Mapping[str, Key]
    """By entry id; entries whose version cannot be placed have none."""


def upgrade_files(edition: Edition, cards: Mapping[str, Markup]) -> Iterator[Artifact]:
    """The page to choose on, and a page and the data of every product."""
    found = [_placed(edition, named) for named in edition.products]
    yield _front(edition, found)
    for one in found:
        yield from _pages(edition, one, cards)
        yield FileArtifact(_data_path(one.named), partial(_data, edition, one))


def change_of(entry: Entry) -> Change:
    """An entry as far as comparing looks at it."""
    return Change(
        id=entry.id,
        title=entry.title,
        summary=entry.summary,
        type=entry.type,
        breaking=entry.breaking,
        action=entry.action,
        version=entry.version,
        products=frozenset(named.key for named in entry.products),
        plans=frozenset(named.key for named in entry.plans),
        published=entry.published.day if entry.published else None,
        deadline=entry.migration.deadline if entry.migration else None,
        sunset=entry.deprecation.sunset_on if entry.deprecation else None,
        taken_back=entry.taken_back,
        taken_back_on=entry.taken_back_on.day if entry.taken_back_on else None,
        taken_back_note=entry.taken_back_note,
        replaces=frozenset(entry.supersedes),
        replaced_by=frozenset(entry.superseded_by),
        platforms=frozenset(named.key for named in entry.platforms),
    )


def _placed(edition: Edition, named: Named) -> _Placed:
    mine = edition.of_product[named.key]
    said = edition.versioned.get(named.key)
    scheme = cast("Scheme | None", said if any(one.version for one in mine) else None)
    if scheme is None:
        return _Placed(named, None, tuple(mine), {})
    keys = dict(_keys(mine, scheme))
    first = [one for one in mine if one.id in keys]
    first.sort(key=lambda one: keys[one.id], reverse=True)
    rest = [one for one in mine if one.id not in keys]
    return _Placed(named, scheme, (*first, *rest), keys)


def _keys(entries: Sequence[Entry], scheme: Scheme) -> Iterator[tuple[str, Key]]:
    for entry in entries:
        try:
            yield entry.id, version_key(entry.version, scheme)
        except ValueError:
            continue


def _front(edition: Edition, placed: Sequence[_Placed]) -> PageArtifact:
    site, gettext = edition.site, edition.site.tongue.gettext
    words = gettext("Upgrade, migrate, from version, to version.")
    view = UpgradeView(
        title=gettext("What changes for me"),
        lead=gettext(
            "Choose a product and the version you have: what you must do comes first."
        ),
        doors=tuple(
            ProductDoor(
                Link(one.named.label, _href(one.named)), _said(one, site.tongue)
            )
            for one in placed
        ),
        products=tuple(
            (f"{ROOT}{_data_path(one.named)}", one.named.label) for one in placed
        ),
        releases_href=f"{ROOT}releases/",
        empty="" if placed else gettext("Nothing has been released yet."),
    )
    return PageArtifact(
        path=UPGRADE,
        title=view.title,
        description=view.lead,
        draw=partial(render, "upgrade.html", view, site.tongue),
        section=UPGRADE,
        wide=True,
        feed=feed_set(site, "all", gettext("All changes")),
        text=f"{view.lead} {words}",
    )


def _said(one: _Placed, tongue: Tongue) -> str:
    number = changes(len(one.entries), tongue)
    versions = len(set(one.keys.values()))
    if not versions:
        return number
    said = tongue.plural("{n} version", "{n} versions", versions)
    whole = tongue.gettext("{changes} in {versions}, newest {version}")
    return whole.format(changes=number, versions=said, version=one.entries[0].version)


def _href(named: Named) -> str:
    return f"{ROOT}{UPGRADE}{named.key}/"


def _data_path(named: Named) -> str:
    return f"{UPGRADE}{named.key}.json"


def _pages(
    edition: Edition, one: _Placed, cards: Mapping[str, Markup]
) -> Iterator[PageArtifact]:
    count, tongue = max(1, -(-len(one.entries) // _PAGE)), edition.site.tongue
    every = tongue.gettext("Every change to {name}, by version.")
    for number in range(1, count + 1):
        members = one.entries[(number - 1) * _PAGE : number * _PAGE]
        path = numbered(f"{UPGRADE}{one.named.key}/", number)
        title = _title(one, tongue)
        yield PageArtifact(
            path=path,
            title=paged(title, number, tongue),
            description=every.format(name=one.named.label),
            draw=partial(_drawn, edition, one, members, (number, count), cards),
            section=UPGRADE,
            feed=feed_set(edition.site, f"product/{one.named.key}", one.named.label),
        )


def _title(one: _Placed, tongue: Tongue) -> str:
    return tongue.gettext("What changes in {name}").format(name=one.named.label)


def _drawn(
    edition: Edition,
    one: _Placed,
    members: Sequence[Entry],
    position: tuple[int, int],
    cards: Mapping[str, Markup],
) -> Markup:
    (number, count), tongue = position, edition.site.tongue
    groups = tuple(_groups(edition, one, members, cards))
    lead = tongue.gettext(
        N_("Read down to the version you have: everything above it is new for you.")
        if one.scheme
        else N_(
            "Read down to the day you looked last: everything above it is new for you."
        )
    )
    base = f"{UPGRADE}{one.named.key}/"
    view = ProductUpgradeView(
        title=_title(one, tongue),
        lead=lead,
        crumb=Link(tongue.gettext("What changes for me"), f"{ROOT}{UPGRADE}"),
        due=due_rows(edition.site, one.entries) if number == 1 else (),
        versions=tuple(Link(group.label, f"#{group.id}") for group in groups),
        groups=groups,
        newer=newer(base, number, tongue),
        older=older(base, number, count, tongue),
        position=placed(number, count, tongue),
    )
    return render("upgrade_product.html", view, tongue)


def _groups(
    edition: Edition,
    one: _Placed,
    members: Sequence[Entry],
    cards: Mapping[str, Markup],
) -> Iterator[Month]:
    tongue = edition.site.tongue
    without = tongue.gettext("Without a version")

    def label(entry: Entry) -> str:
        if one.scheme:
            return entry.version if entry.id in one.keys else without
        return tongue.month(*month_of(entry, edition))

    for number, (text, group) in enumerate(groupby(members, key=label), 1):
        rows = sorted(group, key=lambda entry: not change_of(entry).urgent)
        count = changes(len(rows), tongue)
        yield Month(f"v{number}", text, count, tuple(cards[row.id] for row in rows))


def _data(edition: Edition, one: _Placed) -> bytes:
    """What the form compares: `process.diff` says how, and the script does the same."""
    order = {key: number for number, key in enumerate(sorted(set(one.keys.values())))}
    versions = {
        one.keys[row.id]: row.version for row in one.entries if row.id in one.keys
    }
    shown: dict[Badge, int] = {}
    plans = {plan.key: plan.label for entry in one.entries for plan in entry.plans}
    platforms = {row.key: row.label for each in one.entries for row in each.platforms}
    rows = [
        [
            *row_of(edition, entry, shown),
            _asked(edition, entry, order.get(one.keys.get(entry.id, ()), -1)),
        ]
        for entry in one.entries
    ]
    return json_text(
        {
            "version": _VERSION,
            "product": one.named.key,
            "versions": [versions[key] for key in sorted(versions)],
            "labels": {
                "product": {row.key: row.label for row in edition.products},
                "plan": dict(sorted(plans.items())),
                "platform": dict(sorted(platforms.items())),
            },
            "badges": [render("badge.html", badge) for badge in shown],
            "rows": rows,
        }
    ).encode()


def _asked(edition: Edition, entry: Entry, place: int) -> dict[str, object]:
    """What comparing needs besides the row; empty values are left out."""
    change = change_of(entry)
    group = 0 if change.urgent else 2 if change.type in NEWS else 1
    due = change.due
    said: dict[str, object] = {
        "action": plain(entry.action),
        "due": due.at.isoformat() if due else "",
        "until": edition.site.day(due).text if due else "",
        "back": change.taken_back,
        "on": change.taken_back_on.isoformat() if change.taken_back_on else "",
        "note": plain(change.taken_back_note),
        "old": sorted(change.replaces),
        "by": sorted(change.replaced_by),
        "on_platforms": sorted(change.platforms),
    }
    kept = {key: value for key, value in said.items() if value not in ("", [])}
    return {"at": place, "group": group, **kept}
