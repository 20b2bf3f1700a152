"""Turn what the model refuses into findings a product manager can act on."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from gatepost.content import laws
from gatepost.content.declared import block_at, field_at, model_of, names_in
from gatepost.model.finding import Finding, Law, Place
from gatepost.model.release import PathInFile

At = Callable[[PathInFile], Place]
Said = tuple[Law, str, str]
"""The law that is broken, the sentence, and the way out; empty for the law's own."""

KEY = "[key]"
"""pydantic's mark for the name of a row instead of its value."""
_LIKE = 0.7
"""From 0 to 1: how alike a misspelt word and a known one must be."""
_FEW = 10
_SHORTEST_ID, _LONGEST_ID = 3, 61
_LONGEST_WORD = 60
_HIDING = frozenset({"audience", "embargo_until", "security", "unlisted", "noindex"})
"""Fields that keep text from readers: a misspelt one would publish it."""
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
_SHAPES = {
    "string_type": "a text",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a block of fields",
    "mapping_type": "a block of fields",
    "model_type": "a block of fields",
    "model_attributes_type": "a block of fields",
    "moment": "a date",
    "target": "a quarter, half, month or year",
    "duration": "a length of time",
    "bool_text": "true or false",
    "int_type": "a whole number",
}
"""What a field must be, for each kind of refusal that is about shape."""


class _Refused(NamedTuple):
    """One thing the model refuses."""

    kind: str
    where: PathInFile
    name: str
    """The field as a sentence names it."""
    given: object
    context: Mapping[str, Any]
    message: str
    field: FieldInfo | None
    """The declaration of the field; None inside a block of free names."""


def findings_of(
    error: ValidationError, model: type[BaseModel], at: At, key_at: At
) -> Iterator[Finding]:
    """One finding for each thing the model refuses, all of them.

    Args:
        error: What pydantic says.
        model: The model that was asked.
        at: Where a value was written, or the nearest thing above it.
        key_at: Where a field's name was written, or the nearest thing above it.
    """
    findings = (
        _finding(row, model, at, key_at) for row in error.errors(include_url=False)
    )
    yield from dict.fromkeys(findings)


def _finding(
    row: Mapping[str, Any], model: type[BaseModel], at: At, key_at: At
) -> Finding:
    where = tuple(part for part in row["loc"] if part != KEY)
    kind, name = row["type"], _name(where)
    if kind == "missing":
        sentence, fix = f"`{name}` is missing", f"add `{where[-1]}:` below"
        return laws.broken(laws.MISSING_FIELD, at(where[:-1]), sentence, fix)
    if kind == "extra_forbidden":
        return unknown_field(where, model, key_at(where))
    is_name = KEY in row["loc"]
    refused = _Refused(
        kind,
        where,
        _name(where[:-1]) if is_name else name,
        row.get("input"),
        row.get("ctx") or {},
        row["msg"],
        field_at(model, where),
    )
    law, sentence, fix = _said(refused)
    place = key_at(where) if is_name else at(where)
    return laws.broken(law, place, sentence, fix)


