"""Every kind of page in a real browser: for every reader, on every screen, still and alone.

A page is opened once per width, and what was seen there is kept for all tests of this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from layout_shift import NOTE_SHIFTS
from page_kinds import EXAMPLES, KINDS
from playwright.sync_api import Browser, BrowserContext, Page

DESK, PHONE = 1440, 390
WIDTHS = (DESK, PHONE)

READ_TO_THE_END = """
async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const settled = async () => { await frame(); await frame(); };
  await settled();
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
    scrollTo(0, at);
    await settled();
  }
  await Promise.all([...document.images].map((one) => one.decode().catch(() => null)));
  scrollTo(0, 0);
  await settled();
  // The theme's tabs fade in again.
  await Promise.all(document.getAnimations().map((one) => one.finished));
}
"""

ASK_AXE = """
async (options) => {
  const { violations } = await axe.run(document, { iframes: false, ...options });
  return violations.flatMap((rule) => rule.nodes.map((node) =>
    `${document.body.dataset.mdColorScheme}: ${rule.id}: ${node.html.slice(0, 160)}: `
    + node.failureSummary.replace(/\\s+/g, " ")));
}
"""
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
RULES_OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}

TURN_DARK = """
async () => {
  document.body.dataset.mdColorScheme = "slate";
  await new Promise((done) => requestAnimationFrame(done));
  await Promise.all(document.getAnimations().map((one) => one.finished));
}
"""
"""What the reader's own switch does, when the colours have come to rest."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser noticed about a page at one width."""

    faults: list[str]
    """What axe-core has to say."""
    errors: list[str]
    elsewhere: list[str]
    shifts: list[str]
    waiting: int
    """Parts that are still not shown, because their end did not come."""
    width: int
    nodes: int


class Looker:
    """One window of one width, in which page after page is opened."""

    def __init__(
        self, window: BrowserContext, axe: Path, served: dict[str, str]
    ) -> None:
        """Listen to the window."""
        self.page: Page = window.new_page()
        self.page.add_init_script(NOTE_SHIFTS)
        self.axe = axe.read_text("utf-8")
        self.served = served
        self.errors: list[str] = []
        self.asked: list[str] = []
        self.page.on(
            "console",
            lambda said: (
                self.errors.append(said.text) if said.type == "error" else None
            ),
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        window.on("request", lambda sent: self.asked.append(sent.url))

    def look(self, site: str, path: str) -> Seen:
        """Open a page, read it to its end, and have it judged in both schemes."""
        self.errors.clear()
        self.asked.clear()
        self.page.goto(self.served[site] + path)
        self.page.evaluate(READ_TO_THE_END)
        width, nodes, shifts, waiting = self.page.evaluate(
            "[document.documentElement.scrollWidth,"
            " document.querySelectorAll('*').length, window.shifts,"
            " [...document.querySelectorAll('.gp-once')]"
            ".filter((one) => getComputedStyle(one).visibility !== 'visible').length]"
        )
        self.page.evaluate(self.axe)
        faults = self.page.evaluate(ASK_AXE, EVERY_RULE)
        self.page.evaluate(TURN_DARK)
        faults += self.page.evaluate(ASK_AXE, RULES_OF_COLOUR)
        self.page.wait_for_load_state("networkidle")
        own = (self.served[site], "data:", "blob:")
        return Seen(
            faults,
            list(self.errors),
            [url for url in self.asked if not url.startswith(own)],
            shifts,
            waiting,
            width,
            nodes,
        )


@pytest.fixture(scope="module")
def seen(
    browser: Browser, served: dict[str, str], checkout: Path
) -> Iterator[Callable[[str, str, int], Seen]]:
    """What is seen on a page of a site at a width; each is opened once."""
    axe = checkout / "tests/setup/node_modules/axe-core/axe.min.js"
    assert axe.is_file(), "no axe-core: sh tests/setup/checkers.sh fetches it"
    windows = {
        width: browser.new_context(viewport={"width": width, "height": 900})
        for width in WIDTHS
    }
    lookers = {width: Looker(one, axe, served) for width, one in windows.items()}
    yield cache(lambda site, path, width: lookers[width].look(site, path))
    for window in windows.values():
        window.close()


every_page = pytest.mark.parametrize(("site", "path"), EXAMPLES)
every_width = pytest.mark.parametrize("width", WIDTHS)


@every_width
@every_page
def test_axe_finds_nothing(
    seen: Callable[[str, str, int], Seen], site: str, path: str, width: int
) -> None:
    """All rules of axe-core on the light page; those about colours again on the dark one."""
    assert seen(site, path, width).faults == []


@every_width
@every_page
def test_nothing_moves_while_it_loads(
    seen: Callable[[str, str, int], Seen], site: str, path: str, width: int
) -> None:
    """The layout shift is 0, read down to the last picture. Source: web.dev, CLS."""
    assert seen(site, path, width).shifts == []


@every_width
@every_page
def test_everything_is_shown_in_the_end(
    seen: Callable[[str, str, int], Seen], site: str, path: str, width: int
) -> None:
    """What is held back until it is whole does become whole."""
    assert seen(site, path, width).waiting == 0


@every_width
@every_page
def test_nothing_is_wider_than_the_screen(
    seen: Callable[[str, str, int], Seen], site: str, path: str, width: int
) -> None:
    """Nobody scrolls sideways."""
    assert seen(site, path, width).width <= width


@every_width
@every_page
def test_a_page_runs_without_error_and_asks_nobody_else(
    seen: Callable[[str, str, int], Seen], site: str, path: str, width: int
) -> None:
    """No word in the console, no request to another host."""
    found = seen(site, path, width)

    assert found.errors == []
    assert found.elsewhere == []


@pytest.mark.parametrize(
    ("site", "path"), [one for one in EXAMPLES if one[1].startswith("changelog/")]
)
def test_a_changelog_is_a_light_document(
    seen: Callable[[str, str, int], Seen], site: str, path: str
) -> None:
    """At most 1,500 elements, the theme's own among them."""
    assert seen(site, path, DESK).nodes <= 1500


@pytest.mark.parametrize("site", KINDS)
def test_every_page_is_of_a_kind_that_is_looked_at(demo: Path, site: str) -> None:
    """A new kind of page is added to tests/page_kinds.py, with an example."""
    built = demo / "build" / site
    paths = {
        file.relative_to(built).as_posix().removesuffix("index.html")
        for file in built.rglob("*.html")
    }
    kinds = KINDS[site]

    assert (
        sorted(
            one for one in paths if not any(re.fullmatch(kind, one) for kind in kinds)
        )
        == []
    )
    for kind, examples in kinds.items():
        assert [one for one in examples if not re.fullmatch(kind, one)] == []
        assert set(examples) <= paths
