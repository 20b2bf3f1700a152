"""What becomes of the tags in a foreign text: our pages' HTML stays, the rest is converted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatepost.content.slug import slug
from gatepost.integrations import components, markup
from gatepost.integrations.closings import Closings
from gatepost.integrations.foreign_components import ComponentSteps
from gatepost.integrations.foreign_links import LinkSteps
from gatepost.integrations.formula import formula_text
from gatepost.integrations.plain_text import plain
from gatepost.integrations.rewriting import Rewriting

_DETAILS = re.compile(
    r"<details\b[^>]{0,500}>\s*<summary\b[^>]{0,500}>(.{0,2000}?)</summary>",
    re.DOTALL | re.IGNORECASE,
)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']([^"']{1,2000})["']""")
_PLAYED: Mapping[str, str] = {
    "video": "Video",
    "audio": "Recording",
    "iframe": "Embedded page",
}
"""Elements that become a link, and its words."""
_FORMULA = "math"


class TagSteps:
    """Steps over tags."""

    def __init__(
        self, rewriting: Rewriting, links: LinkSteps, imports: Mapping[str, str]
    ) -> None:
        self.it = rewriting
        self.links = links
        self.closings = Closings(rewriting.text)
        self.components = ComponentSteps(rewriting, links, imports, self.closings)
        self._unlinked: list[bool] = []
        self._said: set[str] = set()

    def tag(self, tag: markup.Tag, at: int) -> int | None:
        """Write what stands in a tag's place.

        Returns:
            The offset to go on from; None if it is no tag but text such as `<T>`.
        """
        name = tag.name.lower()
        if name in _PLAYED or name == _FORMULA or name in markup.TAKEN_OUT:
            return self._whole(tag, name, at)
        if tag.name[0].isupper() or "." in tag.name:
            return self.components.component(tag, at)
        if name == "details":
            return self._folded(tag, at)
        if name in markup.SINGLE_TAKEN_OUT:
            return self.it.take_out(at, tag.end, f"`<{name}>` was left out")
        if name in markup.ARRANGES:
            return self._arranging(tag, name, at)
        return self._kept(tag, name, at) if name in markup.KEPT else None

    def _folded(self, tag: markup.Tag, at: int) -> int | None:
        if tag.closing:
            if not self.closings.close("details"):
                return None
            self.it.out.append(f"\n{components.CLOSE}\n")
            return tag.end
        if not self.closings.closes("details", at):
            return None
        self.closings.open("details")
        match = _DETAILS.match(self.it.text, at)
        self.it.out.append(components.folded(plain(match[1]) if match else ""))
        return match.end() if match else tag.end

    def _whole(self, tag: markup.Tag, name: str, at: int) -> int | None:
        """Replace an element with all it holds."""
        end = tag.end if tag.single else self.closings.end_of(tag.name, tag.end)
        if tag.closing or not end:
            return None
        inside = self.it.text[at:end]
        if name == _FORMULA:
            self.it.out.append(f"`{formula_text(inside)}`")
            self.it.list_at(at, "a formula was kept as plain text")
            return end
        source = tag.attributes.get("src", "") or _first(_SOURCE, inside)
        address = self.links.address(source, at) if source and name in _PLAYED else ""
        if not address:
            return self.it.take_out(at, end, f"`<{name}>` was left out")
        self.it.out.append(
            f"[{tag.attributes.get('title') or _PLAYED[name]}]({address})"
        )
        self.it.list_at(at, f"`<{name}>` became a link to {address}")
        return end

    def _arranging(self, tag: markup.Tag, name: str, at: int) -> int:
        pairs = (f'{key}="{value}"' for key, value in tag.attributes.items())
        if not tag.closing:
            self._looks(f"`<{' '.join((name, *pairs))}>`", at)
        elif name in markup.PARAGRAPHS:
            self.it.out.append("\n\n")
        return tag.end

    def _kept(self, tag: markup.Tag, name: str, at: int) -> int | None:
        if name == "a":
            return self._anchor(tag, at)
        if name == "img":
            return self._picture(tag, at)
        if tag.closing:
            if not self.closings.close(name):
                return None
            self.it.out.append(f"</{name}>")
            return tag.end
        if name not in markup.VOID:
            if not self.closings.closes(name, at):
                return None
            self.closings.open(name)
        self._write(name, dict(tag.attributes), at)
        return tag.end

    def _write(self, name: str, attributes: dict[str, str], at: int) -> None:
        """Write an opening tag with the attributes it may have."""
        for one in markup.dropped_attributes(name, tuple(attributes)):
            value = attributes.pop(one)
            if one.lower().startswith("on"):
                self.it.list_at(at, f"`{one}` of `<{name}>` was left out: {value}")
            else:
                self._looks(f"`{one}` of `<{name}>`", at)
        self.it.out.append(markup.written(name, attributes))

    def _anchor(self, tag: markup.Tag, at: int) -> int | None:
        if tag.closing:
            if not self._unlinked:
                return None
            self.it.out.append("" if self._unlinked.pop() else "</a>")
            return tag.end
        if not self.closings.closes("a", at):
            return None
        attributes = dict(tag.attributes)
        if name := attributes.pop("name", "") or attributes.get("id", ""):
            attributes["id"] = slug(name)
        target = attributes.get("href", "")
        address = self.links.address(target, at) if target else ""
        self._unlinked.append(bool(target) and not address)
        if not self._unlinked[-1]:
            self._write("a", attributes | ({"href": address} if address else {}), at)
        return tag.end

    def _picture(self, tag: markup.Tag, at: int) -> int:
        source, words = tag.attributes.get("src", ""), tag.attributes.get("alt", "")
        address, alt = self.links.picture(source, words, at)
        if address:
            self._write("img", {**tag.attributes, "src": address, "alt": alt}, at)
        else:
            self.it.out.append(f"<em>{alt}</em>" if alt else "")
        return tag.end

    def _looks(self, what: str, at: int) -> None:
        """List what only changed looks, once per text."""
        if what not in self._said:
            self._said.add(what)
            self.it.list_at(at, f"{what} was left out: it only arranges the text")


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""
