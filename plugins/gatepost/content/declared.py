"""Look up in the model what a path of front matter leads to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gatepost.model.release import PathInFile


def names_in(model: type[BaseModel]) -> Iterator[str]:
    """The names of the fields a block may have, as they are written."""
    for name, info in model.model_fields.items():
        if not info.exclude:
            yield info.alias or name


def block_at(model: type[BaseModel], where: PathInFile) -> type[BaseModel]:
    """The block that a path leads to, or the last one above it that is declared."""
    for part in where:
        info = _named(model, part)
        model = (info and model_of(info)) or model
    return model


def field_at(model: type[BaseModel], where: PathInFile) -> FieldInfo | None:
    """The declaration of the field a path leads to; None inside a block of free names."""
    names = [part for part in where if isinstance(part, str)]
    return _named(block_at(model, tuple(names[:-1])), names[-1]) if names else None


def _named(model: type[BaseModel], part: str | int) -> FieldInfo | None:
    return next(
        (
            info
            for name, info in model.model_fields.items()
            if part in {name, info.alias}
        ),
        None,
    )


def model_of(info: FieldInfo) -> type[BaseModel] | None:
    """The block that a field, or an item of its list, consists of."""
    pending: list[Any] = [info.annotation]
    while pending:
        one = pending.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
        pending.extend(get_args(one))
    return None
