"""The language of a site: its words for ours, its dates, its numbers.

Words are looked up by the English ones, as gettext does it (`languages/*.po`). Nothing here is
global or follows the machine: the language is part of the site that is composed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from functools import cache
from pathlib import Path

from gatepost.model.moment import MONTHS, Moment, Target
from gatepost.model.span import in_zone
from gatepost.outputs.views import Day

CATALOGUES = Path(__file__).resolve().parent.parent / "languages"
"""Folder with a catalogue `<language>.po` for each language but English."""
_RTL = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"})


def N_(text: str) -> str:  # noqa: N802 - the name gettext's tools look for
    """Mark *text* to be translated where it is used."""
    return text


def NP_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as above
    """Mark both forms of a text with a number to be translated where they are used."""
    return one, many


HALVES = {"H1": N_("first half of {year}"), "H2": N_("second half of {year}")}
"""The halves of a year, as a target of the roadmap names them."""


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left."""
    return lang.partition("-")[0].lower() in _RTL


def own_name(language: str) -> str:
    """What a language calls itself, such as `Deutsch`."""
    # Only sites in several languages ask.
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return language
    name = locale.get_display_name(locale) or language
    return name[:1].upper() + name[1:]


class Tongue:
    """English, the language the program is written in; other languages replace every method."""

    __slots__ = ("code",)

    def __init__(self, code: str = "en") -> None:
        """Name the language by its tag, such as `en` or `pt-BR`."""
        self.code = code

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return is_rtl(self.code)

    def gettext(self, text: str) -> str:
        """Our own *text* in this language."""
        return text

    def pgettext(self, context: str, text: str) -> str:
        """Our own *text* where the same English word means something else elsewhere."""
        del context
        return text

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form of a text that goes with *number*."""
        return one if number == 1 else many

    def plural(self, one: str, many: str, number: int, **more: str) -> str:
        """`1 change`, `5 changes`: the form that goes with *number*, which stands at `{n}`."""
        return self.ngettext(one, many, number).format(n=self.number(number), **more)

    def forms(self, one: str, many: str) -> Mapping[str, str]:
        """Every form of a text, by the names that `Intl.PluralRules` gives them."""
        return {"one": one, "other": many}

    def number(self, number: int) -> str:
        """`1,234`."""
        return f"{number:,}"

    def listed(self, rows: Iterable[str]) -> str:
        """`Team, Enterprise`."""
        return self.gettext(", ").join(rows)

    def day(self, moment: Moment, zone: tzinfo, *, year: bool = True) -> Day:
        """`18 Nov 2026` in the site's zone; without the year inside a month group."""
        local = in_zone(moment.at, zone) if moment.timed else moment.at
        iso = moment.at.isoformat() if moment.timed else moment.day.isoformat()
        return Day(iso, self.date(local.date(), year=year))

    def date(self, day: date, *, year: bool = True) -> str:
        """`18 Nov 2026`, or `18 Nov`."""
        text = f"{day.day} {MONTHS[day.month - 1][:3]}"
        return f"{text} {day.year}" if year else text

    def month(self, year: int, month: int) -> str:
        """`November 2026`."""
        return f"{MONTHS[month - 1]} {year}"

    def month_name(self, month: int) -> str:
        """`November`, standing alone."""
        return MONTHS[month - 1]

    def quarter(self, text: str) -> str:
        """`Q4 2026` for `2026-Q4`."""
        return f"{text[5:]} {text[:4]}"

    def target(self, target: Target) -> str:
        """`Q4 2026`, `Dec 2026`, `second half of 2026`, `2026`."""
        return target.label


ENGLISH = Tongue()


@cache
def tongue_of(code: str) -> Tongue:
    """The language of that tag, or of its first part; English if there is no catalogue.

    Args:
        code: Such as `de` or `pt-BR`.
    """
    if code == "en":
        return ENGLISH
    for name in (code, code.partition("-")[0]):
        if (CATALOGUES / f"{name}.po").is_file():
            # Loaded here: a site in English has no use for it, nor for the time it takes.
            from gatepost.outputs.foreign_tongue import foreign  # noqa: PLC0415

            return foreign(code, CATALOGUES / f"{name}.po")
    return ENGLISH
