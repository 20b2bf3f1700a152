"""The register as files for machines: CSV and JSON, the same facts in the same order."""

from __future__ import annotations

import csv
import io

from gatepost.model.finding import Place
from gatepost.outputs.json_text import json_text
from gatepost.process.flag_drift import Comparison, Drift
from gatepost.process.flag_record import FlagRecord

VERSION = 1
COLUMNS = (
    "key",
    "purpose",
    "state",
    "share",
    "provider_share",
    "owner",
    "default",
    "safe_value",
    "kill_switch",
    "provider",
    "introduced",
    "remove_by",
    "releases",
    "problems",
    "drift",
    "source",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins so; a quote before it makes it text."""


def flags_csv(found: Comparison) -> str:
    """A line for each flag, first the names of the columns; several values have a blank between.

    Source: RFC 4180; a cell that begins like a formula gets a quote before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in found.register.flags:
        row = flag_facts(record, found)
        writer.writerow(_cell(row[name]) for name in COLUMNS)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        value = " ".join(_kind(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else " ".join(str(value).splitlines())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _kind(one: object) -> str:
    return str(one.get("kind", "")) if isinstance(one, dict) else str(one)


def flags_json(found: Comparison) -> str:
    """One object: `version` 1, `as_of`, counts, `flags` in the order of their keys, and `drift`.

    Fields may be added; `version` changes when one changes its meaning.
    """
    register, provider = found.register, found.provider
    return json_text(
        {
            "version": VERSION,
            "as_of": register.as_of.isoformat(),
            "count": len(register.flags),
            "stale": sum(one.stale for one in register.flags),
            "provider": provider.path if provider else None,
            "provider_format": provider.format if provider else None,
            "provider_findings": [
                {"at": str(one.place), "sentence": one.sentence, "fix": one.fix}
                for one in (provider.findings if provider else ())
            ],
            "flags": [flag_facts(one, found) for one in register.flags],
            "drift": [_drift(one) for one in found.drifts],
        }
    )


def flag_facts(record: FlagRecord, found: Comparison) -> dict[str, object]:
    """Everything the register knows about one flag."""
    theirs = found.theirs.get(record.key)
    return {
        "key": record.key,
        "purpose": record.purpose,
        "state": record.state,
        "share": record.share,
        "provider_share": str(theirs.share) if theirs and theirs.share else None,
        "owner": record.owner,
        "default": record.default,
        "safe_value": record.safe_value,
        "kill_switch": record.kill_switch,
        "provider": record.provider,
        "introduced": record.introduced.iso if record.introduced else None,
        "remove_by": record.remove_by.iso if record.remove_by else None,
        "releases": [one.release.id for one in record.declarations],
        "problems": [
            {"kind": one.kind, "sentence": one.sentence, **_place("at", one.place)}
            for one in record.problems
        ],
        "drift": [_drift(one) for one in found.drifts_of(record.key)],
        "source": str(record.declarations[0].at()),
    }


def _drift(one: Drift) -> dict[str, object]:
    return {
        "key": one.key,
        "kind": one.kind,
        "level": one.level,
        "sentence": one.sentence,
        **_place("here", one.here),
        **_place("there", one.there),
    }


def _place(name: str, place: Place | None) -> dict[str, object]:
    return {name: str(place) if place else None}
