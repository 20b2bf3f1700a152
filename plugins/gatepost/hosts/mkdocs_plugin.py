"""The MkDocs plugin: MkDocs and its theme draw the frame, we bring everything that stands in it.

Entries never pass MkDocs' own front-matter reader, never lie in its docs_dir and never enter its
navigation. The same code runs on ProperDocs, which answers to the same imports.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import Environment
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from gatepost.audience.watchlist import Watchlist
from gatepost.hosts import frame, theming, versions, written
from gatepost.hosts.clock import build_clock
from gatepost.hosts.navigation import SectionPage, name_sections, nav_title
from gatepost.hosts.press import Order, Press, Readings, press
from gatepost.hosts.preview import (
    ATTENDED,
    OnDemand,
    Ready,
    fault_text,
    may_call,
    notice,
)
from gatepost.hosts.proof import audit_findings, prove, watch_for
from gatepost.hosts.sites import (
    ContentFault,
    Languages,
    SiteConfig,
    check_apart,
    find_sites,
    public_host,
    read_site,
)
from gatepost.hosts.themes import Themes
from gatepost.model.finding import GatepostError
from gatepost.model.registry import BUILT_IN_INSIDERS
from gatepost.outputs import missing, sitemap
from gatepost.outputs.artifact import PageArtifact
from gatepost.outputs.tongue import ENGLISH, tongue_of
from gatepost.parallel import started

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.gatepost")


class _NoConfig(Config):  # type: ignore[no-untyped-call]
    """MkDocs checks nothing: our own settings are the one schema, and name all faults at once."""


class GatepostPlugin(BasePlugin[_NoConfig]):  # type: ignore[no-untyped-call]
    """Places the composed pages into the theme's frame and writes the other files."""

    preview = False
    notice = ""
    """In a preview, what is wrong with the text as it was saved last; markup."""
    site: SiteConfig
    host: str
    languages: Languages
    pressed: Press
    order: Order
    """What `pressed` was composed by."""
    ready: Ready | None = None
    """In a preview, what was composed since then, for the next build to show."""
    watch: Callable[[], Watchlist]
    """Waits for what must not be found on the site."""
    fault: GatepostError | None = None
    took = 0.0
    """Seconds that composing took last."""
    lent: Readings | None = None
    """What other sites of the same build have read; None when this site is built alone."""
    nav: Navigation
    env: Environment
    files: Files
    parts: Sequence[tuple[str, str]] = ()
    """Path and text of each part of a sitemap that is too long for one file."""

    def __init__(self) -> None:
        self.on_demand, self.readings = OnDemand(), Readings()
        self._composing = Lock()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Leave the options to our own settings, which are read from the file in `on_config`."""
        del config_file_path
        self.config = _NoConfig()
        self.options = options
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep this object between the rebuilds of `serve`."""
        del dirty
        self.preview = command == "serve"
        self.on_demand.active = self.preview and ATTENDED in os.environ

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the sites, refuse dangerous layouts, add our theme and watch the content."""
        # MkDocs keeps plugin objects between builds of one process.
        self.fault = None
        path = Path(config.config_file_path or "").resolve()
        try:
            known = find_sites(path.parent)
            named = next((one for one in known if one.path == path), None)
            self.site = named or _alone(path)
        except GatepostError as error:
            self._stop(error)
        self.host = public_host(known, self.site)
        self.languages = Languages.of(known, self.site)
        self.site = replace(self.site, language=_language(config, self.site))
        spoken = self.site.language
        if not spoken.startswith("en") and tongue_of(spoken) is ENGLISH:
            log.info(
                "our own words have no catalogue for `%s`: they stay English", spoken
            )
        if self.languages.versions:
            rows = versions.menu(self.languages.versions, config.site_url or "")
            config.extra.setdefault("alternate", rows)
        content = str(self.site.content_dir)
        if content not in config.watch:
            config.watch.append(content)
        theming.dress(config, insider=self.site.settings.audience in BUILT_IN_INSIDERS)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read and judge the content, and compose everything before MkDocs wipes the output."""
        if not config.site_url:
            msg = f"{self.site.path.name}: write `site_url:`, feeds need absolute addresses"
            raise PluginError(msg)
        try:
            self.pressed = self._press(config)
            self.notice = ""
        except GatepostError as error:
            if not (self.preview and hasattr(self, "pressed")):
                self._stop(error)
            # The last text that was in order stays, with what is wrong now above it.
            self.notice = notice(error)
            log.error(fault_text(error))  # noqa: TRY400 - words for authors, not a trace
            return
        for finding in self.pressed.advice:
            log.warning("%s (fix: %s)", finding, finding.fix)
        if self._proves:
            # It takes as long as all the writing: another core does it meanwhile.
            book, entries = self.pressed.book, self.pressed.edition.entries
            self.watch = started(
                partial(watch_for, self.site, book, entries, Themes.of(config))
            )
            self.pressed = self.pressed.without_releases()

    def _press(self, config: MkDocsConfig) -> Press:
        self.order = Order(
            self.site,
            name=config.site_name,
            url=(config.site_url or "").rstrip("/") + "/",
            description=config.site_description or "",
            languages=self.languages,
            host=self.host,
        )
        ready, self.ready = self.ready, None
        if ready is None or ready.order != self.order:
            return self.compose(self.order)
        if isinstance(ready.result, Press):
            return ready.result
        raise ready.result

    def compose(self, order: Order) -> Press:
        """Compose a site from what is on the disk now; see `press`."""
        with self._composing:
            if not self.lent:
                # Kept between the builds of a preview, for whatever does not change between two.
                self.readings.refresh()
            begun = time.monotonic()
            made = press(order, self.lent or self.readings, as_of=build_clock())
            self.took = time.monotonic() - begun
            return made

    @property
    def _proves(self) -> bool:
        """Whether the written site is audited: a preview is for its author alone."""
        return not (self.pressed.site.insider or self.preview)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give the navigation a page for each section we compose."""
        self.files = files
        for file in theming.unused(files, config, insider=self.pressed.site.insider):
            files.remove(file)
        for page in self.pressed.sections:
            uri = f"{page.path}index.md"
            if files.get_file_from_path(uri) is not None:
                if page.path == "":
                    continue  # a site may write its own home page
                msg = f"{uri} in {config.docs_dir} has the address of a page of ours: rename it"
                raise PluginError(msg)
            file = File.generated(
                config, uri, content="", inclusion=InclusionLevel.INCLUDED
            )
            self._section(page, file, config)
            files.append(file)
        return files

    def _section(
        self, artifact: PageArtifact, file: File, config: MkDocsConfig
    ) -> None:
        own = artifact.title
        if not artifact.path:
            own = self.pressed.site.tongue.gettext("Home")
        page = SectionPage(nav_title(config.nav, file.src_uri) or own, file, config)
        page.meta = {"search": {"exclude": True}}
        file.page = page

    def on_nav(
        self, nav: Navigation, *, config: MkDocsConfig, files: Files
    ) -> Navigation:
        """Date hand-written pages by the content: the same input gives the same bytes."""
        self.nav = nav
        # English names of folders are right on a site in English.
        if config.nav is None and self.pressed.site.tongue is not ENGLISH:
            name_sections(nav)
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = self.pressed.newest
        return nav

    def on_env(
        self, env: Environment, *, config: MkDocsConfig, files: Files
    ) -> Environment:
        """Keep what frames are drawn with."""
        self.env, self.files = env, files
        env.bytecode_cache = (self.lent or self.readings).templates
        drawer = theming.Drawer(
            config,
            self.nav,
            files,
            env,
            insider=self.pressed.site.insider,
            many_languages=bool(self.languages.versions),
        )
        self.frames = frame.Frames(drawer.draw, self.notice)
        return env

    def on_template_context(
        self, context: Any, *, template_name: str, config: MkDocsConfig
    ) -> Any:
        """Give a sitemap of the site's own our pages, and the page of what is missing its words."""
        if template_name == missing.NAME:
            context.update(self._missing(context["base_url"], config))
        elif template_name == sitemap.NAME and theming.has_own(sitemap.NAME, config):
            context["pages"] = [_Row(*row) for row in self._sitemap_rows()]
        elif template_name == sitemap.NAME:
            context[
                "pages"
            ] = ()  # the theme's template takes ten times as long as we do
        return context

    def _missing(self, root: str, config: MkDocsConfig) -> dict[str, str]:
        """What our template of the page needs; a site's own template may use it as well."""
        site = self.pressed.site
        search = any("search" in str(name) for name in config.plugins)
        words = str(missing.missing(site, root, search=search))
        return {
            "gatepost_missing": theming.band(config, insider=self.pressed.site.insider)
            + words,
            "gatepost_missing_title": missing.missing_title(site),
        }

    def _sitemap_rows(self) -> Iterator[sitemap.Row]:
        for file in self.files.documentation_pages():
            if file.page is not None and not isinstance(file.page, SectionPage):
                yield file.page.canonical_url or "", ""
        yield from self.pressed.sitemap()

    def on_page_content(self, html: str, *, config: MkDocsConfig, **_: object) -> str:
        """Say on hand-written pages too what is wrong, and for whom they are."""
        band = theming.band(config, insider=self.pressed.site.insider)
        marked = f'<div class="gp gp-plain">{band}</div>' if band else ""
        return marked + self.notice + html

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Fill the pages of our sections; close hand-written internal pages to search engines."""
        del config
        if self.languages.versions:
            output = versions.without_theme_links(output)
        if isinstance(page, SectionPage) and page.title != frame.TITLE:
            artifact = self.pressed.section(page.url)
            return self.frames.fill(artifact, self.pressed.site).decode()
        if (
            self.pressed.site.insider
            and frame.HEAD in output
            and page.title != frame.TITLE
        ):
            return output.replace(
                frame.HEAD, '<meta name="robots" content="noindex">' + frame.HEAD, 1
            )
        return output

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Write the sitemap; close the theme's own pages of an internal site to search engines."""
        if template_name == sitemap.NAME:
            return self._sitemap(output_content, config)
        if self.pressed.site.insider and template_name.endswith(".html"):
            return output_content.replace(
                frame.HEAD, '<meta name="robots" content="noindex">' + frame.HEAD, 1
            )
        return output_content

    def _sitemap(self, drawn: str, config: MkDocsConfig) -> str:
        """The sitemap, or an index if one file may not hold so many pages."""
        self.parts = ()
        if theming.has_own(sitemap.NAME, config):
            return drawn
        found = sitemap.sitemap_files(self._sitemap_rows(), self.pressed.site.url)
        (_, whole), *self.parts = found
        return whole

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write everything else, after all other plugins, then prove that nothing leaked."""
        out = Path(config.site_dir)
        for path, text in self.parts:
            (out / path).write_text(text, "utf-8")
        if self.on_demand.active:
            self.on_demand.wait(written.writers(self.pressed, self.frames, out))
            return
        digests = written.write_artifacts(self.pressed, self.frames, out, log.info)
        written.extend_search(out, self.pressed)
        written.write_manifest(out, digests)
        if not self._proves:
            return
        entries = self.pressed.edition.entries
        report = prove(out, self.watch(), entries, Themes.of(config))
        if not report.clean:
            written.discard(out)
            self._stop(ContentFault(audit_findings(report)))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """From now on, write the files a browser asks for, and follow what is saved."""
        del builder
        if may_call(server):
            # Imported here: it brings along what a build has no use for.
            from gatepost.hosts.live import Live  # noqa: PLC0415

            config.watch.remove(str(self.site.content_dir))
            Live(self, server, config).begin()
        else:
            self.on_demand.attend(server)
        return server

    def _stop(self, fault: GatepostError) -> NoReturn:
        """End the build with one clean message; who started it may look at the fault itself."""
        self.fault = fault
        head = "the content has faults\n" if isinstance(fault, ContentFault) else ""
        raise PluginError(f"{head}{fault}") from None  # noqa: EM102


def _language(config: MkDocsConfig, site: SiteConfig) -> str:
    """What the theme really speaks: its setting may come from the environment."""
    said = config.theme.get("language")
    return said if isinstance(said, str) and said else site.language


class _Row:
    """A page as the theme's sitemap template asks for it."""

    def __init__(self, url: str, modified: str) -> None:
        self.page = copy(self)
        self.page.canonical_url = url
        self.page.update_date = modified

    is_link = False
    abs_url = None
    canonical_url = ""
    update_date = ""


def _alone(path: Path) -> SiteConfig:
    """A configuration file whose name does not begin with `site_config`."""
    site = read_site(path)
    check_apart((site,))
    return site
