"""The programs in a foreign text: MDX statements and expressions, Liquid, directives, comments."""

from __future__ import annotations

import re

from gatepost.integrations import components
from gatepost.integrations.rewriting import Rewriting

_DIRECTIVE = re.compile(
    r"[ \t]*:{3,}[ \t]*(?:(?P<kind>[A-Za-z][\w-]*)(?:\[(?P<title>[^\]\n]*)\])?[ \t]*"
    r"(?:\{[^}\n]*\})?(?P<rest>[^\n]*))?(?:\n|$)"
)
_IMPORT = re.compile(
    r"import\s+(?:(?P<names>[^;'\"]{0,2000}?)\s+from\s+)?"
    r"[\"'](?P<source>[^\"'\n]+)[\"'];?[ \t]*(?:\n|$)"
)
_EXPORT = re.compile(r"export\s+(?:const|let|var|default|function|async|class)\b")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_JSX_COMMENT = re.compile(r"\{/\*(.{0,20000}?)\*/\}", re.DOTALL)
_LIQUID = re.compile(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}", re.DOTALL)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+(\w+)[^%]*%\}(.{0,100000}?)\{%-?\s*endhighlight\s*-?%\}",
    re.DOTALL,
)
_BRACES = re.compile(r"\{[^{}\n]{0,500}\}")
_STRING = re.compile(r"""\{\s*(["'`])((?:(?!\1)[^\n]){0,500})\1\s*\}""")
_EXCERPT_MARK = re.compile(
    r"\s*(?:more|truncate|excerpt(?:[ _-]end)?|read[ -]more|toc)\s*", re.IGNORECASE
)
_TOOL_MARK = re.compile(
    r"\s*(?:eslint|prettier|markdownlint|textlint|vale|cspell|spell-checker|lint|remark|alex)\b",
    re.IGNORECASE,
)
_BEFORE_ATTRIBUTES = frozenset(" \t\n`)*_]>")


class ProgramSteps:
    """Steps over what other generators would have run."""

    def __init__(self, rewriting: Rewriting) -> None:
        self.it = rewriting
        self.imports: dict[str, str] = {}
        """Name of what a statement imported, to where from."""
        self._last: dict[str, int] = {}

    def statement(self, at: int) -> int:
        """Drop an `import`, and keep an `export` where colleagues see it."""
        text = self.it.text
        if self.it.foreign.jsx and (match := _IMPORT.match(text, at)):
            name = (match["names"] or "").strip()
            if name.isidentifier():
                self.imports[name] = match["source"]
            return match.end()
        if not self.it.foreign.jsx or not _EXPORT.match(text, at):
            return self.it.copy(at, at + 1)
        limit = _BLANK_LINE.search(text, at)
        end = limit.start() if limit else len(text)
        return self.it.take_out(at, end, "a piece of program was left out")

    def directive(self, at: int) -> int:
        """Turn `:::note` into a call-out."""
        start = self.it.text.index(":", at)
        match = _DIRECTIVE.match(self.it.text, at)
        if match is None:
            return self.it.copy(at, start + 3)
        margin, kind = self.it.text[at:start], match["kind"]
        if not kind:
            self.it.out.append(f"{margin}{components.CLOSE}\n")
            return match.end()
        title = (match["title"] or match["rest"] or "").strip()
        folds = kind.lower() == "details"
        if kind.lower() not in components.CALLOUTS and not folds:
            self.it.list_at(at, f"`:::{kind}` is not known here; it became a note")
        mark = components.folded(title) if folds else components.callout(kind, title)
        self.it.out.append(f"{margin}{mark.strip()}\n")
        return match.end()

    def brace(self, at: int) -> int:
        """Turn expressions and template commands into text."""
        text, jsx = self.it.text, self.it.foreign.jsx
        if jsx and self._ends("*/}", at) and (match := _JSX_COMMENT.match(text, at)):
            return self.comment(at, match.end(), match[1])
        if self._ends("%}", at) and (match := _HIGHLIGHT.match(text, at)):
            self.it.out.append(f"```{match[1]}\n{match[2].strip(chr(10))}\n```")
            return match.end()
        ends = self._ends("}}", at) or self._ends("%}", at)
        if ends and (match := _LIQUID.match(text, at)):
            return self._command(at, match)
        if jsx and (match := _STRING.match(text, at)):
            self.it.out.append(match[2])
            return match.end()
        return self._expression(at)

    def _ends(self, sign: str, at: int) -> bool:
        """Say whether a sign comes at all any more, so that nothing is searched in vain."""
        if sign not in self._last:
            self._last[sign] = self.it.text.rfind(sign)
        return self._last[sign] > at

    def _expression(self, at: int) -> int:
        match = _BRACES.match(self.it.text, at)
        if self.it.foreign.jsx and match:
            why = f"the expression `{match.group()}` was kept as text: nothing computes it here"
            self.it.list_at(at, why)
        # Python-Markdown takes `{…}` after a space or a mark for attributes, and swallows it.
        before = self.it.text[at - 1] if at else "\n"
        self.it.out.append("\\{" if match and before in _BEFORE_ATTRIBUTES else "{")
        return at + 1

    def _command(self, at: int, match: re.Match[str]) -> int:
        words = " ".join(match.group().split())
        if _RAW.fullmatch(words):
            return match.end()
        ticks = "``" if "`" in words else "`"
        self.it.out.append(f"{ticks}{words}{ticks}")
        self.it.list_at(
            at, f"the template command `{words}` was kept as text: nothing runs it here"
        )
        return match.end()

    def html_comment(self, at: int) -> int:
        """Keep a comment where colleagues see it."""
        end = self.it.text.find("-->", at + 4) if self._ends("-->", at + 3) else -1
        if end < 0:
            self.it.out.append("&lt;!--")
            return at + 4
        return self.comment(at, end + 3, self.it.text[at + 4 : end])

    def comment(self, at: int, end: int, words: str) -> int:
        """Obey the marks of an excerpt, drop those of tools, keep what people wrote."""
        if _EXCERPT_MARK.fullmatch(words):
            self.it.excerpt_piece = len(self.it.out)
            return end
        if _TOOL_MARK.match(words) or not words.strip():
            return end
        return self.it.take_out(at, end, "a comment is never published")
