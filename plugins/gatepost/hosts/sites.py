"""The configured sites of a project, read from their files and checked against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError

from gatepost.model.finding import Finding, GatepostError
from gatepost.model.settings import Settings

PATTERN = "site_config*.yml"
MAIN = "site_config.yml"
_WITHOUT_PAGES = frozenset(
    (
        "gatepost",
        "search",
        "offline",
        "privacy",
        "social",
        "meta",
        "minify",
        "glightbox",
    )
)
"""Plugins that bring no page a `nav` may name."""


class ContentFault(GatepostError):
    """Content stops the build; `findings` say where and why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep all findings, sorted."""
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(f"{one}\n  fix: {one.fix}" for one in self.findings))


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """One `site_config*.yml`."""

    name: str
    """`public` for `site_config.yml`, `internal` for `site_config.internal.yml`."""
    path: Path
    settings: Settings
    site_name: str
    site_url: str
    language: str
    docs_dir: Path
    site_dir: Path
    dev_addr: str = ""
    """Where the file wants a preview to be served, as `host:port`; empty if it does not say."""
    extended: bool = False
    """Whether it has hooks, or plugins that may bring pages of their own."""

    @property
    def root(self) -> Path:
        """The project's root: where the file lies."""
        return self.path.parent

    @property
    def content_dir(self) -> Path:
        """Where entries lie."""
        return self.root / self.settings.content

    @property
    def host(self) -> str:
        """The host of the site's address."""
        return urlsplit(self.site_url).hostname or "localhost"


class _Loader(yaml.SafeLoader):
    """Reads configuration as data: tags that would run code or read the environment are marked."""


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A value that is not written in the file itself."""

    tag: str


def _tagged(_loader: yaml.Loader, suffix: str, _node: yaml.Node) -> _Tagged:
    return _Tagged(f"!{suffix}")


_Loader.add_multi_constructor("!", _tagged)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _tagged)


def find_sites(root: Path) -> tuple[SiteConfig, ...]:
    """Read every `site_config*.yml` in *root*, the main one first.

    Raises:
        GatepostError: There is none, one cannot be read, or two contradict each other.
    """
    paths = sorted(root.glob(PATTERN), key=lambda path: (path.name != MAIN, path.name))
    if not paths:
        msg = (
            f"no {MAIN} in {root.name or root}: go to the folder that has one, "
            "or name it with --root"
        )
        raise GatepostError(msg)
    sites = tuple(read_site(path) for path in paths)
    check_apart(sites)
    return sites


def make_page_folders(sites: tuple[SiteConfig, ...]) -> None:
    """Make the folders of hand-written pages that are not there.

    A site needs no such page, and git keeps no empty folder; but MkDocs starts with none.

    Raises:
        GatepostError: The disk does not allow it.
    """
    for site in sites:
        try:
            site.docs_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"{site.path.name}: docs_dir {site.docs_dir} cannot be made: {error.strerror}"
            raise GatepostError(msg) from None


def public_host(known: tuple[SiteConfig, ...], site: SiteConfig) -> str:
    """The host that permanent ids carry: the public site's, so that all sites give the same ids."""
    public = next((one for one in known if one.settings.audience == "public"), site)
    return public.host


@dataclass(frozen=True, slots=True)
class Languages:
    """What one site is to the others of its project that say the same in other languages."""

    written: str
    """The language of an entry that does not say otherwise: that of the main site."""
    versions: tuple[tuple[str, str], ...]
    """Language and absolute address of the site in each of its languages, the main one first;
    empty if there is but one."""

    @classmethod
    def of(cls, known: tuple[SiteConfig, ...], site: SiteConfig) -> Languages:
        """Look at all sites for the same readers of the same content."""
        same = [
            one
            for one in known
            if one.settings.audience == site.settings.audience
            and one.settings.content == site.settings.content
            and one.site_url
        ]
        rows = {one.language: f"{one.site_url.rstrip('/')}/" for one in reversed(same)}
        main = next((one for one in known if one.path.name == MAIN), site)
        versions = tuple((one.language, rows[one.language]) for one in same)
        several = len(rows) > 1
        return cls(main.language, tuple(dict.fromkeys(versions)) if several else ())


def read_site(path: Path) -> SiteConfig:
    """Read one configuration file as data, without running anything in it.

    Raises:
        GatepostError: The file cannot be read, or its `audience` is not written out in it.
    """
    own, whole = _load(path), _inherited(path)
    options = _options(own, path)
    audience = options.get("audience")
    if not isinstance(audience, str):
        said = f"`{audience.tag}`" if isinstance(audience, _Tagged) else "nothing"
        msg = (
            f"{path.name}: the audience must be written out in this file, it says {said}. "
            "Write `plugins: gatepost: audience: public` (or internal)"
        )
        raise GatepostError(msg)
    settings = settings_from({**_options(whole, path), **options}, path.name)
    name = path.name.removeprefix("site_config").removesuffix(".yml").strip(".-_")
    return SiteConfig(
        name=name or "public",
        path=path.resolve(),
        settings=settings,
        site_name=_text(whole, "site_name", "Changelog"),
        site_url=_text(whole, "site_url", ""),
        language=_language(whole),
        docs_dir=(path.resolve().parent / _text(whole, "docs_dir", "docs")),
        site_dir=(path.resolve().parent / _text(whole, "site_dir", "site")),
        dev_addr=_text(whole, "dev_addr", ""),
        extended=bool(whole.get("hooks") or _plugins(whole) - _WITHOUT_PAGES),
    )


