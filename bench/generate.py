"""Generate a changelog with the shape of real ones; the same arguments give the same bytes.

The figures are those of a large public changelog of 941 entries. Where the product itself refuses
more than it, as in titles of over 80 characters, the generator stops at the product's limit.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

Curve = tuple[tuple[float, float], ...]
"""A size and the share of entries that are no larger, rising."""

LENGTHS: Curve = (
    (15, 0.0),
    (50, 0.037),
    (100, 0.213),
    (200, 0.643),
    (400, 0.917),
    (800, 0.984),
    (2_000, 1.0),
)
"""Words of a body."""
TITLES: Curve = ((18, 0.0), (58, 0.5), (67, 0.766), (80, 1.0))
"""Characters of a title, which ends with a whole word: the median then is 47, a quarter over 60."""
SUMMARIES: Curve = ((28, 0.0), (100, 0.5), (164, 0.904), (280, 1.0))
"""Characters of a summary; the longest real one has 386."""
PER_PRODUCT = (
    *(133, 98, 37, 32, 29, 27, 26, 24, 24, 23, 23, 23, 22, 22, 20, 19, 18, 18),
    *(max(1, round(17 * (1 - at / 53) ** 2.0)) for at in range(53)),
)
"""Changes of each of 71 products: the largest five hold 35 %, half have at most seven."""
PRODUCTS = tuple(f"product-{number:02}" for number in range(1, len(PER_PRODUCT) + 1))
PRODUCTS_EACH = {1: 772, 2: 132, 3: 30, 4: 3, 5: 1, 9: 1, 16: 1}
"""Entries by the number of products they name."""
VERSIONED = frozenset(PRODUCTS[5:8])
"""Software that is installed has versions; what runs as a service has none."""
PER_VERSION = 4
"""Changes that one version brings."""
TYPES = {
    "added": 40,
    "changed": 20,
    "fixed": 18,
    "performance": 6,
    "security": 6,
    "notice": 6,
    "deprecated": 4,
}
"""Of a hundred. The source has no types; its words of stage and of ending say this much."""
# Of entries that a machine wrote none has code or pictures, so of the others a few more have.
CODE, CODE_BLOCKS = 0.33, {1: 60, 2: 25, 3: 15}
SERIES = 0.094
"""Share of entries that a machine wrote: a table of rules and little else."""
ADMONITION = 0.04
PICTURED, PICTURES = 0.30, {1: 78, 2: 13, 3: 9}
LINK, MARK = 0.24, 0.25
"""Share of sentences with a link (3.9 an entry), and with code or emphasis."""
TITLE_SIGNS = (
    ("`{}`", 0.014),
    ("{} & more", 0.007),
    ("{}: ", 0.019),
    ("{} é – ", 0.018),
)
"""What stands in a title besides plain words, and in how many."""
PER_HEADING = 130
"""Words to a heading: about one an entry."""
DAYS_USED = 0.5
"""Share of days on which anything may be published; the busiest have a dozen entries."""
LAST = date(2026, 11, 1)
LONGEST_SPAN = 3_650
"""Days: a changelog of any size is at most ten years old."""
_ORDINARY = (
    "accounts amounts balance batch button cache charge column copy currency customer date delay "
    "detail discount export field filter folder form goal header history image import invoice "
    "item label language limit link list load market member message method month notice number "
    "order owner page payment period plan portal price process query rate reason receipt record "
    "refund region report request result role row rule sample schedule search section setting "
    "status summary table tax team text total transfer update value version view window "
    "workspace year"
)
_SYLLABLES = (
    "ba be bi bo cor da del den dis fen fo ga gen hal im in ker la len lo mar men mi nor o pa per "
    "ra re ri sa ser so ta tem ti tor un va ver"
)


def _vocabulary() -> tuple[list[str], list[float]]:
    """Words and how often each is used, which falls with its rank as in any language."""
    chance = random.Random(3)  # noqa: S311 - the same bytes each time, no secret
    made, syllables = dict.fromkeys(_ORDINARY.split()), _SYLLABLES.split()
    while len(made) < 3_000:  # noqa: PLR2004 - about what a year of changes is written with
        made["".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4))))] = None
    return [*made], [*accumulate(1 / (rank + 5) for rank in range(len(made)))]


WORDS, OFTEN = _vocabulary()


@dataclass(frozen=True, slots=True)
class Sample:
    """One entry, for any generator."""

    id: str
    front: str
    """Its front matter as gatepost reads it."""
    body: str
    title: str
    summary: str
    day: date
    type: str
    products: tuple[str, ...]
    internal: str = ""
    """What only colleagues may read; empty in most."""
    pictures: tuple[tuple[str, bytes], ...] = ()
    """Name and content of the files beside it."""


def samples(count: int, seed: int = 7) -> Iterator[Sample]:
    """Yield *count* entries, oldest first."""
    chance = random.Random(seed)  # noqa: S311 - the same bytes each time, no secret
    for number, day in enumerate(_days(chance, count)):
        yield _sample(chance, number, day)


def _days(chance: random.Random, count: int) -> list[date]:
    """The day of each entry: more every year, many on few days, most days without any."""
    span = min(max(60, round(count * 0.93)), LONGEST_SPAN)
    pool = sorted(chance.sample(range(span), max(1, round(span * DAYS_USED))))
    weights = [(span - back) / span * (1 + chance.expovariate(1.6)) for back in pool]
    picked = sorted(chance.choices(pool, weights, k=count), reverse=True)
    return [LAST - timedelta(days=back) for back in picked]


def _sample(chance: random.Random, number: int, day: date) -> Sample:
    series = chance.random() < SERIES
    title = f"Rules of {day.isoformat()}" if series else _title(chance)
    summary = _clipped(chance, SUMMARIES)
    kind = _picked(chance, TYPES)
    products = _products(chance)
    pictures = () if series else _pictures(chance)
    lines = [
        f"id: entry-{number:06}",
        f"title: {quoted(title)}",
        f"summary: {quoted(summary)}",
        f"type: {kind}",
        f"products: [{', '.join(products)}]",
        "phase: done",
        "audience: public",
        f"dates: {{published: {day.isoformat()}}}",
        f"for: [{chance.choice(('admins', 'developers', 'finance'))}]",
        f"goal: Objective {number} {_sentence(chance, 3, 6)}".rstrip("."),
        *_conditions(kind, day),
    ]
    if products[0] in VERSIONED:
        step = number // (12 * PER_VERSION)
        lines.append(f"version: {1 + step // 50}.{step // 5 % 10}.{step % 5}")
    return Sample(
        id=f"entry-{number:06}",
        front="\n".join(lines),
        body=_table_of_rules(chance)
        if series
        else _body(chance, [name for name, _ in pictures]),
        title=title,
        summary=summary,
        day=day,
        type=kind,
        products=products,
        internal=(
            ""
            if number % 10
            else f"Queue {number} is watched by the desk on the first day."
        ),
        pictures=pictures,
    )


def _conditions(kind: str, day: date) -> Iterator[str]:
    if kind == "deprecated":
        ends = (day + timedelta(days=200)).isoformat()
        yield (
            f"deprecation: {{notice_on: {day.isoformat()}, sunset_on: {ends}, "
            "replacement: {relation: same, targets: [the successor]}}"
        )
        yield "action: Move to the successor before the date."
    if kind == "security":
        yield f"security: {{severity: low, disclosed_on: {day.isoformat()}}}"


def quoted(text: str) -> str:
    """A text as YAML takes it whole, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"


