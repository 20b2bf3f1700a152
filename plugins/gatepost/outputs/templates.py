"""Our own Jinja environment: autoescaped, strict, with nothing of the host in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from gatepost.outputs.tongue import ENGLISH, Tongue
from gatepost.resources import theme_dir


class _Words(Extension):
    """Puts the words of a language into a template while it is compiled.

    `{{ _("Subscribe") }}` and `{{ pgettext("release", "Next") }}` are what gettext's tools look
    for, and cost nothing when a page is drawn.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Give each call as the text in the language of the environment."""
        tongue: Tongue = self.environment.tongue  # type: ignore[attr-defined]  # see below
        tokens = iter(stream)
        for one in tokens:
            if one.test("name:_"):
                _, text, _ = islice(tokens, 3)
                yield Token(one.lineno, "string", tongue.gettext(text.value))
            elif one.test("name:pgettext"):
                _, where, _, text, _ = islice(tokens, 5)
                said = tongue.pgettext(where.value, text.value)
                yield Token(one.lineno, "string", said)
            else:
                yield one


@cache
def _environment(tongue: Tongue) -> Environment:
    made = Environment(
        loader=FileSystemLoader(theme_dir() / "gatepost"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Our own templates do not change while a site is built.
        auto_reload=False,
        cache_size=-1,
    )
    made.extend(tongue=tongue)
    made.add_extension(_Words)
    return made


@cache
def _template(name: str, tongue: Tongue) -> Template:
    return _environment(tongue).get_template(name)


def render(name: str, view: object, tongue: Tongue = ENGLISH) -> Markup:
    """Fill the template *name* with its one view object, in the words of a language."""
    return Markup(_template(name, tongue).render(view=view).strip())  # noqa: S704 - autoescaped