def unknown_field(where: PathInFile, model: type[BaseModel], place: Place) -> Finding:
    """The finding for a field that nobody knows, with the one it may be meant as."""
    near = nearest(str(where[-1]), names_in(block_at(model, where[:-1])))
    sentence = f"`{_name(where)}` is no field, so nobody outside will see it"
    own = str(where[-1]).removeprefix("x-")
    fix = "delete it"
    if len(where) == 1 and (
        near in _HIDING or str(where[0]).lower() in _HIDES_ELSEWHERE
    ):
        sentence = f"`{where[0]}` is no field, so it hides nothing"
        fix = f"did you mean `{near}`?" if near in _HIDING else _HIDDEN_HERE
        return laws.broken(laws.UNKNOWN_FIELD, place, sentence, fix, level="error")
    if near:
        fix = f"did you mean `{near}`?"
    elif len(where) == 1 and own == where[-1]:
        fix = f"delete it, or call it `x-{own}`"
    elif own != where[-1]:
        fix = f"delete it; `x-{own}` may stand in an entry, among its first fields"
    return laws.broken(laws.UNKNOWN_FIELD, place, sentence, fix)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like *word*, or nothing."""
    names = list(known)
    for spelt in (word.lower().replace("_", "-"), word.lower()):
        if found := difflib.get_close_matches(spelt[:_LONGEST_WORD], names, 1, _LIKE):
            return found[0]
    return ""


def _name(where: PathInFile) -> str:
    """`roadmap.target`, `flags, item 2, owner`."""
    text, after_item = "", False
    for part in where:
        if isinstance(part, int):
            text += f", item {part + 1}" if text else f"item {part + 1}"
        else:
            text += f"{', ' if after_item else '.'}{part}" if text else part
        after_item = isinstance(part, int)
    return text


def _said(refused: _Refused) -> Said:
    kind, given = refused.kind, refused.given
    if kind in _SHAPES and (not isinstance(given, str) or kind.endswith("_type")):
        return _misshapen(refused)
    if kind == "literal_error":
        return _choice(refused)
    if kind == "string_pattern_mismatch":
        return _misspelt(refused)
    if kind.startswith("int_"):
        sentence = f"{refused.name}: `{_text(given)}` is not a whole number"
        return laws.WRONG_VALUE, sentence, "write digits only"
    if "greater" in kind or "less" in kind:
        return _out_of_range(refused)
    law = laws.WRONG_DATE if kind in {"moment", "target"} else laws.WRONG_VALUE
    sentence, _, fix = refused.message.rpartition(": ")
    return law, f"{refused.name}: {sentence}", fix


def words_of(context: Mapping[str, Any]) -> list[str]:
    """The words a field with a fixed set of them may hold, by what pydantic says."""
    expected = str(context.get("expected", ""))
    return [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]


def _choice(refused: _Refused) -> Said:
    words = words_of(refused.context)
    said, given = ", ".join(words), refused.given
    if given is None or given == "":
        sentence = f"`{refused.name}` is empty"
        return laws.WRONG_CHOICE, sentence, f"write one of {said}"
    if isinstance(given, dict | list):
        sentence = f"`{refused.name}` is {_shape(given)}, but must be a word"
        return laws.WRONG_SHAPE, sentence, f"write one of {said}"
    near = nearest(str(given), words)
    fix = f"did you mean `{near}`?" if near else f"write one of {said}"
    if near and len(words) <= _FEW:
        fix += f" There are {said}"
    sentence = f"`{_text(given)}` is not one of the words for `{refused.name}`"
    return laws.WRONG_CHOICE, sentence, fix


def _misspelt(refused: _Refused) -> Said:
    given = _text(refused.given)
    if refused.where[-1:] == ("id",):
        meant = slug(str(refused.given))
        sentence = f"`{given}` cannot be an id"
        return laws.WRONG_ID, sentence, f"write {meant}" if meant else ""
    sentence = f"{refused.name}: `{given}` may hold only small letters, digits, dots and hyphens"
    return laws.WRONG_VALUE, sentence, ""


def _out_of_range(refused: _Refused) -> Said:
    limit = next(iter(refused.context.values()))
    words = {"greater_than": "more than", "greater_than_equal": "at least"}
    fix = f"write a number of {words.get(refused.kind, 'at most')} {limit}"
    sentence = f"{refused.name}: {_text(refused.given)} is out of range"
    return laws.WRONG_VALUE, sentence, fix


def _misshapen(refused: _Refused) -> Said:
    wanted, given = _SHAPES[refused.kind], refused.given
    sentence = f"`{refused.name}` is {_shape(given)}, but must be {wanted}"
    name = next(
        (part for part in reversed(refused.where) if isinstance(part, str)), "field"
    )
    block = model_of(refused.field) if refused.field else None
    fixes = {
        "a text": f"write `{name}: some text`",
        "a list": f"write `{name}: [first, second]`",
        "a block of fields": f"write the fields of `{name}` indented below it; "
        "`gatepost schema` lists them",
        "true or false": f"write `{name}: true` or `{name}: false`",
        "a date": f"write `{name}: 2026-11-20`",
        "a quarter, half, month or year": f"write `{name}: 2026-Q4`",
        "a length of time": f"write `{name}: 5d`",
        "a whole number": f"write `{name}: 100`",
    }
    fix = fixes[wanted]
    if wanted == "a list" and block is not None:
        first = next(names_in(block))
        fix = f"begin each item below `{name}:` with a hyphen, such as `- {first}: …`"
    return laws.WRONG_SHAPE, sentence, fix


def _text(given: object) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    return str(given)[:_LONGEST_WORD]


def _shape(given: object) -> str:
    if given is None or given == "":
        return "empty"
    if isinstance(given, dict):
        return "a block of fields"
    if isinstance(given, list | tuple):
        return "a list"
    return (
        f"the text `{_text(given)}`" if isinstance(given, str) else f"`{_text(given)}`"
    )


def slug(text: str) -> str:
    """The id that a text may be meant as; nothing if too little of it is left."""
    kept = "".join(
        sign if sign.isascii() and sign.isalnum() else "-" for sign in text.lower()
    )
    made = "-".join(filter(None, kept.split("-")))[:_LONGEST_ID].strip("-")
    return made if len(made) >= _SHORTEST_ID else ""
