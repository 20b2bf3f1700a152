"""The changelog and every static view of it, twenty entries a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from markupsafe import Markup

from gatepost.audience.entry import Entry, Named
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.card import DUE_ROWS, due_rows, together, version_slug
from gatepost.outputs.edition import Edition
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.linked_data import linked_product
from gatepost.outputs.templates import render
from gatepost.outputs.tongue import Tongue
from gatepost.outputs.views import ChangelogView, Chip, Due, FeedSet, Link, Month
from gatepost.outputs.words import ALSO, PLURALS, changes

CHANGELOG = "changelog/"
BREAKING = "breaking"

_Index = tuple[tuple[str, tuple[Chip, ...]], ...]
"""Years, each with its months."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A static view: which entries, at which address, under which title."""

    path: str
    title: str
    entries: tuple[Entry, ...]
    feed: FeedSet
    product: Named | None = None
    """On the view of a product."""


def year_of(entry: Entry, edition: Edition) -> int:
    """The year an entry was published in, in the site's zone."""
    return month_of(entry, edition)[0]


def month_of(entry: Entry, edition: Edition) -> tuple[int, int]:
    """Year and month an entry was published in, in the site's zone."""
    moment = entry.published
    at = edition.site.as_of if moment is None else moment.at
    local = at.astimezone(edition.site.zone) if moment is None or moment.timed else at
    return local.year, local.month


def slices(edition: Edition) -> Iterator[Slice]:
    """Every view of the log, the whole log first."""
    log, tongue = edition.log, edition.site.tongue
    whole = feed_set(edition.site, "all", tongue.gettext("All changes"))
    yield Slice(CHANGELOG, tongue.gettext("Changelog"), log, whole)
    labels = {named.key: named.label for named in edition.products}
    for key, members in _by(log, lambda entry: [named.key for named in entry.products]):
        named = Named(key, labels[key])
        feed = feed_set(edition.site, f"product/{key}", named.label)
        yield Slice(f"{CHANGELOG}product/{key}/", named.label, members, feed, named)
    for kind, title in type_views(tongue).items():
        members = tuple(entry for entry in log if kind in type_keys(entry))
        if members:
            feed = feed_set(edition.site, f"type/{kind}", title)
            yield Slice(f"{CHANGELOG}type/{kind}/", title, members, feed)
    people = {named.key: named.label for named in edition.personas}
    for key, members in _by(log, lambda entry: [named.key for named in entry.personas]):
        feed = feed_set(edition.site, f"for/{key}", people[key])
        title = tongue.gettext("For {people}").format(people=people[key])
        yield Slice(f"{CHANGELOG}for/{key}/", title, members, feed)
    for year, members in _by(log, lambda entry: [str(year_of(entry, edition))]):
        yield Slice(f"{CHANGELOG}{year}/", year, members, whole)
    yield from _versions(edition, labels)


def _versions(edition: Edition, labels: Mapping[str, str]) -> Iterator[Slice]:
    def address(entry: Entry) -> list[str]:
        slug = version_slug(entry.version)
        return (
            [f"{named.key}/{slug}" for named in entry.products] if entry.version else []
        )

    for key, members in _by(edition.log, address):
        product = key.partition("/")[0]
        title = f"{labels[product]} {members[0].version}"
        feed = feed_set(edition.site, f"product/{product}", labels[product])
        yield Slice(f"{CHANGELOG}version/{key}/", title, members, feed)


def type_views(tongue: Tongue) -> dict[str, str]:
    """Key and title of every view by type; breaking changes are one of them."""
    return {
        BREAKING: tongue.gettext("Breaking changes"),
        **{str(key): tongue.gettext(title) for key, title in PLURALS.items()},
    }


def type_keys(entry: Entry) -> tuple[str, ...]:
    """The views by type an entry is in."""
    also = (ALSO[entry.type],) if entry.type in ALSO else ()
    return (*((BREAKING,) if entry.breaking else ()), *also, entry.type)


def _by(
    entries: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]
) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Group entries by each of their keys, in one pass; keys sorted, order kept inside."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in keys(entry):
            groups.setdefault(key, []).append(entry)
    return ((key, tuple(groups[key])) for key in sorted(groups))


