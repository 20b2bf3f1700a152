"""What the templates get: one finished view object each, nothing left to decide.

Every text is ready to show, every address ready to use: `gatepost:/releases/x/` stands for the
site's root and is made relative (pages) or absolute (feeds) when the file is composed. Names that
end in `_html` are safe markup; everything else is plain text for autoescape.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gatepost.audience.entry import Limit


@dataclass(frozen=True, slots=True)
class Link:
    """An address and its words."""

    text: str
    href: str
    note: str = ""
    """A muted second line or word; may be empty."""


@dataclass(frozen=True, slots=True)
class Day:
    """For `<time datetime="{iso}">{text}</time>`."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A word with an icon. Never a link."""

    kind: str
    """Modifier of the class: `gp-b-{kind}`. One of new, improved, fixed, security, deprecated,
    removed, issue, notice, breaking, go, info, warn, red, nogo, x (filled amber), line (outlined),
    grey."""
    icon: str
    """Name for the icon macro."""
    text: str


@dataclass(frozen=True, slots=True)
class Callout:
    """A tinted box: red act, amber will end, blue information."""

    tone: str
    """`red`, `amber` or `blue`."""
    icon: str
    lead_html: Markup
    """First sentence, bold."""
    text_html: Markup
    """The rest; may be empty."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or video with its size, so that nothing jumps."""

    src: str
    alt: str
    caption_html: Markup
    width: int | None
    height: int | None
    video: bool = False
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One entry in a list: `.gp-entry`, major or minor."""

    id: str
    href: str
    title_html: Markup
    day: Day
    """Without the year: it stands in a month group."""
    year: str
    """Empty where the language puts it in front of the day."""
    """For lists that are no month group."""
    version: str
    version_href: str
    """The static view of that version; empty if there is none."""
    badges: tuple[Badge, ...]
    areas: tuple[Link, ...]
    text_html: Markup
    """The summary."""
    major: bool
    gone: bool
    """Rolled back or withdrawn: title struck through."""
    callout: Callout | None
    picture: Picture | None
    lang: str
    """`lang` attribute when it differs from the page's; else empty."""
    rtl: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A row of the action-needed panel: date, what to do as a link, what happens otherwise."""

    day: Day
    href: str
    what_html: Markup
    otherwise: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A pill that links to a prebuilt view."""

    text: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class FeedSet:
    """One feed in its three formats."""

    name: str
    rss: str
    atom: str
    json: str
    about: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """A month group: `<h2 id="2026-11">November 2026 <small>5 changes</small></h2>`."""

    id: str
    label: str
    count: str
    cards_html: tuple[Markup, ...]
    """Cards, each rendered once by `card.html` and reused by every list."""


@dataclass(frozen=True, slots=True)
class ChangelogView:
    """`/changelog/` and every static view of it. Template: changelog.html."""

    title: str
    """`Changelog`, or the name of the view: `Billing`, `Fixed`, `2025`, `Billing 4.18.0`."""
    lead: str
    crumb: Link | None
    """Back to the whole log, on views."""
    feed: FeedSet
    """The feed that matches this page; shown in the Subscribe menu."""
    subscribe_href: str
    due: tuple[Due, ...]
    """Empty on views and when nothing is due: then no panel."""
    types: tuple[Chip, ...]
    """All first, then one per type."""
    menus: tuple[tuple[str, tuple[Chip, ...]], ...]
    """Label and links of each menu: Product, For."""
    plans: tuple[tuple[str, str], ...]
    """Key and label of every plan; a filter that needs the script."""
    base_href: str
    """The whole log, where combined filters lead."""
    index_href: str
    """What combined filters search."""
    months: tuple[Month, ...]
    index: tuple[tuple[str, tuple[Chip, ...]], ...]
    """Index at the side: each year of this page, and its months wherever they stand."""
    years: tuple[Chip, ...]
    """Every year of the log."""
    roadmap_href: str
    position: str
    """`Page 2 of 8`; empty if there is one page."""
    newer: Link | None
    older: Link | None
    empty: str
    """Said instead of the list when there is no entry; else empty."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the meta rail: label above value."""

    label: str
    value: str = ""
    mono: bool = False
    links: tuple[Link, ...] = ()
    day: Day | None = None
    lines: tuple[str, ...] = ()
    """Muted lines beneath, such as the steps of a rollout."""
    share: int | None = None
    """Percent for the rollout bar; None shows no bar."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A known issue."""

    anchor: str
    text_html: Markup
    status: Badge
    workaround_html: Markup
    affected: str
    fix: str
    """`Fixed in 4.18.1`, or that it is planned."""
    entry: Link | None = None
    """The entry it belongs to, on the page of all issues."""
    ours: bool = False
    """Whether it is for colleagues only and must not be told to customers."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer."""

    q_html: Markup
    a_html: Markup
    ours: bool = False
    """Whether it is for colleagues only."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated line of the entry's history."""

    day: Day
    text_html: Markup


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """`/releases/<id>/`. Template: release.html.

    In this order: crumb, badges and areas, title, lead, notice, pictures, what changed, for whom,
    what to do, body, known issues, questions, corrections, previous and next; facts at the side.
    """

    crumb: Link
    version: str
    badges: tuple[Badge, ...]
    areas: tuple[Link, ...]
    title_html: Markup
    lead_html: Markup
    notice: Callout | None
    """Rolled back, withdrawn, cancelled, not released yet, superseded."""
    due: Callout | None
    """Breaking change or deadline: what to do, by when."""
    waiting: Callout | None
    """While it is rolling out: when it reaches those who do not see it yet."""
    pictures: tuple[Picture, ...]
    parts: tuple[tuple[str, Markup], ...]
    """Heading and text: What changed, Who it is for, What to do, Effect on existing use."""
    body_html: Markup
    """The author's Markdown, to stand in `.md-typeset`."""
    issues: tuple[Issue, ...]
    questions: tuple[Question, ...]
    limitations: tuple[Limit, ...]
    corrections: tuple[Correction, ...]
    facts: tuple[Fact, ...]
    feedback: Link | None
    markdown_href: str
    """The same as Markdown."""
    also: tuple[tuple[Badge, Link], ...]
    """What else came in the same version."""
    previous: Link | None
    next: Link | None
    internal: tuple[Link, ...]
    """On the internal site: readiness, source line. Empty on public ones."""
    lang: str
    rtl: bool
    translation: Link | None
    """What is to be said of the translation; the way to the original, if there is one, by its
    note."""
    gone: bool


