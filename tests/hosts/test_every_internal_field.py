"""A word placed in every internal field of an entry occurs in no byte of the public site."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from small_project import Project

from gatepost.model.moment import Duration, Moment, Target
from gatepost.model.release import FrontMatter

WORD = "kumquat"
DATE = "2031-07-13"


class Filler:
    """Fills every internal field of the model with words of its own."""

    def __init__(self) -> None:
        """Begin with the first word."""
        self.words: dict[str, str] = {}

    def block(
        self, model: type[BaseModel], path: str, *, hidden: bool
    ) -> dict[str, Any]:
        """Every field of *model* that must not be read, and the required ones beside them."""
        made: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            if name in {"source", "body", "public"}:
                continue
            visibility = (info.json_schema_extra or {}).get("x-visibility")  # type: ignore[union-attr]
            own = hidden or visibility in {"internal", "restricted"}
            where = f"{path}.{info.alias or name}".strip(".")
            if where in SET:
                made[info.alias or name] = SET[where]
            elif own or visibility == "per-item" or _holds_hidden(info):
                made[info.alias or name] = self.value(
                    info.annotation, where, hidden=own
                )
            elif info.is_required():
                made[info.alias or name] = "Harmless"
        return made

    def value(self, kind: Any, path: str, *, hidden: bool) -> Any:
        """A value of that type; texts are words nobody else uses."""
        origin, inner = get_origin(kind), get_args(kind)
        if origin in {Union, types.UnionType}:
            return self.value(
                next(one for one in inner if one is not type(None)), path, hidden=hidden
            )
        if origin is Literal:
            return inner[0]
        if origin is tuple:
            return [self.value(inner[0], f"{path}.0", hidden=hidden)]
        if origin is not None and issubclass(origin, Mapping):
            key = f"{WORD}key{len(self.words)}"
            self.words[key] = path
            return {key: self.value(inner[1], f"{path}.{key}", hidden=hidden)}
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self.block(kind, path, hidden=hidden)
        fixed = {
            Moment: DATE,
            Duration: "713d",
            Target: "2031-Q3",
            bool: False,
            int: 37,
        }
        if kind in fixed:
            return fixed[kind]
        if hasattr(kind, "__metadata__"):
            return self.value(kind.__origin__, path, hidden=hidden)
        if not hidden:
            return "Harmless"
        word = f"{WORD}{len(self.words):03}fish"
        self.words[word] = path
        return word


SET = {
    "id": "shown-one",
    "title": "Exports finish sooner",
    "phase": "done",
    "kind": "quiet",
    "audience": ["public"],
    "state": "on-track",
    "embargo_until": "2020-01-01",
    "dates": {"published": "2026-10-01", "planned": DATE, "scope_frozen": DATE},
    "imported": {
        "format": f"{WORD}format",
        "source": f"{WORD}source",
        "key": f"{WORD}key",
    },
    "rollback.possible": True,
    # Public words inside internal blocks.
    "rollback.public_sentence": "We can take it back within minutes.",
    "deployment.rings.0.wording": "EU accounts",
    "deployment.rings.0.share": 40,
    "deployment.rings.0.on": "2020-01-01",
    "security.disclosed_on": "2020-01-01",
    "roadmap": {"show": False, "blurb": f"{WORD}blurb"},
}


def _holds_hidden(info: FieldInfo) -> bool:
    pending = [info.annotation]
    while pending:
        one = pending.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            for inner in one.model_fields.values():
                extra = inner.json_schema_extra or {}
                if extra.get("x-visibility") == "internal" or _holds_hidden(inner):  # type: ignore[union-attr]
                    return True
        pending.extend(get_args(one))
    return False


@pytest.mark.parametrize("site", ["public", "customers"])
def test_no_internal_word_reaches_readers_outside(project: Project, site: str) -> None:
    """Fields, items, own fields, blocks, sidecar, file names and attachments, all at once."""
    filler = Filler()
    tree = filler.block(FrontMatter, "", hidden=False)
    tree |= {
        "type": "added",
        "products": ["billing"],
        f"x-{WORD}": f"{WORD}own",
        f"{WORD}unknown": "x",
    }
    front = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=10_000)
    folder = f"content/releases/{WORD}folder"
    project.write(
        f"{folder}/index.md",
        f"---\n{front}---\nExports finish sooner.\n\n"
        f"/// internal\n{WORD}block\n![x]({WORD}.png)\n///\n"
        f"\n<!-- {WORD}comment -->\n",
    )
    project.write(f"{folder}/index.internal.md", f"{WORD}sidecar\n")
    project.write(f"{folder}/{WORD}.png", f"{WORD}bytes")
    project.entry(
        "hidden-one", f"audience: internal\ntitle: {WORD}title\n", f"{WORD}body\n"
    )
    registry = "zone: UTC\nproducts:\n  billing: {name: Billing, owner: kumquatowner}\n"
    audiences = "audiences:\n  customers: {label: Customers}\n"
    project.write("content/registry.yml", registry + audiences)
    if site != "public":
        project.configure("site_config.customers.yml", site)
        (project.root / "content/pages/customers").mkdir()

    project.build(site)

    leaks = [
        name
        for name, raw in project.files(site).items()
        if WORD.encode() in raw.lower() or WORD in name.lower()
    ]
    assert len(filler.words) > 100
    assert leaks == []
    assert b"2031-07-13" not in b"".join(project.files(site).values())
    assert "Exports finish sooner" in project.read(
        f"{site}/releases/shown-one/index.html"
    )
