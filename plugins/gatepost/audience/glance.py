"""Tell at a glance that a text holds nothing: most do, and reading every layer takes long."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from gatepost.audience.decode import (
    WORD_TAG,
    escaped,
    hidden_in,
    holds_wrapped_run,
    runs_of,
    swallows,
)
from gatepost.audience.normal import BREAK, fold, words
from gatepost.audience.watchlist import Watchlist

_MOST = 400_000
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
_LAYERS = 3


@dataclass(slots=True)
class Glance:
    """Looks at texts of one site; whatever it is not sure of is for `readings` to read.

    It never calls a text clean in which a reading would find a canary: it takes off the few
    encodings every site is full of, and is not sure as soon as something is encoded further, a
    tag stands inside a word, a run of letters could be base64, or a word or pair of words
    belongs to a canary.
    """

    watch: Watchlist
    _words: set[str] = field(default_factory=set)
    """Words that tell nothing."""
    runs: set[str] = field(default_factory=set)
    """Runs of letters and digits that decode to nothing."""
    digests: bool = False
    """Whether the last text may hold a hexadecimal digest."""

    def is_clean(self, text: str) -> bool:
        """Say whether *text* surely holds no canary."""
        self.digests = False
        return self._is_clean(text, _LAYERS)

    def _is_clean(self, text: str, layers: int) -> bool:
        shown = _shown(text)
        if shown is None or not layers:
            self.digests = True
            return False
        if not self._hide_nothing(shown, layers):
            return False
        if "<" not in shown:
            return self._tells_nothing(shown)
        if WORD_TAG.search(shown):
            return False
        pieces = _TAG.split(shown)
        read = " ".join(pieces[::2]), " ".join(pieces[1::2])
        return all(map(self._tells_nothing, read))

    def _hide_nothing(self, text: str, layers: int) -> bool:
        runs = runs_of(text)
        if self.runs.issuperset(runs):
            return True
        fresh = set(runs) - self.runs
        self.digests |= any(len(run) >= _SHORTEST_DIGEST for run in fresh)
        if holds_wrapped_run(fresh, text):
            return False
        hidden = (read for run in fresh for read in hidden_in(run))
        if not all(self._is_clean(read, layers - 1) for read in hidden):
            return False
        _add(self.runs, fresh)
        return True

    def _tells_nothing(self, text: str) -> bool:
        found = words(fold(text))
        if not self._words.issuperset(found):
            fresh = set(found) - self._words
            if any(self.watch.tells(word) for word in fresh):
                return False
            _add(self._words, fresh)
        return not self.watch.runs.may_stand_in(found)


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
    for needs, decode in _DECODERS:
        if swallows(text):
            return None
        if needs in text:
            text = decode(text)
    # What is still encoded now was so twice, or in an unusual order.
    encoded = any(needs in text and decode(text) != text for needs, decode in _DECODERS)
    return None if encoded or swallows(text) else text


def _without_escapes(text: str) -> str:
    return escaped(text.replace("\\n", "\n").replace('\\"', '"'))


def _without_entities(text: str) -> str:
    for written, meant in _USUAL_ENTITIES * 2:
        text = text.replace(written, meant)
    return html.unescape(text)


def _without_percents(text: str) -> str:
    return unquote(text, errors="replace")


_DECODERS = (
    ("\\", _without_escapes),
    ("&", _without_entities),
    ("%", _without_percents),
)
