"""A release of a few lines, read as an entry is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gatepost.content.entry import EntryFile, EntryMaker
from gatepost.content.front_matter import read
from gatepost.content.inherit import Heritage
from gatepost.model.registry import Registry
from gatepost.model.release import Release

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATH = "content/releases/faster-export.md"
ROLES = (
    *("release_manager", "pm", "eng_lead", "qa_lead", "devops", "on_call"),
    *("product_marketing", "support_lead", "customer_success", "sales", "docs_owner"),
)

Entry = Callable[..., Release]


def read_entry(front: str = "", body: str = "Exports take half the time.") -> Release:
    """Read an entry; what *front* does not say has an everyday value."""
    rows = {
        "id": "faster-export",
        "title": "Exports finish in half the time",
        "type": "changed",
        "kind": "launch",
        "phase": "preparing",
        "audience": "internal",
        "roles": "{" + ", ".join(f'{role}: "@{role}"' for role in ROLES) + "}",
    }
    given = {line.partition(":")[0] for line in front.splitlines()}
    own = "".join(f"{key}: {said}\n" for key, said in rows.items() if key not in given)
    raw = f"---\n{own}{front.strip()}\n---\n{body}\n".encode()
    parsed = read(raw, PATH)
    assert parsed.findings == ()
    maker = EntryMaker(Registry(), Heritage({}, {}))
    made = maker.make(EntryFile(PATH, "", ""), parsed, "")
    assert [str(one) for one in made.findings] == []
    assert made.release is not None
    return made.release


@pytest.fixture
def entry() -> Entry:
    """Reads an entry."""
    return read_entry
