"""Our own Jinja environment: autoescaped, strict, with nothing of the host in it."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from gatepost.resources import theme_dir


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(theme_dir() / "gatepost"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Our own templates do not change while a site is built.
        auto_reload=False,
        cache_size=-1,
    )


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def render(name: str, view: object) -> Markup:
    """Fill the template *name* with its one view object."""
    return Markup(_template(name).render(view=view).strip())  # noqa: S704 - autoescaped
