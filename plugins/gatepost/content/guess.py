"""Guess how fields are meant that nobody understands, so that the rest of an entry is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from gatepost.content.declared import block_at, field_at, names_in
from gatepost.content.likely import nearest
from gatepost.content.understand import KEY, meant_id, words_of
from gatepost.content.unknown import path_as_said
from gatepost.content.usual_words import usual_word
from gatepost.model.release import PathInFile

Row = Mapping[str, Any]
"""What pydantic says of one thing it refuses."""


def guess(
    tree: Mapping[str, Any], rows: Iterable[Row], model: type[BaseModel]
) -> dict[str, Any] | None:
    """Fields as they are probably meant: put right where there is one likely way, else left out.

    Args:
        tree: The fields as written.
        rows: What the model refuses of them.
        model: The model that was asked.

    Returns:
        The fields; None if one cannot be told. What is missing may still be missing.
    """
    meant = dict(tree)
    for row in reversed([*rows]):  # what follows in a list keeps its number
        if KEY in row["loc"]:
            return None
        try:
            if row["type"] != "missing":
                _put_right(_own(meant, row["loc"]), row, model)
            elif whole := row["loc"][:-1]:
                del _own(meant, whole)[whole[-1]]
        except (LookupError, TypeError):
            continue  # inside something that was left out already
    return meant


def _own(meant: dict[str, Any], where: PathInFile) -> Any:
    """The block or list that holds a value. Blocks on the way are copied: entries share them."""
    holder: Any = meant
    for part in where[:-1]:
        inner = holder[part]
        holder[part] = dict(inner) if isinstance(inner, dict) else list(inner)
        holder = holder[part]
    return holder


def _put_right(holder: Any, row: Row, model: type[BaseModel]) -> None:
    where, given = row["loc"], row["input"]
    field = field_at(model, where)
    if row["type"] == "extra_forbidden":
        near = nearest(str(where[-1]), names_in(block_at(model, where[:-1])))
        value = holder.pop(where[-1])
        if near and near not in holder:
            holder[near] = value
        return
    if row["type"] == "literal_error":
        words = words_of(row.get("ctx") or {})
        own = usual_word(path_as_said(where), str(given))
        meant = own or nearest(str(given), words)
        if field is not None and field.is_required():
            meant = meant or words[0]
    elif row["type"] == "tuple_type" and isinstance(given, str) and given:
        holder[where[-1]] = [given]
        return
    else:
        meant = meant_id(str(given)) if where == ("id",) else ""
    if meant:
        holder[where[-1]] = meant
    else:
        del holder[where[-1]]
