"""What an entry inherits from the registry when it says nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gatepost.model.finding import Place
from gatepost.model.registry import Defaults
from gatepost.model.release import PathInFile

FIELDS = tuple(Defaults.model_fields)


@dataclass(slots=True)
class Inherited:
    """Values an entry takes over, with where they were written."""

    tree: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    """Field to the registry row it came from, such as `products.billing`."""
    places: dict[PathInFile, Place] = field(default_factory=dict)


class Heritage:
    """The defaults of the registry, by component, product and for all, as they were written."""

    def __init__(self, tree: dict[str, Any], places: dict[PathInFile, Place]) -> None:
        """Take the registry's fields and places; a registry that is wrong gives nothing."""
        self._places: dict[str, dict[PathInFile, Place]] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        for row, path in _rows(tree):
            self._rows[row] = _at(tree, path)
            depth = len(path)
            self._places[row] = {
                where[depth:]: place
                for where, place in places.items()
                if where[:depth] == path
            }

    def of(self, tree: dict[str, Any]) -> Inherited:
        """What the entry with these fields inherits: components first, then products, then all."""
        found = Inherited()
        if not self._rows:
            return found
        names = [f"components.{key}" for key in _names(tree.get("components"))]
        names += [f"products.{key}" for key in _names(tree.get("products"))]
        for row in (*names, "defaults"):
            for key, value in self._rows.get(row, {}).items():
                if key == "roles" and isinstance(value, dict):
                    self._roles(found, tree, row, value)
                elif key in FIELDS and key not in tree and key not in found.tree:
                    if key != "rollback" or not _owes_rollback(tree):
                        self._take(found, row, key, value)
        return found

    def _take(self, found: Inherited, row: str, key: str, value: Any) -> None:
        found.tree[key] = value
        found.origins[key] = row
        found.places |= {
            where: place
            for where, place in self._places[row].items()
            if where[:1] == (key,)
        }

    def _roles(
        self, found: Inherited, tree: dict[str, Any], row: str, roles: dict[str, Any]
    ) -> None:
        own = tree.get("roles")
        if own is not None and not isinstance(own, dict):
            return
        merged = found.tree.setdefault("roles", dict(own or {}))
        for role, who in roles.items():
            if role not in merged:
                merged[role] = who
                found.origins[f"roles.{role}"] = row
                place = self._places[row].get(("roles", role))
                if place:
                    found.places["roles", role] = place


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


def _rows(tree: dict[str, Any]) -> Iterator[tuple[str, PathInFile]]:
    for section in ("components", "products"):
        block = tree.get(section)
        for key, row in block.items() if isinstance(block, dict) else ():
            if isinstance(row, dict) and isinstance(row.get("defaults"), dict):
                yield f"{section}.{key}", (section, key, "defaults")
    if isinstance(tree.get("defaults"), dict):
        yield "defaults", ("defaults",)


def _at(tree: dict[str, Any], path: PathInFile) -> dict[str, Any]:
    found: Any = tree
    for part in path:
        found = found[part]
    return dict(found)
