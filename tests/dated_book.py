"""Books with dates for the tests of calendar and schedule."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from gatepost.content.load import load
from gatepost.model.book import Book

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
REGISTRY = """zone: Europe/Berlin
products:
  billing: {name: Billing}
  reports: {name: Reports}
components:
  invoices: {name: Invoices, product: billing}
"""


class DatedBook:
    """Writes entries and reads them as a book."""

    def __init__(self, root: Path, registry: str = REGISTRY) -> None:
        """Begin with two products and no entry."""
        self.root = root
        self.releases = root / "content" / "releases"
        self.releases.mkdir(parents=True)
        self.registry(registry)

    def registry(self, text: str) -> None:
        """Write the registry."""
        (self.root / "content" / "registry.yml").write_text(text, "utf-8")

    def entry(self, name: str, front: str = "") -> None:
        """Write an entry that is being tested; *front* may say otherwise."""
        rows = {
            "id": name,
            "title": f"The title of {name}",
            "type": "changed",
            "kind": "standard",
            "phase": "testing",
            "audience": "public",
            "products": "[billing]",
        }
        given = {line.partition(":")[0] for line in front.splitlines()}
        own = "".join(
            f"{key}: {value}\n" for key, value in rows.items() if key not in given
        )
        text = f"---\n{own}{front}\n---\nExports finish sooner.\n"
        (self.releases / f"{name}.md").write_text(text, "utf-8")

    def read(self) -> Book:
        """The book, with nothing unreadable in it."""
        book = load(self.root, "content", as_of=AS_OF, host="harbour.example")
        assert not book.findings
        return book
