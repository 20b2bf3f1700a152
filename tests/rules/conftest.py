"""A content folder on disk, read and judged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.load import load
from gatepost.model.book import Book
from gatepost.model.finding import Finding
from gatepost.rules.judge import judge

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Shelf:
    """Writes entries and says what is wrong with them."""

    def __init__(self, root: Path) -> None:
        """Begin with an empty registry."""
        self.root = root
        self.releases = root / "content" / "releases"
        self.releases.mkdir(parents=True)
        self.registry("products: {}\n")

    def registry(self, text: str) -> None:
        """Write the registry."""
        (self.root / "content" / "registry.yml").write_text(text, "utf-8")

    def entry(
        self,
        front: str = "",
        body: str = "Exports take half the time.",
        *,
        name: str = "one",
    ) -> Path:
        """Write an entry; what *front* does not say has an everyday value."""
        rows = {
            "id": f"entry-{name.partition('/')[0]}",
            "title": "Exports finish in half the time",
            "phase": "rolling-out",
            "audience": "public",
        }
        given = {line.partition(":")[0] for line in front.splitlines()}
        own = "".join(
            f"{key}: {value}\n" for key, value in rows.items() if key not in given
        )
        file = self.releases / (f"{name}.md" if "/" not in name else name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{own}{front}\n---\n{body}\n", "utf-8")
        return file

    def book(self) -> Book:
        """Read everything."""
        return load(self.root, "content", as_of=AS_OF, host="example.com")

    def judge(self) -> tuple[Finding, ...]:
        """Everything that is wrong."""
        return judge(self.book())

    def codes(self) -> list[str]:
        """The codes of everything that is wrong, in order."""
        return [finding.code for finding in self.judge()]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty content folder."""
    return Shelf(tmp_path)
