"""A preview that is up to date: a saved entry at once, what follows from it when it is composed."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from gatepost.content.load import SIDECAR, SUFFIX
from gatepost.hosts.glance import glance
from gatepost.hosts.preview import Ready, call, fault_text, notice
from gatepost.hosts.saves import Saves, Show, Steps
from gatepost.hosts.sites import ContentFault
from gatepost.hosts.written import page_writers, writer
from gatepost.outputs.assemble import Bodies

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from gatepost.hosts.mkdocs_plugin import GatepostPlugin
    from gatepost.hosts.press import Press


AT_ONCE = 0.1
"""Seconds that composing a whole site may take; if it takes longer, entries are shown first."""

FEW = 8
"""Entries that are shown ahead of the rest. With more, as after another branch was checked out,
composing all takes no longer, and the server need not wait meanwhile."""

log = logging.getLogger("mkdocs.plugins.gatepost")


class Live:
    """Brings what is saved below the content folder into a running preview."""

    def __init__(
        self, plugin: GatepostPlugin, server: LiveReloadServer, config: MkDocsConfig
    ) -> None:
        """Take the site as it was built first, and the server that shows it."""
        self._plugin, self._server = plugin, server
        self._out = Path(config.site_dir)
        self._bodies = Bodies()
        self._ahead = False
        """Whether browsers are only to load again, because an entry is shown ahead of the rest."""
        self._told = ("", "")
        """An entry that was not in order, and the notice about it and nothing else."""
        site, pages = plugin.site, Path(config.docs_dir)
        steps = Steps(self._glance, self._compose)
        self._saves = Saves(site.content_dir, pages, steps)

    def begin(self) -> None:
        """Show what is saved from now on."""
        self._plugin.on_demand.attend(self._server, self._is_due)
        self._saves.begin()

    def _is_due(self) -> bool:
        """Whether the server is to build; its own files may have changed, or something is ready."""
        ahead, self._ahead = self._ahead, False
        return not ahead or self._plugin.ready is not None

    def _glance(self, paths: frozenset[Path]) -> Show | None:
        """Prepare the pages of saved entries ahead of the rest."""
        plugin = self._plugin
        names = {self._entry(one) for one in paths}
        with plugin.on_demand.lock:
            # It was composed before this was saved: shown now, it would take it back.
            plugin.ready = None
            if plugin.took <= AT_ONCE or len(names) > FEW:
                return None
            prepared = [self._prepare(one) for one in sorted(names)]
            self._ahead |= any(prepared)
        return self._show if any(prepared) else None

    def _entry(self, path: Path) -> str:
        """The entry that a file belongs to, if it is its text or its internal text."""
        name = path.relative_to(self._plugin.site.root).as_posix()
        return name.removesuffix(SIDECAR).removesuffix(SUFFIX) + SUFFIX

    def _prepare(self, name: str) -> bool:
        """Prepare one entry, or the notice of what is wrong with it; say whether it could be."""
        plugin = self._plugin
        known = plugin.readings.known(plugin.site)
        try:
            found = glance(plugin.pressed, name, known, self._bodies)
        except ContentFault as fault:
            plugin.notice = notice(fault)
            self._told = name, plugin.notice
            log.error(fault_text(fault))  # noqa: TRY400 - words for authors, not a trace
            self._draw_again()
            return True
        if found is None:
            return False
        plugin.pressed = found.pressed
        # If the notice says more, only composing tells what is left of it.
        if plugin.notice and self._told == (name, plugin.notice):
            plugin.notice = ""
            self._draw_again()
        page = writer(found.page, plugin.pressed, plugin.frames, self._out)
        plugin.on_demand.again((page,))
        return True

    def _draw_again(self) -> None:
        """Have every page drawn anew, with the notice or without."""
        plugin = self._plugin
        plugin.frames.notice = plugin.notice
        plugin.on_demand.again(page_writers(plugin.pressed, plugin.frames, self._out))

    def _compose(self) -> Show:
        """Compose the whole site beside the server; what is wrong is told by the next build."""
        order = self._plugin.order
        result: Press | Exception
        try:
            result = self._plugin.compose(order)
        except Exception as error:  # noqa: BLE001 - the build that shows it raises it
            result = error

        def show() -> None:
            self._plugin.ready = Ready(order, result)
            self._show()

        return show

    def _show(self) -> None:
        call(self._server)
