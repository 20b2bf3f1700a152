"""Project a release for a group of readers: copy what the schema lets them see, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from gatepost.audience.attachments import published_assets
from gatepost.audience.entry import (
    Asset,
    Entry,
    Limit,
    Named,
    OpenIssue,
    Page,
    Plan,
    Question,
    Rollout,
    Shot,
)
from gatepost.audience.fixes import fix_is_out
from gatepost.audience.visibility import (
    column,
    listed,
    shown_ids,
    standing,
    start_of_day,
)
from gatepost.model.book import Book
from gatepost.model.moment import Moment
from gatepost.model.parts import Security
from gatepost.model.registry import Label, Product, Registry
from gatepost.model.release import Release
from gatepost.process.exposure import Exposure, exposure

Targets = Callable[[str], tuple[str, ...]]
"""Finds the link targets and picture addresses in a Markdown text."""
Summarise = Callable[[str], str]
"""Cuts a Markdown text to its first sentence."""
TOLD_STATES = frozenset({"rolled-back", "withdrawn", "cancelled"})


@dataclass(frozen=True, slots=True)
class Reader:
    """A group of readers, with what the registry lets it see."""

    group: str
    insider: bool
    """Whether internal fields and blocks are for it."""
    ids: frozenset[str]
    """Every id it may come across."""


def reader_of(book: Book, group: str) -> Reader:
    """Look up what *group* may see in *book*."""
    insider = book.registry.clearance(group) != "public"
    return Reader(group, insider, shown_ids(book, group))


def project(
    book: Book, group: str, *, targets: Targets, summarise: Summarise
) -> tuple[Entry, ...]:
    """All entries *group* may see, newest first, then by id."""
    reader = reader_of(book, group)
    entries = [
        project_one(release, book, reader, targets=targets, summarise=summarise)
        for release in book.releases
        if listed(release, book, group)
    ]
    entries.sort(key=lambda entry: entry.id)
    entries.sort(key=_when, reverse=True)
    return tuple(entries)


def _when(entry: Entry) -> float:
    return entry.published.at.timestamp() if entry.published else 0.0


def project_one(
    release: Release,
    book: Book,
    reader: Reader,
    *,
    targets: Targets,
    summarise: Summarise,
) -> Entry:
    """What *reader* may see of one release."""
    registry = book.registry
    where = standing(release, book.ledger, book.as_of)
    exposed = exposure(release, book.as_of)
    body = release.body.whole if reader.insider else release.body.public
    told = release.state if release.state in TOLD_STATES else ""
    assets = _assets(release, book, body, targets)
    return Entry(
        id=release.id,
        title=release.title,
        summary=release.summary or release.what or summarise(release.body.public),
        type=release.type,
        breaking=release.breaking,
        importance=release.importance,
        highlight=release.highlight,
        stage=release.stage,
        taken_back=told,
        taken_back_on=release.state_on,
        taken_back_note=release.state_note if told else "",
        personas=_labels(registry.personas, release.for_),
        products=_products(registry, (*release.products, *release.components)),
        plans=_labels(registry.plans, release.plans),
        regions=_labels(registry.regions, release.regions),
        platforms=_labels(registry.platforms, release.platforms),
        hosting=_labels(registry.hosting, release.hosting),
        version=release.version,
        affects_versions=release.affects_versions,
        tags=release.tags,
        lang=release.lang,
        what=release.what,
        who=release.who,
        action=release.action,
        impact=release.impact,
        compatibility=release.compatibility,
        downtime=release.downtime,
        migration=release.migration,
        supersedes=_known(release.supersedes, reader),
        superseded_by=_known(release.superseded_by, reader),
        related=_known(release.related, reader),
        fixes=_known(release.fixes, reader),
        deprecation=release.deprecation,
        security=_advisory(release, book, reader),
        issues=_issues(release, book, reader),
        shots=_shots(release, assets),
        docs=tuple(
            Page(doc.title, doc.url)
            for doc in release.docs
            if doc.url and (doc.public or reader.insider)
        ),
        refs=tuple(
            Page(ref.title or ref.url, ref.url)
            for ref in release.refs
            if ref.public or reader.insider
        ),
        questions=_questions(release, reader),
        limitations=_limitations(release, reader),
        feedback=release.feedback,
        rollback_sentence=release.rollback.public_sentence if release.rollback else "",
        published=where.published,
        updated=release.dates.updated,
        wording=wording(release, registry, exposed),
        rollout=_rollout(exposed, reader),
        column=column(release, everyone=exposed.everyone),
        plan=_plan(release) if where.planned or reader.insider else None,
        logged=where.logged,
        noindex=release.noindex,
        unlisted=release.unlisted,
        pin=release.pin,
        body=body,
        assets=assets,
        feed_id=feed_id(release, book, where.published),
        seen=first_seen(release, book, where.published),
    )


def wording(release: Release, registry: Registry, exposed: Exposure) -> str:
    """Where a release stands, in words for readers, from its phase's row and its rollout."""
    phase = release.at_phase
    if phase.released:
        return "Available" if exposed.everyone else "Rolling out"
    own = registry.phases.get(phase.key)
    return (own.public_wording if own else "") or phase.public_wording


