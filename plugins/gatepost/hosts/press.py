"""Prepare a site for the press: read, judge, project, compose; everything but the writing."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from gatepost.audience.waiting import Waiting, waiting
from gatepost.content.astray import entries_astray, marks_astray
from gatepost.content.flag_files.read import with_provider
from gatepost.content.likely import nearest
from gatepost.content.load import Read, load
from gatepost.hosts.git_history import read_history
from gatepost.hosts.preview import Compiled
from gatepost.hosts.sites import ContentFault, Languages, SiteConfig
from gatepost.model.book import Book
from gatepost.model.finding import Finding, GatepostError
from gatepost.model.registry import reader_groups
from gatepost.outputs.artifact import Artifact, PageArtifact
from gatepost.outputs.assemble import Bodies, make_edition
from gatepost.outputs.body_cache import BodyCache
from gatepost.outputs.compose import compose
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.examine import examine
from gatepost.outputs.insight import NOTHING
from gatepost.outputs.sitemap import Row
from gatepost.outputs.views import Link

CACHE = ".cache/gatepost"
"""Folder of what is kept between builds, below the project's root."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which site is to be composed, and what the host knows of it."""

    config: SiteConfig
    name: str
    url: str
    """Absolute, with a slash at the end."""
    description: str
    """One sentence."""
    languages: Languages
    """What it is to the same site in other languages."""
    host: str
    """Host of the public site, for permanent ids that all sites share."""


@dataclass(frozen=True)
class Press:
    """A composed site."""

    config: SiteConfig
    site: Site
    book: Book
    edition: Edition
    findings: tuple[Finding, ...]
    artifacts: tuple[Artifact, ...]
    links: Mapping[str, tuple[Link, ...]]
    """By id of an entry, links on its page for colleagues; empty on sites for outsiders."""
    waiting: tuple[Waiting, ...]
    """What outsiders will see when its time has come, the soonest first."""

    def without_releases(self) -> Press:
        """The same for whoever only writes it: what was read may go."""
        return replace(self, book=replace(self.book, releases=(), guesses=()))

    @property
    def advice(self) -> tuple[Finding, ...]:
        """Findings that do not stop the build."""
        return tuple(one for one in self.findings if one.level != "error")

    @cached_property
    def pages(self) -> tuple[PageArtifact, ...]:
        """Every page."""
        return tuple(one for one in self.artifacts if isinstance(one, PageArtifact))

    @cached_property
    def sections(self) -> tuple[PageArtifact, ...]:
        """The pages that may stand in the navigation: those at the address of their section."""
        return tuple(page for page in self.pages if page.path == page.section)

    def section(self, url: str) -> PageArtifact:
        """The section page at *url*, as the host writes it."""
        bare = url.removesuffix("index.html").strip("./")
        path = f"{bare}/" if bare else ""
        return next(page for page in self.sections if page.path == path)

    @cached_property
    def newest(self) -> str:
        """ISO date of the latest change to anything on the site."""
        return max((page.modified for page in self.pages), default="") or "1970-01-01"

    def sitemap(self) -> Iterator[Row]:
        """A row for every page that may be found."""
        for page in self.pages:
            if not page.hidden:
                yield self.site.url + page.path, page.modified


def read_book(
    config: SiteConfig, as_of: datetime, host: str, known: Read | None = None
) -> Book:
    """Read the content of a site; see `load`."""
    content = config.settings.content
    return load(config.root, content, as_of=as_of, host=host, known=known)


@dataclass(frozen=True, slots=True)
class Reading:
    """Content that was read and judged, and its bodies."""

    book: Book
    bodies: Bodies
    findings: tuple[Finding, ...]


class Readings:
    """What the sites of one build have in common: the same content is read and judged once."""

    def __init__(self, *, cache: bool = True, sites: int | None = None) -> None:
        """Start with nothing read.

        Args:
            cache: Whether what earlier builds rendered may be used.
            sites: How many will ask; nothing is held for more. None if that cannot be told.
        """
        self._cache, self._awaited = cache, sites
        self._made: dict[tuple[object, ...], Reading] = {}
        self._read: dict[Path, Read] = {}
        self._bodies: dict[Path, Bodies] = {}
        self.templates = Compiled()
        self._frozen = False

    def of(self, config: SiteConfig, as_of: datetime, host: str) -> Reading:
        """The content of a site."""
        key = config.root, config.settings.content, as_of, host
        if key not in self._made:
            book = read_book(config, as_of, host, self.known(config))
            bodies = self._bodies.setdefault(config.root, self._fresh(config))
            if not self._frozen:
                # All of it stays to the end of the build: the collector need not walk it each
                # time. In a preview it would keep what the build before has left, each time.
                gc.freeze()
                self._frozen = True
            self._made[key] = Reading(book, bodies, examine(book, bodies))
        found = self._made[key]
        if self._awaited is not None:
            self._awaited -= 1
        if self._awaited == 0:
            self._made, self._read, self._bodies = {}, {}, {}
        return found

    def known(self, config: SiteConfig) -> Read:
        """What came of each entry of a site when it was read last."""
        return self._read.setdefault(config.content_dir, {})

    def refresh(self) -> None:
        """Look again at everything that may have changed on the disk."""
        self._made.clear()

    def _fresh(self, config: SiteConfig) -> Bodies:
        wanted = self._cache and config.settings.cache
        return Bodies(BodyCache(config.root / CACHE) if wanted else None)


