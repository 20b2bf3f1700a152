"""GitLab's feature-flag definitions: one YAML file for each flag.

Source: https://docs.gitlab.com/development/feature_flags/#feature-flag-definition-and-validation
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gatepost.content.flag_files.sheet import FlagFormat, Row, Sheet, quoted
from gatepost.model.flag_snapshot import OFF, ON, ProviderFlag


def _fits(tree: dict[str, Any]) -> bool:
    return "default_enabled" in tree or {"name", "introduced_by_url"} <= tree.keys()


def _read(sheet: Sheet) -> Iterator[Row]:
    key, enabled = sheet.tree.get("name"), sheet.tree.get("default_enabled")
    if not isinstance(key, str) or not key:
        fix = "write `name:` with the key that programs ask for"
        yield sheet.fault("the flag has no name", "name", fix=fix)
        return
    if not isinstance(enabled, bool):
        said = (
            f"is {quoted(enabled)}" if "default_enabled" in sheet.tree else "is missing"
        )
        sentence = f"`default_enabled` of `{key}` {said}"
        fix = "write `default_enabled: true` or `default_enabled: false`"
        yield sheet.fault(sentence, "default_enabled", key=key, fix=fix)
        return
    yield ProviderFlag(
        key=key,
        place=sheet.at("name"),
        share=ON if enabled else OFF,
        default=("on", "true") if enabled else ("off", "false"),
        off=("off", "false"),
        variants=("on", "true", "off", "false"),
    )


GITLAB = FlagFormat("gitlab", "GitLab feature-flag definitions (YAML)", _fits, _read)
