"""A small project on disk that is really built."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

from gatepost.hosts.build import BuildReport, build_sites

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)

THEME = """theme:
  name: material
  font: false
"""


class Project:
    """Writes sources, builds sites, reads what came out."""

    def __init__(self, root: Path) -> None:
        """Lay out two sites over one content folder."""
        self.root = root
        for site in ("public", "internal"):
            (root / f"content/pages/{site}").mkdir(parents=True)
        self.write(
            "content/registry.yml", "zone: UTC\nproducts:\n  billing: {name: Billing}\n"
        )
        self.write("content/ledger.json", "{}\n")
        self.configure("site_config.yml", "public")
        self.configure("site_config.internal.yml", "internal")

    def configure(self, name: str, audience: str, **changes: str) -> None:
        """Write a configuration; *changes* replace or add top-level lines."""
        rows = {
            "site_name": "Harbour",
            "site_url": f"https://{audience}.harbour.example/",
            "docs_dir": f"content/pages/{audience}",
            "site_dir": f"build/{audience}",
            **changes,
        }
        lines = "".join(f"{key}: {value}\n" for key, value in rows.items())
        plugins = f"plugins:\n  search: {{}}\n  gatepost:\n    audience: {audience}\n"
        self.write(name, lines + THEME + plugins)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a source file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def entry(
        self, name: str, front: str, body: str = "Exports finish sooner.\n"
    ) -> Path:
        """Write an entry; title, type, products, phase and audience have defaults."""
        given = {line.partition(":")[0] for line in front.splitlines()}
        rows = {
            "id": name,
            "title": f"The title of {name}",
            "type": "added",
            "products": "[billing]",
            "phase": "done",
            "audience": "public",
            "dates": "{published: 2026-10-01}",
        }
        own = "".join(
            f"{key}: {value}\n" for key, value in rows.items() if key not in given
        )
        return self.write(
            f"content/releases/{name}.md", f"---\n{own}{front}---\n{body}"
        )

    def build(self, *sites: str) -> BuildReport:
        """Build the named sites, or both."""
        return build_sites(self.root, sites=sites or None, as_of=AS_OF)

    def read(self, path: str) -> str:
        """A built file."""
        return (self.root / "build" / path).read_text("utf-8")

    def files(self, site: str) -> dict[str, bytes]:
        """Every file of a built site; compressed ones also as they are inside."""
        out = self.root / "build" / site
        found = {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*"))
            if path.is_file()
        }
        packed = {
            f"{name}!": gzip.decompress(raw)
            for name, raw in found.items()
            if name.endswith(".gz")
        }
        return {**found, **packed}
