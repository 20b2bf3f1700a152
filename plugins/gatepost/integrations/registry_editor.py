"""Add products to `registry.yml` without touching a line that is there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from gatepost.integrations.planned import NamedProduct
from gatepost.integrations.yaml_text import scalar
from gatepost.model.finding import GatepostError

_STEP = 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the products stand."""

    keys: tuple[str, ...]
    flow: bool
    """Whether they stand between braces."""
    indent: int
    """Column of their keys, from 0."""
    end: int
    """Offset behind the last value, or of the closing brace."""
    key_end: int
    """Offset behind `products:`."""
    empty: bool


def product_keys(text: str) -> frozenset[str]:
    """Read which products a registry has.

    Raises:
        GatepostError: It is no YAML.
    """
    block = _find_products(text)
    return frozenset(block.keys) if block else frozenset()


def with_products(text: str, products: Sequence[NamedProduct]) -> str:
    """Add the products that a registry does not have yet.

    Args:
        text: The registry as its author wrote it; may be empty.
        products: Products in the order in which they are to be added.

    Returns:
        The same text with lines added. Comments, order and line ends stay as they are.

    Raises:
        GatepostError: It is no YAML, or its products stand in a form that cannot be added to.
    """
    block = _find_products(text)
    known = frozenset(block.keys) if block else frozenset()
    new = [one for one in products if one.key not in known]
    if not new:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    added = _added(text, block, new).replace("\n", end)
    at = _place(text, block)
    result = text[:at] + added + text[at:]
    _prove(text, result, new)
    return result


def _added(text: str, block: _Block | None, new: Sequence[NamedProduct]) -> str:
    if block is not None and block.flow:
        rows = ", ".join(f"{scalar(one.key)}: {_flow_row(one)}" for one in new)
        return rows if block.empty else f", {rows}"
    indent = block.indent if block and not block.empty else _STEP
    rows = "".join(_row(one, indent) for one in new)
    at = _place(text, block)
    lead = "" if not at or text[:at].endswith("\n") else "\n"
    return f"{lead}products:\n{rows}" if block is None else f"{lead}{rows}"


def _row(product: NamedProduct, indent: int) -> str:
    margin = " " * indent
    facts = [("name", product.name), ("versions", product.versions)]
    lines = [
        f"{margin}{' ' * _STEP}{key}: {scalar(value)}\n"
        for key, value in facts
        if value
    ]
    head = f"{margin}{scalar(product.key)}:"
    return f"{head}\n{''.join(lines)}" if lines else f"{head} {{}}\n"


def _flow_row(product: NamedProduct) -> str:
    facts = [("name", product.name), ("versions", product.versions)]
    return (
        "{"
        + ", ".join(f"{key}: {json.dumps(value)}" for key, value in facts if value)
        + "}"
    )


def _place(text: str, block: _Block | None) -> int:
    """Where lines are added: behind the last product, else at the end of the text."""
    if block is None:
        return _before_end(text)
    if block.flow:
        return block.end
    at = block.key_end if block.empty else block.end
    if at and text[at - 1] == "\n":
        return _without_gap(text, at)
    line_end = text.find("\n", at)
    return len(text) if line_end < 0 else line_end + 1


def _before_end(text: str) -> int:
    """The end of the text, but before a `...` that ends it."""
    stripped = text.rstrip()
    return len(stripped) - 3 if stripped.endswith("\n...") else len(text)


def _without_gap(text: str, at: int) -> int:
    """Step back over empty lines behind a value that runs over several lines."""
    while at > 1 and text[:at].endswith(("\n\n", "\n\r\n")):
        at -= 2 if text[:at].endswith("\n\r\n") else 1
    return at


def _find_products(text: str) -> _Block | None:
    try:
        events = list(yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        msg = f"the registry cannot be read, so no products were added: {error}"
        raise GatepostError(msg) from None
    offset = len(text) - len(text.removeprefix("\ufeff"))
    depth = 0
    for number, event in enumerate(events):
        value = (
            isinstance(event, yaml.ScalarEvent)
            and event.value == "products"
            and depth == 1
        )
        if value and _is_key(events, number):
            return _block(events, number, offset)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
    return None


def _is_key(events: Sequence[yaml.Event], number: int) -> bool:
    """Tell keys of the top level from their values by counting."""
    depth, nodes = 0, 0
    for event in events[3:number]:
        depth -= isinstance(event, yaml.CollectionEndEvent)
        nodes += depth == 0 and not isinstance(event, yaml.CollectionEndEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
    return nodes % 2 == 0


def _block(events: Sequence[yaml.Event], number: int, offset: int) -> _Block:
    key_end = _end(events[number]) + offset
    value = events[number + 1]
    if isinstance(value, yaml.ScalarEvent) and value.value in {"", "~", "null"}:
        if value.value:
            msg = f"`products: {value.value}` stands in the registry: take `{value.value}` away"
            raise GatepostError(msg)
        return _Block((), flow=False, indent=_STEP, end=_end(value) + offset,
                      key_end=key_end, empty=True)  # fmt: skip
    if not isinstance(value, yaml.MappingStartEvent):
        msg = (
            "`products` of the registry is no list of names: mend it, then import again"
        )
        raise GatepostError(msg)
    inside = list(_inside(events, number + 1))
    keys, empty = tuple(_keys(inside)), not inside
    if value.flow_style:
        end = _start(events[number + 2 + len(inside)])
        return _Block(
            keys, flow=True, indent=0, end=end + offset, key_end=key_end, empty=empty
        )
    end = max(_end(event) for event in inside if _has_end(event))
    indent = inside[0].start_mark.column if inside[0].start_mark else _STEP
    return _Block(
        keys, flow=False, indent=indent, end=end + offset, key_end=key_end, empty=False
    )


def _start(event: yaml.Event) -> int:
    return int(event.start_mark.index) if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return int(event.end_mark.index) if event.end_mark else 0


def _has_end(event: yaml.Event) -> bool:
    """Leave out the ends of blocks, which PyYAML places behind the comments that follow."""
    return isinstance(event, yaml.ScalarEvent) or _end(event) > _start(event)


def _inside(events: Sequence[yaml.Event], start: int) -> Sequence[yaml.Event]:
    depth, inside = 0, []
    for event in events[start:]:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth == 0:
            break
        inside.append(event)
    return inside[1:]


def _keys(inside: Sequence[yaml.Event]) -> Sequence[str]:
    depth, keys, is_key = 0, [], True
    for event in inside:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            continue
        if depth == 0:
            if is_key and isinstance(event, yaml.ScalarEvent):
                keys.append(event.value)
            is_key = not is_key
        depth += isinstance(event, yaml.CollectionStartEvent)
    return keys


def _prove(before: str, after: str, new: Sequence[NamedProduct]) -> None:
    """Make sure that the edit did what it was meant to, and nothing else.

    Raises:
        GatepostError: It did not.
    """
    expected = _tree(before)
    products = expected.setdefault("products", None) or {}
    for one in new:
        facts = {"name": one.name, "versions": one.versions}
        products[one.key] = {key: value for key, value in facts.items() if value}
    expected["products"] = products
    if _tree(after) != expected:
        names = ", ".join(one.key for one in new)
        msg = f"the products of the registry stand in an unusual form: add {names} to it by hand"
        raise GatepostError(msg)


class _Words(yaml.SafeLoader):
    """Reads every value as text, as our own reader does."""


_Words.yaml_implicit_resolvers = {}


def _tree(text: str) -> dict[str, dict[str, object] | None]:
    try:
        tree = yaml.load(text, Loader=_Words)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError:
        return {"": None}
    return tree if isinstance(tree, dict) else {}
