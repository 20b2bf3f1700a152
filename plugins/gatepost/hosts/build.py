"""Build every configured site, all or none: `build/` changes only if everything succeeded."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from gatepost.audience.promises import ledger_after
from gatepost.audience.waiting import Waiting
from gatepost.hosts.clock import build_clock, fix_clock
from gatepost.hosts.ledger_file import write_ledger
from gatepost.hosts.mkdocs_plugin import GatepostPlugin
from gatepost.hosts.press import Press, Readings
from gatepost.hosts.sites import (
    ContentFault,
    SiteConfig,
    find_sites,
    make_page_folders,
)
from gatepost.hosts.written import files_below
from gatepost.model.finding import Finding, GatepostError

_STAGED = ".gatepost-"
"""Begins the name of the folder a build works in; the number of its process follows."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """One site that was built."""

    name: str
    folder: Path
    files: int
    entries: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built."""

    sites: tuple[BuiltSite, ...]
    advice: tuple[Finding, ...]
    seconds: float
    ledger_rows: int
    """Rows added to the ledger: entries that readers see for the first time."""
    waiting: tuple[Waiting, ...] = ()
    """What outsiders will see when its time has come, the soonest first."""
    zone: tzinfo = UTC
    """In which times are told."""


def build_sites(
    root: Path,
    *,
    sites: tuple[str, ...] | None = None,
    as_of: datetime | None = None,
    strict: bool = False,
    cache: bool = True,
    remember: bool = True,
    say: Callable[[str], None] = lambda _line: None,
) -> BuildReport:
    """Build the named sites, or all of them.

    With *cache* off, nothing is used of what earlier builds have kept, and nothing is kept. With
    *remember* off, the ledger is not told what outsiders see for the first time: they do not yet.

    Raises:
        ContentFault: The content stops the build; nothing was replaced.
        GatepostError: The call or a configuration is wrong; nothing was replaced.
    """
    start = time.monotonic()
    chosen = _chosen(find_sites(root), sites)
    fix_clock(as_of or build_clock())
    make_page_folders(chosen)
    beside = _beside(chosen)
    _clear_up(beside)
    with tempfile.TemporaryDirectory(
        prefix=f"{_STAGED}{os.getpid()}-", dir=beside
    ) as folder:
        staged = [(site, Path(folder) / site.name) for site in chosen]
        pressed = []
        readings = Readings(cache=cache, sites=len(staged))
        for site, out in staged:
            say(f"building {site.name} …")
            pressed.append(_build_one(site, out, readings, strict=strict, say=say))
        built = tuple(
            _built(one, out) for one, (_, out) in zip(pressed, staged, strict=True)
        )
        _swap(staged)
    added = _remember(pressed) if remember else 0
    advice = tuple(sorted({finding for one in pressed for finding in one.advice}))
    later = next((one.waiting for one in pressed if not one.site.insider), ())
    took, zone = time.monotonic() - start, pressed[0].site.zone
    return BuildReport(built, advice, took, added, later, zone)


def _chosen(
    known: tuple[SiteConfig, ...], names: tuple[str, ...] | None
) -> tuple[SiteConfig, ...]:
    if not names:
        return known
    by_name = {site.name: site for site in known}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        msg = f"there is no site `{unknown[0]}`; there are {', '.join(by_name)}"
        raise GatepostError(msg)
    return tuple(by_name[name] for name in names)


def _beside(sites: tuple[SiteConfig, ...]) -> Path:
    """A folder on the same disk as the outputs, so that swapping is a rename."""
    folder = sites[0].site_dir.parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _clear_up(beside: Path) -> None:
    """Remove what builds left that were killed: it was never audited, nobody shall publish it."""
    for folder in beside.glob(f"{_STAGED}*-*"):
        builder = folder.name.removeprefix(_STAGED).partition("-")[0]
        if builder.isdecimal() and not _is_running(int(builder)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return True  # asking would be a signal to it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's, or not to be told: it stays
    return True


def _build_one(
    site: SiteConfig,
    out: Path,
    readings: Readings,
    *,
    strict: bool,
    say: Callable[[str], None],
) -> Press:
    plugin = None
    with _quiet_host(say) as heard:
        try:
            config = load_config(
                str(site.path), site_dir=str(out), strict=strict or None
            )
            plugin = _plugin_of(config, site)
            plugin.lent = readings
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.on_shutdown()
            for line in dict.fromkeys(heard):
                say(f"{site.path.name}: {line}")
        except ConfigurationError as error:
            msg = f"{site.path.name}: {error} {' '.join(heard)}".strip()
            raise GatepostError(msg) from None
        except (BuildError, Abort) as error:
            if plugin is not None and plugin.fault is not None:
                raise plugin.fault from None
            if plugin is not None and strict and plugin.pressed.advice:
                raise ContentFault(plugin.pressed.findings) from None
            said = "; ".join(heard) or str(error)
            named = f"{site.path.name}: "
            msg = said if said.startswith(named) else f"{named}{said}"
            raise GatepostError(msg) from None
    return plugin.pressed


def _plugin_of(config: MkDocsConfig, site: SiteConfig) -> GatepostPlugin:
    plugin = config.plugins.get("gatepost")
    if not isinstance(plugin, GatepostPlugin):
        msg = f"{site.path.name}: write `gatepost:` under `plugins:`"
        raise GatepostError(msg)
    return plugin


@contextmanager
def _quiet_host(say: Callable[[str], None]) -> Iterator[list[str]]:
    """Pass on our own progress, keep the host's errors, drop its chatter."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            ours = record.name == "mkdocs.plugins.gatepost"
            if ours and record.levelno == logging.INFO:
                say(record.getMessage())
            elif not ours and record.levelno >= logging.WARNING:
                heard.append(record.getMessage())

    log, ear = logging.getLogger("mkdocs"), Ear()
    before = log.level, log.propagate
    log.addHandler(ear)
    log.setLevel(logging.INFO)
    log.propagate = False
    # The theme prints its own notice about its future; it is not about this build.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        yield heard
    finally:
        log.removeHandler(ear)
        log.setLevel(before[0])
        log.propagate = before[1]


def _built(pressed: Press, out: Path) -> BuiltSite:
    sizes = [size for _, size in files_below(out)]
    return BuiltSite(
        pressed.config.name,
        pressed.config.site_dir,
        len(sizes),
        len(pressed.edition.entries),
        sum(sizes),
    )


def _swap(staged: list[tuple[SiteConfig, Path]]) -> None:
    """Put every new folder in the place of the old one; on failure put the old ones back."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for site, out in staged:
            old = _aside(site.site_dir, out)
            done.append((site.site_dir, old))
            out.rename(site.site_dir)
    except OSError as error:
        for target, old in reversed(done):
            if old is not None:
                shutil.rmtree(target, ignore_errors=True)
                old.rename(target)
        msg = f"the output could not be replaced: {error}"
        raise GatepostError(msg) from None


def _aside(target: Path, out: Path) -> Path | None:
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        return None
    old = out.with_name(f"{out.name}.old")
    target.rename(old)
    return old


def _remember(pressed: list[Press]) -> int:
    """Write into the ledger what outsiders see for the first time."""
    added = 0
    for one in pressed:
        if one.site.insider or one.site.reader != "public":
            continue
        rows = ledger_after(one.book.ledger, one.edition.entries)
        added += len(rows) - len(one.book.ledger.rows)
        if rows != one.book.ledger.rows:
            write_ledger(one.config.root / one.book.ledger.path, rows)
    return added
