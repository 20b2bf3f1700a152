"""What would give a value away: its telling words, names and runs of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from gatepost.audience.decode import structured, untagged
from gatepost.audience.normal import BREAK, fold, letters, size_of, words
from gatepost.model.moment import MONTHS

WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
"""English names, as in feeds."""
WINDOW = 5
"""Words in a row that prove a sentence, whatever stands between them."""
LEAST_WORD = 5
"""Characters below which a single word proves nothing."""
LEAST_PART = 8
"""Characters from which a word is also found inside a longer one."""
LONGEST_NAME = 8
"""Words of a name or address that are compared."""

_LEAST_NAME = 5
_LEAST_VALUE = 8
_LEAST_ORDINARY = 2
_LEAST_WINDOW = 18
_LEAST_NUMBER = 9
_HOST_PARTS = 3

_TOKEN = re.compile(r"[^\s\"'`()\[\]{}<>,;|*!?\\]+")
_EDGES = ".:/-_#=&+~$%^"
_DATE = re.compile(
    r"(?i)\d{4}-(\d\d|[qh]\d)\b.*|[qh]\d[-/]\d{4}|\d{1,2}:\d\d.*|p?t?\d+[smhdw]"
)
_MEASURE = re.compile(r"(?i)\d{1,5}[a-z]{1,4}")
_NUMBERED = re.compile(r"[^\W\d_]+(?:[\W_]+\d+)+")
_TICKET = re.compile(r"[A-Z][A-Z0-9]+-\d+|[^\W\d_]+[\W_]\d{3,}")
_ADDRESS4 = re.compile(r"(\d{1,3}\.){3}\d{1,3}")
# What follows the words of a link, and the line that begins a sample of code.
_MARKS = re.compile(
    r"(?<=\])(?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])|(?m:^[ \t>]*(?:`{3,}|~{3,})[^\n]*)"
)
ENDINGS = frozenset(
    "html json xml md ics txt png jpg jpeg gif webp svg css js csv yml yaml pdf gz".split()  # noqa: SIM905 - a list of words reads as text
)
"""Endings of files that a site is made of."""

_ENDING = re.compile(rf"(?i)(?:/index)?\.(?:{'|'.join(sorted(ENDINGS))})$|/index$")
_CALENDAR = frozenset(
    part
    for name in (*MONTHS, *WEEKDAYS)
    for part in (name.casefold(), name[:3].casefold())
) | {"q1", "q2", "q3", "q4", "h1", "h2"}
_SPLIT_ADDRESS = re.compile(r"[/?&=#]+")

Kind = Literal["word", "name", "address"]
"""A *word* stands alone, a *name* is words held together, an *address* is never common."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a value that nobody would write by chance."""

    words: tuple[str, ...]
    kind: Kind
    joints: str = ""
    """Punctuation that may stand between the words besides spaces, hyphens and the like."""


def phrases(text: str, *, own_host: str = "", name: bool = False) -> Iterator[Phrase]:
    """Find the names and made-up words in *text* that give it away.

    Ordinary words of it are `plain_words`, its sentences `windows`.

    Args:
        text: A value as written.
        own_host: Host of the site, whose addresses anyone may know.
        name: Whether the value is a name, which also counts written as one word.
    """
    for written in _TOKEN.findall(text):
        token = written.strip(_EDGES)
        if token and not token.isalpha():
            yield from _token_phrases(token, own_host)
    found = words(fold(text))
    ordinary = [word for word in found if not _is_calendar([word])]
    # One ordinary word and a number, such as `Version 2.1`, is what templates write.
    if len(found) >= WINDOW or len(ordinary) < _LEAST_ORDINARY:
        return
    if letters(found) >= _LEAST_VALUE:
        yield _name(found, text)
    whole = len(ordinary) == len(found) and letters(found) >= LEAST_PART
    if name and whole:
        yield Phrase(("".join(found),), "word")


def plain_words(text: str) -> set[str]:
    """Words of letters alone, which give *text* away if no public text uses them."""
    found = set(words(fold(text)))
    return {word for word in found if len(word) >= LEAST_WORD and word.isalpha()}


def path_phrases(path: str) -> Iterator[Phrase]:
    """Find what gives a source path away: the path as a whole, and the names along it."""
    yield _name(words(fold(path)), path)
    for part in path.split("/"):
        yield from phrases(part, name=True)


def prose(text: str, *, own_host: str = "") -> str:
    """Give Markdown as a reader meets it: without tags and link targets."""
    seen = structured(_MARKS.sub("", untagged(f"\n{text}")))
    return (
        re.sub(rf"https?://{re.escape(own_host)}\S*", " ", seen) if own_host else seen
    )


def windows(normal_text: str) -> Iterator[tuple[str, ...]]:
    """All runs of five words that are long enough to be no mere turn of phrase."""
    found = normal_text.split(" ")
    sizes = [size_of(word) for word in found]
    for start in range(len(found) - WINDOW + 1):
        if sum(sizes[start : start + WINDOW]) >= _LEAST_WINDOW:
            run = tuple(found[start : start + WINDOW])
            if BREAK not in run:
                yield run


def _name(found: list[str], written: str) -> Phrase:
    joints = {char for char in written if not char.isalnum() and not char.isspace()}
    return Phrase(tuple(found), "name", joints="".join(sorted(joints)))


def _token_phrases(token: str, own_host: str) -> Iterator[Phrase]:
    if "://" in token:
        yield from _link_phrases(token, own_host)
        return
    # Addresses are made of an id and an ending: the ending adds nothing to the name.
    token = _ENDING.sub("", token)
    found = words(fold(token))
    if not _is_telling(token):
        return
    if len(found) == 1:
        yield Phrase((found[0],), "word")
    if len(found) > 1:
        yield _name(found[:LONGEST_NAME], token)
        yield _name(found[-LONGEST_NAME:], token)
        if found[0] == "@":
            yield from _token_phrases(token[1:], own_host)


def _is_calendar(found: list[str]) -> bool:
    return all(word.isdigit() or word in _CALENDAR for word in found)


def _is_telling(token: str) -> bool:
    """Numbers, dates, measures and versions are written everywhere; other made-up forms are not."""
    if _ADDRESS4.fullmatch(token):
        return True
    if _DATE.fullmatch(token) or _MEASURE.fullmatch(token):
        return False
    kept = [char for char in token if char.isalnum()]
    if not any(char.isalpha() for char in kept):
        return len(kept) >= _LEAST_NUMBER
    if token.isalpha() or _is_calendar(words(fold(token))):
        return False
    if _NUMBERED.fullmatch(token):
        return _TICKET.fullmatch(token) is not None
    return len(kept) >= _LEAST_NAME


def _link_phrases(link: str, own_host: str) -> Iterator[Phrase]:
    """A foreign link as a whole, its host, and the telling parts of its path."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return
    if host == own_host:
        return
    if host.count(".") >= _HOST_PARTS - 1:
        yield _name(words(fold(host))[-LONGEST_NAME:], host)
    rest = f"{parts.path}?{parts.query}#{parts.fragment}"
    if rest.strip("/?#"):
        whole = words(fold(f"{host}/{rest}"))
        yield _name(whole[-LONGEST_NAME:], link)
    for part in _SPLIT_ADDRESS.split(rest):
        yield from _token_phrases(part.strip(_EDGES), own_host)
