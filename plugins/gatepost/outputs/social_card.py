"""The picture beside a shared link: drawn at build time, offline, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from gatepost.audience.entry import Entry
from gatepost.outputs.artifact import FileArtifact, Social
from gatepost.outputs.edition import Edition, Site
from gatepost.outputs.words import plain, type_badges

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageDraw import ImageDraw as Drawing
    from PIL.ImageFont import FreeTypeFont as Font

FOLDER = "social/"
WIDTH, HEIGHT = 1200, 630
"""What Open Graph's readers show without cutting."""

_MARGIN, _BOTTOM = 80, 556
_TITLE_SIZES = (68, 60, 52, 44)
_TITLE_LINES = 4
_PAGE, _INK = (255, 255, 255), (0x13, 0x18, 0x20)
_MUTE = 0.72
"""Share of ink that gives the muted grey of the pages."""
# Text and tint of each kind of badge, as in the light scheme of the style sheet.
_TINTS = {
    "new": ((0x0F, 0x61, 0x30), (0xE2, 0xF5, 0xE8)),
    "improved": ((0x0B, 0x4F, 0xB0), (0xE5, 0xEF, 0xFC)),
    "security": ((0x5D, 0x35, 0xA5), (0xF0, 0xEA, 0xFB)),
    "deprecated": ((0x75, 0x47, 0x00), (0xFC, 0xF0, 0xD4)),
    "issue": ((0x75, 0x47, 0x00), (0xFC, 0xF0, 0xD4)),
    "breaking": ((0xFF, 0xFF, 0xFF), (0xBD, 0x18, 0x30)),
}
_GREY = ((0x47, 0x51, 0x5E), (0xED, 0xF0, 0xF3))
_RAMP = 200
"""Shades from page to ink; the other 56 colours go from a badge's tint to its text."""
_SIMPLER = {"–": "-", "—": "-", "→": "->", "×": "x", "…": "...", "\u00a0": " "}
"""Signs the built-in font lacks, and what stands for them."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What a card says."""

    site: str
    kind: str
    """Kind of the badge; empty for none."""
    badge: str
    title: str
    foot: str
    bare: str
    """Instead of a title that the font cannot show."""


def social(edition: Edition, entry: Entry) -> Social:
    """The card of a release: its own if its author highlights it, else that of its type."""
    site, tongue = edition.site, edition.site.tongue
    badge, headed = type_badges(entry, tongue)[0], tongue.gettext("{word}: {title}")
    if _own(site, entry):
        alt = headed.format(word=badge.text, title=plain(entry.title))
        return Social(f"{FOLDER}releases/{entry.id}.png", alt)
    return Social(
        f"{FOLDER}type/{_kind(entry)}.png",
        headed.format(word=site.name, title=badge.text),
    )


def site_card(site: Site) -> Social:
    """The card of every other page."""
    new = site.tongue.gettext("{name}: what is new").format(name=site.name)
    return Social(f"{FOLDER}site.png", new)


def social_files(edition: Edition) -> Iterator[FileArtifact]:
    """The card of the site, of each type there is, and of each highlighted release."""
    site = edition.site
    if site.insider or site.social_cards == "none":
        return
    about = site.intro or site.description
    title = site.tongue.gettext("What is new in {name}").format(name=site.name)
    yield _file("site", _Words(site.name, "", "", title, about, site.name), site)
    shown = [entry for entry in edition.entries if not entry.unlisted]
    for kind, entry in sorted({_kind(entry): entry for entry in shown}.items()):
        badge = type_badges(entry, site.tongue)[0]
        words = _Words(site.name, badge.kind, badge.text, title, about, site.name)
        yield _file(f"type/{kind}", words, site)
    for entry in shown:
        if _own(site, entry):
            yield _file(f"releases/{entry.id}", _told(site, entry), site)


def _file(name: str, words: _Words, site: Site) -> FileArtifact:
    return FileArtifact(f"{FOLDER}{name}.png", partial(_drawn, words, site.social_font))


def _own(site: Site, entry: Entry) -> bool:
    return not entry.unlisted and (site.social_cards == "all" or entry.highlight)


def _kind(entry: Entry) -> str:
    return "breaking" if entry.breaking else str(entry.type)


def _told(site: Site, entry: Entry) -> _Words:
    badge = type_badges(entry, site.tongue)[0]
    on = site.day(entry.published).text if entry.logged and entry.published else ""
    products = site.tongue.listed(named.label for named in entry.products[:3])
    rows = (one for one in (on, products, entry.version) if one)
    foot = site.tongue.listed(rows)
    title = plain(entry.title)
    return _Words(site.name, badge.kind, badge.text, title, foot, site.name)


