"""What a site's theme is given and asked for: style sheets, colours, the frame of our pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from gatepost.hosts import frame, versions
from gatepost.hosts.navigation import SectionPage
from gatepost.resources import theme_dir

CSS, SCRIPT = "assets/gatepost.css", "assets/gatepost.js"
PLAIN_CSS = "assets/gatepost-plain.css"
DESK_CSS, DESK = "assets/gatepost-desk.css", "assets/gatepost-desk"


def is_material(config: MkDocsConfig) -> bool:
    """Whether the site's theme is the one our own frame is made for."""
    return config.theme.name == "material"


def has_own(name: str, config: MkDocsConfig) -> bool:
    """Whether a site brings a template of its own."""
    folder = config.theme.custom_dir
    return bool(folder) and (Path(str(folder)) / name).is_file()


def dress(config: MkDocsConfig, *, insider: bool) -> None:
    """Add our templates, style sheets and script; colleagues' sites are marked as such."""
    # A folder of the user's own still wins over ours.
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme_dir()))
    sheets = (
        *(() if is_material(config) else (PLAIN_CSS,)),
        CSS,
        *((DESK_CSS,) if insider else ()),
    )
    config.extra_css += [one for one in sheets if one not in config.extra_css]
    if SCRIPT not in [str(one) for one in config.extra_javascript]:
        config.extra_javascript.append(SCRIPT)
    if insider:
        words = f"Do not share outside {config.site_name}."
        config.extra.setdefault("gatepost_band", words)
        config.theme["palette"] = _internal(config.theme.get("palette"))


def _internal(palette: Any) -> Any:
    """The theme's palette with the dark header by which colleagues know the internal site.

    A primary colour that the site has chosen itself stays.
    """
    if isinstance(palette, list):
        return [_internal(row) for row in palette]
    own = dict(palette or {})
    chosen = own.get("primary", "custom") != "custom"
    return own if chosen else {**own, "primary": "internal"}


def unused(files: Files, config: MkDocsConfig, *, insider: bool) -> Iterator[File]:
    """Our own files that no page of the site asks for."""
    names = (
        *(() if insider else (DESK,)),
        *((PLAIN_CSS,) if is_material(config) else ()),
    )
    yield from [one for one in files if one.src_uri.startswith(names)]


def band(config: MkDocsConfig, *, insider: bool) -> str:
    """What marks an internal page where the theme has no place for an announcement."""
    if not insider or is_material(config):
        return ""
    words = escape(str(config.extra.get("gatepost_band", "")))
    return f'<p class="gp-band"><strong>Internal.</strong> {words}</p>'


@dataclass(frozen=True, slots=True)
class Drawer:
    """Lets the theme draw frames, as the host lets it draw pages."""

    config: MkDocsConfig
    nav: Navigation
    files: Files
    env: Environment
    insider: bool
    many_languages: bool

    def draw(self, key: frame.FrameKey) -> str:
        """A page of that section and depth, with markers in its slots."""
        page, active = self._page(key), self._active(key.section)
        if active is not None:
            page.parent = active.parent
            active.active = True
        try:
            context = get_context(self.nav, self.files, self.config, page)
            name = "gatepost-frame.html" if is_material(self.config) else "main.html"
            drawn = self.env.get_template(name).render(context)
        finally:
            if active is not None:
                active.active = False
        if self.many_languages:
            drawn = versions.with_paths(versions.without_theme_links(drawn))
        return self.config.plugins.on_post_page(drawn, page=page, config=self.config)

    def _page(self, key: frame.FrameKey) -> Page:
        uri = "/".join("x" * key.depth) + "/index.md" if key.depth else "index.md"
        file = File.generated(self.config, uri, content="")
        page = SectionPage(frame.TITLE, file, self.config)
        page.meta = {
            "title": frame.TITLE,
            "description": frame.DESCRIPTION,
            "hide": ["navigation", "toc"],
        }
        page.canonical_url = frame.CANONICAL
        page.content = frame.CONTENT
        if not is_material(self.config):
            marked = band(self.config, insider=self.insider)
            page.content = f'<div class="gp gp-plain">{marked}{frame.CONTENT}</div>'
        page.toc = TableOfContents([AnchorLink("Content", "gp-content", 1)])
        return page

    def _active(self, section: str) -> Page | None:
        """The page of the navigation under which a section is found."""
        urls = {section, f"{section}/"}
        return next(
            (one for one in self.nav.pages if one.url.rstrip("./") + "/" in urls), None
        )
