"""Say of a field that nobody knows which one it may be meant as, or where it belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from pydantic import BaseModel

from gatepost.content import laws
from gatepost.content.declared import block_at, model_of, names_in
from gatepost.content.fences import short
from gatepost.content.likely import is_misspelt, nearest
from gatepost.model.finding import Finding, Level, Place
from gatepost.model.release import FrontMatter, PathInFile

OWN = "x-"
"""What the names of an organisation's own fields begin with."""

_HIDING = frozenset({"audience", "embargo_until", "security", "unlisted", "noindex"})
"""Fields that keep text from readers: a misspelt one would publish it."""
_HIDING_BY_NAME = _HIDING - {"security", "noindex"}
"""Those whose names mean nothing else, wherever they stand."""
_HIDES_ELSEWHERE = frozenset(
    {
        *(
            "access",
            "confidential",
            "draft",
            "embargo",
            "hidden",
            "internal",
            "private",
        ),
        *("public", "publish", "published", "restricted", "secret", "sitemap"),
        *("unpublished", "visibility", "visible"),
    }
)
"""Fields that other tools hide an entry by."""
_HIDDEN_HERE = "write `audience: internal` for what readers may not see"
_ALSO_CALLED = {
    "label": ("name", "title"),
    "name": ("label", "title"),
    "title": ("name", "label"),
    "link": ("url",),
    "href": ("url",),
    "question": ("q",),
    "answer": ("a",),
    "image": ("src",),
    "file": ("src",),
    "description": ("summary", "text"),
}
"""Names that mean one thing in different blocks of ours, and in other tools."""
_INDENT = "two spaces before it"
_DEEPEST = 4
"""Blocks within each other that are searched for a name."""


class _Said(NamedTuple):
    """What is told of an unknown field."""

    sentence: str
    fix: str
    level: Level | None = None
    """None for the law's own."""


def unknown_field(
    where: PathInFile,
    model: type[BaseModel],
    place: Place,
    empty: Collection[str] = (),
) -> Finding:
    """The finding for a field that nobody knows, with the one it may be meant as.

    Args:
        where: The field.
        model: The model of the whole file.
        place: Where its name was written.
        empty: Blocks of the file in which nothing stands.
    """
    name = str(where[-1])
    said = (
        _odd_indent(name)
        or _without_colon(name, tuple(names_in(block_at(model, where[:-1]))))
        or (
            _at_the_top(name, model, empty)
            if len(where) == 1
            else _inside(where, model)
        )
    )
    law = laws.UNKNOWN_FIELD
    return laws.broken(law, place, said.sentence, said.fix, level=said.level)


def meant_within(where: PathInFile, block: str, model: type[BaseModel]) -> bool:
    """Whether a field among the first ones belongs under that block and was not indented."""
    return len(where) == 1 and str(where[0]).strip() in names_in(
        block_at(model, (block,))
    )


def _odd_indent(name: str) -> _Said | None:
    """YAML takes its own spaces away, so one that is left is of another kind."""
    if name.isascii() or name == name.strip():
        return None
    sentence = f"what stands before `{name.strip()}` looks like spaces, but is none"
    fix = f"delete it and type `{name.strip()}` anew, with spaces before it"
    return _Said(sentence, fix, "error")


def _without_colon(name: str, known: Collection[str]) -> _Said | None:
    """`title Exports: twice as fast` is a field called `title Exports` to YAML."""
    first, _, rest = name.partition(" ")
    meant = first.lower()
    if not rest.strip() or meant not in known:
        return None
    sentence = f"there is no colon after `{first}` in `{short(name)}`"
    fix = f"write `{meant}:` before `{short(rest)}`"
    if rest.lstrip()[0] not in "[{":
        fix += ", and quotes around the whole text behind it, for it holds a colon"
    return _Said(sentence, fix, "error")


