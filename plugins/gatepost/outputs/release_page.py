"""The page of one release: the one address it keeps for its whole life."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup, escape

from gatepost.audience.entry import Entry
from gatepost.outputs.artifact import ROOT, PageArtifact
from gatepost.outputs.card import (
    areas,
    badges,
    due_callout,
    entry_link,
    picture,
)
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.feedset import feed_set
from gatepost.outputs.linked_data import linked_data
from gatepost.outputs.log import CHANGELOG
from gatepost.outputs.release_facts import facts
from gatepost.outputs.release_parts import issue_view, lead, notice, parts
from gatepost.outputs.roadmap import ROADMAP
from gatepost.outputs.social_card import social
from gatepost.outputs.templates import render
from gatepost.outputs.tongue import Tongue, is_rtl, own_name
from gatepost.outputs.views import (
    Callout,
    Correction,
    Link,
    Question,
    ReleaseView,
)
from gatepost.outputs.words import (
    availability,
    inline,
    plain,
    spoken,
    type_badges,
)

_ALSO = 12
"""Most changes of the same version that a page lists; their own view lists all."""
_EVERYONE = 100
"""Percent."""


def release_pages(
    edition: Edition,
    desk: Mapping[str, tuple[Link, ...]],
    only: Container[str] | None = None,
) -> Iterator[PageArtifact]:
    """A page for every entry, with its neighbours in the log.

    Args:
        edition: The site and its entries.
        desk: By id, links for colleagues; empty on sites for outsiders.
        only: Ids of the entries whose pages are wanted; all of them when left out.
    """
    places = {entry.id: number for number, entry in enumerate(edition.log)}
    together = _together(edition)
    for entry in edition.entries:
        if only is not None and entry.id not in only:
            continue
        beside = _Beside(
            places.get(entry.id),
            tuple(one for one in together.get(_unit(entry), ()) if one is not entry),
        )
        yield _page(edition, entry, beside, desk.get(entry.id, ()))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside an entry."""

    place: int | None
    """Its place in the log, from 0; None outside."""
    also: tuple[Entry, ...]
    """What came in the same version."""


def _unit(entry: Entry) -> tuple[str, str]:
    product = entry.products[0].key if entry.products else ""
    return (product, entry.version) if entry.version and entry.logged else ("", "")


