"""Where the keys of a foreign front matter go: a table, one row per field of an entry.

Keys are compared in lower case. Of several keys for one field the first one counts; the others are
kept as `x-` fields.
"""

from __future__ import annotations

from collections.abc import Mapping

TITLES = ("title", "pagetitle", "toctitle", "name")
SUMMARIES = (
    "description",
    "summary",
    "metadescription",
    "excerpt",
    "subtitle",
    "abstract",
)
DATES = (
    *("date", "applied_at", "published_at", "publishdate", "pubdate", "pub_date"),
    *("published", "release_date", "released", "datetime", "time"),
)
VERSIONS = ("version", "downloadversion", "release")
PRODUCTS = ("products", "product", "applies_to", "area", "areas")
TAGS = ("tags", "tag", "categories", "category", "keywords", "labels", "topics")
KINDS = ("type", "kind", "change_type", "change-type")
LANGUAGES = ("lang", "language", "locale")
ADDRESSES = (
    "release_source_url",
    "source_url",
    "external_url",
    "canonical_url",
    "link",
    "url",
)
NAMES = ("id", "slug")
SWITCHES: Mapping[str, tuple[str, str]] = {
    "hidden": ("unlisted", "true"),
    "unlisted": ("unlisted", "true"),
    "noindex": ("noindex", "true"),
    "draft": ("draft", "true"),
    "is_impactful": ("importance", "high"),
    "is_new_feature": ("type", "added"),
}
"""Key, and the field that is set when it is true. False is what we assume anyway."""