def _at_the_top(name: str, model: type[BaseModel], empty: Collection[str]) -> _Said:
    near = nearest(name, names_in(model))
    sentence = f"`{name}` is no field, so nobody outside will see it"
    for block in empty:
        if meant_within((name,), block, model):
            sentence = f"`{name}` is not indented, so it does not count for `{block}`"
            fix = f"`{name}` belongs under `{block}:`, indented: type {_INDENT}"
            return _Said(sentence, fix, "error")
    if near in _HIDING or name.lower() in _HIDES_ELSEWHERE:
        sentence = f"`{name}` is no field, so it hides nothing"
        fix = f"did you mean `{near}`?" if near in _HIDING else _HIDDEN_HERE
        return _Said(sentence, fix, "error")
    if near and (is_misspelt(name, near) or name not in _homes(model)):
        return _Said(sentence, f"did you mean `{near}`?")
    if homes := _homes(model).get(name):
        fix = f"`{name}` belongs under {_either(homes)}, indented: type {_INDENT}"
        own = f"; if it is your own, call it `{OWN}{name}`"
        return _Said(sentence, fix + own if model is FrontMatter else fix)
    if name.startswith(OWN):
        return _Said(sentence, _own_at_the_top(name))
    own = f", or call it `{OWN}{name}`" if model is FrontMatter else ""
    return _Said(sentence, f"delete it{own}")


def _inside(where: PathInFile, model: type[BaseModel]) -> _Said:
    name, block = str(where[-1]), block_at(model, where[:-1])
    sentence = f"`{path_as_said(where)}` is no field, so nobody outside will see it"
    there = tuple(names_in(block))
    same = (one for one in _ALSO_CALLED.get(name.lower(), ()) if one in there)
    if near := next(same, "") or nearest(name, there):
        return _Said(sentence, f"did you mean `{near}`?")
    if homes := _homes(block).get(name):
        fix = f"`{name}` belongs under {_either(homes)}, indented: type {_INDENT}"
        return _Said(sentence, fix)
    if above := _above(name, model):
        asked = "" if above == name else f"did you mean `{above}`? "
        fix = (
            f"{asked}`{above}` belongs among the first fields: begin it without spaces"
        )
        if above in _HIDING_BY_NAME:
            sentence = f"`{path_as_said(where)}` is no field, so it hides nothing"
            return _Said(sentence, fix, "error")
        return _Said(sentence, fix)
    if name.startswith(OWN):
        return _Said(sentence, _own_at_the_top(name))
    if homes := _homes(model).get(name):
        return _Said(sentence, f"`{name}` belongs under {_either(homes)}")
    return _Said(sentence, "delete it")


def _above(name: str, model: type[BaseModel]) -> str:
    """The first field that a field inside a block is meant as; empty if that is not sure."""
    near = nearest(name, names_in(model))
    sure = near and (near in _HIDING_BY_NAME or is_misspelt(name, near))
    return near if sure else ""


def _own_at_the_top(own: str) -> str:
    return f"delete it; `{own}` may stand in an entry, among its first fields"


@cache
def _homes(model: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Name of a field to the blocks that have one of that name, the outermost alone."""
    homes = dict[str, tuple[str, ...]]()
    level: list[tuple[str, type[BaseModel]]] = [("", model)]
    for depth in range(_DEEPEST):
        found = dict[str, tuple[str, ...]]()
        if depth:
            for said, block in level:
                for name in names_in(block):
                    found[name] = (*found.get(name, ()), said)
        homes = found | homes
        level = [(_said(one, name), two) for one, up in level for name, two in _in(up)]
    return homes


def _in(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    for name, info in model.model_fields.items():
        if not info.exclude and (block := model_of(info)):
            yield info.alias or name, block


def _said(outer: str, name: str) -> str:
    return f"`{name}:` of {outer}" if outer else f"`{name}:`"


def _either(homes: tuple[str, ...]) -> str:
    *first, last = homes
    return f"{', '.join(first)} or {last}" if first else last


def path_as_said(where: PathInFile) -> str:
    """`roadmap.target`, `flags, item 2, owner`."""
    text, after_item = "", False
    for part in where:
        if isinstance(part, int):
            text += f", item {part + 1}" if text else f"item {part + 1}"
        else:
            text += f"{', ' if after_item else '.'}{part}" if text else part
        after_item = isinstance(part, int)
    return text
