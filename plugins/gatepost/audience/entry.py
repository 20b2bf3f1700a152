"""What one group of readers may see of a release: these types have no internal field at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatepost.model.moment import Moment, Target
from gatepost.model.parts import (
    Compatibility,
    Deprecation,
    Downtime,
    Feedback,
    Migration,
    Security,
    Update,
)
from gatepost.model.phase import Column
from gatepost.model.release import Stage, Type


@dataclass(frozen=True, slots=True)
class Named:
    """A registry row as readers know it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file beside the entry that is published with it."""

    name: str
    """Path below the entry's address, with forward slashes."""
    file: str
    """Path on disk, relative to the project's root. Never shown."""
    width: int | None = None
    """In pixels, if it is a picture that says so."""
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture or video of the entry."""

    src: str
    """Name of an asset, or an https address."""
    alt: str
    caption: str
    video: bool
    width: int | None
    height: int | None
    transcript: str


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """A known issue that readers may know of."""

    id: str
    text: str
    status: str
    affected: str
    workaround: str
    fixed_in: str
    fix_is_out: bool
    """Whether `fixed_in` can be had; before that it is a plan."""
    ours: bool = False
    """Whether it is for colleagues only; never on what outsiders get."""


@dataclass(frozen=True, slots=True)
class Page:
    """A link readers may follow."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer."""

    q: str
    a: str
    ours: bool = False
    """As of a known issue."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Something the release does not do."""

    text: str
    ours: bool = False
    """As of a known issue."""


@dataclass(frozen=True, slots=True)
class Rollout:
    """How much of the audience has it, in public words."""

    share: int
    who: str
    since: Moment | None
    steps: tuple[tuple[int, str, Moment | None, bool], ...]
    """Percent, who, when, reached."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the roadmap says."""

    target: Target | None
    was: Target | None
    confidence: str
    theme: str
    blurb: str
    confirmed: Moment | None
    quarters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as its readers see it."""

    id: str
    title: str
    summary: str
    type: Type
    breaking: bool
    importance: str
    highlight: bool
    stage: Stage | None
    taken_back: str
    """`rolled-back`, `withdrawn`, `cancelled` or empty."""
    taken_back_on: Moment | None
    taken_back_note: str
    personas: tuple[Named, ...]
    products: tuple[Named, ...]
    """Products, then components."""
    plans: tuple[Named, ...]
    regions: tuple[Named, ...]
    platforms: tuple[Named, ...]
    hosting: tuple[Named, ...]
    version: str
    affects_versions: tuple[str, ...]
    tags: tuple[str, ...]
    lang: str
    what: str
    who: str
    action: str
    impact: str
    compatibility: Compatibility | None
    downtime: Downtime | None
    migration: Migration | None
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    related: tuple[str, ...]
    fixes: tuple[str, ...]
    deprecation: Deprecation | None
    security: Security | None
    issues: tuple[OpenIssue, ...]
    shots: tuple[Shot, ...]
    docs: tuple[Page, ...]
    refs: tuple[Page, ...]
    questions: tuple[Question, ...]
    limitations: tuple[Limit, ...]
    feedback: Feedback | None
    rollback_sentence: str
    published: Moment | None
    updated: tuple[Update, ...]
    wording: str
    """Where it stands, in words for readers: `Coming soon`, `Rolling out`, `Available`."""
    rollout: Rollout
    column: Column
    plan: Plan | None
    """None unless it stands on the roadmap."""
    logged: bool
    noindex: bool
    unlisted: bool
    pin: bool
    body: str
    """Markdown these readers may read."""
    assets: tuple[Asset, ...]
    feed_id: str
    seen: datetime
    """When readers first saw it, on the roadmap or in the log; aware."""

    @property
    def href(self) -> str:
        """Its one address, below the site's root."""
        return f"releases/{self.id}/"

    @property
    def revised(self) -> Moment | None:
        """When it last changed in a way subscribers were told of, else when it was published."""
        told = [update.on for update in self.updated if update.notify]
        return max([*told, *([self.published] if self.published else [])], default=None)
