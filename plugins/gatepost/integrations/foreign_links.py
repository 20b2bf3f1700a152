"""Links, pictures and reference definitions of a foreign text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gatepost.content.slug import slug
from gatepost.integrations.anchors import anchors_of
from gatepost.integrations.plain_text import plain
from gatepost.integrations.planned import Picture
from gatepost.integrations.references import Definition, label_of
from gatepost.integrations.rewriting import Rewriting

# Every repetition is possessive: no text can make one bracket look at all the rest.
_INLINE = re.compile(
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()\\]|\\.|\([^\s()]*+\))*+))"
    r"""(\s++(?:"[^"]{0,500}"|'[^']{0,500}'|\([^)]{0,500}\)))?+\s*+\)"""
)
_LABEL = re.compile(r"[ ]?\[([^\]\[\n]{0,300})\]")


@dataclass(frozen=True, slots=True)
class _Open:
    """A bracket that may turn out to be a link."""

    piece: int
    """Its place in what is written."""
    at: int
    """Its offset."""
    image: bool


class LinkSteps:
    """Steps over brackets."""

    def __init__(self, rewriting: Rewriting) -> None:
        self.it = rewriting
        self.pictures: dict[str, str] = {}
        """Where a file is found, to its name beside the entry."""
        self.used: dict[str, Definition] = {}
        self._open: list[_Open] = []
        self._known_anchors: Mapping[str, str] | None = None
        self._definitions = {**rewriting.foreign.definitions, **rewriting.own}

    def bracket(self, at: int) -> int:
        """Remember a bracket that opens."""
        image = self.it.text[at] == "!"
        self._open.append(_Open(len(self.it.out), at, image))
        return self.it.copy(at, at + 1 + image)

    def closed(self, at: int) -> int:
        """Decide what a bracket was, now that it closes."""
        if not self._open:
            return self.it.copy(at, at + 1)
        opened = self._open.pop()
        words = self.it.text[opened.at + 1 + opened.image : at]
        if match := _INLINE.match(self.it.text, at + 1):
            target = (match[1] or match[2] or "").replace("`", "%60")
            return self._inline(opened, words, target, match[3] or "", match.end())
        label = _LABEL.match(self.it.text, at + 1)
        one = self._definitions.get(label_of((label[1] if label else "") or words))
        if one is None:
            return self._no_link(opened, at)
        return self._reference(opened, words, one, at, label.end() if label else at + 1)

    def _no_link(self, opened: _Open, at: int) -> int:
        if self.it.text.startswith(":", at + 1):
            # `- [PERF]: text` is a line of a list, but begins like a definition.
            self.it.out[opened.piece] = "\\["
        return self.it.copy(at, at + 1)

    def _inline(
        self, opened: _Open, words: str, target: str, title: str, end: int
    ) -> int:
        if opened.image:
            del self.it.out[opened.piece :]
            shown = self.markdown_picture(target, plain(words), opened.at, title)
            self.it.out.append(shown)
        elif address := self.address(target, opened.at):
            written = f"<{address}>" if " " in address else address
            self.it.out.append(f"]({written}{title})")
        else:
            self.it.out[opened.piece] = ""
        return end

    def _reference(
        self, opened: _Open, words: str, one: Definition, at: int, end: int
    ) -> int:
        self.used[label_of(one.label)] = one
        if opened.image:
            del self.it.out[opened.piece :]
            self.it.out.append(
                self.markdown_picture(one.target, plain(words), opened.at)
            )
            return end
        if self.address(one.target, opened.at):
            return self.it.copy(at, end)
        self.it.out[opened.piece] = ""
        return end

    def address(self, target: str, at: int) -> str:
        """Say where a link leads now; empty, and listed, if nowhere."""
        address, why = self._resolved(target)
        if not address:
            self.it.list_at(at, f"the link to `{target}` became plain text: {why}")
        return address

    def _resolved(self, target: str) -> tuple[str, str]:
        if not target.startswith("#"):
            return self.it.foreign.destinations.link(target)
        anchor = self._anchors().get(target[1:].lower(), "")
        return (f"#{anchor}", "") if anchor else ("", "the entry has no such heading")

    def _anchors(self) -> Mapping[str, str]:
        if self._known_anchors is None:
            self._known_anchors = anchors_of(self.it.text)
        return self._known_anchors

    def picture(self, target: str, alt: str, at: int) -> tuple[str, str]:
        """Say where a picture is now, and its words; without address, and listed, if nowhere."""
        address, source, why = self.it.foreign.destinations.picture(target)
        if why:
            self.it.list_at(at, f"the picture `{target}` was left out: {why}")
            return "", alt
        if not alt:
            alt = _words_of_file(target)
            self.it.list_at(at, f"the picture `{target}` had no words; it got “{alt}”")
        return address or self._beside(source), alt

    def markdown_picture(self, target: str, alt: str, at: int, title: str = "") -> str:
        """Write a picture, or the words for it if it is not to be had."""
        address, words = self.picture(target, alt, at)
        if not address:
            return f"*{words}*" if words else ""
        bracketed = words.replace("[", r"\[").replace("]", r"\]")
        return f"![{bracketed}]({address}{title})"

    def _beside(self, source: str) -> str:
        if source not in self.pictures:
            stem, _, ending = (
                source.replace("\\", "/").rpartition("/")[2].rpartition(".")
            )
            stem, taken = slug(stem) or "picture", set(self.pictures.values())
            names = (
                f"{stem}{f'-{n}' if n else ''}.{ending.lower()}"
                for n in range(len(taken) + 1)
            )
            self.pictures[source] = next(name for name in names if name not in taken)
        return self.pictures[source]

    def copied_pictures(self) -> tuple[Picture, ...]:
        """The files that go beside the entry."""
        return tuple(Picture(name, source) for source, name in self.pictures.items())

    def written_definitions(self) -> str:
        """Write the definitions the text uses, and list its own that it does not use."""
        foreign = self.it.foreign
        for label, one in self.it.own.items():
            if label not in self.used:
                why = f"the link address `[{one.label}]: {one.target}` is used nowhere"
                self.it.list_line(foreign.first_line + one.line - 1, why)
        addresses = ((one, self._resolved(one.target)[0]) for one in self.used.values())
        rows = [
            f"[{one.label}]: {to} {one.title}".rstrip() for one, to in addresses if to
        ]
        return "\n\n" + "\n".join(rows) if rows else ""


def _words_of_file(target: str) -> str:
    stem = target.rpartition("/")[2].partition("?")[0].rpartition(".")[0]
    return " ".join(re.split(r"[-_\s]+", stem)).strip().capitalize() or "Picture"
