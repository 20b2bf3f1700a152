"""Turn what the model refuses into findings a product manager can act on."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from gatepost.content import laws
from gatepost.model.finding import Finding, Law, Place
from gatepost.model.release import PathInFile

Error = Mapping[str, Any]
At = Callable[[PathInFile], Place]
_PARTS = frozenset(
    {"function-before", "function-plain", "function-wrap", "tuple", "str"}
)


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
    seen = set()
    for row in error.errors(include_url=False):
        where = _path(row["loc"])
        finding = _finding(row, where, model, at, key_at)
        if finding not in seen:
            seen.add(finding)
            yield finding


def _path(loc: tuple[str | int, ...]) -> PathInFile:
    """The path in the file: pydantic's own marks such as `[key]` left out."""
    return tuple(part for part in loc if part != "[key]" and part not in _PARTS)


def _finding(
    row: Error, where: PathInFile, model: type[BaseModel], at: At, key_at: At
) -> Finding:
    kind = row["type"]
    name = _name(where)
    if kind == "missing":
        fix = f"add `{where[-1]}:` below"
        return laws.broken(
            laws.MISSING_FIELD, at(where[:-1]), f"`{name}` is missing", fix
        )
    if kind == "extra_forbidden":
        return unknown(where, model, key_at(where))
    law, sentence, fix = _said(row, where, name)
    return laws.broken(law, at(where), sentence, fix)


def unknown(where: PathInFile, model: type[BaseModel], place: Place) -> Finding:
    """A field that nobody knows, with the one it may be meant as."""
    known = sorted(_fields_at(model, where[:-1]))
    near = nearest(str(where[-1]), known)
    sentence = f"`{_name(where)}` is no field, so nobody outside will see it"
    fix = (
        f"did you mean `{near}`?" if near else f"delete it, or call it `x-{where[-1]}`"
    )
    return laws.broken(laws.UNKNOWN_FIELD, place, sentence, fix)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like *word*, or nothing."""
    found = difflib.get_close_matches(
        word.lower().replace("_", "-"), list(known), 1, 0.6
    )
    again = found or difflib.get_close_matches(word.lower(), list(known), 1, 0.6)
    return again[0] if again else ""


def _name(where: PathInFile) -> str:
    """`roadmap.target`, `flags, item 2, owner`."""
    text = ""
    for part in where:
        if isinstance(part, int):
            text += f", item {part + 1}"
        elif text.endswith(tuple("0123456789")) and ", item " in text:
            text += f", {part}"
        else:
            text += f".{part}" if text else str(part)
    return text


def _said(row: Error, where: PathInFile, name: str) -> tuple[Law, str, str]:
    kind, given, context = row["type"], row.get("input"), row.get("ctx") or {}
    if kind == "literal_error":
        return _choice(name, given, str(context.get("expected", "")))
    if kind in {
        "moment",
        "duration",
        "target",
        "zone",
        "hour",
        "bool_text",
        "text_bool",
    }:
        law = laws.WRONG_DATE if kind in {"moment", "target"} else laws.WRONG_VALUE
        sentence, _, fix = row["msg"].rpartition(": ")
        return law, f"{name}: {sentence}", fix
    if kind == "string_pattern_mismatch" and where[-1:] == ("id",):
        fix = f"write {_slug(str(given))}" if _slug(str(given)) else ""
        return laws.WRONG_ID, f"`{given}` cannot be an id", fix
    if kind == "string_pattern_mismatch":
        return (
            laws.WRONG_VALUE,
            f"{name}: `{given}` may hold only small letters, digits, dots and hyphens",
            "",
        )
    shapes = {
        "string_type": "a text",
        "tuple_type": "a list",
        "dict_type": "a block of fields",
        "mapping_type": "a block of fields",
        "model_type": "a block of fields",
        "model_attributes_type": "a block of fields",
    }
    if kind in shapes:
        return (
            laws.WRONG_SHAPE,
            f"`{name}` is {_shape(given)}, but must be {shapes[kind]}",
            _shaped(kind, where),
        )
    if kind.startswith(("int_", "float_")):
        return (
            laws.WRONG_VALUE,
            f"{name}: `{given}` is not a whole number",
            "write digits only",
        )
    if kind in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        limit = next(iter(context.values()))
        word = (
            "more than"
            if kind == "greater_than"
            else "at least"
            if "greater" in kind
            else "at most"
        )
        return (
            laws.WRONG_VALUE,
            f"{name}: {given} is out of range",
            f"write a number of {word} {limit}",
        )
    return laws.WRONG_VALUE, f"{name}: {row['msg'][:1].lower()}{row['msg'][1:]}", ""


def _choice(name: str, given: object, expected: str) -> tuple[Law, str, str]:
    words = [
        word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")
    ]
    if given is None or given == "":
        return (
            laws.WRONG_CHOICE,
            f"`{name}` is empty",
            f"write one of {', '.join(words)}",
        )
    near = nearest(str(given), words)
    fix = f"did you mean `{near}`?" if near else f"write one of {', '.join(words)}"
    if near and len(words) <= 10:  # noqa: PLR2004 - longer lists hide the answer
        fix += f" There are {', '.join(words)}"
    return (
        laws.WRONG_CHOICE,
        f"`{_text(given)}` is not one of the words for `{name}`",
        fix,
    )


def _text(given: object) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    return str(given)[:60]


def _shape(given: object) -> str:
    if given is None:
        return "empty"
    if isinstance(given, dict):
        return "a block of fields"
    if isinstance(given, list | tuple):
        return "a list"
    return f"the text `{_text(given)}`"


def _shaped(kind: str, where: PathInFile) -> str:
    name = next((part for part in reversed(where) if isinstance(part, str)), "field")
    if kind == "string_type":
        return f"write `{name}: some text`"
    if kind == "tuple_type":
        return f"write `{name}: [first, second]`"
    return (
        f"write the fields of `{name}` indented below it; `gatepost schema` lists them"
    )


def _slug(text: str) -> str:
    kept = "".join(
        sign if sign.isascii() and sign.isalnum() else "-" for sign in text.lower()
    )
    slug = "-".join(part for part in kept.split("-") if part)[:61].strip("-")
    return slug if len(slug) >= 3 else ""  # noqa: PLR2004 - the shortest id


def _fields_at(model: type[BaseModel], where: PathInFile) -> Iterator[str]:
    """The names of the fields that a block may have."""
    for part in where:
        if isinstance(part, int):
            continue
        found = next(
            (
                info
                for name, info in model.model_fields.items()
                if part in {name, info.alias}
            ),
            None,
        )
        inner = _model_of(found) if found else None
        if inner is not None:
            model = inner
    return (
        info.alias or name
        for name, info in model.model_fields.items()
        if not info.exclude
    )


def _model_of(info: FieldInfo) -> type[BaseModel] | None:
    pending: list[Any] = [info.annotation]
    while pending:
        one = pending.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
        pending.extend(get_args(one))
    return None
