"""Turn what the model refuses into findings a product manager can act on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from gatepost.content import laws
from gatepost.content.declared import field_at, model_of, names_in
from gatepost.content.likely import LONGEST_WORD, nearest
from gatepost.content.slug import slug
from gatepost.content.unknown import meant_within, path_as_said, unknown_field
from gatepost.content.usual_words import usual_word
from gatepost.model.field import LONGEST_ID, SHORTEST_ID, not_reserved
from gatepost.model.finding import Finding, Law, Place
from gatepost.model.release import PathInFile

At = Callable[[PathInFile], Place]
Said = tuple[Law, str, str]
"""The law that is broken, the sentence, and the way out; empty for the law's own."""

KEY = "[key]"
"""pydantic's mark for the name of a row instead of its value."""
_FEW = 10
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

_BLOCKS = frozenset({"model_type", "model_attributes_type"})


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
    rows = error.errors(include_url=False)
    empty = {str(row["loc"][0]) for row in rows if _is_empty_block(row)}
    strays = [row["loc"] for row in rows if row["type"] == "extra_forbidden"]
    explained: set[PathInFile] = {
        (block,)
        for block in empty
        if any(meant_within(stray, block, model) for stray in strays)
    }
    findings = (
        _finding(row, model, at, key_at, sorted(empty))
        for row in rows
        if row["loc"] not in explained
    )
    yield from dict.fromkeys(findings)


def _is_empty_block(row: Mapping[str, Any]) -> bool:
    """Nothing stands under a field that is a block, or all of it begins too far left."""
    return len(row["loc"]) == 1 and row["input"] is None and row["type"] in _BLOCKS


def _finding(
    row: Mapping[str, Any],
    model: type[BaseModel],
    at: At,
    key_at: At,
    empty: Collection[str],
) -> Finding:
    where = tuple(part for part in row["loc"] if part != KEY)
    kind, name = row["type"], path_as_said(where)
    if kind == "missing":
        sentence, fix = f"`{name}` is missing", f"add `{where[-1]}:` below"
        return laws.broken(laws.MISSING_FIELD, at(where[:-1]), sentence, fix)
    if kind == "extra_forbidden":
        return unknown_field(where, model, key_at(where), empty)
    is_name = KEY in row["loc"]
    refused = _Refused(
        kind,
        where,
        path_as_said(where[:-1]) if is_name else name,
        row.get("input"),
        row.get("ctx") or {},
        row["msg"],
        field_at(model, where),
    )
    law, sentence, fix = _said(refused)
    place = key_at(where) if is_name else at(where)
    return laws.broken(law, place, sentence, fix)


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
    if kind == "reserved_id":
        return laws.WRONG_ID, sentence, fix
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
    sentence = f"`{_text(given)}` is not one of the words for `{refused.name}`"
    if ours := usual_word(refused.name, str(given)):
        return laws.WRONG_CHOICE, sentence, f"`{_text(given)}` is written `{ours}`"
    near = nearest(str(given), words)
    fix = f"did you mean `{near}`?" if near else f"write one of {said}"
    if near and len(words) <= _FEW:
        fix += f" There are {said}"
    return laws.WRONG_CHOICE, sentence, fix


def _misspelt(refused: _Refused) -> Said:
    given = _text(refused.given)
    if refused.where[-1:] == ("id",):
        meant = meant_id(str(refused.given))
        sentence = f"`{given}` cannot be an id"
        return laws.WRONG_ID, sentence, f"write {meant}" if meant else ""
    sentence = f"{refused.name}: `{given}` may hold only small letters, digits, dots and hyphens"
    meant = slug(str(refused.given))
    return laws.WRONG_VALUE, sentence, f"write `{meant}:`" if meant else ""


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
    return str(given)[:LONGEST_WORD]


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


def meant_id(text: str) -> str:
    """The id that a text may be meant as; nothing if too little of it is left."""
    made = not_reserved(slug(text)[:LONGEST_ID].strip("-"))
    return made if len(made) >= SHORTEST_ID else ""