def _picked(chance: random.Random, shares: dict[str, int]) -> str:
    return chance.choices([*shares], [*shares.values()])[0]


def _counted(chance: random.Random, shares: dict[int, int]) -> int:
    return chance.choices([*shares], [*shares.values()])[0]


def drawn(chance: random.Random, curve: Curve) -> float:
    """A size, so often as the curve says."""
    at = chance.random()
    upper = next(number for number, (_, share) in enumerate(curve) if at <= share)
    (low, begin), (high, end) = curve[max(upper - 1, 0)], curve[upper]
    if end == begin:
        return high
    part = (at - begin) / (end - begin)
    return float(low * (high / low) ** part)


def _products(chance: random.Random) -> tuple[str, ...]:
    wanted = _counted(chance, PRODUCTS_EACH)
    found: dict[str, None] = {}
    while len(found) < wanted:
        found[chance.choices(PRODUCTS, PER_PRODUCT)[0]] = None
    return tuple(found)


def _title(chance: random.Random) -> str:
    text = _clipped(chance, TITLES).rstrip(".")
    first, _, rest = text.partition(" ")
    for form, share in TITLE_SIGNS:
        if chance.random() < share:
            return (
                f"{form.format(first)} {rest}".replace("  ", " ").strip()[:80].strip()
            )
    return text


