"""What becomes of the components of other generators: a table, one row per component.

A row says what readers of the original saw, in plain Markdown: a wrapper leaves the text inside it,
a badge its words, a link card its link. A component that is not in the table keeps the text inside
it and is listed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

Attributes = Mapping[str, str]

OPEN, CLOSE, FOLD = "\ufdd0", "\ufdd1", "\ufdd2"
"""Marks of a call-out's begin and end, each on its own line; `FOLD` begins a folded one. These
characters are in no text: Unicode keeps them for use inside programs."""


@dataclass(frozen=True, slots=True)
class Link:
    """A component that is a link."""

    words: str
    target: str
    after: str = ""
    """Text that follows the link."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A component that is a picture."""

    target: str
    alt: str


Drawn = str | Link | Shown

CALLOUTS = {
    "note": "note",
    "info": "info",
    "tip": "tip",
    "hint": "tip",
    "success": "success",
    "check": "success",
    "warning": "warning",
    "caution": "warning",
    "important": "warning",
    "attention": "warning",
    "danger": "danger",
    "error": "danger",
}
"""Words for call-outs elsewhere to our kinds of admonition."""
_CALLOUT_COMPONENTS = frozenset({"Admonition", "Alert", "Aside", "Callout"})
_FOLDED = frozenset(
    {"Accordion", "Collapse", "Collapsible", "Details", "Expandable", "Spoiler"}
)
_TITLE_NAMES = (
    "title",
    "label",
    "header",
    "heading",
    "summary",
    "filename",
    "name",
    "text",
)
_TARGET_NAMES = ("href", "url", "link", "to")


def opened(name: str, attributes: Attributes) -> str | None:
    """Say what stands in the place of a component's opening tag; None for an unknown one."""
    title = _first(attributes, _TITLE_NAMES)
    if name in _CALLOUT_COMPONENTS or name.lower() in CALLOUTS:
        kind = name if name.lower() in CALLOUTS else attributes.get("type", "note")
        return callout(kind, title)
    if name in _FOLDED:
        return folded(title)
    if name in _WRAPPERS:
        return f"\n\n**{title}**\n\n" if title else ""
    return None


def closed(name: str) -> str | None:
    """Say what stands in the place of a component's closing tag; None for an unknown one."""
    if name in _CALLOUT_COMPONENTS or name.lower() in CALLOUTS or name in _FOLDED:
        return f"\n{CLOSE}\n"
    return "" if name in _WRAPPERS else None


def drawn(name: str, attributes: Attributes) -> Drawn | None:
    """Say what stands in the place of a component that closes itself; None for an unknown one."""
    draw = _SINGLE.get(name)
    if draw is not None:
        return draw(attributes)
    if target := _first(attributes, _TARGET_NAMES):
        return Link(_first(attributes, _TITLE_NAMES) or target, target)
    return "" if name in _WRAPPERS else None


def callout(kind: str, title: str) -> str:
    """Begin an admonition."""
    known = CALLOUTS.get(kind.strip().lower())
    words = title or ("" if known else kind.strip())
    return f"\n{OPEN}{known or 'note'}|{words}\n"


def folded(title: str) -> str:
    """Begin a block that readers open."""
    return f"\n{FOLD}note|{title or 'More'}\n"


def _first(attributes: Attributes, names: tuple[str, ...]) -> str:
    return next(
        (" ".join(attributes[one].split()) for one in names if attributes.get(one)), ""
    )


def _badge(attributes: Attributes) -> Drawn:
    words = _first(attributes, ("text", "label", "title"))
    return f"({words})" if words else ""


def _rule_id(attributes: Attributes) -> Drawn:
    # HTML, because these stand in the cells of raw HTML tables, where Markdown is not read.
    return f"<code>{html.escape(attributes.get('id', ''))}</code>"


def _dashboard(attributes: Attributes) -> Drawn:
    return Link("Open the dashboard", attributes.get("url", ""))


def _card(attributes: Attributes) -> Drawn:
    title, target = _first(attributes, _TITLE_NAMES), _first(attributes, _TARGET_NAMES)
    words = attributes.get("description", "")
    if not target:
        return ": ".join(filter(None, (f"**{title}**" if title else "", words)))
    return Link(title or target, target, f": {words}" if words else "")


def _picture(attributes: Attributes) -> Drawn:
    return Shown(attributes.get("src", ""), attributes.get("alt", ""))


def _video(attributes: Attributes) -> Drawn:
    code = quote(attributes.get("id", "") or attributes.get("videoId", ""), safe="")
    words = _first(attributes, ("title",)) or "Video"
    return Link(words, f"https://www.youtube.com/watch?v={code}") if code else words


def _packages(attributes: Attributes) -> Drawn:
    verb = {"create": "create", "exec": "exec"}.get(
        attributes.get("type", ""), "install"
    )
    flag = "--save-dev" if "dev" in attributes and verb == "install" else ""
    package, arguments = attributes.get("pkg", ""), attributes.get("args", "")
    if verb != "install" and arguments:
        arguments = f"-- {arguments}"
    line = " ".join(filter(None, ("npm", verb, flag, package, arguments)))
    return f"\n\n```sh\n{line}\n```\n\n"


def _code(attributes: Attributes) -> Drawn:
    code = attributes.get("code", "")
    ticks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    return f"\n\n{ticks}{attributes.get('lang', '')}\n{code}\n{ticks}\n\n"


def _nothing(_attributes: Attributes) -> Drawn:
    return ""


_WRAPPERS = frozenset(
    """
    AutoTypeTable CardGrid Cards CodeGroup CodeTabs Columns Column Example Examples FileTree
    Fragment Frame Glossary GlossaryTooltip Group LinkCards Panel Section Step Steps Stepper Tab
    TabItem Tabs Term Tooltip TypeScriptExample WranglerConfig
    """.split()  # noqa: SIM905 - a list of words reads as text
)
_SINGLE: Mapping[str, Callable[[Attributes], Drawn]] = {
    "Badge": _badge,
    "Card": _card,
    "Chip": _badge,
    "Code": _code,
    "DashButton": _dashboard,
    "Icon": _nothing,
    "Image": _picture,
    "Img": _picture,
    "LinkButton": _card,
    "LinkCard": _card,
    "PackageManagers": _packages,
    "Pill": _badge,
    "RuleID": _rule_id,
    "Tag": _badge,
    "YouTube": _video,
    "Youtube": _video,
}
