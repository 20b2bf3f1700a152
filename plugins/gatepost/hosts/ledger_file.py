"""Write the ledger: the one file of the content folder that a build may change."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gatepost.model.registry import LedgerRow


def write_ledger(path: Path, rows: Mapping[str, LedgerRow]) -> None:
    """Replace the ledger in one step; empty values are left out."""
    shown = {
        one: {
            name: value
            for name in ("feed_id", "first_seen", "first_published", "gone")
            if (value := getattr(row, name))
        }
        for one, row in rows.items()
    }
    text = json.dumps(shown, indent=1, ensure_ascii=False) + "\n"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ledger-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
