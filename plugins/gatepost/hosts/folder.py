"""Audit a folder that was built before, here or elsewhere."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError

from gatepost.audience.audit import Report
from gatepost.hosts.press import read_book
from gatepost.hosts.proof import prove, watch_for
from gatepost.hosts.sites import SiteConfig
from gatepost.hosts.themes import Themes
from gatepost.model.finding import GatepostError
from gatepost.outputs.assemble import make_entries
from gatepost.resources import theme_dir


def audit_folder(site: SiteConfig, folder: Path, as_of: datetime) -> Report:
    """Search a built folder for everything the readers of *site* may not see.

    Args:
        site: Whose readers the folder is for.
        folder: The built site.
        as_of: The clock: an embargo that has ended by then hides nothing.

    Raises:
        GatepostError: The site's configuration cannot be used.
    """
    book = read_book(site, as_of, site.host)
    entries = make_entries(book, site.settings.audience)
    themes = _themes(site)
    return prove(folder, watch_for(site, book, entries, themes), entries, themes)


def _themes(site: SiteConfig) -> Themes:
    """The folders pages are made with, as the host finds them."""
    log, silence = logging.getLogger("mkdocs"), logging.NullHandler()
    log.addHandler(silence)
    try:
        config = load_config(str(site.path))
    except ConfigurationError as error:
        msg = f"{site.path.name}: {error}"
        raise GatepostError(msg) from None
    finally:
        log.removeHandler(silence)
    return Themes.of(config, theme_dir())
