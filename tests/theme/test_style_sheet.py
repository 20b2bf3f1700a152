"""The style sheet: small, self-sufficient, readable in both schemes."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

LIGHT, DARK = 0, 1
_PAIR = re.compile(r"(--[\w-]+): light-dark\((#\w+), (#\w+)\)")


@pytest.fixture(scope="module")
def assets(checkout: Path) -> Path:
    """Where the style sheet and the script lie."""
    return checkout / "theme" / "assets"


@pytest.fixture(scope="module")
def css(assets: Path) -> str:
    """The style sheet's text."""
    return (assets / "gatepost.css").read_text("utf-8")


@pytest.fixture(scope="module")
def colours(css: str) -> dict[str, tuple[str, str]]:
    """Token to its colour in the light and in the dark scheme."""
    return {name: (light, dark) for name, light, dark in _PAIR.findall(css)}


def test_the_style_sheet_stays_small(assets: Path) -> None:
    """At most 30,000 bytes as it is, at most 12 KB packed."""
    raw = (assets / "gatepost.css").read_bytes()

    assert len(raw) <= 30_000
    assert len(gzip.compress(raw, 9)) <= 12 * 1024


def test_the_script_stays_small(assets: Path) -> None:
    """At most 8 KB packed, for comfort only."""
    assert len(gzip.compress((assets / "gatepost.js").read_bytes(), 9)) <= 8 * 1024


@pytest.mark.parametrize("name", ["gatepost.css", "gatepost.js"])
def test_nothing_is_asked_of_another_host(assets: Path, name: str) -> None:
    """A reader's visit is nobody else's business."""
    text = (assets / name).read_text("utf-8")

    assert not re.findall(r"https?:|@import|url\(|//\w+\.\w+", text)


def _luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    digits = colour.lstrip("#")
    if len(digits) == len("fff"):
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dim, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


PAGE, INK, MUTE = (
    "--md-default-bg-color",
    "--md-default-fg-color",
    "--md-default-fg-color--light",
)
EDGE, LINK = "--md-default-fg-color--lighter", "--md-typeset-a-color"
GROUNDS = (PAGE, "--gp-sunk", "--gp-raised")
MEANINGS = ("green", "blue", "grey", "violet", "amber", "red")
TINTS = tuple(f"--gp-{name}-bg" for name in MEANINGS)
READABLE = (
    *((INK, ground, 7.0) for ground in (*GROUNDS, *TINTS)),
    *((MUTE, ground, 4.5) for ground in (*GROUNDS, *TINTS)),
    *((LINK, ground, 4.5) for ground in (*GROUNDS, "--gp-red-bg", "--gp-amber-bg")),
    *((f"--gp-{name}", f"--gp-{name}-bg", 4.5) for name in MEANINGS),
    *((f"--gp-{name}", ground, 4.5) for name in MEANINGS for ground in GROUNDS),
    *((EDGE, ground, 3.0) for ground in (PAGE, "--gp-sunk")),
    *(("--gp-focus", ground, 3.0) for ground in (PAGE, "--gp-red-bg")),
)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), READABLE)
def test_every_text_stands_out_from_its_ground(
    colours: dict[str, tuple[str, str]],
    text: str,
    ground: str,
    least: float,
    scheme: int,
) -> None:
    """Text has at least 4.5 to 1, long text 7, edges of controls 3. Source: WCAG 2.2, 1.4.3."""
    assert _contrast(colours[text][scheme], colours[ground][scheme]) >= least


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["green", "amber", "red"])
def test_white_reads_on_every_filled_colour(
    colours: dict[str, tuple[str, str]], name: str, scheme: int
) -> None:
    """A filled badge carries white text, and is seen against the page."""
    filled = colours[f"--gp-{name}-x"][scheme]

    assert _contrast("#fff", filled) >= 4.5
    assert _contrast(colours[PAGE][scheme], filled) >= 3


def test_every_token_that_is_used_is_defined(css: str) -> None:
    """A misspelt token would silently give no colour and no space."""
    used = set(re.findall(r"var\((--gp-[\w-]+)", css))
    defined = set(re.findall(r"(--gp-[\w-]+):", css))

    assert used - defined == set()
