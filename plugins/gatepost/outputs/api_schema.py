"""The JSON Schema of the static JSON: what a program may rely on, address by address.

Source: https://json-schema.org/draft/2020-12/schema.
"""

from __future__ import annotations

from typing import Any, get_args

from gatepost.model.field import ID_PATTERN
from gatepost.model.phase import Column
from gatepost.model.release import Stage, Type

PATH = "api/v1/schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Schema = dict[str, Any]
_TEXT: _Schema = {"type": "string", "minLength": 1}
_LINK: _Schema = {"type": "string", "format": "uri"}
_WHEN: _Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$",
    "description": "A day, or a moment with its offset from UTC.",
}
_ID: _Schema = {"type": "string", "pattern": ID_PATTERN}
_KEYS: _Schema = {"type": "array", "items": _TEXT}
_IDS: _Schema = {"type": "array", "items": _ID}
_STATE: _Schema = {"enum": ["rolled-back", "withdrawn", "cancelled"]}


def api_schema(url: str) -> _Schema:
    """The schema of every file below `/api/v1/` that a site for outsiders has.

    Args:
        url: The site's address, with a slash at the end.
    """
    return {
        "$schema": DIALECT,
        "$id": f"{url}{PATH}",
        "title": "Static JSON of a changelog, version 1",
        "description": "Each file has one of these shapes. Empty values are left out. "
        "A key may be added within version 1; none goes or changes its meaning.",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in _FILES],
        "$defs": {
            **{name: _file(*parts) for name, parts in _FILES.items()},
            "entry": _object("An entry of the changelog, in short.", _ENTRY, _NEEDED),
            "release": _object("A release, whole.", _RELEASE, _NEEDED),
            "issue": _object("A known issue.", _ISSUE, ("id", "text", "status")),
        },
    }


def _object(about: str, properties: _Schema, required: tuple[str, ...]) -> _Schema:
    return {
        "description": about,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _file(about: str, properties: _Schema, required: tuple[str, ...]) -> _Schema:
    common = {"$schema": _LINK, "version": {"const": 1}}
    return _object(about, {**common, **properties}, ("version", *required))


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


_ENTRY: _Schema = {
    "id": {**_ID, "description": "Never changes, never used again."},
    "url": {**_LINK, "description": "Its one address, for its whole life."},
    "title": _TEXT,
    "summary": _TEXT,
    "type": {"enum": list(get_args(Type))},
    "breaking": {"const": True},
    "importance": {"enum": ["low", "normal", "high", "critical"]},
    "products": _KEYS,
    "for": _KEYS,
    "plans": _KEYS,
    "version": _TEXT,
    "published": _WHEN,
    "updated": {**_WHEN, "description": "When readers were told of it last."},
    "availability": _TEXT,
    "action": {**_TEXT, "description": "What the reader must do."},
    "state": {**_STATE, "description": "Why it is not in effect."},
}
_NEEDED = ("id", "url", "title", "type", "availability")
_ISSUE: _Schema = {
    "id": _TEXT,
    "text": _TEXT,
    "status": {"enum": ["open", "investigating", "workaround", "fixed"]},
    "affected": {"type": "string"},
    "workaround": {"type": "string"},
    "fixed_in": {"type": "string"},
    "fix_released": {
        "type": "boolean",
        "description": "Whether what `fixed_in` names is out; it is planned if not.",
    },
    "internal": {
        "const": True,
        "description": "It must not be told to customers; on a site of theirs there is none.",
    },
}
_CORRECTION = _object(
    "What was changed in its text, and whether subscribers were told.",
    {"on": _WHEN, "what": _TEXT, "notify": {"type": "boolean"}},
    ("on", "what", "notify"),
)
_RELEASE: _Schema = {
    **_ENTRY,
    "what": _TEXT,
    "who": _TEXT,
    "impact": _TEXT,
    "stage": {"enum": list(get_args(Stage))},
    "regions": _KEYS,
    "platforms": _KEYS,
    "hosting": _KEYS,
    "affects_versions": _KEYS,
    "tags": _KEYS,
    "supersedes": _IDS,
    "superseded_by": _IDS,
    "related": _IDS,
    "fixes": _IDS,
    "state_note": _TEXT,
    "corrections": _list(_CORRECTION),
    "known_issues": _list({"$ref": "#/$defs/issue"}),
    "body_html": {**_TEXT, "description": "Sanitised, with absolute addresses."},
}
_PLAN = _object(
    "An item of the roadmap.",
    {
        "id": _ID,
        "url": _LINK,
        "title": _TEXT,
        "column": {"enum": list(get_args(Column))},
        "wording": _TEXT,
        "target": {**_TEXT, "description": "Never a day: `Q1 2027`, `Dec 2026`."},
        "was": {**_TEXT, "description": "The target before it moved."},
        "confidence": {"enum": ["low", "medium", "high"]},
        "theme": _TEXT,
        "confirmed": _WHEN,
        "state": _STATE,
        "state_on": _WHEN,
        "state_note": _TEXT,
    },
    ("id", "url", "title", "wording"),
)
_END = _object(
    "Something that ends.",
    {
        "id": _ID,
        "url": _LINK,
        "title": _TEXT,
        "products": _KEYS,
        "notice_on": _WHEN,
        "sunset_on": _WHEN,
        "removal_version": _TEXT,
        "replacement": _KEYS,
        "action": _TEXT,
        "headers": _object(
            "What an interface answers (RFC 9745, RFC 8594).",
            {"Deprecation": _TEXT, "Sunset": _TEXT, "Link": _TEXT},
            ("Deprecation", "Sunset", "Link"),
        ),
    },
    ("id", "url", "title"),
)
_OPEN = _object(
    "A known issue, and the release it belongs to.",
    {**_ISSUE, "release": _ID, "url": _LINK, "products": _KEYS},
    ("id", "text", "status", "release", "url"),
)
_FILES: dict[str, tuple[str, _Schema, tuple[str, ...]]] = {
    "changelogFile": (
        "/api/v1/changelog.json: every entry, the newest first.",
        {
            "title": _TEXT,
            "home_page_url": _LINK,
            "entries": _list({"$ref": "#/$defs/entry"}),
        },
        ("title", "home_page_url", "entries"),
    ),
    "releaseFile": (
        "/api/v1/releases/<id>.json",
        {"release": {"$ref": "#/$defs/release"}},
        ("release",),
    ),
    "roadmapFile": (
        "/api/v1/roadmap.json: what is planned, what shipped, what was dropped.",
        {"notice": {"type": "string"}, "items": _list(_PLAN)},
        ("notice", "items"),
    ),
    "deprecationsFile": (
        "/api/v1/deprecations.json",
        {"deprecations": _list(_END)},
        ("deprecations",),
    ),
    "knownIssuesFile": (
        "/api/v1/known-issues.json",
        {"known_issues": _list(_OPEN)},
        ("known_issues",),
    ),
}
"""Name of each file's shape, with its address, its keys and those it always has."""
