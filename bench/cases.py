"""What is measured: each generator, and for ours each thing that may have changed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from projects import (
    BLOG,
    CHANGED_THEME,
    GATEPOST,
    HUGO,
    PLAIN,
    Labels,
    gatepost_config,
    registry,
)

BIN = Path(sys.executable).parent
_BUILD = (str(BIN / "gatepost"), "build")
_PUBLIC = (*_BUILD, "--site", "public")
_MKDOCS = ("build", "-q", "-f", "mkdocs.yml")
_SITES = ("build/public", "build/internal")
_turn = count(1)


@dataclass(slots=True)
class Setting:
    """Where a run's projects lie, what they name, and how they were left."""

    root: Path
    labels: Labels
    settled: bool = False
    """Whether our project was built as it is now, and what was kept of that is there."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way to build."""

    name: str
    folder: str
    command: tuple[str, ...]
    out: tuple[str, ...]
    """Folders it writes, relative to its own."""
    fresh: bool = True
    """Without the output of the build before it."""
    forgets: bool = True
    """Without what was kept for it."""
    change: Callable[[Setting], None] | None = None
    """What happens to the content beforehand; not measured."""
    undo: Callable[[Setting], None] | None = None
    """What puts it back afterwards; not measured."""
    processes: bool = False
    """Whether it may use several: then memory is measured in a round of its own."""
    most: int = 20_000
    """Entries beyond which it is left out, unless it is asked for by name."""


def change_one(setting: Setting) -> None:
    """Change a word in the middle of the changelog, another one each time."""
    folder = setting.root / GATEPOST / "content/releases"
    files = sorted(folder.rglob("*.md"))
    file = files[len(files) // 2]
    text = re.sub(r"\n\nEdition \d+\.\n", "\n", file.read_text("utf-8"))
    file.write_text(f"{text.rstrip()}\n\nEdition {next(_turn)}.\n", "utf-8")


def touch_all(setting: Setting) -> None:
    """Make every source as young as a fresh checkout makes it."""
    for file in (setting.root / GATEPOST / "content").rglob("*"):
        os.utime(file)


def rename_product(setting: Setting) -> None:
    """Give another name to the product that most entries name."""
    file = setting.root / GATEPOST / "content/registry.yml"
    file.write_text(registry(setting.labels, renamed=True), "utf-8")


def restore_registry(setting: Setting) -> None:
    """Put the product's name back."""
    file = setting.root / GATEPOST / "content/registry.yml"
    file.write_text(registry(setting.labels), "utf-8")


def change_theme(setting: Setting) -> None:
    """Change a setting of the theme that shows on every page."""
    file = setting.root / GATEPOST / "site_config.yml"
    file.write_text(gatepost_config("public", CHANGED_THEME), "utf-8")


def restore_theme(setting: Setting) -> None:
    """Put the theme's setting back."""
    file = setting.root / GATEPOST / "site_config.yml"
    file.write_text(gatepost_config("public"), "utf-8")


def cases(blog: Path | None) -> tuple[Case, ...]:
    """Every case, in the order of a round.

    Args:
        blog: The `mkdocs` of the environment with mkdocs-rss-plugin; None leaves its row out.
    """
    return (
        Case("hugo", HUGO, ("hugo", "--quiet"), ("public",)),
        _ours("cold", fresh=True, forgets=True),
        _ours("nothing changed"),
        _ours("one entry changed", change=change_one),
        _ours("fresh checkout, cache restored", fresh=True, change=touch_all),
        _ours("registry changed", change=rename_product, undo=restore_registry),
        _ours("theme changed", change=change_theme, undo=restore_theme),
        Case("both sites, cold", GATEPOST, _BUILD, _SITES, processes=True),
        Case("mkdocs-material", PLAIN, (str(BIN / "mkdocs"), *_MKDOCS), ("site",)),
        *_blog(blog),
    )


def _ours(
    name: str,
    *,
    fresh: bool = False,
    forgets: bool = False,
    change: Callable[[Setting], None] | None = None,
    undo: Callable[[Setting], None] | None = None,
) -> Case:
    return Case(
        name=f"public, {name}",
        folder=GATEPOST,
        command=_PUBLIC,
        out=_SITES[:1],
        fresh=fresh,
        forgets=forgets,
        change=change,
        undo=undo,
        processes=True,
    )


def _blog(mkdocs: Path | None) -> Iterable[Case]:
    if mkdocs is not None:
        yield Case("material-blog", BLOG, (str(mkdocs), *_MKDOCS), ("site",), most=1000)


def chosen(
    known: tuple[Case, ...], names: tuple[str, ...], entries: int
) -> tuple[Case, ...]:
    """The cases to measure at a size: those that were named, or all that end soon enough.

    Raises:
        SystemExit: There is no such case.
    """
    if not names:
        return tuple(case for case in known if entries <= case.most)
    for name in names:
        if not any(case.name.startswith(name) for case in known):
            listed = ", ".join(case.name for case in known)
            msg = f"there is no case `{name}`; there are: {listed}"
            raise SystemExit(msg)
    return tuple(case for case in known if case.name.startswith(names))
