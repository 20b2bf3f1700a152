"""Write a planned entry as the text of its file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatepost.integrations.naming import fingerprint
from gatepost.integrations.planned import PlannedEntry, Tree
from gatepost.integrations.yaml_text import block
from gatepost.model.phase import PHASES

_DONE = PHASES[-1].key
_IN_THE_MAKING = next(phase.key for phase in PHASES if phase.column == "next")
_HASH = re.compile(r"^(  hash: )\S*$", re.MULTILINE)
_LINE = re.compile(r"^(  line: )\d+$", re.MULTILINE)


def entry_text(entry: PlannedEntry, entry_id: str, audience: str) -> str:
    """Write an entry.

    Args:
        entry: What is to be written.
        entry_id: Its id.
        audience: Who may read it. Always written, so that no default of a product makes an
            imported entry public.

    Returns:
        Front matter and body; ends with a line feed. The fingerprint is in `imported.hash`.
    """
    fields = block(_fields(entry, entry_id, audience))
    body = f"{entry.body}\n" if entry.body else ""
    text = f"---\n{fields}---\n{body}"
    return _HASH.sub(rf"\g<1>{text_fingerprint(text)}", text, count=1)


def text_fingerprint(text: str) -> str:
    """Tell whether two texts of an entry differ in more than the line they came from."""
    head, fence, body = text.partition("\n---\n")
    head = _HASH.sub(r"\g<1>", _LINE.sub(r"\g<1>", head, count=1), count=1)
    return fingerprint(head + fence + body)


def _fields(entry: PlannedEntry, entry_id: str, audience: str) -> dict[str, Tree]:
    fields: dict[str, Tree] = {
        "id": entry_id,
        "title": entry.title,
        "summary": entry.summary,
        "type": entry.type,
        "breaking": entry.breaking,
        "importance": entry.importance,
        "products": [one.key for one in entry.products],
        "version": entry.version,
        "phase": entry.phase or (_DONE if entry.released else _IN_THE_MAKING),
        "state": entry.state,
        "state_note": entry.state_note,
        "audience": audience,
        "dates": {"published": entry.published} if entry.published else {},
        "tags": list(entry.tags),
        "lang": entry.lang,
        "unlisted": entry.unlisted,
        "noindex": entry.noindex,
        "refs": [{"url": url, "title": words} for url, words in entry.refs],
        **dict(entry.blocks),
        **dict(entry.extra),
        "imported": _origin(entry),
    }
    return {key: value for key, value in fields.items() if value}


def _origin(entry: PlannedEntry) -> Mapping[str, Tree]:
    origin = entry.origin
    return {
        "format": origin.format,
        "source": origin.source,
        "key": origin.key,
        "line": origin.line,
        "hash": "-",
    }
