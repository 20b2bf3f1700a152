"""Turn another generator's Markdown, MDX or Liquid into ours: one walk over a text.

What is known is converted, the text inside is kept, and whatever is left out is both listed and
kept in the entry's internal block, so that nothing gets lost and nothing gets public by accident.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gatepost.integrations import components, markup
from gatepost.integrations.destinations import Destinations
from gatepost.integrations.foreign_html import HtmlWalk
from gatepost.integrations.naming import plain, slug
from gatepost.integrations.planned import Leftover, Picture
from gatepost.integrations.references import (
    Definition,
    fenced_rows,
    find_definitions,
    label_of,
)

_SPECIAL = re.compile(
    r"[\\`~<\]{]|!?\[|^[ \t]*:::|^[ \t]*///|^(?:import|export)\b", re.MULTILINE
)
_RUN = re.compile(r"`+|~+")
_MARGIN = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_INLINE = re.compile(
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()\\]|\\.|\([^\s()]*+\))*+))"
    r"""(\s++(?:"[^"]{0,500}"|'[^']{0,500}'|\([^)]{0,500}\)))?+\s*+\)"""
)
_LABEL = re.compile(r"[ ]?\[([^\]\[\n]{0,300})\]")
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>"
)
_DIRECTIVE = re.compile(
    r"[ \t]*:{3,}[ \t]*(?:(?P<kind>[A-Za-z][\w-]*)(?:\[(?P<title>[^\]\n]*)\])?[ \t]*"
    r"(?:\{[^}\n]*\})?(?P<rest>[^\n]*))?(?:\n|$)"
)
_IMPORT = re.compile(
    r"import\s+(?:(?P<names>[^;'\"]{0,2000}?)\s+from\s+)?[\"'](?P<source>[^\"'\n]+)[\"'];?[ \t]*(?:\n|$)"
)
_EXPORT = re.compile(r"export\s+(?:const|let|var|default|function|async|class)\b")
_JSX_COMMENT = re.compile(r"\{/\*(.{0,20000}?)\*/\}", re.DOTALL)
_LIQUID = re.compile(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+(\w+)[^%]*%\}(.{0,100000}?)\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
_BRACES = re.compile(r"\{[^{}\n]{0,500}\}")
_STRING = re.compile(r"""\{\s*(["'`])((?:(?!\1)[^\n]){0,500})\1\s*\}""")
_EXCERPT_MARK = re.compile(
    r"\s*(?:more|truncate|excerpt(?:[ _-]end)?|read[ -]more|toc)\s*", re.I
)
_TOOL_MARK = re.compile(
    r"\s*(?:eslint|prettier|markdownlint|textlint|vale|cspell|spell-checker|lint|remark|alex)\b",
    re.I,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_SHORTEST_FENCE = 3


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text in another dialect, and what is needed to understand it."""

    text: str
    path: str
    """File, for what is listed."""
    first_line: int = 1
    """Line of the file on which the text begins."""
    jsx: bool = False
    """Whether it is MDX, where `<Name>` is a component and `{…}` is code."""
    destinations: Destinations = field(default_factory=Destinations)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    """Definitions that stand elsewhere in the file."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The same text in our dialect, call-outs still marked."""

    text: str
    leftovers: tuple[Leftover, ...]
    taken_out: tuple[tuple[int, str], ...]
    """Line of the file and source text of what is not in the text any more."""
    pictures: tuple[Picture, ...]
    used: frozenset[str]
    """Labels of the definitions it uses."""
    excerpt_end: int | None
    """Offset of the mark that ends the text's excerpt, if it has one."""


def convert(foreign: ForeignText) -> Converted:
    """Rewrite one text; reads nothing but what it is given."""
    return Walk(foreign).run()


@dataclass(slots=True)
class _Open:
    """A bracket that may turn out to be a link."""

    chunk: int
    at: int
    image: bool


class Walk:
    """From special character to special character; `out` grows, offsets only go forward."""

    def __init__(self, foreign: ForeignText) -> None:
        self.foreign = foreign
        self.out: list[str] = []
        self.leftovers: list[Leftover] = []
        self.taken_out: list[tuple[int, str]] = []
        self.pictures: dict[str, str] = {}
        self.used: dict[str, Definition] = {}
        self.imports: dict[str, str] = {}
        self.open: list[_Open] = []
        self.hopeless: dict[str, int] = {}
        self.excerpt_chunk: int | None = None
        self.counted, self.count_at = 0, 0
        self.paragraph = (0, 0)
        self.text = self._prepared(foreign.text)
        self.html = HtmlWalk(self)

    def _prepared(self, text: str) -> str:
        """Take out what the walk does not meet: definitions and control characters."""
        if found := sorted({f"U+{ord(one):04X}" for one in _CONTROLS.findall(text)}):
            self.leftovers.append(
                Leftover(
                    self.foreign.path,
                    self.foreign.first_line,
                    f"control characters were left out: {', '.join(found)}",
                )
            )
            text = _CONTROLS.sub("", text)
        rows = text.split("\n")
        own = list(find_definitions(rows, fenced_rows(rows)))
        for one in own:
            rows[one.line - 1] = ""
        self.own = {label_of(one.label): one for one in reversed(own)}
        self.definitions = {**self.foreign.definitions, **self.own}
        return "\n".join(rows)

    def run(self) -> Converted:
        steps = {
            "\\": self._escape,
            "`": self._ticks,
            "~": self._ticks,
            "<": self._angle,
            "[": self._bracket,
            "!": self._bracket,
            "]": self._closed,
            "{": self._brace,
            ":": self._directive,
            "/": self._slashes,
            "i": self._statement,
            "e": self._statement,
        }
        at = 0
        while match := _SPECIAL.search(self.text, at):
            self.out.append(self.text[at : match.start()])
            start = match.start()
            at = steps[match.group().lstrip(" \t")[0]](start)
        self.out.append(self.text[at:])
        return self._finished()

    def _finished(self) -> Converted:
        definitions = self._written_definitions()
        head = (
            "".join(self.out[: self.excerpt_chunk])
            if self.excerpt_chunk is not None
            else None
        )
        return Converted(
            "".join(self.out).rstrip() + definitions,
            tuple(self.leftovers),
            tuple(self.taken_out),
            tuple(Picture(name, source) for source, name in self.pictures.items()),
            frozenset(self.used),
            None if head is None else len(head),
        )

    def _written_definitions(self) -> str:
        for label, one in self.own.items():
            if label not in self.used:
                why = f"the link address `[{one.label}]: {one.target}` is used nowhere"
                self.list_line(self.foreign.first_line + one.line - 1, why)
        rows = [
            f"[{one.label}]: {self.foreign.destinations.link(one.target)[0]} {one.title}".rstrip()
            for one in self.used.values()
            if self.foreign.destinations.link(one.target)[0]
        ]
        return "\n\n" + "\n".join(rows) if rows else ""

    # What other parts of the walk may use.

    def line(self, at: int) -> int:
        """Line of the file at an offset; cheap because offsets only grow."""
        if at < self.count_at:
            self.counted, self.count_at = 0, 0
        self.counted += self.text.count("\n", self.count_at, at)
        self.count_at = at
        return self.foreign.first_line + self.counted

    def list_line(self, line: int, why: str) -> None:
        """List something that was not placed."""
        self.leftovers.append(Leftover(self.foreign.path, line, why))

    def take_out(self, at: int, end: int, why: str) -> int:
        """Keep a stretch of the source for the internal block only, and list it."""
        line = self.line(at)
        self.taken_out.append((line, self.text[at:end].strip()))
        self.list_line(line, f"{why}; it stands in the entry's internal block")
        return end

    def link_tail(self, target: str, at: int) -> str:
        """Say where a link leads now; empty, and listed, if nowhere."""
        address, why = self.foreign.destinations.link(target)
        if not address:
            self.list_line(
                self.line(at), f"the link to `{target}` became plain text: {why}"
            )
        return address

    def picture(self, target: str, alt: str, at: int) -> tuple[str, str]:
        """Say where a picture is now, and its alternative text; empty, and listed, if nowhere."""
        address, source, why = self.foreign.destinations.picture(target)
        if why:
            self.list_line(self.line(at), f"the picture `{target}` was left out: {why}")
            return "", alt
        if not alt:
            alt = _words_of_file(target)
            self.list_line(
                self.line(at),
                f"the picture `{target}` had no text; it was named “{alt}”",
            )
        return address or self._beside(source), alt

    def markdown_picture(self, target: str, alt: str, at: int, title: str = "") -> str:
        """Write a picture, or what it shows if it is not to be had."""
        address, words = self.picture(target, alt, at)
        if not address:
            return f"*{words}*" if words else ""
        return f"![{_bracketed(words)}]({address}{title})"

    def _beside(self, source: str) -> str:
        if source not in self.pictures:
            stem, _, ending = (
                source.replace("\\", "/").rpartition("/")[2].rpartition(".")
            )
            stem = slug(stem) or "picture"
            taken = set(self.pictures.values())
            names = (
                f"{stem}{'' if n == 1 else f'-{n}'}.{ending.lower()}"
                for n in range(1, 10_000)
            )
            self.pictures[source] = next(name for name in names if name not in taken)
        return self.pictures[source]

    # Code, and what only looks like something.

    def _escape(self, at: int) -> int:
        self.out.append(self.text[at : at + 2])
        return at + 2

    def _ticks(self, at: int) -> int:
        run = _RUN.match(self.text, at)
        end = run.end() if run else at + 1
        if end - at >= _SHORTEST_FENCE and self._begins_line(at):
            return self._copied(at, self._fence_end(at, end))
        if self.text[at] == "~":
            return self._copied(at, end)
        return self._copied(at, self._code_end(at, end))

    def _copied(self, at: int, end: int) -> int:
        self.out.append(self.text[at:end])
        return end

    def _begins_line(self, at: int) -> bool:
        line = self.text.rfind("\n", 0, at) + 1
        return _MARGIN.fullmatch(self.text, line, at) is not None

    def _fence_end(self, at: int, end: int) -> int:
        mark = self.text[at:end]
        row_end = self.text.find("\n", end)
        row = self.text[end : row_end if row_end >= 0 else None]
        if (mark[0] == "`" and "`" in row) or mark in self.hopeless:
            return self._code_end(at, end) if mark[0] == "`" else end
        closing = re.compile(
            rf"^[ \t>]*{re.escape(mark)}{mark[0]}*[ \t]*$", re.MULTILINE
        )
        match = closing.search(self.text, end)
        if match is None:
            self.hopeless[mark] = at
            return end
        return match.end()

    def _code_end(self, at: int, end: int) -> int:
        run = self.text[at:end]
        stop = self._end_of_paragraph(at)
        dead = f"{run}{stop}"
        if dead in self.hopeless:
            return end
        match = re.compile(rf"(?<!`){run}(?!`)").search(self.text, end, stop)
        if match is None:
            self.hopeless[dead] = at
            return end
        return match.end()

    def _end_of_paragraph(self, at: int) -> int:
        if not self.paragraph[0] <= at < self.paragraph[1]:
            match = _BLANK_LINE.search(self.text, at)
            self.paragraph = (at, match.start() if match else len(self.text))
        return self.paragraph[1]

    def _slashes(self, at: int) -> int:
        """Keep `///` from opening or closing one of our own blocks."""
        start = self.text.index("/", at)
        self.out.append(self.text[at:start] + "&#47;//")
        return start + 3

    # MDX and Liquid.

    def _statement(self, at: int) -> int:
        if not self.foreign.jsx:
            return self._copied(at, at + 1)
        if match := _IMPORT.match(self.text, at):
            name = (match["names"] or "").strip()
            if name.isidentifier():
                self.imports[name] = match["source"]
            return match.end()
        if not _EXPORT.match(self.text, at):
            return self._copied(at, at + 1)
        limit = _BLANK_LINE.search(self.text, at)
        end = limit.start() if limit else len(self.text)
        return self.take_out(at, end, "a piece of program text was left out")

    def _directive(self, at: int) -> int:
        match = _DIRECTIVE.match(self.text, at)
        if match is None:
            return self._copied(at, self.text.index(":", at) + 3)
        margin = self.text[at : self.text.index(":", at)]
        kind = match["kind"]
        if not kind:
            self.out.append(f"{margin}{components.CLOSE}\n")
            return match.end()
        title = (match["title"] or match["rest"] or "").strip()
        if kind.lower() not in components.CALLOUTS and kind.lower() != "details":
            self.list_line(
                self.line(at), f"`:::{kind}` is not known here; it became a note"
            )
        folds = kind.lower() == "details"
        mark = components.folded(title) if folds else components.callout(kind, title)
        self.out.append(f"{margin}{mark.strip()}\n")
        return match.end()

    def _brace(self, at: int) -> int:
        if self.foreign.jsx and (match := _JSX_COMMENT.match(self.text, at)):
            return self._comment(at, match.end(), match[1])
        if match := _HIGHLIGHT.match(self.text, at):
            self.out.append(f"```{match[1]}\n{match[2].strip(chr(10))}\n```")
            return match.end()
        if match := _LIQUID.match(self.text, at):
            return self._liquid(at, match)
        if self.foreign.jsx and (match := _STRING.match(self.text, at)):
            self.out.append(match[2])
            return match.end()
        match = _BRACES.match(self.text, at)
        if self.foreign.jsx and match:
            why = f"the expression `{match.group()}` was kept as text: nothing computes it here"
            self.list_line(self.line(at), why)
        # Python-Markdown takes `{…}` after a space or a mark for attributes, and swallows it.
        before = self.text[at - 1] if at else "\n"
        self.out.append("\\{" if match and before in " \t\n`)*_]>" else "{")
        return at + 1

    def _liquid(self, at: int, match: re.Match[str]) -> int:
        words = match.group()
        if re.fullmatch(r"\{%-?\s*(?:end)?raw\s*-?%\}", words):
            return match.end()
        one_line = " ".join(words.split())
        ticks = "``" if "`" in one_line else "`"
        self.out.append(f"{ticks}{one_line}{ticks}")
        why = (
            f"the template command `{one_line}` was kept as text: nothing runs it here"
        )
        self.list_line(self.line(at), why)
        return match.end()

    # Tags.

    def _angle(self, at: int) -> int:
        if self.text.startswith("<!--", at):
            return self._html_comment(at)
        if auto := _AUTOLINK.match(self.text, at):
            return self._copied(at, auto.end())
        tag = markup.tag_at(self.text, at)
        if tag is None or (end := self.html.tag(tag, at)) is None:
            following = self.text[at + 1 : at + 2]
            self.out.append(
                "&lt;" if following.isalpha() or following in {"/", "!", "?"} else "<"
            )
            return at + 1
        return end

    def _html_comment(self, at: int) -> int:
        if "<!--" in self.hopeless or (end := self.text.find("-->", at + 4)) < 0:
            self.hopeless["<!--"] = at
            self.out.append("&lt;!--")
            return at + 4
        return self._comment(at, end + 3, self.text[at + 4 : end])

    def _comment(self, at: int, end: int, words: str) -> int:
        if _EXCERPT_MARK.fullmatch(words):
            self.excerpt_chunk = len(self.out)
            return end
        if _TOOL_MARK.match(words) or not words.strip():
            return end
        return self.take_out(at, end, "a comment is never published")

    # Links and pictures.

    def _bracket(self, at: int) -> int:
        image = self.text[at] == "!"
        self.open.append(_Open(len(self.out), at, image))
        end = at + 1 + image
        self.out.append(self.text[at:end])
        return end

    def _closed(self, at: int) -> int:
        if not self.open:
            return self._copied(at, at + 1)
        opened = self.open.pop()
        words = self.text[opened.at + 1 + opened.image : at]
        if match := _INLINE.match(self.text, at + 1):
            target = (match[1] or match[2] or "").replace("`", "%60")
            return self._target(opened, words, target, match[3] or "", match.end())
        label = _LABEL.match(self.text, at + 1)
        one = self.definitions.get(label_of((label[1] if label else "") or words))
        if one is None:
            return self._copied(at, at + 1)
        return self._reference(opened, words, one, at, label.end() if label else at + 1)

    def _target(
        self, opened: _Open, words: str, target: str, title: str, end: int
    ) -> int:
        if opened.image:
            del self.out[opened.chunk :]
            shown = self.markdown_picture(target, plain(words), opened.at, title)
            self.out.append(shown)
            return end
        if address := self.link_tail(target, opened.at):
            written = f"<{address}>" if " " in address else address
            self.out.append(f"]({written}{title})")
        else:
            self.out[opened.chunk] = ""
        return end

    def _reference(
        self, opened: _Open, words: str, one: Definition, at: int, end: int
    ) -> int:
        self.used[label_of(one.label)] = one
        if opened.image:
            del self.out[opened.chunk :]
            self.out.append(self.markdown_picture(one.target, plain(words), opened.at))
            return end
        if self.link_tail(one.target, opened.at):
            return self._copied(at, end)
        self.out[opened.chunk] = ""
        return end


def _words_of_file(target: str) -> str:
    stem = target.rpartition("/")[2].partition("?")[0].rpartition(".")[0]
    return " ".join(re.split(r"[-_\s]+", stem)).strip().capitalize() or "Picture"


def _bracketed(words: str) -> str:
    return words.replace("[", r"\[").replace("]", r"\]")
