"""The site that is being composed, and everything its readers may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property

from gatepost.audience.entry import Entry, Named
from gatepost.model.moment import Moment
from gatepost.outputs.packed import PackedBodies
from gatepost.outputs.tongue import Tongue, tongue_of
from gatepost.outputs.views import Day


@dataclass(frozen=True, slots=True)
class Site:
    """One site: its names, its readers and its clock."""

    name: str
    url: str
    """Absolute, with a slash at the end."""
    description: str
    language: str
    reader: str
    insider: bool
    """Whether its readers are colleagues."""
    page_size: int
    feed_size: int
    intro: str
    roadmap_notice: str
    roadmap_moves: bool
    stale_after_days: int
    source_url: str
    """Empty on sites for outsiders."""
    as_of: datetime
    zone: tzinfo
    social_cards: str = "none"
    """`highlights`, `all` or `none`."""
    social_font: str = ""
    """Font file of the cards, on disk; empty for the built-in one. Never shown."""
    written: str = "en"
    """The language of an entry that does not say otherwise."""
    versions: tuple[tuple[str, str], ...] = ()
    """Language and absolute address of this site in each of its languages, itself among them;
    empty if there is but one."""

    @property
    def tongue(self) -> Tongue:
        """Its words, dates and numbers."""
        return tongue_of(self.language)

    def day(self, moment: Moment, *, year: bool = True) -> Day:
        """A day as its readers write it, in its zone."""
        return self.tongue.day(moment, self.zone, year=year)


@dataclass(frozen=True)
class Edition:
    """A site with its entries and their rendered bodies."""

    site: Site
    entries: tuple[Entry, ...]
    """Newest first."""
    bodies: PackedBodies
    """By entry id."""
    versioned: Mapping[str, str]
    """Product key to the scheme its versions follow."""
    stale: frozenset[str] = frozenset()
    """Ids of the entries whose translation is older than their original."""
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By entry id: targets of its body, as written, to their addresses on the site."""

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Every entry, unlisted ones too."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def log(self) -> tuple[Entry, ...]:
        """The changelog, newest first."""
        return tuple(
            entry for entry in self.entries if entry.logged and not entry.unlisted
        )

    @cached_property
    def plans(self) -> tuple[Entry, ...]:
        """What is on the roadmap and not yet with everyone."""
        return tuple(
            entry
            for entry in self.entries
            if entry.plan
            and not entry.unlisted
            and entry.taken_back in {"", "rolled-back"}
        )

    @cached_property
    def products(self) -> tuple[Named, ...]:
        """Every product of the log, by name."""
        found = {named.key: named for entry in self.log for named in entry.products}
        return tuple(
            sorted(
                found.values(), key=lambda named: (named.label.casefold(), named.key)
            )
        )

    @cached_property
    def of_product(self) -> dict[str, tuple[Entry, ...]]:
        """The entries of the log by the key of each of their products, newest first."""
        return _grouped(self.log, lambda entry: entry.products)

    @cached_property
    def for_persona(self) -> dict[str, tuple[Entry, ...]]:
        """The entries of the log by the key of each of their personas, newest first."""
        return _grouped(self.log, lambda entry: entry.personas)

    @cached_property
    def newest_version(self) -> dict[str, str]:
        """The version of the newest entry that has one, by the key of its product."""
        found: dict[str, str] = {}
        for entry in self.log:
            for named in entry.products if entry.version else ():
                found.setdefault(named.key, entry.version)
        return found

    @cached_property
    def personas(self) -> tuple[Named, ...]:
        """Every persona of the log, by name."""
        found = {named.key: named for entry in self.log for named in entry.personas}
        return tuple(
            sorted(
                found.values(), key=lambda named: (named.label.casefold(), named.key)
            )
        )


def _grouped(
    log: Iterable[Entry], keys: Callable[[Entry], Iterable[Named]]
) -> dict[str, tuple[Entry, ...]]:
    """In one pass: a pass for each product would grow with the products too."""
    groups: dict[str, list[Entry]] = {}
    for entry in log:
        for key in dict.fromkeys(named.key for named in keys(entry)):
            groups.setdefault(key, []).append(entry)
    return {key: tuple(members) for key, members in groups.items()}
