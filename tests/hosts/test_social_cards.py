"""The picture beside a shared link: there, of the right size, told in the head, offline."""

from __future__ import annotations

import re
import struct
from html import unescape
from io import BytesIO

import pytest
from PIL import Image, ImageFont
from small_project import Project

from gatepost.model.finding import GatepostError

HOST = "https://public.harbour.example/"


def told(project: Project, path: str) -> dict[str, str]:
    """The Open Graph words of a public page, and the card's kind."""
    page = project.read(f"public/{path}index.html")
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">', page
    )
    return {name: unescape(text) for name, text in found}


def card(project: Project, path: str) -> bytes:
    """The file that a page's `og:image` names."""
    address = told(project, path)["og:image"]
    assert address.startswith(HOST)
    return (project.root / "build/public" / address.removeprefix(HOST)).read_bytes()


def set_option(project: Project, line: str) -> None:
    """Add an option to the public site."""
    config = project.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + f"    {line}\n", "utf-8")


def test_a_highlighted_release_has_a_card_of_its_own(project: Project) -> None:
    """1200 by 630, and the head says so, so that no reader has to load it to lay out a page."""
    project.entry("big-change", "title: Exports in `half` the time\nhighlight: true\n")
    project.build("public")
    said = told(project, "releases/big-change/")
    raw = card(project, "releases/big-change/")

    assert struct.unpack(">II", raw[16:24]) == (1200, 630)
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:type"] == "image/png"
    assert said["og:image:alt"] == "New: Exports in half the time"
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:image"] == f"{HOST}social/releases/big-change.png"


def test_the_others_share_one_per_type(project: Project) -> None:
    """A thousand fixes are drawn once; every other page has the site's card."""
    project.entry("one-fix", "type: fixed\n")
    project.entry("other-fix", "type: fixed\n")
    project.build("public")
    drawn = {path for path in project.files("public") if path.startswith("social/")}

    assert drawn == {"social/site.png", "social/type/fixed.png"}
    assert card(project, "releases/one-fix/") == card(project, "releases/other-fix/")
    assert card(project, "changelog/") == project.files("public")["social/site.png"]


def test_a_site_may_have_all_or_none(project: Project) -> None:
    """None leaves no tag that leads nowhere, and the internal site never has any."""
    project.entry("small-change", "")
    set_option(project, "social_cards: all")
    project.build()
    assert "social/releases/small-change.png" in project.files("public")
    assert not [path for path in project.files("internal") if "social/" in path]
    set_option(project, "social_cards: none")
    config = project.root / "site_config.yml"
    config.write_text(
        config.read_text("utf-8").replace("    social_cards: all\n", ""), "utf-8"
    )
    project.build("public")

    assert not [path for path in project.files("public") if path.startswith("social/")]
    assert "og:image" not in told(project, "releases/small-change/")


def test_the_same_words_give_the_same_bytes(project: Project) -> None:
    """No time, no program's name, no chunk of text: only what is seen."""
    project.entry("big-change", "highlight: true\n")
    project.build("public")
    raw = card(project, "releases/big-change/")
    chunks = []
    at = 8
    while at < len(raw):
        size = int.from_bytes(raw[at : at + 4])
        chunks.append(raw[at + 4 : at + 8])
        at += size + 12

    assert set(chunks) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    project.build("public")
    assert card(project, "releases/big-change/") == raw


def test_what_is_drawn_changes_with_the_title(project: Project) -> None:
    """The words are really in the picture; a long title still leaves its margins."""
    project.entry("first-change", "title: Half the time\nhighlight: true\n")
    project.entry("long-change", f"title: {'Very long words ' * 5}\nhighlight: true\n")
    project.build("public")
    first = Image.open(BytesIO(card(project, "releases/first-change/"))).convert("L")
    long = Image.open(BytesIO(card(project, "releases/long-change/"))).convert("L")

    assert first.tobytes() != long.tobytes()
    for one in (first, long):
        dark = one.point([255 * (value < 200) for value in range(256)]).getbbox()
        assert dark is not None
        assert dark[0] >= 78
        assert dark[2] <= 1122
        assert dark[3] <= 580


@pytest.mark.parametrize(
    "title", ["الفواتير بالعربية", "請求書の番号", "Größere Beträge", "Zahlen in €"]
)
def test_a_title_the_font_cannot_show_is_left_out(project: Project, title: str) -> None:
    """No boxes in place of letters: the card then says whose it is."""
    project.entry("other-letters", f"title: {title}\nhighlight: true\n")
    project.entry("other-bare", "title: Ω\nhighlight: true\n")
    project.build("public")

    assert card(project, "releases/other-letters/") == card(
        project, "releases/other-bare/"
    )


def test_a_badge_the_font_cannot_show_leaves_no_empty_box(project: Project) -> None:
    """In another language the word of a type may need signs that the font lacks."""
    config = project.root / "site_config.yml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace("font: false", "font: false\n  language: ar"), "utf-8"
    )
    project.entry("one-fix", "type: fixed\n")
    project.build("public")
    drawn = Image.open(BytesIO(card(project, "releases/one-fix/"))).convert("RGB")

    # Where the badge stands on a card in English.
    box = drawn.crop((80, 132, 200, 180))
    assert box.getcolors() == [(120 * 48, (255, 255, 255))]


@pytest.mark.parametrize("content", [None, b"no font at all"])
def test_a_font_that_is_none_is_named(project: Project, content: bytes | None) -> None:
    """Missing or broken: before anything is drawn."""
    set_option(project, "social_font: own.ttf")
    if content:
        project.write("own.ttf", content)
    with pytest.raises(GatepostError, match=r"names own\.ttf, which is no font"):
        project.build("public")


def test_a_font_of_ones_own(project: Project) -> None:
    """The file is the one that is drawn with."""
    project.entry("big-change", "highlight: true\n")
    project.build("public")
    before = card(project, "releases/big-change/")
    built_in = ImageFont.load_default(20)
    assert isinstance(built_in, ImageFont.FreeTypeFont)
    project.write("own.ttf", built_in.font_bytes)
    set_option(project, "social_font: own.ttf")
    project.build("public")

    assert card(project, "releases/big-change/") == before