@dataclass(frozen=True, slots=True)
class RoadmapItem:
    """A card of the roadmap."""

    href: str
    title_html: Markup
    text_html: Markup
    stage: str
    """How mature it is when it comes: `Public preview`; may be empty."""
    badge: Badge | None
    areas: tuple[Link, ...]
    when: str
    """`Q1 2027`, `Dec 2026, was Nov` or empty under Later."""
    day: Day | None
    """For shipped items."""
    version: str
    confidence: str
    """`high`, `medium`, `low` or empty."""
    stale: str
    """`Not confirmed since 3 Aug 2026`; else empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """Now, Next, Later or Shipped."""

    key: str
    title: str
    about: str
    items: tuple[RoadmapItem, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the timeline: the items that fall into its quarters."""

    span: int
    """Quarters it covers."""
    items: tuple[RoadmapItem, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The rows of one product on the timeline, each with a cell for every quarter."""

    label: str
    rows: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Quarters across, products down."""

    quarters: tuple[str, ...]
    lanes: tuple[Lane, ...]
    today: Day
    place: float
    """Where today is, in percent from the first quarter's first day to the last one's end."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """An item that will not come after all."""

    entry: Link
    day: Day | None
    why_html: Markup


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """`/roadmap/`. Template: roadmap.html. Columns, the timeline, what was dropped."""

    title: str
    lead: str
    columns: tuple[Column, ...]
    timeline: Timeline | None
    dropped: tuple[Dropped, ...]
    feed: FeedSet
    subscribe_href: str
    calendar_href: str
    words: tuple[tuple[str, str], ...]
    """Each word for where something stands or how mature it is, and its meaning."""
    notice: str
    updated: Day


@dataclass(frozen=True, slots=True)
class IssuesView:
    """`/known-issues/`. Template: known_issues.html. Open ones first, then fixed ones."""

    title: str
    lead: str
    feed: FeedSet
    subscribe_href: str
    open: tuple[Issue, ...]
    fixed: tuple[Issue, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class DeprecationRow:
    """A row of the deprecation table."""

    entry: Link
    areas: tuple[Link, ...]
    notice: Day | None
    sunset: Day | None
    state: Badge
    replacement_html: Markup
    action_html: Markup


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """What a programming interface answers about an end that lies ahead."""

    entry: Link
    lines: str
    """The headers, one to a line, to copy."""


@dataclass(frozen=True, slots=True)
class DeprecationsView:
    """`/deprecations/`. Template: deprecations.html. Soonest end first."""

    title: str
    lead: str
    feed: FeedSet
    subscribe_href: str
    calendar_href: str
    ahead: tuple[DeprecationRow, ...]
    past: tuple[DeprecationRow, ...]
    headers: tuple[HeaderRow, ...]
    """Of the soonest ends."""
    data_href: str
    """The same and all others, for programs."""
    empty: str


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """`/subscribe/`. Template: subscribe.html. Every feed explained, to copy."""

    title: str
    lead: str
    main: FeedSet
    """The whole log, first and large; hrefs absolute so that they can be copied."""
    groups: tuple[tuple[str, tuple[FeedSet, ...]], ...]
    """Heading (By product, By type, For whom, Roadmap) and feeds."""
    json_href: str
    preview: tuple[Link, ...]
    """What the main feed tells now, the newest first, each with its day."""
    calendars: tuple[Link, ...] = ()
    """Calendars to subscribe to, absolute, all dates first."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """`/`. Template: home.html: latest releases, what is next, how to subscribe."""

    title: str
    lead: str
    due: tuple[Due, ...]
    pinned_html: tuple[Markup, ...]
    """What stays on top, whatever its day."""
    cards_html: tuple[Markup, ...]
    all: Link
    upcoming: tuple[RoadmapItem, ...]
    roadmap: Link | None
    feed: FeedSet
    subscribe: Link
    empty: str
    desk: tuple[Link, ...] = ()
    """On the internal site: readiness board, flags and the like, with counts as notes."""