def feed_id(release: Release, book: Book, published: Moment | None) -> str:
    """The permanent id of its feed items: the ledger's, else a `tag:` URI (RFC 4151).

    The year is the one of first publication, so that a later run finds the same id.
    """
    if row := book.ledger.rows.get(release.id):
        return row.feed_id
    year = (published.at if published else book.as_of).year
    return f"tag:{quote(book.host)},{year}:{release.id}"


def first_seen(release: Release, book: Book, published: Moment | None) -> datetime:
    """When readers first came across it: the ledger's word, else the entry's, else now."""
    row = book.ledger.rows.get(release.id)
    if row and (row.first_seen or row.first_published):
        return datetime.fromisoformat(row.first_seen or row.first_published)
    said = published is not None and published.at <= book.as_of
    return published.at if published and said else start_of_day(book.as_of)


def _advisory(release: Release, book: Book, reader: Reader) -> Security | None:
    """The advisory once it is disclosed; before that only the restricted group reads it."""
    advisory = release.security
    if advisory is None or book.registry.clearance(reader.group) == "restricted":
        return advisory
    disclosed = advisory.disclosed_on
    return advisory if disclosed and disclosed.at <= book.as_of else None


def _known(ids: tuple[str, ...], reader: Reader) -> tuple[str, ...]:
    return tuple(one for one in ids if one in reader.ids)


def _labels(rows: Mapping[str, Label], keys: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(
        Named(key, (rows[key].label if key in rows else "") or key) for key in keys
    )


def _products(registry: Registry, keys: tuple[str, ...]) -> tuple[Named, ...]:
    rows: dict[str, Product] = {**registry.components, **registry.products}
    return tuple(
        Named(key, (rows[key].name if key in rows else "") or key)
        for key in dict.fromkeys(keys)
    )


def _issues(release: Release, book: Book, reader: Reader) -> tuple[OpenIssue, ...]:
    return tuple(
        OpenIssue(
            issue.id,
            issue.text,
            issue.status,
            issue.affected,
            issue.workaround,
            issue.fixed_in,
            fix_is_out(issue, release, book),
            ours=not issue.public,
        )
        for issue in release.known_issues
        if issue.public or reader.insider
    )


def _questions(release: Release, reader: Reader) -> tuple[Question, ...]:
    faq = release.support.faq if release.support else ()
    return tuple(
        Question(item.q, item.a, ours=not item.public)
        for item in faq
        if item.public or reader.insider
    )


def _limitations(release: Release, reader: Reader) -> tuple[Limit, ...]:
    limits = release.scope.limitations if release.scope else ()
    return tuple(
        Limit(limit.text, ours=not limit.public)
        for limit in limits
        if limit.public or reader.insider
    )


def _rollout(exposed: Exposure, reader: Reader) -> Rollout:
    """The rollout; outsiders are told of a step ahead only if it was put into words for them."""
    steps = tuple(
        (step.share, step.who, step.on, step.reached)
        for step in exposed.steps
        if reader.insider or step.reached or step.who
    )
    return Rollout(exposed.share, exposed.who, exposed.since, steps)


def _plan(release: Release) -> Plan | None:
    said = release.roadmap
    if said is None:
        return None
    return Plan(
        target=said.target,
        was=said.was,
        confidence=said.confidence or "",
        theme=said.theme,
        blurb=said.blurb,
        confirmed=said.confirmed,
        quarters=said.target.quarters if said.target else (),
    )


def _assets(
    release: Release, book: Book, body: str, targets: Targets
) -> tuple[Asset, ...]:
    named = (*(shot.src for shot in release.media), *targets(body))
    return published_assets(
        book.root, release.source.folder, named, book.registry.policy.attachments
    )


def _shots(release: Release, assets: tuple[Asset, ...]) -> tuple[Shot, ...]:
    known = {asset.name for asset in assets}
    return tuple(
        Shot(
            shot.src,
            shot.alt,
            shot.caption,
            shot.kind == "video",
            shot.width,
            shot.height,
            shot.transcript,
        )
        for shot in release.media
        if shot.src in known or shot.src.startswith("https://")
    )