def _clipped(chance: random.Random, curve: Curve) -> str:
    """A text of about as many characters as the curve says."""
    size = round(drawn(chance, curve))
    text = _sentence(chance, size // 4 + 3, size // 4 + 3)[:size]
    return text[: text.rfind(" ")] + "." if " " in text[4:] else f"{text}."


def _words(chance: random.Random, low: int, high: int) -> list[str]:
    return chance.choices(WORDS, cum_weights=OFTEN, k=chance.randint(low, high))


def _sentence(chance: random.Random, low: int, high: int) -> str:
    return " ".join(_words(chance, low, high)).capitalize() + "."


def _marked(chance: random.Random, low: int, high: int) -> str:
    """A sentence with the code, links and emphasis that real ones have."""
    words = _words(chance, low, high)
    at = chance.randrange(1, len(words))
    word = words[at]
    if chance.random() < LINK:
        words[at] = f"[{word}](https://docs.example/{word})"
    elif chance.random() < MARK:
        words[at] = chance.choice((f"`{word}.{words[0]}`", f"**{word}**"))
    return " ".join(words).capitalize() + "."


def _body(chance: random.Random, pictures: Sequence[str]) -> str:
    left = round(drawn(chance, LENGTHS) * 0.95)
    parts: list[str] = []
    if chance.random() < CODE:
        for _ in range(_counted(chance, CODE_BLOCKS)):
            parts.append(_code(chance))
            left -= len(parts[-1].split())
    if chance.random() < ADMONITION:
        parts.append(f'!!! note "Good to know"\n    {_marked(chance, 9, 16)}')
        left -= len(parts[-1].split())
    parts += [
        f"![What {_sentence(chance, 2, 4)[:-1].lower()} shows]({name})"
        for name in pictures
    ]
    texts = [*_texts(chance, max(left, 12))]
    for part in parts:
        texts.insert(chance.randint(1, len(texts)), part)
    return "\n\n".join(texts) + "\n"


def _texts(chance: random.Random, words: int) -> Iterator[str]:
    """Paragraphs and lists of about so many words, with a heading now and then."""
    since_heading = 0
    while words > 0:
        if since_heading > PER_HEADING * (0.5 + chance.random()):
            yield f"{_heading(chance)} {_sentence(chance, 2, 5).rstrip('.')}"
            since_heading = 0
        if words > 40 and chance.random() < 0.25:  # noqa: PLR2004 - a list is that long
            text = "\n".join(
                f"- {_marked(chance, 5, 12)}" for _ in range(chance.randint(2, 6))
            )
        else:
            size = min(words, chance.randint(25, 60))
            text = " ".join(_marked(chance, 8, 15) for _ in range(max(1, size // 12)))
        yield text
        words -= len(text.split())
        since_heading += len(text.split())


def _heading(chance: random.Random) -> str:
    return "#" * _counted(chance, {2: 48, 3: 37, 4: 15})


def _code(chance: random.Random) -> str:
    language = _picked(chance, {"ts": 35, "bash": 34, "js": 11, "json": 14, "sql": 6})
    fields = ",\n".join(
        f'  "{chance.choice(WORDS)}": {chance.randint(1, 9999)}'
        for _ in range(chance.randint(2, 9))
    )
    name = chance.choice(WORDS)
    text = {
        "ts": f"const {name}: Reply = {{\n{fields}\n}};",
        "js": f"export const {name} = {{\n{fields}\n}};",
        "bash": f"curl https://api.example/{name} \\\n  --data '{{\n{fields}\n}}'",
        "json": f"{{\n{fields}\n}}",
        "sql": f"select {name}, count(*) as {chance.choice(WORDS)}",
    }[language]
    return f"```{language}\n{text}\n```"


def _table_of_rules(chance: random.Random) -> str:
    rows = "\n".join(
        f"| {chance.randrange(16**8):08x} | {_sentence(chance, 3, 8)[:-1]} | log | block |"
        for _ in range(chance.randint(2, 25))
    )
    head = "| Rule | What it finds | Before | Now |\n| --- | --- | --- | --- |"
    return f"{_sentence(chance, 8, 16)}\n\n{head}\n{rows}\n"


def _pictures(chance: random.Random) -> tuple[tuple[str, bytes], ...]:
    if chance.random() >= PICTURED:
        return ()
    count = _counted(chance, PICTURES)
    return tuple((f"shot-{at + 1}.png", _picture(chance)) for at in range(count))


def _picture(chance: random.Random) -> bytes:
    """A small PNG that is like no other; real ones are a hundred times as large."""
    wide, high = 32, 24
    rows = b"".join(b"\0" + chance.randbytes(wide * 3) for _ in range(high))
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
