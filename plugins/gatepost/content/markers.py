"""Lines that may be meant as markers of internal text, and are not quite.

Two lines are markers: `/// internal`, with more words after it if need be, and `///`. Both begin at
the start of the line. Whatever an author may have meant as one of them stops the build, because
passing over it would publish what it was meant to hide. Slashes that are to be read as slashes are
written `&#47;//`, or with a zero-width space between them: nobody does that by a slip.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import islice

MARKER = "/// internal"
OPEN = re.compile(rf"{MARKER}(?:[ \t].*)?")
CLOSE = "///"
SUSPECT = re.compile(
    r"/{2}|/[ \t]+/|\\{2}|[\u2044\u2215\u2571\u29f8\uff0f]|!!!|\?\?\?|:::"
)
"""Every line that could be a marker has one of these; most lines have none."""

Doubt = tuple[str, str]
"""What is doubtful, and the way out."""

_SLASHES = str.maketrans("\u2044\u2215\u2571\u29f8", "////")
_MEANT = re.compile(r"/\u200b/+")
_RUN = re.compile(r"(?<![:/\w`])/(?:[ \t]{0,2}/)+")
# Every repetition is possessive: no line can make the reader try it in all its parts.
_MARGIN = re.compile(
    r"(?:<[^<>]{0,200}+>|\[[ x]\]|\[\^[^\]]{0,40}+\]:|\b\d{1,9}+[.)]|\b[a-z][.)]|\W|_)*+",
    re.IGNORECASE,
)
"""Whatever may stand before the first word of a line: quote and list marks, tags, emphasis."""
_BACKSLASHES = re.compile(r"[\s>*+-]*+\\{2,}+")
_FOREIGN = re.compile(r"[\s>*+-]*+(?:!!!|\?\?\?\+?|:{3,}+)[\W_]*+(?:gp-)?(?=\w)")
_WORD = re.compile(r"[\W_]*(\w[\w-]*)")
_HIDE = frozenset(
    {"private", "confidential", "intern", "interne", "interno", "interna"}
)
_OTHERS = frozenset(
    {
        *("eternal", "external", "integral", "internationally", "internet", "interval"),
        *("intervals", "international"),
    }
)
"""Words that are like *internal* and mean something else."""
_LIKE = 0.75
_ENDS = frozenset({"", "end", "close", "stop", "internal", "endinternal", "public"})
_MARKER_LENGTH = 3
_ONLY = "write `/// internal` alone, at the start of the line"
_QUOTED = 40
_MOST_RUNS = 100
"""Of slashes in one line; there are that many only in a line that is no text."""


def doubt_outside(line: str, *, in_code: bool) -> Doubt | None:
    """What is doubtful about a line that no internal block contains.

    In a sample of code only a line that is nothing but a marker is doubtful: `/// Returns a list`
    is how several languages write documentation.
    """
    said = _plain(line)
    runs = list(islice(_RUN.finditer(said), _MOST_RUNS))
    if not runs and not in_code:
        return _other_sign(line, said)
    doubts = (_doubt_run(line, said, run, in_code=in_code) for run in runs)
    return next(filter(None, doubts), None)


def is_meant(line: str) -> bool:
    """Say whether a line was meant to begin internal text, written right or nearly so."""
    doubt = doubt_outside(line, in_code=False)
    return doubt is not None and doubt[1] == _ONLY


def _doubt_run(
    line: str, said: str, run: re.Match[str], *, in_code: bool
) -> Doubt | None:
    """What is doubtful about slashes that stand together."""
    slashes = run.group().count("/")
    first = _MARGIN.fullmatch(said, 0, run.start()) is not None
    word, alone = _first_word(said[run.end() :])
    if in_code and not (first and alone and word):
        return None
    if slashes < _MARKER_LENGTH:
        meant = word == "internal" or (alone and _means_internal(word))
        return _near(line) if first and meant else None
    if _means_internal(word):
        return _near(line)
    return None if in_code or not first else _strange(line, word)


def doubt_inside(line: str) -> Doubt | None:
    """What is doubtful about a line of an internal block: it may be meant to end the block."""
    said = _plain(line)
    run = _RUN.search(said)
    if run is None or _MARGIN.fullmatch(said, 0, run.start()) is None:
        return None
    word, alone = _first_word(said[run.end() :])
    if OPEN.fullmatch(line.strip()):
        sentence = "an internal block is opened inside another"
        return sentence, "close the first one with `///`"
    if not alone or word not in _ENDS:
        return None
    fix = "write `///` alone, at the start of the line"
    return f"`{_short(line)}` does not close the internal block", fix


def _plain(line: str) -> str:
    """The line as its author saw it: other slashes, accents and invisible signs made plain."""
    if line.isascii():
        return line
    signs = unicodedata.normalize("NFKD", _MEANT.sub("", line)).translate(_SLASHES)
    return "".join(
        sign for sign in signs if unicodedata.category(sign) not in {"Cf", "Mn"}
    )


def _first_word(rest: str) -> tuple[str, bool]:
    """The first word after the slashes, in small letters, and whether it is the only one."""
    match = _WORD.match(rest)
    if match is None:
        return "", True
    word = match.group(1).replace("-", "").replace("_", "").lower()
    return word, not re.search(r"\w", rest[match.end() :])


def _means_internal(word: str) -> bool:
    if word in _OTHERS:
        return False
    if word in _HIDE or word.startswith("internal"):
        return True
    return SequenceMatcher(None, word[:_QUOTED], "internal").ratio() >= _LIKE


def _near(line: str) -> Doubt:
    return f"`{_short(line)}` is nearly a marker of internal text", _ONLY


def _strange(line: str, word: str) -> Doubt:
    if not word:
        sentence = f"`{_short(line)}` closes an internal block, and none is open"
        return sentence, "delete the line, or write `/// internal` above"
    sentence = f"`{_short(line)}` looks like a block, and there is only `/// internal`"
    return sentence, "write `/// internal`; for slashes to be read write `&#47;//`"


def _other_sign(line: str, said: str) -> Doubt | None:
    """Signs that begin a block elsewhere, with the word for what readers must not see."""
    if begun := _BACKSLASHES.match(said):
        word, _ = _first_word(said[begun.end() :])
        return _near(line) if _means_internal(word) else None
    if begun := _FOREIGN.match(said):
        word, _ = _first_word(said[begun.end() :])
        if _means_internal(word):
            return f"`{_short(line)}` hides nothing: everybody would read it", _ONLY
    return None


def _short(line: str) -> str:
    return line.strip()[:_QUOTED]
