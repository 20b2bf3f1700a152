"""Tags of HTML and JSX: their attributes, and which of them an entry may hold."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]{0,60})(?P<attributes>"
    r"(?:\s*+(?:[\w:@.-]++(?:\s*+=\s*+(?:\"[^\"]{0,4000}\"|'[^']{0,4000}'"
    r"|\{(?:[^{}]|\{[^{}]{0,2000}\}){0,4000}\}|[^\s\"'=<>`{]++))?"
    r"|\{\s*\.\.\.[^{}]{0,200}\}))*+)\s*+(?P<single>/?)>"
)
_ATTRIBUTE = re.compile(
    r"([\w:@.-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{((?:[^{}]|\{[^{}]*\})*)\}|([^\s\"'=<>`{]+)))?"
)
_QUOTED = re.compile(r"""\s*(["'`])(.*)\1\s*""", re.DOTALL)

VOID = frozenset({"br", "hr", "img", "wbr"})
KEPT = VOID | frozenset(
    """
    a abbr b bdi bdo blockquote caption cite code col colgroup dd del dfn dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 i ins kbd li mark ol pre q rp rt ruby s samp small strike strong
    sub sup table tbody td tfoot th thead time tr tt u ul var
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""Elements an entry may hold as raw HTML."""
ARRANGES = frozenset(
    """
    article aside body center div font footer head header hgroup html main nav p picture section
    span summary
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""Elements that only arrange the text in them; the text stays, the tags go."""
PARAGRAPHS = frozenset(
    """
    article aside center div p section
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""Those of them after which a new paragraph begins."""
TAKEN_OUT = frozenset(
    """
    canvas embed form iframe noscript object script select style svg template textarea
    """.split()  # noqa: SIM905 - a list of words reads as text
)
"""Elements that go with all they hold, into the internal block."""
SINGLE_TAKEN_OUT = frozenset({"base", "link", "meta", "source", "track"})
"""Elements without an end that go."""
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "title", "id"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "ol": frozenset({"start", "type"}),
    "time": frozenset({"datetime"}),
    "abbr": frozenset({"title"}),
    "bdo": frozenset({"dir"}),
    "bdi": frozenset({"dir"}),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of HTML or JSX."""

    name: str
    attributes: Mapping[str, str]
    """Name to text; of `{…}` the text between the braces, without quotes."""
    closing: bool
    single: bool
    """Whether it closes itself."""
    text: str
    """As it was written."""
    end: int
    """Offset after its last character."""


def tag_at(text: str, offset: int) -> Tag | None:
    """Read the tag that begins at *offset*, if there is one."""
    match = _TAG.match(text, offset)
    if match is None:
        return None
    return Tag(
        match["name"],
        _attributes(match["attributes"]),
        closing=bool(match["close"]),
        single=bool(match["single"]),
        text=match.group(),
        end=match.end(),
    )


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        double, single, braced, bare = values
        found[name] = html.unescape(double or single or _unbraced(braced) or bare)
    return found


def _unbraced(expression: str) -> str:
    match = _QUOTED.fullmatch(expression)
    return match[2] if match else expression.strip()


def dropped_attributes(name: str, attributes: Iterable[str]) -> tuple[str, ...]:
    """Name the attributes an element of an entry may not have."""
    allowed = _ATTRIBUTES.get(name, frozenset())
    return tuple(one for one in attributes if one.lower() not in allowed)


def written(name: str, attributes: Mapping[str, str]) -> str:
    """Write an opening tag."""
    pairs = "".join(
        f' {key.lower()}="{html.escape(value, quote=True)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{pairs}>"
