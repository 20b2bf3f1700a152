"""Languages other than English: words from a catalogue, dates and numbers from the CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from gatepost.model.moment import Target
from gatepost.outputs.tongue import HALVES, Tongue

_ENOUGH = 200
"""Below this number every form of every language is used."""


def foreign(code: str, path: Path) -> ForeignTongue:
    """Read the catalogue of a language.

    Args:
        code: Its tag, such as `pt-BR`.
        path: The catalogue, a `.po` file of gettext.
    """
    locale = Locale.parse(code, sep="-")
    with path.open("rb") as file:
        catalogue = read_po(file, locale=str(locale))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return ForeignTongue(code, locale, GNUTranslations(compiled))


class ForeignTongue(Tongue):
    """A language with a catalogue. What the catalogue does not say stays English."""

    __slots__ = ("_locale", "_words")

    def __init__(self, code: str, locale: Locale, words: GNUTranslations) -> None:
        """Take the words and the rules of a language."""
        super().__init__(code)
        self._locale, self._words = locale, words

    def gettext(self, text: str) -> str:
        """Our own *text* in this language."""
        # Behind the empty text a catalogue keeps notes about itself.
        return self._words.gettext(text) if text else ""

    def pgettext(self, context: str, text: str) -> str:
        """Our own *text* where the same English word means something else elsewhere."""
        return self._words.pgettext(context, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form of a text that goes with *number*."""
        return self._words.ngettext(one, many, number)

    def forms(self, one: str, many: str) -> Mapping[str, str]:
        """Every form of a text, by the names that `Intl.PluralRules` gives them."""
        found = {
            self._locale.plural_form(number): self.ngettext(one, many, number)
            for number in range(_ENOUGH)
        }
        return dict(sorted(found.items()))

    def number(self, number: int) -> str:
        """`1.234`."""
        return format_decimal(number, locale=self._locale)

    def date(self, day: date, *, year: bool = True) -> str:
        """`18. Nov. 2026`, or `18. Nov.`."""
        return _dated(self._locale, day, "yMMMd" if year else "MMMd")

    def month(self, year: int, month: int) -> str:
        """`November 2026`."""
        return _dated(self._locale, date(year, month, 1), "yMMMM")

    def month_name(self, month: int) -> str:
        """`November`, standing alone."""
        return str(self._locale.months["stand-alone"]["wide"][month])

    def quarter(self, text: str) -> str:
        """`T4 2026` for `2026-Q4`."""
        first = date(int(text[:4]), 3 * int(text[6:]), 1)
        return _dated(self._locale, first, "yQQQ")

    def target(self, target: Target) -> str:
        """`T4 2026`, `déc. 2026`, `second semestre 2026`, `2026`."""
        year, _, part = target.text.partition("-")
        if part.startswith("Q"):
            return self.quarter(target.text)
        if part.startswith("H"):
            return self.gettext(HALVES[part]).format(year=year)
        return (
            _dated(self._locale, date(int(year), int(part), 1), "yMMM")
            if part
            else year
        )


@lru_cache(maxsize=4096)
def _dated(locale: Locale, day: date, skeleton: str) -> str:
    return format_skeleton(skeleton, day, locale=locale)
