"""An entry on paper, in colours the system forces, and for readers whom motion makes ill."""

from __future__ import annotations

import re
import zlib

import pytest
from playwright.sync_api import Browser, Page, expect

AROUND = (
    ".md-header",
    ".md-tabs",
    ".md-sidebar",
    ".md-footer",
    ".gp-menu",
    ".gp-pn",
    ".gp-index",
    ".gp-filters",
)
"""What leads around the site, and is of no use on paper."""


def opened(browser: Browser, address: str, **context: object) -> Page:
    """A page in a window of its own."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["releases/retry-plan/", "changelog/", "roadmap/"])
def test_a_page_on_paper(
    browser: Browser, served: dict[str, str], path: str, scheme: str
) -> None:
    """No way around the site; black on white, whatever the screen shows; links can be told."""
    page = opened(browser, served["public"] + path, color_scheme=scheme)
    page.emulate_media(media="print")
    ink, ground, *links = page.evaluate(
        """() => [getComputedStyle(document.querySelector("h1")).color,
          getComputedStyle(document.body).backgroundColor,
          ...[...document.querySelectorAll("article p a:not([class])")]
            .map((one) => getComputedStyle(one).textDecorationLine)]"""
    )
    shown = [one for one in AROUND if page.locator(f"{one}:visible").count()]
    page.context.close()

    assert shown == []
    assert ink == "rgb(19, 24, 32)"
    assert ground == "rgb(255, 255, 255)"
    assert set(links) == (set() if path == "roadmap/" else {"underline"})


def test_an_entry_becomes_a_document(browser: Browser, served: dict[str, str]) -> None:
    """A few sheets, whose links still lead somewhere."""
    page = opened(browser, f"{served['public']}releases/retry-plan/")
    printed = page.pdf(format="A4", print_background=True)
    page.context.close()
    inside = b"".join(
        zlib.decompress(one)
        for one in re.findall(
            rb"FlateDecode.*?stream\r?\n(.*?)endstream", printed, re.DOTALL
        )
    )
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed + inside))

    assert 1 <= sheets <= 4
    assert b"docs.tidewater.example" in printed + inside


def test_forced_colours_keep_every_border(
    browser: Browser, served: dict[str, str]
) -> None:
    """Where tints are taken away, a line shows what a badge, a note or a bar was."""
    page = opened(
        browser,
        f"{served['public']}releases/parallel-invoices/",
        forced_colors="active",
    )
    for part in (".gp-b", ".gp-note", ".gp-card"):
        one = page.locator(f"{part}:visible").first
        expect(one).to_have_css("border-top-style", "solid")
        expect(one).to_have_css("border-top-width", "1px")
    page.context.close()


def test_nothing_moves_for_those_it_makes_ill(
    browser: Browser, served: dict[str, str]
) -> None:
    """No transition of more than a frame, no animation. Source: WCAG 2.2, 2.3.3."""
    page = opened(browser, f"{served['public']}changelog/", reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return [style.transitionDuration, style.animationDuration]
            .some((all) => all.split(", ").some((time) => parseFloat(time) > 0.02));
        }).map((one) => one.className)"""
    )
    page.context.close()

    assert moving == []
