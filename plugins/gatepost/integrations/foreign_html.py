"""What becomes of the tags in a foreign text: HTML our pages may hold stays, the rest is converted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, fromstring

from gatepost.integrations import components, markup
from gatepost.integrations.naming import plain, slug

if TYPE_CHECKING:
    from gatepost.integrations.dialect import Walk

_DETAILS = re.compile(
    r"<details\b[^>]{0,500}>\s*<summary\b[^>]{0,500}>(.{0,2000}?)</summary>",
    re.DOTALL | re.IGNORECASE,
)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']([^"']{1,2000})["']""")
_MATH_SIGNS = {"msub": "_", "msup": "^", "mfrac": " / ", "munder": "_"}
_MEDIA = frozenset({"video", "audio"})
_FORMULA = "math"


class HtmlWalk:
    """The tags of one walk."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.folded = 0
        self.unlinked: list[bool] = []
        self.said: set[str] = set()
        self.last_closing: dict[str, int] = {}
        self.pending: dict[str, int] = {}

    def tag(self, tag: markup.Tag, at: int) -> int | None:
        """Write what stands in a tag's place.

        Returns:
            The offset to go on from; None if it is no tag but text such as `<T>`.
        """
        if tag.name[0].isupper() or "." in tag.name:
            return self._component(tag, at)
        name = tag.name.lower()
        if name in {"details", "summary"}:
            return self._folded(tag, at)
        if name in _MEDIA or name == _FORMULA or name in markup.TAKEN_OUT:
            return self._whole(tag, at)
        if name in markup.SINGLE_TAKEN_OUT:
            return self.walk.take_out(at, tag.end, f"`<{name}>` was left out")
        if name in markup.ARRANGES:
            return self._arranging(tag, at)
        return self._kept(tag, at) if name in markup.KEPT else None

    def _component(self, tag: markup.Tag, at: int) -> int | None:
        if tag.name in {"Script", "Style"}:
            return self._whole(tag, at)
        if tag.closing:
            return self._component_end(tag)
        if tag.single or not self._closes(tag.name, at):
            return self._single(tag, at)
        return self._component_begin(tag, at)

    def _component_end(self, tag: markup.Tag) -> int | None:
        if not self.pending.get(tag.name):
            return None
        self.pending[tag.name] -= 1
        self.walk.out.append(components.closed(tag.name) or "")
        return tag.end

    def _component_begin(self, tag: markup.Tag, at: int) -> int | None:
        words = components.opened(tag.name, tag.attributes)
        if words is None and not self.walk.foreign.jsx:
            return None
        self.pending[tag.name] = self.pending.get(tag.name, 0) + 1
        if words is None:
            why = f"the component `<{tag.name}>` is not known here; the text in it was kept"
            self.walk.list_line(
                self.walk.line(at), f"{why}, its tag was not: {_line(tag.text)}"
            )
        self.walk.out.append(words or "")
        return tag.end

    def _single(self, tag: markup.Tag, at: int) -> int | None:
        drawn = components.drawn(tag.name, tag.attributes)
        if drawn is None and not (tag.single and self.walk.foreign.jsx):
            return None
        if drawn is None:
            return self.walk.take_out(
                at,
                tag.end,
                f"the component `{_line(tag.text)}` could not be turned into text",
            )
        self.walk.out.append(self._drawing(drawn, at))
        return tag.end

    def _drawing(self, drawn: components.Drawn, at: int) -> str:
        if isinstance(drawn, components.Shown):
            target = self.walk.imports.get(
                drawn.target.removesuffix(".src"), drawn.target
            )
            return self.walk.markdown_picture(target, drawn.alt, at)
        if isinstance(drawn, components.Link):
            address = self.walk.link_tail(drawn.target, at)
            words = f"[{drawn.words}]({address})" if address else drawn.words
            return words + drawn.after
        return drawn

    def _folded(self, tag: markup.Tag, at: int) -> int | None:
        if tag.closing and tag.name.lower() == "details" and self.folded:
            self.folded -= 1
            self.walk.out.append(f"\n{components.CLOSE}\n")
            return tag.end
        if (
            tag.closing
            or tag.name.lower() == "summary"
            or not self._closes("details", at)
        ):
            return tag.end if tag.name.lower() == "summary" else None
        match = _DETAILS.match(self.walk.text, at)
        self.folded += 1
        self.walk.out.append(components.folded(plain(match[1]) if match else ""))
        return match.end() if match else tag.end

    def _whole(self, tag: markup.Tag, at: int) -> int | None:
        """Replace an element with all it holds."""
        end = tag.end if tag.single else self._end_of(tag.name, tag.end)
        if tag.closing or not end:
            return None
        name = tag.name.lower()
        inside = self.walk.text[at:end]
        if name == _FORMULA:
            self.walk.out.append(f"`{_formula(inside)}`")
            self.walk.list_line(self.walk.line(at), "a formula was kept as plain text")
            return end
        source = tag.attributes.get("src", "") or _first(_SOURCE, inside)
        address = self._media_address(source, at) if source else ""
        if address and name in _MEDIA | {"iframe"}:
            words = tag.attributes.get("title") or (
                "Video" if name == "video" else "Recording"
            )
            words = (
                "Embedded page" if name == "iframe" and words == "Recording" else words
            )
            self.walk.out.append(f"[{words}]({address})")
            self.walk.list_line(
                self.walk.line(at), f"`<{name}>` became a link to {address}"
            )
            return end
        return self.walk.take_out(at, end, f"`<{name}>` was left out")

    def _media_address(self, source: str, at: int) -> str:
        return self.walk.link_tail(source, at)

    def _arranging(self, tag: markup.Tag, at: int) -> int:
        name = tag.name.lower()
        attributes = " ".join(
            f'{key}="{value}"' for key, value in tag.attributes.items()
        )
        if not tag.closing:
            self._looks(f"`<{f'{name} {attributes}'.strip()}>`", at)
        elif name in markup.PARAGRAPHS:
            self.walk.out.append("\n\n")
        return tag.end

    def _kept(self, tag: markup.Tag, at: int) -> int | None:
        name = tag.name.lower()
        if name == "a":
            return self._anchor(tag, at)
        if name == "img":
            return self._picture(tag, at)
        if tag.closing:
            if not self.pending.get(name):
                return None
            self.pending[name] -= 1
            self.walk.out.append(f"</{name}>")
            return tag.end
        if name not in markup.VOID:
            if not self._closes(name, at):
                return None
            self.pending[name] = self.pending.get(name, 0) + 1
        self._open(tag, name, dict(tag.attributes), at)
        return tag.end

    def _open(
        self, tag: markup.Tag, name: str, attributes: dict[str, str], at: int
    ) -> None:
        for one in markup.dropped_attributes(name, tuple(attributes)):
            value = attributes.pop(one)
            if one.lower().startswith("on"):
                self.walk.list_line(
                    self.walk.line(at), f"`{one}` of `<{name}>` was left out: {value}"
                )
            else:
                self._looks(f"`{one}` of `<{name}>`", at)
        self.walk.out.append(markup.written(name, attributes))

    def _anchor(self, tag: markup.Tag, at: int) -> int | None:
        if tag.closing:
            if not self.unlinked:
                return None
            self.walk.out.append("" if self.unlinked.pop() else "</a>")
            return tag.end
        if not self._closes("a", at):
            return None
        attributes = dict(tag.attributes)
        if name := attributes.pop("name", "") or attributes.get("id", ""):
            attributes["id"] = slug(name)
        target = attributes.get("href", "")
        address = self.walk.link_tail(target, at) if target else ""
        self.unlinked.append(bool(target) and not address)
        if self.unlinked[-1]:
            return tag.end
        if address:
            attributes["href"] = address
        self._open(tag, "a", attributes, at)
        return tag.end

    def _picture(self, tag: markup.Tag, at: int) -> int:
        attributes = dict(tag.attributes)
        address, alt = self.walk.picture(
            attributes.get("src", ""), attributes.get("alt", ""), at
        )
        if not address:
            self.walk.out.append(f"<em>{alt}</em>" if alt else "")
            return tag.end
        attributes |= {"src": address, "alt": alt}
        self._open(tag, "img", attributes, at)
        return tag.end

    def _looks(self, what: str, at: int) -> None:
        """List what only changed looks, once per text."""
        if what not in self.said:
            self.said.add(what)
            self.walk.list_line(
                self.walk.line(at), f"{what} was left out: it only arranges the text"
            )

    def _closes(self, name: str, at: int) -> bool:
        if name not in self.last_closing:
            found = re.finditer(
                rf"</{re.escape(name)}\s*>", self.walk.text, re.IGNORECASE
            )
            self.last_closing[name] = max(
                (match.start() for match in found), default=-1
            )
        return self.last_closing[name] > at

    def _end_of(self, name: str, start: int) -> int:
        if not self._closes(name, start):
            return 0
        match = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(
            self.walk.text, start
        )
        return match.end() if match else 0


def _line(text: str) -> str:
    return " ".join(text.split())


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _formula(source: str) -> str:
    """Say a MathML formula in one line: `slot_0 = a & (b - 1)`."""
    try:
        words = _said(fromstring(source))
    except ParseError:
        words = re.sub(r"<[^<>]*>", " ", source)
    return " ".join(words.replace("`", "'").split())


def _said(node: Element) -> str:
    parts = [_said(child) for child in node] or [node.text or ""]
    sign = _MATH_SIGNS.get(node.tag)
    if sign is None or len(parts) < 2:  # noqa: PLR2004 - a base and what stands at it
        return f"√({' '.join(parts)})" if node.tag == "msqrt" else " ".join(parts)
    grouped = [
        part if part.strip().isalnum() else f"({part.strip()})" for part in parts[1:]
    ]
    return sign.join((parts[0].strip(), *grouped))
