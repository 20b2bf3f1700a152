"""The judge runs every rule, keeps the reader's findings, and lets a site loosen what is taste."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gatepost.model.book import Book
from gatepost.model.finding import Place
from gatepost.model.registry import Ledger, Product, Registry
from gatepost.model.release import Body, FrontMatter, Release, Source
from gatepost.rules.judge import judge

if TYPE_CHECKING:
    from conftest import Shelf

LONG_TITLE = f"title: {'word ' * 20}"
SMALLEST = """---
id: faster-export
title: Exports finish in half the time
type: performance
products: [reports]
phase: rolling-out
audience: public
---
Exports of more than 10,000 rows now finish in about half the time. Nothing to do.
"""


def test_the_smallest_entry_has_nothing_to_report(shelf: Shelf) -> None:
    """Six fields and one sentence are a whole entry."""
    shelf.registry("products:\n  reports: {name: Reports}\n")
    (shelf.releases / "faster-export.md").write_text(SMALLEST)

    assert shelf.judge() == ()


@pytest.mark.parametrize("phase", ["rolling-out", "monitoring", "reviewing", "done"])
@pytest.mark.parametrize(
    "kind", ["added", "changed", "deprecated", "removed", "fixed", "security"]
)
def test_imported_entries_pass(shelf: Shelf, phase: str, kind: str) -> None:
    """A quiet entry from elsewhere passes without anything our own process asks for."""
    shelf.entry(
        f"phase: {phase}\ntype: {kind}\nversion: one-off\n{LONG_TITLE}\n"
        "imported: {format: keep-a-changelog, source: CHANGELOG.md}",
        "- Fix [a](docs/a.md) ![](b.png) <vscode:x>, see APP-1234 and localhost:80",
    )

    assert [one for one in shelf.judge() if one.level == "error"] == []


def test_an_imported_withdrawal_passes(shelf: Shelf) -> None:
    """A changelog that marks a version as withdrawn seldom says when or why."""
    shelf.entry(
        "state: withdrawn\nimported: {format: keep-a-changelog, source: CHANGELOG.md}"
    )

    assert {one.level for one in shelf.judge()} == {"advice"}


def test_findings_are_sorted_and_said_once(shelf: Shelf) -> None:
    """Findings stand in the order of their places, each once."""
    shelf.entry(LONG_TITLE, "[a](javascript:1)\n\n[b](file:1)", name="two")
    shelf.entry(LONG_TITLE, name="one")

    places = [str(finding.place) for finding in shelf.judge()]

    assert places == [
        "content/releases/one.md:5:8",
        "content/releases/two.md:5:8",
        "content/releases/two.md:7:1",
        "content/releases/two.md:9:1",
    ]


def test_what_could_not_be_read_is_part_of_the_verdict(shelf: Shelf) -> None:
    """The reader's findings come with the judge's, and the rest is judged all the same."""
    (shelf.releases / "broken.md").write_text("no front matter\n")
    shelf.entry(LONG_TITLE, name="one")

    assert shelf.codes() == ["GP004", "GP150"]


@pytest.mark.parametrize(
    ("override", "levels"),
    [("error", ["error"]), ("advice", ["advice"]), ("off", [])],
)
def test_a_site_holds_a_rule_stricter_or_looser(
    shelf: Shelf, override: str, levels: list[str]
) -> None:
    """The registry sets the level of a rule of taste."""
    shelf.registry(f'rules: {{GP150: "{override}"}}\n')
    shelf.entry(LONG_TITLE)

    assert [one.level for one in shelf.judge()] == levels


@pytest.mark.parametrize("override", ["off", "advice"])
def test_leaks_cannot_be_allowed(shelf: Shelf, override: str) -> None:
    """A rule against leaks stays an error, and the attempt is a finding."""
    shelf.registry(f'rules: {{GP402: "{override}"}}\n')
    shelf.entry(body="See PAY-1234 for what changed in exports.")

    found = [(one.code, one.level, one.place.path) for one in shelf.judge()]

    assert found == [
        ("GP190", "error", "content/registry.yml"),
        ("GP402", "error", "content/releases/one.md"),
    ]


def test_reading_cannot_be_switched_off(shelf: Shelf) -> None:
    """An entry that cannot be read always stops the build."""
    shelf.registry('rules: {GP004: "off"}\n')
    (shelf.releases / "broken.md").write_text("no front matter\n")

    assert [(one.code, one.level) for one in shelf.judge()] == [
        ("GP190", "error"),
        ("GP004", "error"),
    ]


def test_advice_may_be_made_an_error(shelf: Shelf) -> None:
    """A site that means it can let advice stop the build."""
    shelf.registry("rules: {GP506: error}\n")
    shelf.entry("phase: testing\ndates: {planned: 2026-11-01}")

    assert [(one.code, one.level) for one in shelf.judge()] == [("GP506", "error")]


def test_same_book_same_findings(shelf: Shelf) -> None:
    """Judging twice says the same in the same order."""
    for number in range(5):
        shelf.entry(LONG_TITLE, "See PAY-1234 [a](b.md).", name=f"entry{number}")

    assert shelf.judge() == shelf.judge()


def releases(number: int) -> tuple[Release, ...]:
    """Many entries that name each other, with links, pictures and code."""
    made = []
    for one in range(number):
        path = f"content/releases/entry-{one}.md"
        facts = FrontMatter(
            id=f"entry-{one}",
            title=f"Exports of kind {one} finish sooner",
            phase="monitoring",
            products=("reports",),
            audience=("public",),
            related=(f"entry-{(one + 1) % number}", f"entrie-{one}"),
        )
        body = (
            f"Exports finish [sooner](release:entry-{one // 2}), see `code` and "
            "<https://example.com/help>.\n\n```python\nprint('https://a.internal')\n```\n\n"
        ) * 8
        source = Source(path, "", {("id",): Place(path, 2, 5)})
        made.append(
            Release.model_construct(
                **facts.__dict__, source=source, body=Body(body, body, 9)
            )
        )
    return tuple(made)


def test_time_grows_with_the_number_of_entries(tmp_path: Path) -> None:
    """No rule walks through all entries for one of them."""
    registry = Registry(products={"reports": Product()})
    seconds = []
    for number in (500, 2000):
        book = Book(
            tmp_path,
            releases(number),
            registry,
            Ledger(),
            datetime(2026, 11, 20, tzinfo=UTC),
        )
        start = time.process_time()
        judge(book)
        seconds.append(time.process_time() - start)

    assert seconds[1] < 10 * max(seconds[0], 0.05)


def test_an_unreadable_entry_sends_nobody_elsewhere(shelf: Shelf) -> None:
    """Its id seems to be gone, but the ledger and the links to it are right."""
    (shelf.releases / "faster-export.md").write_text(SMALLEST.replace("type:", "id:"))
    shelf.entry("supersedes: [faster-export]", "See [this](release:faster-export).")
    row = {
        "feed_id": "tag:example.com,2026:x",
        "first_published": "2026-01-15T09:00:00Z",
    }
    ledger = json.dumps({"faster-export": row})
    (shelf.root / "content/ledger.json").write_text(ledger)
    found = {one.code: one.fix for one in shelf.judge()}
    first = (
        "mend content/releases/faster-export.md first: "
        "as long as it cannot be read, its id is not known"
    )

    assert "GP008" in found
    assert {found[code] for code in ("GP202", "GP301", "GP302")} == {first}