def page_findings(config: SiteConfig, book: Book) -> Iterator[Finding]:
    """What lies among the hand-written pages of a site, and would be published whole there.

    Raises:
        GatepostError: The registry knows no readers such as the site is for.
    """
    known, audience = reader_groups(book.registry), config.settings.audience
    if audience not in known:
        near = nearest(audience, known)
        fix = f"Did you mean `{near}`?" if near else f"There are {', '.join(known)}"
        msg = f"{config.path.name}: there are no readers `{audience}`. {fix}"
        raise GatepostError(msg)
    home = f"{config.settings.content}/releases"
    if not config.docs_dir.is_relative_to(config.content_dir):
        yield from entries_astray(config.docs_dir, config.root, home)
    if book.registry.clearance(config.settings.audience) == "public":
        yield from marks_astray(config.docs_dir, config.root, home)


def with_history(config: SiteConfig, book: Book) -> Book:
    """The book with what git remembers of its entries; only colleagues are told any of it."""
    folder = f"{config.settings.content}/releases"
    return replace(book, history=read_history(config.root, folder, as_of=book.as_of))


def press(order: Order, readings: Readings, *, as_of: datetime) -> Press:
    """Read, judge and compose one site.

    Args:
        order: The site.
        readings: What was read for other sites of the same build.
        as_of: The clock of this build; aware.

    Raises:
        ContentFault: A finding stops the build; all findings are in it.
    """
    config = order.config
    reading = readings.of(config, as_of, order.host)
    book = reading.book
    findings = tuple(sorted({*reading.findings, *page_findings(config, book)}))
    stops = [one for one in findings if one.level == "error" or config.settings.strict]
    if stops:
        raise ContentFault(findings)
    site = site_of(order, book)
    edition = make_edition(site, book, reading.bodies)
    # What other readers see is needed no more, unless there is another site to come.
    del reading
    more = NOTHING
    if site.insider:
        # Loaded here: a build for outsiders has no use for it, nor for the time it takes.
        from gatepost.outputs.desk_set import insight  # noqa: PLC0415

        book = with_provider(book, config.settings.content)
        book = with_history(config, book)
        more = insight(site, book, findings)
    artifacts = tuple(compose(edition, more))
    links = more.links or {}
    return Press(config, site, book, edition, findings, artifacts, links, waiting(book))


def site_of(order: Order, book: Book) -> Site:
    """The facts about a site that composing needs."""
    config = order.config
    settings = config.settings
    insider = book.registry.clearance(settings.audience) != "public"
    return Site(
        name=order.name,
        url=order.url,
        description=order.description,
        language=config.language,
        written=order.languages.written,
        versions=order.languages.versions,
        reader=settings.audience,
        insider=insider,
        page_size=settings.page_size,
        feed_size=settings.feed_size,
        intro=settings.intro,
        roadmap_notice=settings.roadmap_notice,
        roadmap_moves=settings.roadmap_moves,
        stale_after_days=book.registry.policy.stale_roadmap_days,
        source_url=settings.source_url if insider else "",
        as_of=book.as_of,
        zone=book.registry.clock.zone,
        social_cards="none" if insider else settings.social_cards,
        social_font=_font_file(config),
    )


def _font_file(config: SiteConfig) -> str:
    """The font of the cards, checked before anything is drawn.

    Raises:
        GatepostError: The settings name a file that is no font.
    """
    if not config.settings.social_font:
        return ""
    from PIL import ImageFont  # noqa: PLC0415 - only sites with a font of their own need it

    file = config.root / config.settings.social_font
    try:
        ImageFont.truetype(file)
    except OSError:
        msg = (
            f"{config.path.name}: `social_font` names {config.settings.social_font}, "
            "which is no font: write the path of a .ttf or .otf file, "
            "relative to the configuration file"
        )
        raise GatepostError(msg) from None
    return str(file)
