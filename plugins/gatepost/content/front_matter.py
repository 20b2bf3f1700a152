"""Read front matter strictly, with the line and column of every field and value.

Text stays text; the model gives it types.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from gatepost.content.decoding import decoded
from gatepost.content.fences import FENCE, cut_at_fences
from gatepost.content.refusal import Refusal
from gatepost.content.yaml_walk import MOST_REGISTRY_EVENTS, Walk
from gatepost.model.finding import Finding, Place
from gatepost.model.release import PathInFile

_FIRST_FIELD_LINE = 2


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file cut into fields and body; nothing of it is used if there are findings."""

    tree: dict[str, Any]
    """Fields: text, True, False, None, lists and dicts of them."""
    places: dict[PathInFile, Place]
    """Where each value was written (a block: its key); `()` is the first line."""
    keys: dict[PathInFile, Place]
    """Where the name of each field was written."""
    body: str
    """The text below the front matter, with `\\n` line ends."""
    body_line: int
    """Line of the file on which the body begins, from 1."""
    findings: tuple[Finding, ...] = ()


def read(raw: bytes, path: str) -> Parsed:
    """Read an entry.

    Args:
        raw: The file's bytes.
        path: Relative to the project's root, for the findings.

    Returns:
        Fields, places and body; or findings, and then no field and no text.
    """
    try:
        block, body, body_line = cut_at_fences(decoded(raw, path), path)
    except Refusal as refusal:
        return _refused(refusal.findings)
    handler = Handler(path, block)
    metadata, _ = frontmatter.parse(f"{FENCE}\n{block}{FENCE}\n", handler=handler)
    if handler.findings:
        return _refused(handler.findings)
    return Parsed(dict(metadata), handler.places, handler.keys, body, body_line)


def read_yaml(raw: bytes, path: str) -> Parsed:
    """Read a file that is all fields, such as the registry."""
    try:
        text = decoded(raw, path)
        walk = Walk(path, 1, "file", MOST_REGISTRY_EVENTS).run(text)
    except Refusal as refusal:
        return _refused(refusal.findings)
    if walk.findings:
        return _refused(tuple(walk.findings))
    return Parsed(walk.tree, walk.places, walk.keys, "", 1)


def _refused(findings: tuple[Finding, ...]) -> Parsed:
    return Parsed({}, {}, {}, "", 1, tuple(sorted(findings)))


class Handler(BaseHandler):
    """Our reader behind python-frontmatter's interface.

    The library strips the text before a handler sees it, which would shift every line; so the file
    is cut by us, and the handler is given the cut block. Nothing is written through it: that would
    lose an author's comments.
    """

    FM_BOUNDARY = re.compile(rf"^{FENCE}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = FENCE

    def __init__(self, path: str, block: str) -> None:
        """Take the cut block and the name of its file."""
        super().__init__()
        self._path, self._block = path, block
        self.places: dict[PathInFile, Place] = {}
        self.keys: dict[PathInFile, Place] = {}
        self.findings: tuple[Finding, ...] = ()

    def split(self, text: str) -> tuple[str, str]:
        """The block and what is below it; the body is cut by us."""
        del text
        return self._block, ""

    def load(self, fm: str, **_options: object) -> dict[str, Any]:
        """Walk the block; what is wrong stands in `findings`."""
        try:
            walk = Walk(self._path, _FIRST_FIELD_LINE).run(fm)
        except Refusal as refusal:
            self.findings = refusal.findings
            return {}
        self.places, self.keys = walk.places, walk.keys
        self.findings = tuple(walk.findings)
        return walk.tree
