"""What a reader sees at an address that has no page: what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gatepost.outputs.artifact import ROOT
from gatepost.outputs.edition import Site
from gatepost.outputs.log import CHANGELOG
from gatepost.outputs.roadmap import ROADMAP
from gatepost.outputs.templates import render
from gatepost.outputs.views import Link

NAME = "404.html"


@dataclass(frozen=True, slots=True)
class MissingView:
    """`/404.html`. Template: missing.html."""

    title: str
    lead: str
    links: tuple[Link, ...]


def missing_title(site: Site) -> str:
    """What the page is called."""
    return site.tongue.gettext("Page not found")


def missing(site: Site, root: str, *, search: bool) -> Markup:
    """The content of the page.

    Args:
        site: Whose page it is.
        root: Path of the site on its server: the page is shown at whatever address was asked for,
            so that no relative address would work.
        search: Whether the site can be searched.
    """
    gettext = site.tongue.gettext
    lead = [gettext("There is no page at this address. It may have moved.")]
    if search:
        lead.append(gettext("The search finds every change by its words."))
    view = MissingView(
        title=missing_title(site),
        lead=" ".join(lead),
        links=(
            Link(gettext("Changelog"), f"{ROOT}{CHANGELOG}"),
            Link(gettext("Roadmap"), f"{ROOT}{ROADMAP}"),
            Link(gettext("Home"), ROOT),
        ),
    )
    drawn = render("missing.html", view, site.tongue)
    return Markup(drawn.replace(ROOT, f"{root.rstrip('/')}/"))  # noqa: S704 - addresses only
