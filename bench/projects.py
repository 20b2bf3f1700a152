"""Write the same entries as a project of each generator that is measured."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generate import PRODUCTS, Sample, quoted

GATEPOST, PLAIN, BLOG, HUGO = "gatepost", "plain", "blog", "hugo"
"""Folders below the run's own."""
THEME = Path(__file__).parent / "hugo"
_ADMONITION = re.compile(
    r'^!!! (\w+)(?: "([^"]*)")?\n((?:    .*\n?|\n(?=    ))+)', re.MULTILINE
)
_SHORTCODE = re.compile(r"\{\{([<%])")
_FEED = 50
"""Items of a feed, for all generators."""
_PAGE = 20
"""Entries of a list, for all generators."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Names that the registry of a corpus gives its products."""

    products: tuple[str, ...] = PRODUCTS


def write_projects(
    root: Path, entries: Iterable[Sample], labels: Labels | None = None
) -> int:
    """Write a project for each generator below *root*; give the number of entries."""
    _write_gatepost_site(root / GATEPOST, labels or Labels())
    _write_plain_site(root / PLAIN)
    _write_blog_site(root / BLOG)
    _write_hugo_site(root / HUGO)
    count = 0
    for entry in entries:
        count += 1
        _write_entry(root / GATEPOST / "content/releases", entry, _for_gatepost(entry))
        _write_entry(root / PLAIN / "docs", entry, _for_plain(entry))
        _write_entry(root / BLOG / "docs/posts", entry, _for_blog(entry))
        _write_entry(root / HUGO / "content/releases", entry, _for_hugo(entry))
    return count


def entry_file(folder: Path, entry: Sample) -> Path:
    """Where an entry lies: a file, or a folder with its pictures."""
    return folder / (f"{entry.id}/index.md" if entry.pictures else f"{entry.id}.md")


def _write_entry(folder: Path, entry: Sample, text: str) -> None:
    file = entry_file(folder, entry)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    for name, content in entry.pictures:
        (file.parent / name).write_bytes(content)


def _for_gatepost(entry: Sample) -> str:
    internal = f"\n/// internal\n{entry.internal}\n///\n" if entry.internal else ""
    return f"---\n{entry.front}\n---\n{entry.body}{internal}"


def _for_plain(entry: Sample) -> str:
    return (
        f"---\ntitle: {quoted(entry.title)}\ndescription: {quoted(entry.summary)}\n---\n"
        f"# {entry.title}\n\n{entry.body}"
    )


def _for_blog(entry: Sample) -> str:
    categories = ", ".join((*entry.products, entry.type))
    return (
        f"---\ntitle: {quoted(entry.title)}\ndescription: {quoted(entry.summary)}\n"
        f"date: {entry.day.isoformat()}\nslug: {entry.id}\ncategories: [{categories}]\n---\n"
        f"# {entry.title}\n\n{entry.summary}\n\n<!-- more -->\n\n{entry.body}"
    )


def _for_hugo(entry: Sample) -> str:
    return (
        f"---\ntitle: {quoted(entry.title)}\ndescription: {quoted(entry.summary)}\n"
        f"date: {entry.day.isoformat()}\nslug: {entry.id}\n"
        f"products: [{', '.join(entry.products)}]\ntypes: [{entry.type}]\n---\n"
        f"{_without_ours(entry.body)}"
    )


def _without_ours(body: str) -> str:
    """Markdown for Hugo: a quote for an admonition, and nothing that it takes for a shortcode."""
    quoted = _ADMONITION.sub(_as_quote, body)
    return _SHORTCODE.sub(r"{ {\1", quoted)


def _as_quote(match: re.Match[str]) -> str:
    lines = [line[4:] for line in match[3].rstrip("\n").split("\n")]
    head = f"**{match[2] or match[1].capitalize()}**"
    return "".join(f"> {line}".rstrip() + "\n" for line in (head, "", *lines))


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


_THEME = """theme:
  name: material
  font: false
  features: [navigation.tabs]
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
_HEAD = "site_name: Bench\nsite_url: https://bench.example/\n"
CHANGED_THEME = _THEME.replace("[navigation.tabs]", "[navigation.tabs, navigation.top]")
"""A setting that changes the frame of every page."""


def _write_gatepost_site(folder: Path, labels: Labels) -> None:
    files = {
        "content/registry.yml": registry(labels),
        "content/ledger.json": "{}\n",
        "site_config.yml": gatepost_config("public"),
        "site_config.internal.yml": gatepost_config("internal"),
    }
    _write(folder, files)
    for audience in ("public", "internal"):
        (folder / "content/pages" / audience).mkdir(parents=True, exist_ok=True)


def registry(labels: Labels, *, renamed: bool = False) -> str:
    """The registry; *renamed*, with another label for the product that most entries name."""
    rows = {key: key.replace("-", " ").title() for key in labels.products}
    if renamed:
        rows[labels.products[0]] += " Platform"
    products = "\n".join(
        f"  {key}: {{name: {quoted(name)}}}" for key, name in rows.items()
    )
    people = "\n".join(
        f"  {key}: {{label: {key.title()}}}"
        for key in ("admins", "developers", "finance")
    )
    return f"zone: UTC\nproducts:\n{products}\npersonas:\n{people}\n"


def gatepost_config(audience: str, theme: str = _THEME) -> str:
    """One site."""
    return (
        f"{_HEAD}docs_dir: content/pages/{audience}\nsite_dir: build/{audience}\n{theme}"
        f"plugins:\n  search: {{}}\n  gatepost:\n    audience: {audience}\n"
    )


def _write_plain_site(folder: Path) -> None:
    config = (
        f"{_HEAD}docs_dir: docs\nsite_dir: site\n{_THEME}plugins: [search]\n"
        "not_in_nav: |\n  /*.md\n  /*/index.md\nnav: [index.md]\n"
    )
    _write(folder, {"mkdocs.yml": config + _EXTENSIONS, "docs/index.md": "# Home\n"})


def _write_blog_site(folder: Path) -> None:
    plugins = f"""plugins:
  - search
  - blog:
      blog_dir: .
      post_url_format: releases/{{slug}}
      pagination_per_page: {_PAGE}
      post_readtime: false
      authors: false
  - rss:
      match_path: posts/.*
      use_git: false
      length: {_FEED}
      date_from_meta: {{as_creation: date.created}}
      categories: [categories]
"""
    config = (
        f"{_HEAD}docs_dir: docs\nsite_dir: site\n{_THEME}{plugins}nav: [index.md]\n"
    )
    _write(folder, {"mkdocs.yml": config + _EXTENSIONS, "docs/index.md": "# Home\n"})


def _write_hugo_site(folder: Path) -> None:
    shutil.copytree(
        THEME, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("README*")
    )