def _together(edition: Edition) -> dict[tuple[str, str], list[Entry]]:
    """The entries of each version of a product, in the order of the log."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in edition.log:
        if any(unit := _unit(entry)):
            groups.setdefault(unit, []).append(entry)
    return groups


def _page(
    edition: Edition, entry: Entry, beside: _Beside, desk: tuple[Link, ...]
) -> PageArtifact:
    site = edition.site
    product = entry.products[0] if entry.products and entry.logged else None
    feed = (
        feed_set(site, f"product/{product.key}", product.label)
        if product and not entry.unlisted
        else feed_set(site, "all", site.tongue.gettext("All changes"))
    )
    revised = entry.revised
    return PageArtifact(
        path=entry.href,
        title=plain(entry.title),
        description=plain(entry.summary),
        draw=lambda: render(
            "release.html", _view(edition, entry, beside, desk), site.tongue
        ),
        section=CHANGELOG if entry.logged else ROADMAP,
        feed=feed,
        long_text=str if entry.unlisted else partial(_search_text, edition, entry),
        tags=tuple(_search_tags(entry, site.tongue)),
        modified=revised.day.isoformat() if revised else "",
        hidden=entry.unlisted or entry.noindex,
        social=social(edition, entry),
        linked=partial(linked_data, edition, entry) if entry.logged else None,
    )


def _search_text(edition: Edition, entry: Entry) -> str:
    rendered = edition.bodies[entry.id]
    products = " ".join(named.label for named in entry.products)
    words = (
        entry.summary,
        entry.what,
        entry.who,
        entry.action,
        rendered.text,
        products,
    )
    return " ".join(word for word in (*words, entry.version) if word)


def _search_tags(entry: Entry, tongue: Tongue) -> Iterator[str]:
    """Type and products: whoever types one of these words means it."""
    yield from (badge.text for badge in type_badges(entry, tongue))
    yield from (named.label for named in entry.products)


def _view(
    edition: Edition, entry: Entry, beside: _Beside, desk: tuple[Link, ...]
) -> ReleaseView:
    site, gettext = edition.site, edition.site.tongue.gettext
    due = due_callout(entry, site)
    say = partial(spoken, lang=entry.lang)
    return ReleaseView(
        crumb=Link(gettext("Changelog"), f"{ROOT}{CHANGELOG}")
        if entry.logged
        else Link(gettext("Roadmap"), f"{ROOT}{ROADMAP}"),
        version=entry.version,
        badges=badges(entry, site, year=True),
        areas=areas(entry),
        title_html=inline(entry.title),
        lead_html=lead(edition, entry),
        notice=notice(edition, entry),
        due=due,
        waiting=_waiting(entry, site),
        pictures=tuple(picture(entry, shot) for shot in entry.shots),
        parts=parts(entry, site.tongue, action=not due),
        body_html=Markup(edition.bodies[entry.id].html),  # noqa: S704 - sanitised
        issues=tuple(issue_view(entry, issue, site) for issue in entry.issues),
        questions=tuple(
            Question(say(inline(one.q)), say(inline(one.a)), one.ours)
            for one in entry.questions
        ),
        limitations=entry.limitations,
        corrections=tuple(
            Correction(site.day(one.on), say(inline(one.what))) for one in entry.updated
        ),
        facts=tuple(facts(edition, entry)),
        feedback=Link(gettext(entry.feedback.label), entry.feedback.url)
        if entry.feedback
        else None,
        markdown_href=f"{ROOT}{entry.href}index.md",
        also=tuple(
            (type_badges(one, site.tongue)[0], entry_link(one))
            for one in beside.also[:_ALSO]
        ),
        previous=_neighbour(edition, beside.place, 1),
        next=_neighbour(edition, beside.place, -1),
        internal=desk,
        lang=entry.lang,
        rtl=is_rtl(entry.lang),
        translation=of_translation(edition, entry),
        gone=bool(entry.taken_back),
    )


def _neighbour(edition: Edition, place: int | None, step: int) -> Link | None:
    """The entry before (1) or after (-1) in time; after the newest comes the roadmap."""
    if place is None:
        return None
    at = place + step
    if at < 0:
        words = edition.site.tongue.gettext("Nothing newer. See the roadmap")
        return Link(words, f"{ROOT}{ROADMAP}")
    if at >= len(edition.log):
        return None
    one = edition.log[at]
    on = edition.site.day(one.published).text if one.published else ""
    return replace(entry_link(one), note=on)


def _waiting(entry: Entry, site: Site) -> Callout | None:
    """To whoever looks for it in vain while it is rolling out: when everybody has it."""
    gettext = site.tongue.gettext
    if not availability(entry, site.tongue):
        return None
    last = next((one for one in entry.rollout.steps if one[0] == _EVERYONE), None)
    if last is None or last[2] is None or last[3]:
        return None
    text = gettext("It reaches everyone it is meant for by {day}.")
    lead = escape(gettext("Not seeing it yet?"))
    return Callout(
        "blue", "flag", lead, inline(text.format(day=site.day(last[2]).text))
    )


def of_translation(edition: Edition, entry: Entry) -> Link | None:
    """What readers in another language are told: there is no translation, or an older one."""
    site, gettext = edition.site, edition.site.tongue.gettext
    url = dict(site.versions).get(site.written, "")
    if entry.id in edition.stale:
        said = gettext("The original is newer than this translation.")
        href = f"{url}{entry.href}" if url else ""
        return Link(said, href, gettext("Read the original"))
    if not entry.lang or site.written == site.language:
        return None
    said = gettext("This text is not translated yet: it is in {language}.")
    return Link(said.format(language=own_name(entry.lang)), "")