def _language(config: dict[str, object]) -> str:
    """What the theme is told to speak."""
    theme = config.get("theme")
    rows = theme if isinstance(theme, dict) else {}
    said = rows.get("language") or rows.get("locale")
    return said if isinstance(said, str) and said else "en"


def settings_from(options: dict[str, object], name: str) -> Settings:
    """Check the options of one site, all of them at once.

    Raises:
        GatepostError: An option is unknown, missing or wrong; the message names every one.
    """
    try:
        return Settings.model_validate(options)
    except ValidationError as error:
        lines = [
            f"{name}: option `{'.'.join(map(str, row['loc']))}`: {_say(row['type'], row['msg'])}"
            for row in error.errors()
        ]
        raise GatepostError("\n".join(lines)) from None


def _say(kind: str, message: str) -> str:
    known = ", ".join(Settings.model_fields)
    words = {
        "extra_forbidden": f"there is no such option; there are {known}",
        "missing": "must be given, for example `audience: public`",
    }
    return words.get(kind, message[0].lower() + message[1:])


def _text(config: dict[str, object], key: str, default: str) -> str:
    value = config.get(key, default)
    return value if isinstance(value, str) else default


def _plugins(config: dict[str, object]) -> set[str]:
    """Names of plugins, without the theme's own in front."""
    rows = _pairs(config.get("plugins", {}))
    return {str(name).rpartition("/")[2] for name, _ in rows}


def _options(config: dict[str, object], path: Path) -> dict[str, object]:
    plugins = config.get("plugins", {})
    rows = _pairs(plugins)
    found = [value for name, value in rows if name == "gatepost"]
    if len(found) > 1:
        msg = f"{path.name}: gatepost stands twice under `plugins`; one site has one audience"
        raise GatepostError(msg)
    return dict(found[0]) if found and isinstance(found[0], dict) else {}


def _pairs(plugins: object) -> Iterator[tuple[str, object]]:
    if isinstance(plugins, dict):
        yield from plugins.items()
    for item in plugins if isinstance(plugins, list) else ():
        if isinstance(item, str):
            yield item, {}
        elif isinstance(item, dict):
            yield from item.items()


def _load(path: Path) -> dict[str, object]:
    try:
        text = path.read_text("utf-8-sig")
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path.name} cannot be read: {error}"
        raise GatepostError(msg) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        msg = f"{path.name}{at}: is not readable as YAML: {getattr(error, 'problem', error)}"
        raise GatepostError(msg) from None
    if not isinstance(found, dict):
        msg = f"{path.name} holds no settings: write `site_name:` and `plugins:`"
        raise GatepostError(msg)
    return found


def _inherited(path: Path, depth: int = 5) -> dict[str, object]:
    """The file over the ones it INHERITs; maps merge, everything else is replaced."""
    config = _load(path)
    parent = config.pop("INHERIT", None)
    if not isinstance(parent, str) or depth == 0:
        return config
    return _merged(_inherited(path.parent / parent, depth - 1), config)


def _merged(base: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _merged(below, value) if both else value  # type: ignore[arg-type]
    return merged


def check_apart(sites: tuple[SiteConfig, ...]) -> None:
    """Refuse layouts in which one site could publish another's files.

    Raises:
        GatepostError: Output folders are nested, or entries lie in a folder that is published.
    """
    for site in sites:
        _check_content(site)
        for other in sites:
            _check_pair(site, other)


def _check_content(site: SiteConfig) -> None:
    releases = (site.content_dir / "releases").resolve()
    if releases.is_relative_to(site.docs_dir.resolve()):
        msg = (
            f"{site.path.name}: docs_dir holds {site.settings.content}/releases, so every entry "
            f"would be published as it is. Use a folder of its own, "
            f"such as docs_dir: {site.settings.content}/pages/{site.name}"
        )
        raise GatepostError(msg)


def _check_pair(site: SiteConfig, other: SiteConfig) -> None:
    if site is other:
        return
    mine, its = site.site_dir.resolve(), other.site_dir.resolve()
    if its.is_relative_to(mine):
        msg = (
            f"{other.path.name}: its site_dir lies inside that of {site.path.name}, so one would "
            "publish or wipe the other. Use folders side by side, "
            "such as build/public and build/internal"
        )
        raise GatepostError(msg)
    if other.docs_dir.resolve().is_relative_to(site.docs_dir.resolve()) and (
        site.settings.audience != other.settings.audience
    ):
        msg = (
            f"{other.path.name}: its docs_dir lies inside that of {site.path.name}, so its pages "
            "would be published there too. Use folders side by side"
        )
        raise GatepostError(msg)
