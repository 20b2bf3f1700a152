"""Read one old version of an entry's file: quickly, and whatever state it was in.

Old commits hold files that no rule of today ever saw: half merged, badly encoded, cut off. The
strict reader would refuse them whole; here, each field stands for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from gatepost.model.history import NOTHING, Snapshot

_FIELD = re.compile(rb"""["']?([A-Za-z][\w-]*)["']?[ \t]*:(?=[ \t]|$)""")
_CONFLICT = b"<<<<<<< "
_COMMENT = re.compile(r"(?:^|\s)#.*$")
MOST_BLOCK_CHARS = 20_000
"""A block of fields larger than that was not written by a person."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file."""

    id: str = ""
    blocks: dict[str, int] = field(default_factory=dict)
    """Field to a fingerprint of what it said, good for this process."""
    body: int = 0
    snapshot: Snapshot = NOTHING


EMPTY = Version()


def read_version(raw: bytes) -> Version:
    """Read what is followed of a version; a file that cannot be read says nothing."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    end = _end(lines)
    if not end or any(line.startswith(_CONFLICT) for line in lines[:end]):
        return EMPTY
    blocks = _blocks(lines[1:end])
    return Version(
        id=_scalar(blocks.get("id", b"")),
        blocks={name: hash(block) for name, block in blocks.items()},
        body=hash(b"\n".join(lines[end + 1 :]).strip()),
        snapshot=_snapshot(blocks),
    )


def differing(before: Version, after: Version) -> tuple[str, ...]:
    """The fields that differ, sorted, with `body` for the text below."""
    names = {
        name
        for name in before.blocks.keys() | after.blocks.keys()
        if before.blocks.get(name) != after.blocks.get(name)
    }
    if before.body != after.body:
        names.add("body")
    return tuple(sorted(names))


def _end(lines: list[bytes]) -> int:
    """The line that closes the front matter; 0 if there is none."""
    if lines[0].rstrip() != b"---":
        return 0
    return next((n for n, line in enumerate(lines) if n and line.rstrip() == b"---"), 0)


def _blocks(lines: list[bytes]) -> dict[str, bytes]:
    """Each field with its lines; a field named twice keeps its last, as YAML readers do."""
    found: dict[str, list[bytes]] = {}
    name = ""
    for line in lines:
        if match := _FIELD.match(line):
            name = match[1].decode()
            found[name] = []
        if name and not line.startswith(b"#"):
            found[name].append(line.rstrip())
    return {key: b"\n".join(rows).strip() for key, rows in found.items()}


def _scalar(block: bytes) -> str:
    """The text of a one-line field."""
    _, _, said = block.partition(b"\n")[0].partition(b":")
    text = said.decode("utf-8", "replace").strip()
    if text[:1] in {'"', "'"}:
        return text[1:].partition(text[0])[0]
    return _COMMENT.sub("", text).strip()


def _snapshot(blocks: dict[str, bytes]) -> Snapshot:
    dates, scope = _tree(blocks.get("dates", b"")), _tree(blocks.get("scope", b""))
    items = scope.get("in")
    listed = items if isinstance(items, list) else [items] if items else []
    return Snapshot(
        phase=_scalar(blocks.get("phase", b"")),
        state=_scalar(blocks.get("state", b"")),
        planned=_text(dates.get("planned")),
        scope=tuple(_text(item) for item in listed),
        frozen_on=_text(scope.get("frozen_on") or dates.get("scope_frozen")),
    )


@lru_cache(maxsize=4096)
def _tree(block: bytes) -> dict[str, Any]:
    """The fields of one block; nothing if it is no YAML."""
    if not block or len(block) > MOST_BLOCK_CHARS:
        return {}
    try:
        # Events are not composed by the C reader here: it crashes on deep nesting.
        tree = yaml.load(block.decode("utf-8", "replace"), Loader=_Texts)  # noqa: S506 - safe loader
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    inside = next(iter(tree.values()), None) if isinstance(tree, dict) else None
    return inside if isinstance(inside, dict) else {}


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


class _Texts(yaml.SafeLoader):
    """Reads every value as text: a date stays as it was written."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as the base class has it
