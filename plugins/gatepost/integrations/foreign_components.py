"""What becomes of the components in a foreign text."""

from __future__ import annotations

from collections.abc import Mapping

from gatepost.integrations import components, markup
from gatepost.integrations.closings import Closings
from gatepost.integrations.foreign_links import LinkSteps
from gatepost.integrations.rewriting import Rewriting


class ComponentSteps:
    """Steps over tags that begin with a capital letter."""

    def __init__(
        self,
        rewriting: Rewriting,
        links: LinkSteps,
        imports: Mapping[str, str],
        closings: Closings,
    ) -> None:
        self.it = rewriting
        self.links = links
        self.imports = imports
        self.closings = closings

    def component(self, tag: markup.Tag, at: int) -> int | None:
        """Write what stands in a component's place; None if it is text such as `<T>`."""
        if tag.closing:
            return self._end(tag)
        if tag.single or not self.closings.closes(tag.name, at):
            return self._single(tag, at)
        return self._begin(tag, at)

    def _begin(self, tag: markup.Tag, at: int) -> int | None:
        words = components.opened(tag.name, tag.attributes)
        if words is None and not self.it.foreign.jsx:
            return None
        self.closings.open(tag.name)
        if words is None:
            why = f"the component `{one_line(tag.text)}` is not known here"
            self.it.list_at(at, f"{why}; the text in it was kept, its tag was not")
        self.it.out.append(words or "")
        return tag.end

    def _end(self, tag: markup.Tag) -> int | None:
        if not self.closings.close(tag.name):
            return None
        self.it.out.append(components.closed(tag.name) or "")
        return tag.end

    def _single(self, tag: markup.Tag, at: int) -> int | None:
        drawn = components.drawn(tag.name, tag.attributes)
        if drawn is not None:
            self.it.out.append(self._drawing(drawn, at))
            return tag.end
        if not (tag.single and self.it.foreign.jsx):
            return None
        why = f"the component `{one_line(tag.text)}` could not be turned into text"
        return self.it.take_out(at, tag.end, why)

    def _drawing(self, drawn: components.Drawn, at: int) -> str:
        if isinstance(drawn, components.Shown):
            named = drawn.target.removesuffix(".src")
            target = self.imports.get(named, drawn.target)
            return self.links.markdown_picture(target, drawn.alt, at)
        if isinstance(drawn, components.Link):
            address = self.links.address(drawn.target, at)
            words = f"[{drawn.words}]({address})" if address else drawn.words
            return words + drawn.after
        return drawn


def one_line(text: str) -> str:
    """Say a tag in one line."""
    return " ".join(text.split())
