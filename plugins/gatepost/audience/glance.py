"""Tell at a glance that a text holds nothing: most do, and reading every layer takes long."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from ahocorasick_rs import AhoCorasick

from gatepost.audience.decode import (
    WORD_TAG,
    escaped,
    hidden_in,
    holds_wrapped_run,
    long_runs_of,
    swallows,
)
from gatepost.audience.known import KnownTexts
from gatepost.audience.normal import BREAK, fold, spaced, words
from gatepost.audience.watchlist import Watchlist

_MOST = 100_000
_TAG = re.compile(rf"(<(?:!--|[a-zA-Z/!?][^<>{BREAK}]*>)|-->)")
_USUAL_ENTITIES = (
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&#39;", "'"),
    ("&#34;", '"'),
)
_CUT_ENTITY = re.compile(r"&#?\w*<")
"""A tag where an entity may go on."""
_FOLDED = ("\r", "=\n", "\0")
_SHORTEST_DIGEST = 32
_UP = ('"../../../', '"../../', '"../')
"""How far up an address begins says nothing, and differs between pages that show the same."""
_LAYERS = 3
_FEW = 40


@dataclass(slots=True)
class Glance:
    """Looks at texts of one site; whatever it is not sure of is for `readings` to read.

    It never calls a text clean in which a reading would find a canary: it takes off the few
    encodings every site is full of, and is not sure as soon as something is encoded further, a
    tag stands inside a word, a run of letters could be base64, or a word or run of words
    belongs to a canary.
    """

    watch: Watchlist
    digests: bool = False
    """Whether the last text may hold a hexadecimal digest."""
    _signs: AhoCorasick = field(init=False)
    """Finds in one pass whatever makes a canary likely."""
    _runs: set[str] = field(default_factory=set)
    """Runs of letters and digits that decode to nothing."""
    _lines: KnownTexts = field(default_factory=KnownTexts)
    """Lines without their encodings: those of a page come again in feeds and JSON."""

    def __post_init__(self) -> None:
        self._signs = AhoCorasick(sorted(self.watch.signs()), store_patterns=False)

    def is_clean(self, text: str) -> bool:
        """Say whether *text* surely holds no canary."""
        self.digests = False
        shown = _shown(text)
        if shown is None:
            self.digests = True
            return False
        for up in _UP:
            shown = shown.replace(up, '"')
        new = self._lines.fresh(shown.split("\n"))
        clean = all(map(self._tells_nothing, new.blocks))
        if clean:
            self._lines.add_lines(new)
        return clean

    def own(self, runs: Iterable[str]) -> None:
        """Take *runs* as decoding to nothing."""
        self._runs.update(runs)

    def _tells_nothing(self, text: str, layers: int = _LAYERS) -> bool:
        if not self._hides_nothing(text, layers):
            return False
        if "<" not in text:
            return not self._shows_signs(text)
        if WORD_TAG.search(text):
            return False
        pieces = _TAG.split(text)
        read = " ".join(pieces[::2]), " ".join(pieces[1::2])
        return not any(map(self._shows_signs, read))

    def _hides_nothing(self, text: str, layers: int) -> bool:
        runs = long_runs_of(text)
        if self._runs.issuperset(runs):
            return True
        fresh = set(runs) - self._runs
        self.digests |= any(len(run) >= _SHORTEST_DIGEST for run in fresh)
        if holds_wrapped_run(fresh, text):
            return False
        hidden = (read for run in fresh for read in hidden_in(run))
        if not all(self._is_clean_inside(read, layers - 1) for read in hidden):
            return False
        _add(self._runs, fresh)
        return True

    def _is_clean_inside(self, text: str, layers: int) -> bool:
        shown = _shown(text)
        if shown is None or not layers:
            self.digests = True
            return False
        return self._tells_nothing(shown, layers)

    def _shows_signs(self, text: str) -> bool:
        if not self._signs.find_matches_as_indexes(f" {spaced(text)} "):
            return False
        return self.watch.tells(words(fold(text)))


def _add(known: set[str], fresh: set[str]) -> None:
    if len(known) > _MOST:
        known.clear()
    known |= fresh


def _shown(text: str) -> str | None:
    """*text* without the usual encodings; None if there are others."""
    if any(fold in text for fold in _FOLDED):
        return None
    if "&" in text and _CUT_ENTITY.search(text):
        return None
    if "\\" in text:
        # Most of JSON is encoded with these two alone.
        text = text.replace("\\n", "\n").replace('\\"', '"')
    for needs, decode in _DECODERS:
        if swallows(text):
            return None
        if needs in text:
            text = decode(text)
    # What is still encoded now was so twice, or in an unusual order.
    encoded = any(needs in text and again(text) != text for needs, again in _AGAIN)
    return None if encoded or swallows(text) else text


def _without_entities(text: str) -> str:
    # A feed is full of few entities, of which some are markup again; a page has hardly any.
    if text.count("&") > _FEW:
        for written, meant in _USUAL_ENTITIES * 2:
            text = text.replace(written, meant)
    for _ in range(_LAYERS):
        before, text = text, html.unescape(text)
        if before == text:
            break
    return text


def _without_percents(text: str) -> str:
    return unquote(text, errors="replace")


_DECODERS = (
    ("\\", escaped),
    ("&", _without_entities),
    ("%", _without_percents),
)
_AGAIN = (
    ("\\", escaped),
    ("&", html.unescape),
    ("%", _without_percents),
)
