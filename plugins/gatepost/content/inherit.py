"""What an entry inherits from the registry when it says nothing itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gatepost.model.finding import Place
from gatepost.model.registry import Defaults
from gatepost.model.release import PathInFile

FIELDS = frozenset(Defaults.model_fields)
_SECTIONS = ("components", "products")

Places = dict[PathInFile, Place]


@dataclass(slots=True)
class Inherited:
    """Values an entry takes over, with where they were written."""

    tree: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    """Field to the registry row it came from, such as `products.billing`."""
    places: Places = field(default_factory=dict)


class Heritage:
    """The defaults of the registry, by component, product and for all, as they were written."""

    def __init__(self, tree: dict[str, Any], places: Places) -> None:
        """Take the registry's fields and places; a registry that is wrong gives nothing."""
        self._rows = dict(_rows(tree))
        self._places: dict[tuple[str, str | int], Places] = defaultdict(dict)
        for where, place in places.items():
            row, rest = _row_of(where)
            if row in self._rows and rest:
                self._places[row, rest[0]][rest] = place

    def of(self, tree: dict[str, Any]) -> Inherited:
        """What the entry with these fields inherits: components first, then products, then all."""
        found = Inherited()
        if not self._rows:
            return found
        names = [
            f"{section}.{key}"
            for section in _SECTIONS
            for key in _names(tree.get(section))
        ]
        for row in (*names, "defaults"):
            for key, value in self._rows.get(row, {}).items():
                if key == "roles":
                    self._roles(found, tree, row, value)
                elif (
                    value is not None and key not in found.tree and _may_take(tree, key)
                ):
                    self._take(found, row, key, value)
        return found

    def _take(self, found: Inherited, row: str, key: str, value: Any) -> None:
        found.tree[key] = value
        found.origins[key] = row
        found.places |= self._places.get((row, key), {})

    def _roles(
        self, found: Inherited, tree: dict[str, Any], row: str, roles: object
    ) -> None:
        """Roles are inherited one by one: an entry often names only who is different."""
        own = tree.get("roles", {})
        if not (isinstance(own, dict) and isinstance(roles, dict)):
            return
        merged = found.tree.setdefault("roles", dict(own))
        for role, who in roles.items():
            if role in merged:
                continue
            merged[role] = who
            found.origins[f"roles.{role}"] = row
            where = ("roles", role)
            found.places[where] = self._places[row, "roles"][where]


def _may_take(tree: dict[str, Any], key: str) -> bool:
    if key == "rollback" and _owes_rollback(tree):
        return False
    return key in FIELDS and key not in tree


def _owes_rollback(tree: dict[str, Any]) -> bool:
    """A change of the data model or a new flag needs a way back of its own."""
    deployment = tree.get("deployment")
    schema = isinstance(deployment, dict) and deployment.get("schema_change") is True
    return schema or bool(tree.get("flags"))


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return (
        [one for one in value if isinstance(one, str)]
        if isinstance(value, list)
        else []
    )


def _rows(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of the registry that says what its entries inherit."""
    for section in _SECTIONS:
        block = tree.get(section)
        for key, row in block.items() if isinstance(block, dict) else ():
            if isinstance(row, dict) and isinstance(row.get("defaults"), dict):
                yield f"{section}.{key}", row["defaults"]
    if isinstance(tree.get("defaults"), dict):
        yield "defaults", tree["defaults"]


def _row_of(where: PathInFile) -> tuple[str, PathInFile]:
    """The row a place of the registry belongs to, and the path below its defaults."""
    match where:
        case ("components" | "products" as section, key, "defaults", *rest):
            return f"{section}.{key}", tuple(rest)
        case ("defaults", *rest):
            return "defaults", tuple(rest)
    return "", ()
