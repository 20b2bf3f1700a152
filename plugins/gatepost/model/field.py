"""The kinds of value a field may hold, and who may read it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

Visibility = Literal["public", "internal", "restricted", "per-item"]
"""Who may read a field. *per-item* means the items say so with `public: true`."""

RESERVED = frozenset(
    {
        *("con", "prn", "aux", "nul"),
        *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
    }
)
"""Names of devices of Windows. Source: Naming Files, Paths, and Namespaces (Microsoft Learn)."""
SHORTEST_ID, LONGEST_ID = 3, 61
"""Characters of an id."""
ID_PATTERN = f"^[a-z0-9][a-z0-9-]{{{SHORTEST_ID - 1},{LONGEST_ID - 1}}}$"
"""What an id may be, as a regular expression; and it may be no name of `RESERVED`."""


def not_reserved(name: str) -> str:
    """*name*, or one like it that a file may have on every system."""
    return f"{name}-entry" if name in RESERVED else name


class Part(BaseModel):
    """A frozen block of front matter that knows no field it does not declare."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )


def reader_field(description: str, default: Any = ..., **more: Any) -> Any:
    """A field readers of a public site may see."""
    return _field("public", description, default, more)


def internal_field(description: str, default: Any = ..., **more: Any) -> Any:
    """A field that stays on the internal site."""
    return _field("internal", description, default, more)


def restricted_field(description: str, default: Any = ..., **more: Any) -> Any:
    """A field only the restricted group of the internal site may see."""
    return _field("restricted", description, default, more)


def item_field(description: str, default: Any = ..., **more: Any) -> Any:
    """A list whose items say with `public: true` whether readers may see them."""
    return _field("per-item", description, default, more)


def _field(
    visibility: Visibility, description: str, default: Any, more: dict[str, Any]
) -> Any:
    return Field(
        default=default,
        description=description,
        json_schema_extra={"x-visibility": visibility},
        **more,
    )


def _as_text(value: object) -> object:
    if isinstance(value, bool):
        word = "true" if value else "false"
        raise PydanticCustomError(
            "text_bool",
            '`{word}` without quotes means yes or no: write "{word}" for the word',
            {"word": word},
        )
    return value


def _as_flag(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    raise PydanticCustomError(
        "bool_text",
        "`{given}` is neither true nor false: write true or false",
        {"given": value},
    )


def _as_tuple(value: object) -> object:
    """Let one value stand for a list of one: `products: billing`."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return value


def _as_file_name(name: str) -> str:
    if name in RESERVED:
        raise PydanticCustomError(
            "reserved_id",
            "`{name}` cannot be an id, for Windows keeps that name for itself and can hold no "
            "file that is called so: write {better}",
            {"name": name, "better": not_reserved(name)},
        )
    return name


Text = Annotated[str, BeforeValidator(_as_text)]
Flag = Annotated[bool, BeforeValidator(_as_flag)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_tuple)]
Slug = Annotated[
    str,
    Field(pattern=ID_PATTERN),
    BeforeValidator(_as_text),
    AfterValidator(_as_file_name),
]
