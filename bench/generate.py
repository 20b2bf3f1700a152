"""Generate a changelog with the shape of real ones; the same arguments give the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

PRODUCTS = tuple(f"product-{number:02}" for number in range(1, 71))
WEIGHTS = tuple(1 / rank for rank in range(1, 71))
"""The largest five of 70 hold over a third of the changes; many have a handful."""
VERSIONED = frozenset(PRODUCTS[5:8])
"""Software that is installed has versions; what runs as a service has none."""
PER_VERSION = 4
"""Changes that one version brings."""
TYPES = (
    "added",
    "changed",
    "fixed",
    "fixed",
    "performance",
    "security",
    "deprecated",
    "notice",
)
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
CODE, TABLE, ADMONITION = 0.30, 0.15, 0.20
"""Share of entries that have one."""
LAST = date(2026, 11, 1)


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
    """One generated entry."""

    id: str
    front: str
    body: str
    title: str
    internal: str


def samples(count: int, seed: int = 7) -> Iterator[Sample]:
    """Yield *count* entries, oldest first, up to ten on one day."""
    chance = random.Random(seed)  # noqa: S311 - the same bytes each time, no secret
    days = sorted(chance.randrange(max(60, count // 2)) for _ in range(count))
    for number, back in enumerate(reversed(days)):
        yield _sample(chance, number, LAST - timedelta(days=back))


def _sample(chance: random.Random, number: int, day: date) -> Sample:
    title = _sentence(chance, 4, 9).rstrip(".")[:80].rstrip()
    products = _products(chance)
    kind = chance.choice(TYPES)
    lines = [
        f"id: entry-{number:06}",
        f"title: {title}",
        f"summary: {_sentence(chance, 9, 20)}",
        f"type: {kind}",
        f"products: [{', '.join(products)}]",
        "phase: done",
        "audience: public",
        f"dates: {{published: {day.isoformat()}}}",
        f"for: [{chance.choice(('admins', 'developers', 'finance'))}]",
        f"goal: Objective {number} {_sentence(chance, 3, 6)}".rstrip("."),
    ]
    if products[0] in VERSIONED:
        step = number // (12 * PER_VERSION)
        lines.append(f"version: {1 + step // 50}.{step // 5 % 10}.{step % 5}")
    if kind == "deprecated":
        ends = (day + timedelta(days=200)).isoformat()
        lines.append(
            f"deprecation: {{notice_on: {day.isoformat()}, sunset_on: {ends}, "
            "replacement: {relation: same, targets: [the successor]}}"
        )
        lines.append("action: Move to the successor before the date.")
    if kind == "security":
        lines.append(f"security: {{severity: low, disclosed_on: {day.isoformat()}}}")
    internal = f"Queue {number} is watched by the desk on the first day."
    return Sample(
        f"entry-{number:06}", "\n".join(lines), _body(chance), title, internal
    )


def _products(chance: random.Random) -> list[str]:
    size = chance.choices((1, 2, 3), (82, 14, 4))[0]
    return list(dict.fromkeys(chance.choices(PRODUCTS, WEIGHTS, k=size)))


def _sentence(chance: random.Random, low: int, high: int) -> str:
    words = chance.choices(WORDS, cum_weights=OFTEN, k=chance.randint(low, high))
    return " ".join(words).capitalize() + "."


def _marked(chance: random.Random, low: int, high: int) -> str:
    """A sentence with the code, links and emphasis that real ones have."""
    words = chance.choices(WORDS, cum_weights=OFTEN, k=chance.randint(low, high))
    at = chance.randrange(1, len(words))
    word = words[at]
    words[at] = chance.choice(
        (
            word,
            word,
            f"`{word}.{words[0]}`",
            f"[{word}](https://docs.example/{word})",
            f"**{word}**",
        )
    )
    return " ".join(words).capitalize() + "."


def _body(chance: random.Random) -> str:
    parts = [" ".join(_marked(chance, 9, 18) for _ in range(3))]
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        parts.append(f"## {_sentence(chance, 2, 5).rstrip('.')}")
        parts.append(" ".join(_marked(chance, 9, 18) for _ in range(2)))
        parts.append("\n".join(f"- {_marked(chance, 5, 12)}" for _ in range(4)))
    if chance.random() < CODE:
        parts.append(f"```json\n{_json(chance)}\n```")
    if chance.random() < TABLE:
        rows = "\n".join(
            f"| {chance.choice(WORDS)} | {number} | {number * 2} |"
            for number in range(4)
        )
        parts.append(f"| Field | Before | After |\n| --- | --- | --- |\n{rows}")
    if chance.random() < ADMONITION:
        parts.append(f'!!! note "Good to know"\n    {_marked(chance, 9, 16)}')
    return "\n\n".join(parts) + "\n"


def _json(chance: random.Random) -> str:
    fields = ",\n".join(
        f'  "{chance.choice(WORDS)}": {chance.randint(1, 9999)}' for _ in range(6)
    )
    return "{\n" + fields + "\n}"


def write_project(root: Path, count: int) -> None:
    """Write a gatepost project, and beside it the same pages for plain MkDocs."""
    releases = root / "content/releases"
    plain = root / "plain/docs"
    for folder in (
        releases,
        plain,
        root / "content/pages/public",
        root / "content/pages/internal",
    ):
        folder.mkdir(parents=True, exist_ok=True)
    for sample in samples(count):
        text = f"---\n{sample.front}\n---\n{sample.body}"
        if sample.id.endswith("0"):
            text += f"\n/// internal\n{sample.internal}\n///\n"
        (releases / f"{sample.id}.md").write_text(text, "utf-8")
        page = f"---\ntitle: {sample.title}\n---\n# {sample.title}\n\n{sample.body}"
        (plain / f"{sample.id}.md").write_text(page, "utf-8")
    (plain / "index.md").write_text("# Home\n", "utf-8")
    (root / "content/registry.yml").write_text(_registry(), "utf-8")
    (root / "content/ledger.json").write_text("{}\n", "utf-8")
    (root / "site_config.yml").write_text(_config("public"), "utf-8")
    (root / "site_config.internal.yml").write_text(_config("internal"), "utf-8")
    (root / "plain/mkdocs.yml").write_text(_PLAIN, "utf-8")


def _registry() -> str:
    products = "\n".join(
        f"  {key}: {{name: {key.replace('-', ' ').title()}}}" for key in PRODUCTS
    )
    people = "\n".join(
        f"  {key}: {{label: {key.title()}}}"
        for key in ("admins", "developers", "finance")
    )
    return f"zone: UTC\nproducts:\n{products}\npersonas:\n{people}\n"


_THEME = """theme:
  name: material
  font: false
  features: [navigation.tabs]
"""


def _config(audience: str) -> str:
    return f"""site_name: Bench
site_url: https://bench.example/
docs_dir: content/pages/{audience}
site_dir: build/{audience}
{_THEME}plugins:
  search: {{}}
  gatepost:
    audience: {audience}
"""


_EXTENSIONS = """markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - sane_lists
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.mark
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
  - pymdownx.tilde: {subscript: false}
"""
"""Those an entry is written in, as far as they are anyone's."""

_PLAIN = f"""site_name: Bench
site_url: https://bench.example/
docs_dir: docs
site_dir: site
{_THEME}plugins: [search]
not_in_nav: |
  /entry-*.md
nav: [index.md]
{_EXTENSIONS}"""
