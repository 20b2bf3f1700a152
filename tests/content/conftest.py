"""A content folder that tests write file by file, and load."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatepost.content.load import load
from gatepost.model.book import Book
from gatepost.model.release import Release

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Content:
    """Writes sources below a root and reads them as a build does."""

    def __init__(self, root: Path) -> None:
        """Begin with the smallest registry."""
        self.root = root
        self.write("content/registry.yml", "products: {reports: {name: Reports}}\n")

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def entry(
        self, fields: str = "", body: str = "Text.\n", name: str = "one.md"
    ) -> Path:
        """Write an entry; its four required fields have defaults and stand on lines 2 to 5."""
        rows = {
            "id": f"entry-{name.removesuffix('/index.md').removesuffix('.md')}",
            "title": "Exports finish sooner",
            "phase": "done",
            "products": "[reports]",
        }
        given = {line.partition(":")[0] for line in fields.splitlines()}
        own = "".join(f"{key}: {rows[key]}\n" for key in rows if key not in given)
        text = f"---\n{own}{fields}---\n{body}"
        return self.write(f"content/releases/{name}", text)

    def load(self) -> Book:
        """Read everything."""
        return load(self.root, "content", as_of=AS_OF, host="example.com")

    def release(self) -> Release:
        """The only release, of content that has no faults."""
        book = self.load()
        assert book.findings == ()
        (release,) = book.releases
        return release

    def said(self) -> list[str]:
        """Every finding; paths begin below the folder of releases, or below the root."""
        return [
            str(finding).replace("content/releases/", "")
            for finding in self.load().findings
        ]

    def fixes(self) -> list[str]:
        """The way out of every finding."""
        return [finding.fix for finding in self.load().findings]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """An empty content folder with a registry."""
    return Content(tmp_path)