def changelog_pages(
    edition: Edition, cards: Mapping[str, Markup]
) -> Iterator[PageArtifact]:
    """Every page of the log and its views."""
    shared = _Shared.of(edition)
    for view in slices(edition):
        size = edition.site.page_size
        pages = max(1, -(-len(view.entries) // size))
        index = _index(edition, view)
        for number in range(1, pages + 1):
            members = view.entries[(number - 1) * size : number * size]
            own = replace(shared, index=_of_page(edition, members, index))
            yield _page(edition, view, members, (number, pages), cards, own)


def _index(edition: Edition, view: Slice) -> _Index:
    """Every year of a view, and its months with the page on which each of them begins."""
    years: dict[int, list[Chip]] = {}
    place = 0
    groups = groupby(view.entries, key=lambda entry: month_of(entry, edition))
    for (year, month), group in groups:
        path = numbered(view.path, place // edition.site.page_size + 1)
        count = sum(1 for _ in group)
        href = f"{ROOT}{path}#{year}-{month:02}"
        name = edition.site.tongue.month_name(month)
        chip = Chip(name, count, href, current=False)
        years.setdefault(year, []).append(chip)
        place += count
    return tuple((str(year), tuple(chips)) for year, chips in years.items())


def _of_page(edition: Edition, members: Sequence[Entry], index: _Index) -> _Index:
    years = {str(year_of(entry, edition)) for entry in members}
    return tuple(row for row in index if row[0] in years)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every page of the log shows, computed once."""

    due: tuple[Due, ...]
    types: tuple[Chip, ...]
    products: tuple[Chip, ...]
    personas: tuple[Chip, ...]
    years: tuple[Chip, ...]
    plans: tuple[tuple[str, str], ...]
    index: _Index = ()
    """The months of the years of one page."""

    @classmethod
    def of(cls, edition: Edition) -> _Shared:
        log = edition.log
        tongue = edition.site.tongue
        every = tongue.pgettext("changes", "All")
        types = [Chip(every, len(log), f"{ROOT}{CHANGELOG}", current=False)]
        counts = _count(log, type_keys)
        types += [
            Chip(title, counts[key], f"{ROOT}{CHANGELOG}type/{key}/", current=False)
            for key, title in type_views(tongue).items()
            if key in counts
        ]
        in_product = _count(log, lambda entry: [named.key for named in entry.products])
        for_whom = _count(log, lambda entry: [named.key for named in entry.personas])
        years = _count(log, lambda entry: [str(year_of(entry, edition))])
        return cls(
            due_rows(edition.site, edition.log)[:DUE_ROWS],
            tuple(types),
            tuple(
                Chip(
                    row.label,
                    in_product[row.key],
                    f"{ROOT}{CHANGELOG}product/{row.key}/",
                    current=False,
                )
                for row in edition.products
            ),
            tuple(
                Chip(
                    row.label,
                    for_whom[row.key],
                    f"{ROOT}{CHANGELOG}for/{row.key}/",
                    current=False,
                )
                for row in edition.personas
            ),
            tuple(
                Chip(year, years[year], f"{ROOT}{CHANGELOG}{year}/", current=False)
                for year in sorted(years, reverse=True)
            ),
            tuple(sorted({(one.key, one.label) for row in log for one in row.plans})),
        )


def _count(
    log: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in log:
        for key in keys(entry):
            counts[key] = counts.get(key, 0) + 1
    return counts


def _marked(chips: tuple[Chip, ...], path: str) -> tuple[Chip, ...]:
    here = f"{ROOT}{path}"
    return tuple(
        Chip(chip.text, chip.count, chip.href, current=chip.href == here)
        for chip in chips
    )


def _page(
    edition: Edition,
    view: Slice,
    members: Sequence[Entry],
    position: tuple[int, int],
    cards: Mapping[str, Markup],
    shared: _Shared,
) -> PageArtifact:
    number, _ = position
    tongue, title = edition.site.tongue, view.title
    if view.path != CHANGELOG:
        title = tongue.gettext("{name}: changelog").format(name=title)
    return PageArtifact(
        path=numbered(view.path, number),
        title=paged(title, number, tongue),
        description=paged(_lead(edition, view), number, tongue),
        draw=lambda: render(
            "changelog.html",
            _view(edition, view, members, position, cards, shared),
            tongue,
        ),
        section=CHANGELOG,
        feed=view.feed,
        modified=_modified(members),
        linked=partial(linked_product, edition, view.product, view.path)
        if view.product and number == 1
        else None,
    )


def _view(
    edition: Edition,
    view: Slice,
    members: Sequence[Entry],
    position: tuple[int, int],
    cards: Mapping[str, Markup],
    shared: _Shared,
) -> ChangelogView:
    number, pages = position
    whole, tongue = view.path == CHANGELOG, edition.site.tongue
    doors = (
        (tongue.gettext("Product"), shared.products),
        (tongue.pgettext("readers", "For"), shared.personas),
    )
    return ChangelogView(
        title=view.title,
        lead=_lead(edition, view),
        crumb=None
        if whole
        else Link(tongue.gettext("Changelog"), f"{ROOT}{CHANGELOG}"),
        feed=view.feed,
        subscribe_href=f"{ROOT}subscribe/",
        due=shared.due if whole and number == 1 else (),
        types=_marked(shared.types, view.path),
        menus=tuple(
            (label, _marked(chips, view.path)) for label, chips in doors if chips
        ),
        plans=shared.plans,
        base_href=f"{ROOT}{CHANGELOG}",
        index_href=f"{ROOT}{CHANGELOG}filter.json",
        months=_months(edition, members, cards),
        index=shared.index,
        years=_marked(shared.years, view.path),
        roadmap_href=f"{ROOT}roadmap/",
        position=placed(number, pages, tongue),
        newer=newer(view.path, number, tongue),
        older=older(view.path, number, pages, tongue),
        empty=""
        if members
        else tongue.gettext(
            "Nothing released yet. Subscribe to hear of the first change."
        ),
    )


def _modified(members: Sequence[Entry]) -> str:
    days = [entry.revised.day.isoformat() for entry in members if entry.revised]
    return max(days, default="")


def _lead(edition: Edition, view: Slice) -> str:
    site, tongue = edition.site, edition.site.tongue
    if view.path == CHANGELOG:
        every = tongue.gettext("Every change to {name} that you can notice.")
        return site.intro or every.format(name=site.name)
    return tongue.plural(
        "{n} change to {name}",
        "{n} changes to {name}",
        len(view.entries),
        name=site.name,
    )


def numbered(path: str, number: int) -> str:
    """The address of a page of a long view."""
    return path if number == 1 else f"{path}page/{number}/"


def paged(text: str, number: int, tongue: Tongue) -> str:
    """What a page of a long view is called."""
    if number == 1:
        return text
    return tongue.gettext("{title}, page {n}").format(title=text, n=number)


def placed(number: int, pages: int, tongue: Tongue) -> str:
    """`Page 2 of 5`; nothing if there is but one."""
    said = tongue.gettext("Page {n} of {pages}")
    return said.format(n=number, pages=pages) if pages > 1 else ""


def newer(path: str, number: int, tongue: Tongue) -> Link | None:
    """The way from page *number* of a long view to the one before; None from the first."""
    word = tongue.gettext("Newer")
    return _neighbour(path, number - 1, word, tongue) if number > 1 else None


def older(path: str, number: int, pages: int, tongue: Tongue) -> Link | None:
    """The way from page *number* of a long view to the next; None from the last."""
    word = tongue.gettext("Older")
    return _neighbour(path, number + 1, word, tongue) if number < pages else None


def _neighbour(path: str, number: int, word: str, tongue: Tongue) -> Link:
    note = tongue.gettext("Page {n}").format(n=number)
    return Link(word, f"{ROOT}{numbered(path, number)}", note)


def _months(
    edition: Edition, members: Sequence[Entry], cards: Mapping[str, Markup]
) -> tuple[Month, ...]:
    groups = groupby(members, key=lambda entry: month_of(entry, edition))
    months = []
    for (year, month), group in groups:
        rows = tuple(together(group, cards))
        label = edition.site.tongue.month(year, month)
        count = changes(len(rows), edition.site.tongue)
        months.append(Month(f"{year}-{month:02}", label, count, rows))
    return tuple(months)
