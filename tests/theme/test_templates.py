"""The templates: whatever a view holds, the page is whole, escaped and needs no script."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from itertools import count, pairwise
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from markupsafe import Markup

from gatepost.outputs import flag_views, gate_views, views
from gatepost.outputs.calendar_views import CalendarView
from gatepost.outputs.metrics_page import MetricsView
from gatepost.outputs.rollback_page import RollbackView
from gatepost.outputs.support_brief import BriefView
from gatepost.outputs.support_search import SearchView
from gatepost.outputs.templates import render
from gatepost.outputs.trail_page import TrailView

HOSTILE = "<script>alert(1)</script>\"'&"
# Fields whose words are chosen by our code, never by an author.
CHOSEN = {
    "icon": "plus",
    "kind": "new",
    "tone": "red",
    "confidence": "high",
    "key": "now",
}
NAMES = {"id", "anchor"}
COUNT = count()
TEMPLATES = {
    "board_act.html": gate_views.ActRow,
    "board_row.html": gate_views.BoardRow,
    "calendar.html": CalendarView,
    "card.html": views.Card,
    "changelog.html": views.ChangelogView,
    "checklists.html": gate_views.ChecklistsView,
    "deprecations.html": views.DeprecationsView,
    "flag.html": flag_views.FlagView,
    "flags.html": flag_views.FlagsView,
    "home.html": views.HomeView,
    "known_issues.html": views.IssuesView,
    "metrics.html": MetricsView,
    "readiness.html": gate_views.ReadinessView,
    "readiness_board.html": gate_views.BoardView,
    "release.html": views.ReleaseView,
    "roadmap.html": views.RoadmapView,
    "rollback.html": RollbackView,
    "subscribe.html": views.SubscribeView,
    "support_brief.html": BriefView,
    "support_search.html": SearchView,
    "trail.html": TrailView,
}
PARTS = {"board_act.html", "board_row.html", "card.html"}
"""Drawn once and set into several pages."""
DESK_SCRIPTS = "gatepost:/assets/gatepost-desk-"
VOID = {"br", "img", "input", "link", "meta", "hr"}


def hostile(kind: Any, name: str = "") -> Any:
    """A value of *kind* in which every free text tries to break out of its place."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        values = {one.name: hostile(hints[one.name], one.name) for one in fields(kind)}
        return kind(**values)  # type: ignore[operator]  # a class, as the hints say
    if get_origin(kind) in (Union, UnionType):
        there = next(one for one in get_args(kind) if one is not type(None))
        return hostile(there, name)
    members = get_args(kind)
    if members and members[-1] is Ellipsis:
        return (hostile(members[0], name),)
    return tuple(hostile(one) for one in members) or _word(kind, name)


def _word(kind: type, name: str) -> object:
    if kind is not str:
        return Markup("<em>said</em>") if kind is Markup else kind(1)
    return f"{name}-{next(COUNT)}" if name in NAMES else CHOSEN.get(name, HOSTILE)


def empty(kind: Any) -> Any:
    """A value of *kind* that says as little as its type allows."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        values = {one.name: empty(hints[one.name]) for one in fields(kind)}
        return kind(**values)  # type: ignore[operator]  # a class, as the hints say
    if get_origin(kind) in (Union, UnionType):
        return None
    return () if get_origin(kind) is tuple else kind()


class Outline(HTMLParser):
    """What a browser makes of a fragment: headings, ids, and tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.attributes += [(name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        # Internal pages bring scripts of their own, from our folder and by nothing an author wrote.
        source = dict(attrs).get("src") or ""
        if tag == "script" and not source.startswith(DESK_SCRIPTS):
            self.wrong.append("<script>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that begins and ends at once, as in drawings."""
        self.handle_starttag(tag, attrs)
        self.open = self.open[:-1] if tag not in VOID else self.open

    def handle_endtag(self, tag: str) -> None:
        """Note what ends, and whether it was open."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


@pytest.mark.parametrize(("name", "kind"), TEMPLATES.items())
def test_words_of_authors_stay_words(name: str, kind: type) -> None:
    """No free text becomes a tag, ends an attribute or runs."""
    page = Outline(render(name, hostile(kind)))

    assert page.wrong == []
    assert page.open == []


@pytest.mark.parametrize(("name", "kind"), TEMPLATES.items())
def test_a_page_that_has_little_to_say_is_whole(name: str, kind: type) -> None:
    """Every optional part may be missing."""
    page = Outline(render(name, empty(kind)))

    assert (page.wrong, page.open) == ([], [])


@pytest.mark.parametrize(
    ("name", "kind"), [pair for pair in TEMPLATES.items() if pair[0] not in PARTS]
)
def test_a_page_has_one_title_and_headings_in_order(name: str, kind: type) -> None:
    """One `h1`, first; no level is left out on the way down."""
    levels = Outline(render(name, hostile(kind))).headings

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize(("name", "kind"), TEMPLATES.items())
def test_a_page_works_without_script_and_without_inline_style(
    name: str, kind: type
) -> None:
    """A strict content security policy of the host loses nothing."""
    page = Outline(render(name, hostile(kind)))

    assert [
        key for key, _ in page.attributes if key == "style" or key.startswith("on")
    ] == []


@pytest.mark.parametrize(("name", "kind"), TEMPLATES.items())
def test_ids_are_unique_and_every_reference_is_met(name: str, kind: type) -> None:
    """Anchors lead to one place, and a label names something that is there."""
    page = Outline(render(name, hostile(kind)))
    asked = {value for key, value in page.attributes if key == "aria-labelledby"}

    assert len(page.ids) == len(set(page.ids))
    assert asked <= set(page.ids)


def test_every_class_is_ours_and_styled(checkout: Path) -> None:
    """Classes begin with `gp-`, and the style sheet or the frame's theme knows them."""
    sheets = sorted((checkout / "theme" / "assets").glob("gatepost*.css"))
    css = "".join(sheet.read_text("utf-8") for sheet in sheets)
    styled = set(re.findall(r"\.(gp-[\w-]+)", css))
    for name, kind in TEMPLATES.items():
        page = Outline(render(name, hostile(kind)))
        used = {
            one
            for key, value in page.attributes
            if key == "class"
            for one in value.split()
        }
        # One letter marks a state inside a part: done, current, warning; filled, cut, unlit.
        words = {one for one in used if len(one) > 1} - {"md-typeset"}

        assert {one for one in words if not one.startswith("gp-")} == set()
        assert words - styled == set()


def test_templates_stay_short(checkout: Path) -> None:
    """At most about sixty lines each: what is longer hides a part that wants its own file."""
    files = sorted((checkout / "theme").rglob("*.html"))

    assert files
    assert {
        file.name for file in files if len(file.read_text("utf-8").splitlines()) > 65
    } == set()


def test_an_icon_nobody_drew_is_an_error() -> None:
    """A misspelt icon stops the build instead of leaving a hole."""
    badge = views.Badge("new", "no-such-icon", "New")
    view = hostile(views.Card)
    fields_of = {one.name: getattr(view, one.name) for one in fields(view)}

    with pytest.raises(Exception, match="no-such-icon"):
        render("card.html", views.Card(**{**fields_of, "badges": (badge,)}))
