"""A line of Markdown without its markup, for places that cannot show any."""

from __future__ import annotations

import re
from html import unescape

# Repetitions are bounded or possessive: a hostile text must not be read over and over.
_TARGET = (
    r"(?:\([^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{0,200}\])"
)
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.{1,500}?)(?<!`)\1(?!`)")
_PICTURE = re.compile(rf"!\[[^\[\]\n]{{0,500}}\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]{{0,500}})\]{_TARGET}")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\n]{1,100}\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_TAG = re.compile(r"<!--.{0,5000}?-->|</?[a-zA-Z][^<>]{0,500}>", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{:?[ ]*[.#a-z][^{}\n]{0,200}\}")
_STARS = re.compile(r"(?<!\\)(?:\*{1,3}|~~|==)(?=\S)|(?<=[^\s\\])(?:\*{1,3}|~~|==)")
_UNDERSCORES = re.compile(r"(?<![\w\\])_{1,3}(?=\S)|(?<=[^\s\\])_{1,3}(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


_KEPT = re.compile(r"\x02(\d+)\x03")


def plain(markdown: str) -> str:
    """The words of a paragraph of Markdown, with single spaces between them.

    Code keeps its text, links keep their words, pictures and footnotes are left out.
    """
    text = markdown.replace("\x02", "").replace("\x03", "")
    code: list[str] = []

    def keep(match: re.Match[str]) -> str:
        code.append(match[2].strip())
        return f"\x02{len(code) - 1}\x03"

    words = _prose(_CODE.sub(keep, text))
    return " ".join(_KEPT.sub(lambda match: code[int(match[1])], words).split())


def _prose(text: str) -> str:
    text = _AUTOLINK.sub(r"\1", text)
    text = _FOOTNOTE.sub("", _PICTURE.sub("", text))
    text = _ATTRIBUTES.sub("", _LINK.sub(r"\1", text))
    text = _UNDERSCORES.sub("", _STARS.sub("", _TAG.sub("", text)))
    return unescape(_ESCAPE.sub(r"\1", text))