@lru_cache(maxsize=64)
def _drawn(words: _Words, font_file: str) -> bytes:
    """The picture as PNG, in at most 256 colours and without a time or a program's name."""
    # Loaded here: a build that draws nothing has no use for it, nor for the time it takes.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    letters = _Letters(font_file)
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    canvas = ImageDraw.Draw(picture)
    letters.line(canvas, (_MARGIN, 64), words.site, 34, _MUTE)
    _title(canvas, letters, letters.shown(words.title) or words.bare)
    letters.line(canvas, (_MARGIN, _BOTTOM - 30), words.foot, 30, _MUTE)
    shades = picture.point([value * (_RAMP - 1) // 255 for value in range(256)])
    if badge := letters.shown(words.badge):
        shades.paste(_badge(letters, badge), (_MARGIN, 132))
    shades.putpalette(_palette(*_TINTS.get(words.kind, _GREY)))
    out = BytesIO()
    shades.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _title(canvas: Drawing, letters: _Letters, title: str) -> None:
    """As large as it fits into four lines."""
    for size in _TITLE_SIZES:
        rows = list(letters.wrapped(title, size, WIDTH - 2 * _MARGIN))
        if len(rows) <= _TITLE_LINES:
            break
    for number, row in enumerate(rows[:_TITLE_LINES]):
        at = (_MARGIN, 208 + number * size * 5 // 4)
        letters.line(canvas, at, row, size, 1.0, bold=True)


def _badge(letters: _Letters, text: str) -> Image.Image:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as in `_drawn`

    wide = int(letters.font(28).getlength(text))
    picture = Image.new("L", (wide + 36, 48), 0)
    letters.line(ImageDraw.Draw(picture), (18, 8), text, 28, 1.0)
    last = 255 - _RAMP
    return picture.point([_RAMP + value * last // 255 for value in range(256)])


def _palette(text: tuple[int, ...], tint: tuple[int, ...]) -> list[int]:
    rest = 256 - _RAMP
    return [*_shades(_PAGE, _INK, _RAMP), *_shades(tint, text, rest)]


def _shades(first: Iterable[int], last: Iterable[int], steps: int) -> Iterator[int]:
    ends = tuple(zip(first, last, strict=True))
    for step in range(steps):
        yield from (one + (other - one) * step // (steps - 1) for one, other in ends)


class _Letters:
    """Draws text in one typeface, and knows which signs it has."""

    def __init__(self, file: str) -> None:
        """Take a font file; without one, the typeface that comes with the drawing library."""
        self.font = cache(partial(_font, file))

    def line(
        self,
        canvas: Drawing,
        at: tuple[int, int],
        text: str,
        size: int,
        ink: float,
        *,
        bold: bool = False,
    ) -> None:
        """Draw one line; a text with a sign the font lacks is left out."""
        rows = list(self.wrapped(self.shown(text), size, WIDTH - 2 * _MARGIN))
        if rows:
            cut = rows[0] + (" ..." if len(rows) > 1 else "")
            font, edge = self.font(size), int(bold)
            canvas.text(at, cut, font=font, fill=int(255 * ink), stroke_width=edge)

    def wrapped(self, text: str, size: int, width: int) -> Iterator[str]:
        """Break a text into lines of at most *width* pixels; a longer word overflows."""
        row, font = "", self.font(size)
        for word in text.split():
            longer = f"{row} {word}".strip()
            if row and font.getlength(longer) > width:
                yield row
                longer = word
            row = longer
        if row:
            yield row

    def shown(self, text: str) -> str:
        """The text in signs the font has; empty if one of them has no stand-in."""
        if any(bidirectional(sign) in {"R", "AL"} for sign in text):
            return ""  # without a shaping engine such letters would stand unjoined, in reverse
        said = "".join(
            sign if self._has(sign) else _SIMPLER.get(sign, "\0") for sign in text
        )
        return "" if "\0" in said else said

    def _has(self, sign: str) -> bool:
        return sign.isspace() or self._picture(sign) != self._picture("\U0010ffff")

    def _picture(self, sign: str) -> bytes:
        return bytes(self.font(20).getmask(sign))


@cache
def _font(file: str, size: int) -> Font:
    from PIL import ImageFont  # noqa: PLC0415 - as in `_drawn`

    if file:
        # The other layout depends on a library that some machines have and others have not.
        basic = ImageFont.Layout.BASIC
        return ImageFont.truetype(Path(file), size, layout_engine=basic)
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - what a size gives
    return font
